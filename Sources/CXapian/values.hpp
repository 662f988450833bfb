// Lists of values, as Xapian's table of postings keeps them.
//
// The sections of a file share most of their values. Where that is so, chunks are longer and compressed, which Xapian
// reads as it reads all that is marked so.
#ifndef CXAPIAN_VALUES_HPP
#define CXAPIAN_VALUES_HPP

#include <memory>
#include <string>
#include <string_view>

#include "lists.hpp"

struct z_stream_s;

namespace cx {

/// Compresses chunks: raw deflate, as Xapian reads it.
class Deflater {
  std::unique_ptr<z_stream_s, void (*)(z_stream_s *)> stream;
  std::string packed;

 public:
  Deflater();
  /// The compressed bytes, which hold until the next; none where that would not spare half.
  std::string_view deflate(std::string_view bytes);
};

/// The bytes of a compressed chunk.
std::string inflate(std::string_view packed);

/// Walks over a chunk's documents and values.
template <typename Body>
void each_value(uint32_t first, std::string_view bytes, Body body) {
  Unpacker unpacker(bytes);
  uint32_t document = first;
  while (true) {
    body(document, unpacker.text());
    if (unpacker.done()) return;
    document += unpacker.number<uint32_t>() + 1;
  }
}

/// A slot's values as they are put together.
class ValueList {
  TableWriter &table;
  const std::string start;
  Deflater *const deflater;
  std::string held;
  std::string key;
  uint32_t first = 0;
  uint32_t last = 0;
  /// Whether the last chunk was worth compressing; where it was not, how many are to be written before one is tried.
  bool repeats = false;
  unsigned untried = 0;

 public:
  /// `deflater` is null for values that are looked at match by match.
  ValueList(TableWriter &table, std::string start, Deflater *deflater)
      : table(table), start(std::move(start)), deflater(deflater) {}

  void add(uint32_t document, std::string_view value) {
    if (held.empty()) first = document;
    else pack(held, document - last - 1);
    pack_text(held, value);
    last = document;
    if (held.size() >= limit()) write();
  }

  /// A chunk as it is.
  void copy(uint32_t document, std::string_view bytes, bool is_compressed) {
    write();
    put(document, bytes, is_compressed);
  }

  /// Whether a last chunk of so many bytes is to be gone on with.
  bool has_room(size_t size, bool is_compressed) const { return size < (is_compressed ? long_chunk : chunk_size); }

  /// Writes what is held.
  void write();

 private:
  static constexpr size_t long_chunk = 8000;
  static constexpr unsigned tried_every = 16;

  size_t limit() const { return repeats ? long_chunk : chunk_size; }
  void put(uint32_t document, std::string_view bytes, bool is_compressed);
};

}  // namespace cx
#endif
