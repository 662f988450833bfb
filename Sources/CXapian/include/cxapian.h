/// Xapian as a C interface: the only door between the program and the C++ library.
///
/// Rules that hold everywhere:
/// - Handles are opaque and owned by the caller, who frees each with its one `_free`.
/// - A call that can fail returns `CX_OK` or another `cx_status` and fills the caller's `cx_error`.
/// - Bytes are counted, never ended by NUL. Numbers in blocks are little-endian.
/// - A handle is used by one thread at a time.
#ifndef CXAPIAN_H
#define CXAPIAN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// How a call ended. The values come from `errors.def`, the one table of Xapian's error classes.
typedef enum cx_status {
  CX_OK = 0,
#define CX_ERROR(name, number, type) CX_##name = number,
#include "errors.def"
#undef CX_ERROR
  /// Memory ran out.
  CX_NO_MEMORY = 100,
  /// An exception that is not Xapian's.
  CX_OTHER = 101,
  /// A query, document or request whose bytes are not well-formed.
  CX_MALFORMED = 102
} cx_status;

/// What went wrong. Both texts end with NUL and are cut to fit.
typedef struct cx_error {
  int32_t status;
  char message[512];
  char context[256];
} cx_error;

/// Bytes that the library allocated; `cx_block_free` frees them.
typedef struct cx_block {
  uint8_t *data;
  size_t size;
} cx_block;

void cx_block_free(cx_block *block);

/// Version of the Xapian library that this program runs with, as "1.4.22".
const char *cx_version(void);

// MARK: Reading

typedef struct cx_database cx_database;

/// Opens `count` databases as one.
cx_status cx_database_open(const char *const *paths, size_t count, cx_database **result,
                           cx_error *error);
void cx_database_free(cx_database *database);

typedef struct cx_statistics {
  uint32_t documents;
  uint32_t last_document;
  double average_length;
} cx_statistics;

cx_status cx_database_statistics(cx_database *database, cx_statistics *result, cx_error *error);
/// The value of a metadata key; empty where there is none.
cx_status cx_database_metadata(cx_database *database, const uint8_t *key, size_t size,
                               cx_block *result, cx_error *error);
/// Data of `count` documents: for each, u32 size and the bytes.
cx_status cx_database_data(cx_database *database, const uint32_t *documents, size_t count,
                           cx_block *result, cx_error *error);
cx_status cx_database_term_frequency(cx_database *database, const uint8_t *term, size_t size,
                                     uint32_t *result, cx_error *error);
/// Terms that begin with `prefix`, at most `limit`: u8 whether there are more, u32 count, then for
/// each u32 frequency, u32 size and the bytes.
cx_status cx_database_terms(cx_database *database, const uint8_t *prefix, size_t size,
                            uint32_t limit, cx_block *result, cx_error *error);
/// Documents that a term is in, at most `limit`: u32 each.
cx_status cx_database_postings(cx_database *database, const uint8_t *term, size_t size,
                               uint32_t limit, cx_block *result, cx_error *error);
/// u32 frequency, u32 size and bytes of the lower bound, u32 size and bytes of the upper bound.
cx_status cx_database_value_bounds(cx_database *database, uint32_t slot, cx_block *result,
                                   cx_error *error);

/// Operations of a query program. A program is a run of operations in postfix order; each takes
/// its operands from a stack and leaves one query there. Counts and sizes are u32, weights f64.
typedef enum cx_operation {
  CX_ALL = 1,      ///< every document
  CX_NOTHING,      ///< none
  CX_TERM,         ///< u32 wqf, u32 size, bytes
  CX_OR,           ///< u32 operands
  CX_AND,          ///< u32 operands
  CX_AND_NOT,      ///< two operands
  CX_FILTER,       ///< two operands, the second without weight
  CX_AND_MAYBE,    ///< two operands
  CX_SYNONYM,      ///< u32 operands
  CX_PHRASE,       ///< u32 operands, u32 window
  CX_NEAR,         ///< u32 operands, u32 window
  CX_SCALE,        ///< f64 factor; one operand
  CX_AT_LEAST,     ///< u32 slot, u32 size, bytes
  CX_AT_MOST,      ///< u32 slot, u32 size, bytes
  CX_RANGE,        ///< u32 slot, u32 size, bytes, u32 size, bytes
  CX_PREFIX,       ///< u32 most expansions, u32 size, bytes
  CX_FIXED         ///< f64 weight for every document
} cx_operation;

typedef enum cx_weighting { CX_BM25, CX_INEB2, CX_BOOLEAN } cx_weighting;
typedef enum cx_order { CX_BY_RELEVANCE, CX_BY_RELEVANCE_THEN_VALUE, CX_BY_VALUES } cx_order;

typedef struct cx_request {
  const uint8_t *program;
  size_t program_size;
  uint32_t offset;
  uint32_t limit;
  uint32_t check_at_least;
  cx_weighting weighting;
  double parameters[5];
  cx_order order;
  /// The slots that `order` names, the first deciding. Highest values first where
  /// `order_reversed[i]` is not 0; documents without a value come last either way.
  const uint32_t *order_slots;
  const uint8_t *order_reversed;
  size_t order_count;
  /// At most `collapse_max` hits of each value of the slot; 0 for no collapsing.
  uint32_t collapse_slot;
  uint32_t collapse_max;
  /// Of documents with the same content (`CX_CONTENT`), only the first in the order; not together with `collapse_max`.
  /// The bounds and the estimates of the result do not know of it.
  uint8_t is_distinct;
  uint8_t fetch_data;
  const uint32_t *value_slots;
  size_t value_slot_count;
  /// Slots whose values are counted over all matches checked.
  const uint32_t *counted_slots;
  size_t counted_slot_count;
  /// Seconds after which the search may end early; 0 for none.
  double time_limit;
} cx_request;

/// Runs a query. The block: u32 hits, u32 lower bound, u32 estimate, u32 upper bound, u32 estimate
/// before collapsing; for each hit
/// u32 document, f64 weight, u32 collapsed, u32 size and data, for each value slot u32 size and
/// bytes; for each counted slot u32 values, and for each u32 count, u32 size and bytes.
cx_status cx_database_search(cx_database *database, const cx_request *request, cx_block *result,
                             cx_error *error);
/// How many documents a query program finds, exactly, without weighing them.
cx_status cx_database_count(cx_database *database, const uint8_t *program, size_t size,
                            uint32_t *result, cx_error *error);
/// The same, and the first documents by number: u32 how many in all, then u32 each, at most `limit`.
cx_status cx_database_matches(cx_database *database, const uint8_t *program, size_t size,
                              uint32_t limit, cx_block *result, cx_error *error);
/// Which others with the content of some documents a query finds: for each of `documents` u32 how many others, u32 how
/// many of them follow, at most `limit`, and of each of those u32 its number, u32 its line, u32 size and bytes of its
/// path (`CX_PLACE`). The first ones follow by the values of `order_slot`, or by number where that is null. The database
/// must be a single one.
cx_status cx_database_identical(cx_database *database, const uint8_t *program, size_t size, const uint32_t *documents,
                                size_t count, uint32_t limit, const uint32_t *order_slot, cx_block *result,
                                cx_error *error);
/// How many documents a query finds, and how many different contents they have. The database must be a single one.
cx_status cx_database_count_distinct(cx_database *database, const uint8_t *program, size_t size, uint32_t *result,
                                     uint32_t *distinct, cx_error *error);
/// Xapian's own words for a query program.
cx_status cx_query_description(const uint8_t *program, size_t size, cx_block *result,
                               cx_error *error);
/// The query of a program as Xapian's own bytes, for other programs that measure or look at it.
cx_status cx_query_serialised(const uint8_t *program, size_t size, cx_block *result,
                              cx_error *error);

// MARK: Writing

/// What the records of a build's runs have in common. Runs in several threads may share it.
typedef struct cx_dictionary cx_dictionary;

/// The dictionary of the database that runs are to be merged with. Without one (null), or where it has none, the first
/// run that is written makes it.
cx_status cx_dictionary_new(const char *base, cx_dictionary **result, cx_error *error);
/// Runs keep what they need.
void cx_dictionary_free(cx_dictionary *dictionary);

/// Documents gathered in memory, to be written as a run.
typedef struct cx_run cx_run;

/// All runs that are merged have one dictionary.
cx_status cx_run_new(const cx_dictionary *dictionary, cx_run **result, cx_error *error);
void cx_run_free(cx_run *run);

/// Kinds of entries in a document block.
typedef enum cx_entry {
  CX_DATA = 1,  ///< the document's data
  CX_POSTING,   ///< a term at a position; `wdf` is what it adds to the term's weight
  CX_WEIGHTED,  ///< a term without a position
  CX_BARE,      ///< a term without position and weight
  CX_VALUE,     ///< the value of slot `number`
  CX_PLACE,     ///< the path of what the document is a part of, and at which line (`number`) that stands
  CX_CONTENT    ///< eight bytes, a hash of what it says, which documents that say the same share
} cx_entry;

/// What each entry of a document block begins with; `size` bytes follow.
typedef struct cx_entry_head {
  uint32_t kind;    ///< a `cx_entry`
  uint32_t number;  ///< position, slot or line
  uint32_t wdf;     ///< of terms with a weight
  uint32_t size;    ///< bytes of what it holds
} cx_entry_head;

/// Adds the document of a block. One that is malformed is not added.
cx_status cx_run_add(cx_run *run, const uint8_t *document, size_t size, cx_error *error);
/// Notes what is stored under a key; empty bytes take away what a database has there.
cx_status cx_run_set_metadata(cx_run *run, const uint8_t *key, size_t key_size, const uint8_t *value,
                              size_t value_size, cx_error *error);
/// Writes all to a file, which `cx_merge` reads. Nothing is to be added after that.
cx_status cx_run_write(cx_run *run, const char *path, cx_error *error);

/// Writes the database `base` (null for none) without the documents `removed`, and with those of `count` runs behind
/// them in their order, as a database in the new folder `destination`. Syncing is left to the caller. Values of slots
/// from `compress_from` on are compressed where neighbours share them, and slower to look at one by one.
cx_status cx_merge(const char *base, const uint32_t *removed, size_t removed_count, const char *const *runs,
                   size_t count, const char *destination, uint32_t compress_from, cx_error *error);
/// Checks a database's structure; `result` gets the number of errors found.
cx_status cx_check(const char *path, uint32_t *result, cx_block *report, cx_error *error);

// MARK: Stemming

typedef struct cx_stemmer cx_stemmer;

cx_status cx_stemmer_new(const char *language, cx_stemmer **result, cx_error *error);
void cx_stemmer_free(cx_stemmer *stemmer);
/// Writes the stem of a word into `stem`, at most `capacity` bytes, and returns its size. Where it
/// does not fit or cannot be made, the word itself stands there.
size_t cx_stem(cx_stemmer *stemmer, const uint8_t *word, size_t size, uint8_t *stem,
               size_t capacity);
/// Names of the languages, each ended by a space.
cx_status cx_stemmer_languages(cx_block *result, cx_error *error);

#ifdef __cplusplus
}
#endif
#endif
