// Columns of values, and documents of terms.
#include <algorithm>
#if defined(__x86_64__) && __has_include(<sys/platform/x86.h>)
#define _Bool bool
#include <sys/platform/x86.h>
#undef _Bool
#endif

#include "documents.hpp"

namespace cx {
namespace {

// Inlined into each of the two below, which differ in what the processor counts bits with.
inline __attribute__((always_inline)) Xapian::doccount count_bits(const uint64_t *words, size_t count) {
  uint64_t result = 0;
  for (size_t i = 0; i < count; ++i) result += uint64_t(__builtin_popcountll(words[i]));
  return Xapian::doccount(result);
}

#if defined(CPU_FEATURE_ACTIVE)
__attribute__((target("popcnt"))) Xapian::doccount count_in_hardware(const uint64_t *words, size_t count) {
  return count_bits(words, count);
}
#endif

}  // namespace

Xapian::doccount DocumentSet::count() const {
#if defined(CPU_FEATURE_ACTIVE)
  // What the C library knows already: to ask the processor takes 50 µs of each start on a virtual machine.
  if (CPU_FEATURE_ACTIVE(POPCNT)) return count_in_hardware(words.data(), words.size());
#endif
  return count_bits(words.data(), words.size());
}

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
  before.resize(values.size() + 2);
  for (uint32_t &rank : ranks) {
    rank = order[rank];
    if (rank > 0) ++before[rank + 1];
  }
  for (size_t i = 1; i < before.size(); ++i) before[i] += before[i - 1];
}

Column::Range Column::range(const std::string *low, const std::string *high) const {
  const auto first = low ? std::lower_bound(values.begin(), values.end(), *low) : values.begin();
  const auto last = high ? std::upper_bound(values.begin(), values.end(), *high) : values.end();
  const auto lowest = uint32_t(first - values.begin()) + 1;
  return {lowest, first < last ? uint32_t(last - first) : 0};
}

DocumentSet Column::within(Range range) const {
  DocumentSet result(last());
  // Without branches, which values at random would mislead.
  for (size_t start = 0; start < ranks.size(); start += 64) {
    const size_t count = std::min(ranks.size() - start, size_t(64));
    uint64_t bits = 0;
    for (size_t i = 0; i < count; ++i) bits |= uint64_t(ranks[start + i] - range.lowest < range.width) << i;
    result.set(start / 64, bits);
  }
  return result;
}

std::shared_ptr<const Column> Columns::column(const Xapian::Database &database, Xapian::valueno slot) {
  const auto known = columns.find(slot);
  if (known != columns.end()) return known->second;
  if (++asked[slot] < 3) return nullptr;
  auto made = std::make_shared<const Column>(database, slot);
  // Too many documents: the values are read one after another, always.
  if (made->size() > most) return columns.emplace(slot, nullptr).first->second;
  if (size + made->size() > most) {
    columns.clear();
    size = 0;
  }
  size += made->size();
  return columns.emplace(slot, std::move(made)).first->second;
}

Terms::Entry &Terms::entry(const Xapian::Database &database, const std::string &term) {
  const auto known = entries.find(term);
  if (known != entries.end()) return known->second;
  if (entries.size() >= most_entries) {
    entries.clear();
    size = 0;
  }
  Entry made = {};
  if (const PostingsTable *table = lists.table()) {
    const Postings list(*table, term);
    made.frequency = {list.documents, list.occurrences};
    if (list.documents > 0) made.most_often = list.most_often();
  } else {
    made.frequency = {database.get_termfreq(term), database.get_collection_freq(term)};
  }
  return entries.emplace(term, std::move(made)).first->second;
}

std::shared_ptr<const DocumentSet> Terms::documents(const Xapian::Database &database, const std::string &term) {
  Entry &found = entry(database, term);
  if (found.documents) return found.documents;
  const Xapian::docid last = database.get_lastdocid();
  // To walk over a short list costs no more than to join a set.
  if (found.frequency.documents < last / 512 || ++found.asked < 3) return nullptr;
  const size_t bytes = size_t(last) / 8;
  if (bytes > most / 4) return nullptr;
  if (size + bytes > most) {
    for (auto &one : entries) one.second.documents = nullptr;
    size = 0;
  }
  auto set = std::make_shared<DocumentSet>(last);
  each_document(lists.table(), database, term, [&](Xapian::docid document) { set->add(document); });
  size += bytes;
  found.documents = std::move(set);
  return found.documents;
}

}  // namespace cx
