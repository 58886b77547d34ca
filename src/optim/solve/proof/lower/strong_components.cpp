// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/proof/lower/strong_components.hpp"

#include <algorithm>

namespace pinchpoint::optim {

namespace {

class Search {
 public:
  Search(std::size_t nodes, const std::function<std::size_t(std::size_t, std::size_t)>& next)
      : next_(next), order_(nodes, 0), low_(nodes, 0), component_(nodes, no_node) {}

  std::vector<std::size_t> run() {
    for (std::size_t node = 0; node < order_.size(); ++node) {
      if (order_[node] == 0) explore(node);
    }
    return std::move(component_);
  }

 private:
  struct Visit {
    std::size_t node;
    std::size_t arc;
  };

  void enter(std::size_t node) {
    order_[node] = low_[node] = ++count_;
    open_.push_back(node);
    path_.push_back({node, 0});
  }

  void explore(std::size_t root) {
    enter(root);
    while (!path_.empty()) {
      const std::size_t node = path_.back().node;
      const std::size_t to = next_(node, path_.back().arc++);
      if (to == no_node)
        leave(node);
      else if (order_[to] == 0)
        enter(to);
      else if (component_[to] == no_node)
        low_[node] = std::min(low_[node], order_[to]);
    }
  }

  void leave(std::size_t node) {
    path_.pop_back();
    if (!path_.empty()) low_[path_.back().node] = std::min(low_[path_.back().node], low_[node]);
    if (low_[node] != order_[node]) return;
    for (std::size_t member = no_node; member != node; open_.pop_back()) {
      member = open_.back();
      component_[member] = components_;
    }
    ++components_;
  }

  const std::function<std::size_t(std::size_t, std::size_t)>& next_;
  std::vector<std::size_t> order_, low_, component_, open_;
  std::vector<Visit> path_;
  std::size_t count_ = 0;
  std::size_t components_ = 0;
};

}  // namespace

std::vector<std::size_t> strong_components(std::size_t nodes,
                                           const std::function<std::size_t(std::size_t, std::size_t)>& next) {
  return Search(nodes, next).run();
}

}  // namespace pinchpoint::optim
