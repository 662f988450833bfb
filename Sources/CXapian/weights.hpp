// How well sections fit the words asked for.
//
// Xapian reads the length of each section it weighs from a list of all lengths, walking from one to the next, and takes
// a logarithm of it; that is half of a search. Here the lengths stand side by side, and the logarithms are remembered.
// The weights are those of Xapian's IneB2Weight, but for rounding: what is not made of words is weighed by it.
#ifndef CXAPIAN_WEIGHTS_HPP
#define CXAPIAN_WEIGHTS_HPP

#include <limits>
#include <memory>
#include <string>
#include <vector>
#include <xapian.h>

#include "documents.hpp"
#include "positions.hpp"

namespace cx {

/// I(ne)B2 over one database: inverse expected document frequency, Bernoulli after-effect, normalisation 2. (Gianni
/// Amati, Probability models for information retrieval based on divergence from randomness, Glasgow 2003.)
class Weighting {
  const std::shared_ptr<const DocumentFile> file;
  /// The average length times the scheme's parameter.
  const double length;
  std::vector<double> known = std::vector<double>(most_known);

  static constexpr uint32_t most_known = 1024;

 public:
  const double documents;
  const double total_length;
  const Xapian::termcount least_length;
  const Xapian::termcount most_length;
  const double parameter;

  Weighting(const Xapian::Database &database, std::shared_ptr<const DocumentFile> file, double parameter);

  uint32_t length_of(Xapian::docid document) const { return file->length(document); }

  /// What how often a word stands in a section is multiplied by, for its length.
  double normalisation(uint32_t length) {
    if (length >= most_known) return computed(length);
    double &one = known[length];
    if (one == 0) one = computed(length);
    return one;
  }

 private:
  double computed(uint32_t length) const;
};

/// What the words of one query have in common.
struct Asked {
  const std::shared_ptr<Weighting> weighting;
  const PostingsTable &table;
  /// Factors above 1, multiplied: of the weight that is asked of a word, one of them may make up for so much.
  double greatest_factor = 1;

  Asked(std::shared_ptr<Weighting> weighting, const PostingsTable &table)
      : weighting(std::move(weighting)), table(table) {}
};

/// The weights of one word, or of several that count as one.
struct WordWeight {
  double constant = 0;
  double product = 0;
  double most = 0;

  /// `most_often`: no section has it more often. `repeats`: how often it was asked for.
  WordWeight(Weighting &weighting, const Frequency &frequency, Xapian::termcount most_often, Xapian::termcount repeats);

  double of(double often, double normalisation) const {
    if (often == 0) return 0;
    const double normal = often * normalisation;
    return normal * constant / (normal + 1.0) * product;
  }

  /// How often, normalised, a section must have the word to weigh at least so much; a little less than that.
  double least_normal(double wanted) const {
    const double limit = constant * product;
    if (!(wanted > 0)) return 0;
    return wanted < limit ? wanted / (limit - wanted) * (1 - 1e-9) : std::numeric_limits<double>::infinity();
  }
};

/// What a word must weigh to count: a match that has its best hits passes over what cannot be among them.
class Threshold {
  double asked = 0;
  double normal = 0;

 public:
  /// The least normalised frequency, 0 where all count.
  double of(const WordWeight &weight, double wanted) {
    if (wanted != asked) {
      asked = wanted;
      normal = weight.least_normal(wanted);
    }
    return normal;
  }
};

/// The sections of a word, with weights, as something that Xapian joins.
class WordSource : public Xapian::PostingSource {
  const std::shared_ptr<const Asked> asked;
  Weighting &weighting;
  const std::string term;
  const Xapian::doccount size;
  const WordWeight weight;
  Threshold threshold;
  Postings list;
  bool begun = false;

 public:
  WordSource(std::shared_ptr<const Asked> asked, std::string term, Xapian::doccount size, const WordWeight &weight)
      : asked(std::move(asked)), weighting(*this->asked->weighting), term(std::move(term)), size(size), weight(weight) {}

  Xapian::doccount get_termfreq_min() const override { return size; }
  Xapian::doccount get_termfreq_est() const override { return size; }
  Xapian::doccount get_termfreq_max() const override { return size; }
  void init(const Xapian::Database &database) override;
  void next(double least) override;
  void skip_to(Xapian::docid document, double least) override;
  bool at_end() const override { return begun && list.document == 0; }
  Xapian::docid get_docid() const override { return list.document; }
  double get_weight() const override;
  PostingSource *clone() const override { return new WordSource(asked, term, size, weight); }
  std::string get_description() const override { return "WordSource(" + term + ")"; }

 private:
  void begin();
  /// Goes on to a section that weighs so much.
  void pass_over(double least);
};

/// How many sections have one of some words, and how often, as Xapian expects it of words that have nothing to do with
/// each other: of the rarest two a pair is made, which stands for both from then on.
class SynonymEstimate {
  std::vector<Frequency> parts;

 public:
  Weighting &weighting;
  Xapian::doccount least = 0;
  Xapian::doccount most = 0;

  explicit SynonymEstimate(Weighting &weighting) : weighting(weighting) {}
  void add(const Frequency &frequency);
  Frequency all() const;
};

/// The sections of words that count as one.
class SynonymSource : public Xapian::PostingSource {
  /// Where a list stands.
  struct Place {
    Xapian::docid document;
    uint32_t list;
  };
  const std::shared_ptr<const Asked> asked;
  Weighting &weighting;
  const std::vector<std::string> terms;
  const Xapian::doccount least;
  const Xapian::doccount most;
  const Frequency frequency;
  const WordWeight weight;
  Threshold threshold;
  std::vector<Postings> lists;
  /// A heap of those that are not at their end: the first has the least document.
  std::vector<Place> heap;
  bool begun = false;

 public:
  SynonymSource(std::shared_ptr<const Asked> asked, std::vector<std::string> terms, const SynonymEstimate &estimate)
      : asked(std::move(asked)), weighting(*this->asked->weighting), terms(std::move(terms)), least(estimate.least),
        most(estimate.most), frequency(estimate.all()), weight(weighting, frequency, weighting.most_length, 1) {}

  Xapian::doccount get_termfreq_min() const override { return least; }
  Xapian::doccount get_termfreq_est() const override { return frequency.documents; }
  Xapian::doccount get_termfreq_max() const override { return most; }
  void init(const Xapian::Database &database) override;
  void next(double least) override;
  void skip_to(Xapian::docid document, double least) override;
  bool at_end() const override { return begun && heap.empty(); }
  Xapian::docid get_docid() const override { return heap.front().document; }
  double get_weight() const override;
  PostingSource *clone() const override { return new SynonymSource(*this, 0); }
  std::string get_description() const override { return "SynonymSource"; }

 private:
  /// The same, not begun.
  SynonymSource(const SynonymSource &other, int)
      : asked(other.asked), weighting(other.weighting), terms(other.terms), least(other.least), most(other.most),
        frequency(other.frequency), weight(other.weight) {}

  void begin();
  /// Puts the first in its place after its list went on.
  void settle();
  uint64_t often(size_t place, Xapian::docid document) const;
  void step();
  /// Goes on to a section that weighs so much.
  void pass_over(double least);
};

}  // namespace cx
#endif
