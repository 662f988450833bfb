// One search, one block of results.
#include <memory>

#include "bytes.hpp"

using namespace cx;

namespace {

void set_weighting(Xapian::Enquire &enquire, const cx_request &request) {
  const double *p = request.parameters;
  switch (request.weighting) {
    case CX_BM25:
      return enquire.set_weighting_scheme(Xapian::BM25Weight(p[0], p[1], p[2], p[3], p[4]));
    case CX_INEB2: return enquire.set_weighting_scheme(Xapian::IneB2Weight(p[0]));
    case CX_BOOLEAN: return enquire.set_weighting_scheme(Xapian::BoolWeight());
  }
  throw Malformed("there is no such weighting");
}

Xapian::Query query_of(cx_database &database, const cx_request &request) {
  if (request.weighting == CX_INEB2)
    return build_weighed_query(request.program, request.program_size, &database, request.parameters[0]);
  return build_query(request.program, request.program_size, &database, request.weighting != CX_BOOLEAN);
}

/// Above every value that the index holds.
const std::string after_all(8, '\xff');

void set_order(Xapian::Enquire &enquire, Xapian::MultiValueKeyMaker &keys,
               const cx_request &request) {
  switch (request.order) {
    case CX_BY_RELEVANCE: return enquire.set_sort_by_relevance();
    case CX_BY_RELEVANCE_THEN_VALUE:
      if (request.order_count != 1) throw Malformed("this order takes one slot");
      return enquire.set_sort_by_relevance_then_value(request.order_slots[0],
                                                      request.order_reversed[0] != 0);
    case CX_BY_VALUES:
      for (size_t i = 0; i < request.order_count; ++i) {
        const bool reversed = request.order_reversed[i] != 0;
        keys.add_value(request.order_slots[i], reversed, reversed ? std::string() : after_all);
      }
      return enquire.set_sort_by_key(&keys, false);
  }
  throw Malformed("there is no such order");
}

/// A page of a search: what was matched, and which of it is asked for.
struct Page {
  std::vector<Xapian::MSet> matches;
  std::vector<Xapian::MSetIterator> hits = {};
};

Page page(const Xapian::Enquire &enquire, const cx_request &request) {
  Page page = {{enquire.get_mset(request.offset, request.limit, request.check_at_least)}};
  Xapian::MSet &matches = page.matches.front();
  // In 1.4.22 fetching a page that does not begin at 0 crashes.
  if (request.offset == 0) matches.fetch();
  for (auto match = matches.begin(); match != matches.end(); ++match) page.hits.push_back(match);
  return page;
}

/// The first match of each content. Xapian could collapse them by a value, which it would read of all that it looks at;
/// here the best are asked for that should do. Where they do not, the best are asked for without all that says the same
/// as those before.
Page distinct_page(Xapian::Enquire &enquire, const cx_database &database, const cx_request &request) {
  if (request.collapse_max > 0) throw Malformed("hits are told apart by a slot or by their content");
  const std::shared_ptr<const DocumentFile> file = database.file();
  const DocumentFile::Head head = file->head();
  const Xapian::Query query = enquire.get_query();
  const double copies = double(head.documents) / std::max(head.contents, uint32_t(1));
  const uint64_t wanted = uint64_t(request.offset) + request.limit;
  const auto seen = std::make_shared<DocumentSet>(database.database.get_lastdocid());
  Page page;
  for (uint64_t found = 0;;) {
    // Some more than on the average.
    const double asked = double(wanted - found) * copies * 1.25 + 5;
    const auto most = Xapian::doccount(std::min(asked, double(head.documents)));
    const Xapian::MSet matches = enquire.get_mset(0, most, request.check_at_least);
    page.matches.push_back(matches);
    std::vector<Xapian::docid> firsts;
    for (auto match = matches.begin(); match != matches.end() && found < wanted; ++match) {
      const Xapian::docid first = file->entry(*match).first;
      if (first == 0 || first > *match) Unpacker::damaged();
      if (seen->holds(first)) continue;
      seen->add(first);
      firsts.push_back(first);
      if (found++ >= request.offset) page.hits.push_back(match);
    }
    if (found == wanted || matches.size() < most) return page;
    // What was seen is left out, so there must be something new.
    if (firsts.empty()) Unpacker::damaged();
    for (const Xapian::docid first : firsts) {
      file->each_like(first, [&](Xapian::docid one) {
        if (one > database.database.get_lastdocid()) Unpacker::damaged();
        seen->add(one);
      });
    }
    enquire.set_query(Xapian::Query(Xapian::Query::OP_AND_NOT, query, Xapian::Query((new SetSource(seen))->release())));
  }
}

void write_hits(Writer &writer, cx_database &database, const Page &page, const cx_request &request) {
  const size_t parts = 1 + request.value_slot_count;
  std::vector<Xapian::docid> documents;
  for (const Xapian::MSetIterator &hit : page.hits) documents.push_back(*hit);
  std::vector<std::string> bytes(documents.size() * parts);
  if (request.fetch_data || request.value_slot_count > 0) {
    for (size_t place : by_number(documents.data(), documents.size())) {
      const Xapian::Document document = page.hits[place].get_document();
      std::string *part = &bytes[place * parts];
      if (request.fetch_data) part[0] = database.record(documents[place], document.get_data());
      for (size_t i = 0; i < request.value_slot_count; ++i)
        part[1 + i] = document.get_value(request.value_slots[i]);
    }
  }
  size_t part = 0;
  for (const Xapian::MSetIterator &match : page.hits) {
    writer.number(*match);
    writer.real(match.get_weight());
    writer.number(match.get_collapse_count());
    for (size_t i = 0; i < parts; ++i) writer.bytes(bytes[part++]);
  }
}

void write_counts(Writer &writer, Xapian::ValueCountMatchSpy &spy) {
  uint32_t count = 0;
  for (auto value = spy.values_begin(); value != spy.values_end(); ++value) ++count;
  writer.number(count);
  for (auto value = spy.values_begin(); value != spy.values_end(); ++value) {
    writer.number(value.get_termfreq());
    writer.bytes(*value);
  }
}

}  // namespace

cx_status cx_database_search(cx_database *database, const cx_request *request, cx_block *result,
                             cx_error *error) {
  return guard(error, [&] {
    Xapian::Enquire enquire(database->database);
    enquire.set_query(query_of(*database, *request));
    set_weighting(enquire, *request);
    Xapian::MultiValueKeyMaker keys;
    set_order(enquire, keys, *request);
    if (request->collapse_max > 0)
      enquire.set_collapse_key(request->collapse_slot, request->collapse_max);
    if (request->time_limit > 0) enquire.set_time_limit(request->time_limit);
    std::vector<std::unique_ptr<Xapian::ValueCountMatchSpy>> spies;
    for (size_t i = 0; i < request->counted_slot_count; ++i) {
      spies.emplace_back(new Xapian::ValueCountMatchSpy(request->counted_slots[i]));
      enquire.add_matchspy(spies.back().get());
    }
    const Page found = request->is_distinct ? distinct_page(enquire, *database, *request) : page(enquire, *request);
    const Xapian::MSet &matches = found.matches.front();
    Writer writer;
    writer.number(uint32_t(found.hits.size()));
    writer.number(matches.get_matches_lower_bound());
    writer.number(matches.get_matches_estimated());
    writer.number(matches.get_matches_upper_bound());
    writer.number(matches.get_uncollapsed_matches_estimated());
    write_hits(writer, *database, found, *request);
    for (auto &spy : spies) write_counts(writer, *spy);
    writer.hand_over(result);
  });
}
