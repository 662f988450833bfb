// Documents to runs.
#include "bytes.hpp"
#include "run.hpp"

using namespace cx;

struct cx_run {
  Run run;
};

cx_status cx_run_new(cx_run **result, cx_error *error) {
  return guard(error, [&] { *result = new cx_run(); });
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
