// SPDX-License-Identifier: Apache-2.0
// Attacks with known optima. The data are others' and not in the tree: they are looked for in $PINCHPOINT_CASES, or in
// ../shared/cases beside the checkout.
//
// - MibS's bilevel assignments 2AP05 (tkralphs/MibS, data/interdiction/Assignment, EPL-2.0): removing assignments
// costs, and
//   the follower must keep one. The optima were found by trying all permutations of the follower.
// - The 5 × 5 grid of alicepaul/network_interdiction (MIT): least flow from the left column to the right one after k
// edges
//   are removed, by full enumeration.
#include <gtest/gtest.h>

#include "assignment_case.hpp"
#include "flow_case.hpp"
#include "optim/interdiction/attack.hpp"
#include "optim/interdiction/follower/whole_points.hpp"
#include "optim/solve/solver.hpp"
#include "support/cases_folder.hpp"

namespace pinchpoint::optim {
namespace {

namespace fs = std::filesystem;

fs::path case_file(const std::string& name) {
  return test_support::cases_folder(PINCHPOINT_SOURCE_DIR) / "interdiction" / name;
}

void expect_proved(const Attack& attack, double optimum) {
  EXPECT_EQ(attack.status, AttackStatus::optimal) << attack.message;
  EXPECT_NEAR(attack.lower, optimum, 1e-6);
  EXPECT_NEAR(attack.upper, optimum, 1e-6);
  EXPECT_TRUE(attack.lower_is_proved);
  EXPECT_TRUE(attack.upper_is_proved);
}

struct Assignment {
  int number;
  double without_removal;
  double optimum;
};

void PrintTo(const Assignment& assignment, std::ostream* out) { *out << assignment.number; }

class BilevelAssignment : public ::testing::TestWithParam<Assignment> {};

TEST_P(BilevelAssignment, the_worst_removal_that_leaves_an_assignment_is_proved) {
  const fs::path file = case_file("mibs_2ap05/2AP05-" + std::to_string(GetParam().number) + ".mps");
  if (!fs::exists(file)) GTEST_SKIP() << "no " << file << "; set PINCHPOINT_CASES to run it";
  const AssignmentCase given = read_assignment_case(file);
  std::vector<Target> targets;
  for (std::int32_t column = 0; column < given.model.column_count(); ++column) {
    targets.push_back({column, {{{column, 0, 0}}, {}}, given.removal_cost[static_cast<std::size_t>(column)]});
  }
  const auto whole = list_whole_points(given.model, targets);
  ASSERT_TRUE(whole.has_value());
  const AttackProblem problem{.model = &whole->model,
                              .base = solve(whole->model),
                              .targets = whole->targets,
                              .cost_limit = given.removal_limit,
                              .no_answer = NoAnswer::forbidden};
  const Attack attack = find_attack(problem);
  EXPECT_NEAR(attack.base, GetParam().without_removal, 1e-9);
  expect_proved(attack, GetParam().optimum);
}

INSTANTIATE_TEST_SUITE_P(Instances, BilevelAssignment,
                         ::testing::Values(Assignment{1, 27, 36}, Assignment{3, 26, 46}, Assignment{5, 20, 38},
                                           Assignment{7, 19, 49}, Assignment{9, 27, 54}, Assignment{11, 26, 36},
                                           Assignment{13, 21, 46}, Assignment{15, 34, 48}, Assignment{17, 19, 66},
                                           Assignment{19, 28, 39}));

TEST(GridFlow, the_least_flow_after_each_number_of_removals_is_proved) {
  const fs::path file = case_file("vimax_grids/grid5x5Rem5Cap5Trial1-undir.dat");
  if (!fs::exists(file)) GTEST_SKIP() << "no " << file << "; set PINCHPOINT_CASES to run it";
  const FlowCase flow = read_flow_case(file);
  const Model model = make_flow_model(flow, {1, 6, 11, 16, 21}, {5, 10, 15, 20, 25});
  AttackProblem problem{.model = &model, .base = solve(model), .targets = {}, .cost_limit = 0};
  for (std::int32_t edge = 0; edge < static_cast<std::int32_t>(flow.edges.size()); ++edge) {
    problem.targets.push_back({edge, {{{edge, 0, 0}}, {}}, 1});
  }
  for (const double flow_left : {15, 10, 7, 3, 1}) {
    expect_proved(find_attack(problem), -flow_left);
    problem.cost_limit += 1;
  }
}

}  // namespace
}  // namespace pinchpoint::optim
