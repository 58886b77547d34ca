// SPDX-License-Identifier: Apache-2.0
#include "analysis/stress/effects.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace pinchpoint::stress {

namespace {

using plan::AssetId;
using plan::covers;
using plan::Family;
using plan::family_of;
using plan::is_about;
using plan::Network;

bool is_of_goods(ShockKind kind) {
  return kind == ShockKind::embargo || kind == ShockKind::licence || kind == ShockKind::lane_closure;
}

/// The flows of a shock as a rule without effect: every commodity if the shock names none.
Measure watch_of(const World& world, const Shock& shock) {
  Measure watch;
  watch.id = "watch-" + shock.id;
  watch.kind = MeasureKind::watch;
  watch.commodities = shock.commodities;
  if (watch.commodities.empty()) {
    for (const CommodityId commodity : ids(world.commodities)) watch.commodities.push_back(commodity);
  }
  watch.origin = shock.region;
  watch.destination = shock.to;
  return watch;
}

/// A shock that works as a ban would: goods shocks without a lane.
std::optional<Measure> flows_ruled_by(const World& world, const Shock& shock) {
  if (!is_of_goods(shock.kind) || shock.lane.is_valid()) return std::nullopt;
  return watch_of(world, shock);
}

bool belongs_to_any(const World& world, OrganisationId organisation, const std::vector<OrganisationId>& owners) {
  return std::any_of(owners.begin(), owners.end(),
                     [&](OrganisationId owner) { return world.belongs_to(organisation, owner); });
}

bool makes_any(const Technology& technology, const std::vector<CommodityId>& commodities) {
  const auto is_named = [&](CommodityId commodity) {
    return std::find(commodities.begin(), commodities.end(), commodity) != commodities.end();
  };
  if (technology.output.is_valid() && is_named(technology.output)) return true;
  return std::any_of(technology.recipe.begin(), technology.recipe.end(), [&](const RecipeLine& line) {
    return line.role == RecipeRole::output && is_named(line.commodity);
  });
}

/// What a hit that takes `share` leaves of a rule's value, as a factor; infinite: all is allowed.
double factor_on(const Shock& shock, MeasureKind kind, double share) {
  const double less = 1 - std::min(1.0, share);
  const bool is_lifted = shock.change == RuleChange::lift;
  const bool is_most = kind == MeasureKind::quota || kind == MeasureKind::licence_share;
  if (!is_most) return is_lifted ? less : 1 + share;
  if (!is_lifted) return less;
  return less > 0 ? 1 / less : optim::infinity;
}

}  // namespace

Effects::Effects(const World& world, const Shocks& shocks, const plan::Plan& plan, const OperatingProblem& problem)
    : world_(world), shocks_(shocks), plan_(plan), problem_(problem), asset_of_(world.facilities.size()) {
  const Network& network = plan.problem.network;
  for (const AssetId asset : ids(network.assets)) {
    for (const FacilityId facility : network.assets[asset].facilities) asset_of_[facility] = asset;
  }
  for (const Shock& shock : shocks) {
    assets_.push_back(assets_of(shock));
    flows_.push_back(flows_of(shock));
  }
  const optim::Model& model = problem.model;
  for (std::int32_t column = 0; column < model.column_count(); ++column) {
    const Family family = family_of(model.column_key[static_cast<std::size_t>(column)]);
    const bool is_own = problem.plan_column[static_cast<std::size_t>(column)] >= 0;
    if (is_own && (family == Family::met_ || family == Family::unmet_)) demands_.push_back(column);
  }
  for (std::int32_t row = 0; row < model.row_count(); ++row) {
    if (problem.plan_row[static_cast<std::size_t>(row)] < 0) continue;
    const Family family = family_of(model.row_key[static_cast<std::size_t>(row)]);
    if (family == Family::demand_) demand_rows_.push_back(row);
    if (family == Family::budget_) budget_rows_.push_back(row);
    if (family == Family::quota_) quota_rows_.push_back(row);
    if (family == Family::licence_share_) licence_rows_.push_back(row);
  }
}

double Effects::lost(const Hit& hit, std::int32_t period) const {
  const double begin = world_.timeline.begin_of(PeriodId(period)).months;
  const double end = world_.timeline.begin_of(PeriodId(period + 1)).months;
  return average_lost_share(hit, begin, end);
}

std::vector<AssetId> Effects::assets_of(const Shock& shock) const {
  std::vector<AssetId> hit;
  const bool is_of_capacity =
      shock.kind == ShockKind::outage || shock.kind == ShockKind::earthquake || shock.kind == ShockKind::power_cut;
  if (!is_of_capacity) return hit;
  if (shock.facility.is_valid()) return {asset_of_[shock.facility]};
  const IdVector<plan::AssetTag, plan::Asset>& assets = plan_.problem.network.assets;
  for (const AssetId id : ids(assets)) {
    const plan::Asset& asset = assets[id];
    if (shock.technology.is_valid() && shock.technology != asset.technology) continue;
    if (shock.region.is_given && !world_.contains(shock.region, asset.region, shock.from)) continue;
    if (!shock.owners.empty() && !belongs_to_any(world_, asset.owner, shock.owners)) continue;
    if (!shock.commodities.empty() && !makes_any(world_.technologies[asset.technology], shock.commodities)) continue;
    hit.push_back(id);
  }
  return hit;
}

std::vector<std::int32_t> Effects::flows_of(const Shock& shock) const {
  std::vector<std::int32_t> columns;
  const Network& network = plan_.problem.network;
  const std::optional<Measure> rule = flows_ruled_by(world_, shock);
  if (!rule && !(shock.kind == ShockKind::lane_closure && shock.lane.is_valid())) return columns;
  const auto region_of = [&](plan::NodeId node) { return network.nodes[node].region; };
  const auto is_ruled = [&](plan::NodeId origin, RegionId destination) {
    return covers(world_, *rule, region_of(origin), destination, shock.from);
  };
  const std::vector<optim::Key>& keys = plan_.problem.model.column_key;
  for (std::size_t column = 0; column < keys.size(); ++column) {
    const optim::Key& key = keys[column];
    bool is_capped = false;
    if (family_of(key) == Family::shipment_) {
      const plan::Route& route = network.routes[plan::RouteId(key.index[0])];
      is_capped = rule ? is_about(*rule, network.nodes[route.origin].commodity) &&
                             is_ruled(route.origin, region_of(route.destination))
                       : route.lane == shock.lane;
    } else if (rule && family_of(key) == Family::import_) {
      const plan::Pool& pool = network.pools[plan::PoolId(key.index[1])];
      const RegionId here = region_of(plan::NodeId(key.index[0]));
      is_capped = pool.is_market && is_about(*rule, pool.commodity) &&
                  std::all_of(pool.origins.begin(), pool.origins.end(),
                              [&](plan::NodeId origin) { return is_ruled(origin, here); });
    }
    if (is_capped) columns.push_back(static_cast<std::int32_t>(column));
  }
  return columns;
}

double Effects::share_of(FacilityId facility, PeriodId period, double whole) const {
  if (!facility.is_valid()) return 1;
  const Facility& row = world_.facilities[facility];
  const double own = row.capacity * world_.timeline.share_within(period, row.from, row.until);
  return whole > 0 ? std::min(1.0, own / whole) : 0;
}

void Effects::cut_capacity(const Hit& hit, const Fork& fork, Limits& limits) const {
  const FacilityId facility = hit.facility.is_valid() ? hit.facility : shocks_[hit.shock].facility;
  const std::vector<AssetId> one{facility.is_valid() ? asset_of_[facility] : AssetId()};
  for (const AssetId asset : facility.is_valid() ? one : assets_[hit.shock]) {
    if (!asset.is_valid()) continue;
    for (std::int32_t period = problem_.start.index(); period < world_.timeline.count(); ++period) {
      const double share =
          lost(hit, period) * share_of(facility, PeriodId(period), fork.capacity_of(problem_, asset, period));
      if (share <= 0) continue;
      Limits::Capacity& left = limits.capacity[{asset, period}];
      (facility.is_valid() ? left.own : left.wide) *= 1 - std::min(1.0, share);
    }
  }
}

void Effects::cut_flows(const Hit& hit, Limits& limits) const {
  for (const std::int32_t column : flows_[hit.shock]) {
    const optim::Key& key = plan_.problem.model.column_key[static_cast<std::size_t>(column)];
    const std::int32_t period = key.index[family_of(key) == Family::shipment_ ? 1 : 2];
    if (period < problem_.start.index()) continue;
    const double share = lost(hit, period);
    if (share <= 0) continue;
    double& factor = limits.flows.try_emplace(column, 1.0).first->second;
    factor = std::min(factor, 1 - std::min(1.0, share));
  }
}

void Effects::raise_demand(const Hit& hit, Limits& limits) const {
  const Shock& shock = shocks_[hit.shock];
  const auto is_raised = [&](std::int32_t programme) {
    const ProgrammeId id(programme);
    const Programme& row = world_.programmes[id];
    if (shock.programme.is_valid()) return shock.programme == id;
    if (!shock.commodities.empty() &&
        std::find(shock.commodities.begin(), shock.commodities.end(), row.commodity) == shock.commodities.end())
      return false;
    if (shock.region.is_given && !world_.contains(shock.region, row.region, shock.from)) return false;
    return shock.payers.empty() || belongs_to_any(world_, row.payer, shock.payers);
  };
  const auto raise = [&](const std::vector<std::int32_t>& list, const std::vector<optim::Key>& keys,
                         std::map<std::int32_t, double>& into) {
    for (const std::int32_t at : list) {
      const optim::Key& key = keys[static_cast<std::size_t>(at)];
      if (key.index[1] < problem_.start.index() || !is_raised(key.index[0])) continue;
      const double share = lost(hit, key.index[1]);
      if (share > 0) into.try_emplace(at, 1.0).first->second *= 1 + share;
    }
  };
  raise(demands_, problem_.model.column_key, limits.asked);
  raise(demand_rows_, problem_.model.row_key, limits.asked_rows);
}

void Effects::cut_budgets(const Hit& hit, Limits& limits) const {
  const Shock& shock = shocks_[hit.shock];
  for (const std::int32_t row : budget_rows_) {
    const optim::Key& key = problem_.model.row_key[static_cast<std::size_t>(row)];
    const OrganisationId owner(key.index[0]);
    const PeriodId period(key.index[1]);
    if (!shock.payers.empty() && !belongs_to_any(world_, owner, shock.payers)) continue;
    double money = 0;
    for (const Budget& budget : world_.budgets) {
      if (budget.owner == owner)
        money += budget.per_year * world_.timeline.years(period) *
                 world_.timeline.share_within(period, budget.from, budget.until);
    }
    const double share = lost(hit, period.index());
    if (share > 0) limits.moved_rows[row] -= money * std::min(1.0, share);
  }
}

void Effects::change_rule(const Hit& hit, Limits& limits) const {
  const Shock& shock = shocks_[hit.shock];
  const Measure& measure = world_.measures[shock.measure];
  if (measure.kind == MeasureKind::quota) return change_quota(hit, limits);
  for (std::int32_t period = problem_.start.index(); period < world_.timeline.count(); ++period) {
    const double share = lost(hit, period);
    if (share <= 0) continue;
    const double factor = factor_on(shock, measure.kind, share);
    if (std::isfinite(factor)) {
      limits.forces.try_emplace({shock.measure, period}, 1.0).first->second *= factor;
      continue;
    }
    for (const std::int32_t row : licence_rows_) {
      const optim::Key& key = problem_.model.row_key[static_cast<std::size_t>(row)];
      if (MeasureId(key.index[0]) == shock.measure && key.index[1] == period) limits.moved_rows[row] = optim::infinity;
    }
  }
}

/// A quota of nothing stands for a ban, which is there or not, as all rules are: by what holds for more than half.
void Effects::change_quota(const Hit& hit, Limits& limits) const {
  const Shock& shock = shocks_[hit.shock];
  const Measure& measure = world_.measures[shock.measure];
  for (const std::int32_t row : quota_rows_) {
    const optim::Key& key = problem_.model.row_key[static_cast<std::size_t>(row)];
    if (MeasureId(key.index[0]) != shock.measure) continue;
    const PeriodId period(key.index[1]);
    const double amount = measure.value * world_.timeline.years(period) *
                          world_.timeline.share_within(period, measure.from, measure.until);
    const double share = lost(hit, period.index());
    if (share <= 0) continue;
    const bool is_gone = shock.change == RuleChange::lift && amount == 0 && share > 0.5;
    const double factor = is_gone ? optim::infinity : factor_on(shock, measure.kind, share);
    limits.moved_rows[row] += std::isfinite(factor) ? amount * factor - amount : optim::infinity;
  }
}

/// The other rules hold in a period if they do in more than half of it, as measures do.
void Effects::switch_rules(const Hit& hit, Limits& limits) const {
  std::map<MeasureId, double> amounts(shocks_[hit.shock].switched.begin(), shocks_[hit.shock].switched.end());
  for (const std::int32_t row : quota_rows_) {
    const optim::Key& key = problem_.model.row_key[static_cast<std::size_t>(row)];
    const auto found = amounts.find(MeasureId(key.index[0]));
    if (found == amounts.end() || lost(hit, key.index[1]) <= 0.5) continue;
    const auto [place, is_new] = limits.set_rows.try_emplace(row, found->second);
    if (!is_new) place->second = std::min(place->second, found->second);
  }
}

Effects::Limits Effects::limits(const Scenario& scenario, const Fork& fork) const {
  Limits limits;
  for (const Hit& hit : scenario.hits) {
    cut_capacity(hit, fork, limits);
    cut_flows(hit, limits);
    const ShockKind kind = shocks_[hit.shock].kind;
    if (kind == ShockKind::demand_surge) raise_demand(hit, limits);
    if (kind == ShockKind::budget_collapse) cut_budgets(hit, limits);
    if (kind != ShockKind::rule_change) continue;
    const Shock& shock = shocks_[hit.shock];
    if (shock.measure.is_valid()) {
      change_rule(hit, limits);
    } else {
      switch_rules(hit, limits);
    }
  }
  return limits;
}

void Effects::note_forces(const Scenario& scenario, ForceChanges& changes) const {
  for (const auto& [rule, factor] : limits(scenario).forces) {
    if (const int change = thousandths_of(factor); change != 0) changes[rule].insert(change);
  }
}

optim::Patch Effects::patch(const Scenario& scenario, const Fork& fork) const {
  const Limits limits = this->limits(scenario, fork);
  const optim::Model& model = problem_.model;
  std::map<std::int32_t, std::pair<double, double>> columns = fork.columns, rows = fork.rows;
  for (const auto& [place, left] : limits.capacity) {
    const PeriodId period(place.second);
    const double most = fork.capacity_of(problem_, place.first, place.second) * left.own * left.wide;
    const std::int32_t row = problem_.outage_row(place.first, period);
    const std::int32_t column = problem_.available_column(place.first, period);
    if (row >= 0) {
      rows[row] = {-optim::infinity, most};
    } else if (column >= 0) {
      columns[column] = {0, std::min(most, model.upper[static_cast<std::size_t>(column)])};
    }
  }
  for (const auto& [column, factor] : limits.flows) {
    const std::int32_t here = problem_.column_of[static_cast<std::size_t>(column)];
    if (here < 0) continue;
    const double sent = std::max(0.0, plan_.solution.value[static_cast<std::size_t>(column)]);
    columns[here] = {0, std::min(model.upper[static_cast<std::size_t>(here)], sent * factor)};
  }
  for (const auto& [column, factor] : limits.asked)
    columns[column] = {0, model.upper[static_cast<std::size_t>(column)] * factor};
  for (const auto& [row, factor] : limits.asked_rows)
    rows[row] = {fork.sides_of(problem_, row).first * factor, optim::infinity};
  for (const auto& [row, move] : limits.moved_rows)
    rows[row] = {-optim::infinity, fork.moved_upper(problem_, row, move)};
  for (const auto& [row, most] : limits.set_rows) rows[row] = {-optim::infinity, most};
  for (const auto& [rule, factor] : limits.forces) {
    const auto switches = problem_.forces.find(rule);
    const int change = thousandths_of(factor);
    if (switches == problem_.forces.end() || change == 0) continue;
    for (const ForceSwitch& one : switches->second) {
      columns[one.as_planned] = {0, 0};
      columns[one.changed.at(change)] = {0, optim::infinity};
    }
  }
  optim::Patch patch;
  for (const auto& [column, bounds] : columns) patch.columns.push_back({column, bounds.first, bounds.second});
  for (const auto& [row, sides] : rows) patch.rows.push_back({row, sides.first, sides.second});
  return patch;
}

World with_flows_apart(World world, const Shocks& shocks) {
  for (const Shock& shock : shocks) {
    if (is_of_goods(shock.kind) && !shock.lane.is_valid()) world.measures.push_back(watch_of(world, shock));
    if (shock.kind != ShockKind::rule_change || !shock.measure.is_valid()) continue;
    Measure& measure = world.measures[shock.measure];
    if (measure.kind != MeasureKind::ban || !measure.end_users.empty()) continue;
    measure.kind = MeasureKind::quota;
    measure.value = 0;
  }
  return world;
}

bool changes_coefficients(const World& world, const Shock& shock) {
  if (shock.kind != ShockKind::rule_change || !shock.measure.is_valid()) return false;
  const MeasureKind kind = world.measures[shock.measure].kind;
  return kind != MeasureKind::quota && kind != MeasureKind::ban;
}

std::string unsupported(const World& world, const Shock& shock) {
  if (shock.kind != ShockKind::rule_change) return "";
  if (!shock.measure.is_valid()) {
    if (!shock.problem.empty()) return shock.problem;
    return shock.switched.empty() ? "changes no flow of the model: the rules it names say the same" : "";
  }
  const Measure& measure = world.measures[shock.measure];
  if (measure.kind == MeasureKind::ban && !measure.end_users.empty())
    return fmt::format("lifts the ban '{}' on an end user, who is not in the plan: compare two plans instead",
                       measure.id);
  return "";
}

}  // namespace pinchpoint::stress
