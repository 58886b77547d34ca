// SPDX-License-Identifier: Apache-2.0
#include "analysis/stress/surprises/forks.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/plan/families.hpp"

namespace pinchpoint::stress {

namespace {

using plan::period_of;

/// side + sum, rounded away from the row's inside.
std::pair<double, double> outward(double lower, double upper, const optim::ExactSum& sum) {
  if (std::isfinite(lower)) {
    optim::ExactSum side = sum;
    side.add(lower);
    lower = side.enclosure().lower;
  }
  if (std::isfinite(upper)) {
    optim::ExactSum side = sum;
    side.add(upper);
    upper = side.enclosure().upper;
  }
  return {lower, upper};
}

std::size_t place(std::int32_t index) { return static_cast<std::size_t>(index); }

/// +1: the relief adds to its row.
int direction_of(const OperatingProblem& problem, const Relief& relief) {
  return problem.model.matrix.value[place(problem.model.matrix.start[relief.column])] > 0 ? 1 : -1;
}

/// Calls visit(row, coefficient) for the entries of a column.
template <class Visit>
void for_each_entry(const optim::Model& model, std::size_t column, const Visit& visit) {
  for (auto at = model.matrix.start[column]; at < model.matrix.start[column + 1]; ++at)
    visit(place(model.matrix.row[place(at)]), model.matrix.value[place(at)]);
}

}  // namespace

Forks::Forks(const plan::Plan& plan, const OperatingProblem& problem)
    : plan_(plan), problem_(problem), constant_(problem.plan_row.size()) {
  for (const Relief& relief : problem.reliefs)
    present_.emplace(problem.row_of[relief.row], direction_of(problem, relief));
  for (std::size_t column = 0; column < plan.solution.value.size(); ++column) {
    const double value = plan.solution.value[column];
    if (value == 0) continue;
    for_each_entry(plan.problem.model, column, [&](std::size_t row, double factor) {
      const std::int32_t here = problem_.row_of[row];
      if (here >= 0 && is_constant(column, row)) constant_[place(here)].add_product(-factor, value);
    });
  }
}

/// True if the entry is of what was decided before: that of an order of the past is in rows of the past.
bool Forks::is_constant(std::size_t column, std::size_t row) const {
  if (problem_.column_of[column] < 0) return true;
  const std::int32_t start = problem_.start.index();
  const std::int32_t period = period_of(plan_.problem.model.row_key[row]);
  return period_of(plan_.problem.model.column_key[column]) < start && period >= 0 && period < start;
}

double Forks::value_in(const Course& course, std::size_t row) const {
  const std::int32_t period = period_of(plan_.problem.model.row_key[row]);
  double value = plan_.solution.value[place(course.front().column)];
  for (const Decision& decision : course) {
    if (period < 0 || decision.from <= period) value = decision.value;
  }
  return value;
}

void Forks::move(const Course& course, Fork& fork, Sums& sums) const {
  const std::size_t column = place(course.front().column);
  const double planned = plan_.solution.value[column];
  for_each_entry(plan_.problem.model, column, [&](std::size_t row, double factor) {
    const std::int32_t here = problem_.row_of[row];
    if (here < 0 || !is_constant(column, row)) return;
    const double value = value_in(course, row);
    if (value == planned) return;
    optim::ExactSum& sum = sums.try_emplace(here, constant_[place(here)]).first->second;
    sum.add_product(factor, planned);
    sum.add_product(-factor, value);
  });
  const std::int32_t here = problem_.column_of[column];
  if (here >= 0) fork.columns[here] = {0, std::max(0.0, course.back().value)};
  if (plan::is_order(plan::family_of(plan_.problem.model.column_key[column]))) add_orders(course, fork);
}

void Forks::add_orders(const Course& course, Fork& fork) const {
  const std::size_t column = place(course.front().column);
  const double more = course.back().value - plan_.solution.value[column];
  for_each_entry(plan_.problem.model, column, [&](std::size_t row, double factor) {
    const optim::Key& key = plan_.problem.model.row_key[row];
    if (plan::family_of(key) != plan::Family::build_ || key.index[1] < problem_.start.index()) return;
    const plan::AssetId asset(key.index[0]);
    const double planned = problem_.capacity(asset, PeriodId(key.index[1]));
    fork.capacity.try_emplace({asset, key.index[1]}, planned).first->second -= factor * more;
  });
}

/// Bounds and sides, reliefs apart.
Fork Forks::moved(const Past& past) const {
  Fork fork;
  Sums sums;
  for (std::size_t at = 0; at < past.decisions.size();) {
    Course course;
    for (; at < past.decisions.size() && (course.empty() || past.decisions[at].column == course.front().column); ++at)
      course.push_back(past.decisions[at]);
    move(course, fork, sums);
  }
  for (const Extra& extra : past.extras) {
    const std::int32_t here = problem_.row_of[place(extra.row)];
    if (here >= 0) sums.try_emplace(here, constant_[place(here)]).first->second.add_product(-extra.factor, extra.value);
  }
  for (const auto& [row, sum] : sums) {
    const std::size_t of_plan = place(problem_.plan_row[place(row)]);
    fork.rows[row] = outward(plan_.problem.model.row_lower[of_plan], plan_.problem.model.row_upper[of_plan], sum);
  }
  return fork;
}

void Forks::note_missing(const Past& past, RowReliefs& missing) const {
  for (const auto& [row, sides] : moved(past).rows) {
    const auto need =
        relief_needed(problem_.model.row_key[place(row)], problem_.rest[place(row)], sides.first, sides.second);
    if (need && !present_.contains({row, need->direction})) missing.emplace(row, need->direction);
  }
}

Fork Forks::fork(const Past& past) const {
  Fork fork = moved(past);
  for (const Relief& relief : problem_.reliefs) {
    const std::int32_t row = problem_.row_of[relief.row];
    const auto sides = fork.rows.find(row);
    if (sides == fork.rows.end()) continue;
    const auto need = relief_needed(problem_.model.row_key[place(row)], problem_.rest[place(row)], sides->second.first,
                                    sides->second.second);
    const bool is_open = need && need->direction == direction_of(problem_, relief);
    fork.columns[static_cast<std::int32_t>(relief.column)] = {0, is_open ? need->most : 0};
  }
  return fork;
}

}  // namespace pinchpoint::stress
