// SPDX-License-Identifier: Apache-2.0
// Stochastic programs with known optima. Four small ones stand in the tree, written from printed figures; the others
// are looked for in $PINCHPOINT_CASES, or in ../shared/cases beside the checkout.
#include <gtest/gtest.h>

#include "optim/stochastic/extensive_form.hpp"
#include "optim/stochastic/l_shaped.hpp"
#include "optim/stochastic/program_values.hpp"
#include "support/cases_folder.hpp"
#include "support/smps/smps_reader.hpp"

namespace pinchpoint::optim {
namespace {

using test_support::read_smps;
using test_support::SmpsProgram;
namespace fs = std::filesystem;

fs::path own_case(const std::string& name) {
  return fs::path(PINCHPOINT_SOURCE_DIR) / "tests/published/stochastic" / name / name;
}
fs::path other_case(const std::string& stem) {
  return test_support::cases_folder(PINCHPOINT_SOURCE_DIR) / "smps" / stem;
}

SmpsProgram program_of(const fs::path& stem) {
  Result<SmpsProgram> program = read_smps(stem.string());
  EXPECT_TRUE(program.has_value()) << (program.has_value() ? "" : program.error().all().front().message);
  return program.has_value() ? std::move(program).value() : SmpsProgram{};
}

void expect_between(const Between& number, double expected, double relative) {
  const double slack = relative * std::max(1.0, std::abs(expected));
  EXPECT_NEAR(number.lower, expected, slack);
  EXPECT_NEAR(number.upper, expected, slack);
}

TwoStageProblem relaxed(TwoStageProblem problem) {
  std::fill(problem.first.is_integer.begin(), problem.first.is_integer.end(), std::uint8_t{0});
  return problem;
}

/// The L-shaped method reaches what the extensive form does, with a bound of its own.
void expect_l_shaped(const TwoStageProblem& problem, double optimum, double relative) {
  LShapedOptions options;
  options.tolerance = relative / 2;
  const TwoStageSolution solution = LShaped(problem, {}, options).solve();
  EXPECT_EQ(solution.status, Status::optimal) << solution.message << " gap " << solution.gap();
  expect_between({solution.lower, solution.upper}, optimum, relative);
  EXPECT_EQ(solution.lower_is_proved, !problem.first.has_integers());
  for (const FutureCost& future : solution.evaluation.futures) EXPECT_TRUE(future.is_certified);
}

// Birge & Louveaux 2011, sections 1.1 and 4.2: RP -108390 at (170, 80, 250), WS -115406, EV -118600, EEV -107240, with
// acres that may be broken. Whole acres (DSP's form of the case) have the same RP.
TEST(Farmer, reaches_the_printed_values) {
  const SmpsProgram smps = program_of(own_case("farmer"));
  StagedProgram broken = smps.program;
  std::fill(broken.core.is_integer.begin(), broken.core.is_integer.end(), std::uint8_t{0});
  const ProgramValues values = values_of(broken);
  EXPECT_TRUE(values.is_certified);
  expect_between(values.recourse, -108390, 1e-6);
  expect_between(values.wait_and_see, -115405.5556, 1e-6);
  expect_between(values.expected_value, -118600, 1e-6);
  expect_between(values.expected_cost, -107240, 1e-6);
  expect_between(values.value_of_stochastic_solution(), 1150, 1e-3);
  expect_between(values.value_of_perfect_information(), 7015.5556, 1e-3);
  EXPECT_NEAR(values.first[0], 170, 1e-6);
  EXPECT_NEAR(values.first[1], 80, 1e-6);
  EXPECT_NEAR(values.first[2], 250, 1e-6);
  const TwoStageProblem problem = two_stage_of(smps.program);
  SolveOptions options;
  options.relative_gap = 1e-9;
  expect_between(prove_optimum(extensive_form(problem), options).optimum, -108390, 1e-6);
  expect_l_shaped(relaxed(problem), -108390, 1e-6);
  expect_l_shaped(problem, -108390, 1e-6);
}

TEST(Simple, reaches_the_published_optimum_and_the_values_of_information) {
  const SmpsProgram smps = program_of(own_case("simple"));
  const ProgramValues values = values_of(smps.program);
  EXPECT_TRUE(values.is_certified);
  expect_between(values.recourse, -855.833333333, 1e-9);
  expect_between(values.wait_and_see, -1518.75, 1e-9);
  expect_between(values.expected_value, -1445.916666667, 1e-9);
  expect_between(values.expected_cost, -568.916666667, 1e-9);
  expect_between(values.value_of_stochastic_solution(), 286.916666667, 1e-8);
  expect_between(values.value_of_perfect_information(), 662.916666667, 1e-8);
  EXPECT_NEAR(values.first[0], 46.6666667, 1e-6);
  EXPECT_NEAR(values.first[1], 36.25, 1e-6);
  expect_l_shaped(two_stage_of(smps.program), -855.833333333, 1e-8);
}

// 596627/1500 as a rational number.
TEST(LandS, reaches_the_exact_optimum) {
  const SmpsProgram smps = program_of(own_case("lands"));
  EXPECT_EQ(smps.program.nodes.size(), 28U);
  const ProgramValues values = values_of(smps.program);
  EXPECT_TRUE(values.is_certified);
  expect_between(values.recourse, 596627.0 / 1500, 1e-9);
  EXPECT_LE(values.wait_and_see.lower, values.recourse.upper);
  EXPECT_GE(values.expected_cost.upper, values.recourse.lower);
  expect_l_shaped(two_stage_of(smps.program), 596627.0 / 1500, 1e-8);
}

TEST(Production, reaches_the_optimum_of_its_tree_of_three_stages) {
  const SmpsProgram smps = program_of(own_case("production"));
  EXPECT_EQ(smps.program.stages, 3);
  EXPECT_EQ(smps.program.nodes.size(), 7U);
  const ProvedOptimum optimum = prove_optimum(extensive_form(smps.program));
  EXPECT_TRUE(optimum.is_certified);
  expect_between(optimum.optimum, -23.96, 1e-9);
}

struct OtherCase {
  std::string stem;
  double optimum;
  double relative;
};
void PrintTo(const OtherCase& one, std::ostream* out) { *out << one.stem; }

class StochasticProgram : public ::testing::TestWithParam<OtherCase> {};

TEST_P(StochasticProgram, reaches_the_reference) {
  const fs::path stem = other_case(GetParam().stem);
  if (!fs::exists(stem.string() + ".cor")) GTEST_SKIP() << "no " << stem << ".cor; set PINCHPOINT_CASES to run it";
  const SmpsProgram smps = program_of(stem);
  SolveOptions options;
  options.relative_gap = GetParam().relative / 2;
  const ProvedOptimum optimum = prove_optimum(extensive_form(smps.program), options);
  EXPECT_EQ(optimum.status, Status::optimal);
  expect_between(optimum.optimum, GetParam().optimum, GetParam().relative);
}

INSTANTIATE_TEST_SUITE_P(Cases, StochasticProgram,
                         ::testing::Values(OtherCase{"farmer/farmer", -108390, 1e-6},
                                           OtherCase{"LandS27/LandS", 397.751333333333333, 1e-9}));
// Minutes: whole numbers in both stages.
INSTANTIATE_TEST_SUITE_P(Slow, StochasticProgram,
                         ::testing::Values(OtherCase{"sslp/sslp_5_25_50", -121.6, 1e-6},
                                           OtherCase{"dcap/dcap233_200", 1834.565368, 1e-4}));

}  // namespace
}  // namespace pinchpoint::optim
