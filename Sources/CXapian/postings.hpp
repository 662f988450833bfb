// Lists of the documents of terms, read where the file is mapped.
//
// Xapian copies each block it looks at, and asks for each document through several calls. What is counted and weighed here
// is read in place; whatever several databases opened as one hold is read by Xapian.
#ifndef CXAPIAN_POSTINGS_HPP
#define CXAPIAN_POSTINGS_HPP

#include <memory>
#include <string>
#include <string_view>

#include "mapping.hpp"
#include "table.hpp"

namespace cx {

/// A table of postings whose file is mapped. It is not written to while it is open: a generation never is.
class PostingsTable {
  TableRoot root;
  std::unique_ptr<const Mapping> file;

 public:
  /// A place among the items, and the blocks above it.
  struct Cursor {
    std::array<uint32_t, 10> blocks = {};
    std::array<uint16_t, 10> places = {};
  };
  struct Item {
    std::string_view key;
    uint16_t component;
    bool is_last;
    std::string_view tag;
  };
  /// The number of the database's last document, and no weight is above this.
  uint32_t last_document = 0;
  uint32_t most_weight = 0;

  explicit PostingsTable(const std::string &folder);

  bool is_empty() const { return root.is_empty; }
  /// Moves to the last item whose key is `key` or comes before it.
  void find(std::string_view key, Cursor &cursor) const;
  /// Moves to the next item; false after the last.
  bool next(Cursor &cursor) const;
  Item item(const Cursor &cursor) const;
  /// What is stored under a key whose first piece is here; in `buffer` where it stands in several. The cursor moves to the
  /// last piece.
  std::string_view tag(Cursor &cursor, std::unique_ptr<std::string> &buffer) const;

 private:
  const char *block(uint32_t number, size_t level) const;
  void previous(Cursor &cursor) const;
};

/// The documents of a term, in order, with how often each has it.
class Postings {
  const PostingsTable *table = nullptr;
  PostingsTable::Cursor cursor;
  /// The key of the term's first chunk, and what the keys of others begin with.
  std::string name;
  std::string later;
  std::unique_ptr<std::string> buffer;
  const uint8_t *at = nullptr;
  const uint8_t *end = nullptr;
  uint32_t chunk_last = 0;
  bool is_last_chunk = true;

 public:
  uint32_t documents = 0;
  uint64_t occurrences = 0;
  /// Where it stands; 0 at the end.
  uint32_t document = 0;
  uint32_t often = 0;

  Postings() = default;
  /// Stands at the first document.
  Postings(const PostingsTable &table, std::string_view term);

  /// No document has the term more often, as Xapian reckons it. To be asked at the first document.
  uint32_t most_often() const;

  void next() {
    if (at == end) return next_chunk();
    document += number() + 1;
    often = number();
    if (document > chunk_last) Unpacker::damaged();
  }

  /// Goes on to `wanted` or the first after it.
  void skip_to(uint32_t wanted) {
    if (document == 0 || document >= wanted) return;
    if (wanted > chunk_last && !find_chunk(wanted)) return;
    while (document < wanted) {
      if (at == end) return next_chunk();
      document += number() + 1;
      often = number();
    }
    if (document > chunk_last) Unpacker::damaged();
  }

 private:
  uint32_t number() {
    if (at == end) Unpacker::damaged();
    const uint8_t first = *at++;
    return first < 0x80 ? first : more(first);
  }
  uint32_t more(uint32_t first);
  void next_chunk();
  /// Moves to the chunk that may hold a document; false where the list has ended.
  bool find_chunk(uint32_t wanted);
  void read_chunk(std::string_view tag, uint32_t first);
};

/// The table of a database that was opened alone; mapped when it is asked for.
class Lists {
  std::string folder;
  std::unique_ptr<const PostingsTable> opened;

 public:
  /// To be told once. Without it there is no table: Xapian is to be asked.
  void set_folder(const std::string &path) { folder = path; }
  const PostingsTable *table() {
    if (!opened && !folder.empty()) opened = std::make_unique<const PostingsTable>(folder);
    return opened.get();
  }
};

}  // namespace cx
#endif
