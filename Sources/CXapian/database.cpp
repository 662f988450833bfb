// Opening databases and reading what stands in them.
#include <cstdlib>

#include "bytes.hpp"

using namespace cx;

void cx_block_free(cx_block *block) {
  if (!block) return;
  std::free(block->data);
  block->data = nullptr;
  block->size = 0;
}

const char *cx_version(void) { return Xapian::version_string(); }

cx_status cx_database_open(const char *const *paths, size_t count, cx_database **result,
                           cx_error *error) {
  return guard(error, [&] {
    auto opened = std::make_unique<cx_database>();
    opened->is_single = count == 1;
    for (size_t i = 0; i < count; ++i) {
      Xapian::Database one(paths[i]);
      opened->files->add(one, paths[i]);
      opened->parts.emplace_back(one, nullptr);
      if (count == 1) {
        opened->database = one;
        opened->lists.set_folder(paths[i]);
        continue;
      }
      opened->database.add_database(one);
    }
    *result = opened.release();
  });
}

void cx_database_free(cx_database *database) { delete database; }

cx_status cx_database_statistics(cx_database *database, cx_statistics *result, cx_error *error) {
  return guard(error, [&] {
    result->documents = database->database.get_doccount();
    result->last_document = database->database.get_lastdocid();
    result->average_length = database->database.get_avlength();
  });
}

cx_status cx_database_metadata(cx_database *database, const uint8_t *key, size_t size,
                               cx_block *result, cx_error *error) {
  return guard(error, [&] {
    Writer writer;
    writer.raw(database->database.get_metadata(text(key, size)));
    writer.hand_over(result);
  });
}

cx_status cx_database_data(cx_database *database, const uint32_t *documents, size_t count,
                           cx_block *result, cx_error *error) {
  return guard(error, [&] {
    std::vector<std::string> all(count);
    for (size_t i : by_number(documents, count)) {
      // To look whether a document is there costs as much as to read it: only one without data is looked for.
      const std::string data =
          database->database.get_document(documents[i], Xapian::DOC_ASSUME_VALID).get_data();
      if (data.empty()) database->database.get_document(documents[i]);
      all[i] = database->record(documents[i], data);
    }
    Writer writer;
    for (const std::string &data : all) writer.bytes(data);
    writer.hand_over(result);
  });
}

cx_status cx_database_term_frequency(cx_database *database, const uint8_t *term, size_t size,
                                     uint32_t *result, cx_error *error) {
  return guard(error, [&] { *result = database->terms.frequency(database->database, text(term, size)); });
}

cx_status cx_database_terms(cx_database *database, const uint8_t *prefix, size_t size,
                            uint32_t limit, cx_block *result, cx_error *error) {
  return guard(error, [&] {
    const std::string start = text(prefix, size);
    Writer list;
    uint32_t count = 0;
    auto term = database->database.allterms_begin(start);
    const auto end = database->database.allterms_end(start);
    for (; term != end && count < limit; ++term, ++count) {
      list.number(term.get_termfreq());
      list.bytes(*term);
    }
    Writer writer;
    writer.byte(term != end);
    writer.number(count);
    cx_block part;
    list.hand_over(&part);
    writer.raw(text(part.data, part.size));
    cx_block_free(&part);
    writer.hand_over(result);
  });
}

cx_status cx_database_postings(cx_database *database, const uint8_t *term, size_t size,
                               uint32_t limit, cx_block *result, cx_error *error) {
  return guard(error, [&] {
    const std::string name = text(term, size);
    Writer writer;
    uint32_t count = 0;
    const auto end = database->database.postlist_end(name);
    for (auto it = database->database.postlist_begin(name); it != end && count < limit;
         ++it, ++count)
      writer.number(*it);
    writer.hand_over(result);
  });
}

cx_status cx_database_value_bounds(cx_database *database, uint32_t slot, cx_block *result,
                                   cx_error *error) {
  return guard(error, [&] {
    Writer writer;
    writer.number(database->database.get_value_freq(slot));
    writer.bytes(database->database.get_value_lower_bound(slot));
    writer.bytes(database->database.get_value_upper_bound(slot));
    writer.hand_over(result);
  });
}
