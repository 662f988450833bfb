// Where words stand in a document, for phrases.
//
// Xapian keeps the positions of each word of each document under a key of its own, which takes more room than the text.
// Here they stand in a file beside its tables (`DocumentFile`): for each document the words in the order of their
// positions, a number of a few bits each. The numbers are the words' hashes, multiplied by an odd number that is chosen for each document such
// that its words have different ones: where a word is known to be in the document, its number says exactly where.
#ifndef CXAPIAN_POSITIONS_HPP
#define CXAPIAN_POSITIONS_HPP

#include <memory>
#include <string>
#include <string_view>
#include <vector>
#include <xapian.h>

#include "document-file.hpp"

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

/// Words that must stand together: in order and side by side, or in any order within so many positions.
class PhraseMatcher {
 public:
  /// Alternatives of one word.
  using Part = std::vector<std::string>;

  /// `window` is 0 for words side by side.
  PhraseMatcher(const Xapian::Database &database, std::shared_ptr<const DocumentFile> file,
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
  const std::shared_ptr<const DocumentFile> file;
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
  const std::shared_ptr<const DocumentFiles> files;
  const std::vector<PhraseMatcher::Part> parts;
  const uint32_t window;
  Xapian::doccount most = 0;
  Xapian::docid last = 0;
  Xapian::docid at = 0;
  std::unique_ptr<PhraseMatcher> matcher;

 public:
  PhraseSource(std::shared_ptr<const DocumentFiles> files, std::vector<PhraseMatcher::Part> parts, uint32_t window)
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
