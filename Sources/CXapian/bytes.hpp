// Reading the bytes that cross into the shim, writing those that cross back. Reads are checked.
#ifndef CXAPIAN_BYTES_HPP
#define CXAPIAN_BYTES_HPP

#include <cstdlib>
#include <string>
#include <vector>

#include "documents.hpp"
#include "guard.hpp"
#include "positions.hpp"
#include "records.hpp"
#include "weights.hpp"

namespace cx {

class Reader {
  const uint8_t *at;
  const uint8_t *end;

 public:
  Reader(const uint8_t *data, size_t size) : at(data), end(data + size) {}

  bool done() const { return at == end; }

  uint8_t byte() {
    need(1);
    return *at++;
  }
  uint32_t number() {
    need(4);
    uint32_t value;
    std::memcpy(&value, at, 4);
    at += 4;
    return value;
  }
  double real() {
    need(8);
    double value;
    std::memcpy(&value, at, 8);
    at += 8;
    return value;
  }
  std::string bytes() {
    std::string value;
    take(number(), value);
    return value;
  }

 private:
  void take(size_t size, std::string &value) {
    need(size);
    value.assign(reinterpret_cast<const char *>(at), size);
    at += size;
  }
  void need(size_t count) const {
    if (size_t(end - at) < count) throw Malformed("the bytes end inside a value");
  }
};

/// Writes into the memory that becomes the block.
class Writer {
  uint8_t *buffer = nullptr;
  size_t size = 0;
  size_t capacity = 0;

 public:
  Writer() = default;
  Writer(const Writer &) = delete;
  Writer &operator=(const Writer &) = delete;
  ~Writer() { std::free(buffer); }

  void byte(uint8_t value) { add(&value, 1); }
  void number(uint32_t value) { add(&value, 4); }
  void real(double value) { add(&value, 8); }
  void bytes(std::string_view value) {
    number(uint32_t(value.size()));
    raw(value);
  }
  void raw(std::string_view value) { add(value.data(), value.size()); }

  /// The block is the caller's to free; this writer is empty afterwards.
  void hand_over(cx_block *block) {
    reserve(1);
    block->data = buffer;
    block->size = size;
    buffer = nullptr;
    size = capacity = 0;
  }

 private:
  void reserve(size_t more) {
    if (capacity - size >= more) return;
    const size_t wanted = std::max(size + more, std::max(capacity * 2, size_t(512)));
    void *larger = std::realloc(buffer, wanted);
    if (!larger) throw std::bad_alloc();
    buffer = static_cast<uint8_t *>(larger);
    capacity = wanted;
  }

  void add(const void *value, size_t count) {
    reserve(count);
    if (count > 0) std::memcpy(buffer + size, value, count);
    size += count;
  }
};

/// Places of documents in a list, in the order of their numbers: so read, neighbours share blocks.
inline std::vector<size_t> by_number(const Xapian::docid *documents, size_t count) {
  std::vector<size_t> order(count);
  for (size_t i = 0; i < count; ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return documents[a] < documents[b]; });
  return order;
}

inline std::string text(const uint8_t *data, size_t size) {
  return std::string(reinterpret_cast<const char *>(data), size);
}

inline std::string_view view(const uint8_t *data, size_t size) {
  return std::string_view(reinterpret_cast<const char *>(data), size);
}

/// Builds the query of a program for a database (none: only to describe it), whose weights are asked
/// for or not; throws `Malformed`.
Xapian::Query build_query(const uint8_t *program, size_t size, cx_database *database,
                          bool is_weighted);
/// The same, weighed by I(ne)B2 with a parameter.
Xapian::Query build_weighed_query(const uint8_t *program, size_t size, cx_database *database, double parameter);

}  // namespace cx

struct cx_database {
  Xapian::Database database;
  /// Sources of postings are told numbers of one database: of several opened as one there are no columns.
  bool is_single;
  cx::Columns columns = {};
  /// What it has of postings, if it is a single one.
  cx::Lists lists = {};
  cx::Terms terms{lists};
  /// The scheme that was asked for last.
  std::shared_ptr<cx::Weighting> weighting = nullptr;
  std::shared_ptr<cx::DocumentFiles> files = std::make_shared<cx::DocumentFiles>();
  /// Each database of those opened as one, and what reads its records.
  std::vector<std::pair<Xapian::Database, std::unique_ptr<cx::RecordDecoder>>> parts = {};

  /// What is kept of the documents of a single database.
  std::shared_ptr<const cx::DocumentFile> file() const {
    if (!is_single) throw Xapian::UnimplementedError("of several databases opened as one, what is kept is not known");
    return files->of(database);
  }

  /// The record of a document's data.
  std::string record(Xapian::docid document, const std::string &data) {
    auto &part = parts[(document - 1) % parts.size()];
    if (!part.second) {
      const std::shared_ptr<const cx::DocumentFile> file = files->of(part.first);
      part.second = std::make_unique<cx::RecordDecoder>(file->dictionary(), file);
    }
    return part.second->decode(data);
  }
};
#endif
