#include "cre2.h"

#include <re2/re2.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>

struct cre2_pattern {
  RE2 expression;
  cre2_pattern(const re2::StringPiece &text, const RE2::Options &options)
      : expression(text, options) {}
};

namespace {

/// Bytes that one expression may take when compiled.
constexpr int64_t most_memory = 4 << 20;

void tell(const char *text, char *reason, size_t capacity) noexcept {
  if (capacity == 0) return;
  size_t size = std::min(std::strlen(text), capacity - 1);
  std::memcpy(reason, text, size);
  reason[size] = 0;
}

void place_of(const re2::StringPiece &part, const char *text, size_t place[2]) noexcept {
  place[0] = static_cast<size_t>(part.data() - text);
  place[1] = place[0] + part.size();
}

}  // namespace

extern "C" cre2_pattern *cre2_compile(const char *text, size_t size, bool ignores_case,
                                      char *reason, size_t capacity) {
  try {
    RE2::Options options(RE2::Quiet);
    options.set_case_sensitive(!ignores_case);
    options.set_max_mem(most_memory);
    auto pattern = std::make_unique<cre2_pattern>(re2::StringPiece(text, size), options);
    if (pattern->expression.ok()) return pattern.release();
    tell(pattern->expression.error().c_str(), reason, capacity);
  } catch (const std::exception &failure) {
    tell(failure.what(), reason, capacity);
  }
  return nullptr;
}

extern "C" void cre2_free(cre2_pattern *pattern) { delete pattern; }

extern "C" bool cre2_find(const cre2_pattern *pattern, const char *text, size_t size,
                          size_t start, size_t place[4]) {
  try {
    re2::StringPiece parts[2];
    int count = pattern->expression.NumberOfCapturingGroups() > 0 ? 2 : 1;
    if (!pattern->expression.Match(re2::StringPiece(text, size), start, size, RE2::UNANCHORED,
                                   parts, count))
      return false;
    place_of(parts[0], text, place);
    place_of(count > 1 && parts[1].data() ? parts[1] : parts[0], text, place + 2);
    return true;
  } catch (const std::exception &) {
    return false;
  }
}
