// SPDX-License-Identifier: Apache-2.0
// What we write must mean to others what it means to us, the objective's constant above all.
#include <gtest/gtest.h>
#include <interfaces/highs_c_api.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <memory>

#include "conformance.hpp"
#include "optim/model/lp_writer.hpp"
#include "optim/model/mps_writer.hpp"
#include "process_network.hpp"

namespace pinchpoint::optim {
namespace {

struct Destroy {
  void operator()(void* highs) const { Highs_destroy(highs); }
};

/// Optimum HiGHS finds in a file, read by HiGHS itself; NaN if it cannot read it.
double optimum_of_file(const std::string& path) {
  const std::unique_ptr<void, Destroy> highs(Highs_create());
  Highs_setBoolOptionValue(highs.get(), "output_flag", 0);
  if (Highs_readModel(highs.get(), path.c_str()) == kHighsStatusError) return std::nan("");
  Highs_setDoubleOptionValue(highs.get(), "mip_rel_gap", 0);
  Highs_run(highs.get());
  return Highs_getObjectiveValue(highs.get());
}

void expect_same_optimum(const Model& model) {
  const double optimum = solve(model, {.relative_gap = 0}).objective;
  const std::string stem =
      (std::filesystem::temp_directory_path() / ("pinchpoint" + std::to_string(getpid()))).string();
  write_mps(model, stem + ".mps");
  write_lp(model, stem + ".lp");
  EXPECT_NEAR(optimum_of_file(stem + ".mps"), optimum, 1e-7 * std::max(1.0, std::abs(optimum)));
  EXPECT_NEAR(optimum_of_file(stem + ".lp"), optimum, 1e-7 * std::max(1.0, std::abs(optimum)));
  std::filesystem::remove(stem + ".mps");
  std::filesystem::remove(stem + ".lp");
}

TEST(ModelFiles, carry_the_constant_of_the_objective_to_highs) {
  Model model = make_wyndor();
  for (const double offset : {0.0, 1000.0, -28.25}) {
    model.offset = offset;
    expect_same_optimum(model);
  }
}

TEST(ModelFiles, carry_integers_bounds_and_ranges_to_highs) {
  expect_same_optimum(make_knapsack());
  Model model = make_wyndor(true);
  model.lower = {-2.5, -infinity};
  model.upper = {1.5, infinity};
  model.row_lower = {-3, 1, -infinity};
  expect_same_optimum(model);
  model.cost = {3, 5};
  expect_same_optimum(model);
}

TEST(ModelFiles, carry_a_network_with_its_names_to_highs) {
  Model model = make_process_network({.tiers = 3, .products_per_tier = 2, .regions = 2, .periods = 4});
  model.offset = 12345.5;
  expect_same_optimum(model);
}

}  // namespace
}  // namespace pinchpoint::optim
