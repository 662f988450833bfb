/// The signs, codes and words of currencies.
enum Currencies {
  /// ISO codes with how many units about one US dollar is worth: good enough to tell an
  /// implausible pay, used for nothing else.
  private static let worth: [String: Int] = [
    "USD": 1, "EUR": 1, "GBP": 1, "CAD": 1, "AUD": 1, "NZD": 1, "SGD": 1, "CHF": 1, "HKD": 8,
    "SEK": 10, "NOK": 10, "DKK": 7, "PLN": 4, "CZK": 23, "HUF": 360, "RON": 5, "BGN": 2,
    "JPY": 150, "CNY": 7, "INR": 85, "KRW": 1350, "TWD": 32, "THB": 35, "IDR": 16_000,
    "VND": 25_000, "PHP": 56, "MYR": 4, "PKR": 280, "BDT": 110, "LKR": 300, "AED": 4, "SAR": 4,
    "QAR": 4, "KWD": 1, "ILS": 4, "TRY": 35, "EGP": 48, "ZAR": 18, "NGN": 1500, "KES": 130,
    "GHS": 15, "BRL": 5, "MXN": 18, "ARS": 900, "CLP": 950, "COP": 4000, "PEN": 4, "UAH": 41,
    "RUB": 90,
  ]

  /// Words and signs that name a currency, before or after the number.
  private static let names: [String: String] = [
    "£": "GBP", "€": "EUR", "₹": "INR", "¥": "JPY", "₩": "KRW", "₪": "ILS", "₽": "RUB",
    "₺": "TRY", "₴": "UAH", "₱": "PHP", "฿": "THB", "₫": "VND", "₦": "NGN", "euro": "EUR",
    "euros": "EUR", "rs": "INR", "rupees": "INR", "rupee": "INR", "yen": "JPY", "zł": "PLN",
    "zl": "PLN", "zloty": "PLN", "kč": "CZK", "kc": "CZK", "kr": "SEK", "ft": "HUF",
    "pound": "GBP", "pounds": "GBP", "francs": "CHF", "sfr": "CHF", "fr": "CHF", "rmb": "CNY",
    "cdn": "CAD",
    "円": "JPY", "원": "KRW", "元": "CNY",
    "yuan": "CNY", "won": "KRW", "rand": "ZAR", "reais": "BRL", "shekels": "ILS", "dhs": "AED",
    "dirhams": "AED", "rm": "MYR", "naira": "NGN",
  ]

  /// Letters glued in front of a dollar sign.
  private static let dollars: [String: String] = [
    "us": "USD", "c": "CAD", "ca": "CAD", "can": "CAD", "a": "AUD", "au": "AUD", "nz": "NZD",
    "s": "SGD", "sg": "SGD", "hk": "HKD", "mx": "MXN", "r": "BRL", "nt": "TWD", "usd": "USD",
    "cad": "CAD", "aud": "AUD", "nzd": "NZD", "sgd": "SGD", "hkd": "HKD", "mxn": "MXN",
    "cl": "CLP", "ar": "ARS", "cop": "COP",
  ]

  /// Words for a currency that are ordinary words elsewhere: they count after a number only.
  private static let afterOnly: KeySet = [
    "pound", "pounds", "yen", "won", "rand", "ft", "fr", "kr", "francs", "yuan", "reais", "rm",
  ]

  /// Whether a currency of that code is known.
  static func isCode(_ code: String) -> Bool { worth[code] != nil }

  /// About how many of its units make one US dollar.
  static func perDollar(_ code: String) -> Int { worth[code] ?? 1 }

  /// Whether pay in it is often a small part of what is paid in dollars.
  static func isOfLowPay(_ code: String) -> Bool { lowPay.contains(code) }

  private static let lowPay: KeySet = [
    "INR", "PKR", "BDT", "LKR", "PHP", "IDR", "VND", "THB", "NGN", "KES", "GHS", "EGP", "BRL",
    "MXN", "COP", "ARS", "CLP", "PEN", "TRY", "UAH", "RUB", "ZAR", "MYR", "CNY", "RON", "BGN",
  ]

  /// The currency that a lexeme names, `$` for the dollar of the place.
  static func named(_ lexeme: Lexeme, isBefore: Bool) -> String? {
    let key = lexeme.key
    if key == "$" || (!isBefore && (key == "dollars" || key == "dollar")) {
      return "$"
    }
    if isBefore, afterOnly.contains(key) { return nil }
    if let name = names[key] { return name }
    guard lexeme.kind == .word, key.utf8.count == 3 else { return nil }
    let code = key.uppercased()
    return code != "TRY" && code != "ALL" && isCode(code) ? code : nil
  }

  /// The currency of letters glued in front of a dollar sign (`US$`).
  static func dollar(_ letters: String) -> String? { dollars[letters] }

  /// Whether the letters in front of a digit are a currency of their own word (`USD120,000`,
  /// `Rs8,00,000`, `R650`), so that the number is not part of the word.
  static func isPrefix(_ letters: ArraySlice<UInt8>) -> Bool {
    guard letters.count <= 3, letters.first?.isCapital == true else { return false }
    if letters.count == 2 {
      return letters.elementsEqual("Rs".utf8) || letters.elementsEqual("RM".utf8)
    }
    guard letters.count == 3, letters.allSatisfy(\.isCapital) else { return false }
    return isCode(String(decoding: letters, as: UTF8.self))
  }
}
