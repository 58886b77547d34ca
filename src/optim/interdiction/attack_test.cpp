// SPDX-License-Identifier: Apache-2.0
#include "optim/interdiction/attack.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <map>

#include "optim/interdiction/dualised_attack.hpp"
#include "optim/interdiction/enumerated_attack.hpp"
#include "optim/interdiction/follower/whole_points.hpp"
#include "optim/model/testing/dense_model.hpp"
#include "optim/solve/solver.hpp"
#include "process_network.hpp"

namespace pinchpoint::optim {
namespace {

constexpr double tolerance = 1e-6;

using Columns = std::map<std::int32_t, std::vector<std::int32_t>>;

/// Columns of a family by their first index.
Columns columns_of(const Model& model, const std::string& family) {
  Columns found;
  for (std::int32_t column = 0; column < model.column_count(); ++column) {
    const Key& key = model.column_key[static_cast<std::size_t>(column)];
    if (model.names->family(key.family).name == family) found[key.index[0]].push_back(column);
  }
  return found;
}

Model small_network(std::uint64_t seed) { return make_small_network(3, 2, seed); }

/// The loss of a maker leaves `part` of its capacity.
Patch cut_capacity(const Model& model, const std::vector<std::int32_t>& columns, double part) {
  Patch patch;
  for (const std::int32_t column : columns) {
    patch.columns.push_back({column, 0, part * model.upper[static_cast<std::size_t>(column)]});
  }
  return patch;
}

AttackProblem close_makers(const Model& model, double cost_limit) {
  AttackProblem problem{.model = &model, .base = solve(model), .targets = {}, .cost_limit = cost_limit};
  for (const auto& [maker, columns] : columns_of(model, "make")) {
    problem.targets.push_back({maker, cut_capacity(model, columns, 0), 1});
  }
  return problem;
}

/// Closures at a cost of 2 or 3, halved capacities of the same makers at a cost of 1, and balances that ask for more.
AttackProblem mixed_attack(const Model& model, double cost_limit) {
  AttackProblem problem{.model = &model, .base = solve(model), .targets = {}, .cost_limit = cost_limit};
  for (const auto& [maker, columns] : columns_of(model, "make")) {
    problem.targets.push_back({maker, cut_capacity(model, columns, 0), maker % 2 == 0 ? 2.0 : 3.0});
    problem.targets.push_back({maker, cut_capacity(model, columns, 0.5), 1});
  }
  for (std::int32_t row = 0; row < model.row_count(); ++row) {
    const double asked = model.row_lower[static_cast<std::size_t>(row)];
    if (asked > 0) problem.targets.push_back({row, {{}, {{row, 1.4 * asked, infinity}}}, 2});
  }
  return problem;
}

/// Unmet demand up to this part only: some sets leave no answer.
Model with_limited_shortage(Model model, double part) {
  for (const auto& [product, columns] : columns_of(model, "unmet")) {
    for (const std::int32_t column : columns) {
      const auto at = static_cast<std::size_t>(column);
      const auto entry = static_cast<std::size_t>(model.matrix.start[at]);
      const std::int32_t row = model.matrix.row[entry];
      model.upper[at] = part * model.row_lower[static_cast<std::size_t>(row)];
    }
  }
  return model;
}

void expect_truth(const AttackProblem& problem) {
  const Attack attack = find_attack(problem);
  const EnumeratedAttack truth = enumerate_attacks(problem);
  EXPECT_EQ(attack.status, AttackStatus::optimal) << attack.message;
  EXPECT_NEAR(attack.lower, truth.value, tolerance * std::abs(truth.value));
  EXPECT_GE(attack.upper, truth.value * (1 - 1e-9));
  EXPECT_LE(attack.upper, truth.value * (1 + tolerance));
  EXPECT_TRUE(attack.lower_is_proved);
  EXPECT_TRUE(attack.upper_is_proved);
}

class SmallNetworks : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(SmallNetworks, the_worst_set_is_that_of_all_sets_tried_one_by_one) {
  const Model model = small_network(GetParam());
  for (const double limit : {1.0, 2.0, 3.0}) expect_truth(close_makers(model, limit));
}

TEST_P(SmallNetworks, targets_may_differ_in_cost_share_columns_and_change_rows) {
  const Model model = small_network(GetParam());
  expect_truth(mixed_attack(model, 4));
}

TEST_P(SmallNetworks, sets_that_leave_no_answer_can_be_forbidden) {
  const Model model = with_limited_shortage(small_network(GetParam()), 0.6);
  AttackProblem problem = close_makers(model, 3);
  if (problem.base.status != Status::optimal) GTEST_SKIP() << "no answer even without a loss";
  problem.no_answer = NoAnswer::forbidden;
  expect_truth(problem);
}

TEST_P(SmallNetworks, a_set_that_leaves_no_answer_is_the_worst_otherwise) {
  const Model model = with_limited_shortage(small_network(GetParam()), 0.6);
  const AttackProblem problem = close_makers(model, 3);
  if (problem.base.status != Status::optimal) GTEST_SKIP() << "no answer even without a loss";
  if (enumerate_attacks(problem).value != infinity) GTEST_SKIP() << "every set leaves an answer";
  const Attack attack = find_attack(problem);
  EXPECT_EQ(attack.status, AttackStatus::endless);
  EXPECT_TRUE(attack.lower_is_proved);
  const Patch patch = combine_patches(model, problem.targets, attack.chosen);
  EXPECT_NE(solve(patched(model, patch)).status, Status::optimal);
}

TEST_P(SmallNetworks, the_dualised_problem_finds_the_same) {
  const Model model = small_network(GetParam());
  AttackProblem problem = mixed_attack(model, 3);
  const Attack attack = find_attack(problem);
  const Attack dualised = dualise_attack(problem, {.largest_price = 1e4});
  EXPECT_EQ(dualised.status, AttackStatus::optimal) << dualised.message;
  EXPECT_NEAR(dualised.lower, attack.lower, tolerance * std::abs(attack.lower));
  EXPECT_NEAR(dualised.upper, attack.upper, tolerance * std::abs(attack.upper));
}

TEST_P(SmallNetworks, the_dualised_problem_keeps_an_answer_where_it_must) {
  const Model model = with_limited_shortage(small_network(GetParam()), 0.6);
  AttackProblem problem = close_makers(model, 2);
  if (problem.base.status != Status::optimal) GTEST_SKIP() << "no answer even without a loss";
  problem.no_answer = NoAnswer::forbidden;
  const Attack attack = find_attack(problem);
  const Attack dualised = dualise_attack(problem, {.largest_price = 1e4});
  EXPECT_NEAR(dualised.lower, attack.lower, tolerance * std::abs(attack.lower));
}

INSTANTIATE_TEST_SUITE_P(Seeds, SmallNetworks, ::testing::Range<std::uint64_t>(1, 9));

TEST(Attack, a_wider_gap_is_kept_and_takes_no_more_plans) {
  const Model model = small_network(3);
  const AttackProblem problem = close_makers(model, 3);
  const Attack exact = find_attack(problem);
  const Attack rough = find_attack(problem, {.relative_gap = 0.3});
  EXPECT_EQ(rough.status, AttackStatus::optimal);
  EXPECT_LE(rough.gap, 0.3);
  EXPECT_LE(rough.lower, exact.upper * (1 + 1e-9));
  EXPECT_GE(rough.upper, exact.lower * (1 - 1e-9));
  EXPECT_LE(rough.plans, exact.plans);
}

TEST(Attack, the_number_of_threads_does_not_change_the_answer) {
  const Model model = small_network(5);
  const AttackProblem problem = close_makers(model, 3);
  const Attack one = find_attack(problem, {.threads = 1});
  const Attack three = find_attack(problem, {.threads = 3});
  EXPECT_EQ(one.chosen, three.chosen);
  EXPECT_EQ(one.lower, three.lower);
  EXPECT_EQ(one.upper, three.upper);
  EXPECT_EQ(one.nodes, three.nodes);
  EXPECT_EQ(one.plans, three.plans);
  EXPECT_EQ(one.lps, three.lps);
}

TEST(Attack, without_a_limit_to_spend_nothing_is_lost) {
  const Model model = small_network(1);
  const Attack attack = find_attack(close_makers(model, 0));
  EXPECT_EQ(attack.status, AttackStatus::optimal);
  EXPECT_TRUE(attack.chosen.empty());
  EXPECT_NEAR(attack.upper, attack.base, tolerance * attack.base);
}

TEST(Attack, targets_that_nothing_uses_are_no_loss) {
  const Model model = small_network(1);
  AttackProblem problem = close_makers(model, 2);
  for (Target& target : problem.targets) target.patch = {};
  const Attack attack = find_attack(problem);
  EXPECT_EQ(attack.status, AttackStatus::optimal);
  EXPECT_EQ(attack.gap, 0);
  EXPECT_NEAR(attack.upper, attack.base, tolerance * attack.base);
}

TEST(Attack, stopped_at_once_it_says_what_it_knows) {
  const Model model = small_network(1);
  const std::atomic<bool> stop = true;
  const AttackProblem problem = close_makers(model, 3);
  const Attack attack = find_attack(problem, {.interrupt = &stop});
  EXPECT_EQ(attack.status, AttackStatus::limit_reached);
  EXPECT_GE(attack.lower, attack.base * (1 - tolerance));
  // The loss of everything bounds all sets, and needs no search.
  EXPECT_TRUE(attack.upper_is_proved);
  EXPECT_GE(attack.upper, enumerate_attacks(problem).value * (1 - tolerance));
}

TEST(Attack, a_follower_without_an_answer_is_not_attacked) {
  const Model model = with_limited_shortage(small_network(1), 0);
  AttackProblem problem = close_makers(model, 1);
  problem.base.status = Status::infeasible;
  EXPECT_EQ(find_attack(problem).status, AttackStatus::no_answer);
}

TEST(Attack, integers_of_the_follower_are_refused) {
  Model model = small_network(1);
  const AttackProblem problem = close_makers(model, 1);
  model.is_integer[0] = 1;
  EXPECT_THROW((void)find_attack(problem), InternalError);
}

// Values 6, 5, 4 of weights 3, 2, 2 within 4: the last two are best, 9. Without the second it is the first alone, 6,
// where a relaxation would add half of the third.
TEST(WholePoints, give_a_whole_followers_answer_where_the_relaxation_does_not) {
  const Model knapsack =
      make_dense("knapsack", {{-infinity, {3, 2, 2}, 4}}, {{-6, 0, 1, true}, {-5, 0, 1, true}, {-4, 0, 1, true}});
  std::vector<Target> targets;
  for (std::int32_t item = 0; item < 3; ++item) targets.push_back({item, {{{item, 0, 0}}, {}}, 1});
  const auto whole = list_whole_points(knapsack, targets);
  ASSERT_TRUE(whole.has_value());
  EXPECT_EQ(whole->value.size(), 5U);
  AttackProblem problem{
      .model = &whole->model, .base = solve(whole->model), .targets = whole->targets, .cost_limit = 0};
  for (const double worst : {-9, -6, -4, 0}) {
    const Attack attack = find_attack(problem);
    EXPECT_EQ(attack.status, AttackStatus::optimal) << attack.message;
    EXPECT_NEAR(attack.lower, worst, tolerance);
    EXPECT_NEAR(attack.upper, worst, tolerance);
    problem.cost_limit += 1;
  }
  EXPECT_FALSE(list_whole_points(knapsack, targets, 4).has_value());
}

TEST(WholePoints, a_follower_without_any_left_has_no_answer) {
  const Model choice = make_dense("choice", {{1, {1, 1}, 1}}, {{2, 0, 1, true}, {3, 0, 1, true}});
  const std::vector<Target> targets = {{0, {{{0, 0, 0}}, {}}, 1}, {1, {{{1, 0, 0}}, {}}, 1}};
  const auto whole = list_whole_points(choice, targets);
  ASSERT_TRUE(whole.has_value());
  AttackProblem problem{
      .model = &whole->model, .base = solve(whole->model), .targets = whole->targets, .cost_limit = 2};
  EXPECT_EQ(find_attack(problem).status, AttackStatus::endless);
  problem.no_answer = NoAnswer::forbidden;
  EXPECT_NEAR(find_attack(problem).upper, 3, tolerance);
}

}  // namespace
}  // namespace pinchpoint::optim
