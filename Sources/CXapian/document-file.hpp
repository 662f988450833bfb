// What is kept of documents beside Xapian's tables, in a file that is mapped: how long they are, which have the same
// content, where they stand and where their words do.
#ifndef CXAPIAN_DOCUMENT_FILE_HPP
#define CXAPIAN_DOCUMENT_FILE_HPP

#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>
#include <xapian.h>

#include "mapping.hpp"
#include "packing.hpp"

namespace cx {

/// What is kept of a document, apart from numbers.
struct Kept {
  /// Its words by their positions (`PositionEncoder`).
  std::string_view words;
  std::string_view path;
  uint32_t line = 0;
  /// A hash of its content; 0 where it is like no other.
  uint64_t content = 0;
};

/// Writes what is kept of documents, one after another. Neighbours mostly share their path: it stands with the first.
class KeptWriter {
  std::string path;
  uint32_t holder = 0;

 public:
  void write(std::string &bytes, uint32_t document, const Kept &kept) {
    pack_text(bytes, kept.words);
    if (holder == 0 || path != kept.path) {
      holder = document;
      path = kept.path;
    }
    pack(bytes, document - holder);
    if (document == holder) pack_text(bytes, path);
    pack(bytes, kept.line);
    pack_whole(bytes, kept.content);
  }
};

/// The file of a database: a head, where what is kept of each 256th document begins, of each document its numbers, the
/// dictionary of the documents' data, and what is kept of all documents by number.
class DocumentFile {
  const Mapping file;
  uint32_t last = 0;

 public:
  /// Documents of which one's place is noted in full.
  static constexpr uint32_t group = 256;
  struct Head {
    char magic[8] = {'k', 'b', 'd', 'o', 'c', 's', '0', '1'};
    uint32_t last = 0;
    uint32_t dictionary = 0;
    /// Documents, and how many different contents they have.
    uint32_t documents = 0;
    uint32_t contents = 0;
  };
  /// What is known of a document.
  struct Entry {
    /// In terms, repeated ones counted.
    uint32_t length = 0;
    /// Where what is kept of it begins, counted from where that of its group does.
    uint32_t place = 0;
    /// The first document with its content, and the next one; after the last comes the first.
    uint32_t first = 0;
    uint32_t next = 0;
  };
  static constexpr const char *name = "/documents.kb";
  /// Where the entry of document 0 would stand.
  static size_t entries(uint32_t last) { return sizeof(Head) + (last / group + 1) * sizeof(uint64_t); }
  /// Where the dictionary stands, and what is kept after it.
  static size_t start(uint32_t last) { return entries(last) + (size_t(last) + 1) * sizeof(Entry); }

  explicit DocumentFile(const std::string &path);

  Head head() const {
    Head head;
    std::memcpy(&head, file.bytes, sizeof head);
    return head;
  }

  /// What data are compressed with (`RecordDecoder`); empty where there is none.
  std::string_view dictionary() const { return {file.bytes + start(last), head().dictionary}; }

  /// What is known of a document; nothing where there is none.
  Entry entry(Xapian::docid document) const {
    Entry result;
    if (document <= last) std::memcpy(&result, file.bytes + entries(last) + document * sizeof result, sizeof result);
    return result;
  }

  uint32_t length(Xapian::docid document) const { return entry(document).length; }

  /// The words of a document; empty where there are none.
  std::string_view words(Xapian::docid document) const { return unpacker(document).text(); }

  /// All that is kept of a document that there is.
  Kept kept(Xapian::docid document) const;

  /// Walks over all documents with a document's content, by number.
  template <typename Body>
  void each_like(Xapian::docid document, Body body) const {
    const uint32_t first = entry(document).first;
    uint32_t next = first;
    do {
      body(next);
      const uint32_t after = entry(next).next;
      // It ends where it began, also in a damaged file.
      if (after <= next) return;
      next = after;
    } while (true);
  }

 private:
  Unpacker unpacker(Xapian::docid document) const;
};

/// The files of databases that are open, by the databases' names. They are mapped when they are asked for.
class DocumentFiles {
  std::vector<std::pair<std::string, std::string>> folders;
  mutable std::vector<std::shared_ptr<const DocumentFile>> files;

 public:
  /// Notes a database's folder.
  void add(const Xapian::Database &database, const std::string &folder);
  std::shared_ptr<const DocumentFile> of(const Xapian::Database &database) const;
};

}  // namespace cx
#endif
