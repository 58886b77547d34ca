// SPDX-License-Identifier: Apache-2.0
#include "analysis/plan/contradictions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "optim/solve/elastic.hpp"

namespace pinchpoint::plan {

namespace {

/// Rules that people set, and may take back.
constexpr std::array rule_families = {Family::budget_,      Family::quota_,        Family::licence_share_,
                                      Family::content_,     Family::limit_,        Family::stock_floor_,
                                      Family::stock_cover_, Family::minimum_size_, Family::demand_};

bool is_rule(const optim::Key& key) {
  const auto family = static_cast<Family>(key.family.index());
  return std::find(rule_families.begin(), rule_families.end(), family) != rule_families.end();
}

std::vector<double> weights_of(const optim::Model& model, bool rules_only) {
  std::vector<double> weights;
  for (const optim::Key& key : model.row_key) weights.push_back(rules_only && !is_rule(key) ? 0 : 1);
  return weights;
}

/// Puts a relaxed row into words.
class Speaker {
 public:
  Speaker(const World& world, const PlanProblem& problem) : world_(world), problem_(problem) {}

  [[nodiscard]] Contradiction say(const optim::Relaxation& relaxed, double natural_amount) const;

 private:
  [[nodiscard]] std::string subject(const optim::Key& key, const FamilyInfo& family) const;
  [[nodiscard]] std::string sentence(const Contradiction& what, Family family, bool is_short) const;

  const World& world_;
  const PlanProblem& problem_;
};

std::string Speaker::subject(const optim::Key& key, const FamilyInfo& family) const {
  const std::int32_t index = key.index[0];
  switch (family.spaces.front()) {
    case Space::owner:
      return world_.organisations[OrganisationId(index)].name;
    case Space::measure:
      return world_.measures[MeasureId(index)].name;
    case Space::limit:
      return world_.limits[LimitId(index)].name;
    case Space::programme:
      return world_.programmes[ProgrammeId(index)].name;
    case Space::lane:
      return world_.lanes[LaneId(index)].name;
    case Space::pool:
      return problem_.network.pools[PoolId(index)].label;
    case Space::node: {
      const Node& node = problem_.network.nodes[NodeId(index)];
      return fmt::format("{} in {}", world_.commodities[node.commodity].name, world_.regions[node.region].name);
    }
    case Space::asset: {
      const Asset& asset = problem_.network.assets[AssetId(index)];
      return fmt::format("{} of {} in {}", world_.technologies[asset.technology].name,
                         world_.organisations[asset.owner].name, world_.regions[asset.region].name);
    }
    case Space::choice_group:
    case Space::choice:
    case Space::mode:
    case Space::route:
    case Space::period:
    case Space::slice:
    case Space::moment:
      break;
  }
  return problem_.model.names->render(key);
}

std::string Speaker::sentence(const Contradiction& what, Family family, bool is_short) const {
  const std::string amount = fmt::format("{:.4g} {}", what.amount, what.unit);
  const std::string when = what.period.empty() ? " over the horizon" : " in " + what.period;
  switch (family) {
    case Family::budget_:
      return fmt::format("the budget of {} in {} is short by {}: what it has to pay is more than it may spend",
                         what.subject, what.period, amount);
    case Family::stock_floor_:
      return fmt::format("the reserve of {} at the end of {} is short by {}: its floor cannot be held", what.subject,
                         what.period, amount);
    case Family::stock_cover_:
      return fmt::format("the cover of {} at the end of {} is short by {}", what.subject, what.period, amount);
    case Family::quota_:
      return fmt::format("the quota '{}' in {} is exceeded by {}", what.subject, what.period, amount);
    case Family::licence_share_:
      return fmt::format("the licensed share '{}' in {} is exceeded by {}", what.subject, what.period, amount);
    case Family::limit_:
      return fmt::format("the limit '{}'{} is {} by {}", what.subject, when, is_short ? "missed" : "exceeded", amount);
    case Family::demand_:
      return fmt::format("programme '{}' in {} must be met and is short by {}", what.subject, what.period, amount);
    case Family::content_:
      return fmt::format("the content requirement '{}' in {} is missed by {} of value", what.subject, what.period,
                         amount);
    default:
      break;
  }
  return fmt::format("{} in {}: {} {} {}", what.subject, what.period, what.family,
                     is_short ? "is short by" : "is exceeded by", amount);
}

Contradiction Speaker::say(const optim::Relaxation& relaxed, double natural_amount) const {
  const optim::Key& key = problem_.model.row_key[static_cast<std::size_t>(relaxed.row.index())];
  const auto family = static_cast<Family>(key.family.index());
  const Display display = display_of(world_, problem_.network, key);
  Contradiction what;
  what.rule = problem_.model.names->render(key);
  what.family = info(family).name;
  what.subject = subject(key, info(family));
  const auto& spaces = info(family).spaces;
  const auto place = std::find(spaces.begin(), spaces.end(), Space::period);
  if (place != spaces.end()) {
    const PeriodId period(key.index[static_cast<std::size_t>(place - spaces.begin())]);
    if (period.is_valid()) what.period = world_.timeline.label(period);
  }
  what.amount = std::abs(natural_amount) * display.factor;
  what.unit = display.unit;
  what.sentence = sentence(what, family, natural_amount < 0);
  return what;
}

}  // namespace

std::vector<Contradiction> find_contradictions(const World& world, const PlanProblem& problem,
                                               const optim::ScaledModel& scaled, const optim::SolveOptions& options) {
  optim::ElasticResult result = optim::solve_elastic(scaled.model, weights_of(problem.model, true), options);
  if (!result.is_feasible) result = optim::solve_elastic(scaled.model, weights_of(problem.model, false), options);
  const Speaker speaker(world, problem);
  std::vector<Contradiction> found;
  for (const optim::Relaxation& relaxed : result.relaxed) {
    const int exponent = scaled.scaling.row[static_cast<std::size_t>(relaxed.row.index())];
    found.push_back(speaker.say(relaxed, std::ldexp(relaxed.amount, -exponent)));
  }
  return found;
}

}  // namespace pinchpoint::plan
