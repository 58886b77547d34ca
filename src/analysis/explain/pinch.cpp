// SPDX-License-Identifier: Apache-2.0
#include "analysis/explain/pinch.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "analysis/explain/headlines.hpp"
#include "analysis/explain/number_text.hpp"
#include "analysis/explain/wording.hpp"

namespace pinchpoint::explain {

namespace {

using plan::Family;

// Of the objective: what is worth less moves nobody, and may be the solver's tolerance.
constexpr double least_share = 1e-9;

class PinchFinder {
 public:
  PinchFinder(const World& world, const plan::Plan& plan, const ShownValues& values)
      : world_(world), plan_(plan), network_(plan.problem.network), model_(plan.problem.model), values_(values) {
    least_ = least_share * std::max(1.0, std::abs(plan.solution.objective));
  }

  std::vector<PinchRow> find() {
    add_up_positive_terms();
    find_builds();
    for (const Family family : {Family::capacity_, Family::build_limit_, Family::growth_, Family::stock_floor_,
                                Family::stock_cover_, Family::lane_capacity_, Family::quota_, Family::licence_share_,
                                Family::content_, Family::limit_, Family::budget_}) {
      for (const std::size_t row : values_.members(family)) add_row(row);
    }
    for (const std::size_t column : values_.members(Family::stock_)) add_store(column);
    std::stable_sort(rows_.begin(), rows_.end(),
                     [](const PinchRow& left, const PinchRow& right) { return left.worth > right.worth; });
    return std::move(rows_);
  }

 private:
  /// How much of what a row limits there is: its positive terms (output made, money spent, flows on a lane).
  void add_up_positive_terms() {
    used_.assign(model_.row_lower.size(), 0);
    for (std::size_t column = 0; column < model_.cost.size(); ++column) {
      const double value = values_.natural(column);
      if (value == 0) continue;
      const auto end = static_cast<std::size_t>(model_.matrix.start[column + 1]);
      for (auto entry = static_cast<std::size_t>(model_.matrix.start[column]); entry < end; ++entry) {
        used_[static_cast<std::size_t>(model_.matrix.row[entry])] += std::max(0.0, model_.matrix.value[entry] * value);
      }
    }
  }

  void add_row(std::size_t row) {
    const optim::Key& key = model_.row_key[row];
    if (family_of(key) == Family::capacity_ && is_built_for(key)) return;
    // A row that asks for more (cover, content) costs; one that limits is worth: both are pinches, and positive. One
    // that holds a sum exactly is tight either way.
    const bool is_exact = family_of(key) == Family::limit_ && model_.row_lower[row] == model_.row_upper[row];
    const double price = is_exact ? std::abs(values_.price(row)) : values_.price(row);
    add(key, price, used_[row] * values_.display(key).factor, row, {});
  }

  /// True if capacity that was ordered in the plan is on line in the row's period: more could have been had at the
  /// price of building it, so that what is scarce lies further up (a good that building draws, a limit on orders,
  /// money).
  [[nodiscard]] bool is_built_for(const optim::Key& key) const {
    const auto first = first_built_.find(key.index[0]);
    return first != first_built_.end() && first->second <= values_.period(key);
  }
  void find_builds() {
    for (const BuildLine& build : list_builds(values_, plan_)) {
      const auto [place, is_new] = first_built_.try_emplace(build.asset.index(), build.on_line);
      if (!is_new) place->second = std::min(place->second, build.on_line);
    }
  }

  void add_store(std::size_t column) {
    const double value = values_.natural(column);
    if (std::isfinite(model_.upper[column]) && value >= model_.upper[column])
      add(model_.column_key[column], values_.bound_price(column), values_.value(column), {}, column);
  }

  void add(const optim::Key& key, double price, double amount, std::optional<std::size_t> row_index,
           std::optional<std::size_t> column) {
    if (!(price * amount > least_)) return;
    PinchRow row;
    row.family = plan::info(family_of(key)).name;
    row.period = values_.period(key);
    row.price = price;
    row.price_unit = values_.price_unit(key);
    row.amount = amount;
    row.unit = values_.display(key).unit;
    row.worth = price * amount;
    const Thing thing = thing_of(world_, plan_.problem, key);
    row.thing = thing.id;
    row.name = thing.name;
    row.region = thing.region;
    row.owner = thing.owner;
    if (row_index) row.row = static_cast<std::int32_t>(*row_index);
    if (column) row.column = static_cast<std::int32_t>(*column);
    rows_.push_back(std::move(row));
  }

  const World& world_;
  const plan::Plan& plan_;
  const plan::Network& network_;
  const optim::Model& model_;
  const ShownValues& values_;
  double least_ = 0;
  std::vector<double> used_;
  std::map<std::int32_t, PeriodId> first_built_;  // by asset
  std::vector<PinchRow> rows_;
};

/// Rows of one family and thing, as found: greatest worth first.
using Group = std::vector<const PinchRow*>;

/// " in South Korea (SK hynix)", " in South Korea and Taiwan", " in South Korea, Taiwan and 3 other places"
std::string places_text(const World& world, const Group& group) {
  constexpr std::size_t most_named = 2;
  std::vector<std::string> regions;
  std::set<std::string> owners;
  for (const PinchRow* row : group) {
    if (!row->region.is_valid()) continue;
    const std::string region = name_of(world.regions[row->region]);
    if (std::find(regions.begin(), regions.end(), region) == regions.end()) regions.push_back(region);
    if (row->owner.is_valid()) owners.insert(name_of(world.organisations[row->owner]));
  }
  if (regions.empty()) return "";
  if (regions.size() == 1) {
    return owners.size() == 1 ? fmt::format(" in {} ({})", regions.front(), *owners.begin()) : " in " + regions.front();
  }
  if (regions.size() == most_named) return fmt::format(" in {} and {}", regions[0], regions[1]);
  const std::size_t rest = regions.size() - most_named;
  return fmt::format(" in {}, {} and {} other place{}", regions[0], regions[1], rest, rest == 1 ? "" : "s");
}

std::string when_text(const World& world, const Pinch& pinch) {
  if (!pinch.first.is_valid()) return "over the horizon";
  if (pinch.first == pinch.last) return world.timeline.label(pinch.first);
  const int span = pinch.last.index() - pinch.first.index() + 1;
  std::string text = fmt::format("{} to {}", world.timeline.label(pinch.first), world.timeline.label(pinch.last));
  if (pinch.periods < span) text += fmt::format(" ({} of {} periods)", pinch.periods, span);
  return text;
}

Pinch sum_group(const World& world, const Group& group) {
  Pinch pinch;
  pinch.family = group.front()->family;
  pinch.thing = group.front()->thing;
  pinch.price_unit = group.front()->price_unit;
  pinch.first = pinch.last = group.front()->period;
  std::set<PeriodId> periods;
  for (const PinchRow* row : group) {
    pinch.first = std::min(pinch.first, row->period);
    pinch.last = std::max(pinch.last, row->period);
    pinch.price = std::max(pinch.price, row->price);
    pinch.worth += row->worth;
    periods.insert(row->period);
  }
  pinch.periods = static_cast<int>(periods.size());
  pinch.name = group.front()->name + places_text(world, group);
  const std::string& currency = world.currency;
  pinch.sentence = fmt::format("{}, {}: one {} more is worth up to {}", binds_text(pinch.family, pinch.name),
                               when_text(world, pinch), group.front()->unit, money_text(pinch.price, currency));
  return pinch;
}

}  // namespace

std::string period_label(const World& world, PeriodId period) {
  return period.is_valid() ? world.timeline.label(period) : "";
}

std::vector<PinchRow> find_pinches(const World& world, const plan::Plan& plan, const ShownValues& values) {
  if (!values.has_duals()) return {};
  return PinchFinder(world, plan, values).find();
}

std::vector<Pinch> sum_pinches(const World& world, const std::vector<PinchRow>& rows) {
  std::map<std::pair<std::string, std::string>, Group> groups;
  for (const PinchRow& row : rows) groups[{row.family, row.thing}].push_back(&row);
  std::vector<Pinch> pinches;
  for (const auto& [key, group] : groups) pinches.push_back(sum_group(world, group));
  std::stable_sort(pinches.begin(), pinches.end(),
                   [](const Pinch& left, const Pinch& right) { return left.worth > right.worth; });
  return pinches;
}

}  // namespace pinchpoint::explain
