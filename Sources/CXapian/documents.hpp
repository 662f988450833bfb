// Sets of documents, and columns of values that are asked for again and again.
#ifndef CXAPIAN_DOCUMENTS_HPP
#define CXAPIAN_DOCUMENTS_HPP

#include <algorithm>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>
#include <xapian.h>

#include "postings.hpp"

namespace cx {

/// Documents by their numbers, a bit each.
class DocumentSet {
  std::vector<uint64_t> words;

 public:
  explicit DocumentSet(Xapian::docid last) : words(size_t(last) / 64 + 1) {}

  void add(Xapian::docid document) { words[document / 64] |= uint64_t(1) << (document % 64); }

  bool holds(Xapian::docid document) const { return words[document / 64] >> (document % 64) & 1; }

  /// Sets the documents from 64 times `place` on, the lowest bit first.
  void set(size_t place, uint64_t bits) { words[place] = bits; }

  void unite(const DocumentSet &other) {
    for (size_t i = 0; i < words.size(); ++i) words[i] |= other.words[i];
  }
  void keep(const DocumentSet &other) {
    for (size_t i = 0; i < words.size(); ++i) words[i] &= other.words[i];
  }
  void remove(const DocumentSet &other) {
    for (size_t i = 0; i < words.size(); ++i) words[i] &= ~other.words[i];
  }

  Xapian::doccount count() const;

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
  // Documents with a value before that of each rank.
  std::vector<Xapian::doccount> before;

 public:
  /// Values that stand side by side: ranks from `lowest` on, so many.
  struct Range {
    uint32_t lowest;
    uint32_t width;
  };

  Column(const Xapian::Database &database, Xapian::valueno slot);

  size_t size() const {
    return ranks.size() * sizeof(uint32_t) + values.size() * (sizeof(std::string) + sizeof(Xapian::doccount));
  }

  /// Values from `low` on, up to `high`; a null pointer is an open side.
  Range range(const std::string *low, const std::string *high) const;

  /// Documents with values of a range.
  DocumentSet within(Range range) const;
  /// How many those are.
  Xapian::doccount count(Range range) const { return before[range.lowest + range.width] - before[range.lowest]; }

  bool holds(Range range, Xapian::docid document) const { return ranks[document] - range.lowest < range.width; }
  Xapian::docid last() const { return Xapian::docid(ranks.size() - 1); }
};

/// The documents of a column's range, as something that Xapian can join with a query of one database.
class ColumnSource : public Xapian::PostingSource {
  const std::shared_ptr<const Column> column;
  const Column::Range range;
  const Xapian::doccount size;
  Xapian::docid at = 0;

 public:
  ColumnSource(std::shared_ptr<const Column> column, Column::Range range)
      : column(std::move(column)), range(range), size(this->column->count(range)) {}

  Xapian::doccount get_termfreq_min() const override { return size; }
  Xapian::doccount get_termfreq_est() const override { return size; }
  Xapian::doccount get_termfreq_max() const override { return size; }
  void init(const Xapian::Database &) override { at = 0; }
  void next(double) override { move(at + 1); }
  // Where it stands may be a document that was only checked.
  void skip_to(Xapian::docid document, double) override { move(std::max(document, at)); }
  bool check(Xapian::docid document, double) override {
    at = std::max(document, at);
    return at_end() || column->holds(range, at);
  }
  bool at_end() const override { return at > column->last(); }
  Xapian::docid get_docid() const override { return at; }
  std::string get_description() const override { return "ColumnSource"; }

 private:
  void move(Xapian::docid document) {
    const Xapian::docid last = column->last();
    while (document <= last && !column->holds(range, document)) ++document;
    at = document;
  }
};

/// The columns of one database. A slot gets one when it is asked for again: a single search does not pay for it.
class Columns {
  std::unordered_map<Xapian::valueno, unsigned> asked;
  std::unordered_map<Xapian::valueno, std::shared_ptr<const Column>> columns;
  size_t size = 0;

  /// Most bytes of all columns.
  static constexpr size_t most = 16 << 20;

 public:
  /// The column of a slot; null where there is none yet.
  std::shared_ptr<const Column> column(const Xapian::Database &database, Xapian::valueno slot);
};

/// Walks over the documents of a term. `table` is null where only Xapian knows them.
template <typename Body>
void each_document(const PostingsTable *table, const Xapian::Database &database, const std::string &term, Body body) {
  if (table && !term.empty()) {
    for (Postings list(*table, term); list.document > 0; list.next()) body(list.document);
    return;
  }
  const auto end = database.postlist_end(term);
  for (auto posting = database.postlist_begin(term); posting != end; ++posting) body(*posting);
}

/// How many documents have a term, and how often all of them have it together.
struct Frequency {
  Xapian::doccount documents;
  uint64_t occurrences;
};

/// What is known of the terms of one database: how many documents each has, and of one that is asked for again, those
/// documents.
class Terms {
  struct Entry {
    Frequency frequency;
    /// No document has it more often.
    Xapian::termcount most_often = 0;
    unsigned asked = 0;
    std::shared_ptr<const DocumentSet> documents = nullptr;
  };
  Lists &lists;
  std::unordered_map<std::string, Entry> entries;
  size_t size = 0;

  /// Most terms that are remembered, and most bytes of their documents.
  static constexpr size_t most_entries = 10000;
  static constexpr size_t most = 8 << 20;

  Entry &entry(const Xapian::Database &database, const std::string &term);

 public:
  explicit Terms(Lists &lists) : lists(lists) {}

  /// How many documents a term has.
  Xapian::doccount frequency(const Xapian::Database &database, const std::string &term) {
    return entry(database, term).frequency.documents;
  }
  Frequency frequencies(const Xapian::Database &database, const std::string &term) {
    return entry(database, term).frequency;
  }
  /// Known of a database that was opened alone.
  Xapian::termcount most_often(const Xapian::Database &database, const std::string &term) {
    return entry(database, term).most_often;
  }

  /// The documents of a term; null where they are not kept.
  std::shared_ptr<const DocumentSet> documents(const Xapian::Database &database, const std::string &term);
};

}  // namespace cx
#endif
