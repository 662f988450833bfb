// Several runs, read side by side.
#ifndef CXAPIAN_TOGETHER_HPP
#define CXAPIAN_TOGETHER_HPP

#include <memory>
#include <queue>
#include <string>
#include <string_view>
#include <vector>

#include "run.hpp"

namespace cx {

/// One run's names in order, with what stands under them.
class RunTerms {
  RunPart part;

 public:
  const uint32_t offset;
  std::string name;
  uint32_t documents = 0;
  uint64_t weight = 0;
  uint32_t first = 0;
  uint32_t last = 0;
  std::string_view postings;

  RunTerms(const RunFile &run, uint32_t offset) : part(run.file, run.head.terms, run.head.kept), offset(offset) {}

  bool next() {
    if (part.done()) return false;
    name = part.text();
    documents = part.number<uint32_t>();
    weight = part.number<uint64_t>();
    first = part.number<uint32_t>() + offset;
    last = part.number<uint32_t>() + offset;
    postings = part.text();
    return true;
  }
};

class RunMetadata {
  RunPart part;

 public:
  std::string name;
  std::string_view value;

  RunMetadata(const RunFile &run, uint32_t) : part(run.file, run.head.metadata, run.head.slots) {}

  bool next() {
    if (part.done()) return false;
    name = part.text();
    value = part.text();
    return true;
  }
};

/// Several runs side by side: what they have under the least name that is left.
template <typename Cursor>
class Together {
  std::vector<std::unique_ptr<Cursor>> cursors;
  struct After {
    const std::vector<std::unique_ptr<Cursor>> &cursors;
    bool operator()(size_t a, size_t b) const {
      const int order = cursors[a]->name.compare(cursors[b]->name);
      return order == 0 ? a > b : order > 0;
    }
  };
  std::priority_queue<size_t, std::vector<size_t>, After> queue;
  std::vector<size_t> taken;

 public:
  /// Those of the least name, in the order of the runs; empty at the end.
  std::vector<Cursor *> current;

  Together(const std::vector<std::unique_ptr<RunFile>> &runs, const std::vector<uint32_t> &offsets)
      : queue(After{cursors}) {
    for (size_t i = 0; i < runs.size(); ++i) {
      cursors.push_back(std::make_unique<Cursor>(*runs[i], offsets[i]));
      if (cursors.back()->next()) queue.push(i);
    }
    take();
  }

  void next() {
    for (const size_t i : taken)
      if (cursors[i]->next()) queue.push(i);
    take();
  }

 private:
  void take() {
    taken.clear();
    current.clear();
    while (!queue.empty() && (taken.empty() || cursors[queue.top()]->name == current[0]->name)) {
      taken.push_back(queue.top());
      current.push_back(cursors[queue.top()].get());
      queue.pop();
    }
  }
};

}  // namespace cx
#endif
