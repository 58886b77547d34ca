// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "analysis/stress/rank.hpp"
#include "optim/interdiction/attack.hpp"
#include "optim/interdiction/defend.hpp"

namespace pinchpoint::stress {

/// Something a defender can buy before the attack, found from the world's own prices and capital costs.
struct Protection {
  enum class Kind { stockpile, spare_capacity };
  Kind kind = Kind::stockpile;
  CommodityId commodity;
  RegionId region;
  plan::AssetId asset;  ///< spare capacity: whose
  double amount = 0;    ///< stockpile: amount; spare capacity: amount a year
  double cost = 0;      ///< money, once
};

struct AttackWish {
  std::vector<Target> targets;
  std::vector<double> costs;  ///< by target; empty: 1 each
  double cost_limit = 1;      ///< K where every target costs 1
  Date from;
  Response response = Response::operate;
  double defence_budget = 0;  ///< money; 0: no defence is looked for
  double stock_months = 6;    ///< size of a stockpile: months of what the plan makes of the commodity in the world
  double spare_share = 0.1;   ///< size of spare capacity: share of what the plan makes of the commodity in the world
  optim::AttackOptions search;
  /// How: the search that proves, unless another is to be compared with it.
  std::function<optim::Attack(const optim::AttackProblem&, const optim::AttackOptions&)> find = optim::find_attack;
};

/// The worst set of targets, proven, and what defends best against it. Money: present value from `from` on.
struct AttackAnswer {
  bool is_ready = false;
  std::string problem;  ///< why there is none
  optim::Attack attack;
  std::vector<Protection> protections;  ///< that could be bought
  optim::DefencePlan defence;           ///< of a wish with a budget
};

/// max over sets of targets within the limit of the operating problem's optimum: docs/formulation/attack.md
[[nodiscard]] AttackAnswer attack(const World& world, const plan::Plan& plan, const AttackWish& wish);

}  // namespace pinchpoint::stress
