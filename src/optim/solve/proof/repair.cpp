// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/proof/repair.hpp"

#include <array>
#include <queue>
#include <span>

#include "optim/solve/proof/feasibility_proof.hpp"
#include "optim/solve/proof/repair_plan.hpp"

namespace pinchpoint::optim {

namespace {

// How near a limit (scaled) counts as tight, pass by pass. Larger values keep out columns that could not carry what
// is pushed onto them, smaller ones let small columns help. Of 27,000 points of the tests that were proved all but 52
// were within the first two passes.
constexpr std::array ample_by_pass = {1e-6, 1e-8, 1e-4, 1e-10};
constexpr std::size_t fine_passes = 2;
// Values this near a bound (scaled) are put on it, being too small to be drawn on later: the noise of a basis, and
// those of rough values, tried with noise of 1e-9 … 1e-3 on process networks.
constexpr double noise_of_a_basis = 1e-10;
constexpr std::array rough_noise = {noise_of_a_basis, 1e-8, 1e-6, 1e-4, 1e-2};
constexpr int most_overshoots = 40;
// Of the size of a row's terms: a slack that is not looked at more closely before it has been used.
constexpr double beyond_rounding = 1e-9;

double snapped(double value, double lower, double upper, double noise) {
  if (value <= lower + noise * std::max(1.0, std::abs(lower))) return lower;
  if (value >= upper - noise * std::max(1.0, std::abs(upper))) return upper;
  return value;
}

class Repair {
 public:
  Repair(const Model& model, const MatrixView& matrix, std::vector<double> value)
      : model_(model), matrix_(matrix), value_(std::move(value)) {}

  RepairedPoint run(double noise, std::size_t passes) {
    move_into_bounds(noise);
    RepairedPoint point = prove_feasible(model_, matrix_, value_, dependent_);
    for (const double ample : std::span(ample_by_pass).first(passes)) {
      if (point.is_proved) break;
      run_pass(ample);
      point = prove_feasible(model_, matrix_, value_, dependent_);
      remember_widths(point);
    }
    return point;
  }

 private:
  struct Task {
    std::int32_t rank;
    std::size_t row;
    Need need;
    bool operator<(const Task& other) const { return rank != other.rank ? rank < other.rank : row > other.row; }
  };

  void move_into_bounds(double noise);
  [[nodiscard]] Interval missing(std::size_t row, double side) const;
  [[nodiscard]] double uncertainty(std::size_t row) const;
  [[nodiscard]] double shortfall(std::size_t row) const;
  void run_pass(double ample);
  void push(const RepairPlan& plan, std::size_t row);
  bool mend(std::size_t row, Need need, std::int32_t column);
  void remember_dependents(const RepairPlan& plan);
  void remember_widths(const RepairedPoint& point);

  const Model& model_;
  const MatrixView& matrix_;
  std::vector<double> value_;
  std::vector<Dependent> dependent_;
  std::vector<double> width_;  ///< by column, of the last proof's enclosure; empty: all 0
  std::priority_queue<Task> tasks_;
};

void Repair::move_into_bounds(double noise) {
  for (std::size_t column = 0; column < value_.size(); ++column) {
    double& value = value_[column];
    if (!std::isfinite(value)) value = 0;
    if (model_.is_integer[column] != 0) value = std::round(value);
    value = snapped(value, model_.lower[column], model_.upper[column], noise);
  }
}

/// Encloses side - activity.
Interval Repair::missing(std::size_t row, double side) const {
  ExactSum sum;
  sum.add(side);
  for (const Entry& entry : matrix_.row(row)) {
    sum.add_product(-entry.value, value_[static_cast<std::size_t>(entry.index)]);
  }
  return sum.enclosure();
}

/// By how much dependent columns may change a row's activity.
double Repair::uncertainty(std::size_t row) const {
  double sum = 0;
  if (width_.empty()) return sum;
  for (const Entry& entry : matrix_.row(row)) {
    sum += std::abs(entry.value) * width_[static_cast<std::size_t>(entry.index)];
  }
  return sum;
}

/// Amount by which a row's activity must rise (or fall, negative); 0 if it is certainly within its sides.
double Repair::shortfall(std::size_t row) const {
  const double lower = model_.row_lower[row];
  const double upper = model_.row_upper[row];
  if (lower == upper) {
    const Interval both = missing(row, lower);
    return both.upper > 0 ? both.upper : std::min(both.lower, 0.0);
  }
  const double margin = uncertainty(row);
  if (lower > -infinity) {
    const double up = missing(row, lower).upper;
    if (up + margin > 0) return up + 2 * margin;
  }
  if (upper < infinity) {
    const double down = missing(row, upper).lower;
    if (down - margin < 0) return down - 2 * margin;
  }
  return 0;
}

void Repair::push(const RepairPlan& plan, std::size_t row) {
  const double amount = shortfall(row);
  if (amount == 0) return;
  const bool is_equality = model_.row_lower[row] == model_.row_upper[row];
  const Need need = is_equality ? Need::equal : amount > 0 ? Need::more : Need::less;
  const std::int32_t rank = plan.rank(row, need);
  if (rank >= 0) tasks_.push({rank, row, need});
}

void Repair::run_pass(double ample) {
  std::vector<double> activity(model_.row_lower.size(), 0.0);
  std::vector<double> size(activity.size(), 0.0);  // of the activity's terms
  for (std::size_t column = 0; column < value_.size(); ++column) {
    if (value_[column] == 0) continue;
    for (const Entry& entry : matrix_.column(column)) {
      const double term = entry.value * value_[column];
      activity[static_cast<std::size_t>(entry.index)] += term;
      size[static_cast<std::size_t>(entry.index)] += std::abs(term);
    }
  }
  const RepairPlan plan(model_, matrix_, value_, activity, ample);
  for (std::size_t row = 0; row < activity.size(); ++row) {
    const double slack = std::min(activity[row] - model_.row_lower[row], model_.row_upper[row] - activity[row]);
    if (!width_.empty() || slack <= beyond_rounding * size[row]) push(plan, row);
  }
  while (!tasks_.empty()) {
    const Task task = tasks_.top();
    tasks_.pop();
    const std::int32_t column = plan.column(task.row, task.need);
    if (!mend(task.row, task.need, column)) continue;
    for (const Entry& entry : matrix_.column(static_cast<std::size_t>(column))) {
      if (static_cast<std::size_t>(entry.index) != task.row) push(plan, static_cast<std::size_t>(entry.index));
    }
  }
  remember_dependents(plan);
}

/// Moves the column until the row is certainly within its sides (an equality row: as near as doubles come).
bool Repair::mend(std::size_t row, Need need, std::int32_t column) {
  double factor = 0;
  for (const Entry& entry : matrix_.row(row)) {
    if (entry.index == column) factor = entry.value;
  }
  const auto at = static_cast<std::size_t>(column);
  const double before = value_[at];
  double overshoot = 1;
  const int most_attempts = need == Need::equal ? 1 : most_overshoots;
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    const double amount = shortfall(row);
    if (amount == 0 || (need == Need::less && amount > 0) || (need == Need::more && amount < 0)) break;
    const double step = amount / factor;
    double moved = value_[at] + step * overshoot;
    if (moved == value_[at]) moved = std::nextafter(value_[at], step > 0 ? infinity : -infinity);
    value_[at] = std::min(std::max(moved, model_.lower[at]), model_.upper[at]);
    overshoot = overshoot < 2 ? 1 + 1e-3 * (attempt + 1) : overshoot;
  }
  return value_[at] != before;
}

void Repair::remember_dependents(const RepairPlan& plan) {
  dependent_.clear();
  for (std::size_t row = 0; row < model_.row_lower.size(); ++row) {
    if (plan.rank(row, Need::equal) < 0) continue;
    dependent_.push_back({row, static_cast<std::size_t>(plan.column(row, Need::equal)), plan.rank(row, Need::equal)});
  }
  std::stable_sort(dependent_.begin(), dependent_.end(),
                   [](const Dependent& a, const Dependent& b) { return a.rank > b.rank; });
}

void Repair::remember_widths(const RepairedPoint& point) {
  width_.clear();
  if (dependent_.empty()) return;
  for (const Interval value : point.enclosure) width_.push_back(value.upper - value.lower);
}

}  // namespace

std::vector<double> RepairedPoint::midpoints() const {
  std::vector<double> middle;
  middle.reserve(enclosure.size());
  for (const Interval value : enclosure) middle.push_back(value.lower + 0.5 * (value.upper - value.lower));
  return middle;
}

RepairedPoint repair_fine(const Model& model, const MatrixView& matrix, const std::vector<double>& value) {
  return Repair(model, matrix, value).run(noise_of_a_basis, fine_passes);
}

RepairedPoint repair_rough(const Model& model, const MatrixView& matrix, const std::vector<double>& value) {
  RepairedPoint point;
  for (const double noise : rough_noise) {
    point = Repair(model, matrix, value).run(noise, ample_by_pass.size());
    if (point.is_proved) break;
  }
  return point;
}

RepairedPoint repair(const Model& model, const MatrixView& matrix, const std::vector<double>& value) {
  RepairedPoint point = repair_fine(model, matrix, value);
  return point.is_proved ? point : repair_rough(model, matrix, value);
}

}  // namespace pinchpoint::optim
