// Several runs, read side by side.
#ifndef CXAPIAN_TOGETHER_HPP
#define CXAPIAN_TOGETHER_HPP

#include <algorithm>
#include <cstring>
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
  /// A run whose name is to come, and the first eight bytes of that as a number: most names differ there.
  struct Next {
    uint64_t start;
    size_t run;
  };
  struct After {
    const std::vector<std::unique_ptr<Cursor>> &cursors;
    bool operator()(const Next &a, const Next &b) const {
      if (a.start != b.start) return a.start > b.start;
      const int order = cursors[a.run]->name.compare(cursors[b.run]->name);
      return order == 0 ? a.run > b.run : order > 0;
    }
  };
  std::priority_queue<Next, std::vector<Next>, After> queue;
  std::vector<size_t> taken;

 public:
  /// Those of the least name, in the order of the runs; empty at the end.
  std::vector<Cursor *> current;

  Together(const std::vector<std::unique_ptr<RunFile>> &runs, const std::vector<uint32_t> &offsets)
      : queue(After{cursors}) {
    for (size_t i = 0; i < runs.size(); ++i) {
      cursors.push_back(std::make_unique<Cursor>(*runs[i], offsets[i]));
      push(i);
    }
    take();
  }

  void next() {
    for (const size_t i : taken) push(i);
    take();
  }

 private:
  void push(size_t run) {
    if (!cursors[run]->next()) return;
    const std::string &name = cursors[run]->name;
    uint64_t start = 0;
    std::memcpy(&start, name.data(), std::min(name.size(), sizeof start));
    queue.push({__builtin_bswap64(start), run});
  }

  void take() {
    taken.clear();
    current.clear();
    while (!queue.empty() && (taken.empty() || cursors[queue.top().run]->name == current[0]->name)) {
      taken.push_back(queue.top().run);
      current.push_back(cursors[queue.top().run].get());
      queue.pop();
    }
  }
};

}  // namespace cx
#endif
