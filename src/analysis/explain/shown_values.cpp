// SPDX-License-Identifier: Apache-2.0
#include "analysis/explain/shown_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace pinchpoint::explain {

namespace {

// A vertex's values are exact to about 1e-12 of the largest number that went into them; natural units range from
// scanners to tokens, so "small" can only be said of one thing over all its periods.
constexpr double noise_share = 1e-9;
constexpr double least_value = 1e-12;

}  // namespace

int place_of(plan::Family family, plan::Space space) {
  const auto& spaces = plan::info(family).spaces;
  const auto found = std::find(spaces.begin(), spaces.end(), space);
  return found == spaces.end() ? -1 : static_cast<int>(found - spaces.begin());
}

ShownValues::ShownValues(const World& world, const plan::Plan& plan) : world_(world), plan_(plan) {
  const optim::Model& model = plan.problem.model;
  members_.resize(plan::families().size());
  for (const PeriodId when : world.timeline.periods()) discounts_.push_back(world.discount(when));
  for (std::size_t row = 0; row < model.row_key.size(); ++row) {
    members_.at(static_cast<std::size_t>(model.row_key[row].family.index())).push_back(row);
  }
  for (std::size_t column = 0; column < model.column_key.size(); ++column) {
    members_.at(static_cast<std::size_t>(model.column_key[column].family.index())).push_back(column);
  }
  if (plan.solution.has_values && plan.solution.value.size() == model.cost.size()) values_ = plan.solution.value;
  has_duals_ = has_values() && plan.solution.has_duals && plan.solution.row_dual.size() == model.row_lower.size() &&
               plan.solution.reduced_cost.size() == model.cost.size();
  if (!has_values()) return;
  clean_values();
  compute_activities();
}

void ShownValues::clean_values() {
  const auto& keys = plan_.problem.model.column_key;
  std::map<std::pair<std::int32_t, std::int32_t>, double> largest;
  for (std::size_t column = 0; column < keys.size(); ++column) {
    double& most = largest[{keys[column].family.index(), keys[column].index[0]}];
    most = std::max(most, std::abs(values_[column]));
  }
  for (std::size_t column = 0; column < keys.size(); ++column) {
    const double most = largest[{keys[column].family.index(), keys[column].index[0]}];
    if (std::abs(values_[column]) < std::max(noise_share * most, least_value)) values_[column] = 0;
  }
}

void ShownValues::compute_activities() {
  const optim::Model& model = plan_.problem.model;
  activities_.assign(model.row_lower.size(), 0);
  for (std::size_t column = 0; column < values_.size(); ++column) {
    if (values_[column] == 0) continue;
    const auto end = static_cast<std::size_t>(model.matrix.start[column + 1]);
    for (auto entry = static_cast<std::size_t>(model.matrix.start[column]); entry < end; ++entry) {
      activities_[static_cast<std::size_t>(model.matrix.row[entry])] += model.matrix.value[entry] * values_[column];
    }
  }
}

const std::vector<std::size_t>& ShownValues::members(plan::Family family) const {
  return members_.at(static_cast<std::size_t>(family));
}

const plan::Display& ShownValues::display(const optim::Key& key) const {
  const auto [place, is_new] = displays_.try_emplace({key.family.index(), key.index[0]});
  if (is_new) place->second = plan::display_of(world_, plan_.problem.network, key);
  return place->second;
}

double ShownValues::value(std::size_t column) const {
  return values_.at(column) * display(plan_.problem.model.column_key[column]).factor;
}

double ShownValues::reduced_cost(std::size_t column) const {
  return plan_.solution.reduced_cost.at(column) / display(plan_.problem.model.column_key[column]).factor;
}

double ShownValues::dual(std::size_t row) const {
  return plan_.solution.row_dual.at(row) / display(plan_.problem.model.row_key[row]).factor;
}

PeriodId ShownValues::period(const optim::Key& key) const {
  const int place = place_of(family_of(key), plan::Space::period);
  return place < 0 ? PeriodId{} : PeriodId(key.index[static_cast<std::size_t>(place)]);
}

double ShownValues::discount(const optim::Key& key) const {
  const PeriodId when = period(key);
  return when.is_valid() ? discounts_.at(static_cast<std::size_t>(when.index())) : 1;
}

double ShownValues::price(std::size_t row) const {
  const optim::Model& model = plan_.problem.model;
  // cost = A'y + d: y ≥ 0 where the lower side binds. A row that only limits from above is worth -y.
  const double sign = std::isfinite(model.row_lower[row]) ? 1 : -1;
  return sign * dual(row) / discount(model.row_key[row]);
}

double ShownValues::bound_price(std::size_t column) const {
  const optim::Key& key = plan_.problem.model.column_key[column];
  return std::abs(reduced_cost(column)) / discount(key);
}

std::string ShownValues::price_unit(const optim::Key& key) const {
  const std::string& unit = display(key).unit;
  const bool is_compound = unit.find_first_of("/. ") != std::string::npos;
  return is_compound ? fmt::format("{}/({})", world_.currency, unit) : fmt::format("{}/{}", world_.currency, unit);
}

}  // namespace pinchpoint::explain
