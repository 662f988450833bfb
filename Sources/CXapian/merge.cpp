// Runs, and what a database holds already, to a database.
#include <algorithm>
#include <exception>
#include <sys/stat.h>
#include <thread>

#include "bytes.hpp"
#include "lists.hpp"
#include "run.hpp"
#include "together.hpp"
#include "values.hpp"

namespace cx {
namespace {

/// Xapian would compress longer tags; what is stored is compressed already.
constexpr uint32_t never_compress = 0;

/// What is known of a slot's values.
struct Bounds {
  uint32_t documents = 0;
  std::string least;
  std::string most;

  void add(uint32_t count, std::string_view low, std::string_view high) {
    if (least.empty() || low < least) least = low;
    if (most.empty() || high > most) most = high;
    documents += count;
  }
};

/// Where a run has a slot's values.
struct RunSlot {
  size_t run;
  uint64_t place;
  uint64_t size;
};

// MARK: The table of postings

class PostingsMerge {
  const std::vector<std::unique_ptr<RunFile>> &runs;
  const std::vector<uint32_t> &offsets;
  const Removed &removed;
  TableReader *const base;
  const Xapian::Database &database;
  TableWriter table;
  DatabaseVersion &version;
  bool has_base;
  std::map<uint32_t, Bounds> bounds;
  std::map<std::string, std::vector<RunSlot>> slots;
  PostingList list;
  Deflater deflater;
  const uint32_t compress_from;
  std::string key;

 public:
  PostingsMerge(const std::string &path, TableReader *base, const Xapian::Database &database,
                const std::vector<std::unique_ptr<RunFile>> &runs, const std::vector<uint32_t> &offsets,
                const Removed &removed, uint32_t compress_from, DatabaseVersion &version)
      : runs(runs), offsets(offsets), removed(removed), base(base), database(database), table(path, never_compress),
        version(version), has_base(base && base->next()), compress_from(compress_from) {}

  TableRoot run() {
    metadata();
    read_slots();
    write_bounds();
    values();
    lengths();
    terms();
    return table.finish();
  }

 private:
  void next_base() { has_base = base->next(); }
  bool base_is(std::string_view start) const { return has_base && begins(base->key(), start); }

  void metadata() {
    Together<RunMetadata> named(runs, offsets);
    while (base_is(metadata_key) || !named.current.empty()) {
      int order = 1;
      if (!base_is(metadata_key)) order = -1;
      else if (!named.current.empty())
        order = -std::string_view(base->key()).substr(metadata_key.size()).compare(named.current[0]->name);
      // Below 0: the runs' comes first. What is newer stands for what was.
      if (order >= 0 && (named.current.empty() || order > 0)) {
        table.add(base->key(), base->tag(), base->is_compressed());
        next_base();
        continue;
      }
      const RunMetadata &newest = *named.current.back();
      if (order == 0) next_base();
      if (!newest.value.empty() && newest.name != dictionary_key) {
        key = metadata_key;
        key += newest.name;
        table.add(key, newest.value);
      }
      named.next();
    }
  }

  /// Which slots there are, and what the database knew of their values.
  void read_slots() {
    while (base_is(bounds_key)) {
      const std::string_view digits = std::string_view(base->key()).substr(bounds_key.size());
      if (digits.size() > 4) Unpacker::damaged();
      uint32_t slot = 0;
      for (size_t i = digits.size(); i > 0; --i) slot = slot << 8 | uint8_t(digits[i - 1]);
      Unpacker unpacker(base->tag());
      const auto count = unpacker.number<uint32_t>();
      const std::string_view least = unpacker.text();
      const std::string_view most = unpacker.rest();
      bounds[slot].add(count, least, most.empty() ? least : most);
      next_base();
    }
    for (size_t i = 0; i < runs.size(); ++i) {
      RunPart part(runs[i]->file, runs[i]->head.slots, runs[i]->head.values);
      uint64_t place = runs[i]->head.values;
      while (!part.done()) {
        const auto slot = part.number<uint32_t>();
        const auto count = part.number<uint32_t>();
        const std::string least(part.text());
        bounds[slot].add(count, least, part.text());
        const auto size = part.number<uint64_t>();
        std::string start(values_key);
        pack(start, slot);
        slots[start].push_back({i, place, size});
        place += size;
      }
    }
  }

  /// Bounds stand before values; how many values go is counted before.
  void write_bounds() {
    std::map<std::string, const Bounds *> ordered;
    for (auto &entry : bounds) {
      Bounds &known = entry.second;
      known.documents -= std::min(known.documents, removed_values(entry.first));
      if (known.documents == 0) continue;
      std::string name(bounds_key);
      pack_last(name, entry.first);
      ordered[name] = &known;
    }
    std::string tag;
    for (const auto &entry : ordered) {
      tag.clear();
      pack(tag, entry.second->documents);
      pack_text(tag, entry.second->least);
      if (entry.second->most != entry.second->least) tag += entry.second->most;
      table.add(entry.first, tag);
    }
  }

  uint32_t removed_values(uint32_t slot) const {
    if (removed.documents.empty()) return 0;
    uint32_t count = 0;
    const auto end = database.valuestream_end(slot);
    auto value = database.valuestream_begin(slot);
    for (const uint32_t document : removed.documents) {
      if (value == end) break;
      value.skip_to(document);
      if (value != end && value.get_docid() == document) ++count;
    }
    return count;
  }

  void values() {
    while (base_is(values_key) || !slots.empty()) {
      // The slots of the database stand in the same order.
      std::string start;
      if (base_is(values_key)) {
        Unpacker unpacker(std::string_view(base->key()).substr(values_key.size()));
        start = values_key;
        pack(start, unpacker.number<uint32_t>());
        if (!base_is(start)) Unpacker::damaged();
      }
      if (start.empty() || (!slots.empty() && slots.begin()->first < start)) start = slots.begin()->first;
      Unpacker unpacker(std::string_view(start).substr(values_key.size()));
      const bool is_packed = unpacker.number<uint32_t>() >= compress_from;
      ValueList values(table, start, is_packed ? &deflater : nullptr);
      base_values(values, start);
      const auto ours = slots.find(start);
      if (ours != slots.end()) {
        for (const RunSlot &slot : ours->second) run_values(values, slot);
        slots.erase(ours);
      }
      values.write();
    }
  }

  void base_values(ValueList &values, const std::string &start) {
    uint32_t first = 0;
    std::string held;
    bool is_compressed = false;
    while (true) {
      const bool is_next = base_is(start);
      uint32_t next = UINT32_MAX;
      if (is_next) {
        Unpacker unpacker(std::string_view(base->key()).substr(start.size()));
        next = unpacker.sorted();
      }
      if (first > 0) {
        const bool is_changed = removed.any(first, next - 1);
        const bool is_read = is_compressed && (is_changed || !is_next);
        const std::string &bytes = is_read ? held = inflate(held) : held;
        // The last is gone on with where it has room.
        if (is_changed || (!is_next && values.has_room(bytes.size(), is_compressed))) {
          each_value(first, bytes, [&](uint32_t document, std::string_view value) {
            if (!removed.has(document)) values.add(document, value);
          });
        } else {
          values.copy(first, bytes, is_compressed && !is_read);
        }
      }
      if (!is_next) return;
      first = next;
      held = base->tag();
      is_compressed = base->is_compressed();
      next_base();
    }
  }

  void run_values(ValueList &values, const RunSlot &slot) {
    RunPart part(runs[slot.run]->file, slot.place, slot.place + slot.size);
    uint32_t document = offsets[slot.run];
    while (!part.done()) {
      document += part.number<uint32_t>() + 1;
      values.add(document, part.text());
    }
  }

  void lengths() {
    list.clear();
    uint32_t count = 0;
    const auto add = [&](uint32_t document, uint32_t length) {
      list.add(document, length);
      ++count;
      if (length > 0)
        version.least_length = version.least_length == 0 ? length : std::min(version.least_length, length);
      version.most_length = std::max(version.most_length, length);
      version.total_length += length;
    };
    while (base_is(lengths_key)) {
      Unpacker numbers(std::string_view(base->key()).substr(lengths_key.size()));
      const Chunk chunk = read_chunk(numbers.done() ? 0 : numbers.sorted());
      each_posting(chunk.first, chunk.entries, [&](uint32_t document, uint32_t length) {
        if (!removed.has(document)) add(document, length);
      });
      next_base();
    }
    for (size_t i = 0; i < runs.size(); ++i) {
      RunPart part(runs[i]->file, runs[i]->head.lengths, runs[i]->head.terms);
      for (uint32_t document = offsets[i] + 1; !part.done(); ++document) add(document, part.number<uint32_t>());
      version.most_weight = std::max(version.most_weight, runs[i]->head.most_weight);
    }
    version.documents = count;
    list.write(table, std::string_view());
  }

  /// The chunk at which the database stands. `first` is 0 for the first of a list, which tells how many there are.
  Chunk read_chunk(uint32_t first) {
    Unpacker unpacker(base->tag());
    if (first == 0) {
      list.documents += unpacker.number<uint32_t>();
      list.weight += unpacker.number<uint64_t>();
      first = unpacker.number<uint32_t>() + 1;
    }
    unpacker.byte();
    const uint32_t last = first + unpacker.number<uint32_t>();
    return {first, last, std::string(unpacker.rest())};
  }

  void terms() {
    Together<RunTerms> named(runs, offsets);
    std::string name;
    while (has_base || !named.current.empty()) {
      list.clear();
      if (has_base) {
        Unpacker unpacker(base->key());
        unpacker.name(name);
      }
      const int order = !has_base ? 1 : named.current.empty() ? -1 : name.compare(named.current[0]->name);
      if (order > 0) name = named.current[0]->name;
      if (order <= 0) base_postings(name);
      if (order >= 0) {
        for (const RunTerms *term : named.current) {
          list.documents += term->documents;
          list.weight += term->weight;
          run_postings(*term);
        }
        named.next();
      }
      if (!list.is_empty()) list.write(table, name);
    }
  }

  void base_postings(const std::string &name) {
    std::string other;
    while (has_base) {
      Unpacker unpacker(base->key());
      unpacker.name(other);
      if (other != name) return;
      const Chunk chunk = read_chunk(unpacker.done() ? 0 : unpacker.sorted());
      next_base();
      if (!removed.any(chunk.first, chunk.last)) {
        list.add(chunk.first, chunk.last, chunk.entries);
        continue;
      }
      each_posting(chunk.first, chunk.entries, [&](uint32_t document, uint32_t weight) {
        if (!removed.has(document)) return list.add(document, weight);
        --list.documents;
        list.weight -= weight;
      });
    }
  }

  /// Of a long list, as many documents as fit are taken at once.
  void run_postings(const RunTerms &term) {
    if (term.postings.size() <= chunk_size) return list.add(term.first, term.last, term.postings);
    each_posting(term.first, term.postings, [&](uint32_t document, uint32_t weight) { list.add(document, weight); });
  }
};

// MARK: The table of data

TableRoot merge_data(const std::string &path, TableReader *base, const std::vector<std::unique_ptr<RunFile>> &runs,
                     const std::vector<uint32_t> &offsets, const Removed &removed) {
  TableWriter table(path, never_compress);
  while (base && base->next()) {
    Unpacker unpacker(base->key());
    if (!removed.has(unpacker.sorted())) table.add(base->key(), base->tag(), base->is_compressed());
  }
  std::string key;
  for (size_t i = 0; i < runs.size(); ++i) {
    RunPart part(runs[i]->file, runs[i]->head.data, runs[i]->head.end);
    for (uint32_t document = offsets[i] + 1; !part.done(); ++document) {
      const std::string_view stored = part.text();
      if (stored.empty()) continue;
      key.clear();
      pack_sorted(key, document);
      table.add(key, stored);
    }
  }
  return table.finish();
}

// MARK: The file of documents

/// The dictionary of what is merged. Records of two cannot stand in one database.
std::string find_dictionary(std::string_view base, const std::vector<std::unique_ptr<RunFile>> &runs,
                            const std::vector<uint32_t> &offsets) {
  std::string found(base);
  for (Together<RunMetadata> named(runs, offsets); !named.current.empty(); named.next()) {
    if (named.current[0]->name > dictionary_key) break;
    if (named.current[0]->name != dictionary_key) continue;
    for (const RunMetadata *one : named.current) {
      if (found.empty()) found = one->value;
      if (one->value != found) throw Xapian::InvalidArgumentError("what is merged has different dictionaries");
    }
  }
  return found;
}

/// Documents by their content.
using Contents = std::vector<std::pair<uint64_t, uint32_t>>;

/// Notes which documents have the same content; returns how many different ones there are.
uint32_t join(Contents &contents, std::vector<DocumentFile::Entry> &entries) {
  std::sort(contents.begin(), contents.end());
  uint32_t different = 0;
  for (size_t i = 0, end; i < contents.size(); ++different) {
    const auto [content, first] = contents[i];
    for (end = i + 1; content != 0 && end < contents.size() && contents[end].first == content;) ++end;
    for (; i < end; ++i) {
      DocumentFile::Entry &entry = entries[contents[i].second];
      entry.first = first;
      entry.next = i + 1 < end ? contents[i + 1].second : first;
    }
  }
  return different;
}

void merge_kept(const std::string &folder, const std::string &base_folder, uint32_t base_last,
                const std::vector<std::unique_ptr<RunFile>> &runs, const std::vector<uint32_t> &offsets,
                const Removed &removed, uint32_t last) {
  std::unique_ptr<const DocumentFile> base;
  if (!base_folder.empty()) base = std::make_unique<const DocumentFile>(base_folder + DocumentFile::name);
  const std::string dictionary = find_dictionary(base ? base->dictionary() : std::string_view(), runs, offsets);
  File file(folder + DocumentFile::name, File::writing);
  std::string bytes(DocumentFile::start(last), 0);
  bytes += dictionary;
  std::vector<uint64_t> places(last / DocumentFile::group + 1);
  std::vector<DocumentFile::Entry> entries(size_t(last) + 1);
  Contents contents;
  KeptWriter writer;
  uint64_t written = 0;
  const auto note = [&](uint32_t document) {
    const uint64_t place = written + bytes.size();
    uint64_t &first = places[document / DocumentFile::group];
    if (document % DocumentFile::group == 0) first = place;
    if (place - first > UINT32_MAX) throw Xapian::DatabaseError("the positions of some documents take too much room");
    entries[document].place = uint32_t(place - first);
  };
  const auto add = [&](uint32_t document, const Kept &kept, uint32_t length) {
    note(document);
    writer.write(bytes, document, kept);
    entries[document].length = length;
    contents.emplace_back(kept.content, document);
    if (bytes.size() < (1 << 20)) return;
    file.write(bytes.data(), bytes.size());
    written += bytes.size();
    bytes.clear();
  };
  const auto add_none = [&](uint32_t document) {
    note(document);
    pack_text(bytes, {});
  };
  add_none(0);
  uint32_t document = 0;
  while (document < base_last) {
    ++document;
    // What has no content is none: a number may have been free before.
    if (removed.has(document) || base->entry(document).first == 0) add_none(document);
    else add(document, base->kept(document), base->length(document));
  }
  std::string words;
  std::string path;
  for (const auto &run : runs) {
    RunPart part(run->file, run->head.kept, run->head.data);
    RunPart lengths(run->file, run->head.lengths, run->head.terms);
    while (!part.done()) {
      Kept kept;
      kept.words = words = part.text();
      if (part.number<uint32_t>() == 0) path = part.text();
      kept.path = path;
      kept.line = part.number<uint32_t>();
      kept.content = Unpacker(part.take(sizeof kept.content)).whole();
      add(++document, kept, lengths.number<uint32_t>());
    }
  }
  file.write(bytes.data(), bytes.size());
  DocumentFile::Head head;
  head.last = last;
  head.dictionary = uint32_t(dictionary.size());
  head.documents = uint32_t(contents.size());
  head.contents = join(contents, entries);
  file.write_at(&head, sizeof head, 0);
  file.write_at(places.data(), places.size() * sizeof(uint64_t), sizeof head);
  file.write_at(entries.data(), entries.size() * sizeof(DocumentFile::Entry), DocumentFile::entries(last));
  file.begin_sync();
  file.close();
}

void merge(const std::string &base_folder, const Removed &removed, const std::vector<std::string> &paths,
           const std::string &folder, uint32_t compress_from) {
  DatabaseVersion version;
  std::unique_ptr<TableReader> postings;
  std::unique_ptr<TableReader> data;
  Xapian::Database database;
  uint32_t base_last = 0;
  if (!base_folder.empty()) {
    const DatabaseVersion base = DatabaseVersion::read(base_folder);
    if (!removed.documents.empty()) database = Xapian::Database(base_folder);
    version.last_document = base_last = base.last_document;
    version.most_weight = base.most_weight;
    const auto open = [&](DatabaseVersion::Table table, const char *name) {
      if (base.roots[table].is_empty) return std::unique_ptr<TableReader>();
      return std::make_unique<TableReader>(base_folder + name, base.roots[table]);
    };
    postings = open(DatabaseVersion::postings, "/postlist.glass");
    data = open(DatabaseVersion::data, "/docdata.glass");
  }
  std::vector<std::unique_ptr<RunFile>> runs;
  std::vector<uint32_t> offsets;
  for (const std::string &path : paths) {
    runs.push_back(std::make_unique<RunFile>(path));
    offsets.push_back(version.last_document);
    if (runs.back()->head.documents > UINT32_MAX - version.last_document)
      throw Xapian::DatabaseError("the numbers of documents are used up");
    version.last_document += runs.back()->head.documents;
  }
  if (::mkdir(folder.c_str(), 0777) < 0) throw Xapian::DatabaseCreateError("cannot make " + folder, errno);
  const uint32_t last_document = version.last_document;
  std::exception_ptr failure;
  std::thread other([&] {
    try {
      version.roots[DatabaseVersion::data] =
          merge_data(folder + "/docdata.glass", data.get(), runs, offsets, removed);
      merge_kept(folder, base_folder, base_last, runs, offsets, removed, last_document);
    } catch (...) {
      failure = std::current_exception();
    }
  });
  try {
    version.roots[DatabaseVersion::postings] =
        PostingsMerge(folder + "/postlist.glass", postings.get(), database, runs, offsets, removed, compress_from, version)
            .run();
  } catch (...) {
    other.join();
    throw;
  }
  other.join();
  if (failure) std::rethrow_exception(failure);
  version.write(folder);
}

}  // namespace
}  // namespace cx

using namespace cx;

cx_status cx_merge(const char *base, const uint32_t *removed, size_t removed_count, const char *const *runs,
                   size_t count, const char *destination, uint32_t compress_from, cx_error *error) {
  return guard(error, [&] {
    std::vector<uint32_t> documents(removed, removed + removed_count);
    std::sort(documents.begin(), documents.end());
    documents.erase(std::unique(documents.begin(), documents.end()), documents.end());
    merge(base ? base : "", Removed(std::move(documents)), std::vector<std::string>(runs, runs + count), destination,
          compress_from);
  });
}
