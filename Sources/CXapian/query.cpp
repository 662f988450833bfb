// Query programs to Xapian queries.
#include "bytes.hpp"

namespace cx {
namespace {

/// Deeper trees would overflow the stack when Xapian walks them.
constexpr uint32_t deepest = 1000;

struct Operand {
  Xapian::Query weighed;
  /// The same for a place where no weight is asked for.
  Xapian::Query plain;
  uint32_t depth;
  /// The terms of which one suffices, where it is nothing else.
  PhraseMatcher::Part terms = {};
  /// How often a single term is asked for; 0 for what is no term.
  uint32_t repeats = 0;

  bool differs() const { return weighed.internal.get() != plain.internal.get(); }
};

/// Builds a query together with the form it has where no weight is asked for: right of AND NOT, right
/// of a filter, under a factor of 0. Two faults of Xapian 1.4.22 make that form necessary:
///
/// - A term that indexes all documents is read, where no weight is asked for, from the list of all
///   documents under the name of the term. Where numbers are missing that list has several parts, and
///   the second is looked for under the wrong name: "Unexpected end of posting list". Such a term is
///   asked for as what it stands for, all documents.
/// - AND MAYBE inside AND, right of AND NOT, compares weights that were never set, and may lose what
///   it should exclude. Its right side finds nothing by itself: it is left out.
class Builder {
  Reader reader;
  std::vector<Operand> stack;
  cx_database *handle;
  const Xapian::Database *database;
  Xapian::doccount documents = 0;
  bool has_gaps = false;
  /// Whether the query is to be read: phrases stand as Xapian's own.
  const bool is_described;
  /// What words are weighed by; where there is nothing, by what Xapian is told.
  const std::shared_ptr<Asked> asked;

 public:
  /// Words count as one together with what is weighed here: how often they stand there is not known.
  struct NotWeighed {};

  Builder(const uint8_t *program, size_t size, cx_database *handle, std::shared_ptr<Asked> asked = nullptr,
          bool is_described = false)
      : reader(program, size), handle(handle), database(handle ? &handle->database : nullptr),
        is_described(is_described), asked(std::move(asked)) {
    if (!database) return;
    documents = database->get_doccount();
    has_gaps = documents != database->get_lastdocid();
  }

  Xapian::Query build(bool is_weighted) {
    while (!reader.done()) step(reader.byte());
    if (stack.size() != 1) throw Malformed("a query program must leave one query");
    const Operand last = pop();
    return is_weighted ? last.weighed : last.plain;
  }

 private:
  void push(Xapian::Query weighed, Xapian::Query plain, uint32_t depth) {
    if (depth > deepest) throw Malformed("the query is nested too deeply");
    stack.push_back({std::move(weighed), std::move(plain), depth});
  }

  void push(const Xapian::Query &query) { push(query, query, 1); }

  /// Pushes what is made of an operand, in both its forms.
  template <typename Make>
  void push(const Operand &part, uint32_t depth, Make make) {
    const Xapian::Query weighed = make(part.weighed);
    push(weighed, part.differs() ? make(part.plain) : weighed, depth);
  }

  /// A range of values; where there is a column of them, the documents it names.
  void push_values(Xapian::Query range, uint32_t slot, const std::string *low,
                   const std::string *high) {
    const bool is_open = (low && low->empty()) || (!low && high->empty());
    if (!handle || !handle->is_single || is_open) return push(range);
    const std::shared_ptr<const Column> column = handle->columns.column(handle->database, slot);
    if (!column) return push(range);
    push(Xapian::Query((new ColumnSource(column, column->range(low, high)))->release()));
  }

  bool indexes_all(const std::string &term) const {
    return has_gaps && handle->terms.frequency(*database, term) == documents;
  }

  /// The last, ready to be joined with others.
  Operand pop() {
    if (stack.empty()) throw Malformed("an operation lacks an operand");
    Operand last = std::move(stack.back());
    stack.pop_back();
    weigh(last);
    return last;
  }

  /// Lets a term be weighed here.
  void weigh(Operand &operand) const {
    if (!asked || operand.repeats == 0) return;
    const std::string &term = operand.terms[0];
    const Frequency frequency = handle->terms.frequencies(*database, term);
    if (frequency.documents == 0) return;
    const WordWeight weight(*asked->weighting, frequency, handle->terms.most_often(*database, term), operand.repeats);
    operand.weighed = Xapian::Query((new WordSource(asked, term, frequency.documents, weight))->release());
    operand.repeats = 0;
  }

  /// Words that count as one, weighed here.
  void synonym() {
    std::vector<Operand> parts = operands(reader.number());
    bool are_terms = asked != nullptr;
    for (const Operand &part : parts) {
      if (asked && part.repeats == 0 && part.differs()) throw NotWeighed();
      are_terms = are_terms && part.repeats > 0;
    }
    if (!are_terms) return join(Xapian::Query::OP_SYNONYM, parts);
    if (parts.size() == 1) return stack.push_back(std::move(parts[0]));
    SynonymEstimate estimate(*asked->weighting);
    std::vector<std::string> terms;
    std::vector<Xapian::Query> plain;
    for (const Operand &part : parts) {
      plain.push_back(part.plain);
      terms.push_back(part.terms[0]);
      estimate.add(handle->terms.frequencies(*database, part.terms[0]));
    }
    if (estimate.most == 0) return join(Xapian::Query::OP_SYNONYM, parts);
    push(Xapian::Query((new SynonymSource(asked, std::move(terms), estimate))->release()),
         Xapian::Query(Xapian::Query::OP_SYNONYM, plain.begin(), plain.end()), 2);
  }

  /// The operands of an operation, taken off the stack.
  std::vector<Operand> operands(uint32_t count) {
    if (count == 0 || count > stack.size()) throw Malformed("an operation lacks operands");
    std::vector<Operand> parts(std::make_move_iterator(stack.end() - count), std::make_move_iterator(stack.end()));
    stack.resize(stack.size() - count);
    return parts;
  }

  void join(Xapian::Query::op op) {
    std::vector<Operand> parts = operands(reader.number());
    for (Operand &part : parts) weigh(part);
    join(op, parts);
  }

  void join(Xapian::Query::op op, const std::vector<Operand> &parts) {
    bool differs = false;
    std::vector<Xapian::Query> weighed;
    std::vector<Xapian::Query> plain;
    bool are_terms = op == Xapian::Query::OP_OR;
    PhraseMatcher::Part terms;
    uint32_t depth = 0;
    for (const Operand &part : parts) {
      weighed.push_back(part.weighed);
      plain.push_back(part.plain);
      differs = differs || part.differs();
      depth = std::max(depth, part.depth);
      are_terms = are_terms && !part.terms.empty();
      if (are_terms) terms.insert(terms.end(), part.terms.begin(), part.terms.end());
    }
    if (!are_terms) terms.clear();
    const Xapian::Query query(op, weighed.begin(), weighed.end());
    push(query, differs ? Xapian::Query(op, plain.begin(), plain.end()) : query, depth + 1);
    stack.back().terms = std::move(terms);
  }

  /// Words that stand together: the words, and of what has them, what has them so.
  void phrase(Xapian::Query::op op) {
    const uint32_t count = reader.number();
    const uint32_t window = reader.number();
    std::vector<Operand> parts = operands(count);
    const bool is_ordered = op == Xapian::Query::OP_PHRASE;
    if (window < count || (is_ordered && window > count)) throw Malformed("a phrase has no such window");
    std::vector<PhraseMatcher::Part> words;
    for (const Operand &part : parts) {
      if (part.terms.empty()) throw Malformed("a phrase is of words");
      words.push_back(part.terms);
    }
    if (is_described) {
      std::vector<Xapian::Query> queries;
      uint32_t depth = 0;
      for (const Operand &part : parts) {
        queries.push_back(part.plain);
        depth = std::max(depth, part.depth);
      }
      const Xapian::Query query(op, queries.begin(), queries.end(), window);
      return push(query, query, depth + 1);
    }
    for (Operand &part : parts) weigh(part);
    join(Xapian::Query::OP_AND, parts);
    const Operand all = pop();
    auto *source = new PhraseSource(handle ? handle->files : nullptr, std::move(words), is_ordered ? 0 : window);
    const Xapian::Query together(source->release());
    push(all, all.depth + 1,
         [&](const Xapian::Query &query) { return Xapian::Query(Xapian::Query::OP_FILTER, query, together); });
  }

  void pair(Xapian::Query::op op) {
    const Operand right = pop();
    const Operand left = pop();
    const uint32_t depth = std::max(left.depth, right.depth) + 1;
    if (op == Xapian::Query::OP_AND_MAYBE) return push(Xapian::Query(op, left.weighed, right.weighed), left.plain, depth);
    push(left, depth, [&](const Xapian::Query &query) { return Xapian::Query(op, query, right.plain); });
  }

  void step(uint8_t operation) {
    using Q = Xapian::Query;
    switch (operation) {
      // Not Q::MatchAll: copies of it share a count of references that threads would race for.
      case CX_ALL: return push(Q(std::string()));
      case CX_NOTHING: return push(Q::MatchNothing);
      case CX_TERM: {
        const uint32_t wqf = reader.number();
        const std::string term = reader.bytes();
        if (term.empty()) throw Malformed("a term is empty");
        if (indexes_all(term)) push(Q(term, wqf), Q(std::string()), 1);
        else push(Q(term, wqf));
        stack.back().terms = {term};
        stack.back().repeats = wqf;
        return;
      }
      case CX_OR: return join(Q::OP_OR);
      case CX_AND: return join(Q::OP_AND);
      case CX_AND_NOT: return pair(Q::OP_AND_NOT);
      case CX_FILTER: return pair(Q::OP_FILTER);
      case CX_AND_MAYBE: return pair(Q::OP_AND_MAYBE);
      case CX_SYNONYM: return synonym();
      case CX_PHRASE: return phrase(Q::OP_PHRASE);
      case CX_NEAR: return phrase(Q::OP_NEAR);
      case CX_SCALE: {
        const double factor = reader.real();
        if (!(factor >= 0)) throw Malformed("a weight factor is negative");
        Operand last = pop();
        if (asked && factor > 1) asked->greatest_factor *= factor;
        const Q &scaled = factor > 0 ? last.weighed : last.plain;
        return push(Q(factor, scaled), last.plain, last.depth + 1);
      }
      case CX_AT_LEAST: {
        const uint32_t slot = reader.number();
        const std::string low = reader.bytes();
        return push_values(Q(Q::OP_VALUE_GE, slot, low), slot, &low, nullptr);
      }
      case CX_AT_MOST: {
        const uint32_t slot = reader.number();
        const std::string high = reader.bytes();
        return push_values(Q(Q::OP_VALUE_LE, slot, high), slot, nullptr, &high);
      }
      case CX_RANGE: {
        const uint32_t slot = reader.number();
        const std::string low = reader.bytes();
        const std::string high = reader.bytes();
        return push_values(Q(Q::OP_VALUE_RANGE, slot, low, high), slot, &low, &high);
      }
      case CX_PREFIX: {
        const uint32_t most = reader.number();
        return push(Q(Q::OP_WILDCARD, reader.bytes(), most, Q::WILDCARD_LIMIT_ERROR, Q::OP_OR));
      }
      case CX_FIXED: {
        const double weight = reader.real();
        if (!(weight >= 0)) throw Malformed("a weight is negative");
        return push(Q((new Xapian::FixedWeightPostingSource(weight))->release()));
      }
      default: throw Malformed("there is no such operation");
    }
  }
};

}  // namespace

Xapian::Query build_query(const uint8_t *program, size_t size, cx_database *database,
                          bool is_weighted) {
  return Builder(program, size, database).build(is_weighted);
}

Xapian::Query build_weighed_query(const uint8_t *program, size_t size, cx_database *database, double parameter) {
  if (database->is_single && database->database.get_doccount() > 0) {
    auto &weighting = database->weighting;
    if (!weighting || weighting->parameter != parameter)
      weighting = std::make_shared<Weighting>(database->database, database->files->of(database->database), parameter);
    try {
      return Builder(program, size, database, std::make_shared<Asked>(weighting, *database->lists.table()))
          .build(true);
    } catch (const Builder::NotWeighed &) {
    }
  }
  return build_query(program, size, database, true);
}

}  // namespace cx

cx_status cx_query_description(const uint8_t *program, size_t size, cx_block *result,
                               cx_error *error) {
  return cx::guard(error, [&] {
    cx::Writer writer;
    writer.raw(cx::Builder(program, size, nullptr, nullptr, true).build(true).get_description());
    writer.hand_over(result);
  });
}

cx_status cx_query_serialised(const uint8_t *program, size_t size, cx_block *result,
                              cx_error *error) {
  return cx::guard(error, [&] {
    cx::Writer writer;
    writer.raw(cx::build_query(program, size, nullptr, true).serialise());
    writer.hand_over(result);
  });
}
