// Numbers and names as Xapian's tables keep them.
#ifndef CXAPIAN_PACKING_HPP
#define CXAPIAN_PACKING_HPP

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <xapian.h>

namespace cx {

/// Seven bits a byte, the lowest first; all bytes but the last have the highest bit set.
template <typename Number>
void pack(std::string &bytes, Number number) {
  while (number >= 128) {
    bytes.push_back(char(uint8_t(number) | 0x80));
    number >>= 7;
  }
  bytes.push_back(char(number));
}

/// All eight bytes, the lowest first.
inline void pack_whole(std::string &bytes, uint64_t number) {
  bytes.append(reinterpret_cast<const char *>(&number), sizeof number);
}

/// The size, then the bytes.
inline void pack_text(std::string &bytes, std::string_view text) {
  pack(bytes, text.size());
  bytes.append(text);
}

/// Numbers that sort like what they stand for: two bytes below 0x8000, else one bit a further byte before them.
inline void pack_sorted(std::string &bytes, uint32_t number) {
  if (number < 0x8000) {
    bytes.push_back(char(number >> 8));
    bytes.push_back(char(number));
    return;
  }
  const unsigned size = (37 - unsigned(__builtin_clz(number))) / 7;
  const uint64_t marked = uint64_t(number) | uint64_t(uint8_t(0xff << (10 - size))) << (8 * (size - 1));
  for (unsigned i = size; i > 0; --i) bytes.push_back(char(marked >> (8 * (i - 1))));
}

/// Names that sort like what they stand for: a zero byte is followed by 0xff, the end is a zero byte. The last name of
/// a key has no end.
inline void pack_name(std::string &bytes, std::string_view name, bool is_last) {
  for (char byte : name) {
    bytes.push_back(byte);
    if (byte == 0) bytes.push_back('\xff');
  }
  if (!is_last) bytes.push_back(0);
}

/// The highest byte is that of the last digit but zero, so that the number ends where the key does.
inline void pack_last(std::string &bytes, uint32_t number) {
  for (; number; number >>= 8) bytes.push_back(char(number));
}

/// Reads what `pack…` wrote; throws where the bytes are something else.
class Unpacker {
  const uint8_t *at;
  const uint8_t *end;

 public:
  explicit Unpacker(std::string_view bytes)
      : at(reinterpret_cast<const uint8_t *>(bytes.data())), end(at + bytes.size()) {}

  bool done() const { return at == end; }
  std::string_view rest() const { return {reinterpret_cast<const char *>(at), size_t(end - at)}; }

  uint8_t byte() {
    if (at == end) damaged();
    return *at++;
  }

  template <typename Number>
  Number number() {
    uint64_t result = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const uint8_t next = byte();
      result |= uint64_t(next & 0x7f) << shift;
      if (next < 0x80) {
        if (result != Number(result)) damaged();
        return Number(result);
      }
    }
    damaged();
  }

  uint64_t whole() {
    uint64_t result;
    std::memcpy(&result, take(sizeof result).data(), sizeof result);
    return result;
  }

  std::string_view text() {
    const auto size = number<uint64_t>();
    if (size > uint64_t(end - at)) damaged();
    return take(size_t(size));
  }

  std::string_view take(size_t size) {
    if (size > size_t(end - at)) damaged();
    const std::string_view result(reinterpret_cast<const char *>(at), size);
    at += size;
    return result;
  }

  uint32_t sorted() {
    const uint8_t first = byte();
    if (first < 0x80) return uint32_t(first) << 8 | byte();
    if (first == 0xff) damaged();
    const unsigned more = unsigned(__builtin_clz(uint32_t(first ^ 0xff))) - 23;
    uint64_t result = first & ~(0xff << (9 - more)) & 0xff;
    for (unsigned i = 0; i < more; ++i) result = result << 8 | byte();
    if (result > 0xffffffff) damaged();
    return uint32_t(result);
  }

  void name(std::string &result) {
    result.clear();
    while (at != end) {
      const char next = char(*at++);
      if (next == 0) {
        if (at == end || *at != 0xff) return;
        ++at;
      }
      result.push_back(next);
    }
  }

  [[noreturn]] static void damaged() { throw Xapian::DatabaseCorruptError("a table holds bytes of another form"); }
};

}  // namespace cx
#endif
