#include "table.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "block.hpp"

namespace cx {
namespace {

/// At least four items fit in a block.
constexpr size_t longest_item = (block_size - directory_start - 4 * entry) / 4;
constexpr size_t longest_key = 255;
/// Less than that is not worth cutting a tag for.
constexpr size_t least_cut = 34;

/// Bytes gathered before they are written.
constexpr size_t write_size = 1 << 20;
/// Bytes that are written before the system is let write them to the disk.
constexpr size_t sync_size = 4 << 20;
constexpr size_t deepest = 10;

constexpr char magic[] = "\x0f\x0dXapian Glass";
/// 2016-03-14, the form of Xapian 1.4.
constexpr uint16_t format = (2016 - 2014) << 9 | 3 << 5 | 14;

void set16(char *place, size_t number) {
  place[0] = char(number >> 8);
  place[1] = char(number);
}

void set32(char *place, uint32_t number) {
  for (int i = 0; i < 4; ++i) place[i] = char(number >> (24 - 8 * i));
}

}  // namespace

// MARK: Files

File::File(const std::string &path, Kind kind) : path(path) {
  const int flags = kind == reading ? O_RDONLY : O_WRONLY | O_CREAT | O_TRUNC;
  descriptor = ::open(path.c_str(), flags | O_CLOEXEC, 0666);
  if (descriptor < 0) throw Xapian::DatabaseOpeningError("cannot open " + path, errno);
}

File::~File() {
  if (descriptor >= 0) ::close(descriptor);
}

size_t File::read(void *bytes, size_t size, uint64_t offset) const {
  size_t done = 0;
  while (done < size) {
    const ssize_t count = ::pread(descriptor, static_cast<char *>(bytes) + done, size - done, off_t(offset + done));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw Xapian::DatabaseError("cannot read " + path, errno);
    if (count == 0) break;
    done += size_t(count);
  }
  return done;
}

uint64_t File::size() const {
  struct stat status;
  if (::fstat(descriptor, &status) < 0) throw Xapian::DatabaseError("cannot read " + path, errno);
  return uint64_t(status.st_size);
}

void File::write(const void *bytes, size_t size) {
  const char *at = static_cast<const char *>(bytes);
  while (size > 0) {
    const ssize_t count = ::write(descriptor, at, size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw Xapian::DatabaseError("cannot write " + path, errno);
    at += count;
    size -= size_t(count);
  }
}

void File::write_at(const void *bytes, size_t size, uint64_t offset) {
  if (::lseek(descriptor, off_t(offset), SEEK_SET) < 0) throw Xapian::DatabaseError("cannot write " + path, errno);
  write(bytes, size);
}

void File::begin_sync() const {
  // Only a hint: what fails here fails again when somebody waits for it.
  ::sync_file_range(descriptor, 0, 0, SYNC_FILE_RANGE_WRITE);
}

void File::close() {
  const int code = ::close(descriptor);
  descriptor = -1;
  if (code < 0) throw Xapian::DatabaseError("cannot write " + path, errno);
}

// MARK: Writing

TableWriter::TableWriter(const std::string &path, uint32_t compress_above) : file(path, File::writing) {
  root.compress_above = compress_above;
  levels.reserve(deepest);
  begin(0, std::string_view(), 0);
  // Each table begins with an item without a key, which stands before all.
  char first[item_head] = {};
  set16(first, flag_first | flag_last);
  put(0, std::string_view(first, sizeof first));
}

void TableWriter::begin(size_t level, std::string_view key, uint16_t component) {
  if (level == levels.size()) {
    if (level == deepest) throw Xapian::DatabaseError("a table is too large");
    levels.emplace_back();
  }
  Block &block = levels[level];
  block.directory = directory_start;
  block.free = block_size - directory_start;
  block.first_key.assign(key);
  block.first_component = component;
}

void TableWriter::put(size_t level, std::string_view item) {
  Block &block = levels[level];
  const size_t place = block.directory + block.free - item.size();
  std::memcpy(&block.bytes[place], item.data(), item.size());
  set16(&block.bytes[block.directory], place);
  block.directory += entry;
  block.free -= item.size() + entry;
}

void TableWriter::add(std::string_view key, std::string_view tag, bool is_compressed) {
  if (key.empty() || key.size() > longest_key) throw Xapian::InvalidArgumentError("a key is too long for a table");
  const size_t head = item_head + key.size();
  const size_t most = longest_item - head - component_size;
  size_t first = most + component_size;
  if (tag.size() <= first) {
    first = tag.size();
  } else {
    // Of what is cut anyway, the first piece fills up the block.
    const size_t space = levels[0].free % (longest_item + entry);
    if (space > entry + head) {
      const size_t fill = space - entry - head;
      if (fill >= key.size() + least_cut) first = std::min(fill, first);
    }
  }
  const size_t count = (tag.size() - first + most - 1) / most + 1;
  if (count >= 0x10000) throw Xapian::UnimplementedError("what is stored under one key is too large");
  size_t done = 0;
  for (size_t i = 1; i <= count; ++i) {
    const size_t size = i == 1 ? first : std::min(most, tag.size() - done);
    item.assign(item_head, 0);
    item[2] = char(key.size());
    item.append(key);
    if (i > 1) {
      item.push_back(char(i >> 8));
      item.push_back(char(i));
    }
    item.append(tag.substr(done, size));
    set16(&item[0], (item.size() - item_head) | (is_compressed ? flag_compressed : 0) | (i == 1 ? flag_first : 0) |
                        (i == count ? flag_last : 0));
    add_leaf(key, uint16_t(i));
    done += size;
  }
  ++root.items;
}

void TableWriter::add_leaf(std::string_view key, uint16_t component) {
  if (levels[0].free < item.size() + entry) {
    enter(1, levels[0], write(0));
    // The shortest key that tells the two blocks apart.
    size_t same = 0;
    while (same < key.size() && same < last_key.size() && key[same] == last_key[same]) ++same;
    if (same < key.size()) ++same;
    begin(0, key.substr(0, same), component);
  }
  put(0, item);
  last_key.assign(key);
}

void TableWriter::enter(size_t level, const Block &block, uint32_t number) {
  std::string branch(4, 0);
  set32(&branch[0], number);
  branch.push_back(char(block.first_key.size()));
  branch.append(block.first_key);
  branch.push_back(char(block.first_component >> 8));
  branch.push_back(char(block.first_component));
  if (level < levels.size()) {
    if (levels[level].free >= branch.size() + entry) return put(level, branch);
    enter(level + 1, levels[level], write(level));
  }
  begin(level, block.first_key, block.first_component);
  // The key of a branch's first item is never looked at.
  std::string first(7, 0);
  set32(&first[0], number);
  put(level, first);
}

uint32_t TableWriter::write(size_t level) {
  Block &block = levels[level];
  char *bytes = &block.bytes[0];
  set32(bytes, revision);
  bytes[level_place] = char(level);
  set16(bytes + gap_place, block.free);
  set16(bytes + free_place, block.free);
  set16(bytes + end_place, block.directory);
  std::memset(bytes + block.directory, 0, block.free);
  pending += block.bytes;
  if (pending.size() >= write_size) flush();
  return root.blocks++;
}

void TableWriter::flush() {
  file.write(pending.data(), pending.size());
  unsynced += pending.size();
  pending.clear();
  if (unsynced < sync_size) return;
  file.begin_sync();
  unsynced = 0;
}

TableRoot TableWriter::finish() {
  for (size_t level = 0;; ++level) {
    const uint32_t number = write(level);
    if (level + 1 == levels.size()) {
      root.root = number;
      root.level = uint32_t(level);
      break;
    }
    enter(level + 1, levels[level], number);
  }
  flush();
  file.begin_sync();
  file.close();
  root.is_empty = false;
  return root;
}

// MARK: Reading

TableReader::TableReader(const std::string &path, const TableRoot &root)
    : file(path, File::reading), root(root), is_done(root.is_empty) {
  if (is_done) return;
  if (root.level >= deepest || root.block_size != block_size) Unpacker::damaged();
  blocks_left = file.size() / block_size;
  blocks.assign(root.level + 1, std::string(block_size, 0));
  places.assign(root.level + 1, 0);
  descend(root.level, root.root);
}

uint16_t TableReader::number(const std::string &block, size_t place) const {
  if (place + 2 > block_size) Unpacker::damaged();
  return get16(&block[place]);
}

void TableReader::descend(size_t level, uint32_t block) {
  while (true) {
    std::string &bytes = blocks[level];
    if (blocks_left-- == 0) Unpacker::damaged();
    if (file.read(&bytes[0], block_size, uint64_t(block) * block_size) != block_size) Unpacker::damaged();
    const size_t end = number(bytes, end_place);
    if (uint8_t(bytes[level_place]) != level || end < directory_start || end > block_size) Unpacker::damaged();
    places[level] = directory_start;
    if (level == 0) return;
    const size_t place = number(bytes, directory_start);
    if (end == directory_start || place + 4 > block_size) Unpacker::damaged();
    block = get32(&bytes[place]);
    --level;
  }
}

/// Moves on to the next block of leaves; false after the last.
bool TableReader::step() {
  for (size_t level = 1; level < blocks.size(); ++level) {
    places[level] += entry;
    if (places[level] >= number(blocks[level], end_place)) continue;
    const size_t place = number(blocks[level], places[level]);
    if (place + 4 > block_size) Unpacker::damaged();
    descend(level - 1, get32(&blocks[level][place]));
    return true;
  }
  return false;
}

bool TableReader::next() {
  bool is_begun = false;
  while (!is_done) {
    const std::string &leaf = blocks[0];
    if (places[0] >= number(leaf, end_place)) {
      if (!step()) is_done = true;
      continue;
    }
    const size_t place = number(leaf, places[0]);
    places[0] += entry;
    const uint16_t head = number(leaf, place);
    const size_t size = size_t(head & size_mask) + item_head;
    if (place + size > block_size) Unpacker::damaged();
    const size_t key_size = uint8_t(leaf[place + 2]);
    const bool is_first = head & flag_first;
    const size_t before = item_head + key_size + (is_first ? 0 : component_size);
    if (before > size || is_first == is_begun) Unpacker::damaged();
    if (is_first && key_size == 0) continue;
    if (is_first) {
      key_bytes.assign(leaf, place + item_head, key_size);
      tag_bytes.clear();
      compressed = head & flag_compressed;
      is_begun = true;
    } else if (leaf.compare(place + item_head, key_size, key_bytes) != 0) {
      Unpacker::damaged();
    }
    tag_bytes.append(leaf, place + before, size - before);
    if (head & flag_last) return true;
  }
  if (is_begun) Unpacker::damaged();
  return false;
}

// MARK: The version

DatabaseVersion DatabaseVersion::read(const std::string &folder) {
  const File file(folder + "/iamglass", File::reading);
  char bytes[512];
  const size_t size = file.read(bytes, sizeof bytes, 0);
  constexpr size_t head = sizeof magic - 1;
  if (size < head + 18 || std::memcmp(bytes, magic, head) != 0 || get16(bytes + head) != format) Unpacker::damaged();
  Unpacker unpacker(std::string_view(bytes, size).substr(head + 18));
  DatabaseVersion version;
  unpacker.number<uint32_t>();
  for (TableRoot &root : version.roots) {
    root.root = unpacker.number<uint32_t>();
    const auto flags = unpacker.number<uint32_t>();
    root.level = flags >> 2;
    root.is_empty = flags & 1;
    root.items = unpacker.number<uint32_t>();
    root.block_size = unpacker.number<uint32_t>() << 11;
    root.compress_above = unpacker.number<uint32_t>();
    unpacker.text();
  }
  if (unpacker.done()) return version;
  version.documents = unpacker.number<uint32_t>();
  version.last_document = unpacker.number<uint32_t>() + version.documents;
  version.least_length = unpacker.number<uint32_t>();
  version.most_weight = unpacker.number<uint32_t>();
  version.most_length = unpacker.number<uint32_t>() + version.most_weight;
  unpacker.number<uint32_t>();
  version.total_length = unpacker.number<uint64_t>();
  return version;
}

void DatabaseVersion::write(const std::string &folder) const {
  std::string bytes(magic, sizeof magic - 1);
  bytes.push_back(char(format >> 8));
  bytes.push_back(char(format & 0xff));
  char name[16];
  if (getrandom(name, sizeof name, 0) != sizeof name) throw Xapian::DatabaseError("no random numbers", errno);
  // A random UUID (RFC 9562, version 4).
  name[6] = char((name[6] & 0x0f) | 0x40);
  name[8] = char((name[8] & 0x3f) | 0x80);
  bytes.append(name, sizeof name);
  pack(bytes, revision);
  for (const TableRoot &root : roots) {
    pack(bytes, root.root);
    pack(bytes, root.level << 2 | 2u | unsigned(root.is_empty));
    pack(bytes, root.items);
    pack(bytes, uint32_t(block_size >> 11));
    pack(bytes, root.compress_above);
    std::string unused;
    if (!root.is_empty) {
      // No block between is free, the next comes after the last.
      pack(unused, revision);
      pack(unused, root.blocks);
      unused.append(4, 0);
    }
    pack_text(bytes, unused);
  }
  pack(bytes, documents);
  pack(bytes, last_document - documents);
  pack(bytes, least_length);
  pack(bytes, most_weight);
  pack(bytes, most_length - most_weight);
  pack(bytes, 0u);
  pack(bytes, total_length);
  pack(bytes, 0u);
  File file(folder + "/iamglass", File::writing);
  file.write(bytes.data(), bytes.size());
  file.close();
}

}  // namespace cx
