// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/proof/feasibility_proof.hpp"

#include <optional>
#include <unordered_map>

#include "core/base/ensure.hpp"
#include "optim/solve/proof/upper/dense_system.hpp"

namespace pinchpoint::optim {

namespace {

std::optional<DenseSystem> invert(const Block& block, const MatrixView& matrix) {
  ensure(block.rows.size() == block.columns.size(), "a block is square");
  std::unordered_map<std::size_t, std::size_t> place;
  for (std::size_t at = 0; at < block.rows.size(); ++at) place.emplace(block.rows[at], at);
  if (place.size() != block.rows.size()) return std::nullopt;
  DenseSystem system(block.rows.size());
  for (std::size_t at = 0; at < block.columns.size(); ++at) {
    for (const Entry& entry : matrix.column(block.columns[at])) {
      const auto row = place.find(static_cast<std::size_t>(entry.index));
      if (row != place.end()) system.at(row->second, at) = entry.value;
    }
  }
  return system.invert() ? std::optional(std::move(system)) : std::nullopt;
}

}  // namespace

const DenseSystem* BlockInverses::of(const Block& block) {
  ensure(!block.rows.empty(), "a block has rows");
  Made& made = made_[block.rows.front()];
  if (made.block != block) made = {block, invert(block, matrix_)};
  return made.system ? &*made.system : nullptr;
}

namespace {

class FeasibilityProof {
 public:
  FeasibilityProof(const Model& model, const MatrixView& matrix, const std::vector<double>& value)
      : model_(model), matrix_(matrix), is_solved_(model.row_lower.size(), 0), is_dependent_(value.size(), 0) {
    value_.reserve(value.size());
    for (const double number : value) value_.push_back({number, number});
  }

  /// A dependent may not stand in a row that was solved before it: that row's solution would be spoilt.
  bool solve(const Dependent& dependent) {
    return solve_alone(dependent.row, dependent.column, model_.row_lower[dependent.row]);
  }

  /// As solve(), for several rows at once.
  bool solve(const Block& block, BlockInverses& inverses) {
    if (block.rows.size() == 1) return solve_alone(block.rows[0], block.columns[0], nearer_side(block.rows[0]).side);
    for (const std::size_t column : block.columns) {
      if (is_dependent_[column] != 0 || model_.is_integer[column] != 0) return false;
      for (const Entry& entry : matrix_.column(column)) {
        if (is_solved_[static_cast<std::size_t>(entry.index)] != 0) return false;
      }
    }
    const DenseSystem* const system = inverses.of(block);
    if (system == nullptr) return false;
    for (int round = 0; round < newton_rounds; ++round) improve(block, *system);
    const std::optional<double> missed = system->bound_of_solution(residuals(block));
    if (!missed || !std::isfinite(*missed)) return false;
    for (const std::size_t column : block.columns) {
      Interval& value = value_[column];
      value = {add_down(value.lower, -*missed), add_up(value.upper, *missed)};
      is_dependent_[column] = 1;
    }
    for (const std::size_t row : block.rows) is_solved_[row] = 1;
    return true;
  }

  [[nodiscard]] bool all_rows_hold() const {
    for (std::size_t row = 0; row < model_.row_lower.size(); ++row) {
      if (is_solved_[row] == 0 && !is_within(row)) return false;
    }
    return true;
  }

  [[nodiscard]] bool all_bounds_hold() const {
    for (std::size_t column = 0; column < value_.size(); ++column) {
      const Interval value = value_[column];
      if (!(value.lower >= model_.lower[column] && value.upper <= model_.upper[column])) return false;
      if (!std::isfinite(value.lower) || !std::isfinite(value.upper)) return false;
      if (model_.is_integer[column] != 0 && std::round(value.lower) != value.lower) return false;
    }
    return true;
  }

  [[nodiscard]] Interval objective() const {
    IntervalSum sum;
    sum.add(model_.offset);
    for (std::size_t column = 0; column < value_.size(); ++column) sum.add_product(model_.cost[column], value_[column]);
    return sum.enclosure();
  }

  [[nodiscard]] const std::vector<Interval>& enclosure() const { return value_; }

 private:
  static constexpr int newton_rounds = 3;

  bool solve_alone(std::size_t row, std::size_t column, double side) {
    double factor = 0;
    for (const Entry& entry : matrix_.column(column)) {
      if (is_solved_[static_cast<std::size_t>(entry.index)] != 0) return false;
      if (static_cast<std::size_t>(entry.index) == row) factor = entry.value;
    }
    if (factor == 0 || is_dependent_[column] != 0 || model_.is_integer[column] != 0) return false;
    is_solved_[row] = 1;
    is_dependent_[column] = 1;
    const Interval rest = residual(row, side, column);
    if (factor > 0)
      value_[column] = {divide_down(rest.lower, factor), divide_up(rest.upper, factor)};
    else
      value_[column] = {divide_down(rest.upper, factor), divide_up(rest.lower, factor)};
    return true;
  }

  /// The side of a row that its activity is nearer to, and what is missing to it, with all columns at their values of
  /// now.
  struct Side {
    double side;
    Interval missing;
  };
  [[nodiscard]] Side nearer_side(std::size_t row) const {
    const double lower = model_.row_lower[row];
    const double upper = model_.row_upper[row];
    const auto to = [&](double side) { return Side{side, residual(row, side, value_.size())}; };
    if (lower == upper || upper == infinity) return to(lower);
    if (lower == -infinity) return to(upper);
    const Side low = to(lower), high = to(upper);
    return std::abs(low.missing.lower) <= std::abs(high.missing.lower) ? low : high;
  }

  [[nodiscard]] std::vector<Interval> residuals(const Block& block) const {
    std::vector<Interval> missing;
    missing.reserve(block.rows.size());
    for (const std::size_t row : block.rows) missing.push_back(nearer_side(row).missing);
    return missing;
  }

  /// A Newton step of the block's columns, which stay single doubles.
  void improve(const Block& block, const DenseSystem& system) {
    std::vector<double> middle;
    for (const Interval& missing : residuals(block)) middle.push_back(0.5 * (missing.lower + missing.upper));
    const std::vector<double> steps = system.solve(middle);
    for (std::size_t at = 0; at < steps.size(); ++at) {
      const double moved = value_[block.columns[at]].lower + steps[at];
      value_[block.columns[at]] = {moved, moved};
    }
  }

  /// Encloses side - activity, leaving one column out.
  [[nodiscard]] Interval residual(std::size_t row, double side, std::size_t left_out) const {
    IntervalSum sum;
    sum.add(side);
    for (const Entry& entry : matrix_.row(row)) {
      const auto column = static_cast<std::size_t>(entry.index);
      if (column != left_out) sum.add_product(-entry.value, value_[column]);
    }
    return sum.enclosure();
  }

  /// The most that side - activity can be, or the least, if `sign` is -1, with its sign changed.
  [[nodiscard]] double most_missing(std::size_t row, double side, double sign) const {
    ExactSum sum;
    sum.add(sign * side);
    for (const Entry& entry : matrix_.row(row)) {
      const double factor = -sign * entry.value;
      const Interval x = value_[static_cast<std::size_t>(entry.index)];
      sum.add_product(factor, factor > 0 ? x.upper : x.lower);
    }
    return sum.enclosure().upper;
  }

  [[nodiscard]] bool is_within(std::size_t row) const {
    const double lower = model_.row_lower[row];
    const double upper = model_.row_upper[row];
    if (lower == upper) {
      const Interval missing = residual(row, lower, value_.size());
      return missing.lower >= 0 && missing.upper <= 0;
    }
    return (lower == -infinity || most_missing(row, lower, 1) <= 0) &&
           (upper == infinity || most_missing(row, upper, -1) <= 0);
  }

  const Model& model_;
  const MatrixView& matrix_;
  std::vector<Interval> value_;
  std::vector<std::uint8_t> is_solved_, is_dependent_;
};

RepairedPoint outcome_of(const FeasibilityProof& proof) {
  RepairedPoint point;
  point.is_proved = proof.all_bounds_hold() && proof.all_rows_hold();
  if (point.is_proved) point.objective = proof.objective();
  point.enclosure = proof.enclosure();
  return point;
}

}  // namespace

RepairedPoint prove_feasible(const Model& model, const MatrixView& matrix, const std::vector<double>& value,
                             const std::vector<Dependent>& dependents) {
  FeasibilityProof proof(model, matrix, value);
  for (const Dependent& dependent : dependents) proof.solve(dependent);
  return outcome_of(proof);
}

RepairedPoint prove_feasible(const Model& model, const MatrixView& matrix, const std::vector<double>& value,
                             const std::vector<Block>& blocks, BlockInverses& inverses) {
  FeasibilityProof proof(model, matrix, value);
  for (const Block& block : blocks) proof.solve(block, inverses);
  return outcome_of(proof);
}

RepairedPoint prove_feasible(const Model& model, const MatrixView& matrix, const std::vector<double>& value,
                             const std::vector<Block>& blocks) {
  BlockInverses inverses(matrix);
  return prove_feasible(model, matrix, value, blocks, inverses);
}

}  // namespace pinchpoint::optim
