import KBQuery
import Testing

/// What each query is bound to, or its errors and the rewrite that is offered, and its notes.
@Suite struct QueryFieldTests {
  /// Fields of text.
  static let textFieldsRows: [Row] = [
    Row("role:engineer", #"role has "engineer""#),
    Row("role:eng*", #"role has "eng"*"#),
    Row(#"role:"data scientist""#, #"role has phrase "data scientist""#),
    Row(#"role:"data scientist"~2"#, #"role has phrase "data scientist"~2"#),
    Row(#"role="Climate Data Scientist""#, #"role is wholly "Climate Data Scientist""#),
    Row("role=engineer", #"role is wholly "engineer""#),
    Row("role!=engineer", #"and(has(role), not(role is wholly "engineer"))"#),
    Row(
      #"role:(engineer OR "data scientist")"#,
      #"any(role has "engineer", role has phrase "data scientist")"#),
    Row("role: engineer", "! spaced-colon => role:engineer"),
    Row("role :engineer", "! spaced-colon => role:engineer"),
    Row("role : engineer", "! spaced-colon => role:engineer"),
    Row("role:", "! dangling-operator => has:role"),
    Row("role:)", "! dangling-operator stray-bracket => has:role"),
    Row("(role:) x", "! dangling-operator => has:role x"),
    Row("role: (engineer OR analyst)", "! dangling-operator => role:(engineer OR analyst)"),
    Row("Role:engineer", #"role has "engineer""#),
    Row("job:engineer", #"role has "engineer""#),
  ]

  @Test(arguments: textFieldsRows)
  func textFields(row: Row) { row.check() }

  /// Fields of keywords, lists, aliases and commas.
  static let keywordFieldsRows: [Row] = [
    Row("skill:python", #"skill is "python""#),
    Row("skill:sklearn", #"skill is "scikit-learn""#),
    Row("skill=sklearn", #"skill is "scikit-learn""#),
    Row("skill:py*", #"skill begins "py""#),
    Row("skill:p*", "! wildcard-short => skill:p"),
    Row("skill=py*", "! wrong-operator => skill:py*"),
    Row("skill!=py*", "! wrong-operator => (has:skill -skill:py*)"),
    Row("skill:*", "has(skill)"),
    Row("skill:(python OR r)", #"any(skill is "python", skill is "r")"#),
    Row("skill:(python | r)", #"any(skill is "python", skill is "r")"#),
    Row("skill:(python)", #"skill is "python""#),
    Row("skill:(python r)", "! list-syntax => skill:(python OR r)"),
    Row("skill:(python AND r)", "! list-syntax => (skill:python skill:r)"),
    Row("skill:(python OR)", "! list-syntax => skill:(python)"),
    Row("skill:()", "! empty-group => skill:*"),
    Row("skill:(python OR -r)", #"! negated-value => skill:(python OR "-r")"#),
    Row("skill:((python) OR r)", "! list-syntax => skill:(python OR r)"),
    Row("skill:(python^2 OR r)", "! list-syntax => skill:(python OR r)"),
    Row("skill:(python OR r)^2", #"any(skill is "python", skill is "r")^2"#),
    Row("skill:(python", "! unclosed-bracket => skill:(python)"),
    Row("skill:(python r", "! unclosed-bracket => skill:(python) r"),
    Row("skill:c++", #"skill is "c++""#),
    Row("skill:(c++ OR c#)", #"any(skill is "c++", skill is "c#")"#),
    Row(#"skill:"machine learning""#, #"skill is "machine learning""#),
    Row(#"skill:"machine learning"~2"#, #"! phrase-distance => skill:"machine learning""#),
    Row("skill:python,java", "! comma-in-value => skill:(python OR java)"),
    Row("skill:python, java", "! comma-in-value => skill:(python OR java)"),
    Row("skill:python, java, rust", "! comma-in-value => skill:(python OR java OR rust)"),
    Row("skill:(python,java OR r)", "! comma-in-value => skill:(python OR java OR r)"),
    Row("skill:-java", "! negated-value => -skill:java"),
    Row("skill:>python", "! wrong-operator => skill:python"),
    Row("skill>python", "! wrong-operator => skill:python"),
    Row("skill=(a OR b)", "! wrong-operator => skill:(a OR b)"),
    Row("skill!=(a OR b)", "! wrong-operator => (has:skill -skill:(a OR b))"),
    Row("skill!=r", #"and(has(skill), not(skill is "r"))"#),
    Row("skill!=*", "! wrong-operator => missing:skill"),
    Row("skill:a..b", #"! wrong-operator => skill:"a..b""#),
    Row("skill:*script", "! wildcard-place => skill:script"),
    Row("skill:py*n", "! wildcard-place => skill:py*"),
    Row("skill:python skill:r", #"and(skill is "python", skill is "r")"#),
    Row("-skill:java", #"not(skill is "java")"#),
    Row("location:sf", #"location is "San Francisco, CA""#),
    Row("location:san-fransisco", #"location is "san-fransisco" (unknown-value)"#),
    Row("location:Austin,TX", "! comma-in-value => location:(Austin OR TX)"),
    Row(#"location:"San Francisco, CA""#, #"location is "San Francisco, CA""#),
  ]

  @Test(arguments: keywordFieldsRows)
  func keywordFields(row: Row) { row.check() }

  /// Pay: spellings, spacing, ranges, ends.
  static let moneyRows: [Row] = [
    Row("salary>150000", "salary > 150000 USD"),
    Row("salary>150,000", "salary > 150000 USD"),
    Row("salary>150_000", "salary > 150000 USD"),
    Row("salary>150k", "salary > 150000 USD"),
    Row("salary>1.5m", "salary > 1500000 USD"),
    Row("salary>$150k", "salary > 150000 USD"),
    Row("salary>£60k", "salary > 60000 GBP (one-currency)"),
    Row("salary>60000GBP", "salary > 60000 GBP (one-currency)"),
    Row("salary>75/hr", "salary > 156000 USD (75/hr) (by-the-year)"),
    Row("salary>$75/hr", "salary > 156000 USD ($75/hr) (by-the-year)"),
    Row("salary>75/hour", "salary > 156000 USD (75/hour) (by-the-year)"),
    Row("salary>600/day", "salary > 156000 USD (600/day) (by-the-year)"),
    Row("salary>5k/month", "salary > 60000 USD (5k/month) (by-the-year)"),
    Row("salary>USD120k", "salary > 120000 USD"),
    Row("salary>€60k", "salary > 60000 EUR (one-currency)"),
    Row("salary>60k€", "salary > 60000 EUR (one-currency)"),
    Row("salary>120kUSD", "salary > 120000 USD"),
    Row("salary>2k/wk", "salary > 104000 USD (2k/wk) (by-the-year)"),
    Row("salary>=150k", "salary >= 150000 USD"),
    Row("salary<150k", "salary < 150000 USD"),
    Row("salary<=150k", "salary <= 150000 USD"),
    Row("salary=150k", "salary = 150000 USD"),
    Row("salary!=150k", "and(has(salary), not(salary = 150000 USD))"),
    Row("salary:150k", "salary = 150000 USD"),
    Row("salary:>150k", "salary > 150000 USD"),
    Row("salary:>=150k", "salary >= 150000 USD"),
    Row("salary:!=150k", "and(has(salary), not(salary = 150000 USD))"),
    Row("salary > 150k", "salary > 150000 USD"),
    Row("salary >150k", "salary > 150000 USD"),
    Row("salary> 150k", "salary > 150000 USD"),
    Row("salary : > 150k", "! spaced-colon => salary:> 150k"),
    Row("salary: >150k", "! spaced-colon => salary:>150k"),
    Row("salary:> 150k", "salary > 150000 USD"),
    Row("salary ≥ 150k", "salary >= 150000 USD"),
    Row("salary≥150k", "salary >= 150000 USD"),
    Row("salary:120k..150k", "salary in 120000 USD..150000 USD"),
    Row("salary:150k..", "salary in 150000 USD.."),
    Row("salary:..150k", "salary in ..150000 USD"),
    Row("salary:..", "! empty-range => has:salary"),
    Row("salary:150k...160k", "! wrong-type => salary:150k..160k"),
    Row("salary:200k..100k", "! range-order => salary:100k..200k"),
    Row("salary:£60k..80k", "salary in 60000 GBP..80000 GBP (one-currency)"),
    Row("salary:£60k..$80k", "! range-units => salary:60kGBP..80kGBP"),
    Row("salary:60..80/hr", "! range-units => salary:60/hour..80/hour"),
    Row(
      "salary:60/hr..80/hr",
      "salary in 124800 USD (60/hr)..166400 USD (80/hr) (by-the-year by-the-year)"),
    Row("salary:75/hr..200k", "! range-units => salary:75/hour..200k/year"),
    Row("salary>120k..150k", "! wrong-operator => salary:120k..150k"),
    Row("salary!=120k..150k", "! wrong-operator => (has:salary -salary:120k..150k)"),
    Row("salary:(150k OR 200k)", "any(salary = 150000 USD, salary = 200000 USD)"),
    Row("salary:(120k..130k OR 200k)", "! list-syntax => (salary:120k..130k OR salary:200k)"),
    Row("salary>(150k OR 200k)", "! wrong-operator => (salary>150k OR salary>200k)"),
    Row("salary:(>150k OR 200k)", "! list-syntax => (salary>150k OR salary:200k)"),
    Row("salary:150k+", "! wrong-type => salary>=150k"),
    Row("salary>150k+", "! wrong-type => salary>=150k"),
    Row("salary:120k-150k", "! wrong-type => salary:120k..150k"),
    Row("salary>abc", "! wrong-type => has:salary abc"),
    Row("salary>", "! dangling-operator => has:salary"),
    Row("salary >", "! dangling-operator => has:salary"),
    Row("salary", "salary"),
    Row("salary> OR x", "! dangling-operator => has:salary OR x"),
    Row("salary==150k", "! wrong-operator => salary=150k"),
    Row("salary=>150k", "! wrong-operator => salary>=150k"),
    Row("salary<>150k", "! wrong-operator => salary!=150k"),
    Row("salary:*", "has(salary)"),
    Row("salary=*", "! wrong-operator => has:salary"),
    Row("salary>1,5", "! comma-in-value => (salary>1 OR salary>5)"),
    Row("salary:1,5", "! comma-in-value => salary:(1 OR 5)"),
    Row("salary>150,00", "! comma-in-value => (salary>150 OR salary>00)"),
    Row("salary>-5", "salary > -5 USD"),
    Row("salary>1e5", "! wrong-type => has:salary 1e5"),
    Row("salary>999999999999999999", "! number-too-large => has:salary"),
    Row("salary>150k salary<200k", "salary > 150000 USD & salary < 200000 USD"),
    Row("salary>150k^2", "salary > 150000 USD^2"),
    Row(#"salary>"150,000""#, "salary > 150000 USD"),
    Row("salary.min>150k", "salary.min > 150000 USD"),
    Row("salary.max<=200k", "salary.max <= 200000 USD"),
    Row("salary.min>150k salary.max<200k", "salary.min > 150000 USD & salary.max < 200000 USD"),
    Row("salary.min:*", "! wrong-operator => salary.min>=0"),
    Row("has:salary.min", "! interval-end => has:salary"),
    Row("sort:salary.min", "! interval-end => sort:salary"),
    Row("title.min>5", #"! interval-end => "title.min>5""#),
    Row("pay>150k", "salary > 150000 USD"),
  ]

  @Test(arguments: moneyRows)
  func money(row: Row) { row.check() }

  /// Other numbers and their units.
  static let quantitiesRows: [Row] = [
    Row("experience>5", "experience > 5 years"),
    Row("experience>=5yrs", "experience >= 5 years"),
    Row("experience>18mo", "experience > 1.5 years"),
    Row("experience>5y", "experience > 5 years"),
    Row("experience>5k$", "! wrong-unit => has:experience"),
    Row("experience>5k", "! wrong-unit => has:experience"),
    Row("experience>5%", "! wrong-unit => experience>5"),
    Row("experience>$5", "! wrong-unit => experience>5"),
    Row("experience:3..5", "experience in 3 years..5 years"),
    Row("stars>5", "stars > 5"),
    Row("stars>1.5k", "stars > 1500"),
    Row("stars>$5", "! wrong-unit => stars>5"),
    Row("stars:5", "stars = 5"),
    Row("share>40%", "share > 40 percent"),
    Row("share>40", "share > 40 percent"),
    Row("fee>$5", "fee > 5 CAD"),
    Row("fee>US$5", "fee > 5 USD (one-currency)"),
  ]

  @Test(arguments: quantitiesRows)
  func quantities(row: Row) { row.check() }

  /// Dates and their spans.
  static let datesRows: [Row] = [
    Row("modified:2024", "modified = 2024"),
    Row("modified:2024-05", "modified = 2024-05"),
    Row("modified:2024-05-17", "modified = 2024-05-17"),
    Row("modified>2024", "modified > 2024"),
    Row("modified>=2024-05", "modified >= 2024-05"),
    Row("modified<today", "modified < 2024-06-15"),
    Row("modified>-30d", "modified > 2024-05-16"),
    Row("modified:-30d", "modified = 2024-05-16 (single-day)"),
    Row("modified:-30d..", "modified in 2024-05-16.."),
    Row("modified:2w", "modified = 2024-06-01 (single-day)"),
    Row("modified:2w..today", "modified in 2024-06-01..2024-06-15"),
    Row("modified > -30d", "modified > 2024-05-16"),
    Row("modified>2w", "modified > 2024-06-01"),
    Row("modified:2024-01..2024-03", "modified in 2024-01..2024-03"),
    Row("modified:2024..2023", "! range-order => modified:2023..2024"),
    Row("modified:2024-02-30", "! wrong-type => modified:2024-02"),
    Row("modified:2024-13", "! wrong-type => modified:2024"),
    Row("modified:2024/05/17", "! wrong-type => modified:2024-05-17"),
    Row("modified:20240517", "! wrong-type => modified:2024-05-17"),
    Row("modified:05/17/2024", "! wrong-type => modified:2024-05-17"),
    Row("modified:yesterday", "modified = 2024-06-14"),
    Row("modified>tomorow", "! wrong-type => modified>tomorrow"),
    Row("modified:(2023 OR 2024)", "any(modified = 2023, modified = 2024)"),
  ]

  @Test(arguments: datesRows)
  func dates(row: Row) { row.check() }

  /// Names of fields, paths and ids.
  static let pathsRows: [Row] = [
    Row("ms.date>2024", "ms-date > 2024"),
    Row("ms-date>2024", "ms-date > 2024"),
    Row("module_name:foo", #"module-name is "foo""#),
    Row("path:corpus", #"path under "corpus""#),
    Row("path:corpus/", #"path under "corpus/""#),
    Row("path:./corpus/*.md", #"path like "corpus/*.md""#),
    Row("path:*.md", #"path like "*.md""#),
    Row("path=a/b.md", #"path is "a/b.md""#),
    Row("path:../x", #"path under "../x""#),
    Row(#"path:"my docs/""#, #"path under "my docs/""#),
    Row("path:*", "has(path)"),
    Row("path:(a OR b)", #"any(path under "a", path under "b")"#),
    Row("id:abc", #"id is "abc""#),
    Row("format:markdown", #"format is "markdown""#),
  ]

  @Test(arguments: pathsRows)
  func paths(row: Row) { row.check() }

  /// has: and missing:.
  static let presenceRows: [Row] = [
    Row("has:salary", "has(salary)"),
    Row("missing:salary", "missing(salary)"),
    Row("-has:salary", "not(has(salary))"),
    Row("has:foo", #"! unknown-field => "has:foo""#),
    Row("has:", #"! dangling-operator => "has""#),
    Row("has: salary", "! spaced-colon => has:salary"),
    Row("has: everything", "and(has:, everything)"),
    Row(#"has:"salary""#, "! control-value => has:salary"),
    Row("missing:*", #"! unknown-field => "missing:*""#),
  ]

  @Test(arguments: presenceRows)
  func presence(row: Row) { row.check() }

  /// Controls.
  static let controlsRows: [Row] = [
    Row("sort:salary", "everything; sort salary"),
    Row("sort:-salary python", "python; sort -salary"),
    Row("sort:-modified sort:title", "everything; sort -modified; sort title"),
    Row("sort:foo", #"! unknown-field => "sort:foo""#),
    Row("sort:", #"! dangling-operator => "sort""#),
    Row("sort: salary", "! spaced-colon => sort:salary"),
    Row("-sort:salary", "! control-place => sort:-salary"),
    Row("(python sort:salary)", "! control-place => (python) sort:salary"),
    Row("a OR b sort:salary", "or(a, b); sort salary"),
    Row("a OR sort:salary", "! dangling-operator => a sort:salary"),
    Row("python AND sort:salary", "! dangling-operator => python sort:salary"),
    Row("sort:salary^2", "! bad-boost => sort:salary"),
    Row("scope:section python", "python; scope section"),
    Row("scope:subject", "everything; scope subject"),
    Row("scope:page", "! control-value => scope:section"),
    Row("scope:section scope:subject", "! control-repeated => scope:section"),
    Row("group:company python", "python; group company"),
    Row("group:foo", #"! unknown-field => "group:foo""#),
    Row("group:company group:role", "! control-repeated => group:company"),
  ]

  @Test(arguments: controlsRows)
  func controls(row: Row) { row.check() }

  /// Filters tied to one fact.
  static let sameFactRows: [Row] = [
    Row("location:austin salary>200k", #"same-fact(location is "austin", salary > 200000 USD)"#),
    Row(
      "location:austin salary>200k pytorch",
      #"and(same-fact(location is "austin", salary > 200000 USD), pytorch)"#),
    Row(
      "(location:austin pytorch) salary>200k",
      #"and(same-fact(location is "austin", salary > 200000 USD), pytorch)"#),
    Row(
      "(location:austin)^2 salary>200k",
      #"same-fact(location is "austin"^2, salary > 200000 USD)"#),
    Row(
      "(location:austin pytorch)^2 salary>200k",
      #"and(same-fact(location is "austin"^2, salary > 200000 USD), pytorch^2)"#),
    Row("(pytorch java)^2 salary>200k", "and(and(pytorch, java)^2, salary > 200000 USD)"),
    Row(
      "(location:austin OR location:denver) salary>200k",
      #"and(or(location is "austin", location is "denver"), salary > 200000 USD)"#),
    Row("-location:austin salary>200k", #"and(not(location is "austin"), salary > 200000 USD)"#),
    Row(
      "-(location:austin salary>200k)",
      #"not(same-fact(location is "austin", salary > 200000 USD))"#),
    Row(
      "location:austin location:denver salary>200k",
      #"and(same-fact(location is "austin", salary > 200000 USD), same-fact(location is "denver", salary > 200000 USD))"#
    ),
    Row(
      "location:(austin OR denver) salary>200k",
      #"same-fact(any(location is "austin", location is "denver"), salary > 200000 USD)"#),
    Row("location:austin has:salary", #"and(location is "austin", has(salary))"#),
    Row("location:austin salary:*", #"and(location is "austin", has(salary))"#),
    Row(
      "location:austin salary!=200k",
      #"and(location is "austin", has(salary), not(salary = 200000 USD))"#),
    Row(
      "location:austin salary>100k salary<200k",
      #"same-fact(location is "austin", salary > 100000 USD & salary < 200000 USD)"#),
    Row(
      "location:austin level:senior salary>200k",
      #"same-fact(location is "austin", level is "senior", salary > 200000 USD)"#),
    Row("role:engineer salary>100k", #"same-fact(role has "engineer", salary > 100000 USD)"#),
    Row("skill:python salary>100k", #"and(skill is "python", salary > 100000 USD)"#),
    Row(
      "a OR location:austin salary>200k",
      #"or(a, same-fact(location is "austin", salary > 200000 USD))"#),
    Row(
      "location:austin AND salary>200k",
      #"same-fact(location is "austin", salary > 200000 USD)"#),
    Row(
      "location:austin experience>5",
      #"same-fact(location is "austin", experience > 5 years)"#),
    Row("salary>£60k salary<$100k", "salary > 60000 GBP & salary < 100000 USD (one-currency)"),
  ]

  @Test(arguments: sameFactRows)
  func sameFact(row: Row) { row.check() }

  /// Combinations.
  static let moreRows: [Row] = [
    Row("skill:((python OR c) OR r)", "! list-syntax => skill:(python OR c OR r)"),
    Row("-skill:()", "! empty-group => -skill:*"),
    Row("(a sort:salary b)", "! control-place => (a b) sort:salary"),
    Row("has:salary^2", "has(salary)^2"),
    Row("a NOT", "! dangling-operator => a"),
    Row("a -", "and(a, -)"),
    Row("(-a)^2", "not(a)^2"),
    Row("((a^2)^3)", "a^6"),
    Row("-a OR -b", "or(not(a), not(b))"),
    Row("NOT (a OR b) c", "and(not(or(a, b)), c)"),
    Row("-(-a)", "not(not(a))"),
    Row(#""a"~x"#, #"! phrase-distance => "a""#),
    Row(#""a"~99999999"#, #"! phrase-distance => "a""#),
    Row(#"role:"a"~x"#, #"! phrase-distance => role:"a""#),
    Row(#"modified:"2024-05""#, "modified = 2024-05"),
    Row("salary:(150,000 OR 200,000)", "any(salary = 150000 USD, salary = 200000 USD)"),
    Row("salary>Infinity", "! wrong-type => has:salary Infinity"),
    Row("salary>NaN", "! wrong-type => has:salary NaN"),
    Row("salary>0x10", "! wrong-type => has:salary 0x10"),
    Row("salary>٣", "! wrong-type => has:salary ٣"),
    Row(
      "location:austin (level:senior salary>200k)",
      #"same-fact(location is "austin", level is "senior", salary > 200000 USD)"#),
    Row(
      "location:austin OR (level:senior salary>200k) x",
      #"or(location is "austin", and(same-fact(level is "senior", salary > 200000 USD), x))"#),
    Row("(a OR b) OR c", "or(a, b, c)"),
    Row(
      "salary>150k salary!=160k",
      "and(salary > 150000 USD, has(salary), not(salary = 160000 USD))"),
    Row("level:-senior", "! negated-value => -level:senior"),
    Row("role:foo,bar", "! comma-in-value => role:(foo OR bar)"),
    Row("role:foo*^2", #"role has "foo"*^2"#),
    Row("sort:-", "! dangling-operator => sort:-modified"),
    Row("group:", #"! dangling-operator => "group""#),
    Row("SORT:salary", "everything; sort salary"),
    Row("HAS:salary", "has(salary)"),
    Row("path:a,b", "! comma-in-value => path:(a OR b)"),
    Row("path:foo?.md", #"path like "foo?.md""#),
    Row("modified:2024..", "modified in 2024.."),
    Row("modified!=2024", "and(has(modified), not(modified = 2024))"),
    Row("modified>2024..2025", "! wrong-operator => modified:2024..2025"),
    Row("stars:1..5", "stars in 1..5"),
    Row("stars:1.5..2.5", "stars in 1.5..2.5"),
    Row("stars:1...5", "! wrong-type => stars:1..5"),
    Row("id:*", "has(id)"),
    Row("id:a*", "! wildcard-short => id:a"),
    Row("title:*foo", "! wildcard-place => title:foo"),
    Row(#"heading="a b""#, #"heading is wholly "a b""#),
    Row("--", "--"),
    Row("---", "---"),
    Row("a:b:c", #"! unknown-field => "a:b:c""#),
    Row(":", ":"),
    Row("::", "::"),
    Row("=", "= (comparison-as-text)"),
    Row(">", "> (comparison-as-text)"),
    Row("<div>", "<div> (comparison-as-text)"),
    Row("&", "&"),
  ]

  @Test(arguments: moreRows)
  func more(row: Row) { row.check() }
}
