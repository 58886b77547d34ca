// SPDX-License-Identifier: Apache-2.0
#include "analysis/stress/attack.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "analysis/stress/effects.hpp"
#include "optim/solve/scaling.hpp"

namespace pinchpoint::stress {

namespace {

using plan::AssetId;
using plan::Family;
using plan::family_of;

/// The plan's operating problem as the interdiction's follower, scaled.
class Board {
 public:
  Board(const World& world, const plan::Plan& plan, const AttackWish& wish)
      : world_(world),
        plan_(plan),
        wish_(wish),
        problem_(make_operating_problem(world, plan, PeriodId(std::max(0, world.timeline.period_of(wish.from).index())),
                                        wish.response)),
        scaled_(optim::scale(problem_.model)) {}

  AttackAnswer play() {
    AttackAnswer answer;
    optim::AttackProblem attacked;
    attacked.model = &scaled_.model;
    optim::SolveOptions options;
    options.interrupt = wish_.search.interrupt;
    attacked.base = optim::solve(scaled_.model, options);
    if (attacked.base.status != optim::Status::optimal) {
      answer.problem = std::string("the operating problem is ") + to_string(attacked.base.status);
      return answer;
    }
    attacked.targets = targets();
    attacked.cost_limit = wish_.cost_limit;
    answer.is_ready = true;
    if (wish_.defence_budget <= 0) {
      answer.attack = wish_.find(attacked, search());
    } else {
      defend(std::move(attacked), answer);
    }
    unscale(answer.attack);
    return answer;
  }

 private:
  [[nodiscard]] optim::AttackOptions search() const {
    optim::AttackOptions options = wish_.search;
    if (options.on_progress) {
      options.on_progress = [this](const optim::AttackProgress& progress) {
        optim::AttackProgress natural = progress;
        natural.lower = std::ldexp(progress.lower, -scaled_.scaling.objective);
        natural.upper = std::ldexp(progress.upper, -scaled_.scaling.objective);
        wish_.search.on_progress(natural);
      };
    }
    return options;
  }

  void unscale(optim::Attack& attack) const {
    for (double* money : {&attack.base, &attack.lower, &attack.upper})
      *money = std::ldexp(*money, -scaled_.scaling.objective);
  }

  [[nodiscard]] std::vector<optim::Target> targets() const {
    Shocks shocks;
    for (const Target& target : wish_.targets) shocks.push_back(target.shock);
    const Effects effects(world_, shocks, plan_, problem_);
    std::vector<optim::Target> made;
    for (std::size_t at = 0; at < wish_.targets.size(); ++at) {
      Scenario scenario;
      Hit hit;
      hit.shock = ShockId(static_cast<std::int32_t>(at));
      hit.begin_months = wish_.from.months;
      scenario.hits.push_back(hit);
      optim::Target target;
      target.name = static_cast<std::int32_t>(at);
      target.patch = optim::scaled(effects.patch(scenario), scaled_.scaling);
      target.cost = wish_.costs.empty() ? 1 : wish_.costs[at];
      made.push_back(std::move(target));
    }
    return made;
  }

  void defend(optim::AttackProblem attacked, AttackAnswer& answer) {
    answer.protections = protections();
    optim::DefenceProblem problem;
    problem.attack = std::move(attacked);
    problem.cost_limit = wish_.defence_budget;
    for (std::size_t at = 0; at < answer.protections.size(); ++at)
      problem.defences.push_back(defence_of(answer.protections[at], at));
    answer.defence = optim::find_defence(problem, search());
    answer.attack = answer.defence.undefended;
    unscale(answer.defence.undefended);
    unscale(answer.defence.worst);
    for (double* money : {&answer.defence.lower, &answer.defence.upper})
      *money = std::ldexp(*money, -scaled_.scaling.objective);
  }

  /// What the plan makes of each commodity from the start on, a year; by country; and the largest maker.
  struct Making {
    double total = 0;
    std::map<AssetId, double> makers;
  };

  [[nodiscard]] std::map<CommodityId, Making> makings() const {
    std::map<CommodityId, Making> all;
    double years = 0;
    for (const PeriodId period : world_.timeline.periods()) {
      if (period.index() >= problem_.start.index()) years += world_.timeline.years(period);
    }
    for (std::size_t column = 0; column < plan_.solution.value.size(); ++column) {
      const auto activity = plan::activity_of(plan_.problem.model.column_key[column]);
      if (!activity || activity->period.index() < problem_.start.index()) continue;
      const CommodityId output = world_.technologies[plan_.problem.network.assets[activity->asset].technology].output;
      if (!output.is_valid()) continue;
      all[output].total += plan_.solution.value[column] / years;
      all[output].makers[activity->asset] += plan_.solution.value[column] / years;
    }
    return all;
  }

  [[nodiscard]] std::vector<Protection> protections() const {
    std::vector<Protection> made;
    std::set<CommodityId> named;
    for (const Target& target : wish_.targets) {
      if (target.commodity.is_valid()) named.insert(target.commodity);
    }
    const PeriodId start = problem_.start;
    const Date date = world_.timeline.begin_of(start);
    for (const auto& [commodity, making] : makings()) {
      if (!named.contains(commodity) || making.total <= 0) continue;
      const Commodity& good = world_.commodities[commodity];
      for (const auto& [asset_id, made_here] : making.makers) {
        const plan::Asset& asset = plan_.problem.network.assets[asset_id];
        const auto largest =
            std::max_element(making.makers.begin(), making.makers.end(),
                             [](const auto& left, const auto& right) { return left.second < right.second; });
        if (asset_id == largest->first) {
          const double price =
              good.price.empty() ? 0 : good.price.at(world_.lineage(asset.region), {}, date).value_or(0);
          const double amount = making.total * wish_.stock_months / 12;
          if (good.is_storable && price > 0)
            made.push_back({Protection::Kind::stockpile, commodity, asset.region, {}, amount, amount * price});
          continue;
        }
        const double capex = asset.can_be_ordered ? asset.capex[static_cast<std::size_t>(start.index())] : 0;
        const double amount = making.total * wish_.spare_share;
        if (capex > 0)
          made.push_back({Protection::Kind::spare_capacity, commodity, asset.region, asset_id, amount, amount * capex});
      }
    }
    return made;
  }

  /// A stockpile adds to the balance of its first period; spare capacity widens what stands in every period.
  [[nodiscard]] optim::Defence defence_of(const Protection& protection, std::size_t name) const {
    optim::Defence defence;
    defence.name = static_cast<std::int32_t>(name);
    defence.cost = protection.cost;
    const optim::Model& model = problem_.model;
    for (std::size_t row = 0; row < model.row_lower.size(); ++row) {
      if (problem_.plan_row[row] < 0) continue;
      const optim::Key& key = model.row_key[row];
      const double unit = std::ldexp(1.0, scaled_.scaling.row[row]);
      const auto index = static_cast<std::int32_t>(row);
      if (protection.kind == Protection::Kind::stockpile && family_of(key) == Family::balance_) {
        const plan::Node& node = plan_.problem.network.nodes[plan::NodeId(key.index[0])];
        const bool is_here = node.commodity == protection.commodity && node.region == protection.region &&
                             key.index[1] == problem_.start.index() && key.index[2] <= 0;
        if (!is_here) continue;
        defence.rows.push_back({index, -protection.amount * unit, 0});
      }
      if (protection.kind == Protection::Kind::spare_capacity && family_of(key) == Family::build_ &&
          AssetId(key.index[0]) == protection.asset)
        defence.rows.push_back({index, 0, protection.amount * unit});
    }
    return defence;
  }

  const World& world_;
  const plan::Plan& plan_;
  const AttackWish& wish_;
  OperatingProblem problem_;
  optim::ScaledModel scaled_;
};

}  // namespace

AttackAnswer attack(const World& world, const plan::Plan& plan, const AttackWish& wish) {
  return Board(world, plan, wish).play();
}

}  // namespace pinchpoint::stress
