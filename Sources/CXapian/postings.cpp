// Lists of the documents of terms, read where the file is mapped.
#include "postings.hpp"

#include <algorithm>

#include "block.hpp"

namespace cx {
namespace {

int compare(std::string_view key, uint16_t component, std::string_view other, uint16_t other_component) {
  const int order = key.compare(other);
  return order != 0 ? order : int(component) - int(other_component);
}

/// What a block of a branch says of the one below.
PostingsTable::Item branch_item(const char *block, size_t place) {
  if (place + branch_head > block_size) Unpacker::damaged();
  const size_t key_size = uint8_t(block[place + 4]);
  if (place + branch_head + key_size + component_size > block_size) Unpacker::damaged();
  return {{block + place + branch_head, key_size}, get16(block + place + branch_head + key_size), true, {}};
}

PostingsTable::Item leaf_item(const char *block, size_t place) {
  if (place + item_head > block_size) Unpacker::damaged();
  const uint16_t head = get16(block + place);
  const size_t item_size = size_t(head & size_mask) + item_head;
  const size_t key_size = uint8_t(block[place + 2]);
  const bool is_first = head & flag_first;
  const size_t before = item_head + key_size + (is_first ? 0 : component_size);
  if (place + item_size > block_size || before > item_size) Unpacker::damaged();
  const uint16_t component = is_first ? 1 : get16(block + place + item_head + key_size);
  return {{block + place + item_head, key_size}, component, (head & flag_last) != 0,
          {block + place + before, item_size - before}};
}

}  // namespace

PostingsTable::PostingsTable(const std::string &folder) {
  const DatabaseVersion version = DatabaseVersion::read(folder);
  root = version.roots[DatabaseVersion::postings];
  last_document = version.last_document;
  most_weight = version.most_weight;
  if (root.is_empty) return;
  if (root.level >= Cursor().blocks.size() || root.block_size != block_size) Unpacker::damaged();
  file = std::make_unique<const Mapping>(folder + "/postlist.glass");
}

const char *PostingsTable::block(uint32_t number, size_t level) const {
  if ((uint64_t(number) + 1) * block_size > file->size) Unpacker::damaged();
  const char *found = file->bytes + uint64_t(number) * block_size;
  const size_t end = get16(found + end_place);
  if (uint8_t(found[level_place]) != level || end <= directory_start || end > block_size || (end - directory_start) % entry)
    Unpacker::damaged();
  return found;
}

void PostingsTable::find(std::string_view key, Cursor &cursor) const {
  uint32_t number = root.root;
  for (size_t level = root.level;; --level) {
    const char *found = block(number, level);
    cursor.blocks[level] = number;
    // The first item stands for all keys before the second.
    size_t low = 0;
    size_t high = (get16(found + end_place) - directory_start) / entry;
    while (high - low > 1) {
      const size_t middle = (low + high) / 2;
      const size_t place = get16(found + directory_start + middle * entry);
      const Item item = level > 0 ? branch_item(found, place) : leaf_item(found, place);
      if (compare(item.key, item.component, key, 1) <= 0) low = middle;
      else high = middle;
    }
    cursor.places[level] = uint16_t(directory_start + low * entry);
    if (level == 0) break;
    const size_t place = get16(found + cursor.places[level]);
    if (place + 4 > block_size) Unpacker::damaged();
    number = get32(found + place);
  }
  // What tells two blocks apart may come before the key, and all that the second holds after it.
  const Item first = item(cursor);
  if (compare(first.key, first.component, key, 1) > 0) previous(cursor);
}

void PostingsTable::previous(Cursor &cursor) const {
  size_t level = 0;
  while (cursor.places[level] == directory_start) {
    if (++level > root.level) Unpacker::damaged();
  }
  cursor.places[level] = uint16_t(cursor.places[level] - entry);
  for (; level > 0; --level) {
    const char *above = block(cursor.blocks[level], level);
    const size_t place = get16(above + cursor.places[level]);
    if (place + 4 > block_size) Unpacker::damaged();
    cursor.blocks[level - 1] = get32(above + place);
    cursor.places[level - 1] = uint16_t(get16(block(cursor.blocks[level - 1], level - 1) + end_place) - entry);
  }
}

bool PostingsTable::next(Cursor &cursor) const {
  size_t level = 0;
  while (true) {
    cursor.places[level] = uint16_t(cursor.places[level] + entry);
    if (cursor.places[level] < get16(block(cursor.blocks[level], level) + end_place)) break;
    if (++level > root.level) return false;
  }
  for (; level > 0; --level) {
    const char *above = block(cursor.blocks[level], level);
    const size_t place = get16(above + cursor.places[level]);
    if (place + 4 > block_size) Unpacker::damaged();
    cursor.blocks[level - 1] = get32(above + place);
    cursor.places[level - 1] = directory_start;
    block(cursor.blocks[level - 1], level - 1);
  }
  return true;
}

PostingsTable::Item PostingsTable::item(const Cursor &cursor) const {
  const char *found = block(cursor.blocks[0], 0);
  return leaf_item(found, get16(found + cursor.places[0]));
}

std::string_view PostingsTable::tag(Cursor &cursor, std::unique_ptr<std::string> &buffer) const {
  Item piece = item(cursor);
  if (piece.component != 1) Unpacker::damaged();
  if (piece.is_last) return piece.tag;
  const std::string_view key = piece.key;
  buffer = std::make_unique<std::string>(piece.tag);
  for (uint16_t component = 2; !piece.is_last; ++component) {
    if (!next(cursor)) Unpacker::damaged();
    piece = item(cursor);
    if (piece.key != key || piece.component != component) Unpacker::damaged();
    buffer->append(piece.tag);
  }
  return *buffer;
}

Postings::Postings(const PostingsTable &table, std::string_view term) : table(&table) {
  if (table.is_empty()) return;
  pack_name(name, term, true);
  later = name;
  later.push_back(0);
  table.find(name, cursor);
  if (table.item(cursor).key != std::string_view(name)) return;
  Unpacker unpacker(table.tag(cursor, buffer));
  documents = unpacker.number<uint32_t>();
  occurrences = unpacker.number<uint64_t>();
  const uint64_t first = uint64_t(unpacker.number<uint32_t>()) + 1;
  if (documents == 0 || first > table.last_document) Unpacker::damaged();
  read_chunk(unpacker.rest(), uint32_t(first));
}

uint32_t Postings::most_often() const {
  const uint64_t others = occurrences - often;
  return uint32_t(std::min<uint64_t>(std::max<uint64_t>(others, often), table->most_weight));
}

void Postings::read_chunk(std::string_view tag, uint32_t first) {
  Unpacker unpacker(tag);
  is_last_chunk = unpacker.byte() == '1';
  const uint64_t last = uint64_t(first) + unpacker.number<uint32_t>();
  if (first == 0 || last > table->last_document) Unpacker::damaged();
  const std::string_view entries = unpacker.rest();
  at = reinterpret_cast<const uint8_t *>(entries.data());
  end = at + entries.size();
  chunk_last = uint32_t(last);
  document = first;
  often = number();
}

uint32_t Postings::more(uint32_t first) {
  uint64_t result = first & 0x7f;
  for (unsigned shift = 7; shift < 35; shift += 7) {
    if (at == end) break;
    const uint8_t next = *at++;
    result |= uint64_t(next & 0x7f) << shift;
    if (next >= 0x80) continue;
    if (result > UINT32_MAX) break;
    return uint32_t(result);
  }
  Unpacker::damaged();
}

void Postings::next_chunk() {
  const uint32_t before = document;
  document = 0;
  if (is_last_chunk) return;
  if (!table->next(cursor)) Unpacker::damaged();
  const std::string_view key = table->item(cursor).key;
  if (key.substr(0, later.size()) != later) Unpacker::damaged();
  Unpacker unpacker(key.substr(later.size()));
  const uint32_t first = unpacker.sorted();
  if (first <= before) Unpacker::damaged();
  read_chunk(table->tag(cursor, buffer), first);
}

bool Postings::find_chunk(uint32_t wanted) {
  if (is_last_chunk) {
    document = 0;
    return false;
  }
  const uint32_t before = document;
  const size_t size = later.size();
  pack_sorted(later, wanted);
  table->find(later, cursor);
  std::string_view key = table->item(cursor).key;
  if (table->item(cursor).component != 1) {
    // The last of several pieces; the chunk begins with the first.
    table->find(key, cursor);
    key = table->item(cursor).key;
  }
  later.resize(size);
  uint32_t first = 0;
  if (key.size() > size && key.substr(0, size) == later) {
    Unpacker unpacker(key.substr(size));
    first = unpacker.sorted();
    if (first > wanted) Unpacker::damaged();
    read_chunk(table->tag(cursor, buffer), first);
    if (document < before && chunk_last < before) Unpacker::damaged();
  } else if (key == std::string_view(name)) {
    // No other chunk begins before it: the first, where it stands, ends before it.
    table->tag(cursor, buffer);
    at = end;
    chunk_last = document = before;
  } else {
    Unpacker::damaged();
  }
  if (wanted > chunk_last) {
    document = std::max(document, before);
    at = end;
    next_chunk();
  }
  return document != 0;
}

}  // namespace cx
