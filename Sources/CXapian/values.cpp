// Lists of values.
#include "values.hpp"

#include <zlib.h>

namespace cx {
namespace {

/// Fast, and with tables that are small enough to be cleared for each chunk.
constexpr int level = 1;
constexpr int memory = 5;
constexpr int raw = -15;

/// No chunk is so long.
constexpr size_t longest_chunk = 64 << 20;

}  // namespace

Deflater::Deflater()
    : stream(new z_stream_s(), [](z_stream_s *stream) {
        ::deflateEnd(stream);
        delete stream;
      }) {
  if (::deflateInit2(stream.get(), level, Z_DEFLATED, raw, memory, Z_DEFAULT_STRATEGY) != Z_OK) throw std::bad_alloc();
}

std::string_view Deflater::deflate(std::string_view bytes) {
  packed.resize(bytes.size() / 2);
  ::deflateReset(stream.get());
  stream->next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
  stream->avail_in = uInt(bytes.size());
  stream->next_out = reinterpret_cast<Bytef *>(packed.data());
  stream->avail_out = uInt(packed.size());
  if (::deflate(stream.get(), Z_FINISH) != Z_STREAM_END) return {};
  return std::string_view(packed).substr(0, packed.size() - stream->avail_out);
}

std::string inflate(std::string_view packed) {
  z_stream_s stream = {};
  if (::inflateInit2(&stream, raw) != Z_OK) throw std::bad_alloc();
  const std::unique_ptr<z_stream_s, int (*)(z_stream_s *)> guard(&stream, ::inflateEnd);
  std::string bytes;
  stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(packed.data()));
  stream.avail_in = uInt(packed.size());
  int code = Z_OK;
  while (code == Z_OK) {
    const size_t done = bytes.size();
    if (done > longest_chunk) Unpacker::damaged();
    bytes.resize(done + 16384);
    stream.next_out = reinterpret_cast<Bytef *>(&bytes[done]);
    stream.avail_out = 16384;
    code = ::inflate(&stream, Z_NO_FLUSH);
    bytes.resize(bytes.size() - stream.avail_out);
  }
  if (code != Z_STREAM_END) Unpacker::damaged();
  return bytes;
}

void ValueList::write() {
  if (held.empty()) return;
  if (!repeats && untried > 0) --untried;
  else if (deflater) {
    const std::string_view packed = deflater->deflate(held);
    repeats = !packed.empty();
    if (repeats) {
      put(first, packed, true);
      return held.clear();
    }
    untried = tried_every - 1;
  }
  put(first, held, false);
  held.clear();
}

void ValueList::put(uint32_t document, std::string_view bytes, bool is_compressed) {
  key = start;
  pack_sorted(key, document);
  table.add(key, bytes, is_compressed);
}

}  // namespace cx
