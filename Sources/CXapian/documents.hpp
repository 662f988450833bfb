// Sets of documents, and columns of values that are asked for again and again.
#ifndef CXAPIAN_DOCUMENTS_HPP
#define CXAPIAN_DOCUMENTS_HPP

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>
#include <xapian.h>

namespace cx {

/// Documents by their numbers, a bit each.
class DocumentSet {
  std::vector<uint64_t> words;

 public:
  explicit DocumentSet(Xapian::docid last) : words(size_t(last) / 64 + 1) {}

  void add(Xapian::docid document) { words[document / 64] |= uint64_t(1) << (document % 64); }

  /// Adds those of 64 documents whose bits are set; `start`, the lowest bit's, is a multiple of 64.
  void add(size_t start, uint64_t bits) { words[start / 64] |= bits; }

  void unite(const DocumentSet &other) {
    for (size_t i = 0; i < words.size(); ++i) words[i] |= other.words[i];
  }
  void keep(const DocumentSet &other) {
    for (size_t i = 0; i < words.size(); ++i) words[i] &= other.words[i];
  }
  void remove(const DocumentSet &other) {
    for (size_t i = 0; i < words.size(); ++i) words[i] &= ~other.words[i];
  }
  void differ(const DocumentSet &other) {
    for (size_t i = 0; i < words.size(); ++i) words[i] ^= other.words[i];
  }

  Xapian::doccount count() const {
    Xapian::doccount result = 0;
    for (uint64_t word : words) result += Xapian::doccount(__builtin_popcountll(word));
    return result;
  }

  /// The first document from `start` on; 0 where there is none.
  Xapian::docid next(Xapian::docid start) const {
    size_t i = start / 64;
    if (i >= words.size()) return 0;
    uint64_t word = words[i] & ~uint64_t(0) << (start % 64);
    while (word == 0) {
      if (++i == words.size()) return 0;
      word = words[i];
    }
    return Xapian::docid(i * 64 + size_t(__builtin_ctzll(word)));
  }

  template <typename Body>
  void each(Body body) const {
    for (Xapian::docid document = next(0); document; document = next(document + 1)) body(document);
  }
};

/// A set as something that Xapian can join with a query of one database.
class SetSource : public Xapian::PostingSource {
  const std::shared_ptr<const DocumentSet> set;
  const Xapian::doccount size;
  Xapian::docid at = 0;
  bool begun = false;

 public:
  explicit SetSource(std::shared_ptr<const DocumentSet> set) : set(std::move(set)), size(this->set->count()) {}

  Xapian::doccount get_termfreq_min() const override { return size; }
  Xapian::doccount get_termfreq_est() const override { return size; }
  Xapian::doccount get_termfreq_max() const override { return size; }
  void init(const Xapian::Database &) override {
    at = 0;
    begun = false;
  }
  void next(double) override { move(begun ? at + 1 : 0); }
  void skip_to(Xapian::docid document, double) override {
    if (!begun || document > at) move(document);
  }
  bool at_end() const override { return begun && at == 0; }
  Xapian::docid get_docid() const override { return at; }
  std::string get_description() const override { return "SetSource"; }

 private:
  void move(Xapian::docid start) {
    begun = true;
    at = set->next(start);
  }
};

/// The values of a slot: their order as a number for each document, 0 for none. Comparing numbers side by
/// side takes a hundredth of reading the values one after another.
class Column {
  std::vector<std::string> values;
  std::vector<uint32_t> ranks;
  /// What was asked last, and the answer: a search asks for a range twice, to weigh and to count.
  uint32_t last_lowest = 0;
  uint32_t last_width = 0;
  std::shared_ptr<const DocumentSet> last;

 public:
  Column(const Xapian::Database &database, Xapian::valueno slot);

  size_t size() const { return ranks.size() * sizeof(uint32_t) + values.size() * sizeof(std::string); }

  /// Documents with values from `low` on, up to `high`; a null pointer is an open side.
  std::shared_ptr<const DocumentSet> within(const std::string *low, const std::string *high);

 private:
  /// Documents of `width` ranks from `lowest` on.
  DocumentSet ranked(uint32_t lowest, uint32_t width) const;
};

/// The columns of one database. A slot gets one when it is asked for again: a single search does not pay for it.
class Columns {
  std::unordered_map<Xapian::valueno, unsigned> asked;
  std::unordered_map<Xapian::valueno, std::unique_ptr<Column>> columns;
  size_t size = 0;

  /// Most bytes of all columns.
  static constexpr size_t most = 16 << 20;

 public:
  /// The column of a slot; null where there is none yet.
  Column *column(const Xapian::Database &database, Xapian::valueno slot);
};

}  // namespace cx
#endif
