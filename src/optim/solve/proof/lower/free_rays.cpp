// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/proof/lower/free_rays.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "optim/solve/proof/upper/equation_blocks.hpp"

namespace pinchpoint::optim {

namespace {

// What an elimination leaves of a sum of terms, relative to the largest.
constexpr double left_by_rounding = 1e-12;
constexpr int largest_multiple = 60;
// Entries that the elimination may touch before it gives up.
constexpr std::int64_t most_work = 20'000'000;

using Vector = std::map<std::size_t, double>;

/// Adds factor · other, without what rounding leaves.
void add_multiple(Vector& vector, double factor, const Vector& other) {
  for (const auto& [at, value] : other) {
    const double term = factor * value;
    double& sum = vector[at];
    const double size = std::max(std::abs(sum), std::abs(term));
    sum += term;
    if (std::abs(sum) <= left_by_rounding * size) vector.erase(at);
  }
}

/// Finds columns that are combinations of those before them, by elimination.
class Combinations {
 public:
  Combinations(const Model& model, const MatrixView& matrix) : model_(model), matrix_(matrix) {}

  /// If the column is a combination of earlier ones: the factors, by column, of a sum of 0; its own is 1.
  Vector add(std::size_t column) {
    Vector rest = entries(column);
    Vector factors{{column, 1.0}};
    for (std::map<std::size_t, std::size_t> due = pivots_in(rest); !due.empty(); due = pivots_in(rest)) {
      const Pivot& pivot = pivots_[due.begin()->first];
      const double factor = -rest.at(pivot.row) / pivot.rest.at(pivot.row);
      work_ += static_cast<std::int64_t>(pivot.rest.size() + pivot.factors.size() + rest.size());
      add_multiple(rest, factor, pivot.rest);
      add_multiple(factors, factor, pivot.factors);
      rest.erase(pivot.row);
    }
    if (rest.empty()) return factors;
    const std::size_t row = best_pivot(rest);
    pivot_of_row_.emplace(row, pivots_.size());
    pivots_.push_back({row, std::move(rest), std::move(factors)});
    return {};
  }

  [[nodiscard]] bool is_tired() const { return work_ > most_work; }

 private:
  struct Pivot {
    std::size_t row;
    Vector rest, factors;
  };

  [[nodiscard]] Vector entries(std::size_t column) const {
    Vector vector;
    for (const Entry& entry : matrix_.column(column)) {
      const auto row = static_cast<std::size_t>(entry.index);
      if (model_.row_lower[row] > -infinity || model_.row_upper[row] < infinity) vector[row] = entry.value;
    }
    return vector;
  }

  /// Numbers of pivots whose rows stand in the vector, the oldest first: later ones do not bring its row back.
  [[nodiscard]] std::map<std::size_t, std::size_t> pivots_in(const Vector& vector) const {
    std::map<std::size_t, std::size_t> due;
    for (const auto& [row, value] : vector) {
      const auto found = pivot_of_row_.find(row);
      if (found != pivot_of_row_.end()) due.emplace(found->second, row);
    }
    return due;
  }

  static std::size_t best_pivot(const Vector& vector) {
    const auto is_smaller = [](const auto& a, const auto& b) { return std::abs(a.second) < std::abs(b.second); };
    return std::max_element(vector.begin(), vector.end(), is_smaller)->first;
  }

  const Model& model_;
  const MatrixView& matrix_;
  std::vector<Pivot> pivots_;
  std::map<std::size_t, std::size_t> pivot_of_row_;
  std::int64_t work_ = 0;
};

/// The problem of moving columns such that no row with a side and no cost changes.
Model ray_problem(const Model& model, const MatrixView& matrix, const Vector& factors) {
  ModelBuilder builder;
  std::map<std::size_t, RowId> rows;
  const RowId cost = builder.add_row({}, 0, 0);
  for (const auto& [member, factor] : factors) {
    const ColumnId id = builder.add_column({}, 0, -infinity, infinity);
    if (model.cost[member] != 0) builder.add_entry(cost, id, model.cost[member]);
    for (const Entry& entry : matrix.column(member)) {
      const auto row = static_cast<std::size_t>(entry.index);
      if (model.row_lower[row] == -infinity && model.row_upper[row] == infinity) continue;
      if (!rows.contains(row)) rows.emplace(row, builder.add_row({}, 0, 0));
      builder.add_entry(rows.at(row), id, entry.value);
    }
  }
  return builder.build("ray", nullptr);
}

/// The number to the digits of a float, if those are all it seems to have.
std::optional<double> in_few_digits(double number) {
  const auto rounded = static_cast<double>(static_cast<float>(number));
  if (std::abs(rounded - number) <= left_by_rounding * std::abs(rounded)) return rounded;
  return std::nullopt;
}

/// Some multiple of the numbers, in few digits; nothing if no small one has few.
std::optional<std::vector<double>> multiple_in_few_digits(const std::vector<double>& numbers) {
  for (int multiple = 1; multiple <= largest_multiple; ++multiple) {
    std::vector<double> rounded;
    for (const double number : numbers) {
      const std::optional<double> few = in_few_digits(multiple * number);
      if (!few) break;
      rounded.push_back(*few);
    }
    if (rounded.size() == numbers.size()) return rounded;
  }
  return std::nullopt;
}

/// Proves that the rows leave columns without bounds a solution near these values.
bool is_solvable(const Model& problem, const MatrixView& matrix, const std::vector<double>& value) {
  const std::vector<double> room = room_within_bounds(problem, value);
  std::vector<std::uint8_t> is_equation;
  for (std::size_t row = 0; row < problem.row_lower.size(); ++row) {
    const auto is_loose = [&room](const Entry& entry) { return room[static_cast<std::size_t>(entry.index)] > 0; };
    is_equation.push_back(std::ranges::any_of(matrix.row(row), is_loose) ? 1 : 0);
  }
  return prove_feasible(problem, matrix, value, order_equations(matrix, is_equation, room)).is_proved;
}

/// Proves that factors near these, or near a multiple of them, keep every row and cost nothing: these very ones, others
/// of fewer digits, or, where rows do not follow from one another, such as the rows determine.
bool is_ray(const Model& model, const MatrixView& matrix, const Vector& factors, std::size_t column) {
  Model problem = ray_problem(model, matrix, factors);
  const MatrixView view(problem);
  std::vector<double> given;
  for (const auto& [member, factor] : factors) given.push_back(factor);
  const std::vector<Block> none;
  if (prove_feasible(problem, view, given, none).is_proved) return true;
  const std::optional<std::vector<double>> multiple = multiple_in_few_digits(given);
  if (multiple && prove_feasible(problem, view, *multiple, none).is_proved) return true;
  const auto own = static_cast<std::size_t>(std::distance(factors.begin(), factors.find(column)));
  problem.lower[own] = problem.upper[own] = 1;
  if (is_solvable(problem, view, given)) return true;
  for (std::size_t member = 0; member < given.size(); ++member) {
    const std::optional<double> few = in_few_digits(given[member]);
    if (few) problem.lower[member] = problem.upper[member] = given[member] = *few;
  }
  return is_solvable(problem, view, given);
}

}  // namespace

void open_rays(Model& model, const MatrixView& matrix, const Rays& rays) {
  for (const std::size_t row : rays.rows) {
    model.row_lower[row] = -infinity;
    model.row_upper[row] = infinity;
  }
  for (const std::size_t column : rays.columns) {
    model.lower[column] = -infinity;
    model.upper[column] = infinity;
  }
  std::vector<std::size_t> loose;
  for (std::size_t column = 0; column < model.cost.size(); ++column) {
    if (model.lower[column] == -infinity && model.upper[column] == infinity) loose.push_back(column);
  }
  std::stable_sort(loose.begin(), loose.end(), [&matrix](std::size_t a, std::size_t b) {
    return matrix.column(a).size() < matrix.column(b).size();
  });
  // Each ray has a column of its own that is put at 0, so one ray's step does not undo another's.
  Combinations combinations(model, matrix);
  for (const std::size_t column : loose) {
    if (combinations.is_tired()) return;
    const Vector factors = combinations.add(column);
    if (!factors.empty() && is_ray(model, matrix, factors, column)) model.lower[column] = model.upper[column] = 0;
  }
}

}  // namespace pinchpoint::optim
