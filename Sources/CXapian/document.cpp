// Documents to runs.
#include "bytes.hpp"
#include "run.hpp"

using namespace cx;

struct cx_dictionary {
  std::shared_ptr<Dictionary> dictionary;
};

struct cx_run {
  Run run;
};

cx_status cx_dictionary_new(const char *base, cx_dictionary **result, cx_error *error) {
  return guard(error, [&] {
    std::string content;
    if (base) content = DocumentFile(std::string(base) + DocumentFile::name).dictionary();
    *result = new cx_dictionary{std::make_shared<Dictionary>(std::move(content))};
  });
}

void cx_dictionary_free(cx_dictionary *dictionary) { delete dictionary; }

cx_status cx_run_new(const cx_dictionary *dictionary, cx_run **result, cx_error *error) {
  return guard(error, [&] { *result = new cx_run{Run(dictionary->dictionary)}; });
}

void cx_run_free(cx_run *run) { delete run; }

cx_status cx_run_add(cx_run *run, const uint8_t *document, size_t size, cx_error *error) {
  return guard(error, [&] { run->run.add(document, size); });
}

cx_status cx_run_set_metadata(cx_run *run, const uint8_t *key, size_t key_size, const uint8_t *value,
                              size_t value_size, cx_error *error) {
  return guard(error, [&] { run->run.set_metadata(view(key, key_size), view(value, value_size)); });
}

cx_status cx_run_write(cx_run *run, const char *path, cx_error *error) {
  return guard(error, [&] { run->run.write(path); });
}
