// SPDX-License-Identifier: Apache-2.0
#include "optim/stochastic/cuts/dual_cuts.hpp"

#include <algorithm>
#include <cmath>

#include "optim/ensemble/touched.hpp"

namespace pinchpoint::optim {

namespace {

// A size that stands in where a column has no bound: far above what a scaled problem's optimum holds.
constexpr double assumed_size = 1e6;
// A term of a cut that can be no larger than this share of its constant only spoils the scaling of a master.
constexpr double negligible = 1e-12;

}  // namespace

double Cut::at(const std::vector<double>& first) const {
  double value = constant;
  for (const auto& [column, factor] : slope) value += factor * first[static_cast<std::size_t>(column)];
  return value;
}

double Cut::least_at(const std::vector<double>& first) const {
  SafeSum sum;
  sum.add(constant);
  for (const auto& [column, factor] : slope) sum.add(factor * first[static_cast<std::size_t>(column)]);
  return std::isfinite(constant) ? sum.safe() : constant;
}

DualCuts::DualCuts(const TwoStageProblem& problem, std::int32_t recourse, std::vector<std::size_t> futures)
    : problem_(problem),
      recourse_(problem.recourses[static_cast<std::size_t>(recourse)]),
      futures_(std::move(futures)),
      box_lower_(recourse_.model.lower),
      box_upper_(recourse_.model.upper) {
  find_touched();
  for (const std::size_t future : futures_) collect(problem_.futures[future]);
}

void DualCuts::find_touched() {
  is_touched_row_.assign(recourse_.model.row_lower.size(), 0);
  is_touched_column_.assign(recourse_.model.cost.size(), 0);
  linked_place_.assign(problem_.first.cost.size(), -1);
  const auto mark = [this](const Link& link) { linked_place_[static_cast<std::size_t>(link.column)] = 0; };
  std::for_each(recourse_.links.begin(), recourse_.links.end(), mark);
  for (const std::size_t at : futures_) {
    const Future& future = problem_.futures[at];
    for (const BoundChange& change : future.patch.rows) is_touched_row_[static_cast<std::size_t>(change.index)] = 1;
    for (const BoundChange& change : future.patch.columns)
      is_touched_column_[static_cast<std::size_t>(change.index)] = 1;
    std::for_each(future.links.begin(), future.links.end(), mark);
  }
  const auto list = [](const std::vector<std::uint8_t>& marks, std::vector<std::int32_t>& into) {
    for (std::size_t at = 0; at < marks.size(); ++at) {
      if (marks[at] != 0) into.push_back(static_cast<std::int32_t>(at));
    }
  };
  list(is_touched_row_, touched_rows_);
  list(is_touched_column_, touched_columns_);
  for (std::size_t column = 0; column < linked_place_.size(); ++column) {
    if (linked_place_[column] < 0) continue;
    linked_place_[column] = static_cast<std::int32_t>(linked_.size());
    linked_.push_back(static_cast<std::int32_t>(column));
  }
  first_size_.assign(linked_.size(), infinity);
}

void DualCuts::collect(const Future& future) {
  Own own;
  const Model& model = recourse_.model;
  const auto fill = [](const std::vector<std::int32_t>& touched, const std::vector<BoundChange>& changes,
                       const std::vector<double>& lower, const std::vector<double>& upper, std::vector<Sides>& into) {
    auto change = changes.begin();
    for (const std::int32_t index : touched) {
      while (change != changes.end() && change->index < index) ++change;
      const bool is_changed = change != changes.end() && change->index == index;
      const auto at = static_cast<std::size_t>(index);
      into.push_back(is_changed ? Sides{change->lower, change->upper} : Sides{lower[at], upper[at]});
    }
  };
  fill(touched_rows_, future.patch.rows, model.row_lower, model.row_upper, own.rows);
  fill(touched_columns_, future.patch.columns, model.lower, model.upper, own.columns);
  for (const Link& link : future.links) {
    const std::int32_t place = linked_place_[static_cast<std::size_t>(link.column)];
    own.links.push_back({static_cast<std::size_t>(place), link.row, link.value});
  }
  own_.push_back(std::move(own));
}

void DualCuts::set_box(std::vector<double> lower, std::vector<double> upper, const std::vector<double>& first_size) {
  box_lower_ = std::move(lower);
  box_upper_ = std::move(upper);
  for (std::size_t at = 0; at < linked_.size(); ++at)
    first_size_[at] = first_size[static_cast<std::size_t>(linked_[at])];
  inner_.reset();
  inner_of_rays_.reset();
}

/// Within the conditions of all futures at once.
InnerDuals& DualCuts::inner(bool with_cost) {
  std::optional<InnerDuals>& inner = with_cost ? inner_ : inner_of_rays_;
  if (!inner) {
    std::vector<Patch> patches;
    for (const std::size_t future : futures_) patches.push_back(problem_.futures[future].patch);
    inner.emplace(loosest(recourse_.model, patches), box_lower_, box_upper_, with_cost);
  }
  return *inner;
}

Interval DualCuts::reduced_cost(const std::vector<double>& dual, std::size_t column, bool with_cost) const {
  const SparseMatrix& matrix = recourse_.model.matrix;
  ExactSum sum;
  if (with_cost) sum.add(recourse_.model.cost[column]);
  for (auto at = matrix.start[column]; at < matrix.start[column + 1]; ++at) {
    const auto place = static_cast<std::size_t>(at);
    const double y = dual[static_cast<std::size_t>(matrix.row[place])];
    if (y != 0) sum.add_product(-matrix.value[place], y);
  }
  return sum.enclosure();
}

double DualCuts::term_of(Interval cost, Sides sides, std::size_t column, bool& is_proved) const {
  const double lower = std::max(sides.lower, box_lower_[column]);
  const double upper = std::min(sides.upper, box_upper_[column]);
  const double term = least_term(cost.lower, cost.upper, lower, upper);
  if (term > -infinity) return term;
  is_proved = false;
  return least_term(cost.lower, cost.upper, std::max(lower, -assumed_size), std::min(upper, assumed_size));
}

std::vector<double> DualCuts::cleaned(std::vector<double> row_dual, std::size_t place) const {
  const std::vector<Sides>& sides = own_[place].rows;
  for (std::size_t at = 0; at < touched_rows_.size(); ++at) {
    double& dual = row_dual[static_cast<std::size_t>(touched_rows_[at])];
    dual = allowed_dual(dual, sides[at].lower, sides[at].upper);
  }
  return row_dual;
}

/// Without wrong signs; those of touched rows are right in some futures.
std::vector<double> DualCuts::allowed_duals(std::vector<double> row_dual) const {
  const Model& model = recourse_.model;
  for (std::size_t row = 0; row < row_dual.size(); ++row) {
    double& dual = row_dual[row];
    if (is_touched_row_[row] == 0)
      dual = allowed_dual(dual, model.row_lower[row], model.row_upper[row]);
    else if (!std::isfinite(dual))
      dual = 0;
  }
  return row_dual;
}

std::size_t DualCuts::add(const std::vector<double>& row_dual, bool with_cost) {
  const Model& model = recourse_.model;
  Member member;
  member.row_dual = allowed_duals(row_dual);
  inner(with_cost).pull_inside(member.row_dual);
  member.has_cost = with_cost;
  if (with_cost) member.constant.add(model.offset);
  for (std::size_t row = 0; row < row_dual.size(); ++row) {
    const double dual = member.row_dual[row];
    if (dual != 0 && is_touched_row_[row] == 0)
      member.constant.add(least_term(dual, dual, model.row_lower[row], model.row_upper[row]));
  }
  for (std::size_t column = 0; column < model.cost.size(); ++column) {
    const Interval cost = reduced_cost(member.row_dual, column, with_cost);
    if (is_touched_column_[column] != 0) {
      member.touched_cost.push_back(cost);
    } else if (cost.lower != 0 || cost.upper != 0) {
      member.constant.add(term_of(cost, {model.lower[column], model.upper[column]}, column, member.is_proved));
    }
  }
  member.slope.resize(linked_.size());
  for (const Link& link : recourse_.links) {
    const double dual = member.row_dual[static_cast<std::size_t>(link.row)];
    if (dual == 0) continue;
    member.slope[static_cast<std::size_t>(linked_place_[static_cast<std::size_t>(link.column)])].add(-dual *
                                                                                                     link.value);
  }
  members_.push_back(std::move(member));
  return members_.size() - 1;
}

SafeSum DualCuts::constant_of(const Member& member, const Own& own, bool& is_proved) const {
  SafeSum constant = member.constant;
  for (std::size_t at = 0; at < touched_rows_.size(); ++at) {
    const double dual = member.row_dual[static_cast<std::size_t>(touched_rows_[at])];
    // A dual of the wrong sign for the side that this future lacks proves nothing.
    if (dual != 0) constant.add(least_term(dual, dual, own.rows[at].lower, own.rows[at].upper));
  }
  for (std::size_t at = 0; at < touched_columns_.size(); ++at) {
    const auto column = static_cast<std::size_t>(touched_columns_[at]);
    constant.add(term_of(member.touched_cost[at], own.columns[at], column, is_proved));
  }
  return constant;
}

double DualCuts::rounded(Interval slope, std::size_t linked, double& missed, bool& is_proved) const {
  if (slope.lower == slope.upper) return slope.lower;
  const auto column = static_cast<std::size_t>(linked_[linked]);
  if (problem_.first.lower[column] >= 0) return slope.lower;
  if (problem_.first.upper[column] <= 0) return slope.upper;
  double size = first_size_[linked];
  if (!std::isfinite(size)) {
    size = assumed_size;
    is_proved = false;
  }
  missed += next_up((slope.upper - slope.lower) * size);
  return slope.lower;
}

std::optional<double> DualCuts::price_of_dropping(double slope, std::size_t linked, double constant) const {
  if (slope == 0) return 0;
  const double most = std::abs(slope) * first_size_[linked];
  if (!(most <= negligible * std::abs(constant))) return std::nullopt;
  const auto column = static_cast<std::size_t>(linked_[linked]);
  const bool is_gift = slope > 0 ? problem_.first.lower[column] >= 0 : problem_.first.upper[column] <= 0;
  return is_gift ? 0 : next_up(most);
}

Cut DualCuts::cut(std::size_t number, std::size_t place) const {
  const Member& member = members_[number];
  const Own& own = own_[place];
  Cut cut;
  cut.is_proved = member.is_proved;
  const SafeSum constant = constant_of(member, own, cut.is_proved);
  if (!std::isfinite(constant.value)) return cut;
  std::vector<ExactSum> slopes = member.slope;
  for (const OwnLink& link : own.links)
    slopes[link.linked].add_product(-member.row_dual[static_cast<std::size_t>(link.row)], link.value);
  double missed = constant.error();
  for (std::size_t at = 0; at < slopes.size(); ++at) {
    const double slope = rounded(slopes[at].enclosure(), at, missed, cut.is_proved);
    if (const auto price = price_of_dropping(slope, at, constant.value)) {
      missed += *price;
      continue;
    }
    cut.slope.emplace_back(linked_[at], slope);
  }
  // Nothing missed: nothing to deduct, and no number so small that it would spoil the scaling of a master.
  cut.constant = missed == 0 ? constant.value : next_down(constant.value - 2 * missed);
  return cut;
}

std::vector<double> DualCuts::slopes_at(const std::vector<double>& first) const {
  std::vector<double> sums;
  sums.reserve(members_.size());
  for (const Member& member : members_) {
    double sum = 0;
    for (std::size_t at = 0; at < linked_.size(); ++at)
      sum += member.slope[at].value() * first[static_cast<std::size_t>(linked_[at])];
    sums.push_back(sum);
  }
  return sums;
}

double DualCuts::value_at(std::size_t number, std::size_t place, const std::vector<double>& first) const {
  const Member& member = members_[number];
  const Own& own = own_[place];
  bool is_proved = true;
  double value = constant_of(member, own, is_proved).value;
  for (const OwnLink& link : own.links) {
    value -= member.row_dual[static_cast<std::size_t>(link.row)] * link.value *
             first[static_cast<std::size_t>(linked_[link.linked])];
  }
  return value;
}

void DualCuts::keep_last(std::size_t count) {
  if (members_.size() > count) members_.erase(members_.begin(), members_.end() - static_cast<std::ptrdiff_t>(count));
}

std::size_t DualCuts::best_at(std::size_t future, const std::vector<double>& slopes, const std::vector<double>& outer,
                              double& most) const {
  std::size_t best = size();
  for (std::size_t member = 0; member < size(); ++member) {
    if (!has_cost(member)) continue;
    const double here = value_at(member, future, outer) + slopes[member];
    if (!(here > most)) continue;
    most = here;
    best = member;
  }
  return best;
}

}  // namespace pinchpoint::optim
