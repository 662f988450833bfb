// Query programs to Xapian queries.
#include "bytes.hpp"

namespace cx {
namespace {

/// Deeper trees would overflow the stack when Xapian walks them.
constexpr uint32_t deepest = 1000;

struct Operand {
  Xapian::Query query;
  uint32_t depth;
};

class Builder {
  Reader reader;
  std::vector<Operand> stack;

 public:
  Builder(const uint8_t *program, size_t size) : reader(program, size) {}

  Xapian::Query build() {
    while (!reader.done()) step(reader.byte());
    if (stack.size() != 1) throw Malformed("a query program must leave one query");
    return stack.back().query;
  }

 private:
  void push(Xapian::Query query, uint32_t depth = 1) {
    if (depth > deepest) throw Malformed("the query is nested too deeply");
    stack.push_back({std::move(query), depth});
  }

  Operand pop() {
    if (stack.empty()) throw Malformed("an operation lacks an operand");
    Operand last = std::move(stack.back());
    stack.pop_back();
    return last;
  }

  void join(Xapian::Query::op op, bool has_window) {
    const uint32_t count = reader.number();
    const uint32_t window = has_window ? reader.number() : 0;
    if (count == 0 || count > stack.size()) throw Malformed("an operation lacks operands");
    std::vector<Xapian::Query> parts;
    uint32_t depth = 0;
    for (size_t i = stack.size() - count; i < stack.size(); ++i) {
      parts.push_back(stack[i].query);
      if (stack[i].depth > depth) depth = stack[i].depth;
    }
    stack.resize(stack.size() - count);
    push(Xapian::Query(op, parts.begin(), parts.end(), window), depth + 1);
  }

  void pair(Xapian::Query::op op) {
    Operand right = pop();
    Operand left = pop();
    const uint32_t depth = left.depth > right.depth ? left.depth : right.depth;
    push(Xapian::Query(op, left.query, right.query), depth + 1);
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
        return push(Q(term, wqf));
      }
      case CX_OR: return join(Q::OP_OR, false);
      case CX_AND: return join(Q::OP_AND, false);
      case CX_AND_NOT: return pair(Q::OP_AND_NOT);
      case CX_XOR: return join(Q::OP_XOR, false);
      case CX_FILTER: return pair(Q::OP_FILTER);
      case CX_AND_MAYBE: return pair(Q::OP_AND_MAYBE);
      case CX_SYNONYM: return join(Q::OP_SYNONYM, false);
      case CX_MAX: return join(Q::OP_MAX, false);
      case CX_PHRASE: return join(Q::OP_PHRASE, true);
      case CX_NEAR: return join(Q::OP_NEAR, true);
      case CX_SCALE: {
        const double factor = reader.real();
        if (!(factor >= 0)) throw Malformed("a weight factor is negative");
        Operand last = pop();
        return push(Q(factor, last.query), last.depth + 1);
      }
      case CX_AT_LEAST: {
        const uint32_t slot = reader.number();
        return push(Q(Q::OP_VALUE_GE, slot, reader.bytes()));
      }
      case CX_AT_MOST: {
        const uint32_t slot = reader.number();
        return push(Q(Q::OP_VALUE_LE, slot, reader.bytes()));
      }
      case CX_RANGE: {
        const uint32_t slot = reader.number();
        const std::string low = reader.bytes();
        return push(Q(Q::OP_VALUE_RANGE, slot, low, reader.bytes()));
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

Xapian::Query build_query(const uint8_t *program, size_t size) {
  return Builder(program, size).build();
}

}  // namespace cx

cx_status cx_query_description(const uint8_t *program, size_t size, cx_block *result,
                               cx_error *error) {
  return cx::guard(error, [&] {
    cx::Writer writer;
    writer.raw(cx::build_query(program, size).get_description());
    writer.hand_over(result);
  });
}
