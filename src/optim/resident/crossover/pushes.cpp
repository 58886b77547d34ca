// SPDX-License-Identifier: Apache-2.0
#include "optim/resident/crossover/pushes.hpp"

#include <algorithm>
#include <cmath>

#include "optim/resident/factor/elimination.hpp"

namespace pinchpoint::optim::resident {

namespace {

constexpr double tolerance = 1e-9;       // of values and prices in ratio tests
constexpr double smallest_pivot = 1e-7;  // of a push
constexpr double safe_pivot = 1e-6;      // of what is made basic
// Between two factors, and of their entries as many as the factor has and rows: a factor costs what a thousand updates
// cost those that follow them (crossover of a network of 43,810 rows 0.23 s, of 400 and 2: 0.47 s).
constexpr std::size_t most_updates = 1000;
constexpr std::size_t most_growth = 10;

}  // namespace

Pushes::Pushes(const Problem& problem, Point point)
    : problem_(problem),
      point_(std::move(point)),
      slot_(static_cast<std::size_t>(problem.variables()), -1),
      updates_(problem.rows),
      column_(problem.rows),
      unit_(problem.rows),
      steps_(problem.rows),
      row_(problem.variables()) {}

std::optional<BasisCode> Pushes::run(const std::atomic<bool>* interrupt) {
  interrupt_ = interrupt;
  make_basic(off_their_bounds());
  if (!refactorise() || !push_prices() || !push_values()) return std::nullopt;
  return basis();
}

std::vector<Index> Pushes::off_their_bounds() const {
  std::vector<Index> found;
  for (Index at = problem_.variables(); at-- > 0;) {
    if (!is_fixed(at) && is_between(at)) found.push_back(at);
  }
  return found;
}

/// Of `candidates` as many as are independent, and the activities of the rows that are left.
void Pushes::make_basic(const std::vector<Index>& candidates) {
  for (const Index variable : variable_) slot_[variable] = -1;
  variable_.clear();
  const Index size = std::max(problem_.rows, static_cast<Index>(candidates.size()));
  const Elimination done = eliminate(size, problem_.entries_of(candidates), safe_pivot);
  std::vector<std::uint8_t> has_pivot(static_cast<std::size_t>(size), 0);
  for (std::size_t step = 0; step < done.pivot.size(); ++step) {
    has_pivot[done.pivot_row[step]] = 1;
    variable_.push_back(candidates[done.pivot_column[step]]);
  }
  for (Index row = 0; row < problem_.rows; ++row) {
    if (has_pivot[row] == 0) variable_.push_back(problem_.columns + row);
  }
  for (std::size_t slot = 0; slot < variable_.size(); ++slot) slot_[variable_[slot]] = static_cast<Index>(slot);
}

/// A basis that has become singular gives up what depends on the rest.
bool Pushes::refactorise() {
  factor_ = LuFactor::make(problem_.rows, problem_.entries_of(variable_));
  if (!factor_) {
    make_basic(std::vector(variable_));
    factor_ = LuFactor::make(problem_.rows, problem_.entries_of(variable_));
  }
  updates_.clear();
  if (factor_) compute_basic_values();
  return factor_.has_value();
}

void Pushes::compute_basic_values() {
  column_.clear();
  for (Index at = 0; at < problem_.variables(); ++at) {
    if (!is_basic(at) && point_.value[at] != 0) problem_.add_column(at, -point_.value[at], column_);
  }
  factor_->solve(column_, steps_, space_);
  for (Index slot = 0; slot < problem_.rows; ++slot) point_.value[variable_[slot]] = column_.value[slot];
  column_.clear();
}

void Pushes::solve(Index variable) {
  column_.clear();
  problem_.add_column(variable, 1, column_);
  factor_->solve(column_, steps_, space_);
  updates_.apply(column_);
}

void Pushes::price_row(Index slot) {
  unit_.clear();
  unit_.add(slot, 1);
  updates_.apply_transposed(unit_);
  factor_->solve_transposed(unit_, steps_, space_);
  row_.clear();
  for (const Index row : unit_.index) problem_.add_row(row, unit_.value[row], row_);
}

double Pushes::nearest_bound(Index variable) const {
  const double value = point_.value[variable];
  const double lower = problem_.lower[variable], upper = problem_.upper[variable];
  return std::abs(value - lower) <= std::abs(upper - value) ? lower : upper;
}

bool Pushes::exchange(Index slot, Index entering, double standing) {
  const Index leaving = variable_[slot];
  updates_.append(slot, column_);
  point_.value[leaving] = standing;
  slot_[leaving] = -1;
  slot_[entering] = slot;
  variable_[slot] = entering;
  const bool is_full =
      updates_.count() >= most_updates ||
      updates_.entry_count() > most_growth * (factor_->entry_count() + static_cast<std::size_t>(problem_.rows));
  return !is_full || refactorise();
}

bool Pushes::push_prices() {
  for (Index slot = 0; slot < problem_.rows; ++slot) {
    if (point_.price[variable_[slot]] != 0 && (is_interrupted() || !push_price(slot))) return false;
  }
  return true;
}

bool Pushes::push_values() {
  for (Index at = 0; at < problem_.variables(); ++at) {
    if (is_basic(at) || is_fixed(at) || !is_between(at)) continue;
    if (is_interrupted() || !push_value(at)) return false;
  }
  return true;
}

/// How far a price may go that falls by `rate` a step.
double Pushes::price_room(Index variable, double rate, double slack) const {
  if (is_between(variable)) return slack / std::abs(rate);
  const bool falls = rate > 0;
  if (falls == (point_.value[variable] == problem_.upper[variable])) return infinity;
  const double price = point_.price[variable];
  return std::max((falls ? price : -price) + slack, 0.0) / std::abs(rate);
}

/// After Harris 1973: of what blocks before the rest would be wrong by more than the tolerance, the largest pivot.
Pushes::Block Pushes::price_block(double sign, double whole) const {
  const auto counts = [&](Index at) {
    return !is_basic(at) && !is_fixed(at) && std::abs(row_.value[at]) >= smallest_pivot;
  };
  double farthest = whole;
  for (const Index at : row_.index) {
    if (counts(at)) farthest = std::min(farthest, price_room(at, sign * row_.value[at], tolerance));
  }
  Block block{-1, whole};
  if (farthest >= whole) return block;
  double pivot = 0;
  for (const Index at : row_.index) {
    if (!counts(at) || std::abs(row_.value[at]) <= pivot) continue;
    const double room = price_room(at, sign * row_.value[at], 0);
    if (room > farthest) continue;
    pivot = std::abs(row_.value[at]);
    block = {at, room};
  }
  return block;
}

/// The price of what is basic there goes to zero, or as far as the other prices let it.
bool Pushes::push_price(Index slot) {
  const Index pushed = variable_[slot];
  const double price = point_.price[pushed];
  const double sign = price > 0 ? 1 : -1;
  price_row(slot);
  const Block block = price_block(sign, std::abs(price));
  for (const Index at : row_.index) {
    if (!is_basic(at)) point_.price[at] -= sign * block.step * row_.value[at];
  }
  point_.price[pushed] = block.at < 0 ? 0 : price - sign * block.step;
  if (block.at < 0) return true;
  point_.price[block.at] = 0;
  solve(block.at);
  if (std::abs(column_.value[slot]) < smallest_pivot) return updates_.count() == 0 || refactorise();
  return exchange(slot, block.at, nearest_bound(pushed));
}

/// How far a value may go that falls by `rate` a step.
double Pushes::value_room(Index slot, double rate, double slack) const {
  const Index basic = variable_[slot];
  const double value = point_.value[basic];
  const double room = rate > 0 ? value - problem_.lower[basic] : problem_.upper[basic] - value;
  return std::max(room + slack, 0.0) / std::abs(rate);
}

Pushes::Block Pushes::value_block(double sign, double whole) const {
  double farthest = whole;
  for (const Index slot : column_.index) {
    if (std::abs(column_.value[slot]) >= smallest_pivot)
      farthest = std::min(farthest, value_room(slot, sign * column_.value[slot], tolerance));
  }
  Block block{-1, whole};
  if (farthest >= whole) return block;
  double pivot = smallest_pivot;
  for (const Index slot : column_.index) {
    if (std::abs(column_.value[slot]) <= pivot) continue;
    const double room = value_room(slot, sign * column_.value[slot], 0);
    if (room > farthest) continue;
    pivot = std::abs(column_.value[slot]);
    block = {slot, room};
  }
  return block;
}

/// What is off its bounds and not basic goes to the nearer one, or as far as basic variables let it, for one of which
/// it becomes basic.
bool Pushes::push_value(Index variable) {
  const double value = point_.value[variable];
  const double bound = nearest_bound(variable);
  const double aim = std::isfinite(bound) ? bound : 0;
  const double sign = aim > value ? 1 : -1;
  solve(variable);
  const Block block = value_block(sign, std::abs(aim - value));
  for (const Index slot : column_.index) point_.value[variable_[slot]] -= sign * block.step * column_.value[slot];
  point_.value[variable] = block.at < 0 ? aim : value + sign * block.step;
  if (block.at < 0) return true;
  const Index leaving = variable_[block.at];
  const bool falls = sign * column_.value[block.at] > 0;
  return exchange(block.at, variable, falls ? problem_.lower[leaving] : problem_.upper[leaving]);
}

BasisCode Pushes::basis() const {
  constexpr std::uint8_t at_lower = 0, basic = 1, at_upper = 2, at_zero = 3;
  const auto code = [&](Index at) {
    if (is_basic(at)) return basic;
    if (point_.value[at] == problem_.lower[at]) return at_lower;
    return point_.value[at] == problem_.upper[at] ? at_upper : at_zero;
  };
  BasisCode basis;
  for (Index at = 0; at < problem_.columns; ++at) basis.column_basis.push_back(code(at));
  for (Index at = problem_.columns; at < problem_.variables(); ++at) basis.row_basis.push_back(code(at));
  return basis;
}

}  // namespace pinchpoint::optim::resident
