// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "optim/ensemble/dual_pool.hpp"
#include "optim/ensemble/safe_sum.hpp"
#include "optim/model/matrix_view.hpp"
#include "optim/solve/proof/interval.hpp"

namespace pinchpoint::optim {

/// Places that are marked for a while, each once.
class Marks {
 public:
  explicit Marks(std::size_t size) : is_marked_(size, 0) {}
  void add(std::int32_t at) {
    if (is_marked_[static_cast<std::size_t>(at)] != 0) return;
    is_marked_[static_cast<std::size_t>(at)] = 1;
    list_.push_back(at);
  }
  [[nodiscard]] bool has(std::size_t at) const { return is_marked_[at] != 0; }
  [[nodiscard]] const std::vector<std::int32_t>& list() const { return list_; }
  void clear() {
    for (const std::int32_t at : list_) is_marked_[static_cast<std::size_t>(at)] = 0;
    list_.clear();
  }

 private:
  std::vector<std::uint8_t> is_marked_;
  std::vector<std::int32_t> list_;
};

/// Bounds of a scenario by a plan and by duals that differ little from those of the base: what is the same is not
/// computed again. The numbers are those of dual_bound() and violation_of(), but for the order of sums. Every entry of
/// plan and duals is compared with the base's: nobody's word is taken for what changed. Not thread-safe; one a thread.
class NearBase {
 public:
  /// `box`: finite stand-ins for infinite bounds, true in every scenario. `value`, `row_dual`: any plan and duals.
  NearBase(const Model& model, const ImpliedBounds& box, std::vector<double> value,
           const std::vector<double>& row_dual);

  /// A number that the optimum under `patch` is not below; -infinity if these duals, or the base's, give none.
  [[nodiscard]] double lower(const Patch& patch, const std::vector<double>& row_dual);
  struct Plan {
    double violation;  ///< the largest under the patch, relative to max(1, |value| or largest term); or a little more
    double cost;       ///< offset + cost'x rounded up
  };
  [[nodiscard]] Plan plan(const Patch& patch, const std::vector<double>& value);

 private:
  /// A row's activity, and its largest term.
  struct Row {
    double activity = 0, largest = 0;
  };
  /// What a row's terms moved by: their sum, and that of their sizes.
  struct Move {
    double sum = 0, sizes = 0;
  };
  [[nodiscard]] Row row_of(std::size_t row, const std::vector<double>& value) const;
  [[nodiscard]] double term(std::size_t column, Interval d) const {
    return least_term(d.lower, d.upper, own_.lower[column], own_.upper[column]);
  }
  void move_duals(const std::vector<double>& row_dual, SafeSum& sum);
  void add_patch(const Patch& patch, SafeSum& sum) const;
  void mark(const Patch& patch);
  void compare(const std::vector<double>& value);
  [[nodiscard]] double violation(const Patch& patch, const std::vector<double>& value) const;
  [[nodiscard]] double row_violation(std::size_t row, const std::vector<double>& value) const;
  [[nodiscard]] double cost(const std::vector<double>& value) const;

  const Model& model_;
  MatrixView matrix_;
  ImpliedBounds box_, own_;  ///< own: true where a scenario leaves the column alone
  std::vector<double> value_, dual_;
  std::vector<Interval> reduced_cost_;  ///< of the base's duals, by column
  std::vector<Row> row_;                ///< of the base's plan
  SafeSum bound_;                       ///< of the base's duals, for the model itself
  ExactSum cost_;                       ///< of the base's plan
  double violation_ = 0;                ///< of the base's plan, for the model itself

  // Of one call.
  std::vector<double> now_dual_;
  std::vector<Interval> now_reduced_cost_;
  std::vector<std::int32_t> moved_columns_;
  std::vector<Move> moved_;  ///< by row
  Marks columns_, rows_, patched_columns_, patched_rows_;
};

}  // namespace pinchpoint::optim
