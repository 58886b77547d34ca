// SPDX-License-Identifier: Apache-2.0
#include "analysis/stress/forces/open_forces.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/plan/families.hpp"
#include "core/base/ensure.hpp"

namespace pinchpoint::stress {

namespace {

// Columns whose effects differ by no more than this, relative to the first, are of one kind.
constexpr double same_effect = 1e-9;

/// What one unit adds to the cost and to rows of the plan.
struct Effect {
  double cost = 0;
  std::vector<std::pair<std::int32_t, double>> entries;  ///< rows ascending

  [[nodiscard]] bool is_none() const { return cost == 0 && entries.empty(); }
  [[nodiscard]] double size() const { return std::abs(cost != 0 ? cost : entries.front().second); }
};

/// Columns of the plan that a rule is about, each so many times the same effect.
struct Part {
  Effect effect;
  std::vector<std::pair<std::int32_t, double>> units;
};

/// What a rule's value adds to one column: the difference to the plan with twice the value.
Effect effect_on(const optim::Model& once, const optim::Model& twice, std::size_t column) {
  Effect effect;
  effect.cost = twice.cost[column] - once.cost[column];
  auto at = once.matrix.start[column];
  auto other = twice.matrix.start[column];
  const auto end = once.matrix.start[column + 1];
  const auto other_end = twice.matrix.start[column + 1];
  const auto row_at = [](const optim::Model& model, std::int32_t place, std::int32_t stop) {
    return place < stop ? model.matrix.row[static_cast<std::size_t>(place)] : model.row_count();
  };
  while (at < end || other < other_end) {
    const std::int32_t row = std::min(row_at(once, at, end), row_at(twice, other, other_end));
    double change = 0;
    if (row == row_at(twice, other, other_end)) change += twice.matrix.value[static_cast<std::size_t>(other++)];
    if (row == row_at(once, at, end)) change -= once.matrix.value[static_cast<std::size_t>(at++)];
    if (change != 0) effect.entries.emplace_back(row, change);
  }
  return effect;
}

void divide(Effect& effect, double by) {
  effect.cost /= by;
  for (auto& [row, value] : effect.entries) value /= by;
}

bool is_same(const Effect& one, const Effect& other) {
  const auto agree = [](double a, double b) { return std::abs(a - b) <= same_effect * std::max(1.0, std::abs(a)); };
  return agree(one.cost, other.cost) &&
         std::equal(one.entries.begin(), one.entries.end(), other.entries.begin(), other.entries.end(),
                    [&](const auto& a, const auto& b) { return a.first == b.first && agree(a.second, b.second); });
}

/// By period, the parts of the plan that a rule's value is about.
std::map<std::int32_t, std::vector<Part>> parts_of(const World& world, const plan::Plan& plan, MeasureId id) {
  World doubled = world;
  doubled.measures[id].value *= 2;
  const optim::Model& once = plan.problem.model;
  const optim::Model twice = plan::assemble_plan(doubled, true).model;
  ensure(twice.column_count() == once.column_count() && twice.row_count() == once.row_count(),
         "a rule's value decides which rows and columns there are");
  std::map<std::int32_t, std::vector<Part>> parts;
  for (std::int32_t column = 0; column < once.column_count(); ++column) {
    Effect effect = effect_on(once, twice, static_cast<std::size_t>(column));
    if (effect.is_none()) continue;
    const double size = effect.size();
    divide(effect, size);
    std::vector<Part>& there = parts[plan::period_of(once.column_key[static_cast<std::size_t>(column)])];
    auto part = std::find_if(there.begin(), there.end(), [&](const Part& it) { return is_same(it.effect, effect); });
    if (part == there.end()) part = there.insert(there.end(), {std::move(effect), {}});
    part->units.emplace_back(column, size);
  }
  return parts;
}

/// An operating problem's model, to be made anew with more rows and columns.
optim::ModelBuilder builder_of(const optim::Model& model) {
  optim::ModelBuilder builder;
  builder.reserve(model.row_key.size(), model.column_key.size(), model.matrix.value.size());
  for (std::size_t row = 0; row < model.row_key.size(); ++row)
    builder.add_row(model.row_key[row], model.row_lower[row], model.row_upper[row]);
  for (std::size_t column = 0; column < model.column_key.size(); ++column) {
    const auto made =
        builder.add_column(model.column_key[column], model.cost[column], model.lower[column], model.upper[column]);
    for (auto at = model.matrix.start[column]; at < model.matrix.start[column + 1]; ++at) {
      const auto place = static_cast<std::size_t>(at);
      builder.add_entry(optim::RowId(model.matrix.row[place]), made, model.matrix.value[place]);
    }
  }
  builder.add_offset(model.offset);
  return builder;
}

/// Adds switches to one operating problem.
class Opener {
 public:
  explicit Opener(OperatingProblem& problem) : problem_(problem), builder_(builder_of(problem.model)) {}

  void open(const RulePeriod& rule, const Part& part, const std::set<int>& changes) {
    const optim::Key key = plan::Assembly::key(plan::Family::quota_,
                                               {rule.first.index(), rule.second});  // a row of the rule: a label only
    std::vector<std::pair<std::int32_t, double>> units;
    for (const auto& [column, amount] : part.units) {
      const std::int32_t here = problem_.column_of[static_cast<std::size_t>(column)];
      if (here >= 0) units.emplace_back(here, amount);
    }
    if (units.empty()) return;
    const auto row = builder_.add_row(key, 0, 0);
    problem_.plan_row.push_back(-1);
    for (const auto& [column, amount] : units) builder_.add_entry(row, optim::ColumnId(column), amount);
    ForceSwitch made;
    made.as_planned = add_column(key, row, 0, optim::infinity);
    for (const int change : changes) {
      const double share = change / 1000.0;
      const std::int32_t column = add_column(key, row, share * part.effect.cost, 0);
      for (const auto& [of_plan, value] : part.effect.entries) {
        const std::int32_t here = problem_.row_of[static_cast<std::size_t>(of_plan)];
        if (here >= 0) builder_.add_entry(optim::RowId(here), optim::ColumnId(column), share * value);
      }
      made.changed.emplace(change, column);
    }
    problem_.forces[rule].push_back(std::move(made));
  }

  void finish() {
    std::string name = problem_.model.name;
    problem_.model = builder_.build(std::move(name), problem_.model.names);
  }

 private:
  std::int32_t add_column(const optim::Key& key, optim::RowId row, double cost, double upper) {
    const auto column = builder_.add_column(key, cost, 0, upper);
    builder_.add_entry(row, column, -1);
    problem_.plan_column.push_back(-1);
    return column.index();
  }

  OperatingProblem& problem_;
  optim::ModelBuilder builder_;
};

}  // namespace

int thousandths_of(double factor) { return static_cast<int>(std::lround(1000 * (factor - 1))); }

void open_forces(OperatingProblem& problem, const World& world, const plan::Plan& plan, const ForceChanges& changes) {
  if (changes.empty()) return;
  Opener opener(problem);
  std::map<MeasureId, std::map<std::int32_t, std::vector<Part>>> parts;
  for (const auto& [rule, amounts] : changes) {
    const auto [found, is_new] = parts.try_emplace(rule.first);
    if (is_new) found->second = parts_of(world, plan, rule.first);
    for (const Part& part : found->second[rule.second]) opener.open(rule, part, amounts);
  }
  opener.finish();
}

}  // namespace pinchpoint::stress
