extension Vocabulary {
  /// Degrees and certificates, by the level that they are of.
  public static let education = Vocabulary(
    entries: educationEntries,
    context: NameContext(
      frame: [
        "education", "degree", "degrees", "qualifications", "qualification", "educational",
        "academic", "background", "requirements",
      ],
      before: ["degree", "degrees", "a", "an", "or", "minimum", "preferred"],
      behind: ["degree", "degrees", "in", "preferred", "required", "or", "and"],
      notAfter: ["MD": ["baltimore", ","], "MA": ["boston", ","], "certification": ["aws"]]))

  private static let educationEntries: [Entry] = [
    entry(
      "high school",
      "high school diploma; high-school; GED!; secondary school; leaving certificate; abitur; hs diploma; a-levels; gcses; gcse"
    ),
    entry(
      "associate",
      "associate's degree; associate degree; associates degree; associate's; AAS!; a.a.s.; associate of arts; associate of science; associate's degrees; associate degrees; 2-year degree; two-year degree; foundation degree"
    ),
    entry(
      "bachelor",
      "bachelor's; bachelors; bachelor's degree; bachelor's degrees; bachelors degree; bachelor degree; bsc; b.sc.; b.sc; b.s.; b.a.; BS?; BA?; beng; b.eng; btech; b.tech; BBA!; BSN!; b.e.; undergraduate degree; undergraduate degrees; bachelor of science; bachelor of arts; four-year degree; 4-year degree; bachelor of engineering; bachelor of nursing; llb; BFA!; baccalaureate; licence professionnelle; first degree; college degree; university degree; honours degree; degree level; b.com; bcom; b.com.; BCA!; B.Ed"
    ),
    entry(
      "master",
      "master's; masters?; master's degree; master's degrees; masters degree; master degree; msc; m.sc.; m.sc; m.s.; MS?; MA?; m.a.; mba; meng; m.eng; m.ed; m.ed.; mtech; m.tech; MSN!; MPH!; MSW!; MFA!; master of science; master of arts; master of business administration; llm; postgraduate degree; mphil; graduate degree; MCA!; m.com; mcom; mres"
    ),
    entry(
      "doctorate",
      "phd; ph.d.; ph.d; phds; ph.d.s; doctoral; doctoral degree; doctor of philosophy; dphil; doctorates; MD?; m.d.; JD!; j.d.; pharmd; pharm.d.; DNP!; EDD!; doctoral degrees; DDS!; DVM!"
    ),
    entry(
      "certificate",
      "certification; certifications; certificates; certified; diploma; diplomas; vocational training; nvq; HND!; btec; apprenticeship certificate; trade school; vocational qualification; postgraduate certificate; PGCE!"
    ),
    entry("bootcamp", "boot camp; bootcamps; boot camps; coding bootcamp; coding boot camp"),
  ]

  private static func entry(_ name: String, _ aliases: String) -> Entry {
    let guarded: Guard =
      name == "associate" || name == "master" || name == "bachelor" ? .context : .none
    return Entry(
      name: name, guarded: guarded,
      aliases: aliases.split(separator: ";").map { spelling(String($0)) })
  }
}
