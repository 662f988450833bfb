/// What a word beside a sum says that the sum is.
enum MoneySense: Int, CaseIterable {
  case pay
  /// Paid beside the salary: read into a field of its own.
  case bonus, allowance, stock
  case market, funding, revenue, assets, quota, deal, budget, tuition, cost, debt, grant, fee
  case price, housing, purchase, saving, fine, insurance, donation, expense, invoice, prize, spent
  /// What a household or a tenant has, as forms ask for it.
  case means
  /// Takes away the sense of its words: "including bonus".
  case neutral

  /// Whether it is kept apart as a bonus.
  var isExtra: Bool { self == .bonus || self == .allowance || self == .stock }

  /// Why a sum of that sense is no pay, in a phrase.
  var reason: String {
    switch self {
    case .pay, .neutral: "no word of pay near it"
    case .bonus: "a bonus, not the salary"
    case .allowance: "an allowance, not the salary"
    case .stock: "stock, not the salary"
    case .market: "a market size or valuation, not pay"
    case .funding: "funding, not pay"
    case .revenue: "revenue or profit, not pay"
    case .assets: "assets or a portfolio, not pay"
    case .quota: "a sales quota or target, not pay"
    case .deal: "a deal or contract, not pay"
    case .budget: "a budget, not pay"
    case .tuition: "tuition, not pay"
    case .cost: "a cost, not pay"
    case .debt: "a debt or loan, not pay"
    case .grant: "a grant or scholarship, not pay"
    case .fee: "a fee, not pay"
    case .price: "a price, not pay"
    case .housing: "a house price or rent, not pay"
    case .purchase: "a purchase, not pay"
    case .saving: "a saving, not pay"
    case .fine: "a fine or penalty, not pay"
    case .insurance: "insurance, not pay"
    case .donation: "a donation, not pay"
    case .expense: "expenses, not pay"
    case .invoice: "an invoice, not pay"
    case .prize: "a prize, not pay"
    case .spent: "money spent, not pay"
    case .means: "a household's means, not pay"
    }
  }
}

/// A word or phrase that says what the sums near it are.
struct MoneyCue {
  var sense: MoneySense
  /// Lexemes, half-open.
  var range: Range<Int>
  /// A verb, which tells of the sum after it only: "earn", "raised".
  var isVerb: Bool
  /// A word that also names a branch or a line of work: "private sector", "property".
  var isWeak = false
}

/// Finds the cues of a text.
enum MoneyCues {
  static func find(_ text: Lexemes) -> [MoneyCue] {
    var cues: [MoneyCue] = []
    for found in table.matches(text) {
      guard var sense = MoneySense(rawValue: found.payload / 2), sense != .neutral else { continue }
      // "Profit share paid £1,850", "the lottery paid": what pays is no employer.
      if sense == .pay, payments.contains(text[found.range.lowerBound]), let last = cues.last,
        last.sense.isExtra || text.at(found.range.lowerBound, "paid") && last.sense != .pay,
        last.range.upperBound == found.range.lowerBound
      {
        sense = last.sense
      }
      cues.append(
        MoneyCue(
          sense: sense, range: found.range, isVerb: found.payload % 2 == 1,
          isWeak: found.range.count == 1 && weak.contains(text[found.range.lowerBound])))
    }
    return cues
  }

  private static let weak: KeySet = [
    "industry", "sector", "property", "properties", "housing", "insurance", "retail", "order",
    "orders", "product", "products", "travel", "sales", "credit", "tax", "venture",
  ]
  private static let payments: KeySet = ["paid", "pays", "pay", "paying"]

  private static let table: PhraseTable = {
    var table = PhraseTable()
    for (sense, isVerb, phrases) in words {
      for phrase in phrases.split(whereSeparator: { $0 == "," || $0 == "\n" }) {
        let phrase = String(phrase).trimmed
        guard !phrase.isEmpty else { continue }
        table.add(phrase, sense.rawValue * 2 + (isVerb ? 1 : 0))
      }
    }
    return table
  }()

  private static let words: [(MoneySense, Bool, String)] = [
    (
      .pay, false,
      """
      salary, salaries, salaried, pay, payscale, pay rate, pay range, wage, wages, earnings
      compensation, comp, total comp, tc, ctc, cost to company, ote, on-target earnings
      on target earnings, earners, remuneration, income, incomes, take home, takes home, take-home, package
      packages, base, base pay, gross, gehalt, lohn, vergütung, salaire, salario, sueldo
      stipendio, lön, lønn, salaris, wynagrodzenie, at target, on target, is typical, is usual, is common, is the norm, rate, hourly rate, day rate, daily rate, rates
      paycheck, paychecks, pay packet, payband, pay band, salary band, doe, per annum, pa, lpa
      paid, bill rate, market rate, starting rate, cash compensation, total cash, base salary
      base salaries, total compensation, hiring range, budget for this hire, budget for this role, budget for the role, budget for this position, pay grade, total rewards, w2, corp to corp
      maandsalaris, jahresbruttogehalt, bruttojahresgehalt, monatsbruttogehalt, percentile
      bruttomonatsgehalt, jahreszielgehalt, mindestgehalt, grundgehalt, zielgehalt, jahreslohn
      bruttostundenlohn, monatslohn, entgelt, verdienst, bruttomaandsalaris, jahresgehalt, monatsgehalt, bruttogehalt, einstiegsgehalt, stundenlohn
      tagessatz, tjm, faixa salarial, remuneração, remuneración, rémunération, retribuzione
      banda salarial, rango salarial, fourchette, ral, loon, brutoloon, pensja, stawka, widełki
      brut annuel, brutos anuales, brutto jahr, brutto im jahr, brutto im monat, bruts annuels
      lordi annui, jahresbrutto, uurloon, månadslön, lønn, løn, palkka, honorar, tarifa
      年収, 月給, 時給, 年俸, 月収, 給与, 年薪, 月薪, 薪资, 연봉, 월급, зарплата, оклад
      our range, the range is, range for this role, range for the role, our band, fixed, a raise to
      all in, all-in, annual equivalent, fte equivalent, ftc equivalent, equates to, equating to, raise to, raises to, won a raise, pay raise, pay raises, pay rise
      pay rises, wage rise, wage increase
      fte, annualized, annualised, emoluments, retainer, median for, average for this role, 💰, 💵
      💸, 🤑
      """
    ),
    (
      .pay, true,
      """
      earn, earns, earning, earned, make, makes, making, made, pays, paying, get paid, be paid
      gets paid, command, commands, pocket, pockets, takes home, taking home, taken home
      took home, bring home, brings home, draw, draws, offers, offer, offering, start on
      starts on, started on, stretch to, stretching to, can expect, could expect, expect to make
      expect to earn, clear, clears, clearing
      """
    ),
    (
      .bonus, false,
      """
      bonus, bonuses, sign-on, sign on, signing, signing bonus, sign-on bonus, joining bonus
      commission, commissions, incentive, incentives, additional cash compensation
      additional compensation, additional cash, additional pay, variable pay
      variable compensation, variable, profit sharing, referral, retention, overtime, tips
      gratuities, 13th month, performance pay, holiday pay, severance, shift differential
      differential, hazard pay, sign-on payment, retention payment, retention payments, bonus payment, bonus payments
      sign-on payments, spot award, on-call pay, on call pay, overtime pay, standby pay, callout
      call-out pay, night premium, weekend premium, 13th salary, profit share
      """
    ),
    (
      .allowance, false,
      """
      allowance, allowances, stipend, stipends, relocation, relocation assistance
      relocation package, reimbursement, reimbursements, wellness, home office, gym, lunch
      cell phone, internet, commuter, perk, perks, benefits package, employer contribution
      pension, pensions, pension contribution, 401k match, match, childcare, assistance, phone, adoption
      learning stipend, weighting, london weighting
      student loan repayment, loan repayment
      student loan assistance, education assistance, cost of living supplement, supplement
      uniform, tool allowance, equipment allowance, moving costs, professional development
      """
    ),
    (
      .stock, false,
      """
      stock, stocks, equity, rsu, rsus, restricted stock, stock options, options, shares, espp
      stock grant, stock grants, equity grant, equity grants, equity package, vesting
      """
    ),
    (
      .market, false,
      """
      gross domestic product, market, markets, market size, market value, market cap, market capitalization, industry
      sector, valuation, valuations, valued, valued at, cagr, gdp, economy, worldwide spending
      global spending, opportunity, stock market, company value
      """
    ),
    (
      .funding, false,
      """
      funding, series a, series b, series c, series d, series e, seed round, seed, venture capital
      venture, investment, investments, investors, invested, capital, raised, raise from investors
      round, backed, financing, fundraising
      """
    ),
    (.funding, true, "raise, raising, invests, invest, investing"),
    (
      .revenue, false,
      """
      revenue, revenues, arr, mrr, turnover, sales, profit, profits, ebitda, margin, margins, gmv
      gross margin, net income of the company, operating income, losses, loss, lost, loses, losing, earnings per share
      annual sales, sales volume, bookings, gross profit, billings
      run rate, revenue run rate, burn rate, run-rate, burn
      """
    ),
    (
      .assets, false,
      """
      assets, assets under management, aum, portfolio, portfolios, endowment, fund, funds
      net worth, inventory, estate, book of business, transactions, transaction, trades, trading volume, payments
      money
      """
    ),
    (
      .quota, false,
      "quota, quotas, sales target, sales targets, revenue target, target, targets, sales goal, quota of, pipeline"
    ),
    (
      .deal, false,
      "deal, deals, contract, contracts, contract value, vendor agreements, vendor agreement, supplier agreements, suppliers, acquisition, acquired, merger, tender, tcv, acv, settlement, orders"
    ),
    (
      .budget, false,
      """
      budget, budgets, budgeted, training budget, learning budget, p&l, capex, opex, spend
      programme budget, ad spend, annual budget, training allowance, l&d
      """
    ),
    (
      .tuition, false,
      "tuition, tuition fee, tuition fees, school fees, semester fee, tuition reimbursement, tuition assistance, bootcamp, bootcamps, boot camp, coding bootcamp, in-state tuition, out-of-state tuition, per credit, per credit hour"
    ),
    (
      .cost, false,
      """
      cost, costs, costing, costs about, costed, expenditure, overhead, overheads, cloud bill
      bill, bills, damages, damage, repair, repairs, cost savings, project cost
      """
    ),
    (
      .debt, false,
      "loan, loans, debt, debts, mortgage, mortgages, student debt, credit, borrow, borrowed, owing, owed, in debt, credit line, collateral"
    ),
    (
      .grant, false,
      "grant, grants, scholarship, scholarships, subsidy, subsidies, inherited, inheritance, foreign aid, fellowship award, bursary, bursaries, award, awards"
    ),
    (
      .fee, false,
      "fee, fees, exam fee, licence fee, license fee, application fee, membership, dues, tax, taxes, deposit, copay"
    ),
    (
      .price, false,
      """
      price, prices, pricing, priced, subscription, subscriptions, discount, discounts, coupon
      voucher, sold, sold for, sells for, selling, per unit, msrp, retail, retails, for sale
      plan starts, premium plan, per seat, per user, ticket, tickets, shipping, order
      customers pay, customer pays, client pays, user pays, pays us, pay us, pays them, clients paid, you pay, users pay, clients pay, must pay, have to pay, willing to pay
      refund, product, products, auction, bid, bids, quotes, quote, proposal, proposals, pro plan
      plans start, plan is, plan costs, enterprise plan, starter plan, free tier, billed annually
      lists at, listed at, retails at, billed monthly, instance, instances, per gpu, gpu hour, spot price, share price, stock price
      shares rose, shares fell, shares closed, shares jumped, shares traded, per share, bitcoin
      stock rose, stock fell, msrp of, list price, per month per user
      """
    ),
    (
      .housing, false,
      """
      house price, house prices, home price, home prices, housing, homes, home values, house
      houses, one-bedroom, two-bedroom, three-bedroom, bedroom, bedrooms, a flat, flats, studio flat
      rent, rents, rental, apartment, apartments, condo, property, properties, real estate
      down payment, cost of living, living costs, per square foot
      """
    ),
    (
      .purchase, false,
      "purchase, purchases, purchasing, purchase order, buy, buys, bought, buying, equipment"
    ),
    (
      .saving, false,
      "saving, savings, salary packaging, salary sacrifice, saved, save, saves, reduction, reduced, cut, cuts, cost savings, avoided"
    ),
    (
      .fine, false,
      "fine, fines, fined, penalty, penalties, sanction, sanctions, forfeit, ordered to pay, agreed to pay, forced to pay, had to pay, must pay back, lawsuit, sued, theft, stolen, fraud, ransom"
    ),
    (
      .insurance, false,
      "insurance, insured, cover, coverage, life insurance, premium, premiums, deductible, liability, indemnity, policy limit"
    ),
    (
      .donation, false,
      "donation, donations, donated, donate, charity, charitable, philanthropy, gift, gifts"
    ),
    (
      .expense, false,
      "expense, expenses, per diem, travel, meal, meals, mileage, expensed, flights, petty cash"
    ),
    (.invoice, false, "invoice, invoices, invoiced, receipts, receipt, billing"),
    (
      .prize, false,
      "prize, prizes, jackpot, bounty, bounties, reward, rewards, prize money, winnings, lottery, won"
    ),
    (
      .spent, true,
      "pays for, spent, spend on, spends, spending, pay for, pay back, pay off, paid for, paid back, repay, repaid, owe, owes, paid out, pays out, pay out, paying out"
    ),
    (.cost, true, "worth of damage"),
    (
      .means, false,
      "household income, family income, income limit, income limits, income below, income threshold, combined income, net worth of"
    ),
    (
      .neutral, false,
      """
      including bonus, commission and base, base and commission, salary and bonus, salary and commission, bonus and base, including bonuses, including base salary, including commission, incl. bonus
      incl bonus, including stock, including equity, plus bonus, plus equity, plus commission
      plus bonuses, plus stock, plus benefits, and bonus, with bonus, excluding bonus
      before bonus, base + bonus, bonus included, uncapped commission, market rates, job market
      us market, the market, current market, geographic market, labor market, labour market
      cash equity, customer base, code base, knowledge base, software package, make sure, make up
      made up, make use, rate of growth, growth rate, interest rate, exchange rate, tax rate
      equity analyst, in stock, success rate, error rate, conversion rate, making a difference
      product manager, product managers, sales manager, sales representative
      sales representatives, sales engineer, sales engineers, investment banker
      investment bankers, investment analyst, investment analysts, investment banking
      fund manager, fund managers, portfolio manager, portfolio managers, insurance agent
      insurance agents, real estate agent, real estate agents, loan officer, loan officers
      cost of labor, contract roles, contract role, contract work, sales director, sales directors
      fund accountant, budget analyst, budget analysts, cost estimator, cost estimators
      tax accountant, tax accountants, tax manager, travel nurse, travel nurses, retail manager
      retail managers, grant writer, grant writers, purchasing manager, purchasing managers
      property manager, property managers, insurance underwriter, insurance underwriters
      credit analyst, credit analysts, market analyst, market analysts, market research analyst
      market research analysts, fraud analyst, fraud analysts, product designer, product designers
      product owner, product owners, pricing analyst, sales associate, sales associates
      inventory manager, per capita income, paid time off, paid leave, low-cost, cost-effective
      private equity, funding rounds role, pay attention, paid over, paid in two, paid in full
      paid after, paid upfront, paid up front, paid at signing, payable over, sales team
      travel contract, travel contracts, travel nursing, travel assignment, travel assignments
      travel role, travel roles, travel position, travel positions
      plan administrator, award rate, award rates, flat rate, fixed price, fixed cost, fixed costs, fixed fee
      fixed fees, fixed-term, fixed term, fixed asset, fixed assets, fixed rate, fixed bugs
      """
    ),
  ]
}
