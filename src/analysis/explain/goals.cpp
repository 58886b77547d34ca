// SPDX-License-Identifier: Apache-2.0
#include "analysis/explain/goals.hpp"

#include <algorithm>
#include <map>

#include "analysis/explain/headlines.hpp"

namespace pinchpoint::explain {

namespace {

// Of what is asked for: less is rounding.
constexpr double least_share = 1e-6;

/// What one programme asks for and gets, by period.
struct Course {
  std::vector<double> asked, met;
  std::vector<std::vector<std::size_t>> columns;
};

Course course_of(const ShownValues& values, const plan::Plan& plan, const World& world, ProgrammeId id) {
  const auto periods = static_cast<std::size_t>(world.timeline.count());
  Course course{std::vector<double>(periods, 0), std::vector<double>(periods, 0), {}};
  course.columns.resize(periods);
  const optim::Model& model = plan.problem.model;
  for (const std::size_t column : values.members(plan::Family::met_)) {
    const optim::Key& key = model.column_key[column];
    if (key.index[0] != id.index()) continue;
    const auto at = static_cast<std::size_t>(key.index[1]);
    course.asked[at] += model.upper[column];
    course.met[at] += values.natural(column);
    course.columns[at].push_back(column);
  }
  return course;
}

/// First period in which the most is asked for, or, if that is met, the shortest one.
std::size_t due_of(const Course& course) {
  const auto most = std::max_element(course.asked.begin(), course.asked.end());
  const auto peak = static_cast<std::size_t>(most - course.asked.begin());
  const auto missing = [&](std::size_t at) { return course.asked[at] - course.met[at]; };
  if (missing(peak) > least_share * *most) return peak;
  std::size_t worst = peak;
  for (std::size_t at = 0; at < course.asked.size(); ++at) {
    if (missing(at) > std::max(missing(worst), least_share * *most)) worst = at;
  }
  return worst;
}

void find_shortage(const Course& course, Goal& goal) {
  const double most = *std::max_element(course.asked.begin(), course.asked.end());
  for (std::size_t at = 0; at < course.asked.size(); ++at) {
    const PeriodId period(static_cast<std::int32_t>(at));
    goal.asked_in_all += course.asked[at];
    goal.met_in_all += course.met[at];
    if (course.asked[at] - course.met[at] > least_share * most) {
      if (!goal.first_short.is_valid()) goal.first_short = period;
      goal.last_short = period;
    }
    if (!goal.reached && course.met[at] >= most * (1 - least_share)) goal.reached = period;
  }
}

double worth_of_shortage(const plan::Plan& plan, const ShownValues& values, ProgrammeId id) {
  double worth = 0;
  for (const std::size_t column : values.members(plan::Family::unmet_)) {
    if (plan.problem.model.column_key[column].index[0] == id.index())
      worth += plan.problem.model.cost[column] * values.natural(column);
  }
  return worth;
}

}  // namespace

double Goal::measure(const std::vector<double>& values) const {
  double sum = 0;
  for (const std::size_t column : columns) sum += values.at(column);
  return sum * factor;
}

double Goal::measure_all(const std::vector<double>& values) const {
  double sum = 0;
  for (const std::size_t column : all_columns) sum += values.at(column);
  return sum;
}

std::vector<double> Goal::weights(std::size_t columns_in_all) const {
  std::vector<double> all(columns_in_all, 0.0);
  for (const std::size_t column : columns) all.at(column) = factor;
  return all;
}

std::vector<Goal> find_goals(const World& world, const plan::Plan& plan, const ShownValues& values,
                             std::optional<PeriodId> at) {
  std::vector<Goal> goals;
  for (const ProgrammeId id : ids(world.programmes)) {
    const Course course = course_of(values, plan, world, id);
    if (*std::max_element(course.asked.begin(), course.asked.end()) <= 0) continue;
    const auto due = at ? static_cast<std::size_t>(at->index()) : due_of(course);
    const plan::Display rate = rate_display(world, world.programmes[id].commodity);
    Goal goal;
    goal.programme = id;
    goal.due = PeriodId(static_cast<std::int32_t>(due));
    goal.unit = rate.unit;
    goal.factor = rate.factor / world.timeline.years(goal.due);
    goal.asked = course.asked[due] * goal.factor;
    goal.met = course.met[due] * goal.factor;
    goal.peak_asked = *std::max_element(course.asked.begin(), course.asked.end()) * goal.factor;
    goal.columns = course.columns[due];
    for (const auto& columns : course.columns)
      goal.all_columns.insert(goal.all_columns.end(), columns.begin(), columns.end());
    goal.worth_short = worth_of_shortage(plan, values, id);
    find_shortage(course, goal);
    goals.push_back(std::move(goal));
  }
  return goals;
}

std::vector<Goal> choose_goals(const World& world, const std::vector<Goal>& all, const std::vector<ProgrammeId>& named,
                               std::size_t most) {
  std::vector<Goal> chosen;
  for (const ProgrammeId id : named) {
    for (const Goal& goal : all) {
      if (goal.programme == id) chosen.push_back(goal);
    }
  }
  if (!named.empty()) return chosen;
  const auto take = [&](const auto& wanted) {
    if (chosen.empty()) std::copy_if(all.begin(), all.end(), std::back_inserter(chosen), wanted);
  };
  const auto is_own = [&](const Goal& goal) { return !world.programmes[goal.programme].is_inherited; };
  take([&](const Goal& goal) { return is_own(goal) && goal.is_short(); });
  take(is_own);
  take([](const Goal& goal) { return goal.is_short(); });
  take([](const Goal&) { return true; });
  std::stable_sort(chosen.begin(), chosen.end(),
                   [](const Goal& left, const Goal& right) { return left.worth_short > right.worth_short; });
  if (chosen.size() > most) chosen.resize(most);
  return chosen;
}

}  // namespace pinchpoint::explain
