// SPDX-License-Identifier: Apache-2.0
// Optima of PyPSA networks. Two examples of PyPSA (ac-dc-meshed, model-energy) are looked for in $PINCHPOINT_CASES, or
// in
// ../shared/cases beside the checkout; their references are PyPSA's objective with the capital cost of what stands
// already, that of ac-dc-meshed from QSopt_ex's esolver, in rational numbers. The networks in data/ are of this
// project's own making; their optima are those of PyPSA 1.4.0 with HiGHS 1.16.0 at tolerances of 1e-9:
//   n.optimize(include_objective_constant=False)
#include <gtest/gtest.h>

#include <filesystem>
#include <utility>
#include <vector>

#include "delivery/importers/importers.hpp"
#include "support/cases_folder.hpp"
#include "support/solved_plan.hpp"

namespace pinchpoint {
namespace {

namespace fs = std::filesystem;
using test_support::cases_folder;
using test_support::plan_of;
using test_support::read_world;
using test_support::SolvedPlan;
using test_support::TemporaryFolder;

const fs::path own_folder = fs::path(PINCHPOINT_SOURCE_DIR) / "tests" / "published" / "pypsa";

SolvedPlan imported_plan(const fs::path& network, optim::Method method) {
  const Result<importers::Import> import = importers::import_pypsa(network, {});
  if (!import) throw std::runtime_error(render_text(import.error()));
  const TemporaryFolder scratch;
  const auto written = import->folder.write(scratch.path() / "model", false);
  if (!written) throw std::runtime_error(render_text(written.error()));
  plan::PlanOptions options;
  options.solve.method = method;
  options.solve.relative_gap = 1e-9;
  return plan_of(read_world(scratch.path() / "model").world, options);
}

struct Published {
  std::string name;
  fs::path path;
  double optimum;
  optim::Method method = optim::Method::automatic;
  double hours = 1;                                             ///< of all snapshots
  std::vector<std::pair<std::string, double>> capacities = {};  ///< column, MW; of a store MWh
};

void PrintTo(const Published& published, std::ostream* out) { *out << published.name; }

class PypsaOptimum : public testing::TestWithParam<Published> {};

TEST_P(PypsaOptimum, is_reached) {
  if (!fs::exists(GetParam().path)) GTEST_SKIP() << "no " << GetParam().path << "; set PINCHPOINT_CASES to run it";
  const double optimum = GetParam().optimum;
  const SolvedPlan plan = imported_plan(GetParam().path, GetParam().method);
  EXPECT_NEAR(plan.objective(), optimum, 1e-8 * optimum);
  for (const auto& [column, power] : GetParam().capacities) {
    EXPECT_NEAR(plan.value(column) / GetParam().hours, power, 1e-6 * power) << column;
  }
}

// dispatch: costs and efficiencies by snapshot, ramps, must-run, set points, consumers, negative loads, energy sums.
// storage: losses, inflow and spill, costs of levels, links with several buses and efficiencies by snapshot, unequal
// weightings; weights: weightings whose ratios differ by snapshot. grid: line and transformer types, parallel branches,
// limits of transmission. invest: overnight costs, limits of capacity and of operation; modular: whole modules (MIP).
// levels: opening levels with losses, levels below zero, efficiencies of storage by snapshot, MW and MWh in one limit;
// gains: heat pumps and links both ways between buses of one carrier, limits of the voltage angle. unlimited: a store
// without limit that pays to be emptied and is paid to be filled.
INSTANTIATE_TEST_SUITE_P(All, PypsaOptimum,
                         testing::Values(Published{"ac_dc_meshed",
                                                   cases_folder(PINCHPOINT_SOURCE_DIR) / "pypsa" / "ac-dc-meshed",
                                                   18441021.4777005,
                                                   optim::Method::simplex,
                                                   10,
                                                   {{"available[Manchester-Wind,Manchester,system,2015]", 4090.81},
                                                    {"available[Norway-Wind,Norway,system,2015]", 1533.60},
                                                    {"available[Frankfurt-Wind,Frankfurt,system,2015]", 1667.724},
                                                    {"available[Frankfurt-Gas,Frankfurt,system,2015]", 982.034}}},
                                         Published{"model_energy",
                                                   cases_folder(PINCHPOINT_SOURCE_DIR) / "pypsa" / "model-energy",
                                                   8078135675.4553,
                                                   optim::Method::interior_point,
                                                   8760,
                                                   {{"available[wind,electricity,system,2019]", 32474.381},
                                                    {"available[solar,electricity,system,2019]", 26116.801},
                                                    {"available[battery-storage,electricity,system,2019]", 14854.33},
                                                    {"available[electrolysis,electricity,system,2019]", 3025.153},
                                                    {"available[turbine,hydrogen,system,2019]", 10073.615}}},
                                         Published{"three_bus", own_folder / "data" / "three-bus", 4500},
                                         Published{"dispatch", own_folder / "data" / "dispatch", 240257.29590389924},
                                         Published{"storage", own_folder / "data" / "storage", 13145467.549634052},
                                         Published{"weights", own_folder / "data" / "weights", 12685488.608247727},
                                         Published{"grid", own_folder / "data" / "grid", 81430.47510035556},
                                         Published{"invest", own_folder / "data" / "invest", 66713511.33841477},
                                         Published{"modular", own_folder / "data" / "modular", 66829249.98908352},
                                         Published{"process", own_folder / "data" / "process", 6506.666666666667},
                                         Published{"levels", own_folder / "data" / "levels", 7973.9229486},
                                         Published{"gains", own_folder / "data" / "gains", 3854.14662976716},
                                         Published{"unlimited", own_folder / "data" / "unlimited", 3280.5949688807264}),
                         [](const auto& test) { return test.param.name; });

// ac-dc-meshed as tables of ours, in the tree with its attribution (CC BY 4.0).
TEST(AcDcMeshed, as_a_model_folder_reaches_the_exact_optimum) {
  const SolvedPlan plan = plan_of(read_world(own_folder / "ac-dc-meshed").world);
  EXPECT_NEAR(plan.objective(), 18441021.4777004874, 1e-9 * 18441021);
}

// By hand: of what one gives, 2/3 takes the direct line to three and 1/3 the way round by two; of what two gives, 1/3
// takes the line from one. 2/3 cheap + 1/3 dear ≤ 150 and cheap + dear = 300: 150 each, at 10 and 20 EUR/MWh. One MWh
// more at three takes one less of cheap and two more of dear: 30 EUR, more than either costs.
TEST(ThreeBuses, share_their_lines_as_reactances_say) {
  const SolvedPlan plan = plan_of(read_world(own_folder / "three-bus").world);
  EXPECT_NEAR(plan.objective(), 4500, 1e-6);
  EXPECT_NEAR(plan.value("activity[cheap,one,system,2025]"), 150, 1e-6);
  EXPECT_NEAR(plan.value("activity[dear,two,system,2025]"), 150, 1e-6);
  EXPECT_NEAR(plan.dual("balance[power,three,2025]"), 30, 1e-6);
}

}  // namespace
}  // namespace pinchpoint
