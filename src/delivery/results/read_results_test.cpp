// SPDX-License-Identifier: Apache-2.0
#include "delivery/results/read_results.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "analysis/compare/comparison.hpp"
#include "delivery/results/tables/compare_tables.hpp"
#include "delivery/results/text_file.hpp"
#include "delivery/results/write_run.hpp"
#include "support/solved_plan.hpp"

namespace pinchpoint::results {
namespace {

namespace fs = std::filesystem;
using test_support::TemporaryFolder;
using test_support::WorldText;

/// A mine of 6 t/year in 2025 that can be enlarged for 2026; 10 t/year are wanted, 100 USD/t are lost where short.
WorldText mine() {
  WorldText world;
  world.regions("A").horizon("2025", "2026").money(0);
  world.commodity("ore", "t", "trade=local; name=Iron ore").technology("mine", "ore", "t/year");
  world.facility("mine", "A", "6 t/year").option("mine", "A", "figure=6 t/year");
  world.technology_figure("mine", "capex", "10 USD/(t/year)").technology_figure("mine", "build_time", "1 year");
  world.programme("use", "ore", "A", "10 t/year", "100 USD/t");
  return world;
}

/// A run folder of a world, made like the program's.
class WrittenRun {
 public:
  explicit WrittenRun(const WorldText& text) {
    const test_support::ReadWorld read = test_support::read_world(text);
    const test_support::SolvedPlan solved = test_support::plan_of(read.world);
    const Program program{"0", "test", "solver"};
    const Request request;
    RunRecord record{program, request, read.folder, read.world, solved.plan(), {}, "2026-01-01T00:00:00Z"};
    RunFolder folder(place_.path());
    path_ = write_run(record, "", false, folder);
  }
  [[nodiscard]] const fs::path& path() const { return path_; }
  [[nodiscard]] compare::RunData read() const {
    const StoredResults stored = read_results(path_);
    EXPECT_EQ(stored.problem, "");
    return stored.run;
  }

 private:
  TemporaryFolder place_;
  fs::path path_;
};

TEST(ReadResults, a_run_folder_tells_what_came_out) {
  const compare::RunData run = WrittenRun(mine()).read();
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
  const compare::Comparison found = compare::compare_runs(first.read(), second.read());
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
  write_comparison(compare::compare_runs(first.read(), second.read()), place.path());
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
  EXPECT_NE(read_results(place.path()).problem.find("no run folder"), std::string::npos);
  write_text_file(place.path() / "model.toml", "");
  EXPECT_NE(read_results(place.path()).problem.find("pinchpoint plan"), std::string::npos);
  write_text_file(place.path() / "run.toml", "no toml [");
  EXPECT_NE(read_results(place.path()).problem.find("run.toml cannot be read"), std::string::npos);
}

TEST(ReadResults, tables_that_are_missing_or_broken_are_named) {
  const WrittenRun run(mine());
  fs::remove(run.path() / "results.sqlite");
  EXPECT_NE(read_results(run.path()).problem.find("results.sqlite is not there"), std::string::npos);
  write_text_file(run.path() / "results.sqlite",
                  "this is no database, and longer than its header of a hundred bytes "
                  "would have to be in order to be taken for one");
  EXPECT_NE(read_results(run.path()).problem.find("results.sqlite cannot be read"), std::string::npos);
}

}  // namespace
}  // namespace pinchpoint::results
