extension Vocabulary {
  /// Office programs and general skills.
  static let officeNames = """
    Excel~=microsoft excel;ms excel;advanced excel, Word?=microsoft word;ms word
    PowerPoint=ms powerpoint;microsoft powerpoint;power point
    Outlook?=microsoft outlook;ms outlook, Access?=microsoft access;ms access
    Microsoft Office=ms office;office suite;microsoft office suite, Microsoft Teams=ms teams
    SharePoint=microsoft sharepoint, OneNote, Visio=microsoft visio, Microsoft Project=ms project
    Power Automate, Power Apps=powerapps, Power Query
    Google Workspace=g suite;gsuite;google suite, Google Sheets, Google Docs
    pivot tables=pivot table, VLOOKUP=xlookup, spreadsheets=spreadsheet, Slack?, Zoom?, Notion?
    Asana, Trello, Jira, Confluence, Monday.com, Basecamp, Airtable, Miro!, Smartsheet
    communication=communication skills;written communication;verbal communication
    teamwork=team work;team player, leadership~, problem solving=problem-solving
    critical thinking, time management, attention to detail, adaptability, creativity
    collaboration~, organization skills=organizational skills;organisational skills
    interpersonal skills, presentation skills=public speaking;presentations
    negotiation~=negotiation skills, conflict resolution, mentoring, coaching~
    decision making=decision-making, emotional intelligence, multitasking
    customer service=customer support;customer care, stakeholder management=stakeholder engagement
    strategic planning, strategic thinking, change management, people management=staff management
    team leadership, data entry, typing~=touch typing, bookkeeping, filing~, scheduling~
    calendar management, event planning=event management, travel arrangements
    record keeping=record-keeping, technical writing, report writing, editing~, proofreading
    transcription, translation~, research skills, training~
    """

  /// Business, money and law.
  static let businessNames = """
    project management, program management=programme management, product management
    portfolio management, agile=agile methodologies;agile development;agile methods
    Scrum?=scrum framework, Kanban~, SAFe!, waterfall?, PMP!, PRINCE2
    Six Sigma=lean six sigma;six-sigma, Lean?=lean manufacturing;lean methodology, kaizen
    risk management=risk assessment;risk analysis, business analysis, business intelligence
    requirements gathering=requirements analysis
    process improvement=continuous improvement;process optimization, business development
    market research, competitive analysis, user stories
    product roadmaps=product roadmap;roadmapping, OKRs, vendor management, contract management
    contract negotiation, supply chain management=supply chain, logistics~, procurement
    inventory management=inventory control;stock control, warehouse management, demand planning
    quality assurance=QA!, quality control, ISO 9001, GMP!=cgmp;good manufacturing practice, FMEA
    root cause analysis, accounting, financial analysis, financial modeling=financial modelling
    financial reporting, forecasting, budgeting, auditing=internal audit, accounts payable
    accounts receivable, payroll, tax preparation=tax returns;taxation, cost accounting
    management accounting, general ledger
    reconciliation=bank reconciliation;account reconciliation, GAAP=us gaap, IFRS
    SOX!=sarbanes-oxley, CPA!, CFA!, ACCA, CIMA!, QuickBooks=quick books, Xero, Sage?
    NetSuite=oracle netsuite, SAP!=sap erp;sap s/4hana;s/4hana;sap hana, SAP FICO, Workday?
    PeopleSoft, Oracle EBS, Microsoft Dynamics=dynamics 365, ERP=erp systems, valuation~
    mergers and acquisitions=m&a, due diligence, derivatives?, fixed income, equity research
    credit analysis, credit risk, underwriting, asset management, wealth management
    investment banking, trading~=algorithmic trading, Bloomberg Terminal
    treasury management=cash management, fraud detection, anti-money laundering=AML!;KYC!
    regulatory compliance=compliance?, corporate law, contract law, contract drafting
    legal research, litigation, intellectual property=patent law, Westlaw, LexisNexis
    sales~=b2b sales;inside sales;direct sales, lead generation=prospecting, cold calling
    account management, CRM=crm software;crm systems, Salesforce=salesforce crm;sfdc, HubSpot
    Zoho, Pipedrive, Marketo, Mailchimp, Zendesk, Intercom?, marketing~=marketing strategy
    digital marketing, content marketing, email marketing
    social media marketing=social media management;social media, SEO=search engine optimization
    SEM!=search engine marketing;ppc, Google Ads=adwords;google adwords, Facebook Ads=meta ads
    Google Analytics=ga4, Google Tag Manager, brand management=branding, public relations
    copywriting, content creation, market segmentation=customer segmentation, marketing automation
    e-commerce=ecommerce, merchandising, retail management
    point of sale=pos systems;point-of-sale, cash handling
    recruiting~=recruitment;talent acquisition, onboarding~, employee relations
    performance management, compensation and benefits, HRIS
    applicant tracking systems=applicant tracking system, labor law=labour law;employment law
    fundraising, grant writing, property management, real estate appraisal
    insurance claims=claims handling;claims processing, actuarial modeling
    FP&A=financial planning and analysis, Anaplan, Hyperion=oracle hyperion, Coupa, SAP Ariba=Ariba?
    SAP SuccessFactors=successfactors, BambooHR, Greenhouse?, Concur=sap concur, Bill.com, Gusto?
    ADP Workforce Now=ADP!, Paychex, Sage Intacct, SAP MM, SAP SD, P&L management=p&l responsibility
    consolidations, month-end close=month end close, variance analysis, revenue recognition=ASC 606
    transfer pricing, internal controls, Outreach.io, Salesloft, Gong?, ZoomInfo, MEDDIC=MEDDPICC
    Salesforce Administration=salesforce admin, Pardot, Eloqua, conversion rate optimization=CRO!
    product marketing, go-to-market strategy=GTM!;GTM strategy, customer success, upselling
    affiliate marketing, influencer marketing, media planning, media buying, Hootsuite, Semrush
    Ahrefs, Google Search Console, programmatic advertising, DV360, The Trade Desk
    """

  /// Design and media.
  static let designNames = """
    Photoshop=adobe photoshop, Illustrator?=adobe illustrator, InDesign=adobe indesign, Adobe XD
    After Effects=adobe after effects, Premiere Pro=adobe premiere;adobe premiere pro, Lightroom
    Acrobat?, Adobe Creative Suite=adobe creative cloud;creative cloud;creative suite, Figma
    Sketch?, InVision, Zeplin, Canva, CorelDRAW, GIMP, Blender?, Maya?, 3ds Max=3d studio max
    Cinema 4D, ZBrush, Houdini?, Nuke?, DaVinci Resolve, Final Cut Pro, Avid Media Composer
    Pro Tools, Ableton Live, Logic Pro, UX design=user experience design;ux;user experience
    UI design=user interface design;UI!;ui/ux design, user research=ux research;usability testing
    interaction design, wireframing=wireframes;wireframe, prototyping=rapid prototyping
    graphic design, web design, responsive design, typography, illustration, animation
    motion graphics=motion design, video editing, photography, videography, storyboarding
    sound design, audio engineering, visual design, design thinking, design systems
    information architecture, 3D modeling=3d modelling;3d modeling and rendering, game design
    interior design, fashion design, print design, color theory=colour theory, AutoCAD=auto cad
    Revit=autodesk revit, SolidWorks=solid works, CATIA, Creo?, Inventor?=autodesk inventor
    Fusion 360, SketchUp, Rhino?, MicroStation, Civil 3D, Navisworks
    BIM 360, BIM!=building information modeling;building information modelling
    CAD!=computer-aided design;cad software, CAM!=computer-aided manufacturing
    finite element analysis=FEA!, ANSYS, Abaqus, COMSOL, LabVIEW, PSpice, Altium Designer=altium
    Eagle PCB, PCB design=pcb layout, circuit design
    signal processing=DSP!;digital signal processing, control systems, structural analysis
    structural engineering, thermodynamics, fluid mechanics=fluid dynamics
    computational fluid dynamics=CFD!, GD&T=geometric dimensioning, technical drawing=drafting
    surveying, hydrology, HVAC design, electrical design, Primavera P6=primavera, Bluebeam
    site management, estimating~=cost estimation, STAAD.Pro, ETABS
    """
}
