// Lists of documents, as Xapian's table of postings keeps them.
#ifndef CXAPIAN_LISTS_HPP
#define CXAPIAN_LISTS_HPP

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "table.hpp"

namespace cx {

/// What the keys of the table of postings begin with, in their order.
inline constexpr std::string_view metadata_key("\0\xc0", 2);
inline constexpr std::string_view bounds_key("\0\xd0", 2);
inline constexpr std::string_view values_key("\0\xd8", 2);
inline constexpr std::string_view lengths_key("\0\xe0", 2);

/// A list is cut where it grows beyond so many bytes, as Xapian cuts it.
inline constexpr size_t chunk_size = 2000;

inline bool begins(std::string_view bytes, std::string_view start) { return bytes.substr(0, start.size()) == start; }

/// Documents that are taken out, in order.
class Removed {
 public:
  const std::vector<uint32_t> documents;

  explicit Removed(std::vector<uint32_t> list) : documents(std::move(list)) {}
  bool has(uint32_t document) const { return std::binary_search(documents.begin(), documents.end(), document); }
  /// Whether there is one from `first` to `last`.
  bool any(uint32_t first, uint32_t last) const {
    const auto next = std::lower_bound(documents.begin(), documents.end(), first);
    return next != documents.end() && *next <= last;
  }
};

/// Some documents of a list.
struct Chunk {
  uint32_t first;
  uint32_t last;
  /// The weight of the first, then gaps and weights.
  std::string entries;
};

/// Walks over a chunk's documents and weights.
template <typename Body>
void each_posting(uint32_t first, std::string_view entries, Body body) {
  Unpacker unpacker(entries);
  uint32_t document = first;
  while (true) {
    body(document, unpacker.number<uint32_t>());
    if (unpacker.done()) return;
    document += unpacker.number<uint32_t>() + 1;
  }
}

/// A list of documents as it is put together.
class PostingList {
  std::vector<Chunk> chunks;
  size_t count = 0;

 public:
  uint64_t documents = 0;
  uint64_t weight = 0;

  void clear() {
    count = 0;
    documents = weight = 0;
  }
  bool is_empty() const { return count == 0; }

  void add(uint32_t document, uint32_t weight) {
    Chunk &chunk = room(1);
    if (chunk.entries.empty()) chunk.first = document;
    else pack(chunk.entries, document - chunk.last - 1);
    pack(chunk.entries, weight);
    chunk.last = document;
  }

  /// Adds the documents of a chunk.
  void add(uint32_t first, uint32_t last, std::string_view entries) {
    Chunk &chunk = room(entries.size());
    if (chunk.entries.empty()) chunk.first = first;
    else pack(chunk.entries, first - chunk.last - 1);
    chunk.entries.append(entries);
    chunk.last = last;
  }

  void write(TableWriter &table, std::string_view name) const {
    std::string key;
    std::string tag;
    for (size_t i = 0; i < count; ++i) {
      const Chunk &chunk = chunks[i];
      key.clear();
      tag.clear();
      if (name.empty()) key = lengths_key;
      else pack_name(key, name, i == 0);
      if (i == 0) {
        pack(tag, documents);
        pack(tag, weight);
        pack(tag, chunk.first - 1);
      } else {
        pack_sorted(key, chunk.first);
      }
      tag.push_back(i + 1 == count ? '1' : '0');
      pack(tag, chunk.last - chunk.first);
      tag += chunk.entries;
      table.add(key, tag);
    }
  }

 private:
  /// The chunk for so many more bytes.
  Chunk &room(size_t size) {
    const bool has_room = count > 0 && (chunks[count - 1].entries.size() + size <= chunk_size);
    if (has_room) return chunks[count - 1];
    if (count == chunks.size()) chunks.emplace_back();
    chunks[count].entries.clear();
    return chunks[count++];
  }
};

}  // namespace cx
#endif
