// The leanest program that runs a query on an index of kbsearch: what a search costs at the least.
//
//   raw-search DATABASE word ... [slot>=HEX]
//   raw-search --loop DATABASE ROUNDS
//
// Words are joined by AND, each as its stem and as written; `slot>=HEX` is a value range. Prints the
// number of matches and the sizes of ten documents. With `--loop`, serialised queries come on standard
// input, in hexadecimal, one a line; of each it prints the microseconds of its rounds, in ascending order. Phrases are
// told by kbsearch's own source of postings, which is compiled in.
#include <xapian.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <string>
#include <vector>

#include "positions.hpp"

static std::string unhex(const char *digits) {
  std::string bytes;
  for (; digits[0] && digits[1]; digits += 2) {
    unsigned value = 0;
    std::sscanf(digits, "%2x", &value);
    bytes.push_back(char(value));
  }
  return bytes;
}

static int loop(const char *path, int rounds) {
  Xapian::Database database(path);
  const auto positions = std::make_shared<cx::DocumentFiles>();
  positions->add(database, path);
  Xapian::Registry registry;
  registry.register_posting_source(cx::PhraseSource(positions, {}, 0));
  std::string line;
  while (std::getline(std::cin, line)) {
    const Xapian::Query query = Xapian::Query::unserialise(unhex(line.c_str()), registry);
    std::vector<double> times;
    for (int round = 0; round <= rounds; ++round) {
      const auto start = std::chrono::steady_clock::now();
      Xapian::Enquire enquire(database);
      enquire.set_query(query);
      enquire.set_weighting_scheme(Xapian::IneB2Weight(1));
      const Xapian::MSet matches = enquire.get_mset(0, 10);
      const std::chrono::duration<double, std::micro> taken = std::chrono::steady_clock::now() - start;
      // The first round warms up.
      if (round > 0) times.push_back(taken.count());
    }
    std::sort(times.begin(), times.end());
    for (double time : times) std::printf("%g ", time);
    std::printf("\n");
  }
  return 0;
}

int main(int count, char **arguments) {
  if (count < 3) return std::fprintf(stderr, "usage: raw-search DATABASE WORD ... [SLOT>=HEX]\n"), 2;
  try {
    if (count == 4 && std::strcmp(arguments[1], "--loop") == 0) return loop(arguments[2], std::atoi(arguments[3]));
    Xapian::Database database(arguments[1]);
    Xapian::Stem stem("english");
    std::vector<Xapian::Query> words;
    Xapian::Query filter;
    for (int i = 2; i < count; ++i) {
      if (const char *sign = std::strstr(arguments[i], ">=")) {
        filter = Xapian::Query(Xapian::Query::OP_VALUE_GE, Xapian::valueno(std::atoi(arguments[i])),
                               unhex(sign + 2));
        continue;
      }
      const std::string root = stem(arguments[i]);
      words.push_back(Xapian::Query(Xapian::Query::OP_SYNONYM, Xapian::Query(root),
                                    Xapian::Query("Z" + root)));
    }
    Xapian::Query query(Xapian::Query::OP_AND, words.begin(), words.end());
    if (!filter.empty()) query = Xapian::Query(Xapian::Query::OP_FILTER, query, filter);
    Xapian::Enquire enquire(database);
    enquire.set_weighting_scheme(Xapian::IneB2Weight(1));
    enquire.set_sort_by_relevance_then_value(0, false);
    enquire.set_query(query);
    const Xapian::MSet matches = enquire.get_mset(0, 10, database.get_doccount());
    std::printf("%u:", matches.get_matches_estimated());
    for (auto match = matches.begin(); match != matches.end(); ++match)
      std::printf(" %zu", match.get_document().get_data().size());
    std::printf("\n");
  } catch (const Xapian::Error &error) {
    return std::fprintf(stderr, "%s\n", error.get_description().c_str()), 1;
  }
}
