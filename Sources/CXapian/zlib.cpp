// What Xapian asks of zlib, done by libdeflate.
//
// Xapian compresses the data and the list of terms of each document by itself: some hundred bytes, twice a document,
// with a stream of zlib that is set back in between. libdeflate makes the same format of whole pieces in half the
// instructions. Being defined in the program, these functions are what libxapian.so finds under the names; streams of
// any other kind than Xapian's are passed on to zlib. A library built from them exports nothing and leaves its host
// alone.
#include <dlfcn.h>
#include <libdeflate.h>
#include <zlib.h>

#include <new>

namespace {

/// Raw deflate data without a head, which is what Xapian keeps.
constexpr int raw_window = -15;
/// libdeflate's fastest. At 6, data and term lists are half a percent smaller, for half as many instructions more.
constexpr int level = 1;

struct Compressor {
  const void *mark;
  libdeflate_compressor *deflater;
};

/// Its address tells a stream of libdeflate's: zlib's own state begins with the address of its stream.
const char mark = 0;

Compressor *compressor_of(z_stream *stream) {
  auto *state = stream ? reinterpret_cast<Compressor *>(stream->state) : nullptr;
  return state && state->mark == &mark ? state : nullptr;
}

template <typename Function>
Function of_zlib(const char *name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

}  // namespace

#define VISIBLE extern "C" __attribute__((visibility("default")))

VISIBLE int deflateInit2_(z_stream *stream, int zlib_level, int method, int window_bits, int memory_level, int strategy,
                          const char *version, int stream_size) {
  if (window_bits == raw_window) {
    libdeflate_compressor *deflater = libdeflate_alloc_compressor(level);
    auto *made = deflater ? new (std::nothrow) Compressor{&mark, deflater} : nullptr;
    if (!made) {
      if (deflater) libdeflate_free_compressor(deflater);
      return Z_MEM_ERROR;
    }
    stream->state = reinterpret_cast<internal_state *>(made);
    stream->msg = nullptr;
    stream->total_in = stream->total_out = 0;
    return Z_OK;
  }
  static const auto next = of_zlib<decltype(&deflateInit2_)>("deflateInit2_");
  return next ? next(stream, zlib_level, method, window_bits, memory_level, strategy, version, stream_size)
              : Z_STREAM_ERROR;
}

/// Of Xapian's streams all input is there at once, and what does not fit is not wanted: it is stored as it is.
VISIBLE int deflate(z_stream *stream, int flush) {
  if (Compressor *compressor = compressor_of(stream)) {
    if (flush != Z_FINISH) return Z_STREAM_ERROR;
    const size_t size = libdeflate_deflate_compress(compressor->deflater, stream->next_in, stream->avail_in,
                                                    stream->next_out, stream->avail_out);
    if (size == 0) return Z_OK;
    stream->total_in = stream->avail_in;
    stream->total_out = size;
    stream->next_in += stream->avail_in;
    stream->avail_in = 0;
    stream->next_out += size;
    stream->avail_out -= uInt(size);
    return Z_STREAM_END;
  }
  static const auto next = of_zlib<decltype(&deflate)>("deflate");
  return next ? next(stream, flush) : Z_STREAM_ERROR;
}

VISIBLE int deflateReset(z_stream *stream) {
  if (compressor_of(stream)) return Z_OK;
  static const auto next = of_zlib<decltype(&deflateReset)>("deflateReset");
  return next ? next(stream) : Z_STREAM_ERROR;
}

VISIBLE int deflateEnd(z_stream *stream) {
  if (Compressor *compressor = compressor_of(stream)) {
    libdeflate_free_compressor(compressor->deflater);
    delete compressor;
    stream->state = nullptr;
    return Z_OK;
  }
  static const auto next = of_zlib<decltype(&deflateEnd)>("deflateEnd");
  return next ? next(stream) : Z_STREAM_ERROR;
}
