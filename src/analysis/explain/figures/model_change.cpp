// SPDX-License-Identifier: Apache-2.0
#include "analysis/explain/figures/model_change.hpp"

#include <algorithm>
#include <cmath>

namespace pinchpoint::explain {

namespace {

using Kind = ModelNumber::Kind;

/// 0 for two infinite bounds of one sign.
double difference(double left, double right) { return left == right ? 0 : right - left; }

bool same_constants(const plan::PlanProblem& left, const plan::PlanProblem& right) {
  return std::equal(left.constants.begin(), left.constants.end(), right.constants.begin(), right.constants.end(),
                    [](const plan::ConstantTerm& one, const plan::ConstantTerm& two) { return one.row == two.row; });
}

/// What constants explain of the changes of the sums that they went into, and what these can be wrong by.
class Explained {
 public:
  explicit Explained(std::size_t rows) : rows_(rows) {}
  void add(const plan::ConstantTerm& left, double change) {
    Sum& sum = left.row.is_valid() ? rows_[static_cast<std::size_t>(left.row.index())] : offset_;
    sum.change += change;
    sum.size += std::abs(left.value);
  }
  [[nodiscard]] double rest_of_offset(double change) const { return rest(offset_, change, 0); }
  [[nodiscard]] double rest_of_row(std::size_t row, double change, double side) const {
    return rest(rows_[row], change, side);
  }

 private:
  struct Sum {
    double change = 0, size = 0;
  };
  static double rest(const Sum& sum, double change, double side) {
    if (sum.size == 0) return change;
    constexpr double rounding = 1e-13;
    const double left = change - sum.change;
    return std::abs(left) <= rounding * (sum.size + std::abs(side)) ? 0 : left;
  }
  Sum offset_;
  std::vector<Sum> rows_;
};

Explained see_constants(const plan::PlanProblem& left, const plan::PlanProblem& right,
                        const std::function<void(const ModelNumber&, double)>& see) {
  Explained explained(left.model.row_lower.size());
  if (!same_constants(left, right)) return explained;
  for (std::size_t at = 0; at < left.constants.size(); ++at) {
    const plan::ConstantTerm& term = left.constants[at];
    const double change = right.constants[at].value - term.value;
    explained.add(term, change);
    const auto row = static_cast<std::size_t>(std::max(0, term.row.index()));
    if (change != 0) see({Kind::constant, row, 0, at}, change);
  }
  return explained;
}

void see_sides(const std::vector<double>& left, const std::vector<double>& right, Kind kind, const Explained& explained,
               const std::function<void(const ModelNumber&, double)>& see) {
  for (std::size_t row = 0; row < left.size(); ++row) {
    if (left[row] == right[row]) continue;
    const double change = explained.rest_of_row(row, right[row] - left[row], left[row]);
    if (change != 0) see({kind, row, 0, 0}, change);
  }
}

void see_vector(const std::vector<double>& left, const std::vector<double>& right, Kind kind,
                const std::function<void(const ModelNumber&, double)>& see) {
  for (std::size_t column = 0; column < left.size(); ++column) {
    if (left[column] != right[column]) see({kind, 0, column, 0}, difference(left[column], right[column]));
  }
}

/// Entries of one column of both, merged by row.
void see_column(const optim::Model& left, const optim::Model& right, std::size_t column,
                const std::function<void(const ModelNumber&, double)>& see) {
  auto one = static_cast<std::size_t>(left.matrix.start[column]);
  auto two = static_cast<std::size_t>(right.matrix.start[column]);
  const auto one_end = static_cast<std::size_t>(left.matrix.start[column + 1]);
  const auto two_end = static_cast<std::size_t>(right.matrix.start[column + 1]);
  while (one < one_end || two < two_end) {
    const bool has_left = one < one_end && (two == two_end || left.matrix.row[one] <= right.matrix.row[two]);
    const bool has_right = two < two_end && (one == one_end || right.matrix.row[two] <= left.matrix.row[one]);
    const auto row = static_cast<std::size_t>(has_left ? left.matrix.row[one] : right.matrix.row[two]);
    const double change = (has_right ? right.matrix.value[two] : 0) - (has_left ? left.matrix.value[one] : 0);
    if (change != 0) see({Kind::entry, row, column, one}, change);
    if (has_left) ++one;
    if (has_right) ++two;
  }
}

double largest(const std::vector<double>& values) {
  double most = 0;
  for (const double value : values) most = std::max(most, std::abs(value));
  return most;
}

}  // namespace

double ModelNumber::in(const plan::PlanProblem& problem) const {
  const optim::Model& model = problem.model;
  switch (kind) {
    case Kind::offset:
      return model.offset;
    case Kind::constant:
      return problem.constants[place].value;
    case Kind::cost:
      return model.cost[column];
    case Kind::lower:
      return model.lower[column];
    case Kind::upper:
      return model.upper[column];
    case Kind::row_lower:
      return model.row_lower[row];
    case Kind::row_upper:
      return model.row_upper[row];
    case Kind::entry:
      return model.matrix.value[place];
  }
  return 0;
}

ModelPrices::ModelPrices(const plan::PlanProblem& problem, const std::vector<Goal>& goals, LivePlan& live)
    : problem_(problem), solution_(live.solution()), duals_{solution_.row_dual, solution_.reduced_cost} {
  for (const Goal& goal : goals) {
    const std::vector<double> weights = goal.weights(problem_.model.cost.size());
    Rates rates;
    rates.row = live.row_rates(weights);
    rates.column = optim::column_rates(problem_.model, weights, rates.row);
    // Rounding left on basic columns would be multiplied by bounds of any size.
    const double least = 1e-9 * std::max(1e-300, largest(rates.column));
    for (double& rate : rates.column) rate = std::abs(rate) <= least ? 0 : rate;
    goals_.push_back(std::move(rates));
    goal_sizes_.push_back(std::max(goal.peak_asked, 1e-12));
  }
}

double ModelPrices::price(const ModelNumber& number, const Rates& rates) const {
  // The dual's sign says which side binds; a goal's rates hold for the same side.
  const double dual = duals_.row.empty() ? 0 : duals_.row[number.row];
  const double reduced = duals_.column.empty() ? 0 : duals_.column[number.column];
  switch (number.kind) {
    case Kind::row_lower:
      return dual > 0 ? rates.row[number.row] : 0;
    case Kind::row_upper:
      return dual < 0 ? rates.row[number.row] : 0;
    case Kind::lower:
      return reduced > 0 ? rates.column[number.column] : 0;
    case Kind::upper:
      return reduced < 0 ? rates.column[number.column] : 0;
    case Kind::constant:
      return problem_.constants[number.place].row.is_valid() && dual != 0 ? rates.row[number.row] : 0;
    case Kind::entry:
      return -rates.row[number.row] * solution_.value[number.column];
    case Kind::offset:
    case Kind::cost:
      break;
  }
  return 0;
}

double ModelPrices::of_objective(const ModelNumber& number) const {
  const bool is_constant = number.kind == Kind::constant && !problem_.constants[number.place].row.is_valid();
  if (number.kind == Kind::offset || is_constant) return 1;
  if (number.kind == Kind::cost) return solution_.value[number.column];
  return price(number, duals_);
}

double ModelPrices::of_goal(std::size_t goal, const ModelNumber& number) const { return price(number, goals_[goal]); }

bool ModelPrices::is_negligible(const ModelNumber& number, double change) const {
  constexpr double share = 1e-10;
  if (std::abs(of_objective(number) * change) > share * std::max(1.0, std::abs(solution_.objective))) return false;
  for (std::size_t goal = 0; goal < goals_.size(); ++goal) {
    if (std::abs(of_goal(goal, number) * change) > share * goal_sizes_[goal]) return false;
  }
  return true;
}

bool same_keys(const optim::Model& left, const optim::Model& right) {
  return left.row_key == right.row_key && left.column_key == right.column_key && left.is_integer == right.is_integer;
}

bool same_pattern(const plan::PlanProblem& left, const plan::PlanProblem& right) {
  const optim::Model &one = left.model, &two = right.model;
  return same_keys(one, two) && one.matrix.start == two.matrix.start && one.matrix.row == two.matrix.row &&
         same_constants(left, right);
}

bool differs(const plan::PlanProblem& one, const plan::PlanProblem& two) {
  const optim::Model &left = one.model, &right = two.model;
  return !same_pattern(one, two) || left.matrix.value != right.matrix.value || left.cost != right.cost ||
         left.lower != right.lower || left.upper != right.upper || left.row_lower != right.row_lower ||
         left.row_upper != right.row_upper || left.offset != right.offset;
}

void for_each_difference(const plan::PlanProblem& one, const plan::PlanProblem& two,
                         const std::function<void(const ModelNumber&, double)>& see) {
  const optim::Model &left = one.model, &right = two.model;
  const Explained explained = see_constants(one, two, see);
  const double offset = explained.rest_of_offset(right.offset - left.offset);
  if (offset != 0) see({Kind::offset, 0, 0, 0}, offset);
  see_vector(left.cost, right.cost, Kind::cost, see);
  see_vector(left.lower, right.lower, Kind::lower, see);
  see_vector(left.upper, right.upper, Kind::upper, see);
  see_sides(left.row_lower, right.row_lower, Kind::row_lower, explained, see);
  see_sides(left.row_upper, right.row_upper, Kind::row_upper, explained, see);
  for (std::size_t column = 0; column < left.cost.size(); ++column) see_column(left, right, column, see);
}

}  // namespace pinchpoint::explain
