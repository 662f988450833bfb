// What Xapian asks of zlib, made fit for small documents.
//
// Xapian compresses the data and the list of terms of each document by itself, with the largest hash table that zlib
// has (memory level 9): 128 KB are cleared for each, twice a document, to compress some hundred bytes. A smaller table
// gives the same bytes for so little text, and 1 to 2 % more of a megabyte. Being defined in the program, this is
// what libxapian.so finds under the name; a library built from it exports nothing and leaves its host alone.
#include <dlfcn.h>

extern "C" __attribute__((visibility("default"))) int deflateInit2_(
    void *stream, int level, int method, int window_bits, int memory_level, int strategy,
    const char *version, int stream_size) {
  using Init = int (*)(void *, int, int, int, int, int, const char *, int);
  static const Init init = reinterpret_cast<Init>(dlsym(RTLD_NEXT, "deflateInit2_"));
  constexpr int stream_error = -2;
  if (!init) return stream_error;
  constexpr int most_memory = 5;
  return init(stream, level, method, window_bits, memory_level < most_memory ? memory_level : most_memory,
              strategy, version, stream_size);
}
