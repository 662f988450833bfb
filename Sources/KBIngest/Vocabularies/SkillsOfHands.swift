extension Vocabulary {
  /// Medicine, care and laboratories.
  static let careNames = """
    patient care=patient-centered care, CPR=cardiopulmonary resuscitation, BLS!=basic life support
    ACLS=advanced cardiac life support, PALS!, NRP!, first aid
    phlebotomy=venipuncture;blood draws, wound care
    medication administration=administering medication, IV therapy=iv insertion, vital signs
    triage, infection control, patient assessment, care planning=care plans, patient education
    critical care=intensive care, emergency medicine, pediatrics=paediatrics, geriatrics, oncology
    cardiology, radiology, anesthesia=anaesthesia, surgery~, obstetrics, midwifery
    mental health care, palliative care=hospice care, home health care, telemetry
    telehealth=telemedicine, ECG=ekg;electrocardiogram, ventilators=ventilator management
    dialysis, catheterization=catheterisation, medical terminology
    medical coding=icd-10;cpt coding, medical billing
    electronic health records=ehr;ehrs;emr;emrs;electronic medical records
    Epic?=epic ehr;epic systems, Cerner, Meditech, Allscripts, clinical trials=clinical research
    clinical documentation=charting~, case management, discharge planning, pharmacology
    pharmacy practice=dispensing, compounding~, immunization=vaccination;immunizations
    physical therapy=physiotherapy, occupational therapy, speech therapy, respiratory therapy
    massage therapy, cognitive behavioral therapy=CBT!;cognitive behavioural therapy
    counseling=counselling, psychotherapy, behavior analysis=applied behavior analysis
    crisis intervention, social work, childcare=child care, dental hygiene
    X-ray=radiography;x-rays, MRI, CT scanning=ct scans, ultrasound=sonography
    sterilization=sterilisation, HACCP, laboratory techniques=lab techniques;laboratory skills
    PCR!=qpcr;polymerase chain reaction, ELISA, Western blot=western blotting, cell culture
    flow cytometry, chromatography=hplc;gas chromatography, mass spectrometry, spectroscopy
    microscopy, CRISPR, DNA sequencing=next-generation sequencing;NGS!, gel electrophoresis
    molecular biology, microbiology, organic chemistry, analytical chemistry, titration
    GLP!=good laboratory practice, GCP guidelines=good clinical practice, animal handling
    epidemiology, immunology, toxicology, histology, pipetting, lesson planning=lesson plans
    classroom management, curriculum development=curriculum design, differentiated instruction
    special education, early childhood education, tutoring, assessment design
    e-learning=elearning, Moodle, Blackboard?, Canvas LMS, Montessori, TEFL=tesol
    """

  /// Trades, driving, kitchens, farms.
  static let tradeNames = """
    welding, MIG welding=mig;gmaw, TIG welding=tig;gtaw, stick welding=smaw, arc welding
    soldering, brazing, blueprint reading=reading blueprints;blueprints, carpentry, framing~
    cabinetmaking=cabinet making, masonry=bricklaying, plastering, drywall=drywall installation
    painting~, roofing, tiling, flooring~, plumbing, pipefitting=pipe fitting
    electrical wiring=wiring~, electrical installation, conduit bending
    National Electrical Code=NEC!, HVAC=heating ventilation and air conditioning, refrigeration
    boiler operation, sheet metal work=sheet metal fabrication;sheet metal, metal fabrication
    machining=cnc machining;cnc programming;cnc, lathe operation=lathes;lathe, milling~
    G-code=gcode, precision measurement=micrometers;calipers, tool and die making
    injection molding=injection moulding, hydraulics, pneumatics
    preventive maintenance=preventative maintenance;planned maintenance
    equipment maintenance=machine maintenance, troubleshooting, mechanical repair
    automotive repair=vehicle repair;auto repair, engine diagnostics=diagnostic scanners
    brake repair, diesel engines, small engine repair, scaffolding, rigging, crane operation
    forklift operation=forklift;forklift driving, excavator operation=excavators
    heavy equipment operation=heavy equipment, Commercial driver's license=CDL!;cdl class a
    HGV licence=HGV!, defensive driving, route planning, load securing
    hazardous materials handling=hazmat, OSHA=osha 10;osha 30, lockout/tagout=LOTO!
    workplace safety=health and safety, confined space entry, power tools=hand tools
    solar installation=photovoltaics;solar panels, low voltage systems, fire alarm systems
    landscaping, gardening, pruning, irrigation, pest control, tree surgery, chainsaw operation
    farming~, animal husbandry, tractor operation, beekeeping, woodworking, upholstery, sewing
    tailoring, pattern making, screen printing, locksmithing, cooking, food preparation=food prep
    food safety=servsafe;food hygiene, menu planning=menu development, knife skills, baking~
    pastry making=pastry, butchery, sous vide, grilling, catering, bartending, mixology
    wine knowledge, barista skills=latte art;espresso, table service, kitchen management
    cost control=food costing, portion control, housekeeping, hairdressing=hair styling
    hair coloring=hair colouring, makeup artistry, manicure, waxing?, floristry, security patrol
    surveillance, CCTV, firearms training, fire safety, emergency response, search and rescue
    flight operations, air traffic control, seamanship, diving~, lifeguarding, personal training
    yoga instruction, stage management, lighting design, piano tuning, meteorology
    climate modeling=climate modelling;climate models, oceanography, geology
    environmental science, environmental impact assessment, sustainability, renewable energy
    wind energy, energy modeling, LEED, waste management, water treatment, wastewater treatment
    soil testing, drone piloting=uav operation, mine safety, drilling~
    """

  /// Languages that people speak.
  static let languageNames = """
    Spanish!, French?, German?, Italian?, Portuguese!, Dutch?, Mandarin!=mandarin chinese
    Cantonese!, Japanese?, Korean?, Arabic!, Hindi!, Russian?, Polish?, Turkish?, Swedish?
    Vietnamese?, Tagalog!, Hebrew!, Ukrainian?, American Sign Language=ASL!;sign language
    English!=business english
    """
}
