// SPDX-License-Identifier: Apache-2.0
#include "optim/interdiction/attack.hpp"

#include <gtest/gtest.h>

#include <map>

#include "optim/interdiction/enumerated_attack.hpp"
#include "optim/solve/solver.hpp"
#include "process_network.hpp"

namespace pinchpoint::optim {
namespace {

constexpr double tolerance = 1e-6;

/// Every maker is a target: its loss closes it for good.
AttackProblem network_attack(const Model& model, double cost_limit) {
  AttackProblem problem{.model = &model, .base = solve(model), .targets = {}, .cost_limit = cost_limit};
  std::map<std::int32_t, Patch> by_maker;
  for (std::int32_t column = 0; column < model.column_count(); ++column) {
    const Key& key = model.column_key[static_cast<std::size_t>(column)];
    if (model.names->family(key.family).name == "make") by_maker[key.index[0]].columns.push_back({column, 0, 0});
  }
  for (auto& [maker, patch] : by_maker) problem.targets.push_back({maker, std::move(patch), 1});
  return problem;
}

Model small_network(std::uint64_t seed) {
  return make_process_network({.tiers = 3,
                               .products_per_tier = 2,
                               .regions = 2,
                               .makers_per_product = 2,
                               .periods = 2,
                               .inputs_per_product = 2,
                               .lead_time = 0,
                               .seed = seed,
                               .has_fixed_capacity = true});
}

class SmallNetworks : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(SmallNetworks, the_worst_set_is_that_of_all_sets_tried_one_by_one) {
  const Model model = small_network(GetParam());
  for (const double limit : {1.0, 2.0, 3.0}) {
    const AttackProblem problem = network_attack(model, limit);
    const Attack attack = find_attack(problem);
    const EnumeratedAttack truth = enumerate_attacks(problem);
    EXPECT_EQ(attack.status, AttackStatus::optimal) << attack.message;
    EXPECT_NEAR(attack.lower, truth.value, tolerance * std::abs(truth.value));
    EXPECT_GE(attack.upper, truth.value * (1 - 1e-9));
    EXPECT_LE(attack.upper, truth.value * (1 + tolerance));
    EXPECT_TRUE(attack.lower_is_proved);
    EXPECT_TRUE(attack.upper_is_proved);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, SmallNetworks, ::testing::Range<std::uint64_t>(1, 13));

}  // namespace
}  // namespace pinchpoint::optim
