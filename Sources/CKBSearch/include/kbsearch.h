/* kbsearch.h: search the sections of a knowledge base from C.
 *
 *   kb_options options = {sizeof options, "handbook", NULL, NULL};
 *   kb_index *index = NULL;
 *   if (kb_open(&options, &index) != KB_FOUND) { puts(kb_last_error()); return 1; }
 *   kb_question question = {sizeof question, "pytorch salary>150000"};
 *   char *json = NULL;
 *   kb_status status = kb_search_json(index, &question, &json);
 *   puts(json);
 *   kb_string_free(json);
 *   kb_close(index);
 *
 * Ownership. What a call gives through its last argument belongs to the caller: a string goes to
 * kb_string_free, an answer to kb_answer_free, an index to kb_close. Everything inside an answer
 * lives as long as the answer. What a call is given it copies.
 *
 * Threads. An index may be used by any number of threads at once, but closed only when none uses it. An
 * answer belongs to one thread at a time. kb_last_error is the last error of the calling thread.
 *
 * Text is UTF-8. Sizes and offsets count bytes. Structs begin with their size, as the caller knows it:
 * a later library reads no further, and an answer's structs must be stepped through by their size.
 */
#ifndef KBSEARCH_H
#define KBSEARCH_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Changes when a program must be compiled anew. */
#define KB_ABI_VERSION 1

typedef enum kb_status {
  KB_FOUND = 0,       /* done, and something was found */
  KB_NOTHING = 1,     /* the question was right, and nothing answers it */
  KB_WRONG = 2,       /* the question, or an argument, is wrong */
  KB_UNAVAILABLE = 3  /* the index is missing, damaged or not readable */
} kb_status;

typedef struct kb_index kb_index;

typedef struct kb_options {
  size_t size;                /* sizeof (kb_options) */
  const char *knowledge_base; /* its folder; NULL: KBSEARCH_KB, or the nearest folder upward */
  const char *index;          /* folder of the index, where it is elsewhere; or NULL */
  const char *corpus;         /* folder of the documents, where it is elsewhere; or NULL */
} kb_options;

typedef struct kb_question {
  size_t size;        /* sizeof (kb_question) */
  const char *query;  /* in kbsearch's query language */
  int32_t match_any;  /* any of the words, rather than all */
  int32_t literal;    /* the query as plain words */
  uint32_t limit;     /* hits to return; 0: ten */
  uint32_t offset;    /* hits to pass over */
  const char *sort;   /* a field, "-field" for the highest first; or NULL */
  const char *facets; /* fields whose values are counted, commas between them; or NULL (JSON only) */
} kb_question;

typedef struct kb_span {
  size_t start;
  size_t end;
} kb_span;

typedef struct kb_hit {
  size_t size; /* sizeof (kb_hit) of the library: step by it */
  uint32_t rank;
  int32_t stale; /* the file has changed since it was indexed, or is gone */
  double score;  /* compares within one answer */
  const char *id;
  const char *path;   /* from the root of the knowledge base */
  const char *anchor;
  const char *document;
  const char *subject;
  const char *snippet;
  uint64_t line; /* from 1 */
  uint64_t end_line;
  uint64_t snippet_line;
  const char *const *headings; /* down to the section's own */
  size_t heading_count;
  const kb_span *highlights; /* of the snippet */
  size_t highlight_count;
} kb_hit;

typedef struct kb_answer {
  size_t size; /* sizeof (kb_answer) of the library */
  uint64_t total;
  int32_t total_is_exact;
  const char *generation;
  const kb_hit *hits;
  size_t hit_count;
} kb_answer;

/* KB_ABI_VERSION of the library, to compare with the header's. */
uint32_t kb_abi_version(void);
/* The version of kbsearch. Lives for ever. */
const char *kb_version(void);

/* Opens the index of a knowledge base. It follows new generations by itself. */
kb_status kb_open(const kb_options *options, kb_index **result);
/* Closes an index; NULL is let be. */
void kb_close(kb_index *index);

/* The answer of `kbsearch --json`; an error is JSON as well. */
kb_status kb_search_json(kb_index *index, const kb_question *question, char **result);
/* The same as structs. After KB_WRONG and KB_UNAVAILABLE *result is NULL; see kb_last_error. */
kb_status kb_search(kb_index *index, const kb_question *question, kb_answer **result);
void kb_answer_free(kb_answer *answer);

/* A whole section, by its id or path#anchor, as `kbsearch show --json` prints it. */
kb_status kb_section_json(kb_index *index, const char *name, char **result);
/* The fields, as `kbsearch fields --json` prints them. */
kb_status kb_fields_json(kb_index *index, char **result);
/* The values of a field over what a question finds, as `kbsearch facets --json` prints them. */
kb_status kb_facet_json(kb_index *index, const char *field, const kb_question *question,
                        uint32_t limit, char **result);
/* How a query is read and run, as `kbsearch explain --json` prints it. */
kb_status kb_explain_json(kb_index *index, const kb_question *question, char **result);
/* What may stand at `point` of a line that somebody types. */
kb_status kb_suggest_json(kb_index *index, const char *line, size_t point, uint32_t limit,
                          char **result);
void kb_string_free(char *string);

/* The last error of this thread as JSON; "" if there was none. Lives until the thread's next call. */
const char *kb_last_error(void);

#ifdef __cplusplus
}
#endif
#endif
