// SPDX-License-Identifier: Apache-2.0
// Objectives of Temoa's own test models (github.com/TemoaProject/temoa, tests/testing_data, MIT licence), as release
// 4.0.1 finds them with HiGHS. The linked technology stands in the tree as a model folder; the databases are looked for
// in $PINCHPOINT_CASES, or in ../shared/cases beside the checkout.
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "delivery/importers/importers.hpp"
#include "domain/world/world.hpp"
#include "support/cases_folder.hpp"
#include "support/solved_plan.hpp"

namespace pinchpoint::plan {
namespace {

namespace fs = std::filesystem;
using test_support::cases_folder;
using test_support::plan_of;
using test_support::read_world;
using test_support::SolvedPlan;
using test_support::TemporaryFolder;

SolvedPlan imported_plan(const fs::path& database) {
  const Result<importers::Import> import = importers::import_temoa(database, {});
  if (!import) throw std::runtime_error(render_text(import.error()));
  const TemporaryFolder scratch;
  const Result<importers::Written> written = import->folder.write(scratch.path() / "model", false);
  if (!written) throw std::runtime_error(render_text(written.error()));
  return plan_of(read_world(scratch.path() / "model").world);
}

struct Published {
  const char* name;
  double objective;
};
void PrintTo(const Published& published, std::ostream* out) { *out << published.name; }

class Temoa : public testing::TestWithParam<Published> {};

TEST_P(Temoa, reaches_the_objective_of_temoa) {
  const fs::path database = cases_folder(PINCHPOINT_SOURCE_DIR) / "temoa" / (std::string(GetParam().name) + ".sql");
  if (!fs::exists(database)) GTEST_SKIP() << "no database " << database;
  const double objective = imported_plan(database).objective();
  EXPECT_NEAR(objective, GetParam().objective, 1e-7 * GetParam().objective);
}

/// The linked technology as a model folder of our own.
SolvedPlan linked_plan() { return plan_of(read_world(PINCHPOINT_SOURCE_DIR "/tests/published/temoa/linked").world); }

TEST(TemoaLinked, reaches_the_objective_of_temoa) {
  EXPECT_NEAR(linked_plan().objective(), 2017.3536201773, 1e-7 * 2017.3536201773);
}

// In five years 10 PJ/year of electricity take 150 kt from the air, and the catcher takes up as much, half in each
// slice.
TEST(TemoaLinked, catches_what_is_taken_from_the_air) {
  const SolvedPlan plan = linked_plan();
  EXPECT_NEAR(plan.activity("balance[co2,linkville,2000]"), -150, 1e-6);
  EXPECT_NEAR(plan.value("activity[catcher,linkville,town,2000,summer]"), 75, 1e-6);
  EXPECT_NEAR(plan.value("activity[catcher,linkville,town,2000,winter]"), 75, 1e-6);
  EXPECT_NEAR(plan.value("order[catcher,linkville,town,2000]"), 30, 1e-6);
}

INSTANTIATE_TEST_SUITE_P(published, Temoa,
                         testing::Values(Published{"utopia_data", 34853.6834945490},
                                         Published{"mediumville", 7035.7274921777},
                                         Published{"seasonal_storage", 76661.0230985705},
                                         Published{"emissions", 12.7156638915},
                                         Published{"simple_linked_tech", 2017.3536201773}),
                         [](const auto& given) { return std::string(given.param.name); });

}  // namespace
}  // namespace pinchpoint::plan
