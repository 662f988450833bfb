// A file that is read where it is mapped.
#ifndef CXAPIAN_MAPPING_HPP
#define CXAPIAN_MAPPING_HPP

#include <cerrno>
#include <fcntl.h>
#include <string>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xapian.h>

namespace cx {

/// The bytes of a file, which must not be cut while they are looked at: a generation never is.
class Mapping {
 public:
  const char *bytes = nullptr;
  size_t size = 0;

  Mapping() = default;
  explicit Mapping(const std::string &path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) throw Xapian::DatabaseOpeningError("cannot open " + path, errno);
    struct stat status;
    void *mapped = nullptr;
    if (::fstat(descriptor, &status) < 0) {
      mapped = MAP_FAILED;
    } else if (status.st_size > 0) {
      size = size_t(status.st_size);
      mapped = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, descriptor, 0);
    }
    const int code = errno;
    ::close(descriptor);
    if (mapped == MAP_FAILED) throw Xapian::DatabaseOpeningError("cannot read " + path, code);
    bytes = static_cast<const char *>(mapped);
  }
  ~Mapping() {
    if (bytes) ::munmap(const_cast<char *>(bytes), size);
  }
  Mapping(const Mapping &) = delete;
  Mapping &operator=(const Mapping &) = delete;
};

}  // namespace cx
#endif
