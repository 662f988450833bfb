extension Places {
  /// Ways of working that stand where a place would.
  static let working: [String: [String]] = [
    "remote": [
      "remote", "fully remote", "remote-first", "work from home", "working from home", "wfh",
      "work from anywhere", "100% remote", "home-based", "telecommute", "remotely",
    ],
    "hybrid": ["hybrid", "hybrid working", "hybrid remote", "remote hybrid"],
  ]

  /// Countries by region; `-` stands for none.
  static let countries = """
    North America|United States=US!;USA!;U.S.!;U.S.A.!;United States of America;America!, Canada, Mexico
    Europe|United Kingdom=UK!;U.K.!;Great Britain;Britain, Germany=Deutschland
    """
  static let usStates = """
    CA|California
    TX|Texas
    """
  static let provinces = """
    ON|Ontario
    """
  static let cities = """
    CA|San Francisco=sf;SF!
    TX|Austin
    """
}
