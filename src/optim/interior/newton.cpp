// SPDX-License-Identifier: Apache-2.0
#include "optim/interior/newton.hpp"

#include <algorithm>
#include <cmath>

namespace pinchpoint::optim::interior {

namespace {

constexpr int most_refinements = 4;
constexpr double fine = 1e-11;
constexpr double first_hold = 1e-8, least_hold = 1e-12, most_hold = 1e-6;
constexpr double good = 1e-12, bad = 1e-10;  // relative residuals

double largest(const std::vector<double>& vector) {
  double size = 0;
  for (const double entry : vector) size = std::max(size, std::abs(entry));
  return size;
}

}  // namespace

Newton::Newton(const BarrierProblem& problem, SymmetricFactor factor)
    : problem_(problem),
      factor_(std::move(factor)),
      hold_(first_hold),
      weight_(static_cast<std::size_t>(problem.variables())),
      slack_(static_cast<std::size_t>(problem.rows)),
      diagonal_(weight_.size()),
      right_(weight_.size()),
      solution_(weight_.size()),
      refined_(weight_.size()),
      rest_(weight_.size()),
      reduced_(weight_.size()) {}

bool Newton::factorise(const Iterate& point) {
  for (Index at = 0; at < problem_.variables(); ++at) {
    double weight = 0;
    if (problem_.has_lower(at)) weight += point.z_lower[at] / point.to_lower[at];
    if (problem_.has_upper(at)) weight += point.z_upper[at] / point.to_upper[at];
    weight_[at] = weight;
  }
  return factorise_weights();
}

bool Newton::factorise_evenly() {
  std::fill(weight_.begin(), weight_.end(), 1.0);
  return factorise_weights();
}

void Newton::adapt_hold() {
  if (worst_ < good) hold_ = std::max(0.1 * hold_, least_hold);
  if (worst_ > bad) hold_ = std::min(10 * hold_, most_hold);
}

bool Newton::hold_tighter() {
  if (hold_ >= most_hold) return false;
  hold_ = std::min(100 * hold_, most_hold);
  return true;
}

bool Newton::factorise_weights() {
  const Index columns = problem_.columns;
  worst_ = 0;
  for (Index at = 0; at < columns; ++at) diagonal_[at] = -(weight_[at] + hold_);
  for (Index row = 0; row < problem_.rows; ++row) {
    slack_[row] = problem_.is_equation[row] ? 0 : 1 / std::max(weight_[columns + row], 1e-20);
    diagonal_[columns + row] = slack_[row] + hold_;
  }
  return factor_.factorise(diagonal_);
}

void Newton::residual(const std::vector<double>& solution, double less, std::vector<double>& rest) const {
  const Index columns = problem_.columns;
  rest = right_;
  for (Index column = 0; column < columns; ++column) {
    const double x = solution[column];
    double sum = (diagonal_[column] + less) * x;
    for (Index at = problem_.column_start[column]; at < problem_.column_start[column + 1]; ++at) {
      const Index place = columns + problem_.row[at];
      sum += problem_.value[at] * solution[place];
      rest[place] -= problem_.value[at] * x;
    }
    rest[column] -= sum;
  }
  for (Index row = 0; row < problem_.rows; ++row)
    rest[columns + row] -= (diagonal_[columns + row] - less) * solution[columns + row];
}

double Newton::largest_row(const std::vector<double>& vector) const {
  double size = 0;
  for (auto at = vector.begin() + problem_.columns; at != vector.end(); ++at) size = std::max(size, std::abs(*at));
  return size;
}

/// What the hold leaves of the rows (hold × step of prices) is taken off: where values are small, as the smallest of a
/// network's, a column may be at its bound before its row is mended.
void Newton::let_go_of_rows() {
  constexpr double share = 0.1, exact = 1e-13;
  const double less = hold_ - least_hold;
  const double wanted = std::max(share * largest_row(right_), exact);
  if (less * largest_row(solution_) <= wanted) return;
  residual(solution_, less, rest_);
  const double now = largest_row(rest_);
  factor_.solve(rest_);
  for (std::size_t at = 0; at < rest_.size(); ++at) refined_[at] = solution_[at] + rest_[at];
  residual(refined_, less, rest_);
  if (largest_row(rest_) < now) std::swap(solution_, refined_);
}

void Newton::solve(std::vector<double>& of_columns, std::vector<double>& of_rows) {
  std::copy(of_columns.begin(), of_columns.begin() + problem_.columns, right_.begin());
  std::copy(of_rows.begin(), of_rows.end(), right_.begin() + problem_.columns);
  solution_ = right_;
  factor_.solve(solution_);
  const double size = largest(right_);
  residual(solution_, 0, rest_);
  double now = largest(rest_);
  for (int round = 0; round < most_refinements && now > fine * size; ++round) {
    factor_.solve(rest_);
    for (std::size_t at = 0; at < rest_.size(); ++at) refined_[at] = solution_[at] + rest_[at];
    residual(refined_, 0, rest_);
    const double then = largest(rest_);
    if (!(then < now)) break;
    std::swap(solution_, refined_);
    const bool is_slow = then > 0.5 * now;
    now = then;
    if (is_slow) break;
  }
  if (size > 0 && !(now / size <= worst_) && !std::isnan(worst_)) worst_ = now / size;
  let_go_of_rows();
  std::copy(solution_.begin(), solution_.begin() + problem_.columns, of_columns.begin());
  std::copy(solution_.begin() + problem_.columns, solution_.end(), of_rows.begin());
}

void Newton::solve(const Iterate& point, const Residuals& wanted, Iterate& step) {
  const Index columns = problem_.columns;
  const Index variables = problem_.variables();
  for (Index at = 0; at < variables; ++at) {
    double right = wanted.dual[at];
    if (problem_.has_lower(at))
      right -= (wanted.lower_product[at] + point.z_lower[at] * wanted.lower[at]) / point.to_lower[at];
    if (problem_.has_upper(at))
      right += (wanted.upper_product[at] - point.z_upper[at] * wanted.upper[at]) / point.to_upper[at];
    reduced_[at] = right;
  }
  step.x = reduced_;
  for (Index row = 0; row < problem_.rows; ++row)
    step.y[row] = wanted.rows[row] - slack_[row] * reduced_[columns + row];
  solve(step.x, step.y);
  for (Index row = 0; row < problem_.rows; ++row)
    step.x[columns + row] = -slack_[row] * (step.y[row] + reduced_[columns + row]);
  for (Index at = 0; at < variables; ++at) {
    if (problem_.has_lower(at)) {
      step.to_lower[at] = step.x[at] - wanted.lower[at];
      step.z_lower[at] = (wanted.lower_product[at] - point.z_lower[at] * step.to_lower[at]) / point.to_lower[at];
    }
    if (problem_.has_upper(at)) {
      step.to_upper[at] = wanted.upper[at] - step.x[at];
      step.z_upper[at] = (wanted.upper_product[at] - point.z_upper[at] * step.to_upper[at]) / point.to_upper[at];
    }
  }
}

}  // namespace pinchpoint::optim::interior
