// The one place where C++ exceptions end.
#ifndef CXAPIAN_GUARD_HPP
#define CXAPIAN_GUARD_HPP

#include <cstring>
#include <new>
#include <stdexcept>
#include <string>
#include <xapian.h>

#include "cxapian.h"

namespace cx {

/// Bytes of a query, document or request that do not follow the format.
struct Malformed : std::runtime_error {
  using std::runtime_error::runtime_error;
};

inline void fill(char *target, size_t capacity, const char *text, size_t size) noexcept {
  size_t length = size < capacity - 1 ? size : capacity - 1;
  std::memcpy(target, text, length);
  target[length] = 0;
}

inline cx_status report(cx_error *error, cx_status status, const char *message, size_t size,
                        const std::string *context = nullptr) noexcept {
  if (error) {
    error->status = status;
    fill(error->message, sizeof error->message, message, size);
    const char *words = context ? context->data() : "";
    fill(error->context, sizeof error->context, words, context ? context->size() : 0);
  }
  return status;
}

/// Xapian's class name to our number. The most derived class has its own name.
inline cx_status status_of(const Xapian::Error &error) noexcept {
  const char *type = error.get_type();
#define CX_ERROR(name, number, cls) \
  if (std::strcmp(type, #cls) == 0) return CX_##name;
#include "errors.def"
#undef CX_ERROR
  return CX_OTHER;
}

template <typename Body>
cx_status guard(cx_error *error, Body body) noexcept {
  try {
    body();
    return CX_OK;
  } catch (const Xapian::Error &failure) {
    try {
      std::string message = failure.get_msg();
      if (const char *system = failure.get_error_string()) message += std::string(": ") + system;
      std::string context = failure.get_context();
      return report(error, status_of(failure), message.data(), message.size(), &context);
    } catch (...) {
      return report(error, status_of(failure), "", 0);
    }
  } catch (const Malformed &failure) {
    return report(error, CX_MALFORMED, failure.what(), std::strlen(failure.what()));
  } catch (const std::bad_alloc &) {
    return report(error, CX_NO_MEMORY, "out of memory", 13);
  } catch (const std::exception &failure) {
    return report(error, CX_OTHER, failure.what(), std::strlen(failure.what()));
  } catch (...) {
    return report(error, CX_OTHER, "an unknown exception", 20);
  }
}

}  // namespace cx
#endif
