// Documents gathered in memory, written as a run: sorted by terms, to be merged with others into a database.
#ifndef CXAPIAN_RUN_HPP
#define CXAPIAN_RUN_HPP

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "packing.hpp"
#include "positions.hpp"
#include "records.hpp"
#include "table.hpp"

namespace cx {

/// Gathers documents.
class Run {
  struct Term {
    uint64_t hash;
    size_t name;
    uint16_t size;
    /// The document that its positions were last noted for.
    uint32_t placed = 0;
    uint32_t documents = 0;
    uint32_t first = 0;
    uint32_t last = 0;
    /// The last document, which may get more weight, is not yet in `postings`.
    uint32_t current = 0;
    uint32_t weight = 0;
    uint64_t total = 0;
    std::string postings = {};
  };

  struct Slot {
    uint32_t documents = 0;
    uint32_t last = 0;
    /// The last document but one, and where the last one's value begins.
    uint32_t before = 0;
    size_t start = 0;
    std::string least;
    std::string most;
    std::string values;
  };

  std::vector<uint32_t> places;
  std::vector<Term> terms;
  std::string names;
  std::map<uint32_t, Slot> slots;
  std::map<std::string, std::string, std::less<>> metadata;
  std::string data;
  std::vector<size_t> data_sizes;
  std::string kept;
  KeptWriter keeping;
  std::string lengths;
  uint32_t documents = 0;
  uint32_t least_length = 0;
  uint32_t most_length = 0;
  uint32_t most_weight = 0;
  uint64_t total_length = 0;

  const std::shared_ptr<Dictionary> dictionary;
  PositionEncoder encoder;
  std::vector<Placed> words;
  std::vector<uint64_t> distinct;

 public:
  explicit Run(std::shared_ptr<Dictionary> dictionary);

  /// Adds the document of a block, and returns its number within the run. Throws `Malformed` before it does anything.
  uint32_t add(const uint8_t *block, size_t size);
  /// Notes what is stored under a key; empty bytes take it away.
  void set_metadata(std::string_view key, std::string_view value);
  /// Writes all to a file.
  void write(const std::string &path);

 private:
  Term &term(std::string_view name);
  void enlarge();
  std::string_view name_of(const Term &term) const;
  std::vector<uint32_t> ordered() const;
  void post(std::string_view name, uint32_t weight, const uint32_t *position);
  static void settle(Term &term);
  void add_value(uint32_t slot, std::string_view value);
  static void note_bounds(Slot &slot, std::string_view value);
  void keep(Kept document);
};

/// What a run's file begins with.
struct RunHead {
  uint64_t metadata = 0;
  uint64_t slots = 0;
  uint64_t values = 0;
  uint64_t lengths = 0;
  uint64_t terms = 0;
  uint64_t kept = 0;
  uint64_t data = 0;
  uint64_t end = 0;
  uint64_t total_length = 0;
  uint32_t documents = 0;
  uint32_t least_length = 0;
  uint32_t most_length = 0;
  uint32_t most_weight = 0;
};

/// Reads part of a run's file from front to back.
class RunPart {
  const File &file;
  uint64_t place;
  uint64_t end;
  std::string buffer;
  size_t at = 0;

 public:
  RunPart(const File &file, uint64_t place, uint64_t end) : file(file), place(place), end(end) {}

  bool done() const { return at == buffer.size() && place == end; }
  template <typename Number>
  Number number() {
    uint64_t result = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (at == buffer.size()) fill(1);
      const uint8_t next = uint8_t(buffer[at++]);
      result |= uint64_t(next & 0x7f) << shift;
      if (next < 0x80) return Number(result);
    }
    Unpacker::damaged();
  }
  /// Bytes with their size before them; they hold until the next are read.
  std::string_view text() { return take(number<size_t>()); }
  std::string_view take(size_t size) {
    if (buffer.size() - at < size) fill(size);
    const std::string_view result(buffer.data() + at, size);
    at += size;
    return result;
  }

 private:
  /// Reads on, so that `size` bytes are there.
  void fill(size_t size);
};

/// A run's file.
class RunFile {
 public:
  const File file;
  RunHead head;

  explicit RunFile(const std::string &path);
};

}  // namespace cx
#endif
