#include "run.hpp"

#include <algorithm>
#include <cstring>

#include "bytes.hpp"

namespace cx {
namespace {

/// Most bytes of a term in a table's key: a zero byte counts twice, and a document's number comes after it.
constexpr size_t longest_name = 245;
/// Most bytes of the bounds that are told of a slot's values.
constexpr size_t longest_bound = 64;
/// Slots that documents may use.
constexpr uint32_t most_slots = 1 << 24;

/// Walks over a block's entries.
template <typename Body>
void each_entry(const uint8_t *block, size_t size, Body body) {
  const uint8_t *at = block;
  const uint8_t *end = block + size;
  while (at != end) {
    cx_entry_head head;
    if (size_t(end - at) < sizeof head) throw Malformed("the bytes end inside a value");
    std::memcpy(&head, at, sizeof head);
    at += sizeof head;
    if (size_t(end - at) < head.size) throw Malformed("the bytes end inside a value");
    body(head, std::string_view(reinterpret_cast<const char *>(at), head.size));
    at += head.size;
  }
}

void check(const cx_entry_head &head, std::string_view bytes) {
  switch (head.kind) {
    case CX_DATA:
    case CX_PLACE: return;
    case CX_CONTENT:
      if (bytes.size() != sizeof(uint64_t)) throw Malformed("the hash of a content does not have 8 bytes");
      return;
    case CX_VALUE:
      if (head.number >= most_slots) throw Malformed("a slot has too high a number");
      return;
    case CX_POSTING:
    case CX_WEIGHTED:
    case CX_BARE: {
      if (bytes.empty()) throw Malformed("a term is empty");
      const size_t zeros = bytes.size() * 2 > longest_name ? size_t(std::count(bytes.begin(), bytes.end(), 0)) : 0;
      if (bytes.size() + zeros > longest_name) throw Malformed("a term is longer than 245 bytes");
      return;
    }
    default: throw Malformed("a document has an entry of no known kind");
  }
}

}  // namespace

Run::Run(std::shared_ptr<Dictionary> dictionary) : places(1 << 12), dictionary(std::move(dictionary)) {}

// MARK: Terms

Run::Term &Run::term(std::string_view name) {
  const uint64_t hash = hash_of(name);
  size_t place = hash & (places.size() - 1);
  while (const uint32_t number = places[place]) {
    Term &known = terms[number - 1];
    if (known.hash == hash && known.size == name.size() &&
        std::memcmp(names.data() + known.name, name.data(), name.size()) == 0)
      return known;
    place = (place + 1) & (places.size() - 1);
  }
  terms.push_back({hash, names.size(), uint16_t(name.size())});
  names.append(name);
  places[place] = uint32_t(terms.size());
  if (terms.size() * 2 > places.size()) enlarge();
  return terms.back();
}

void Run::enlarge() {
  places.assign(places.size() * 2, 0);
  for (size_t i = 0; i < terms.size(); ++i) {
    size_t place = terms[i].hash & (places.size() - 1);
    while (places[place]) place = (place + 1) & (places.size() - 1);
    places[place] = uint32_t(i + 1);
  }
}

void Run::settle(Term &term) {
  if (term.current == 0) return;
  if (term.documents++ == 0) term.first = term.current;
  else pack(term.postings, term.current - term.last - 1);
  pack(term.postings, term.weight);
  term.last = term.current;
  term.total += term.weight;
  term.current = 0;
}

void Run::post(std::string_view name, uint32_t weight, const uint32_t *position) {
  Term &known = term(name);
  if (known.current == documents) {
    known.weight += weight;
  } else {
    settle(known);
    known.current = documents;
    known.weight = weight;
  }
  most_weight = std::max(most_weight, known.weight);
  if (!position) return;
  words.push_back({*position, known.hash});
  if (known.placed == documents) return;
  known.placed = documents;
  distinct.push_back(known.hash);
}

// MARK: Documents

uint32_t Run::add(const uint8_t *block, size_t size) {
  each_entry(block, size, check);
  ++documents;
  words.clear();
  distinct.clear();
  uint64_t length = 0;
  std::string_view stored;
  Kept rest;
  each_entry(block, size, [&](const cx_entry_head &head, std::string_view bytes) {
    switch (head.kind) {
      case CX_DATA: stored = bytes; break;
      case CX_PLACE:
        rest.path = bytes;
        rest.line = head.number;
        break;
      case CX_CONTENT: std::memcpy(&rest.content, bytes.data(), bytes.size()); break;
      case CX_VALUE: add_value(head.number, bytes); break;
      case CX_POSTING:
        post(bytes, head.wdf, &head.number);
        length += head.wdf;
        break;
      case CX_WEIGHTED:
        post(bytes, head.wdf, nullptr);
        length += head.wdf;
        break;
      default: post(bytes, 0, nullptr);
    }
  });
  keep(rest);
  data.append(stored);
  data_sizes.push_back(stored.size());
  const auto told = uint32_t(std::min<uint64_t>(length, UINT32_MAX));
  pack(lengths, told);
  if (told > 0) least_length = least_length == 0 ? told : std::min(least_length, told);
  most_length = std::max(most_length, told);
  total_length += told;
  return documents;
}

void Run::keep(Kept document) {
  const auto before = [](const Placed &a, const Placed &b) { return a.position < b.position; };
  if (!std::is_sorted(words.begin(), words.end(), before)) {
    std::sort(words.begin(), words.end(), [](const Placed &a, const Placed &b) {
      return std::pair(a.position, a.hash) < std::pair(b.position, b.hash);
    });
  }
  const std::string encoded = encoder.encode(words, distinct);
  document.words = encoded;
  keeping.write(kept, documents, document);
}

void Run::add_value(uint32_t number, std::string_view value) {
  if (value.empty()) return;
  Slot &slot = slots[number];
  if (slot.last == documents) {
    // The later value of two counts.
    slot.values.resize(slot.start);
    slot.last = slot.before;
    --slot.documents;
  }
  note_bounds(slot, value);
  ++slot.documents;
  slot.start = slot.values.size();
  pack(slot.values, documents - slot.last - 1);
  pack_text(slot.values, value);
  slot.before = slot.last;
  slot.last = documents;
}

void Run::note_bounds(Slot &slot, std::string_view value) {
  const bool is_first = slot.least.empty();
  const std::string_view bound = value.substr(0, longest_bound);
  if (is_first || bound < slot.least) slot.least = bound;
  if (!is_first && bound < slot.most) return;
  slot.most = bound;
  // What is cut is less than what is 0xff from there on.
  if (bound.size() < value.size()) slot.most.push_back('\xff');
}

void Run::set_metadata(std::string_view key, std::string_view value) {
  if (key.empty() || key.size() > longest_name) throw Malformed("a key is empty or too long");
  metadata.insert_or_assign(std::string(key), std::string(value));
}

// MARK: The file

std::string_view Run::name_of(const Term &term) const {
  return std::string_view(names).substr(term.name, term.size);
}

/// The numbers of the terms, in the order of their names.
std::vector<uint32_t> Run::ordered() const {
  // The first eight bytes of a name as a number: most names differ there.
  std::vector<std::pair<uint64_t, uint32_t>> order;
  order.reserve(terms.size());
  for (size_t i = 0; i < terms.size(); ++i) {
    uint64_t start = 0;
    const std::string_view name = name_of(terms[i]);
    std::memcpy(&start, name.data(), std::min(name.size(), sizeof start));
    order.emplace_back(__builtin_bswap64(start), uint32_t(i));
  }
  std::sort(order.begin(), order.end(), [&](const auto &a, const auto &b) {
    if (a.first != b.first) return a.first < b.first;
    return name_of(terms[a.second]) < name_of(terms[b.second]);
  });
  std::vector<uint32_t> numbers;
  numbers.reserve(order.size());
  for (const auto &entry : order) numbers.push_back(entry.second);
  return numbers;
}

void Run::write(const std::string &path) {
  std::vector<std::string_view> records;
  records.reserve(data_sizes.size());
  size_t start = 0;
  for (const size_t size : data_sizes) {
    records.push_back(std::string_view(data).substr(start, size));
    start += size;
  }
  dictionary->settle(records);
  if (!records.empty() && !dictionary->bytes().empty()) set_metadata(dictionary_key, dictionary->bytes());
  File file(path, File::writing);
  RunHead head;
  head.documents = documents;
  head.least_length = least_length;
  head.most_length = most_length;
  head.most_weight = most_weight;
  head.total_length = total_length;
  std::string bytes(sizeof head, 0);
  uint64_t place = 0;
  const auto flush = [&](size_t most) {
    if (bytes.size() <= most) return;
    file.write(bytes.data(), bytes.size());
    place += bytes.size();
    bytes.clear();
  };
  constexpr size_t piece = 1 << 18;

  head.metadata = place + bytes.size();
  for (const auto &entry : metadata) {
    pack_text(bytes, entry.first);
    pack_text(bytes, entry.second);
    flush(piece);
  }
  head.slots = place + bytes.size();
  for (const auto &entry : slots) {
    pack(bytes, entry.first);
    pack(bytes, entry.second.documents);
    pack_text(bytes, entry.second.least);
    pack_text(bytes, entry.second.most);
    pack(bytes, entry.second.values.size());
  }
  head.values = place + bytes.size();
  for (const auto &entry : slots) {
    bytes += entry.second.values;
    flush(piece);
  }
  head.lengths = place + bytes.size();
  bytes += lengths;
  flush(piece);

  head.terms = place + bytes.size();
  for (const uint32_t number : ordered()) {
    Term &term = terms[number];
    settle(term);
    pack_text(bytes, name_of(term));
    pack(bytes, term.documents);
    pack(bytes, term.total);
    pack(bytes, term.first);
    pack(bytes, term.last);
    pack_text(bytes, term.postings);
    flush(piece);
  }
  head.kept = place + bytes.size();
  flush(0);
  file.write(kept.data(), kept.size());
  place += kept.size();
  head.data = place;
  RecordEncoder compressor(*dictionary);
  for (const std::string_view record : records) {
    pack_text(bytes, compressor.encode(record));
    flush(piece);
  }
  flush(0);
  head.end = place;
  file.write_at(&head, sizeof head, 0);
  file.close();
}

RunFile::RunFile(const std::string &path) : file(path, File::reading) {
  if (file.read(&head, sizeof head, 0) != sizeof head) Unpacker::damaged();
}

void RunPart::fill(size_t size) {
  constexpr size_t usual = 1 << 16;
  buffer.erase(0, at);
  at = 0;
  const size_t held = buffer.size();
  const auto left = size_t(end - place);
  if (held + left < size) Unpacker::damaged();
  const size_t more = std::min(left, std::max(usual, size - held));
  buffer.resize(held + more);
  if (file.read(&buffer[held], more, place) != more) Unpacker::damaged();
  place += more;
}

}  // namespace cx
