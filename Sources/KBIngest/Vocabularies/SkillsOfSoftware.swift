/// `Name=alias;alias`; `!` asks for the capitals, `~` for context without them, `?` for both.
extension Vocabulary {
  /// Programming languages, frameworks and practices of software.
  static let programmingNames = """
    Python=python3;python 3;py3;cpython, R?=rstats;R programming;R language, Go?=golang;go lang
    Java~=java se;java ee;j2ee;core java, JavaScript=JS!;java script;ecmascript;es6;vanilla js
    TypeScript=type script, C?=ansi c;embedded c, C++=cpp;c plus plus;c++11;c++14;c++17;c++20
    C#=c sharp;csharp, .NET=dotnet;.net core;.net framework;dot net
    ASP.NET=asp.net core;asp.net mvc, F#=f sharp, Visual Basic=vb.net;vb6
    VBA!=excel vba;visual basic for applications, Rust?=rustlang;rust-lang, Swift?=swift 5;swift 6
    SwiftUI, Objective-C=objc;objective c, Kotlin, Scala~, Groovy~, Clojure, Haskell, OCaml
    Erlang, Elixir~, Julia?, Perl~, PHP, Ruby~, Ruby on Rails=Rails!;ROR!, Lua!, Dart?, Flutter~
    Fortran, COBOL, Ada?, Pascal?, Delphi~, Prolog, Lisp~, Scheme?
    Assembly language=assembler programming;x86 assembly, MATLAB, Simulink, Octave?, Mathematica
    Solidity~, Apex?, ABAP, PL/SQL=plsql;pl sql, T-SQL=tsql;transact-sql, Bash~=bash scripting
    Shell scripting=shell scripts;unix shell;shell script, PowerShell=power shell, Awk!, sed?
    Zig?, Nim?, Crystal?, Verilog=systemverilog;system verilog, VHDL, CUDA, OpenCL, OpenGL
    Vulkan~, WebGL, WebAssembly=wasm, HTML=html5, CSS=css3, Sass~=scss, Less?
    Tailwind CSS=tailwind;tailwindcss, Bootstrap~, jQuery, React~=react.js;reactjs;react js
    React Native, Redux~, Next.js=nextjs;next js, Vue.js=vuejs;vue js;Vue!, Nuxt=nuxt.js;nuxtjs
    Angular~=angularjs;angular.js;angular 2, Svelte=sveltekit, Ember.js=emberjs;Ember?
    Backbone.js, Node.js=nodejs;node js;Node?, Express.js=expressjs;express js;Express?
    NestJS=nest.js, Deno!, Bun?, Django~=django rest framework, Flask~, FastAPI, Pyramid?
    Tornado?, Celery?, Spring~=spring framework, Spring Boot=springboot, Hibernate~, Quarkus
    Micronaut, Struts, Play Framework, Laravel, Symfony, WordPress, Drupal, Magento, Shopify
    Entity Framework, Blazor, WPF!, WinForms, Xamarin, Unity?=unity3d, Unreal Engine=unreal, Godot
    Qt?, GTK!, Electron?, Ionic?, Cordova, iOS!=ios development;ios sdk
    Android=android sdk;android studio, Jetpack Compose, Xcode
    REST APIs=rest api;restful apis;restful api;rest;restful;restful services, SOAP!, GraphQL
    gRPC=grpc;protobuf;protocol buffers, WebSockets=websocket, OAuth=oauth2;oauth 2.0, JWT!, SAML
    OpenAPI=swagger, Microservices=microservice;microservices architecture
    Event-driven architecture, Domain-driven design=DDD!, Design patterns
    Object-oriented programming=OOP!;object oriented programming;object-oriented design;OOD!
    Functional programming, Data structures, algorithms
    Concurrency~=multithreading;multi-threading
    Test-driven development=TDD!;test driven development, Behavior-driven development=BDD!
    unit testing=unit tests, integration testing, test automation=automated testing, Selenium~
    Cypress~, Playwright?, JUnit, pytest, Jest!, Mocha?, TestNG, Cucumber?, Postman?, JMeter
    Appium, Git=git version control, GitHub, GitLab, Bitbucket, Subversion=svn, Mercurial?
    version control, code review=code reviews, pair programming
    CI/CD=ci / cd;ci-cd;continuous integration;continuous delivery;continuous deployment, Maven!
    Gradle, NPM!, Webpack, Vite?, CMake, Bazel, Makefile=gnu make, system design
    software architecture, API design, debugging, refactoring, web accessibility=wcag;a11y
    embedded systems, firmware, FPGA, RTOS=freertos, device drivers, compilers~=llvm
    PLC programming=plc;plcs;ladder logic
    Coroutines=kotlin coroutines, tRPC, Prisma?, Vercel, Netlify, Framer?, Webflow, SolidJS, Qwik?
    htmx, Alpine.js, Storybook?, Material UI=MUI!, styled-components, Zustand, TanStack=react query
    MobX, RxJS, NgRx, Three.js, Capacitor?, Expo?, Hasura, Sequelize, TypeORM, SQLAlchemy, Pydantic
    RSpec, Sidekiq, Phoenix LiveView, Akka, ZIO!, Actix, Tokio?, Axum?, Strapi, Contentful
    Apollo GraphQL=apollo client;apollo server, Drizzle ORM, Remix?, Astro?, Fastify, Koa?
    Lightning Web Components=LWC!;lightning components, SOQL, Visualforce
    Core Data, UIKit, Combine?, Objective-C++, Compose Multiplatform
    Kotlin Multiplatform=KMP!;KMM!, Dagger?=dagger hilt;Hilt?, Retrofit?
    WebRTC, MQTT, monorepos=monorepo, Nx?, Turborepo
    Vitest, Puppeteer?, Robot Framework, SpecFlow, Gatling?, k6!, Locust?
    """

  /// Data, statistics and machine learning.
  static let dataNames = """
    SQL=structured query language, NoSQL, PostgreSQL=postgres;psql, MySQL, MariaDB, SQLite
    Oracle Database=oracle db;oracle sql, Microsoft SQL Server=sql server;mssql;ms sql
    Db2=ibm db2, MongoDB=mongo, Redis, Cassandra~=apache cassandra, DynamoDB=amazon dynamodb
    Elasticsearch=elastic search;elk stack;elk, OpenSearch, Solr, Neo4j, Couchbase, CouchDB, HBase
    InfluxDB, ClickHouse, DuckDB, Firebase=firestore, Supabase, Teradata, Vertica, Greenplum
    Snowflake~, BigQuery=google bigquery;big query, Redshift=amazon redshift, Databricks
    Azure Synapse=synapse analytics, Memcached, pgvector, Pinecone?, Weaviate, Milvus, FAISS
    Hadoop=apache hadoop;hdfs;mapreduce, Spark?=apache spark;pyspark;spark sql;spark streaming
    Hive?=apache hive, Pig?, Presto?, Trino, Impala?, Kafka~=apache kafka;kafka streams
    Flink=apache flink, Beam?=apache beam, NiFi, Storm?, RabbitMQ, ActiveMQ, Pulsar?
    Airflow?=apache airflow, Dagster, Prefect?, Luigi?, dbt, Fivetran, Airbyte, Talend
    Informatica, SSIS, SSRS, SSAS, Pentaho, Alteryx, ETL=elt;etl pipelines;extract transform load
    data pipelines=data pipeline, data warehousing=data warehouse;data warehouses
    data lakes=data lake;lakehouse, data modeling=data modelling, data engineering
    data analysis=data analytics, data mining
    data cleaning=data cleansing;data wrangling;data preprocessing
    data visualization=data visualisation;dataviz, data governance, data quality
    data architecture, data science, big data, Tableau?, Power BI=powerbi;power-bi
    Looker~=looker studio;data studio;lookml, Qlik=qlikview;qlik sense, MicroStrategy, Metabase
    Superset?, Grafana, Kibana, Splunk, SAS!, SPSS, Stata!, Minitab, JMP!, EViews, D3.js=D3!
    Plotly, Matplotlib, Seaborn?, ggplot2=ggplot, Shiny?, tidyverse=dplyr
    Jupyter=jupyter notebook;jupyter notebooks;jupyterlab, pandas?, NumPy, SciPy
    scikit-learn=sklearn;scikit learn;sci-kit learn, TensorFlow=tensor flow
    PyTorch=torch?;pytorch lightning, Keras, JAX!, XGBoost, LightGBM, CatBoost, Caffe!, MXNet
    ONNX, spaCy, NLTK, Gensim, OpenCV, Hugging Face=huggingface;hugging face transformers
    LangChain, LlamaIndex=llama index, Ray?, Dask, MLflow, Kubeflow
    SageMaker=amazon sagemaker;aws sagemaker, Vertex AI, Azure Machine Learning=azure ml
    Weights & Biases=wandb, DVC!, Feast?, Triton?, TensorRT, machine learning=ML!, deep learning
    neural networks=neural network, natural language processing=nlp
    computer vision=image recognition, reinforcement learning, supervised learning
    unsupervised learning, transfer learning, federated learning
    large language models=llm;llms;large language model
    retrieval-augmented generation=RAG!;retrieval augmented generation, prompt engineering
    generative AI=genai;gen ai;generative artificial intelligence, transformers?
    GANs=GAN!;generative adversarial networks, CNNs=CNN!;convolutional neural networks
    RNNs=RNN!;lstm, artificial intelligence, MLOps=ml ops, AutoML, feature engineering
    hyperparameter tuning=hyperparameter optimization, model deployment
    recommender systems=recommendation systems, time series analysis=time series;time-series
    speech recognition=ASR!, anomaly detection, explainable AI=XAI!
    statistics=statistical analysis;statistical methods
    statistical modeling=statistical modelling, probability
    Bayesian statistics=bayesian inference;bayesian methods, hypothesis testing
    A/B testing=ab testing;a/b tests;split testing, experimental design=design of experiments
    regression analysis=linear regression;logistic regression, causal inference, econometrics
    predictive modeling=predictive analytics;predictive modelling, operations research
    optimization~, linear algebra, calculus, survival analysis, biostatistics, bioinformatics
    genomics, GIS!=geographic information systems, ArcGIS, QGIS, remote sensing
    quantitative analysis, actuarial science, stochastic modeling
    Apache Druid=Druid?, Polars?, PyArrow, Great Expectations, vLLM, LangGraph, fine-tuning=finetuning
    LoRA!=QLoRA!, RLHF!, diffusion models=stable diffusion, vector databases=vector database;vector search
    Qdrant, Chroma?=ChromaDB, DeepSpeed, FSDP!, AutoGen, CrewAI, Semantic Kernel, OpenAI API
    Amazon Bedrock=aws bedrock, Azure OpenAI, Microsoft Fabric, DAX!, Azure Data Factory=ADF!
    Dataflow?, Dataproc, ThoughtSpot, Mixpanel, Amplitude?, Segment?, PostHog, Braze?, Klaviyo
    DataRobot, RapidMiner, KNIME, Apache Iceberg=Iceberg?, Delta Lake, Apache Hudi=Hudi?, Parquet
    Avro?, Debezium, ksqlDB, Redpanda, TimescaleDB, CockroachDB, YugabyteDB, ScyllaDB, TiDB
    Amazon Aurora=Aurora?, Azure Cosmos DB=cosmos db;cosmosdb, Amazon Athena=athena?
    AWS Step Functions, Amazon SQS=SQS!, Amazon SNS=SNS!, statsmodels, Stan?, PyMC, Optuna
    MLX!, Triton Inference Server, information retrieval, knowledge graphs=knowledge graph
    speech synthesis, sensor fusion, SLAM!, point clouds
    Sigma Computing, Domo?, Sisense, Cognos=ibm cognos, Crystal Reports
    SAP BW=sap bw/4hana, SAP BusinessObjects=business objects, Power Pivot, dimensional modeling
    """

  /// Clouds, systems, networks and security.
  static let systemNames = """
    AWS=amazon web services, Azure=microsoft azure, Google Cloud=gcp;google cloud platform
    IBM Cloud, Oracle Cloud=OCI!, DigitalOcean, Heroku, OpenStack, VMware=vsphere;esxi, Hyper-V
    cloud computing=cloud architecture, Amazon S3=S3!;aws s3, Amazon EC2=EC2!;aws ec2
    AWS Lambda=lambda functions;aws lambdas, Amazon ECS=ECS!, Amazon EKS=EKS!, Amazon RDS=RDS!
    CloudFormation=aws cloudformation, CloudWatch, Amazon Kinesis=kinesis, AWS Glue, Azure DevOps
    Azure Functions, serverless, Docker~=docker compose;dockerfile, Kubernetes=k8s, Helm?, Istio
    OpenShift, Podman, containerization=containers?;containerisation, Terraform, Ansible, Puppet?
    Chef configuration management, SaltStack, Pulumi, Packer?, Vagrant, Consul?
    infrastructure as code=IAC!, Jenkins, GitHub Actions, GitLab CI=gitlab ci/cd, CircleCI
    Travis CI, TeamCity, Argo CD=argocd, Spinnaker, DevOps, DevSecOps
    site reliability engineering, Prometheus?, Datadog, New Relic, Nagios, Zabbix, PagerDuty
    OpenTelemetry, monitoring~, observability, Linux=gnu/linux, Unix, Ubuntu, Debian
    Red Hat=rhel;red hat enterprise linux, CentOS, Windows Server, macOS
    Active Directory=azure ad;entra id, LDAP, Microsoft Exchange=exchange server
    Office 365=microsoft 365;o365;m365, Intune, SCCM, Citrix, ServiceNow, ITIL
    help desk support=helpdesk;desktop support, networking~, TCP/IP, DNS!, DHCP, VPN=vpns, BGP!
    OSPF, Cisco~=cisco ios, CCNA, CCNP, Juniper?, firewalls=firewall
    load balancing=load balancers, Nginx, Apache HTTP Server=apache web server, HAProxy
    wireless networks=wi-fi, VoIP, Wireshark
    cybersecurity=cyber security;information security;infosec
    penetration testing=pen testing;pentesting, vulnerability assessment=vulnerability management
    SIEM, incident response, threat modeling=threat modelling, cryptography, network security
    cloud security, identity and access management=IAM!, OWASP, Burp Suite, Metasploit, Kali Linux
    Nmap, CISSP, CISA!, CISM, CEH!, CompTIA Security+=security+, CompTIA A+, ISO 27001, SOC 2
    PCI DSS=pci-dss;pci compliance, GDPR, HIPAA, NIST, blockchain, Ethereum, smart contracts
    distributed systems, high-performance computing=HPC!, parallel computing
    ROS!=robot operating system, robotics, IoT=internet of things, edge computing
    quantum computing, virtualization=virtualisation, disaster recovery
    system administration=systems administration
    Google Kubernetes Engine=GKE!, Azure Kubernetes Service=AKS!, Google Cloud Run=cloud run
    AWS CDK, Pub/Sub, Crossplane, Terragrunt, Flux CD=fluxcd, HashiCorp Vault, Envoy?, Linkerd
    Cilium, eBPF, Jaeger?, Sentry?, Sumo Logic, Dynatrace, AppDynamics, Fluentd, Logstash, Snyk
    SonarQube, Veracode, Checkmarx, CrowdStrike, Palo Alto firewalls, Fortinet=fortigate, Okta?
    CyberArk, SailPoint, Tenable=nessus, Qualys, MITRE ATT&CK, OSCP, zero trust, SASE!, MPLS!
    SD-WAN, Meraki=cisco meraki, Proxmox, Nutanix, NetApp, Veeam, Jamf, JBoss, WebLogic, Tomcat?
    MuleSoft, Boomi=dell boomi, TIBCO, Apigee, Kong?, UiPath, Automation Anywhere, Blue Prism
    RPA!=robotic process automation, mainframe=mainframes;z/os, JCL!, AS/400=ibm i, SCADA!, HMI!
    """
}
