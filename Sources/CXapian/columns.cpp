// Columns of values.
#include <algorithm>

#include "documents.hpp"

namespace cx {

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

DocumentSet Column::within(const std::string *low, const std::string *high) const {
  const auto first = low ? std::lower_bound(values.begin(), values.end(), *low) : values.begin();
  const auto last = high ? std::upper_bound(values.begin(), values.end(), *high) : values.end();
  DocumentSet result(Xapian::docid(ranks.size() - 1));
  if (first >= last) return result;
  const uint32_t lowest = uint32_t(first - values.begin()) + 1;
  const uint32_t width = uint32_t(last - first);
  for (size_t document = 0; document < ranks.size(); ++document)
    if (ranks[document] - lowest < width) result.add(Xapian::docid(document));
  return result;
}

const Column *Columns::column(const Xapian::Database &database, Xapian::valueno slot) {
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
