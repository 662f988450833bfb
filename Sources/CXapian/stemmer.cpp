// Stemming, a word at a time.
#include "bytes.hpp"

using namespace cx;

struct cx_stemmer {
  Xapian::Stem stem;
};

cx_status cx_stemmer_new(const char *language, cx_stemmer **result, cx_error *error) {
  return guard(error, [&] { *result = new cx_stemmer{Xapian::Stem(std::string(language))}; });
}

void cx_stemmer_free(cx_stemmer *stemmer) { delete stemmer; }

size_t cx_stem(cx_stemmer *stemmer, const uint8_t *word, size_t size, uint8_t *stem,
               size_t capacity) {
  size_t length = size < capacity ? size : capacity;
  std::memcpy(stem, word, length);
  guard(nullptr, [&] {
    const std::string result = stemmer->stem(text(word, size));
    if (result.empty() || result.size() > capacity) return;
    std::memcpy(stem, result.data(), result.size());
    length = result.size();
  });
  return length;
}

cx_status cx_stemmer_languages(cx_block *result, cx_error *error) {
  return guard(error, [&] {
    Writer writer;
    writer.raw(Xapian::Stem::get_available_languages() + " ");
    writer.hand_over(result);
  });
}
