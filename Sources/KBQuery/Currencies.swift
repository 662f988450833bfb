/// Currencies as queries write them.
enum Currencies {
  /// Signs before or after an amount, the longer ones first. `$` is the field's own dollar.
  static let signs: [(sign: [UInt8], code: String)] = [
    ("US$", "USD"), ("CA$", "CAD"), ("AU$", "AUD"), ("NZ$", "NZD"), ("HK$", "HKD"),
    ("NT$", "TWD"), ("MX$", "MXN"), ("C$", "CAD"), ("A$", "AUD"), ("S$", "SGD"), ("R$", "BRL"),
    ("$", "$"), ("€", "EUR"), ("£", "GBP"), ("¥", "JPY"), ("₹", "INR"), ("₩", "KRW"),
    ("₽", "RUB"), ("₪", "ILS"), ("₺", "TRY"), ("₴", "UAH"), ("₫", "VND"), ("฿", "THB"),
    ("₱", "PHP"), ("₦", "NGN"), ("zł", "PLN"),
  ].map { (Array($0.0.utf8), $0.1) }

  /// Whether a unit is a currency: three capital letters.
  static func isCode(_ unit: String?) -> Bool {
    guard let unit, unit.utf8.count == 3 else { return false }
    return unit.utf8.allSatisfy { $0 >= 0x41 && $0 <= 0x5A }
  }

  /// The code that three letters are, in any case; nil for other letters.
  static func code(_ letters: some Collection<UInt8>) -> String? {
    guard letters.count == 3 else { return nil }
    let upper = String(decoding: letters.map { $0 & 0xDF }, as: UTF8.self)
    return codes.contains(upper) ? upper : nil
  }

  /// The dollar that a bare `$` is beside a field's own currency.
  static func dollar(own: String?) -> String {
    guard let own, dollars.contains(own) else { return "USD" }
    return own
  }

  private static let dollars: Set<String> = [
    "USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP",
  ]

  /// ISO 4217, the currencies in use.
  private static let codes = Set(
    """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD \
    CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP \
    GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD \
    KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN \
    NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP \
    SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND \
    VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG
    """.split(separator: " ").map(String.init))
}
