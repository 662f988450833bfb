// Where words stand in a document, for phrases.
//
// Xapian keeps the positions of each word of each document under a key of its own, which takes more room than the text.
// Here they stand in a file beside its tables: for each document the words in the order of their positions, a number of
// a few bits each. The numbers are the words' hashes, multiplied by an odd number that is chosen for each document such
// that its words have different ones: where a word is known to be in the document, its number says exactly where.
#ifndef CXAPIAN_POSITIONS_HPP
#define CXAPIAN_POSITIONS_HPP

#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>
#include <xapian.h>

#include "mapping.hpp"

namespace cx {

/// A word at a position.
struct Placed {
  uint32_t position;
  uint64_t hash;
};

class Codes;

/// XXH3 of a term.
uint64_t hash_of(std::string_view term);

/// Makes what is kept of a document.
class PositionEncoder {
  std::vector<uint64_t> seen;
  std::vector<uint64_t> codes;

 public:
  /// `words` by position, `distinct` their different hashes.
  std::string encode(const std::vector<Placed> &words, const std::vector<uint64_t> &distinct);

 private:
  bool tells_apart(const std::vector<uint64_t> &distinct, uint64_t factor, unsigned bits);
};

/// The file of a database's positions: a head, where the words of each 256th document begin, of each document its length
/// and where its words are, counted from there, the dictionary of the documents' data, and the words of all documents by
/// number, their size before them.
class PositionFile {
  const Mapping file;
  uint32_t last = 0;

 public:
  /// Documents of which one's place is noted in full.
  static constexpr uint32_t group = 256;
  struct Head {
    char magic[8] = {'k', 'b', 'w', 'o', 'r', 'd', 's', '2'};
    uint32_t last = 0;
    uint32_t dictionary = 0;
  };
  /// What is known of a document.
  struct Entry {
    uint32_t length = 0;
    uint32_t place = 0;
  };
  static constexpr const char *name = "/positions.kb";
  /// Where the entry of document 0 would stand.
  static size_t entries(uint32_t last) { return sizeof(Head) + (last / group + 1) * sizeof(uint64_t); }
  /// Where the dictionary stands, and the words after it.
  static size_t start(uint32_t last) { return entries(last) + (size_t(last) + 1) * sizeof(Entry); }

  explicit PositionFile(const std::string &path);

  /// What data are compressed with (`RecordDecoder`); empty where there is none.
  std::string_view dictionary() const {
    Head head;
    std::memcpy(&head, file.bytes, sizeof head);
    return {file.bytes + start(last), head.dictionary};
  }

  /// A document's length in terms, repeated ones counted; 0 where there is none.
  uint32_t length(Xapian::docid document) const { return document <= last ? entry(document).length : 0; }

  /// What is kept of a document; empty where nothing is.
  std::string_view of(Xapian::docid document) const;

 private:
  Entry entry(Xapian::docid document) const {
    Entry result;
    std::memcpy(&result, file.bytes + entries(last) + document * sizeof result, sizeof result);
    return result;
  }
};

/// The positions of databases that are open, by the databases' names. Files are mapped when they are asked for.
class PositionFiles {
  std::vector<std::pair<std::string, std::string>> folders;
  mutable std::vector<std::shared_ptr<const PositionFile>> files;

 public:
  /// Notes a database's folder.
  void add(const Xapian::Database &database, const std::string &folder);
  std::shared_ptr<const PositionFile> of(const Xapian::Database &database) const;
};

/// Words that must stand together: in order and side by side, or in any order within so many positions.
class PhraseMatcher {
 public:
  /// Alternatives of one word.
  using Part = std::vector<std::string>;

  /// `window` is 0 for words side by side.
  PhraseMatcher(const Xapian::Database &database, std::shared_ptr<const PositionFile> file,
                const std::vector<Part> &parts, uint32_t window);

  /// Whether a document has them. It must have each part's word, or one of them where there are several.
  bool matches(Xapian::docid document);

 private:
  struct Word {
    std::string term;
    uint64_t hash;
    Xapian::PostingIterator documents;
    bool is_open = false;
  };

  const Xapian::Database database;
  const std::shared_ptr<const PositionFile> file;
  std::vector<std::vector<Word>> parts;
  const uint32_t window;
  bool has_alternatives = false;
  std::vector<std::vector<uint32_t>> places;
  std::vector<std::pair<uint64_t, uint32_t>> wanted;
  std::vector<uint64_t> numbers;

  bool stand_in_order(const Codes &codes);
  bool find_places(const Codes &codes, const std::vector<std::vector<const Word *>> &words);
  bool stand_together();
  bool stand_side_by_side() const;
  bool stand_near();
  bool have_own_places(const std::vector<size_t> &firsts, uint64_t limit) const;
  bool is_in(Word &word, Xapian::docid document);
};

/// The documents in which words stand together, as something that Xapian joins with the words themselves: without
/// them it finds more.
class PhraseSource : public Xapian::PostingSource {
  const std::shared_ptr<const PositionFiles> files;
  const std::vector<PhraseMatcher::Part> parts;
  const uint32_t window;
  Xapian::doccount most = 0;
  Xapian::docid last = 0;
  Xapian::docid at = 0;
  std::unique_ptr<PhraseMatcher> matcher;

 public:
  PhraseSource(std::shared_ptr<const PositionFiles> files, std::vector<PhraseMatcher::Part> parts, uint32_t window)
      : files(std::move(files)), parts(std::move(parts)), window(window) {}

  Xapian::doccount get_termfreq_min() const override { return 0; }
  Xapian::doccount get_termfreq_est() const override { return most; }
  Xapian::doccount get_termfreq_max() const override { return most; }
  void init(const Xapian::Database &database) override;
  void next(double) override { move(at + 1); }
  void skip_to(Xapian::docid document, double) override { move(std::max(document, at)); }
  bool check(Xapian::docid document, double) override;
  bool at_end() const override { return at > last; }
  Xapian::docid get_docid() const override { return at; }
  std::string get_description() const override { return "PhraseSource"; }
  PostingSource *clone() const override { return new PhraseSource(files, parts, window); }
  std::string name() const override { return "kbsearch::PhraseSource"; }
  std::string serialise() const override;
  PostingSource *unserialise(const std::string &bytes) const override;

 private:
  void move(Xapian::docid document);
};

}  // namespace cx
#endif
