#include "positions.hpp"

#include <algorithm>
#include <cstring>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "packing.hpp"

namespace cx {
namespace {

/// Numbers that stand for no word: the next word stands further on, by the number that follows; it stands where the
/// one before it does.
constexpr uint64_t gap = 0;
constexpr uint64_t same_place = 1;
constexpr uint64_t first_word = 2;

/// Where documents usually begin.
constexpr uint32_t first_position = 1;

constexpr unsigned least_bits = 8;
constexpr unsigned most_bits = 56;
/// Up to so many, numbers are marked in a table.
constexpr unsigned table_bits = 20;
/// Factors that are tried before words get one more bit.
constexpr unsigned tries = 48;

/// SplitMix64 (Steele, Lea, Flood).
uint64_t factor_of(uint64_t seed) {
  uint64_t z = (seed + 1) * 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return (z ^ (z >> 31)) | 1;
}

/// Multiplicative hashing (Dietzfelbinger and others, 1997).
uint64_t code_of(uint64_t hash, uint64_t factor, unsigned bits) { return hash * factor >> (64 - bits); }

}  // namespace

/// The numbers of a document: all their lowest bytes, among which one is found quickly, then the bits above them.
class Codes {
  const uint8_t *low;
  const uint8_t *high;
  size_t high_size;
  unsigned high_bits;

 public:
  size_t count;
  uint64_t factor;
  unsigned bits;

  explicit Codes(std::string_view bytes) {
    Unpacker unpacker(bytes);
    bits = unpacker.byte();
    if (bits < least_bits || bits > most_bits) Unpacker::damaged();
    factor = factor_of(unpacker.byte());
    count = unpacker.number<uint32_t>();
    low = reinterpret_cast<const uint8_t *>(unpacker.take(count).data());
    high_bits = bits - 8;
    high_size = size_t((uint64_t(count) * high_bits + 7) / 8);
    high = reinterpret_cast<const uint8_t *>(unpacker.take(high_size).data());
  }

  static void write(std::string &bytes, const std::vector<uint64_t> &codes, unsigned bits) {
    pack(bytes, codes.size());
    for (const uint64_t code : codes) bytes.push_back(char(code));
    uint64_t held = 0;
    unsigned filled = 0;
    for (const uint64_t code : codes) {
      held |= code >> 8 << filled;
      filled += bits - 8;
      for (; filled >= 8; filled -= 8, held >>= 8) bytes.push_back(char(held));
    }
    if (filled > 0) bytes.push_back(char(held));
  }

  uint64_t operator[](size_t place) const {
    if (high_bits == 0) return low[place];
    const size_t bit = place * high_bits;
    const size_t byte = bit / 8;
    uint64_t word = 0;
    std::memcpy(&word, high + byte, std::min<size_t>(8, high_size - byte));
    return low[place] | (word >> (bit % 8) & ((uint64_t(1) << high_bits) - 1)) << 8;
  }

  /// Where a number stands from `place` on; `count` where it does not.
  size_t find(uint64_t code, size_t place) const {
    while (place < count) {
      const void *found = std::memchr(low + place, int(code & 0xff), count - place);
      if (!found) return count;
      place = size_t(static_cast<const uint8_t *>(found) - low);
      if ((*this)[place] == code) return place;
      ++place;
    }
    return count;
  }

  uint64_t of(uint64_t hash) const { return std::max(code_of(hash, factor, bits), first_word); }
};

uint64_t hash_of(std::string_view term) { return XXH3_64bits(term.data(), term.size()); }

bool PositionEncoder::tells_apart(const std::vector<uint64_t> &distinct, uint64_t factor, unsigned bits) {
  if (bits <= table_bits) {
    seen.assign((size_t(1) << bits) / 64 + 1, 0);
    for (const uint64_t hash : distinct) {
      const uint64_t code = code_of(hash, factor, bits);
      uint64_t &word = seen[code / 64];
      const uint64_t bit = uint64_t(1) << code % 64;
      if (code < first_word || word & bit) return false;
      word |= bit;
    }
    return true;
  }
  seen.clear();
  for (const uint64_t hash : distinct) seen.push_back(code_of(hash, factor, bits));
  std::sort(seen.begin(), seen.end());
  return seen.front() >= first_word && std::adjacent_find(seen.begin(), seen.end()) == seen.end();
}

std::string PositionEncoder::encode(const std::vector<Placed> &words, const std::vector<uint64_t> &distinct) {
  std::string bytes;
  if (words.empty()) return bytes;
  // With n words in a range of 2^b, a factor fits with a chance of about exp(-n²/2^(b+1)): one in 48 or better.
  const double pairs = double(distinct.size()) * double(distinct.size()) / 2;
  unsigned bits = least_bits;
  while (bits < most_bits && pairs > 3.9 * double(uint64_t(1) << bits)) ++bits;
  // Of many words each try costs more than the bits do.
  if (bits > table_bits) bits = std::min(bits + 3, most_bits);
  unsigned seed = 0;
  while (!tells_apart(distinct, factor_of(seed), bits)) {
    if (++seed < tries) continue;
    // Words with the same hash are never told apart: a chance of one in 2^64, or somebody's pains.
    if (bits == most_bits) break;
    seed = 0;
    ++bits;
  }
  const uint64_t factor = factor_of(seed);
  bytes.push_back(char(bits));
  bytes.push_back(char(seed));
  codes.clear();
  const uint64_t farthest = (uint64_t(1) << bits) - 1;
  uint64_t expected = first_position;
  for (const Placed &word : words) {
    if (word.position + 1 == expected) codes.push_back(same_place);
    while (word.position > expected) {
      const uint64_t step = std::min(word.position - expected, farthest);
      codes.push_back(gap);
      codes.push_back(step);
      expected += step;
    }
    codes.push_back(std::max(code_of(word.hash, factor, bits), first_word));
    expected = uint64_t(word.position) + 1;
  }
  Codes::write(bytes, codes, bits);
  return bytes;
}

// MARK: Phrases

PhraseMatcher::PhraseMatcher(const Xapian::Database &database, std::shared_ptr<const DocumentFile> file,
                             const std::vector<Part> &parts, uint32_t window)
    : database(database), file(std::move(file)), window(window) {
  for (const Part &part : parts) {
    this->parts.emplace_back();
    for (const std::string &term : part) this->parts.back().push_back({term, hash_of(term), {}});
    has_alternatives = has_alternatives || part.size() > 1;
  }
  places.resize(this->parts.size());
}

bool PhraseMatcher::matches(Xapian::docid document) {
  const std::string_view bytes = file->words(document);
  if (bytes.empty()) return false;
  const Codes codes(bytes);
  if (window == 0 && !has_alternatives) return stand_in_order(codes);
  std::vector<std::vector<const Word *>> words(parts.size());
  for (size_t i = 0; i < parts.size(); ++i)
    for (const Word &word : parts[i]) words[i].push_back(&word);
  if (!find_places(codes, words) || !stand_together()) return false;
  if (!has_alternatives) return true;
  // A word that is not in the document may have the number of one that is.
  for (size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].size() == 1) continue;
    words[i].clear();
    for (Word &word : parts[i])
      if (is_in(word, document)) words[i].push_back(&word);
  }
  return find_places(codes, words) && stand_together();
}

/// Whether the words stand side by side: from each place of the first, the others are looked for.
bool PhraseMatcher::stand_in_order(const Codes &codes) {
  numbers.clear();
  for (const auto &part : parts) numbers.push_back(codes.of(part[0].hash));
  const size_t count = numbers.size();
  for (size_t place = codes.find(numbers[0], 0); place < codes.count; place = codes.find(numbers[0], place + 1)) {
    // After a gap comes how far it goes.
    if (place > 0 && codes[place - 1] == gap) continue;
    size_t found = 1;
    uint64_t at = 1;
    for (size_t next = place + 1; next < codes.count; ++next) {
      const uint64_t code = codes[next];
      if (code == gap) {
        if (++next < codes.count) at += codes[next];
      } else if (code == same_place) {
        --at;
      } else {
        if (at >= count) break;
        // Several may stand at one place.
        if (at == found && code == numbers[at] && ++found == count) return true;
        if (++at > found + 1) break;
      }
    }
  }
  return false;
}

bool PhraseMatcher::is_in(Word &word, Xapian::docid document) {
  const auto end = database.postlist_end(word.term);
  if (!word.is_open) {
    word.documents = database.postlist_begin(word.term);
    word.is_open = true;
  }
  if (word.documents == end) return false;
  word.documents.skip_to(document);
  return word.documents != end && *word.documents == document;
}

/// Where the parts' words stand; false where one of them does not.
bool PhraseMatcher::find_places(const Codes &codes, const std::vector<std::vector<const Word *>> &words) {
  wanted.clear();
  for (size_t i = 0; i < words.size(); ++i) {
    places[i].clear();
    for (const Word *word : words[i])
      wanted.emplace_back(codes.of(word->hash), uint32_t(i));
  }
  const bool is_long = wanted.size() > 8;
  if (is_long) std::sort(wanted.begin(), wanted.end());
  uint32_t position = first_position;
  for (size_t place = 0; place < codes.count; ++place) {
    const uint64_t code = codes[place];
    if (code == gap) {
      if (++place < codes.count) position += uint32_t(codes[place]);
      continue;
    }
    if (code == same_place) {
      --position;
      continue;
    }
    auto found = is_long ? std::lower_bound(wanted.begin(), wanted.end(), std::make_pair(code, uint32_t(0)))
                         : wanted.begin();
    for (; found != wanted.end(); ++found) {
      if (found->first == code) {
        auto &list = places[found->second];
        if (list.empty() || list.back() != position) list.push_back(position);
      } else if (is_long) {
        break;
      }
    }
    ++position;
  }
  for (const auto &list : places)
    if (list.empty()) return false;
  return true;
}

bool PhraseMatcher::stand_together() { return window == 0 ? stand_side_by_side() : stand_near(); }

bool PhraseMatcher::stand_side_by_side() const {
  for (const uint32_t first : places[0]) {
    size_t i = 1;
    while (i < places.size() && std::binary_search(places[i].begin(), places[i].end(), first + uint32_t(i))) ++i;
    if (i == places.size()) return true;
  }
  return false;
}

/// Whether each part has a position of its own within some window.
bool PhraseMatcher::stand_near() {
  const size_t count = places.size();
  std::vector<uint32_t> starts;
  for (const auto &list : places) starts.insert(starts.end(), list.begin(), list.end());
  std::sort(starts.begin(), starts.end());
  starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
  std::vector<size_t> firsts(count);
  for (const uint32_t start : starts) {
    const uint64_t limit = uint64_t(start) + window;
    bool have_all = true;
    for (size_t i = 0; i < count; ++i) {
      const auto &list = places[i];
      while (firsts[i] < list.size() && list[firsts[i]] < start) ++firsts[i];
      if (firsts[i] == list.size()) return false;
      have_all = have_all && list[firsts[i]] < limit;
    }
    if (have_all && have_own_places(firsts, limit)) return true;
  }
  return false;
}

/// Matches parts with different positions below a limit along augmenting paths (Kuhn, 1955).
bool PhraseMatcher::have_own_places(const std::vector<size_t> &firsts, uint64_t limit) const {
  std::vector<std::pair<uint32_t, size_t>> owners;
  std::vector<uint32_t> visited;
  const auto place = [&](const auto &self, size_t part) -> bool {
    for (size_t i = firsts[part]; i < places[part].size() && places[part][i] < limit; ++i) {
      const uint32_t position = places[part][i];
      if (std::find(visited.begin(), visited.end(), position) != visited.end()) continue;
      visited.push_back(position);
      const auto owner = std::find_if(owners.begin(), owners.end(),
                                      [&](const auto &known) { return known.first == position; });
      if (owner == owners.end()) {
        owners.emplace_back(position, part);
        return true;
      }
      const size_t index = size_t(owner - owners.begin());
      if (self(self, owners[index].second)) {
        owners[index].second = part;
        return true;
      }
    }
    return false;
  };
  for (size_t part = 0; part < places.size(); ++part) {
    visited.clear();
    if (!place(place, part)) return false;
  }
  return true;
}

// MARK: As a source

void PhraseSource::init(const Xapian::Database &database) {
  at = 0;
  last = database.get_lastdocid();
  most = database.get_doccount();
  matcher = std::make_unique<PhraseMatcher>(database, files->of(database), parts, window);
}

bool PhraseSource::check(Xapian::docid document, double) {
  at = std::max(document, at);
  return at_end() || matcher->matches(at);
}

void PhraseSource::move(Xapian::docid document) {
  while (document <= last && !matcher->matches(document)) ++document;
  at = document;
}

std::string PhraseSource::serialise() const {
  std::string bytes;
  pack(bytes, window);
  pack(bytes, parts.size());
  for (const PhraseMatcher::Part &part : parts) {
    pack(bytes, part.size());
    for (const std::string &term : part) pack_text(bytes, term);
  }
  return bytes;
}

Xapian::PostingSource *PhraseSource::unserialise(const std::string &bytes) const {
  Unpacker unpacker(bytes);
  const auto window = unpacker.number<uint32_t>();
  std::vector<PhraseMatcher::Part> parts(unpacker.number<uint16_t>());
  for (PhraseMatcher::Part &part : parts) {
    const auto count = unpacker.number<uint32_t>();
    for (uint32_t i = 0; i < count; ++i) part.emplace_back(unpacker.text());
  }
  return new PhraseSource(files, std::move(parts), window);
}

}  // namespace cx
