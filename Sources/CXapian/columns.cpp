// Columns of values.
#include <algorithm>
#include <cstring>

#include "documents.hpp"

namespace cx {

namespace {

/// Which of 64 ranks, fewer at the end, lie in a range: a bit each, the first the lowest. Without a branch, so that
/// the compiler compares several at once.
uint64_t inside(const uint32_t *ranks, size_t count, uint32_t lowest, uint32_t width) {
  uint8_t flags[64] = {};
  for (size_t i = 0; i < count; ++i) flags[i] = ranks[i] - lowest < width;
  uint64_t word = 0;
  for (size_t i = 0; i < 64; i += 8) {
    static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "flag i is byte i of the number");
    uint64_t eight;
    std::memcpy(&eight, flags + i, 8);
    // Moves the flag of byte i to bit 56 + i; no two meet.
    word |= (eight * 0x0102040810204080) >> 56 << i;
  }
  return word;
}

}  // namespace

Column::Column(const Xapian::Database &database, Xapian::valueno slot)
    : ranks(size_t(database.get_lastdocid()) + 1) {
  std::unordered_map<std::string, uint32_t> numbers;
  const auto end = database.valuestream_end(slot);
  for (auto value = database.valuestream_begin(slot); value != end; ++value) {
    const auto known = numbers.emplace(*value, uint32_t(numbers.size() + 1));
    ranks[value.get_docid()] = known.first->second;
  }
  for (const auto &entry : numbers) values.push_back(entry.first);
  std::sort(values.begin(), values.end());
  std::vector<uint32_t> order(numbers.size() + 1);
  for (size_t i = 0; i < values.size(); ++i) order[numbers[values[i]]] = uint32_t(i + 1);
  for (uint32_t &rank : ranks) rank = order[rank];
}

std::shared_ptr<const DocumentSet> Column::within(const std::string *low, const std::string *high) {
  const auto first = low ? std::lower_bound(values.begin(), values.end(), *low) : values.begin();
  const auto after = high ? std::upper_bound(values.begin(), values.end(), *high) : values.end();
  const uint32_t lowest = uint32_t(first - values.begin()) + 1;
  const uint32_t width = first < after ? uint32_t(after - first) : 0;
  if (!last || lowest != last_lowest || width != last_width) {
    last = std::make_shared<const DocumentSet>(ranked(lowest, width));
    last_lowest = lowest;
    last_width = width;
  }
  return last;
}

DocumentSet Column::ranked(uint32_t lowest, uint32_t width) const {
  DocumentSet result(Xapian::docid(ranks.size() - 1));
  for (size_t start = 0; start < ranks.size(); start += 64) {
    const size_t count = std::min<size_t>(64, ranks.size() - start);
    result.add(start, inside(ranks.data() + start, count, lowest, width));
  }
  return result;
}

Column *Columns::column(const Xapian::Database &database, Xapian::valueno slot) {
  const auto known = columns.find(slot);
  if (known != columns.end()) return known->second.get();
  if (++asked[slot] < 3) return nullptr;
  std::unique_ptr<Column> made(new Column(database, slot));
  // Too many documents: the values are read one after another, always.
  if (made->size() > most) return columns.emplace(slot, nullptr).first->second.get();
  if (size + made->size() > most) {
    columns.clear();
    size = 0;
  }
  size += made->size();
  return columns.emplace(slot, std::move(made)).first->second.get();
}

}  // namespace cx
