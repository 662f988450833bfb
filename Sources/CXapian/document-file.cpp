#include "document-file.hpp"

namespace cx {

DocumentFile::DocumentFile(const std::string &path) : file(path) {
  if (file.size < sizeof(Head)) throw Xapian::DatabaseCorruptError(path + " is too short");
  const Head head = this->head();
  const bool is_whole = file.size >= start(head.last) + uint64_t(head.dictionary);
  if (std::memcmp(head.magic, Head().magic, sizeof head.magic) != 0 || !is_whole)
    throw Xapian::DatabaseCorruptError(path + " is no file of documents");
  last = head.last;
}

Unpacker DocumentFile::unpacker(Xapian::docid document) const {
  // Nothing is kept of document 0, which there is not.
  if (document > last) document = 0;
  uint64_t place;
  std::memcpy(&place, file.bytes + sizeof(Head) + document / group * sizeof place, sizeof place);
  if (__builtin_add_overflow(place, entry(document).place, &place) || place > file.size) Unpacker::damaged();
  return Unpacker(std::string_view(file.bytes + place, file.size - size_t(place)));
}

Kept DocumentFile::kept(Xapian::docid document) const {
  Unpacker own = unpacker(document);
  Kept kept;
  kept.words = own.text();
  const auto back = own.number<uint32_t>();
  if (back == 0) {
    kept.path = own.text();
  } else {
    if (back >= document) Unpacker::damaged();
    Unpacker other = unpacker(document - back);
    other.text();
    if (other.number<uint32_t>() != 0) Unpacker::damaged();
    kept.path = other.text();
  }
  kept.line = own.number<uint32_t>();
  kept.content = own.whole();
  return kept;
}

void DocumentFiles::add(const Xapian::Database &database, const std::string &folder) {
  folders.emplace_back(database.get_uuid(), folder);
  files.emplace_back();
}

std::shared_ptr<const DocumentFile> DocumentFiles::of(const Xapian::Database &database) const {
  const std::string name = database.get_uuid();
  for (size_t i = 0; i < folders.size(); ++i) {
    if (folders[i].first != name) continue;
    if (!files[i]) files[i] = std::make_shared<const DocumentFile>(folders[i].second + DocumentFile::name);
    return files[i];
  }
  throw Xapian::InvalidArgumentError("what is kept of the documents of a database is not known");
}

}  // namespace cx
