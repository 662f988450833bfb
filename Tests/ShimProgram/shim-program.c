// Drives the C interface, right and wrong, for valgrind: Scripts/check-shim-memory.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cxapian.h"

static int failures = 0;
static int checks = 0;

static void expect(int holds, const char *what) {
  ++checks;
  if (!holds) {
    ++failures;
    printf("failed: %s\n", what);
  }
}

static size_t number(uint8_t *at, uint32_t value) {
  memcpy(at, &value, 4);
  return 4;
}

static size_t counted(uint8_t *at, const char *text) {
  const size_t size = strlen(text);
  number(at, (uint32_t)size);
  memcpy(at + 4, text, size);
  return size + 4;
}

static size_t entry(uint8_t *at, cx_entry kind, uint32_t number, const char *text) {
  const cx_entry_head head = {kind, number, 1, (uint32_t)strlen(text)};
  memcpy(at, &head, sizeof head);
  memcpy(at + sizeof head, text, head.size);
  return sizeof head + head.size;
}

static size_t term(uint8_t *at, const char *text) {
  at[0] = CX_TERM;
  number(at + 1, 1);
  return 5 + counted(at + 5, text);
}

int main(int count, char **arguments) {
  const char *path = count > 1 ? arguments[1] : "shim-database";
  cx_error error;
  char run_path[4096];
  snprintf(run_path, sizeof run_path, "%s-run", path);
  cx_dictionary *dictionary = NULL;
  expect(cx_dictionary_new("/nonexistent", &dictionary, &error) != CX_OK, "no dictionary of nothing");
  expect(cx_dictionary_new(NULL, &dictionary, &error) == CX_OK, "a dictionary");
  cx_run *run = NULL;
  expect(cx_run_new(dictionary, &run, &error) == CX_OK, "begin a run");
  cx_dictionary_free(dictionary);
  uint8_t block[4096];
  for (int i = 0; i < 50; ++i) {
    size_t size = entry(block, CX_DATA, 0, "some data");
    size += entry(block + size, CX_POSTING, 1, i % 2 ? "odd" : "even");
    size += entry(block + size, CX_POSTING, 2, "number");
    size += entry(block + size, CX_BARE, 0, "Qx");
    size += entry(block + size, CX_VALUE, 7, i % 3 ? "b" : "a");
    size += entry(block + size, CX_PLACE, 1 + i, i < 20 ? "first.md" : "second.md");
    size += entry(block + size, CX_CONTENT, 0, i % 5 ? "content1" : "content2");
    expect(cx_run_add(run, block, size, &error) == CX_OK, "add a document");
    for (size_t cut = 1; cut < size && i == 0; ++cut)
      if (cx_run_add(run, block, cut, &error) != CX_OK)
        expect(error.status == CX_MALFORMED, "refuse a document cut short");
  }
  expect(cx_run_set_metadata(run, (const uint8_t *)"k", 1, (const uint8_t *)"v", 1, &error) == CX_OK,
         "set metadata");
  expect(cx_run_write(run, "/nonexistent/run", &error) == CX_DATABASE_OPENING, "a run that cannot be written");
  expect(cx_run_write(run, run_path, &error) == CX_OK, "write a run");
  cx_run_free(run);
  const char *runs[2] = {run_path, run_path};
  char first_path[4096];
  snprintf(first_path, sizeof first_path, "%s-first", path);
  expect(cx_merge(NULL, NULL, 0, runs, 2, first_path, 0, &error) == CX_OK, "merge runs");
  const uint32_t removed[3] = {2, 3, 99};
  expect(cx_merge(first_path, removed, 3, runs, 1, path, 0, &error) == CX_OK, "merge a database and a run");
  expect(cx_merge("/nonexistent", NULL, 0, runs, 1, path, 0, &error) == CX_DATABASE_OPENING, "merge nothing");
  expect(cx_merge(NULL, NULL, 0, runs, 1, path, 0, &error) == CX_DATABASE_CREATE, "merge to where something is");

  cx_database *database = NULL;
  const char *paths[2] = {path, path};
  expect(cx_database_open(paths, 2, &database, &error) == CX_OK, "open two databases as one");
  cx_database_free(database);
  database = NULL;
  const char *nowhere = "/nonexistent/nothing";
  expect(cx_database_open(&nowhere, 1, &database, &error) != CX_OK, "a missing database is an error");
  expect(cx_database_open(paths, 1, &database, &error) == CX_OK, "open a database");

  cx_block result = {0};
  uint32_t slots[1] = {7};
  uint8_t reversed[1] = {0};
  cx_request request;
  memset(&request, 0, sizeof request);
  size_t size = term(block, "odd");
  size += term(block + size, "even");
  block[size++] = CX_OR;
  size += number(block + size, 2);
  request.program = block;
  request.program_size = size;
  request.limit = 10;
  request.check_at_least = 100;
  request.weighting = CX_INEB2;
  request.parameters[0] = 1;
  request.order = CX_BY_RELEVANCE_THEN_VALUE;
  request.order_slots = slots;
  request.order_reversed = reversed;
  request.order_count = 1;
  request.fetch_data = 1;
  request.value_slots = slots;
  request.value_slot_count = 1;
  request.counted_slots = slots;
  request.counted_slot_count = 1;
  expect(cx_database_search(database, &request, &result, &error) == CX_OK, "search");
  cx_block_free(&result);
  request.order = CX_BY_VALUES;
  expect(cx_database_search(database, &request, &result, &error) == CX_OK, "search by value");
  cx_block_free(&result);
  uint32_t total = 0;
  uint32_t distinct = 0;
  uint8_t phrase[256];
  size_t phrase_size = term(phrase, "odd");
  phrase_size += term(phrase + phrase_size, "number");
  phrase[phrase_size++] = CX_PHRASE;
  phrase_size += number(phrase + phrase_size, 2);
  phrase_size += number(phrase + phrase_size, 2);
  expect(cx_database_count(database, phrase, phrase_size, &total, &error) == CX_OK && total > 40, "a phrase");
  request.program = phrase;
  request.program_size = phrase_size;
  expect(cx_database_search(database, &request, &result, &error) == CX_OK, "search a phrase");
  cx_block_free(&result);
  request.program = block;
  for (int turn = 0; turn < 5; ++turn) {
    expect(cx_database_count(database, block, size, &total, &error) == CX_OK, "count");
    expect(cx_database_count_distinct(database, block, size, &total, &distinct, &error) == CX_OK && distinct > 1 && distinct < total,
           "count contents");
    expect(cx_database_matches(database, block, size, 3, &result, &error) == CX_OK, "matches");
    cx_block_free(&result);
  }
  const uint32_t some[3] = {5, 7, 149};
  for (int turn = 0; turn < 2; ++turn) {
    expect(cx_database_identical(database, block, size, some, 3, 4, turn ? slots : NULL, &result, &error) == CX_OK,
           "what says the same");
    cx_block_free(&result);
  }
  const uint32_t none = 2;
  expect(cx_database_identical(database, block, size, &none, 1, 4, NULL, &result, &error) == CX_DOCUMENT_NOT_FOUND,
         "nothing says the same as no document");
  request.program_size = size;
  request.is_distinct = 1;
  expect(cx_database_search(database, &request, &result, &error) == CX_OK, "search contents");
  cx_block_free(&result);
  request.is_distinct = 0;
  for (size_t cut = 0; cut < size; ++cut) {
    cx_status status = cx_database_count(database, block, cut, &total, &error);
    expect(status == CX_OK || status == CX_MALFORMED, "a program cut short is not counted");
    request.program_size = cut;
    status = cx_database_search(database, &request, &result, &error);
    expect(status == CX_OK || status == CX_MALFORMED, "a program cut short is refused");
    if (status == CX_OK) cx_block_free(&result);
  }
  for (int seed = 0; seed < 3000; ++seed) {
    uint8_t noise[64];
    srand((unsigned)seed);
    for (size_t i = 0; i < sizeof noise; ++i) noise[i] = (uint8_t)(rand() % 24);
    if (cx_query_description(noise, sizeof noise, &result, &error) == CX_OK) cx_block_free(&result);
    cx_database_count(database, noise, sizeof noise, &total, &error);
  }
  expect(cx_database_terms(database, (const uint8_t *)"", 0, 2, &result, &error) == CX_OK, "terms");
  cx_block_free(&result);
  expect(cx_database_postings(database, (const uint8_t *)"odd", 3, 5, &result, &error) == CX_OK, "postings");
  cx_block_free(&result);
  expect(cx_database_value_bounds(database, 7, &result, &error) == CX_OK, "bounds");
  cx_block_free(&result);
  expect(cx_database_metadata(database, (const uint8_t *)"k", 1, &result, &error) == CX_OK, "metadata");
  expect(result.size == 1, "metadata is what was set");
  cx_block_free(&result);
  uint32_t wanted[2] = {1, 999};
  expect(cx_database_data(database, wanted, 1, &result, &error) == CX_OK, "data");
  cx_block_free(&result);
  expect(cx_database_data(database, wanted, 2, &result, &error) == CX_DOCUMENT_NOT_FOUND, "no such document");
  cx_database_free(database);

  uint32_t errors = 0;
  expect(cx_check(path, &errors, &result, &error) == CX_OK && errors == 0, "check");
  cx_block_free(&result);
  cx_stemmer *stemmer = NULL;
  expect(cx_stemmer_new("klingon", &stemmer, &error) != CX_OK, "no such language");
  expect(cx_stemmer_new("english", &stemmer, &error) == CX_OK, "a stemmer");
  uint8_t stem[8];
  expect(cx_stem(stemmer, (const uint8_t *)"running", 7, stem, sizeof stem) == 3, "stem");
  expect(cx_stem(stemmer, (const uint8_t *)"internationalisation", 20, stem, sizeof stem) <= sizeof stem,
         "a stem that does not fit is cut");
  cx_stemmer_free(stemmer);
  printf("%d passed, %d failed\n", checks - failures, failures);
  return failures ? 1 : 0;
}
