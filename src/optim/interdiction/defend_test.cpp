// SPDX-License-Identifier: Apache-2.0
#include "optim/interdiction/defend.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <map>

#include "optim/interdiction/defence/defence_master.hpp"
#include "optim/interdiction/defence/defended_model.hpp"
#include "optim/interdiction/enumerated_attack.hpp"
#include "optim/solve/solver.hpp"
#include "process_network.hpp"

namespace pinchpoint::optim {
namespace {

constexpr double tolerance = 1e-6;

Model small_network(std::uint64_t seed, int products = 2) { return make_small_network(2, products, seed); }

/// Makers can be closed. Each can be protected, one in two can be enlarged by half, and the first demands can be
/// stocked.
DefenceProblem small_defence(const Model& model, double losses, double limit) {
  DefenceProblem problem{{.model = &model, .base = solve(model), .targets = {}, .cost_limit = losses}, {}, limit};
  std::map<std::int32_t, std::vector<std::int32_t>> makers;
  for (std::int32_t column = 0; column < model.column_count(); ++column) {
    const Key& key = model.column_key[static_cast<std::size_t>(column)];
    if (model.names->family(key.family).name == "make") makers[key.index[0]].push_back(column);
  }
  for (const auto& [maker, columns] : makers) {
    const auto target = static_cast<std::int32_t>(problem.attack.targets.size());
    Patch closed;
    Defence enlarged{maker, 1, {}, {}, {}};
    for (const std::int32_t column : columns) {
      closed.columns.push_back({column, 0, 0});
      enlarged.columns.push_back({column, 0, 0.5 * model.upper[static_cast<std::size_t>(column)]});
    }
    problem.attack.targets.push_back({maker, std::move(closed), 1});
    problem.defences.push_back({maker, 2, {target}, {}, {}});
    if (maker % 2 == 0) problem.defences.push_back(std::move(enlarged));
  }
  Defence stock{-1, 1, {}, {}, {}};
  for (std::int32_t row = 0; row < model.row_count(); ++row) {
    const double asked = model.row_lower[static_cast<std::size_t>(row)];
    if (asked > 0) stock.rows.push_back({row, -0.3 * asked, 0});
  }
  problem.defences.push_back(std::move(stock));
  return problem;
}

double worst_against(const DefenceProblem& problem, const std::vector<std::int32_t>& bought) {
  const Model model = relieved_model(problem, bought);
  const std::vector<std::uint8_t> is_protected = protected_targets(problem, bought);
  AttackProblem attack = problem.attack;
  attack.model = &model;
  attack.base = solve(model);
  for (std::size_t at = 0; at < is_protected.size(); ++at) {
    if (is_protected[at] != 0) attack.targets[at].cost = 1e9;
  }
  return enumerate_attacks(attack).value;
}

/// Every purchase within the limit against every set.
double best_of_all(const DefenceProblem& problem, std::vector<std::int32_t> bought, std::size_t next, double left) {
  double best = worst_against(problem, bought);
  for (std::size_t at = next; at < problem.defences.size(); ++at) {
    if (problem.defences[at].cost > left) continue;
    bought.push_back(static_cast<std::int32_t>(at));
    best = std::min(best, best_of_all(problem, bought, at + 1, left - problem.defences[at].cost));
    bought.pop_back();
  }
  return best;
}

class SmallDefences : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(SmallDefences, the_best_purchase_is_that_of_all_tried_one_by_one) {
  const Model model = small_network(GetParam());
  const DefenceProblem problem = small_defence(model, 2, 3);
  const DefencePlan plan = find_defence(problem);
  const double truth = best_of_all(problem, {}, 0, problem.cost_limit);
  EXPECT_EQ(plan.status, AttackStatus::optimal) << plan.message;
  EXPECT_NEAR(plan.lower, truth, tolerance * truth);
  EXPECT_NEAR(plan.upper, truth, tolerance * truth);
  EXPECT_NEAR(worst_against(problem, plan.bought), truth, tolerance * truth);
  EXPECT_NEAR(plan.undefended.lower, worst_against(problem, {}), tolerance * truth);
}

INSTANTIATE_TEST_SUITE_P(Seeds, SmallDefences, ::testing::Range<std::uint64_t>(1, 5));

TEST(Defence, without_money_the_worst_set_stays) {
  const Model model = small_network(2);
  const DefencePlan plan = find_defence(small_defence(model, 2, 0));
  EXPECT_EQ(plan.status, AttackStatus::optimal);
  EXPECT_TRUE(plan.bought.empty());
  EXPECT_NEAR(plan.upper, plan.undefended.upper, tolerance * plan.upper);
}

TEST(Defence, with_money_for_all_no_set_hurts) {
  const Model model = small_network(2);
  const DefencePlan plan = find_defence(small_defence(model, 2, 1000));
  EXPECT_EQ(plan.status, AttackStatus::optimal);
  EXPECT_TRUE(plan.worst.chosen.empty());
  EXPECT_LE(plan.upper, plan.undefended.base * (1 + tolerance));
}

/// Demand must be met; any one maker of a product can do it.
Model without_shortage(Model model) {
  for (std::int32_t column = 0; column < model.column_count(); ++column) {
    const auto at = static_cast<std::size_t>(column);
    if (model.names->family(model.column_key[at].family).name == "unmet") model.upper[at] = 0;
    if (model.names->family(model.column_key[at].family).name == "make") model.upper[at] = 500;
  }
  return model;
}

TEST(Defence, a_set_that_leaves_no_answer_is_bought_off) {
  const Model model = without_shortage(small_network(1, 1));
  const DefenceProblem problem = small_defence(model, 2, 4);
  const DefencePlan plan = find_defence(problem);
  EXPECT_EQ(plan.undefended.status, AttackStatus::endless);
  EXPECT_EQ(plan.status, AttackStatus::optimal);
  const double truth = best_of_all(problem, {}, 0, problem.cost_limit);
  EXPECT_NEAR(plan.upper, truth, tolerance * truth);
  EXPECT_NEAR(plan.lower, truth, tolerance * truth);
}

TEST(Defence, where_no_purchase_leaves_an_answer_it_says_so) {
  const Model model = without_shortage(small_network(1, 1));
  const DefencePlan plan = find_defence(small_defence(model, 2, 1));
  EXPECT_EQ(plan.status, AttackStatus::endless);
}

TEST(Defence, a_master_out_of_time_is_no_failure) {
  const Model model = small_network(1);
  const DefenceProblem problem = small_defence(model, 2, 4);
  const std::atomic<bool> stop = true;
  const DefenceMaster::Choice choice = DefenceMaster(problem, 0).choose({.interrupt = &stop}, 0);
  EXPECT_TRUE(choice.is_stopped);
  EXPECT_FALSE(choice.is_feasible);
  EXPECT_EQ(choice.failure, "");
}

TEST(Defence, forbidden_sets_are_refused) {
  const Model model = small_network(1);
  DefenceProblem problem = small_defence(model, 1, 1);
  problem.attack.no_answer = NoAnswer::forbidden;
  EXPECT_THROW((void)find_defence(problem), InternalError);
}

}  // namespace
}  // namespace pinchpoint::optim
