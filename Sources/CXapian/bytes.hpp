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

class Writer {
  std::string buffer;

 public:
  void byte(uint8_t value) { buffer.push_back(char(value)); }
  void number(uint32_t value) { buffer.append(reinterpret_cast<const char *>(&value), 4); }
  void real(double value) { buffer.append(reinterpret_cast<const char *>(&value), 8); }
  void bytes(const std::string &value) {
    number(uint32_t(value.size()));
    buffer += value;
  }
  void raw(const std::string &value) { buffer += value; }

  void hand_over(cx_block *block) const {
    block->data = static_cast<uint8_t *>(std::malloc(buffer.size() + 1));
    if (!block->data) throw std::bad_alloc();
    std::memcpy(block->data, buffer.data(), buffer.size());
    block->size = buffer.size();
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

}  // namespace cx

struct cx_database {
  Xapian::Database database;
  /// Sources of postings are told numbers of one database: of several opened as one there are no columns.
  bool is_single;
  cx::Columns columns = {};
  std::shared_ptr<cx::PositionFiles> positions = std::make_shared<cx::PositionFiles>();
  /// Each database of those opened as one, and what reads its records.
  std::vector<std::pair<Xapian::Database, std::unique_ptr<cx::RecordDecoder>>> parts = {};

  /// The record of a document's data.
  std::string record(Xapian::docid document, const std::string &data) {
    auto &part = parts[(document - 1) % parts.size()];
    if (!part.second)
      part.second =
          std::make_unique<cx::RecordDecoder>(part.first.get_metadata(std::string(cx::dictionary_key)));
    return part.second->decode(data);
  }
};
#endif
