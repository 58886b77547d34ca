// SPDX-License-Identifier: Apache-2.0
// Optima of the Netlib LP collection as its readme gives them (netlib lp/data/readme; Gay, COAL Newsletter 13,
// 1985), infeasible problems from Netlib's lp/infeas (Chinneck), avgas and blending from HiGHS's own checks.
// afiro is in the tree. The others are looked for in $PINCHPOINT_CASES, or in ../shared/cases beside the checkout.
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "optim/model/mps_reader.hpp"
#include "optim/solve/certificate.hpp"
#include "optim/solve/solver.hpp"
#include "support/cases_folder.hpp"

namespace pinchpoint::optim {
namespace {

namespace fs = std::filesystem;

fs::path case_file(const std::string& name) {
  return test_support::cases_folder(PINCHPOINT_SOURCE_DIR) / "netlib" / (name + ".mps.gz");
}

Model read_model(const fs::path& path) {
  Result<Model> model = read_mps(path.string());
  EXPECT_TRUE(model) << render_text(model.error());
  return std::move(model).value();
}

struct Published {
  std::string name;
  double optimum;
};

void PrintTo(const Published& published, std::ostream* out) { *out << published.name; }

void expect_published(const Model& model, const Published& published, Method method) {
  const Solution solution = solve(model, {.method = method});
  ASSERT_EQ(solution.status, Status::optimal) << solution.message;
  const double tolerance = 1e-9 * std::abs(published.optimum);
  EXPECT_NEAR(solution.objective, published.optimum, tolerance);
  const Certificate certificate = certify(model, solution);
  EXPECT_NEAR(certificate.lower, published.optimum, tolerance);
  EXPECT_NEAR(certificate.upper, published.optimum, tolerance);
  EXPECT_LE(certificate.gap, 1e-10);
  EXPECT_LE(certificate.primal_violation_scaled, 1e-10);
  EXPECT_LE(certificate.dual_violation_scaled, 1e-10);
  EXPECT_TRUE(certificate.upper_is_proved);
  EXPECT_TRUE(certificate.holds(1e-9));
}

TEST(Netlib, afiro_as_it_stands_in_the_tree_reaches_its_published_optimum) {
  const Model model = read_model(fs::path(PINCHPOINT_SOURCE_DIR) / "tests" / "published" / "netlib" / "afiro.mps");
  EXPECT_EQ(model.row_count(), 27);
  EXPECT_EQ(model.column_count(), 32);
  for (const Method method : {Method::simplex, Method::interior_point}) {
    expect_published(model, {"afiro", -464.75314286}, method);
  }
}

class NetlibOptimum : public testing::TestWithParam<Published> {};

TEST_P(NetlibOptimum, is_reached_and_certified_by_both_methods) {
  const fs::path file = case_file(GetParam().name);
  if (!fs::exists(file)) GTEST_SKIP() << "no " << file << "; set PINCHPOINT_CASES to run it";
  const Model model = read_model(file);
  for (const Method method : {Method::simplex, Method::interior_point}) expect_published(model, GetParam(), method);
}

INSTANTIATE_TEST_SUITE_P(All, NetlibOptimum,
                         testing::Values(Published{"afiro", -464.75314286}, Published{"adlittle", 225494.96316},
                                         Published{"25fv47", 5501.8458883}, Published{"israel", -896644.82186},
                                         Published{"stair", -251.26695119}, Published{"standata", 1257.6995},
                                         Published{"standgub", 1257.6995}, Published{"shell", 1208825346.0},
                                         Published{"avgas", -7.75}, Published{"blending", -3200},
                                         Published{"e226", -11.638929066}),
                         [](const auto& test) { return test.param.name; });

class NetlibInfeasible : public testing::TestWithParam<std::string> {};

TEST_P(NetlibInfeasible, is_proved_infeasible_by_a_ray) {
  const fs::path file = case_file(GetParam());
  if (!fs::exists(file)) GTEST_SKIP() << "no " << file << "; set PINCHPOINT_CASES to run it";
  const Model model = read_model(file);
  const Solution solution = solve(model);
  ASSERT_EQ(solution.status, Status::infeasible);
  ASSERT_TRUE(solution.has_ray);
  EXPECT_TRUE(certify_infeasible(model, solution.ray));
}

INSTANTIATE_TEST_SUITE_P(All, NetlibInfeasible, testing::Values("galenet", "box1", "woodinfe"),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace pinchpoint::optim
