/// Skills that postings name. One a line: the canonical name, then other names after `=`. A name
/// after `!` counts only as it is written here, because it is also a word.
enum Skills {
  static let entries: [NameReader.Entry] = VocabularyTable.entries(table)

  private static let table = """
    Python = python3
    ! R = RStudio
    ! Go
    Golang = go lang
    Java
    JavaScript = js, ecmascript
    TypeScript
    C++ = cpp
    C# = csharp, c sharp
    ! C
    .NET = dotnet, .net core, asp.net
    ! Swift
    ! Rust
    Kotlin
    Scala
    Ruby = ruby on rails, rails
    PHP
    Perl
    Haskell
    Elixir
    Erlang
    Clojure
    ! Julia
    MATLAB
    SAS
    ! Stata
    SPSS
    Fortran
    COBOL
    VBA
    Bash = shell scripting
    PowerShell
    SQL
    NoSQL
    PostgreSQL = postgres
    MySQL
    SQLite
    SQL Server = mssql
    Oracle Database
    MongoDB
    Cassandra
    Redis
    DynamoDB
    Elasticsearch
    OpenSearch
    Neo4j
    Snowflake
    BigQuery
    Redshift
    Databricks
    ! Spark = Apache Spark
    PySpark
    Hadoop = apache hadoop
    Kafka = apache kafka
    Airflow = apache airflow
    Flink = apache flink
    dbt
    ETL
    Data warehousing = data warehouse
    Data modeling = data modelling
    Data pipelines = data pipeline
    Data visualization = data visualisation
    Data analysis
    Data governance
    Tableau
    Power BI = powerbi
    Looker
    ! Excel = Microsoft Excel, MS Excel
    ! Word = Microsoft Word
    PowerPoint
    Google Sheets
    pandas
    NumPy
    SciPy
    Matplotlib
    Polars
    scikit-learn = sklearn, scikit learn
    TensorFlow
    PyTorch = torch
    Keras
    JAX
    XGBoost
    LightGBM
    Hugging Face = huggingface
    OpenCV
    spaCy
    NLTK
    LangChain
    ONNX
    CUDA
    TensorRT
    MLflow
    Kubeflow
    SageMaker
    Vertex AI
    Machine learning
    Deep learning
    Reinforcement learning
    Natural language processing = NLP
    Computer vision
    Neural networks = neural network
    Large language models = LLM, LLMs, large language model
    Generative AI
    Recommender systems = recommendation systems
    Time series = time series analysis
    Causal inference
    Bayesian statistics = bayesian methods
    Statistics = statistical analysis
    Probability
    Linear algebra
    A/B testing = ab testing
    Feature engineering
    MLOps
    AutoML
    Financial modeling = financial modelling
    Forecasting
    Risk management
    Accounting = bookkeeping
    Auditing
    GAAP
    IFRS
    Tax preparation
    QuickBooks
    SAP
    Payroll
    Budgeting
    AWS = amazon web services
    Azure = microsoft azure
    Google Cloud = gcp, google cloud platform
    Docker
    Kubernetes = k8s
    Terraform
    Ansible
    Helm
    Jenkins
    GitHub Actions
    GitLab CI
    CI/CD = continuous integration
    Git
    Linux
    Unix
    Windows Server
    Prometheus
    Grafana
    Datadog
    Splunk
    OpenTelemetry
    Nginx
    TCP/IP
    DNS
    Networking
    Cisco IOS = cisco
    Cybersecurity = information security
    Penetration testing = pen testing
    SIEM
    Incident response
    Cryptography
    OAuth
    REST = rest api, rest apis, restful
    GraphQL
    gRPC
    Microservices
    RabbitMQ
    React = react.js, reactjs
    ! Angular
    Vue = vue.js, vuejs
    Svelte
    Next.js
    Node.js = nodejs
    ! Express
    Django
    Flask
    FastAPI
    Spring Boot = spring framework
    ! Laravel
    jQuery
    HTML = html5
    CSS = css3
    Sass
    Tailwind CSS
    WebAssembly
    iOS
    Android
    SwiftUI
    React Native
    Flutter
    Xcode
    Unity
    Unreal Engine
    Embedded C
    FPGA
    Verilog
    VHDL
    RTOS
    ARM
    PCB design
    SolidWorks
    AutoCAD
    Revit
    BIM
    CATIA
    ANSYS
    PLC programming = plc
    SCADA
    Robotics
    ROS
    Figma
    ! Sketch
    Adobe XD
    Photoshop = adobe photoshop
    Illustrator = adobe illustrator
    InDesign
    After Effects
    Prototyping
    Wireframing = wireframes
    User research
    Usability testing
    Interaction design
    Accessibility = wcag
    Design systems
    SEO
    Google Analytics
    Salesforce
    HubSpot
    Copywriting
    Content strategy
    Technical writing
    Editing
    Markdown
    DITA
    Jira
    Confluence
    Agile
    Scrum
    Kanban
    Project management
    Product management
    Stakeholder management
    Leadership
    Mentoring
    Communication
    Teamwork
    Problem solving = problem-solving
    Time management
    Negotiation
    Public speaking
    Customer service
    Lesson planning
    Curriculum design = curriculum development
    Classroom management
    Patient care
    CPR
    BLS
    ACLS
    Phlebotomy
    Triage
    Wound care
    Electronic health records = ehr, emr
    Epic
    HIPAA
    Legal research
    Contract drafting = contract law
    Litigation
    Compliance = regulatory compliance
    Welding
    TIG welding
    MIG welding
    Blueprint reading
    Electrical wiring
    HVAC
    Plumbing
    Carpentry
    CNC machining = cnc
    OSHA
    Forklift operation
    Menu planning
    Food safety = haccp, servsafe
    Knife skills
    Instrument rating
    Crew resource management
    Air traffic control
    GIS = arcgis, qgis
    Remote sensing
    Climate modeling = climate modelling
    Recruiting = talent acquisition
    Onboarding
    Employee relations
    Supply chain management = supply chain
    Lean manufacturing
    Six Sigma
    Quality assurance
    Test automation
    Selenium
    Cypress
    Playwright
    JUnit
    pytest
    Quantum computing
    Blockchain
    Solidity
    """
}

/// Reads the tables of names.
enum VocabularyTable {
  static func entries(_ table: String) -> [NameReader.Entry] {
    table.split(separator: "\n").map { line in
      let isExact = line.hasPrefix("! ")
      let sides = line.dropFirst(isExact ? 2 : 0).split(separator: "=", maxSplits: 1)
      let names = sides.count > 1 ? sides[1].split(separator: ",").map { trim($0) } : []
      return NameReader.Entry(canonical: trim(sides[0]), names: names, isExact: isExact)
    }
  }

  private static func trim(_ text: Substring) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
