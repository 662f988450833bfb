// How well sections fit the words asked for.
#include "weights.hpp"

#include <algorithm>
#include <cmath>

namespace cx {

Weighting::Weighting(const Xapian::Database &database, std::shared_ptr<const DocumentFile> file, double parameter)
    : file(std::move(file)), length(parameter * database.get_avlength()), documents(database.get_doccount()),
      total_length(double(database.get_total_length())), least_length(database.get_doclength_lower_bound()),
      most_length(database.get_doclength_upper_bound()), parameter(parameter) {}

double Weighting::computed(uint32_t length) const { return std::log2(1 + this->length / length); }

WordWeight::WordWeight(Weighting &weighting, const Frequency &frequency, Xapian::termcount most_often,
                       Xapian::termcount repeats) {
  if (most_often == 0) return;
  const double highest = most_often * weighting.normalisation(weighting.least_length);
  const double occurrences = double(frequency.occurrences);
  const double documents = frequency.documents;
  const double expected = weighting.documents * (1.0 - std::exp(-(occurrences / weighting.documents)));
  const double inverse = std::log2((weighting.documents + 1.0) / (expected + 0.5));
  product = repeats * inverse;
  constant = (occurrences + 1.0) / documents;
  most = (occurrences + 1.0) / (documents + documents / highest) * inverse * repeats;
}

// MARK: One word

void WordSource::init(const Xapian::Database &) {
  begun = false;
  set_maxweight(weight.most);
}

void WordSource::begin() {
  list = Postings(asked->table, term);
  begun = true;
}

void WordSource::pass_over(double least) {
  const double wanted = threshold.of(weight, least / asked->greatest_factor);
  if (wanted == 0) return;
  if (wanted == std::numeric_limits<double>::infinity()) list = Postings();
  while (list.document > 0 && list.often * weighting.normalisation(weighting.length_of(list.document)) < wanted)
    list.next();
}

void WordSource::next(double least) {
  if (begun) list.next();
  else begin();
  pass_over(least);
}

void WordSource::skip_to(Xapian::docid document, double least) {
  if (!begun) begin();
  list.skip_to(document);
  pass_over(least);
}

double WordSource::get_weight() const {
  return weight.of(list.often, weighting.normalisation(weighting.length_of(list.document)));
}

// MARK: Several

void SynonymEstimate::add(const Frequency &frequency) {
  parts.push_back(frequency);
  least = std::max(least, frequency.documents);
  most = Xapian::doccount(std::min(uint64_t(most) + frequency.documents, uint64_t(weighting.documents)));
}

Frequency SynonymEstimate::all() const {
  const auto is_rarer = [](const Frequency &a, const Frequency &b) { return a.documents > b.documents; };
  const auto either = [](double a, double b, double of) { return uint64_t(a + b - a * b / of + 0.5); };
  std::vector<Frequency> heap = parts;
  std::make_heap(heap.begin(), heap.end(), is_rarer);
  while (heap.size() > 1) {
    std::pop_heap(heap.begin(), heap.end(), is_rarer);
    const Frequency first = heap.back();
    heap.pop_back();
    std::pop_heap(heap.begin(), heap.end(), is_rarer);
    Frequency &second = heap.back();
    second.documents = Xapian::doccount(either(first.documents, second.documents, weighting.documents));
    second.occurrences = either(double(first.occurrences), double(second.occurrences), weighting.total_length);
    std::push_heap(heap.begin(), heap.end(), is_rarer);
  }
  return heap[0];
}

void SynonymSource::init(const Xapian::Database &) {
  begun = false;
  set_maxweight(weight.most);
}

void SynonymSource::begin() {
  begun = true;
  lists.clear();
  heap.clear();
  for (const std::string &term : terms) {
    Postings list(asked->table, term);
    if (list.document == 0) continue;
    heap.push_back({list.document, uint32_t(lists.size())});
    lists.push_back(std::move(list));
  }
  std::make_heap(heap.begin(), heap.end(), [](const Place &a, const Place &b) { return a.document > b.document; });
}

void SynonymSource::settle() {
  Place &first = heap.front();
  const Postings &list = lists[first.list];
  if (list.document == 0) {
    first = heap.back();
    heap.pop_back();
    if (heap.empty()) return;
  } else {
    first.document = list.document;
  }
  const Place moved = heap.front();
  size_t place = 0;
  while (true) {
    size_t child = place * 2 + 1;
    if (child >= heap.size()) break;
    if (child + 1 < heap.size() && heap[child + 1].document < heap[child].document) ++child;
    if (heap[child].document >= moved.document) break;
    heap[place] = heap[child];
    place = child;
  }
  heap[place] = moved;
}

void SynonymSource::step() {
  const Xapian::docid document = heap.front().document;
  while (!heap.empty() && heap.front().document == document) {
    lists[heap.front().list].next();
    settle();
  }
}

void SynonymSource::pass_over(double least) {
  const double wanted = threshold.of(weight, least / asked->greatest_factor);
  if (wanted == 0) return;
  if (wanted == std::numeric_limits<double>::infinity()) heap.clear();
  while (!heap.empty()) {
    const Xapian::docid document = heap.front().document;
    if (double(often(0, document)) * weighting.normalisation(weighting.length_of(document)) >= wanted) return;
    step();
  }
}

void SynonymSource::next(double least) {
  if (begun) step();
  else begin();
  pass_over(least);
}

void SynonymSource::skip_to(Xapian::docid document, double least) {
  if (!begun) begin();
  while (!heap.empty() && heap.front().document < document) {
    lists[heap.front().list].skip_to(document);
    settle();
  }
  pass_over(least);
}

uint64_t SynonymSource::often(size_t place, Xapian::docid document) const {
  if (place >= heap.size() || heap[place].document != document) return 0;
  return lists[heap[place].list].often + often(place * 2 + 1, document) + often(place * 2 + 2, document);
}

double SynonymSource::get_weight() const {
  const Xapian::docid document = heap.front().document;
  const uint32_t length = weighting.length_of(document);
  return weight.of(double(std::min<uint64_t>(often(0, document), length)), weighting.normalisation(length));
}

}  // namespace cx
