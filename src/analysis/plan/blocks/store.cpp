// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "analysis/plan/blocks/blocks.hpp"
#include "analysis/plan/store_paths.hpp"

namespace pinchpoint::plan {

namespace {

using Terms = std::vector<std::pair<ColumnId, double>>;

/// Rows and columns of one store in one period.
class Store {
 public:
  /// `finish`: the level that the last period ended with; invalid in the first, and where nothing is carried over.
  Store(Assembly& assembly, AssetId id, PeriodId period, ColumnId finish)
      : assembly_(assembly),
        id_(id),
        asset_(assembly.network.assets[id]),
        technology_(assembly.world.technologies[asset_.technology]),
        period_(period),
        path_(path_of(assembly.world, technology_, period)),
        finish_(finish) {
    date_ = assembly.timeline().begin_of(period);
    node_ = assembly.network.find_node(technology_.output, asset_.region);
    slices_ = assembly.slice_count(technology_.output);
    loss_ = figure(technology_.standing_loss).value_or(0);
    least_ = figure(technology_.least_level).value_or(0);
    kept_upper_ = may_spill() ? optim::infinity : 0;
  }

  /// Returns the level at the end of the period, if it is carried over.
  ColumnId add() {
    for (int slice = 0; slice < slices_; ++slice) add_flow(slice);
    for (std::size_t point = 0; point < path_.points.size(); ++point) add_level(static_cast<int>(point));
    for (const LevelStep& step : path_.steps) add_step(step);
    for (const LevelCheck& check : path_.checks) add_check(check);
    for (int slice = 0; slice < slices_; ++slice) {
      const int point = path_.end_of_slice[static_cast<std::size_t>(slice)];
      if (point >= 0) assembly_.level(id_, period_, slice) = level_[static_cast<std::size_t>(point)];
    }
    add_visited_levels();
    return path_.finish < 0 ? ColumnId{} : level_[static_cast<std::size_t>(path_.finish)];
  }

 private:
  void add_flow(int slice);
  double add_rate(Family family, ColumnId column, double sign, int slice, const RegionalValue& rate);
  void add_level(int point);
  void add_visited_levels();
  void add_step(const LevelStep& step);
  void add_check(const LevelCheck& check);
  void add_most(const LevelCheck& check, const Terms& level, double full);
  void add_least(const LevelCheck& check, const Terms& level, double least);
  void add_terms(RowId row, const Terms& terms) {
    for (const auto& [column, amount] : terms) assembly_.builder.add_entry(row, column, amount);
  }
  [[nodiscard]] bool may_spill() const;
  [[nodiscard]] Terms changes_of(const std::vector<LevelChange>& changes) const;
  [[nodiscard]] optim::Key slice_key(Family family, int slice) const {
    return assembly_.key(family, {id_.index(), period_.index(), slices_ == 1 ? -1 : slice});
  }
  [[nodiscard]] optim::Key moment_key(Family family, const std::string& label) const {
    return assembly_.key(family, {id_.index(), period_.index(), assembly_.network.moments.find(label)});
  }
  [[nodiscard]] std::optional<double> figure(const RegionalValue& value) const {
    return value.at(assembly_.world.lineage(asset_.region), asset_.owner, date_);
  }
  [[nodiscard]] double variable_cost() const { return asset_.variable_cost[at()]; }
  [[nodiscard]] double standing() const { return asset_.standing[at()]; }
  [[nodiscard]] std::size_t at() const { return static_cast<std::size_t>(period_.index()); }
  /// Without orders capacity is a number, and limits are bounds of columns.
  [[nodiscard]] bool is_fixed() const { return !asset_.can_be_ordered; }

  Assembly& assembly_;
  AssetId id_;
  const Asset& asset_;
  const Technology& technology_;
  PeriodId period_;
  StorePath path_;
  ColumnId finish_;
  Date date_;
  NodeId node_;
  int slices_ = 1;
  double loss_ = 0, least_ = 0;
  double kept_upper_ = 0;                     ///< upper side of the rows that link levels
  std::vector<ColumnId> charge_, discharge_;  ///< by slice; discharge invalid where charge may be below zero
  std::vector<ColumnId> level_;               ///< by point
};

/// Most that the column may be in the slice, by a rate per year and unit of capacity; adds a row if capacity varies.
double Store::add_rate(Family family, ColumnId column, double sign, int slice, const RegionalValue& rate) {
  const auto share = figure(rate);
  if (!share) return optim::infinity;
  const double weight = slices_ == 1 ? 1 : assembly_.slice_weight(slice, period_);
  const double most = *share * weight * assembly_.years(period_);
  if (is_fixed()) return most * standing();
  const RowId row = assembly_.builder.add_row(slice_key(family, slice), -optim::infinity, 0);
  assembly_.builder.add_entry(row, column, sign);
  assembly_.builder.add_entry(row, assembly_.available(id_, period_), -most);
  return optim::infinity;
}

/// Where giving out costs nothing, one column that may be below zero: no way to take in and give out at once.
void Store::add_flow(int slice) {
  const std::optional<int> named = slices_ == 1 ? std::nullopt : std::optional(slice);
  const ColumnId charge = assembly_.builder.add_column(slice_key(Family::charge_, slice), 0, 0, optim::infinity);
  assembly_.supply(node_, period_, charge, -1, named);
  const double most_in = add_rate(Family::charge_limit_, charge, 1, slice, technology_.charge_rate);
  ColumnId discharge;
  if (variable_cost() != 0) {
    discharge = assembly_.builder.add_column(slice_key(Family::discharge_, slice), 0, 0, optim::infinity);
    assembly_.supply(node_, period_, discharge, 1, named);
    assembly_.cost(discharge, period_, variable_cost());
    assembly_.outlay(asset_.owner, period_, discharge, variable_cost());
  }
  const double most_out = discharge.is_valid()
                              ? add_rate(Family::discharge_limit_, discharge, 1, slice, technology_.discharge_rate)
                              : add_rate(Family::discharge_limit_, charge, -1, slice, technology_.discharge_rate);
  if (discharge.is_valid()) assembly_.builder.set_column_bounds(discharge, 0, most_out);
  assembly_.builder.set_column_bounds(charge, discharge.is_valid() ? 0 : -most_out, most_in);
  charge_.push_back(charge);
  discharge_.push_back(discharge);
}

void Store::add_level(int point) {
  if (point == path_.start && finish_.is_valid()) {
    level_.push_back(finish_);
    return;
  }
  const LevelPoint& moment = path_.points[static_cast<std::size_t>(point)];
  const bool is_opening = point == path_.start;
  const double opening = is_opening ? figure(technology_.opening_level).value_or(0) : 0;
  level_.push_back(assembly_.builder.add_column(moment_key(Family::level_, moment.label), 0,
                                                is_opening ? opening : -optim::infinity,
                                                is_opening ? opening : optim::infinity));
}

/// Where seasons come again a level is found by its moment.
void Store::add_visited_levels() {
  if (assembly_.world.visits.empty()) return;
  for (std::size_t point = 0; point < path_.points.size(); ++point) {
    const int moment = assembly_.network.moments.find(path_.points[point].label);
    assembly_.level_at[{id_, period_, moment}] = level_[point];
  }
}

Terms Store::changes_of(const std::vector<LevelChange>& changes) const {
  Terms terms;
  for (const LevelChange& change : changes) {
    const auto slice = static_cast<std::size_t>(change.slice);
    const double kept = change.kept(loss_);
    terms.emplace_back(charge_[slice], kept);
    if (discharge_[slice].is_valid()) terms.emplace_back(discharge_[slice], -kept);
  }
  return terms;
}

/// A level may be less than what is kept where throwing away is the same as giving out more: nothing limits or charges
/// giving out, it moves this level only, and the commodity may be thrown away. Inequalities are easier to prove.
bool Store::may_spill() const {
  return path_.is_simple() && assembly_.world.commodities[technology_.output].has_free_disposal &&
         variable_cost() == 0 && !figure(technology_.discharge_rate);
}

/// exp(−loss · years) · level[from] + changes − level[to] = 0, or ≥ 0
void Store::add_step(const LevelStep& step) {
  const std::string& label = path_.points[static_cast<std::size_t>(step.to)].label;
  const RowId row = assembly_.builder.add_row(moment_key(Family::store_, label), 0, kept_upper_);
  assembly_.builder.add_entry(row, level_[static_cast<std::size_t>(step.from)], std::exp(-loss_ * step.years));
  assembly_.builder.add_entry(row, level_[static_cast<std::size_t>(step.to)], -1);
  add_terms(row, changes_of(step.changes));
}

/// least · capacity ≤ level ≤ full · capacity: bounds of the level's column where capacity is a number.
void Store::add_check(const LevelCheck& check) {
  double profile = 1;
  if (slices_ > 1) profile = assembly_.world.profile(asset_.technology, asset_.region, SliceId(check.slice), date_);
  const double full = profile * asset_.availability[at()];
  const double least = profile * least_;
  const ColumnId point = level_[static_cast<std::size_t>(check.point)];
  const bool is_column = check.changes.empty() && check.years == 0 && check.point != path_.start;
  if (is_column && is_fixed()) {
    assembly_.builder.set_column_bounds(point, least * standing(), full * standing());
    return;
  }
  if (is_column) assembly_.builder.set_column_bounds(point, 0, optim::infinity);
  Terms level = changes_of(check.changes);
  level.emplace_back(point, std::exp(-loss_ * check.years));
  add_most(check, level, full);
  if (!is_column || least > 0) add_least(check, level, least);
}

/// level − full · available ≤ 0
void Store::add_most(const LevelCheck& check, const Terms& level, double full) {
  const RowId row = assembly_.builder.add_row(moment_key(Family::store_full_, check.label), -optim::infinity,
                                              is_fixed() ? full * standing() : 0);
  add_terms(row, level);
  if (!is_fixed()) assembly_.builder.add_entry(row, assembly_.available(id_, period_), -full);
}

/// level − least · Σ share(ordered, now) · order ≥ least · standing: of what is there, not of what is called available
void Store::add_least(const LevelCheck& check, const Terms& level, double least) {
  const RowId row =
      assembly_.builder.add_row(moment_key(Family::store_least_, check.label), least * standing(), optim::infinity);
  add_terms(row, level);
  for (int ordered = 0; ordered <= period_.index() && least > 0; ++ordered) {
    const ColumnId order = assembly_.order(id_, PeriodId(ordered));
    if (!order.is_valid()) continue;
    const double share = ordered_share(assembly_.world, asset_, PeriodId(ordered), period_);
    assembly_.builder.add_entry(row, order, -least * share * assembly_.order_size(asset_));
  }
}

}  // namespace

void add_store(Assembly& assembly) {
  for (const AssetId id : ids(assembly.network.assets)) {
    const Technology& technology = assembly.world.technologies[assembly.network.assets[id].technology];
    if (technology.kind != TechnologyKind::store) continue;
    ColumnId finish;
    for (const PeriodId period : assembly.timeline().periods()) finish = Store(assembly, id, period, finish).add();
  }
}

}  // namespace pinchpoint::plan
