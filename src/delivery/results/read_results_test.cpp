// SPDX-License-Identifier: Apache-2.0
#include "delivery/results/read_results.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "analysis/compare/comparison.hpp"
#include "delivery/results/tables/compare_tables.hpp"
#include "delivery/results/tables/database.hpp"
#include "delivery/results/testing/written_run.hpp"
#include "delivery/results/text_file.hpp"

namespace pinchpoint::results {
namespace {

namespace fs = std::filesystem;
using test_support::TemporaryFolder;
using test_support::WorldText;
using testing::codes_of;
using testing::mine;
using testing::WrittenRun;

compare::RunData read(const WrittenRun& run) { return read_results(run.path()).value(); }

TEST(ReadResults, a_run_folder_tells_what_came_out) {
  const compare::RunData run = read(WrittenRun(mine()));
  EXPECT_TRUE(run.has_plan);
  EXPECT_EQ(run.currency, "USD");
  ASSERT_EQ(run.periods.size(), 2U);
  EXPECT_EQ(run.periods[1].end, *parse_date("2027"));
  EXPECT_EQ(run.programmes.at("use").met, (std::vector<double>{6, 10}));
  const auto& activity = run.tables[static_cast<std::size_t>(compare::Table::activity)];
  EXPECT_EQ(activity.at({"mine", "A", "firm", ""}).values, (std::vector<double>{6, 10}));
  ASSERT_EQ(run.orders.size(), 1U);
  EXPECT_DOUBLE_EQ(run.orders[0].capacity, 4);
  EXPECT_EQ(run.orders[0].on_line, *parse_date("2026"));
  ASSERT_EQ(run.bindings.size(), 1U);
  EXPECT_EQ(run.bindings[0].period, 0U);
  EXPECT_EQ(run.names.find("commodities", "ore"), "Iron ore");
  EXPECT_TRUE(run.inputs.contains("model.toml"));
}

TEST(ReadResults, two_worlds_are_compared_by_hand_checked_numbers) {
  // Half a year more of building: nothing can be on line in 2026, 4 t more are short at 100 USD/t, 40 USD are saved.
  WorldText late = mine();
  late.change("technology_parameters", "parameter=build_time", "figure=2 year");
  const WrittenRun first(mine()), second(late);
  const compare::Comparison found = compare::compare_runs(read(first), read(second));
  EXPECT_EQ(found.problem, "");
  EXPECT_NEAR(found.programmes.at(0).second_unmet() - found.programmes.at(0).first_unmet(), 4, 1e-9);
  ASSERT_EQ(found.builds.size(), 1U);
  EXPECT_NEAR(found.builds[0].first_capex, 40, 1e-9);
  EXPECT_FALSE(found.builds[0].second_on_line);
  const auto& costs = found.tables[static_cast<std::size_t>(compare::Table::costs)].changes;
  ASSERT_FALSE(costs.empty());
  EXPECT_EQ(costs[0].key[2], "shortage");
  EXPECT_NEAR(costs[0].difference(), 400, 1e-6);
  ASSERT_EQ(found.inputs.size(), 1U);
  EXPECT_EQ(found.inputs[0].what, "technology_parameters.csv");
}

TEST(ReadResults, differences_are_written_as_csv) {
  WorldText dear = mine();
  dear.change("technology_parameters", "parameter=capex", "figure=20 USD/(t/year)");
  const WrittenRun first(mine()), second(dear);
  const TemporaryFolder place;
  write_comparison(compare::compare_runs(read(first), read(second)), place.path());
  EXPECT_TRUE(fs::exists(place.path() / "summary.csv"));
  EXPECT_FALSE(fs::exists(place.path() / "comparison.sqlite"));
  std::ifstream file(place.path() / "outlays.csv");
  std::string head, row;
  std::getline(file, head);
  std::getline(file, row);
  EXPECT_EQ(head, "owner,kind,name,period,first,second,difference,unit");
  EXPECT_EQ(row, "firm,capital,capital costs of firm,2025,40,80,40,USD");
}

TEST(ReadResults, what_is_no_run_is_said_so) {
  const TemporaryFolder place;
  EXPECT_EQ(codes_of(read_results(place.path() / "nowhere")), "RUN-001");
  EXPECT_EQ(codes_of(read_results(place.path())), "RUN-002");
  write_text_file(place.path() / "model.toml", "");
  EXPECT_NE(read_results(place.path()).error().all().front().fix.find("pinchpoint plan"), std::string::npos);
  write_text_file(place.path() / "run.toml", "no toml [");
  EXPECT_EQ(codes_of(read_results(place.path())), "RUN-004");
}

TEST(ReadResults, tables_that_are_missing_or_broken_are_told_apart) {
  const WrittenRun run(mine());
  const fs::path database = run.path() / "results.sqlite";
  fs::remove(database);
  EXPECT_EQ(codes_of(read_results(run.path())), "RUN-003");
  write_text_file(database,
                  "this is no database, and longer than its header of a hundred bytes "
                  "would have to be in order to be taken for one");
  EXPECT_EQ(codes_of(read_results(run.path())), "RUN-005");
  fs::remove(database);
  Database other(database);
  other.execute("CREATE TABLE run (key TEXT, value TEXT)");
  other.finish();
  EXPECT_EQ(codes_of(read_results(run.path())), "RUN-006");
  fs::remove(run.path() / "run.toml");
  EXPECT_EQ(codes_of(read_results(run.path())), "RUN-003");
}

}  // namespace
}  // namespace pinchpoint::results
