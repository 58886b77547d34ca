// SPDX-License-Identifier: Apache-2.0
#include "optim/interdiction/follower/spared_targets.hpp"

#include <algorithm>

namespace pinchpoint::optim {

namespace {

struct Range {
  double lower, upper;
};

/// What is left of a range by the changes of one index, which are ascending.
Range within(Range range, const std::vector<BoundChange>& changes, std::int32_t index) {
  const auto found = std::lower_bound(changes.begin(), changes.end(), index,
                                      [](const BoundChange& change, std::int32_t at) { return change.index < at; });
  if (found == changes.end() || found->index != index) return range;
  return {std::max(range.lower, found->lower), std::min(range.upper, found->upper)};
}

class Sparer {
 public:
  Sparer(const Model& model, const Patch& lost, std::vector<double>& value, std::vector<double>& activity)
      : model_(model), lost_(lost), value_(value), activity_(activity) {}

  /// Moves all columns of the patch, or none.
  void spare(const Patch& patch) {
    moves_.clear();
    activities_.clear();
    double dearer = 0;
    bool is_spared = true;
    for (const BoundChange& change : patch.columns) {
      const auto column = static_cast<std::size_t>(change.index);
      const Range range = within({model_.lower[column], model_.upper[column]}, lost_.columns, change.index);
      const double low = std::max(range.lower, change.lower);
      const double high = std::min(range.upper, change.upper);
      if (low > high) is_spared = false;
      if (!is_spared) break;
      const double by = std::clamp(value_[column], low, high) - value_[column];
      if (by == 0) continue;
      dearer += model_.cost[column] * by;
      is_spared = move(change.index, by);
    }
    if (is_spared && dearer <= 0) return;
    for (auto move = moves_.rbegin(); move != moves_.rend(); ++move) undo(*move);
  }

 private:
  struct Move {
    std::int32_t column;
    double before;
    std::size_t rows_before;
  };

  /// False if a row minds; what was changed is noted either way.
  bool move(std::int32_t index, double by) {
    const auto column = static_cast<std::size_t>(index);
    moves_.push_back({index, value_[column], activities_.size()});
    value_[column] += by;
    for (auto at = model_.matrix.start[column]; at < model_.matrix.start[column + 1]; ++at) {
      const auto place = static_cast<std::size_t>(at);
      const auto row = static_cast<std::size_t>(model_.matrix.row[place]);
      const double now = activity_[row];
      const double next = now + model_.matrix.value[place] * by;
      const Range side =
          within({model_.row_lower[row], model_.row_upper[row]}, lost_.rows, static_cast<std::int32_t>(row));
      if (next < std::min(side.lower, now) || next > std::max(side.upper, now)) return false;
      activities_.push_back(now);
      activity_[row] = next;
    }
    return true;
  }

  void undo(const Move& move) {
    const auto column = static_cast<std::size_t>(move.column);
    value_[column] = move.before;
    auto at = static_cast<std::size_t>(model_.matrix.start[column]);
    for (std::size_t kept = move.rows_before; kept < activities_.size(); ++kept, ++at) {
      activity_[static_cast<std::size_t>(model_.matrix.row[at])] = activities_[kept];
    }
    activities_.resize(move.rows_before);
  }

  const Model& model_;
  const Patch& lost_;
  std::vector<double>& value_;
  std::vector<double>& activity_;
  std::vector<Move> moves_;
  std::vector<double> activities_;  ///< before the moves, in their order
};

}  // namespace

void spare_targets(const Model& model, std::span<const Target> targets, const Patch& lost, std::vector<double>& value,
                   std::vector<double>& activity) {
  Sparer sparer(model, lost, value, activity);
  for (const Target& target : targets) sparer.spare(target.patch);
}

}  // namespace pinchpoint::optim
