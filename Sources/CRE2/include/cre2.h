// RE2, a regular expression library whose time and memory are bounded, as a C header.
#ifndef CRE2_H
#define CRE2_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A compiled expression. Threads may share it.
typedef struct cre2_pattern cre2_pattern;

/// Compiles an expression in UTF-8.
///
/// Returns NULL where it is wrong or too large, with the reason, ended by a zero byte, in `reason`.
/// Free the result with `cre2_free`.
cre2_pattern *cre2_compile(const char *text, size_t size, bool ignores_case, char *reason,
                           size_t capacity);

/// Frees an expression; NULL is fine.
void cre2_free(cre2_pattern *pattern);

/// Finds the first place at `start` or behind it where an expression fits a text in UTF-8.
///
/// Returns false where there is none. `place` gets the byte range of the whole, then that of the
/// first group, or of the whole where no group took part.
bool cre2_find(const cre2_pattern *pattern, const char *text, size_t size, size_t start,
               size_t place[4]);

#ifdef __cplusplus
}
#endif
#endif
