// Tables of Xapian's glass format: B-trees of keys and tags, written in the order of their keys and read through.
//
// Xapian's own writer takes documents one by one into trees that it may change later, which costs it several times
// what a table costs that is written once. What is written here is what `xapian-compact` would leave: any Xapian 1.4
// reads and checks it.
#ifndef CXAPIAN_TABLE_HPP
#define CXAPIAN_TABLE_HPP

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "packing.hpp"

namespace cx {

/// Bytes of a block; Xapian's default.
constexpr size_t block_size = 8192;
/// The revision of what is written, all at once.
constexpr uint32_t revision = 1;

/// A file that is read or written; closed at the end.
class File {
  int descriptor = -1;
  std::string path;

 public:
  File() = default;
  enum Kind { reading, writing };
  File(const std::string &path, Kind kind);
  ~File();
  File(File &&other) noexcept : descriptor(other.descriptor), path(std::move(other.path)) { other.descriptor = -1; }
  File &operator=(File &&) = delete;

  /// Reads as many bytes as there are from `offset` on, up to `size`.
  size_t read(void *bytes, size_t size, uint64_t offset) const;
  uint64_t size() const;
  void write(const void *bytes, size_t size);
  /// Writes over what stands at `offset`.
  void write_at(const void *bytes, size_t size, uint64_t offset);
  /// Lets the system begin to write it to the disk: whoever asks for that later waits less.
  void begin_sync() const;
  /// Writes what the system still holds back, so that a full disk is told.
  void close();
};

/// Where a table's tree begins.
struct TableRoot {
  uint32_t root = 0;
  uint32_t level = 0;
  uint32_t items = 0;
  bool is_empty = true;
  uint32_t block_size = uint32_t(cx::block_size);
  uint32_t compress_above = 0;
  /// Blocks of the file.
  uint32_t blocks = 0;
};

/// Writes a table's items in the order of their keys.
class TableWriter {
  struct Block {
    std::string bytes = std::string(block_size, 0);
    size_t directory = 0;
    size_t free = 0;
    /// What tells it from the block before it.
    std::string first_key;
    uint16_t first_component = 0;
  };

  File file;
  std::string pending;
  size_t unsynced = 0;
  std::vector<Block> levels;
  std::string last_key;
  std::string item;
  TableRoot root;

 public:
  TableWriter(const std::string &path, uint32_t compress_above);

  /// Adds an item whose key comes after all before. `is_compressed`: the tag is raw deflate data.
  void add(std::string_view key, std::string_view tag, bool is_compressed = false);

  /// Writes the rest.
  TableRoot finish();

 private:
  void begin(size_t level, std::string_view key, uint16_t component);
  void put(size_t level, std::string_view item);
  void add_leaf(std::string_view key, uint16_t component);
  /// Enters a block into the level above it.
  void enter(size_t level, const Block &block, uint32_t number);
  /// Writes a block that is full, and returns its number.
  uint32_t write(size_t level);
  void flush();
};

/// Reads a table's items in the order of their keys.
class TableReader {
  File file;
  TableRoot root;
  std::vector<std::string> blocks;
  std::vector<size_t> places;
  /// How many blocks there may be yet: a damaged tree may lead round in circles.
  uint64_t blocks_left = 0;
  bool is_done;
  std::string key_bytes;
  std::string tag_bytes;
  bool compressed = false;

 public:
  TableReader(const std::string &path, const TableRoot &root);

  /// Moves on to the next item; false where there is none.
  bool next();
  const std::string &key() const { return key_bytes; }
  const std::string &tag() const { return tag_bytes; }
  bool is_compressed() const { return compressed; }

 private:
  void descend(size_t level, uint32_t block);
  bool step();
  uint16_t number(const std::string &block, size_t place) const;
};

/// What the file `iamglass` tells of a database.
struct DatabaseVersion {
  enum Table { postings, data, term_lists, positions, spelling, synonyms };
  std::array<TableRoot, 6> roots;
  uint32_t documents = 0;
  uint32_t last_document = 0;
  uint32_t least_length = 0;
  uint32_t most_length = 0;
  uint32_t most_weight = 0;
  uint64_t total_length = 0;

  static DatabaseVersion read(const std::string &folder);
  /// Writes it with a new name of the database.
  void write(const std::string &folder) const;
};

}  // namespace cx
#endif
