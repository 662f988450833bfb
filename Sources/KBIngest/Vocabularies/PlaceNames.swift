/// Lines `Parent|Name=alias;alias, Name, …`. Behind a name, `!` asks for its capitals and `?` for a
/// parent, a place beside it, or a heading of places, since it is a word or a name too.
extension Places {
  /// Ways of working that stand where a place would.
  static let working: [String: [String]] = [
    "remote": [
      "remote", "fully remote", "remote-first", "work from home", "working from home", "wfh",
      "work from anywhere", "100% remote", "home-based", "telecommute", "remotely",
    ],
    "hybrid": ["hybrid", "hybrid working"],
  ]

  /// Countries by region; `-` stands for none.
  static let countries = """
    North America|United States=US!;USA!;U.S.!;U.S.A.!;United States of America;the States?;America?
    North America|Canada, Mexico=México
    Latin America|Brazil=Brasil, Argentina, Chile?, Colombia, Peru, Uruguay, Ecuador, Bolivia
    Latin America|Paraguay, Venezuela, Costa Rica, Panama, Guatemala, Honduras, El Salvador
    Latin America|Nicaragua, Dominican Republic, Puerto Rico, Jamaica, Cuba, Trinidad and Tobago
    Latin America|Bahamas
    Europe|United Kingdom=UK!;U.K.!;Great Britain;Britain;GB?, England, Scotland, Wales
    Europe|Northern Ireland, Ireland=Republic of Ireland, Germany=Deutschland, France
    Europe|Spain=España, Portugal, Italy=Italia, Netherlands=the Netherlands;Holland?, Belgium
    Europe|Luxembourg, Switzerland=Schweiz;Suisse, Austria=Österreich, Denmark, Sweden, Norway
    Europe|Finland, Iceland, Poland=Polska, Czech Republic=Czechia, Slovakia, Hungary, Romania
    Europe|Bulgaria, Greece, Croatia, Slovenia, Serbia, Estonia, Latvia, Lithuania, Ukraine
    Europe|Belarus, Moldova, Albania, North Macedonia, Montenegro, Bosnia and Herzegovina=Bosnia
    Europe|Malta, Cyprus, Russia=Russian Federation, Turkey?=Türkiye, Liechtenstein, Monaco
    Asia|India, China?=PRC!;mainland China, Japan, South Korea=Korea;Republic of Korea, Taiwan
    Asia|Hong Kong, Singapore, Malaysia, Indonesia, Thailand, Vietnam, Philippines=the Philippines
    Asia|Pakistan, Bangladesh, Sri Lanka, Nepal, Kazakhstan, Uzbekistan, Mongolia, Cambodia
    Asia|Myanmar, Armenia
    Middle East|United Arab Emirates=UAE!;U.A.E.!, Saudi Arabia=KSA!, Qatar, Kuwait, Bahrain, Oman
    Middle East|Israel, Jordan?, Lebanon, Iraq, Iran
    Africa|South Africa, Nigeria, Kenya, Egypt, Morocco, Ghana, Ethiopia, Tanzania, Uganda, Rwanda
    Africa|Tunisia, Algeria, Senegal, Zambia, Zimbabwe, Botswana, Namibia, Mauritius, Cameroon
    Africa|Ivory Coast=Côte d'Ivoire
    Oceania|Australia, New Zealand=NZ!;Aotearoa, Fiji
    -|EMEA!=Europe the Middle East and Africa, Asia-Pacific=APAC!;Asia Pacific, LATAM!, DACH!
    -|European Union=EU!, Benelux, Nordics=the Nordics;Scandinavia, Southeast Asia=South East Asia
    -|Central Europe, Eastern Europe, Western Europe
    -|Worldwide=anywhere in the world;globally remote
    """

  static let usStates = """
    AL|Alabama
    AK|Alaska
    AZ|Arizona
    AR|Arkansas
    CA|California=Calif.
    CO|Colorado
    CT|Connecticut
    DE|Delaware
    DC|District of Columbia
    FL|Florida
    GA|Georgia?
    HI|Hawaii
    ID|Idaho
    IL|Illinois
    IN|Indiana
    IA|Iowa
    KS|Kansas
    KY|Kentucky
    LA|Louisiana
    ME|Maine
    MD|Maryland
    MA|Massachusetts
    MI|Michigan
    MN|Minnesota
    MS|Mississippi
    MO|Missouri
    MT|Montana
    NE|Nebraska
    NV|Nevada
    NH|New Hampshire
    NJ|New Jersey
    NM|New Mexico
    NY|New York State=upstate New York;state of New York
    NC|North Carolina
    ND|North Dakota
    OH|Ohio
    OK|Oklahoma
    OR|Oregon
    PA|Pennsylvania
    RI|Rhode Island
    SC|South Carolina
    SD|South Dakota
    TN|Tennessee
    TX|Texas
    UT|Utah
    VT|Vermont
    VA|Virginia
    WA|Washington=Washington State;state of Washington
    WV|West Virginia
    WI|Wisconsin
    WY|Wyoming
    """

  static let provinces = """
    ON|Ontario
    QC|Quebec=Québec
    BC|British Columbia
    AB|Alberta
    MB|Manitoba
    SK|Saskatchewan
    NS|Nova Scotia
    NB|New Brunswick
    NL|Newfoundland=Newfoundland and Labrador
    PEI|Prince Edward Island
    """

  static let australianStates = """
    NSW|New South Wales
    VIC|Victoria?
    QLD|Queensland
    WA-AU|Western Australia
    SA-AU|South Australia
    TAS|Tasmania
    ACT|Australian Capital Territory
    """

  /// Areas inside a place, shown without it.
  static let areas = """
    California|San Francisco Bay Area=the Bay Area;Bay Area;SF Bay Area, Silicon Valley
    California|Orange County, Southern California=SoCal, Northern California=NorCal
    North Carolina|Research Triangle=Research Triangle Park;RTP!
    New York State|Long Island
    United States|West Coast=the West Coast, East Coast=the East Coast, Midwest=the Midwest
    United States|New England
    """

  /// Cities by state letters or country. Of two of one name, the first is meant without a parent.
  static let cities = """
    DC|Washington=Washington DC;Washington D.C.;D.C.!
    NY|New York=New York City;NYC!;Manhattan;Brooklyn;Queens?;the Bronx, Buffalo?, Rochester
    NY|Albany, Syracuse, Yonkers, White Plains, Ithaca
    CA|San Francisco=SF!;San Fran;San Francisco City, Los Angeles=L.A.!;LA?, San Diego
    CA|San Jose=San José, Sacramento, Oakland, Fresno, Long Beach, Irvine, Anaheim, Santa Monica
    CA|Santa Clara, Sunnyvale, Mountain View, Palo Alto, Menlo Park, Cupertino, Redwood City
    CA|San Mateo, Berkeley, Fremont, Pasadena, Santa Barbara, Santa Cruz, Burbank, Culver City
    CA|Carlsbad, Riverside?, Bakersfield, Stockton, Glendale, San Bernardino, Santa Ana
    CA|South San Francisco, Pleasanton, Walnut Creek, Emeryville, Foster City, Milpitas, Napa
    CA|Davis?, Orange?, Ventura, Modesto
    WA|Seattle, Bellevue, Redmond, Tacoma, Spokane, Kirkland?, Olympia?, Everett, Renton
    TX|Austin, Dallas, Houston, San Antonio, Fort Worth=Ft. Worth, El Paso, Plano, Irving?, Frisco
    TX|Arlington, Corpus Christi, Round Rock, Lubbock, McKinney, The Woodlands, Galveston
    TX|Amarillo, Waco, Richardson?
    MA|Boston, Worcester, Springfield, Lowell?, Somerville, Waltham, Burlington, Quincy?, Newton?
    MA|Lexington
    IL|Chicago, Naperville, Peoria, Evanston, Rockford, Champaign, Schaumburg
    CO|Denver, Boulder?, Colorado Springs, Fort Collins, Aurora?, Broomfield
    GA|Atlanta, Savannah, Augusta, Athens-Clarke, Alpharetta, Macon
    FL|Miami, Orlando, Tampa, Jacksonville, Fort Lauderdale=Ft. Lauderdale, Tallahassee
    FL|St. Petersburg=St Petersburg, West Palm Beach, Boca Raton, Gainesville, Sarasota, Naples?
    FL|Pensacola
    PA|Philadelphia=Philly, Pittsburgh, Harrisburg, Allentown, Lancaster?, Scranton
    AZ|Phoenix?, Tucson, Scottsdale, Tempe, Mesa?, Chandler?, Flagstaff
    OR|Portland, Eugene?, Hillsboro, Beaverton, Bend?
    ME|Augusta
    NC|Charlotte?, Raleigh, Durham, Greensboro, Winston-Salem, Asheville, Cary?, Wilmington
    NC|Chapel Hill
    VA|Richmond, Alexandria, Reston, McLean, Norfolk, Virginia Beach, Charlottesville
    VA|Tysons=Tysons Corner, Herndon, Roanoke, Chantilly
    MD|Baltimore, Annapolis, Bethesda, Rockville, Columbia, Silver Spring, Gaithersburg
    MD|Frederick?
    MI|Detroit, Ann Arbor, Lansing, Grand Rapids, Dearborn, Flint?, Kalamazoo
    MN|Minneapolis, St. Paul=Saint Paul;St Paul, Duluth, Bloomington
    MO|St. Louis=St Louis;Saint Louis, Kansas City, Jefferson City
    OH|Columbus?, Cleveland, Cincinnati, Dayton, Toledo, Akron
    TN|Nashville, Memphis, Knoxville, Chattanooga, Franklin?
    UT|Salt Lake City, Provo, Lehi, Ogden, Park City
    NV|Las Vegas=Vegas, Reno, Carson City, Henderson?
    IN|Indianapolis=Indy, Fort Wayne, South Bend
    WI|Milwaukee, Madison?, Green Bay
    LA|New Orleans, Baton Rouge, Shreveport, Lafayette
    AL|Montgomery, Mobile?, Huntsville, Birmingham
    AK|Juneau, Anchorage, Fairbanks
    AR|Little Rock, Bentonville, Fayetteville
    CT|Hartford, New Haven, Stamford, Bridgeport, Greenwich, Norwalk
    DE|Dover, Newark-on-Delaware
    HI|Honolulu
    ID|Boise, Idaho Falls
    IA|Des Moines, Cedar Rapids, Iowa City, Davenport
    KS|Topeka, Wichita, Overland Park, Lawrence?
    KY|Louisville, Frankfort
    MS|Jackson?
    MT|Helena?, Billings?, Bozeman, Missoula
    NE|Omaha, Lincoln?
    NH|Concord?, Manchester-by-the-Merrimack, Nashua
    NJ|Newark, Jersey City, Trenton, Hoboken, Princeton?, New Brunswick-on-Raritan, Camden
    NM|Albuquerque, Santa Fe, Los Alamos
    ND|Bismarck, Fargo
    OK|Oklahoma City, Tulsa, Norman?
    RI|Providence?, Newport
    SC|Charleston, Greenville, Myrtle Beach
    SD|Pierre?, Sioux Falls, Rapid City
    VT|Montpelier, Brattleboro
    WV|Morgantown
    WY|Cheyenne, Laramie, Jackson Hole
    ON|Toronto, Ottawa, Mississauga, Hamilton?, Waterloo?, Kitchener, Markham, Brampton, Kingston
    ON|Windsor?
    QC|Montreal=Montréal, Quebec City, Laval, Gatineau
    BC|Vancouver, Victoria?, Burnaby, Surrey, Kelowna
    AB|Calgary, Edmonton
    MB|Winnipeg
    SK|Saskatoon, Regina?
    NS|Halifax
    NB|Fredericton, Moncton
    NL|St. John's
    NSW|Sydney, Newcastle upon Hunter, Wollongong
    VIC|Melbourne, Geelong
    QLD|Brisbane, Gold Coast?, Cairns, Townsville
    WA-AU|Perth
    SA-AU|Adelaide
    TAS|Hobart
    ACT|Canberra
    United Kingdom|London=Greater London;Central London, Manchester, Birmingham, Leeds, Glasgow
    United Kingdom|Edinburgh, Liverpool, Bristol, Sheffield, Cardiff, Belfast
    United Kingdom|Newcastle=Newcastle upon Tyne, Nottingham, Leicester, Cambridge, Oxford
    United Kingdom|Brighton, Reading?, Bath?, York?, Southampton, Portsmouth, Plymouth, Aberdeen
    United Kingdom|Dundee, Coventry, Exeter, Norwich, Swansea, Milton Keynes, Derby?, Hull?
    United Kingdom|Stoke-on-Trent, Wolverhampton, Swindon, Slough, Guildford, Cheltenham
    United Kingdom|Gloucester, Peterborough, Luton, Inverness, Warrington, Bournemouth, Sunderland
    United Kingdom|Croydon, Canary Wharf
    Ireland|Dublin, Cork?, Galway, Limerick?, Waterford
    Germany|Berlin, Munich=München, Hamburg?, Frankfurt=Frankfurt am Main, Cologne?=Köln
    Germany|Stuttgart, Düsseldorf=Duesseldorf, Leipzig, Dresden, Hanover=Hannover
    Germany|Nuremberg=Nürnberg, Dortmund, Essen?, Bremen, Bonn, Mannheim, Karlsruhe, Heidelberg
    Germany|Freiburg, Aachen, Potsdam, Darmstadt, Mainz, Münster, Walldorf, Jena, Ulm, Kiel
    Germany|Augsburg, Wolfsburg
    France|Paris, Lyon, Marseille, Toulouse, Nice?, Nantes, Strasbourg, Bordeaux, Lille, Rennes
    France|Grenoble, Montpellier, Sophia Antipolis, Cannes, Nancy?, Tours?
    Spain|Madrid, Barcelona, Valencia, Seville=Sevilla, Bilbao, Málaga=Malaga, Zaragoza, Palma?
    Portugal|Lisbon=Lisboa, Porto?, Braga, Coimbra
    Italy|Rome=Roma, Milan=Milano, Turin=Torino, Naples?=Napoli, Bologna, Florence?=Firenze
    Italy|Venice, Genoa, Pisa, Trieste, Verona
    Netherlands|Amsterdam, Rotterdam, The Hague=Den Haag, Utrecht, Eindhoven, Delft, Groningen
    Netherlands|Leiden, Hilversum, Wageningen
    Belgium|Brussels=Bruxelles, Antwerp, Ghent, Leuven, Liège=Liege
    Luxembourg|Luxembourg City
    Switzerland|Zurich=Zürich, Geneva=Genève, Basel, Bern, Lausanne, Zug, Lugano, Lucerne
    Austria|Vienna=Wien, Graz, Linz, Salzburg, Innsbruck
    Denmark|Copenhagen=København, Aarhus, Odense
    Sweden|Stockholm, Gothenburg=Göteborg, Malmö=Malmo, Uppsala, Lund?, Linköping
    Norway|Oslo, Bergen, Trondheim, Stavanger
    Finland|Helsinki, Espoo, Tampere, Oulu, Turku
    Iceland|Reykjavik=Reykjavík
    Poland|Warsaw=Warszawa, Kraków=Krakow;Cracow, Wrocław=Wroclaw, Gdańsk=Gdansk, Poznań=Poznan
    Poland|Łódź=Lodz, Katowice
    Czech Republic|Prague=Praha, Brno, Ostrava
    Slovakia|Bratislava, Košice=Kosice
    Hungary|Budapest
    Romania|Bucharest=București, Cluj-Napoca=Cluj, Iași=Iasi, Timișoara=Timisoara
    Bulgaria|Sofia?, Plovdiv, Varna
    Greece|Athens, Thessaloniki
    Croatia|Zagreb, Split?
    Slovenia|Ljubljana
    Serbia|Belgrade, Novi Sad
    Estonia|Tallinn, Tartu
    Latvia|Riga
    Lithuania|Vilnius, Kaunas
    Ukraine|Kyiv=Kiev, Lviv, Kharkiv, Odesa=Odessa
    Malta|Valletta
    Cyprus|Nicosia, Limassol
    Russia|Moscow, Saint Petersburg, Novosibirsk
    Turkey|Istanbul=İstanbul, Ankara, Izmir
    India|Bengaluru=Bangalore, Mumbai=Bombay, Delhi=New Delhi;Delhi NCR, Hyderabad, Chennai, Pune
    India|Kolkata, Gurugram=Gurgaon, Noida, Ahmedabad, Jaipur, Kochi=Cochin, Chandigarh, Indore
    India|Coimbatore, Thiruvananthapuram=Trivandrum, Lucknow, Nagpur, Bhubaneswar, Mysore=Mysuru
    India|Vadodara, Surat
    China|Beijing, Shanghai, Shenzhen, Guangzhou, Hangzhou, Chengdu, Nanjing, Wuhan, Suzhou, Xi'an
    China|Tianjin, Chongqing, Dalian, Qingdao, Xiamen
    Japan|Tokyo, Osaka, Kyoto, Yokohama, Nagoya, Fukuoka, Sapporo, Kobe
    South Korea|Seoul, Busan, Incheon, Daejeon, Daegu
    Taiwan|Taipei, Hsinchu, Taichung, Kaohsiung
    Malaysia|Kuala Lumpur, Penang, Cyberjaya, Johor Bahru
    Indonesia|Jakarta, Bandung, Surabaya, Bali
    Thailand|Bangkok, Chiang Mai, Phuket
    Vietnam|Ho Chi Minh City=Saigon;HCMC!, Hanoi, Da Nang=Danang
    Philippines|Manila=Metro Manila, Makati, Cebu, Quezon City, Taguig, Davao
    Pakistan|Karachi, Lahore, Islamabad, Rawalpindi, Faisalabad
    Bangladesh|Dhaka, Chittagong
    Sri Lanka|Colombo
    Nepal|Kathmandu
    Kazakhstan|Almaty, Astana
    Uzbekistan|Tashkent
    Armenia|Yerevan
    Cambodia|Phnom Penh
    United Arab Emirates|Dubai, Abu Dhabi, Sharjah
    Saudi Arabia|Riyadh, Jeddah, Dammam, Mecca
    Qatar|Doha
    Kuwait|Kuwait City
    Bahrain|Manama
    Oman|Muscat
    Israel|Tel Aviv=Tel-Aviv, Jerusalem, Haifa, Herzliya
    Jordan|Amman
    Lebanon|Beirut
    Iraq|Baghdad
    Iran|Tehran
    Egypt|Cairo, Alexandria
    South Africa|Cape Town, Johannesburg=Joburg, Durban, Pretoria, Stellenbosch, Port Elizabeth
    Nigeria|Lagos, Abuja, Ibadan
    Kenya|Nairobi, Mombasa
    Morocco|Casablanca, Rabat, Marrakesh=Marrakech
    Ghana|Accra
    Ethiopia|Addis Ababa
    Tanzania|Dar es Salaam
    Uganda|Kampala
    Rwanda|Kigali
    Tunisia|Tunis
    Algeria|Algiers
    Senegal|Dakar
    Zambia|Lusaka
    Zimbabwe|Harare
    New Zealand|Auckland, Wellington?, Christchurch, Hamilton?, Dunedin
    Mexico|Mexico City=Ciudad de México;CDMX!, Guadalajara, Monterrey, Tijuana
    Mexico|Querétaro=Queretaro, Cancún=Cancun, Mérida
    Brazil|São Paulo=Sao Paulo, Rio de Janeiro, Belo Horizonte, Brasília=Brasilia, Curitiba
    Brazil|Porto Alegre, Recife, Florianópolis=Florianopolis, Campinas, Salvador?, Fortaleza
    Argentina|Buenos Aires, Córdoba?=Cordoba, Rosario, Mendoza
    Chile|Santiago, Valparaíso=Valparaiso
    Colombia|Bogotá=Bogota, Medellín=Medellin, Cali?, Barranquilla
    Peru|Lima?, Cusco, Arequipa
    Uruguay|Montevideo
    Ecuador|Quito, Guayaquil
    Costa Rica|San José de Costa Rica
    Panama|Panama City
    Puerto Rico|San Juan
    Dominican Republic|Santo Domingo
    ME|Portland, Bangor
    CA|Richmond, Ontario-in-California, Concord?, Sonoma
    MO|Springfield, Columbia
    IL|Springfield, Aurora?, Bloomington
    OR|Salem?, Springfield
    MA|Cambridge, Salem?, Andover, Framingham
    WA|Vancouver
    TX|Paris, Pasadena, San Marcos
    OH|Dublin, Springfield
    AL|Florence?
    MN|Rochester
    NC|Fayetteville, Jacksonville
    SC|Columbia
    WV|Charleston
    KY|Lexington, Bowling Green
    VT|Burlington
    IN|Bloomington, Lafayette
    NJ|Burlington, Newport
    TN|Jackson?
    GA|Athens, Columbus?
    DE|Wilmington
    NH|Manchester, Portsmouth
    PA|Reading?, Bethlehem
    NY|Jamestown
    MD|Salisbury
    ON|London, Cambridge
    """
}
