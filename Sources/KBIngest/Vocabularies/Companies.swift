extension Vocabulary {
  /// Well-known employers.
  public static let companies = Vocabulary(
    table: companyNames,
    context: NameContext(
      frame: [
        "company", "companies", "employer", "employers", "hiring", "pay", "salary", "salaries",
      ],
      before: [
        "at", "for", "by", "from", "joined", "joining", "companies", "employers", "example", "like",
        "as", "including",
        "company", "employer",
      ],
      behind: [
        "offers", "pays", "offer", "pay", "hires", "engineers", "salaries", "employees", "recruits",
        "interview", "offering",
        "hired", "drivers", "workers", "stock", "headquarters", "careers", "paid",
      ]))

  private static let companyNames = """
    Google!=Alphabet?;google llc;google inc, Meta?=Facebook?;meta platforms, Amazon?=amazon.com
    Apple?=apple inc, Microsoft!, Netflix!, NVIDIA, Tesla?, SpaceX, OpenAI, Anthropic!
    DeepMind=google deepmind, IBM!=international business machines, Oracle?, Salesforce?, Adobe?
    Intel?, AMD!, Qualcomm, Broadcom, Cisco?=cisco systems, Dell?
    Hewlett Packard=hewlett packard enterprise;HPE!, HP!, Lenovo, Samsung!, Sony!, LG Electronics
    Panasonic, Siemens!, Bosch!, Philips!, Ericsson, Nokia!, Huawei, Xiaomi, Tencent, Alibaba
    Baidu, ByteDance, TikTok?, Uber?, Lyft!, Airbnb!, Booking.com, Expedia, DoorDash, Instacart
    Grubhub, Deliveroo, Stripe?, Square?, PayPal!, Block inc, Klarna, Revolut, Monzo, Wise?
    Coinbase, Robinhood?, Plaid?, Shopify?, eBay!, Etsy!, Walmart!, Target?=target corporation
    Costco!, Kroger!, Tesco!, Sainsbury's, Aldi!, Lidl!, IKEA!, Home Depot=the home depot, Lowe's
    Best Buy, Starbucks!, McDonald's, Chipotle?, Subway?, Marriott!, Hilton!, Hyatt!
    Disney!=walt disney;the walt disney company, Warner Bros, Spotify!, LinkedIn?, Twitter?
    Snap inc=Snapchat?, Pinterest?, Reddit?, Discord?, Zoom Video, Slack Technologies, Dropbox?
    Atlassian, Databricks?, Snowflake inc, Palantir, Cloudflare, Datadog?, MongoDB inc, Splunk?
    ServiceNow?, Workday?, Intuit!, SAP SE, VMware?, Red Hat inc, Twilio, GitHub?, GitLab?, Canva?
    Figma?, Notion Labs, Scale AI, Cruise?, Waymo!, Rivian, Lucid Motors, Goldman Sachs
    Morgan Stanley, JPMorgan Chase=jpmorgan;jp morgan;j.p. morgan;jpmorgan chase & co
    Bank of America, Citigroup=Citi!;citibank, Wells Fargo, Barclays!, HSBC!, Deutsche Bank, UBS!
    Credit Suisse, BNP Paribas, Société Générale, Santander!, ING Group
    Lloyds Banking Group=lloyds bank, NatWest, BlackRock, Vanguard?
    Fidelity?=fidelity investments, Charles Schwab, Citadel?=citadel securities, Two Sigma
    Jane Street, Renaissance Technologies, Bridgewater?=bridgewater associates, D. E. Shaw
    Visa Inc, Mastercard!, American Express=Amex!, Capital One, Bloomberg?, Moody's, S&P Global
    McKinsey=mckinsey & company, Boston Consulting Group=BCG!, Bain?=bain & company, Deloitte!
    PwC!=pricewaterhousecoopers, EY!=ernst & young, KPMG!, Accenture!, Capgemini, Cognizant
    Infosys, Tata Consultancy Services=TCS!, Wipro, HCLTech, Booz Allen Hamilton, Gartner?
    Nielsen?, Boeing!, Airbus!, Lockheed Martin, Northrop Grumman, Raytheon!=RTX!
    General Dynamics, BAE Systems, Rolls-Royce, General Electric=GE!, Honeywell!, 3M!
    Caterpillar?, John Deere, Ford?=ford motor company, General Motors=GM!, Toyota!, Honda!
    Volkswagen!, BMW!, Mercedes-Benz=daimler, Volvo!, Stellantis, Hyundai!, ExxonMobil=exxon
    Shell?=royal dutch shell, BP!, Chevron?, TotalEnergies, Equinor, Schlumberger, Halliburton
    Duke Energy, Pfizer!, Johnson & Johnson, Merck!, Novartis!, Roche?, GSK!=glaxosmithkline
    AstraZeneca, Sanofi, Bayer!, Moderna, AbbVie, Amgen, Genentech, Eli Lilly, Medtronic
    UnitedHealth Group=unitedhealthcare, CVS Health, Kaiser Permanente, Mayo Clinic
    Cleveland Clinic, NHS!=national health service, HCA Healthcare, Epic Systems
    Procter & Gamble=p&g, Unilever, Nestlé, PepsiCo, Coca-Cola=the coca-cola company, Nike!
    Adidas!, LVMH, L'Oréal, FedEx!, UPS!, DHL!, Maersk, Delta Air Lines, United Airlines
    American Airlines, Ryanair, Lufthansa, AT&T, Verizon!, T-Mobile, Comcast!, Vodafone!, BT Group
    Orange S.A., NASA!, CERN!, MITRE
    """
}
