// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/proof/upper/feasible_direction.hpp"

#include <algorithm>
#include <cmath>

#include "optim/interior/interior_point.hpp"
#include "optim/solve/solver.hpp"

namespace pinchpoint::optim {

namespace {

// Scaled distance from a side or bound below which a point stands on it.
constexpr double near = 1e-6;
// Least share of the step that is more than the solver's tolerance.
constexpr double least_margin = 1e-5;
// A point that cannot be proved shall not cost as much as the solve.
constexpr std::int64_t most_iterations = 5'000;
constexpr std::int32_t few_rows = 500;
constexpr double work_per_entry = 100;

bool is_near(double number, double limit) {
  return std::isfinite(limit) && std::abs(number - limit) <= near * std::max(1.0, std::abs(limit));
}

class Search {
 public:
  Search(const Model& model, const MatrixView& matrix, const std::vector<double>& value)
      : model_(model), matrix_(matrix), value_(value) {
    for (std::size_t column = 0; column < value.size(); ++column) add_column(column);
    for (std::size_t row = 0; row < model.row_lower.size(); ++row) add_row(row);
  }

  std::optional<FeasibleDirection> run() {
    const Model problem = builder_.build("feasible direction", nullptr);
    const std::vector<double> found = solve_roughly(problem);
    if (found.empty()) return std::nullopt;
    FeasibleDirection direction;
    direction.by_column.assign(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(value_.size()));
    for (std::size_t column = 0; column < value_.size(); ++column) {
      double& step = direction.by_column[column];
      const bool is_at_bound = problem.lower[column] == 0 || problem.upper[column] == 0;
      if (is_at_bound && std::abs(step) < least_margin) step = 0;
    }
    for (const std::int32_t margin : margin_) {
      const bool stays = margin >= 0 && found[static_cast<std::size_t>(margin)] < least_margin;
      direction.is_equation.push_back(margin == is_equality || stays ? 1 : 0);
    }
    return direction;
  }

 private:
  /// Steps and margins: any point with nearly the largest margins will do, so larger problems need no vertex.
  static std::vector<double> solve_roughly(const Model& problem) {
    if (problem.row_count() > few_rows) {
      const double most_work = work_per_entry * static_cast<double>(problem.nonzero_count());
      std::optional<InteriorPoint> point =
          solve_by_interior_point(problem, {.tolerance = 1e-6, .aim = 1e-6, .most_work = most_work});
      if (point && point->is_optimal) return std::move(point->value);
    }
    Solution solution = solve(problem, {.method = Method::simplex, .simplex_iteration_limit = most_iterations});
    return solution.status == Status::optimal ? std::move(solution.value) : std::vector<double>{};
  }

  static constexpr std::int32_t is_equality = -1;
  static constexpr std::int32_t is_loose = -2;

  void add_column(std::size_t column) {
    const bool is_fixed = model_.is_integer[column] != 0 || model_.lower[column] == model_.upper[column];
    const bool may_fall = !is_fixed && !is_near(value_[column], model_.lower[column]);
    const bool may_rise = !is_fixed && !is_near(value_[column], model_.upper[column]);
    const double cost = may_fall == may_rise ? 0 : may_rise ? -1 : 1;
    builder_.add_column({}, cost, may_fall ? -1 : 0, may_rise ? 1 : 0);
  }

  /// A row near a side: its activity must leave the side by a margin, which is made as large as may be.
  void add_row(std::size_t row) {
    double activity = 0;
    for (const Entry& entry : matrix_.row(row)) {
      activity += entry.value * value_[static_cast<std::size_t>(entry.index)];
    }
    const bool equality = model_.row_lower[row] == model_.row_upper[row];
    const bool at_lower = is_near(activity, model_.row_lower[row]) || activity < model_.row_lower[row];
    const bool at_upper = is_near(activity, model_.row_upper[row]) || activity > model_.row_upper[row];
    margin_.push_back(equality || (at_lower && at_upper) ? is_equality : is_loose);
    if (!equality && !at_lower && !at_upper) return;
    const RowId id = builder_.add_row({}, at_upper && margin_.back() == is_loose ? -infinity : 0,
                                      at_lower && margin_.back() == is_loose ? infinity : 0);
    for (const Entry& entry : matrix_.row(row)) builder_.add_entry(id, ColumnId(entry.index), entry.value);
    if (margin_.back() == is_equality) return;
    const ColumnId margin = builder_.add_column({}, -1, 0, 1);
    builder_.add_entry(id, margin, at_lower ? -1 : 1);
    margin_.back() = margin.index();
  }

  const Model& model_;
  const MatrixView& matrix_;
  const std::vector<double>& value_;
  ModelBuilder builder_;
  std::vector<std::int32_t> margin_;  ///< by row: the column of its margin, or what else it is
};

}  // namespace

std::optional<FeasibleDirection> find_feasible_direction(const Model& model, const MatrixView& matrix,
                                                         const std::vector<double>& value) {
  return Search(model, matrix, value).run();
}

}  // namespace pinchpoint::optim
