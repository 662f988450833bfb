// Writing databases.
#include "bytes.hpp"

using namespace cx;

struct cx_writer {
  Xapian::WritableDatabase database;
  bool dead = false;
};

namespace {

/// Longest term of Xapian's glass backend.
constexpr size_t longest_term = 245;

const std::string &checked_term(const std::string &bytes) {
  if (bytes.empty()) throw Malformed("a term is empty");
  if (bytes.size() > longest_term) throw Malformed("a term is longer than 245 bytes");
  return bytes;
}

Xapian::Document build_document(const uint8_t *block, size_t size) {
  Reader reader(block, size);
  Xapian::Document document;
  std::string bytes;
  while (!reader.done()) {
    const cx_entry_head head = reader.entry(bytes);
    switch (head.kind) {
      case CX_DATA: document.set_data(bytes); break;
      case CX_POSTING: document.add_posting(checked_term(bytes), head.number, head.wdf); break;
      case CX_WEIGHTED: document.add_term(checked_term(bytes), head.wdf); break;
      case CX_BARE: document.add_boolean_term(checked_term(bytes)); break;
      case CX_VALUE: document.add_value(head.number, bytes); break;
      default: throw Malformed("a document has an entry of no known kind");
    }
  }
  return document;
}

/// After an exception the engine's memory and disk may disagree, and a commit that says OK may
/// lose what was added: the writer is dead from then on. Malformed input is refused before that.
template <typename Body>
cx_status write(cx_writer *writer, cx_error *error, Body body) noexcept {
  const cx_status status = guard(error, [&] {
    if (writer->dead) throw Dead();
    body();
  });
  if (status != CX_OK && status != CX_MALFORMED) writer->dead = true;
  return status;
}

}  // namespace

cx_status cx_writer_open(const char *path, uint32_t flags, cx_writer **result, cx_error *error) {
  return guard(error, [&] {
    int options = flags & CX_WRITER_CREATE ? Xapian::DB_CREATE_OR_OVERWRITE : Xapian::DB_OPEN;
    if (flags & CX_WRITER_NO_SYNC) options |= Xapian::DB_NO_SYNC;
    *result = new cx_writer{Xapian::WritableDatabase(path, options)};
  });
}

void cx_writer_free(cx_writer *writer) {
  // A destructor that commits may throw; it ends here.
  guard(nullptr, [&] { delete writer; });
}

cx_status cx_writer_add(cx_writer *writer, const uint8_t *document, size_t size, uint32_t *result,
                        cx_error *error) {
  return write(writer, error, [&] {
    *result = writer->database.add_document(build_document(document, size));
  });
}

cx_status cx_writer_delete(cx_writer *writer, const uint8_t *term, size_t size, cx_error *error) {
  return write(writer, error, [&] { writer->database.delete_document(text(term, size)); });
}

cx_status cx_writer_set_metadata(cx_writer *writer, const uint8_t *key, size_t key_size,
                                 const uint8_t *value, size_t value_size, cx_error *error) {
  return write(writer, error, [&] {
    writer->database.set_metadata(text(key, key_size), text(value, value_size));
  });
}

cx_status cx_writer_begin(cx_writer *writer, cx_error *error) {
  return write(writer, error, [&] { writer->database.begin_transaction(); });
}

cx_status cx_writer_commit_transaction(cx_writer *writer, cx_error *error) {
  return write(writer, error, [&] { writer->database.commit_transaction(); });
}

cx_status cx_writer_cancel(cx_writer *writer, cx_error *error) {
  return write(writer, error, [&] { writer->database.cancel_transaction(); });
}

cx_status cx_writer_commit(cx_writer *writer, cx_error *error) {
  return write(writer, error, [&] { writer->database.commit(); });
}

cx_status cx_writer_close(cx_writer *writer, cx_error *error) {
  return write(writer, error, [&] {
    writer->database.commit();
    writer->database.close();
  });
}
