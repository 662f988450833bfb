// Checking databases.
#include <sstream>

#include "bytes.hpp"

using namespace cx;

cx_status cx_check(const char *path, uint32_t *result, cx_block *report, cx_error *error) {
  return guard(error, [&] {
    std::ostringstream words;
    *result = uint32_t(Xapian::Database::check(std::string(path), 0, &words));
    Writer writer;
    writer.raw(words.str());
    writer.hand_over(report);
  });
}
