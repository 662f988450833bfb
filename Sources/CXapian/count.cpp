// Exact totals. Enquire looks at each match with weights, collapsing and spies in mind, some 100 ns for each; sets of
// document numbers made of posting lists and values, joined 64 at once, say how many there are for a tenth of it.
#include <algorithm>
#include <functional>
#include <limits>
#include <memory>

#include "bytes.hpp"
#include "documents.hpp"

using namespace cx;

namespace {

/// Notes each match, so that no list of all of them need be kept.
class Collector : public Xapian::MatchSpy {
  DocumentSet &found;

 public:
  explicit Collector(DocumentSet &found) : found(found) {}
  void operator()(const Xapian::Document &document, double) override {
    found.add(document.get_docid());
  }
};

struct Node {
  uint8_t operation;
  std::vector<Node> parts;
  std::string bytes;
  std::string high;
  uint32_t number = 0;
  /// Where its program stands.
  size_t start = 0;
  size_t end = 0;
};

/// Reads a program as a tree. `build_query` has looked at it before: it is well-formed and not too deep.
class Parser {
  Reader reader;
  size_t at = 0;
  std::vector<Node> stack;

 public:
  Parser(const uint8_t *program, size_t size) : reader(program, size) {}

  Node parse() {
    while (!reader.done()) step();
    if (stack.size() != 1) throw Malformed("a query program must leave one query");
    return std::move(stack.back());
  }

 private:
  uint32_t number() {
    at += 4;
    return reader.number();
  }
  std::string bytes() {
    std::string value = reader.bytes();
    at += 4 + value.size();
    return value;
  }

  void take(Node &node, size_t count) {
    if (count > stack.size()) throw Malformed("an operation lacks operands");
    node.parts.assign(std::make_move_iterator(stack.end() - count),
                      std::make_move_iterator(stack.end()));
    stack.resize(stack.size() - count);
    if (count > 0) node.start = node.parts.front().start;
  }

  void step() {
    Node node;
    node.start = at;
    node.operation = reader.byte();
    at += 1;
    switch (node.operation) {
      case CX_TERM:
      case CX_PREFIX:
        node.number = number();
        node.bytes = bytes();
        break;
      case CX_OR:
      case CX_AND:
      case CX_SYNONYM: take(node, number()); break;
      case CX_PHRASE:
      case CX_NEAR: {
        const uint32_t count = number();
        node.number = number();
        take(node, count);
        break;
      }
      case CX_AND_NOT:
      case CX_FILTER:
      case CX_AND_MAYBE: take(node, 2); break;
      case CX_SCALE:
        reader.real();
        at += 8;
        take(node, 1);
        break;
      case CX_FIXED:
        reader.real();
        at += 8;
        break;
      case CX_AT_LEAST:
      case CX_AT_MOST:
      case CX_RANGE:
        node.number = number();
        node.bytes = bytes();
        if (node.operation == CX_RANGE) node.high = bytes();
        break;
      default: break;
    }
    node.end = at;
    stack.push_back(std::move(node));
  }
};

class Counter {
  cx_database &handle;
  const Xapian::Database &database;
  const uint8_t *program;
  const Xapian::docid last;
  const Xapian::doccount documents;

 public:
  Counter(cx_database &handle, const uint8_t *program)
      : handle(handle), database(handle.database), program(program),
        last(database.get_lastdocid()), documents(database.get_doccount()) {}

  /// How many there are, without looking at them where that is known.
  Xapian::doccount count(const Node &node) const {
    switch (node.operation) {
      case CX_ALL:
      case CX_FIXED: return documents;
      case CX_NOTHING: return 0;
      case CX_TERM: return frequency(node.bytes);
      case CX_SCALE:
      case CX_AND_MAYBE: return count(node.parts[0]);
      default: return within(node, nullptr).count();
    }
  }

  /// The documents of a query; where `limit` is given, those of them that are in it.
  DocumentSet within(const Node &node, const DocumentSet *limit) const {
    switch (node.operation) {
      case CX_ALL:
      case CX_FIXED: return limit ? *limit : term(std::string(), nullptr);
      case CX_NOTHING: return DocumentSet(last);
      case CX_TERM: return term(node.bytes, limit);
      case CX_OR:
      case CX_SYNONYM: return any(node, limit);
      case CX_AND:
      case CX_FILTER: return all(node, limit);
      case CX_AND_NOT: {
        DocumentSet result = within(node.parts[0], limit);
        result.remove(within(node.parts[1], &result));
        return result;
      }
      case CX_SCALE:
      case CX_AND_MAYBE: return within(node.parts[0], limit);
      case CX_AT_LEAST:
      case CX_AT_MOST:
      case CX_RANGE: return values(node, limit);
      case CX_PHRASE:
      case CX_NEAR: return phrase(node, limit);
      default: return by_engine(node, limit);
    }
  }

 private:
  /// Skipping costs about as much as walking over so many entries.
  static constexpr Xapian::doccount skip_cost = 16;
  /// Comparing the positions in a document costs about as much as walking over so many entries.
  static constexpr uint64_t position_cost = 16;

  /// What has the words, document by document.
  DocumentSet phrase(const Node &node, const DocumentSet *limit) const {
    if (!handle.is_single) return by_engine(node, limit);
    std::vector<PhraseMatcher::Part> parts;
    for (const Node &part : node.parts) {
      parts.emplace_back();
      add_terms(part, parts.back());
    }
    PhraseMatcher matcher(database, handle.files->of(database), parts,
                          node.operation == CX_PHRASE ? 0 : node.number);
    DocumentSet result(last);
    all(node, limit).each([&](Xapian::docid document) {
      if (matcher.matches(document)) result.add(document);
    });
    return result;
  }

  static void add_terms(const Node &node, PhraseMatcher::Part &terms) {
    if (node.operation == CX_TERM) terms.push_back(node.bytes);
    for (const Node &part : node.parts) add_terms(part, terms);
  }

  Xapian::doccount frequency(const std::string &name) const { return handle.terms.frequency(database, name); }

  DocumentSet term(const std::string &name, const DocumentSet *limit) const {
    if (!name.empty()) {
      if (const std::shared_ptr<const DocumentSet> known = handle.terms.documents(database, name)) {
        DocumentSet result(*known);
        if (limit) result.keep(*limit);
        return result;
      }
    }
    DocumentSet result(last);
    const PostingsTable *const table = handle.lists.table();
    const bool is_sparse = limit && !name.empty() && limit->count() < frequency(name) / skip_cost;
    if (is_sparse && table) {
      Postings list(*table, name);
      for (Xapian::docid next = limit->next(0); next && list.document > 0; next = limit->next(next + 1)) {
        list.skip_to(next);
        if (list.document == next) result.add(next);
      }
      return result;
    }
    if (is_sparse) {
      const auto end = database.postlist_end(name);
      auto posting = database.postlist_begin(name);
      for (Xapian::docid next = limit->next(0); next; next = limit->next(next + 1)) {
        posting.skip_to(next);
        if (posting == end) break;
        if (*posting == next) result.add(next);
      }
      return result;
    }
    each_document(table, database, name, [&](Xapian::docid document) { result.add(document); });
    if (limit) result.keep(*limit);
    return result;
  }

  static bool matches(const Node &node, const std::string &value) {
    if (node.operation == CX_AT_MOST) return value <= node.bytes;
    return value >= node.bytes && (node.operation == CX_AT_LEAST || value <= node.high);
  }

  DocumentSet values(const Node &node, const DocumentSet *limit) const {
    // Xapian's own reading of a range without a lower end: documents without a value are in it.
    if (node.operation != CX_RANGE && node.bytes.empty()) return by_engine(node, limit);
    if (const std::shared_ptr<const Column> column = handle.columns.column(database, node.number)) {
      DocumentSet result = column->within(
          column->range(node.operation == CX_AT_MOST ? nullptr : &node.bytes,
                        node.operation == CX_AT_LEAST  ? nullptr
                        : node.operation == CX_AT_MOST ? &node.bytes
                                                       : &node.high));
      if (limit) result.keep(*limit);
      return result;
    }
    DocumentSet result(last);
    const auto end = database.valuestream_end(node.number);
    auto value = database.valuestream_begin(node.number);
    if (limit && limit->count() < database.get_value_freq(node.number) / skip_cost) {
      for (Xapian::docid next = limit->next(0); next; next = limit->next(next + 1)) {
        value.skip_to(next);
        if (value == end) break;
        if (value.get_docid() == next && matches(node, *value)) result.add(next);
      }
      return result;
    }
    for (; value != end; ++value)
      if (matches(node, *value)) result.add(value.get_docid());
    if (limit) result.keep(*limit);
    return result;
  }

  DocumentSet any(const Node &node, const DocumentSet *limit) const {
    DocumentSet result = within(node.parts[0], limit);
    for (size_t i = 1; i < node.parts.size(); ++i) result.unite(within(node.parts[i], limit));
    return result;
  }

  DocumentSet all(const Node &node, const DocumentSet *limit) const {
    std::vector<std::pair<Xapian::doccount, size_t>> order;
    for (size_t i = 0; i < node.parts.size(); ++i) order.emplace_back(cost(node.parts[i]), i);
    std::sort(order.begin(), order.end());
    DocumentSet result = within(node.parts[order[0].second], limit);
    for (size_t i = 1; i < order.size(); ++i)
      result = within(node.parts[order[i].second], &result);
    return result;
  }

  /// About how many entries must be looked at.
  Xapian::doccount cost(const Node &node) const {
    switch (node.operation) {
      case CX_TERM: return frequency(node.bytes);
      case CX_AT_LEAST:
      case CX_AT_MOST:
      case CX_RANGE: return database.get_value_freq(node.number);
      case CX_NOTHING: return 0;
      case CX_PHRASE:
      case CX_NEAR: {
        uint64_t least = std::numeric_limits<Xapian::doccount>::max();
        for (const Node &part : node.parts)
          least = std::min(least, uint64_t(cost(part)) * position_cost);
        return Xapian::doccount(least);
      }
      case CX_PREFIX: return std::numeric_limits<Xapian::doccount>::max();
      case CX_OR:
      case CX_SYNONYM: {
        uint64_t sum = 0;
        for (const Node &part : node.parts) sum += cost(part);
        return Xapian::doccount(std::min<uint64_t>(sum, std::numeric_limits<Xapian::doccount>::max()));
      }
      case CX_AND:
      case CX_FILTER: {
        Xapian::doccount least = std::numeric_limits<Xapian::doccount>::max();
        for (const Node &part : node.parts) least = std::min(least, cost(part));
        return least;
      }
      case CX_AND_NOT:
      case CX_AND_MAYBE:
      case CX_SCALE: return cost(node.parts[0]);
      default: return documents;
    }
  }

  /// What is to fail as a search does.
  DocumentSet by_engine(const Node &node, const DocumentSet *limit) const {
    Xapian::Query query = build_query(program + node.start, node.end - node.start, &handle, false);
    if (limit) {
      const auto set = std::make_shared<const DocumentSet>(*limit);
      query = Xapian::Query(Xapian::Query::OP_FILTER, query,
                            Xapian::Query((new SetSource(set))->release()));
    }
    Xapian::Enquire enquire(database);
    enquire.set_query(query);
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    DocumentSet result(last);
    if (handle.is_single) {
      Collector collector(result);
      enquire.add_matchspy(&collector);
      enquire.get_mset(0, 0, documents);
      return result;
    }
    // Of several databases opened as one, a spy is told each one's own numbers.
    const Xapian::MSet matches = enquire.get_mset(0, documents);
    for (auto match = matches.begin(); match != matches.end(); ++match) result.add(*match);
    return result;
  }
};

/// Puts documents in the order of a slot's values, those with the same in that of their numbers.
void sort_by_value(std::vector<Xapian::docid> &list, const Xapian::Database &database, Xapian::valueno slot) {
  std::vector<std::pair<std::string, Xapian::docid>> order;
  const auto end = database.valuestream_end(slot);
  auto value = database.valuestream_begin(slot);
  for (const Xapian::docid document : list) {
    if (value != end) value.skip_to(document);
    const bool has_value = value != end && value.get_docid() == document;
    order.emplace_back(has_value ? *value : std::string(), document);
  }
  std::sort(order.begin(), order.end());
  for (size_t i = 0; i < order.size(); ++i) list[i] = order[i].second;
}

}  // namespace

cx_status cx_database_count(cx_database *database, const uint8_t *program, size_t size,
                            uint32_t *result, cx_error *error) {
  return guard(error, [&] {
    // Refuses what is not well-formed.
    build_query(program, size, nullptr, false);
    const Node node = Parser(program, size).parse();
    *result = Counter(*database, program).count(node);
  });
}

cx_status cx_database_matches(cx_database *database, const uint8_t *program, size_t size,
                              uint32_t limit, cx_block *result, cx_error *error) {
  return guard(error, [&] {
    build_query(program, size, nullptr, false);
    const Node node = Parser(program, size).parse();
    const DocumentSet found = Counter(*database, program).within(node, nullptr);
    Writer writer;
    writer.number(found.count());
    Xapian::docid document = found.next(0);
    for (uint32_t i = 0; i < limit && document; ++i, document = found.next(document + 1))
      writer.number(document);
    writer.hand_over(result);
  });
}

cx_status cx_database_identical(cx_database *database, const uint8_t *program, size_t size, const uint32_t *documents,
                                size_t count, uint32_t limit, const uint32_t *order_slot, cx_block *result,
                                cx_error *error) {
  return guard(error, [&] {
    build_query(program, size, nullptr, false);
    const std::shared_ptr<const DocumentFile> file = database->file();
    const Xapian::docid last = database->database.get_lastdocid();
    DocumentSet all(last);
    std::vector<std::vector<Xapian::docid>> lists(count);
    for (size_t i = 0; i < count; ++i) {
      if (file->entry(documents[i]).first == 0)
        throw Xapian::DocNotFoundError("there is no document " + std::to_string(documents[i]));
      file->each_like(documents[i], [&](Xapian::docid one) {
        if (one == 0 || one > last) Unpacker::damaged();
        lists[i].push_back(one);
      });
      if (lists[i].size() < 2) lists[i].clear();
      for (const Xapian::docid one : lists[i]) all.add(one);
    }
    std::unique_ptr<const DocumentSet> found;
    if (all.next(0)) {
      const Node node = Parser(program, size).parse();
      found = std::make_unique<const DocumentSet>(Counter(*database, program).within(node, &all));
    }
    Writer writer;
    for (size_t i = 0; i < count; ++i) {
      auto &list = lists[i];
      const auto is_other = [&](Xapian::docid one) { return one != documents[i] && found->holds(one); };
      list.erase(std::remove_if(list.begin(), list.end(), std::not_fn(is_other)), list.end());
      writer.number(uint32_t(list.size()));
      if (order_slot) sort_by_value(list, database->database, *order_slot);
      if (list.size() > limit) list.resize(limit);
      writer.number(uint32_t(list.size()));
      for (const Xapian::docid one : list) {
        const Kept kept = file->kept(one);
        writer.number(one);
        writer.number(kept.line);
        writer.bytes(kept.path);
      }
    }
    writer.hand_over(result);
  });
}

cx_status cx_database_count_distinct(cx_database *database, const uint8_t *program, size_t size, uint32_t *result,
                                     uint32_t *distinct, cx_error *error) {
  return guard(error, [&] {
    build_query(program, size, nullptr, false);
    const std::shared_ptr<const DocumentFile> file = database->file();
    const Node node = Parser(program, size).parse();
    DocumentSet seen(database->database.get_lastdocid());
    *result = *distinct = 0;
    Counter(*database, program).within(node, nullptr).each([&](Xapian::docid document) {
      ++*result;
      const Xapian::docid first = file->entry(document).first;
      if (first == 0 || first > document) Unpacker::damaged();
      if (seen.holds(first)) return;
      seen.add(first);
      ++*distinct;
    });
  });
}
