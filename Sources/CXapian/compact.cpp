// Merging and checking databases.
#include <sstream>

#include "bytes.hpp"

using namespace cx;

cx_status cx_compact(const char *const *sources, size_t count, const char *destination,
                     cx_error *error) {
  return guard(error, [&] {
    Xapian::Database all;
    for (size_t i = 0; i < count; ++i) all.add_database(Xapian::Database(sources[i]));
    all.compact(std::string(destination), 0, 0);
  });
}

cx_status cx_check(const char *path, uint32_t *result, cx_block *report, cx_error *error) {
  return guard(error, [&] {
    std::ostringstream words;
    *result = uint32_t(Xapian::Database::check(std::string(path), 0, &words));
    Writer writer;
    writer.raw(words.str());
    writer.hand_over(report);
  });
}
