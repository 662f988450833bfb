// The leanest program that writes an index like kbsearch's over the same sections: what indexing costs at the least.
//
//   lean-index SECTIONS FOLDER
//
// SECTIONS has a section a line: id, path, headings and text, parted by tabs (tabs and line ends of the text as spaces).
// Words as written with positions, a stem beside each that differs, the id and the path as terms, the text as data; shards
// of 1,000 sections, then compacted. One thread, no Unicode, no values.
#include <xapian.h>

#include <cstdio>
#include <fstream>
#include <string>
#include <unordered_map>
#include <vector>

static bool is_word(unsigned char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c >= 0x80;
}

struct Lean {
  Xapian::Stem stem{"english"};
  std::unordered_map<std::string, std::string> stems;
  std::string word;

  void text(Xapian::Document &document, const std::string &text, unsigned &position, unsigned wdf) {
    size_t at = 0;
    while (at < text.size()) {
      word.clear();
      for (; at < text.size(); ++at) {
        unsigned char c = text[at];
        if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
        if (!is_word(c)) break;
        if (word.size() < 120) word.push_back(char(c));
      }
      ++at;
      if (word.empty()) continue;
      document.add_posting(word, ++position, wdf);
      auto known = stems.find(word);
      if (known == stems.end()) known = stems.emplace(word, stem(word)).first;
      if (known->second != word) document.add_term("Z" + known->second, wdf);
    }
    position += 100;
  }
};

int main(int count, char **arguments) {
  if (count != 3) return std::fprintf(stderr, "usage: lean-index SECTIONS FOLDER\n"), 2;
  try {
    const std::string folder = arguments[2];
    std::ifstream input(arguments[1]);
    std::vector<std::string> shards;
    Xapian::WritableDatabase database;
    Lean lean;
    std::string line;
    for (size_t number = 0; std::getline(input, line); ++number) {
      if (number % 1000 == 0) {
        if (number > 0) database.commit();
        shards.push_back(folder + "/" + std::to_string(shards.size()));
        database = Xapian::WritableDatabase(shards.back(), Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_SYNC);
      }
      std::vector<std::string> fields;
      for (size_t start = 0; fields.size() < 3;) {
        const size_t end = line.find('\t', start);
        fields.push_back(line.substr(start, end - start));
        start = end + 1;
        if (fields.size() == 3) fields.push_back(line.substr(start));
      }
      Xapian::Document document;
      unsigned position = 0;
      lean.text(document, fields[2], position, 3);
      lean.text(document, fields[3], position, 1);
      document.add_boolean_term("Q" + fields[0]);
      document.add_boolean_term("P" + fields[1].substr(0, 180));
      document.set_data(line);
      database.add_document(document);
    }
    database.commit();
    database.close();
    Xapian::Database all;
    for (const std::string &shard : shards) all.add_database(Xapian::Database(shard));
    all.compact(folder + "/db");
    std::printf("%u\n", Xapian::Database(folder + "/db").get_doccount());
  } catch (const Xapian::Error &error) {
    return std::fprintf(stderr, "%s\n", error.get_description().c_str()), 1;
  }
}
