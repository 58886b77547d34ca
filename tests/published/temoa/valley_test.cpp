// SPDX-License-Identifier: Apache-2.0
// Objectives of a small model of our own (own/valley.sql) and of variants of it, as Temoa finds them with HiGHS 1.16:
// release 4.0.1, or 4.1.0 where the configuration names extensions.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "delivery/importers/importers.hpp"
#include "domain/world/world.hpp"
#include "support/solved_plan.hpp"

namespace pinchpoint::plan {
namespace {

namespace fs = std::filesystem;
using test_support::plan_of;
using test_support::read_world;
using test_support::TemporaryFolder;

std::string text_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

struct Variant {
  const char* name;
  const char* sql;            ///< after the model's own
  const char* configuration;  ///< besides the name of the database
  double objective;
};
void PrintTo(const Variant& variant, std::ostream* out) { *out << variant.name; }

class TemoaValley : public testing::TestWithParam<Variant> {};

TEST_P(TemoaValley, reaches_the_objective_of_temoa) {
  const TemporaryFolder scratch;
  const fs::path database = scratch.path() / "valley.sql";
  std::ofstream(database) << text_of(PINCHPOINT_SOURCE_DIR "/tests/published/temoa/own/valley.sql") << GetParam().sql;
  std::ofstream(scratch.path() / "config_valley.toml") << "input_database = \"valley.sqlite\"\n"
                                                       << GetParam().configuration;
  const Result<importers::Import> import = importers::import_temoa(database, {});
  ASSERT_TRUE(import) << render_text(import.error());
  ASSERT_TRUE(import->folder.write(scratch.path() / "model", false));
  const double objective = plan_of(read_world(scratch.path() / "model").world).objective();
  EXPECT_NEAR(objective, GetParam().objective, 1e-7 * GetParam().objective);
}

constexpr const char* seasonal =
    "UPDATE technology SET seas_stor = 1 WHERE tech = 'battery'; UPDATE storage_duration SET duration = 400;";
constexpr const char* seasonal_in_visits =
    "REPLACE INTO time_season_sequential VALUES(1,'a','winter',0.2,NULL),(2,'b','summer',0.6,NULL),"
    "(3,'c','winter',0.2,NULL);"
    "UPDATE technology SET seas_stor = 1 WHERE tech = 'battery'; UPDATE storage_duration SET duration = 400;"
    "REPLACE INTO limit_storage_level_fraction VALUES('east','b','night','battery','ge',0.4,NULL);"
    "REPLACE INTO limit_capacity VALUES('east',2026,'battery','ge',1,NULL,NULL);";
constexpr const char* ramps =
    "REPLACE INTO time_season_sequential VALUES(1,'a','winter',0.2,NULL),(2,'b','summer',0.6,NULL),"
    "(3,'c','winter',0.2,NULL);"
    "UPDATE cost_invest SET cost = 10 WHERE tech = 'turbine'; UPDATE capacity_factor_tech SET factor = factor / 3;"
    "UPDATE cost_invest SET cost = 40 WHERE tech = 'boiler';"
    "REPLACE INTO ramp_up_hourly VALUES('east','turbine',0.001,NULL),('west','turbine',0.001,NULL);"
    "REPLACE INTO ramp_down_hourly VALUES('east','turbine',0.001,NULL),('west','turbine',0.001,NULL);";
constexpr const char* annual_boiler =
    "UPDATE technology SET annual = 1 WHERE tech = 'boiler';"
    "REPLACE INTO limit_seasonal_capacity_factor VALUES('west','winter','boiler','le',0.3,NULL);";
constexpr const char* early_retirement =
    "UPDATE technology SET retire = 1 WHERE tech IN ('turbine','boiler','battery');"
    "REPLACE INTO cost_fixed SELECT region, 2026, tech, vintage, 30, NULL, NULL FROM efficiency"
    "  WHERE tech IN ('turbine','boiler') AND vintage = 2020;";
constexpr const char* carbon =
    "REPLACE INTO limit_emission VALUES('global',2026,'co2','le',4,NULL,NULL);"
    "REPLACE INTO cost_emission VALUES('east',2020,'co2',30,NULL,NULL);"
    "REPLACE INTO emission_embodied SELECT region, 'co2', tech, vintage, 0.05, NULL, NULL FROM efficiency"
    "  WHERE tech = 'wind';";
constexpr const char* groups =
    "REPLACE INTO tech_group VALUES('firm',NULL);"
    "REPLACE INTO tech_group_member VALUES('firm','turbine'),('firm','battery');"
    "REPLACE INTO limit_capacity_share VALUES('west',2026,'firm','wind','ge',0.5,NULL);"
    "REPLACE INTO limit_annual_capacity_factor VALUES('global','firm',2020,'power','le',0.5,NULL);"
    "REPLACE INTO limit_activity VALUES('east-west',2026,'line','ge',4,NULL,NULL);"
    "REPLACE INTO limit_resource VALUES('west','well','le',400,NULL,NULL);"
    "REPLACE INTO limit_new_capacity VALUES('east+west','wind',2020,'e',16,NULL,NULL);";
constexpr const char* growth =
    "REPLACE INTO existing_capacity VALUES('west','wind',2015,2,NULL,NULL),('east','pump',2015,1,NULL,NULL);"
    "REPLACE INTO efficiency VALUES('west','earth','wind',2015,'power',1.0,NULL,NULL),"
    "('east','power','pump',2015,'heat',2.9,NULL,NULL);"
    "REPLACE INTO limit_degrowth_capacity VALUES('west','wind','le',0.1,1,NULL,NULL),"
    "('east','boiler','le',-0.5,0.2,NULL,NULL);";
constexpr const char* in_a_row = "time_sequencing = \"consecutive_days\"\ndays_per_period = 2\n";
constexpr const char* representative = "time_sequencing = \"representative_periods\"\n";
constexpr const char* representative_4_1 = "time_sequencing = \"representative_periods\"\nextensions = []\n";

INSTANTIATE_TEST_SUITE_P(
    own, TemoaValley,
    testing::Values(Variant{"plain", "", "", 9960.0483128886},
                    Variant{"line_that_retires", "UPDATE technology SET retire = 1 WHERE tech = 'line';", "",
                            9910.3561995366},
                    Variant{"days_in_a_row", "UPDATE demand SET demand = demand * 2;", in_a_row, 19303.2537136396},
                    Variant{"seasonal_store", seasonal, "", 9698.1098175275},
                    Variant{"seasonal_store_in_visits", seasonal_in_visits, representative, 9684.3581453090},
                    Variant{"ramps_between_seasons", ramps, representative, 16363.9674714818},
                    Variant{"ramps_of_4_1", ramps, representative_4_1, 9958.1676428489},
                    Variant{"annual_boiler", annual_boiler, "", 10183.8271201907},
                    Variant{"early_retirement", early_retirement, "", 12116.0083049491},
                    Variant{"carbon", carbon, "", 10908.2100044609}, Variant{"groups", groups, "", 10356.9763067655},
                    Variant{"growth_of_4_1", growth, "extensions = [\n  \"growth_rates\",\n]\n", 9978.8668889987},
                    Variant{"growth_of_4_0", growth, "", 9862.6982246227}),
    [](const auto& given) { return std::string(given.param.name); });

}  // namespace
}  // namespace pinchpoint::plan
