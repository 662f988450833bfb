/// The words of which names of roles are made.
enum RoleWords {
  static let heads: KeySet = words(
    """
    engineer scientist analyst developer nurse officer chef administrator architect designer
    programmer consultant manager director specialist technician accountant auditor teacher
    professor lecturer tutor researcher statistician mathematician physicist chemist biologist
    geologist economist actuary epidemiologist pharmacist physician doctor surgeon dentist
    therapist psychologist psychiatrist counselor counsellor paramedic midwife caregiver assistant
    associate coordinator supervisor representative executive agent broker banker trader
    underwriter adjuster paralegal lawyer attorney solicitor barrister judge electrician plumber
    carpenter welder mechanic machinist mason roofer painter driver pilot dispatcher operator
    baker butcher cook bartender barista waiter waitress server housekeeper concierge receptionist
    secretary clerk cashier salesperson merchandiser buyer planner scheduler estimator surveyor
    inspector journalist reporter editor writer copywriter translator interpreter librarian
    archivist curator photographer videographer animator illustrator artist musician producer
    instructor trainer coach recruiter strategist evangelist marketer lead leader owner foreman
    forewoman superintendent steward firefighter detective investigator guard dietitian
    nutritionist optometrist radiologist sonographer phlebotomist hygienist veterinarian groomer
    farmer gardener landscaper arborist forester fisherman modeler modeller tester hacker
    cryptographer linguist ethicist annotator integrator implementer advisor adviser liaison
    partner practitioner worker laborer labourer installer repairer fabricator assembler cleaner
    janitor caretaker custodian porter courier hairdresser barber beautician stylist tailor
    jeweler florist optician audiologist anesthetist anesthesiologist anaesthetist cardiologist
    oncologist neurologist pediatrician meteorologist climatologist oceanographer astronomer
    geographer historian anthropologist sociologist cartographer ecologist hydrologist botanist
    zoologist toxicologist microbiologist geneticist immunologist bioinformatician controller
    comptroller treasurer bookkeeper teller examiner appraiser assessor commissioner president
    chief principal dean superintendent ceo cto cfo coo cio ciso swe sre sommelier sysadmin
    webmaster moderator negotiator planner fitter joiner glazier plasterer tiler scaffolder rigger
    millwright blacksmith sailor captain deckhand boatswain controller rep aide orderly attendant
    operative hand
    """)

  /// Head nouns that name a rank or a thing as well: what must stand in front of them. An empty set
  /// asks for any word, and for the singular.
  static let guarded: [String: Set<String>] = [
    "driver": [
      "truck", "bus", "delivery", "taxi", "lorry", "van", "forklift", "train", "hgv", "cdl", "tram",
      "ambulance",
    ],
    "lead": [], "leader": [], "owner": ["product", "process", "business"],
    "partner": ["hr", "business", "people", "talent"],
    "server": ["food", "restaurant", "banquet"], "guard": ["security", "prison", "life"],
    "hand": ["farm", "deck", "ranch"], "principal": ["school", "assistant", "vice"],
    "agent": [
      "estate", "insurance", "service", "travel", "ticketing", "sales", "purchasing", "support",
      "center", "centre", "leasing", "booking", "fbi", "special",
    ],
    "assistant": [], "associate": [], "executive": [], "chief": ["fire", "police", "bureau"],
    "worker": [],
    "representative": [],
    "controller": [
      "financial", "traffic", "document", "stock", "credit", "assistant", "plant", "corporate",
      "inventory", "quality",
    ],
    "buyer": [], "operator": [], "producer": [], "reporter": [], "manager": [], "director": [],
    "coach": [],
    "trainer": [], "integrator": ["systems", "system", "av"], "judge": [], "hacker": ["ethical"],
    "liaison": [],
    "captain": [], "steward": [], "attendant": [], "officer": [],
    "president": ["vice", "company", "bank", "university"], "doctor": [],
    "planner": [], "editor": [], "writer": [], "rep": ["sales", "service", "medical", "support"],
    "hygienist": ["dental", "industrial"], "aide": [],
    "operative": [], "examiner": [], "tester": [], "server2": [], "cleaner": [], "painter": [],
    "installer": [], "commissioner": [], "partner2": [],
  ]

  /// Head nouns that name a profession by themselves, so that the bare plural is a mention.
  static let professions: KeySet = words(
    """
    engineer scientist analyst developer nurse chef architect designer programmer accountant
    auditor teacher professor lecturer researcher statistician actuary pharmacist physician
    surgeon dentist therapist psychologist paramedic midwife lawyer attorney paralegal electrician
    plumber carpenter welder mechanic machinist technician recruiter journalist economist
    librarian bookkeeper firefighter chemist biologist geologist physicist dietitian cook baker
    barista bartender receptionist cashier translator illustrator animator copywriter consultant
    """)

  /// Words in front of a head noun that make a thing of it: "Task Scheduler", "Password Manager".
  static let things: KeySet = words(
    """
    package password file task window windows device state memory boot job queue cache display
    session download context template code text vector image image key market cost cluster
    resource configuration class
    """)

  static let plurals: [String: String] = [
    "salesmen": "salesman", "midwives": "midwife", "salespeople": "salesperson", "chefs": "chef",
    "chiefs": "chief",
  ]

  static let levels: KeySet = words(
    """
    senior sr junior jr jnr snr lead principal staff entry level mid midlevel intermediate
    experienced graduate trainee apprentice intern associate career early late new newly qualified
    typical average many most some the a an our top other seasoned successful aspiring future good
    great skilled certified distinguished freelance contract remote part time full
    """)

  static let ranks: KeySet = words(
    """
    global regional national group deputy interim acting executive managing vice international
    """)

  static let leaders: KeySet = words(
    """
    head director vp svp evp avp chief dean president professor manager chair principal chancellor
    """)

  static let grades: KeySet = words("i ii iii iv v vi 1 2 3 4 5")

  static let light: KeySet = words("of and the for in to a an or")

  /// Words that no title of a role has.
  static let noTitle: KeySet = words(
    """
    how what why when where who which become becoming hire hiring meet our your my their vs versus
    responsibilities about guide interview questions tips best list ways should do does is are can
    will about_ working understanding choosing comparing difference differences between day life
    from with needed wanted find finding roles jobs careers
    """)

  /// Capitalised words that stand in front of a role without being part of it.
  static let noModifier: KeySet = words(
    """
    the a an as for in at if when while unlike most many some our your their his her its this that
    these those every each all and or but with by from to of is are was were be hire meet ask join
    both most top average typical other like than since because although though however also are
    do does what why how who where which via per on so yet nor
    """)

  /// Words in front of a head noun that belong to the role in lower case too.
  static let modifiers: KeySet = words(
    """
    data software machine learning ml ai artificial intelligence deep research business financial
    finance systems system information security cyber cybersecurity network cloud devops site
    reliability backend frontend front back end full stack fullstack web mobile ios android
    embedded hardware electrical electronic electronics mechanical civil chemical industrial
    structural aerospace biomedical environmental petroleum nuclear process quality assurance qa
    test automation platform infrastructure database analytics bi computer vision nlp robotics
    firmware game graphics ui ux product project program programme marketing sales account
    customer success service support technical solution solutions enterprise integration
    registered licensed practical clinical nurse icu er staff emergency pediatric travel school
    head sous pastry line executive truck bus delivery taxi forklift lorry human resources hr
    talent office administrative medical dental legal veterinary pharmacy lab laboratory research
    climate risk credit fraud compliance tax audit cost budget investment portfolio fund
    management operations operation supply chain logistics warehouse procurement purchasing
    inventory production manufacturing maintenance construction site health safety content social
    media digital seo brand growth graphic interior fashion visual motion sound video film music
    art creative copy news sports real estate insurance loan property general store branch
    restaurant hotel kitchen bar event travel flight air traffic police fire correctional security
    primary secondary elementary high special education physical occupational speech respiratory
    massage mental substance abuse family child social community care home personal fitness yoga
    swim big applied quantitative decision statistical reporting crm erp sap salesforce it help
    desk desktop linux windows java python javascript c php ruby react node scala kotlin swift
    golang rust r sql etl mlops dataops devsecops blockchain crypto smart contract bioinformatics
    genomics pharmaceutical regulatory affairs clinical trial policy public relations
    communications corporate development machine-learning user experience interface information
    technology technology cash treasury chief principal lead plant power water energy solar wind
    marine naval mining geotechnical survey quantity planning urban transport traffic railway
    automotive aircraft avionics cnc tool die sheet metal pipe hvac refrigeration elevator auto
    diesel heavy equipment call center centre contact front-end back-end data-science causal
    inference prompt generative vision speech recommendation search ranking ads hpc compiler
    kernel driver storage networking wireless rf analog digital asic fpga vlsi verification
    validation release build developer relations partner channel presales pre-sales field
    territory inside outside key
    """)

  /// Short names of roles.
  static let acronyms: [String: String] = [
    "rn": "registered nurse", "lpn": "licensed practical nurse", "swe": "software engineer",
    "sre": "site reliability engineer", "mle": "machine learning engineer",
    "sde": "software development engineer", "cna": "certified nursing assistant",
    "cdo": "CDO", "cao": "CAO", "cdao": "CDAO", "cio": "CIO", "ciso": "CISO", "cto": "CTO",
    "cfo": "CFO", "ceo": "CEO", "coo": "COO", "cmo": "CMO",
  ]

  /// Short forms inside names of roles.
  static let short: [String: [String]] = [
    "ml": ["machine", "learning"], "ai": ["artificial", "intelligence"],
    "swe": ["software", "engineer"],
    "rn": ["registered", "nurse"], "rns": ["registered", "nurse"],
    "sre": ["site", "reliability", "engineer"], "qa": ["quality", "assurance"],
    "bi": ["business", "intelligence"], "nlp": ["natural", "language", "processing"],
    "hr": ["human", "resource"],
    "dba": ["database", "administrator"], "pm": ["product", "manager"],
    "vp": ["vice", "president"], "mle": ["machine", "learning", "engineer"],
    "frontend": ["front", "end"], "backend": ["back", "end"], "fullstack": ["full", "stack"],
    "sysadmin": ["system", "administrator"], "cv": ["computer", "vision"],
    "it": ["information", "technology"], "systems": ["system"], "analytics": ["analytics"],
    "operations": ["operation"],
  ]

  /// Head nouns that name the same work behind the same words.
  static let families: [String: String] = [
    "developer": "engineer", "programmer": "engineer", "engineer": "engineer",
    "counselor": "counsellor",
    "adviser": "advisor", "modeler": "modeller", "attorney": "lawyer",
  ]

  private static func words(_ text: String) -> KeySet {
    KeySet(text.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))
  }
}
