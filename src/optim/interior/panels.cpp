// SPDX-License-Identifier: Apache-2.0
#include "optim/interior/panels.hpp"

#include <algorithm>
#include <numeric>

namespace pinchpoint::optim::interior {

namespace {

/// Steps in an order in which each comes after its children and nothing else is between them: the same factor.
std::vector<Index> postorder(const std::vector<Index>& parent) {
  const auto size = static_cast<Index>(parent.size());
  std::vector<Index> first_child(parent.size(), -1), sibling(parent.size(), -1);
  for (Index node = size - 1; node >= 0; --node) {
    if (parent[node] < 0) continue;
    sibling[node] = first_child[parent[node]];
    first_child[parent[node]] = node;
  }
  std::vector<Index> order, path;
  order.reserve(parent.size());
  for (Index root = 0; root < size; ++root) {
    if (parent[root] >= 0) continue;
    path.push_back(root);
    while (!path.empty()) {
      const Index child = first_child[path.back()];
      if (child >= 0) {
        first_child[path.back()] = sibling[child];
        path.push_back(child);
      } else {
        order.push_back(path.back());
        path.pop_back();
      }
    }
  }
  return order;
}

/// Columns that become one dense block.
struct Group {
  Index begin = 0, end = 0;
  Index rows = 0;          ///< of the first column, itself included
  std::int64_t zeros = 0;  ///< taken in to be dense
  [[nodiscard]] Index width() const { return end - begin; }
};

/// Is what a dense block saves worth the zeros in it? After Ashcraft & Grimes 1989, with the limits of CHOLMOD.
bool is_worth_its_zeros(const Group& group) {
  const auto width = static_cast<double>(group.width());
  if (width <= 4) return true;
  const double entries = width * (width + 1) / 2 + width * static_cast<double>(group.rows - group.width());
  const double share = static_cast<double>(group.zeros) / entries;
  return share < (width <= 16 ? 0.8 : width <= 48 ? 0.1 : 0.05);
}

Group joined(const Group& child, const Group& parent) {
  Group both{child.begin, parent.end, child.width() + parent.rows, child.zeros + parent.zeros};
  both.zeros += static_cast<std::int64_t>(both.rows - child.rows) * child.width();
  return both;
}

struct Tree {
  std::vector<Index> parent, count;  ///< by step, as in Elimination
  [[nodiscard]] bool goes_on(Index step) const {
    return parent[step] == step + 1 && count[step] == count[step + 1] + 1;
  }
};

std::vector<Group> find_groups(const Tree& tree) {
  std::vector<Group> groups;
  const auto size = static_cast<Index>(tree.parent.size());
  for (Index step = 0; step < size; ++step) {
    groups.push_back({step, step + 1, tree.count[step] + 1, 0});
    for (; step + 1 < size && tree.goes_on(step); ++step) ++groups.back().end;
    while (groups.size() > 1) {
      const Group& child = groups[groups.size() - 2];
      const Index above = tree.parent[child.end - 1];
      const Group both = joined(child, groups.back());
      if (above < groups.back().begin || above >= groups.back().end || !is_worth_its_zeros(both)) break;
      groups.pop_back();
      groups.back() = both;
    }
  }
  return groups;
}

class Builder {
 public:
  Builder(const Elimination& of, Panels& to) : of_(of), to_(to), step_(of.order.size()), group_of_(of.order.size()) {}

  void run() {
    const std::vector<Group> groups = find_groups(ordered_tree());
    sort_entries();
    first_child_.assign(groups.size(), -1);
    sibling_.assign(groups.size(), -1);
    for (std::size_t group = 0; group < groups.size(); ++group)
      std::fill(group_of_.begin() + groups[group].begin, group_of_.begin() + groups[group].end,
                static_cast<Index>(group));
    mark_.assign(step_.size(), -1);
    for (std::size_t group = 0; group < groups.size(); ++group) {
      first_row_.push_back(static_cast<std::int64_t>(to_.row.size()));
      find_rows(groups[group], static_cast<Index>(group));
      cut(groups[group]);
    }
    place_entries();
    find_updates();
  }

 private:
  Tree ordered_tree() {
    const std::vector<Index> after = postorder(of_.parent);
    Tree tree;
    for (std::size_t at = 0; at < after.size(); ++at) {
      step_[after[at]] = static_cast<Index>(at);
      to_.order.push_back(of_.order[after[at]]);
      tree.count.push_back(of_.count[after[at]]);
    }
    for (const Index before : after) tree.parent.push_back(of_.parent[before] < 0 ? -1 : step_[of_.parent[before]]);
    return tree;
  }

  /// By their columns.
  void sort_entries() {
    std::vector<Index> column, row;
    for (Index at = 0; at < of_.size; ++at) {
      for (Index entry = of_.upper_start[at]; entry < of_.upper_start[at + 1]; ++entry) {
        const auto [before, behind] = std::minmax(step_[at], step_[of_.upper_row[entry]]);
        column.push_back(before);
        row.push_back(behind);
      }
    }
    start_.assign(step_.size() + 1, 0);
    for (const Index at : column) ++start_[at + 1];
    std::partial_sum(start_.begin(), start_.end(), start_.begin());
    entry_row_.resize(row.size());
    to_.entry_value.resize(row.size());
    std::vector<Index> next(start_.begin(), start_.end() - 1);
    for (std::size_t entry = 0; entry < row.size(); ++entry) {
      const Index place = next[column[entry]]++;
      entry_row_[place] = row[entry];
      to_.entry_value[place] = of_.upper_value[entry];
    }
  }

  /// Its columns, then, in order, the rows of its entries and of its children's.
  void find_rows(const Group& group, Index number) {
    const auto add = [&](Index row) {
      if (row < group.end || mark_[row] == number) return;
      mark_[row] = number;
      to_.row.push_back(row);
    };
    for (Index column = group.begin; column < group.end; ++column) to_.row.push_back(column);
    const auto own = static_cast<std::ptrdiff_t>(to_.row.size());
    for (Index at = start_[group.begin]; at < start_[group.end]; ++at) add(entry_row_[at]);
    for (Index child = first_child_[number]; child >= 0; child = sibling_[child])
      for (std::int64_t at = first_row_[child]; at < first_row_[child + 1]; ++at) add(to_.row[at]);
    std::sort(to_.row.begin() + own, to_.row.end());
    if (own == static_cast<std::ptrdiff_t>(to_.row.size())) return;
    const Index above = group_of_[to_.row[own]];
    sibling_[number] = first_child_[above];
    first_child_[above] = number;
  }

  void cut(const Group& group) {
    const std::int64_t first_row = first_row_.back();
    const auto rows = static_cast<Index>(static_cast<std::int64_t>(to_.row.size()) - first_row);
    for (Index column = group.begin; column < group.end; column += most_panel_width) {
      const Index skipped = column - group.begin;
      Panel panel{column, std::min(group.end, column + most_panel_width), rows - skipped, first_row + skipped};
      panel.first_number = to_.numbers;
      panel.first_entry = start_[panel.begin];
      to_.numbers += static_cast<std::int64_t>(panel.rows) * panel.width();
      to_.most_rows = std::max(to_.most_rows, panel.rows);
      to_.panel.push_back(panel);
    }
  }

  void place_entries() {
    to_.entry_place.resize(entry_row_.size());
    for (const Panel& panel : to_.panel) {
      const Index* rows = to_.rows(panel);
      for (Index column = panel.begin; column < panel.end; ++column) {
        const std::int64_t first = panel.first_number + static_cast<std::int64_t>(column - panel.begin) * panel.rows;
        for (Index at = start_[column]; at < start_[column + 1]; ++at)
          to_.entry_place[at] = first + (std::lower_bound(rows, rows + panel.rows, entry_row_[at]) - rows);
      }
    }
  }

  void find_updates() {
    std::vector<Index> panel_of(step_.size());
    for (std::size_t at = 0; at < to_.panel.size(); ++at)
      std::fill(panel_of.begin() + to_.panel[at].begin, panel_of.begin() + to_.panel[at].end, static_cast<Index>(at));
    const auto for_each_update = [&](const auto& take) {
      for (std::size_t at = 0; at < to_.panel.size(); ++at) {
        const Panel& panel = to_.panel[at];
        const Index* rows = to_.rows(panel);
        for (Index first = panel.width(), last = first; first < panel.rows; first = last) {
          const Index to = panel_of[rows[first]];
          while (last < panel.rows && rows[last] < to_.panel[to].end) ++last;
          take(to, Update{static_cast<Index>(at), first, last});
        }
      }
    };
    Panel end;
    end.first_entry = static_cast<std::int64_t>(entry_row_.size());
    std::vector<std::int64_t> next(to_.panel.size() + 1, 0);
    for_each_update([&](Index to, const Update&) { ++next[to + 1]; });
    std::partial_sum(next.begin(), next.end(), next.begin());
    for (std::size_t at = 0; at < to_.panel.size(); ++at) to_.panel[at].first_update = next[at];
    end.first_update = next.back();
    to_.update.resize(static_cast<std::size_t>(next.back()));
    for_each_update([&](Index to, const Update& update) { to_.update[next[to]++] = update; });
    to_.panel.push_back(end);
  }

  const Elimination& of_;
  Panels& to_;
  std::vector<Index> step_;      ///< by step of the elimination
  std::vector<Index> group_of_;  ///< by step
  std::vector<Index> start_, entry_row_;
  std::vector<Index> mark_, first_child_, sibling_;
  std::vector<std::int64_t> first_row_;  ///< by group
};

double work_of(const Panels& panels, const Panel& panel) {
  const auto width = static_cast<double>(panel.width()), rows = static_cast<double>(panel.rows);
  double work = rows * width * width / 2 + 10 * rows;
  for (std::int64_t at = panel.first_update; at < (&panel + 1)->first_update; ++at) {
    const Update& update = panels.update[at];
    const Panel& from = panels.panel[update.from];
    work += static_cast<double>(from.rows - update.first) * (update.last - update.first) * (from.width() + 4.0);
  }
  return work;
}

/// Rows of a panel in as many shares of about equal work.
void share_rows(const Panels& panels, const Panel& panel, std::size_t threads, std::vector<Index>& first_row) {
  const Index* rows = panels.rows(panel);
  std::vector<double> work(static_cast<std::size_t>(panel.rows) + 1, 0.0);
  const double own = 0.5 * panel.width() * panel.width();
  for (Index at = 0; at < panel.rows; ++at) work[at] = own;
  for (std::int64_t at = panel.first_update; at < (&panel + 1)->first_update; ++at) {
    const Update& update = panels.update[at];
    const Panel& from = panels.panel[update.from];
    const double each = static_cast<double>(update.last - update.first) * (from.width() + 4.0);
    const Index* to = rows;
    for (Index row = update.first; row < from.rows; ++row) {
      to = std::lower_bound(to, rows + panel.rows, panels.rows(from)[row]);
      work[to - rows] += each;
    }
  }
  const double all = std::accumulate(work.begin(), work.end(), 0.0);
  double sum = 0;
  Index at = 0;
  for (std::size_t thread = 0; thread < threads; ++thread) {
    first_row.push_back(at);
    const double wanted = all * static_cast<double>(thread + 1) / static_cast<double>(threads);
    while (at < panel.rows && sum < wanted) sum += work[at++];
  }
  first_row.push_back(panel.rows);
}

}  // namespace

Panels::Panels(const Elimination& elimination) { Builder(elimination, *this).run(); }

PanelShares::PanelShares(const Panels& panels, int most_threads)
    : threads(static_cast<std::size_t>(std::max(1, most_threads))) {
  constexpr double tasks_per_thread = 8;
  const Index size = panels.size();
  if (threads == 1) {
    apart.push_back({0, size});
    return;
  }
  std::vector<Index> panel_of(panels.order.size());
  for (Index at = 0; at < size; ++at)
    std::fill(panel_of.begin() + panels.panel[at].begin, panel_of.begin() + panels.panel[at].end, at);
  const auto parent = [&](Index at) {
    const Panel& panel = panels.panel[at];
    return panel.rows == panel.width() ? -1 : panel_of[panels.rows(panel)[panel.width()]];
  };
  std::vector<double> work(static_cast<std::size_t>(size), 0.0);  // with all it depends on
  std::vector<Index> first(static_cast<std::size_t>(size));
  std::iota(first.begin(), first.end(), 0);
  double all = 0;
  for (Index at = 0; at < size; ++at) {
    const double own = work_of(panels, panels.panel[at]);
    all += own;
    work[at] += own;
    if (parent(at) < 0) continue;
    work[parent(at)] += work[at];
    first[parent(at)] = std::min(first[parent(at)], first[at]);
  }
  const double most = all / (tasks_per_thread * static_cast<double>(threads));
  for (Index at = 0; at < size; ++at) {
    if (work[at] > most) {
      common.push_back(at);
    } else if (parent(at) < 0 || work[parent(at)] > most) {
      apart.push_back({first[at], at + 1});
    }
  }
  std::stable_sort(apart.begin(), apart.end(), [&](const PanelRange& left, const PanelRange& right) {
    return work[left.end - 1] > work[right.end - 1];
  });
  for (const Index at : common) share_rows(panels, panels.panel[at], threads, first_row);
}

}  // namespace pinchpoint::optim::interior
