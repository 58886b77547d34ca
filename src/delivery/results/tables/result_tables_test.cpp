// SPDX-License-Identifier: Apache-2.0
#include "delivery/results/tables/result_tables.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "delivery/results/empty/empty_results.hpp"
#include "delivery/results/testing/written_run.hpp"

namespace pinchpoint::results {
namespace {

namespace fs = std::filesystem;
using test_support::plan_of;
using test_support::SolvedPlan;
using test_support::TemporaryFolder;
using test_support::WorldText;

/// The mine with capacities in kt, and money that loses a tenth of its worth in a year.
WorldText mine() { return testing::mine("kt/year", 0.1); }

using Rows = std::vector<std::vector<std::string>>;

/// Results of a plan in a file of their own, to be asked in SQL.
class Written {
 public:
  explicit Written(const WorldText& text, std::string_view empty = {}) : world_(test_support::world_of(text)) {
    const SolvedPlan solved = plan_of(world_);
    Database database(path(), empty);
    write_results(world_, solved.plan(), {{"id", "abc"}}, database);
  }
  [[nodiscard]] fs::path path() const { return folder_.path() / "results.sqlite"; }
  [[nodiscard]] fs::path folder() const { return folder_.path(); }
  [[nodiscard]] Rows ask(const std::string& sql) const {
    sqlite3* connection = nullptr;
    EXPECT_EQ(sqlite3_open_v2(path().c_str(), &connection, SQLITE_OPEN_READONLY, nullptr), SQLITE_OK);
    Rows rows;
    const auto keep = [](void* out, int count, char** cells, char**) {
      std::vector<std::string> row;
      for (int cell = 0; cell < count; ++cell) row.emplace_back(cells[cell] == nullptr ? "" : cells[cell]);
      static_cast<Rows*>(out)->push_back(std::move(row));
      return 0;
    };
    EXPECT_EQ(sqlite3_exec(connection, sql.c_str(), keep, &rows, nullptr), SQLITE_OK)
        << sql << sqlite3_errmsg(connection);
    sqlite3_close(connection);
    return rows;
  }

 private:
  World world_;
  TemporaryFolder folder_;
};

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(ResultTables, capacity_is_shown_in_the_unit_of_the_technology) {
  const Written results(mine());
  EXPECT_EQ(results.ask("SELECT period, standing, added, capacity, unit, used_share FROM capacity_on_line"),
            (Rows{{"2025", "0.006", "0.0", "0.006", "kt/year", "1.0"},
                  {"2026", "0.006", "0.004", "0.01", "kt/year", "1.0"}}));
  EXPECT_EQ(results.ask("SELECT ordered, on_line, capacity, capex FROM builds"),
            (Rows{{"2025", "2026", "0.004", "40.0"}}));
}

TEST(ResultTables, programmes_say_what_was_asked_and_met) {
  const Written results(mine());
  EXPECT_EQ(
      results.ask("SELECT period, asked, met, share, met_rate, rate_unit FROM programme_results"),
      (Rows{{"2025", "10.0", "6.0", "0.6", "0.006", "kt/year"}, {"2026", "10.0", "10.0", "1.0", "0.01", "kt/year"}}));
  EXPECT_EQ(results.ask("SELECT programme, period, short, unit FROM shortage"), (Rows{{"use", "2025", "4.0", "t"}}));
  EXPECT_EQ(results.ask("SELECT * FROM made_by_year"),
            (Rows{{"ore", "A", "firm", "2025", "6.0", "t"}, {"ore", "A", "firm", "2026", "10.0", "t"}}));
}

TEST(ResultTables, prices_are_money_of_their_period_and_duals_discounted) {
  const Written results(mine());
  // 2025: one ton more saves 100 USD, here and now. Its middle is half a year after the start.
  EXPECT_EQ(results.ask(
                "SELECT period, round(price, 6), price_unit, round(dual, 4) FROM dual_capacity WHERE period = '2025'"),
            (Rows{{"2025", "100.0", "USD/t", "-95.3463"}}));
  EXPECT_EQ(results.ask("SELECT round(price, 6) FROM prices WHERE period = '2025'"), (Rows{{"100.0"}}));
}

TEST(ResultTables, a_pinch_is_what_the_plan_could_not_enlarge) {
  const Written results(mine());
  EXPECT_EQ(
      results.ask(
          "SELECT rank, family, thing, region, owner, period, round(price, 6), amount, round(worth, 6) FROM pinch"),
      (Rows{{"1", "capacity", "mine", "A", "firm", "2025", "100.0", "6.0", "600.0"}}));
  EXPECT_EQ(results.ask("SELECT sentence FROM pinch_summary"),
            (Rows{{"mine in A (firm) runs at capacity, 2025: one t more is worth up to USD 100"}}));
}

TEST(ResultTables, cost_lines_add_up_to_the_objective) {
  const Written results(mine());
  EXPECT_EQ(
      results.ask(
          "SELECT abs(sum(discounted) - (SELECT value FROM certificate WHERE key = 'upper')) < 1e-6 FROM cost_lines"),
      (Rows{{"1"}}));
  EXPECT_EQ(results.ask("SELECT owner, period, capital, total FROM money_by_owner"),
            (Rows{{"firm", "2025", "40.0", "40.0"}}));
}

TEST(ResultTables, budgets_say_what_may_be_spent_in_each_period) {
  const Written results(mine().budget("100 USD/year", "until=2026-07"));
  EXPECT_EQ(results.ask("SELECT owner, period, money, unit FROM budgets"),
            (Rows{{"firm", "2025", "100.0", "USD"}, {"firm", "2026", "50.0", "USD"}}));
}

TEST(ResultTables, conditioning_is_told_before_and_after_scaling) {
  const Written results(mine());
  EXPECT_EQ(results.ask("SELECT numbers FROM conditioning WHERE scaled = 'yes'"),
            (Rows{{"matrix"}, {"cost"}, {"bounds"}, {"right_hand_sides"}}));
  // 10 t/year are asked for, and 6 stand; scaled, every number of so small a matrix is near 1.
  EXPECT_EQ(results.ask("SELECT largest FROM conditioning WHERE scaled = 'no' AND numbers = 'right_hand_sides'"),
            (Rows{{"10.0"}}));
  EXPECT_EQ(
      results.ask("SELECT largest / smallest < 100 FROM conditioning WHERE scaled = 'yes' AND numbers = 'matrix'"),
      (Rows{{"1"}}));
  EXPECT_EQ(results.ask("SELECT count(*) FROM conditioning_extremes WHERE row <> '' AND column <> ''"), (Rows{{"6"}}));
}

TEST(ResultTables, every_family_has_a_table_of_its_own) {
  const Written results(mine());
  EXPECT_EQ(results.ask("SELECT count(*) FROM families WHERE table_name NOT IN (SELECT name FROM sqlite_master)"),
            (Rows{{"0"}}));
  EXPECT_EQ(results.ask("SELECT count(*) FROM value_unmet WHERE value = 0"), (Rows{{"0"}}));
}

TEST(ResultTables, the_same_plan_gives_the_same_bytes) {
  EXPECT_EQ(bytes_of(Written(mine()).path()), bytes_of(Written(mine()).path()));
}

TEST(ResultTables, csv_files_hold_what_the_database_holds) {
  const Written results(mine());
  const fs::path folder = results.folder() / "tables";
  fs::create_directory(folder);
  write_csv_tables(results.path(), folder);
  EXPECT_EQ(bytes_of(folder / "builds.csv"),
            "technology,region,owner,ordered,on_line,capacity,unit,blocks,capex,capex_unit\n"
            "mine,A,firm,2025,2026,0.004,kt/year,,40,USD\n");
  EXPECT_TRUE(fs::exists(folder / "shortage.csv")) << "views are written, too";
}

TEST(ResultTables, an_infeasible_plan_has_tables_without_values) {
  WorldText text = mine().budget("1 USD/year");
  text.technology_figure("mine", "fixed_cost", "1000 USD/(t/year)/year");
  const World world = test_support::world_of(text);
  const plan::Plan plan = plan::make_plan(world);
  ASSERT_EQ(plan.status, plan::PlanStatus::infeasible);
  const TemporaryFolder place;
  Database database(place.path() / "results.sqlite");
  write_results(world, plan, {}, database);
  EXPECT_GT(fs::file_size(place.path() / "results.sqlite"), 0U);
}

TEST(ResultTables, a_file_that_began_empty_says_what_one_made_anew_says) {
  const Written anew(mine()), begun(mine(), empty_results());
  const std::string schema = "SELECT type, name, sql FROM sqlite_schema ORDER BY rowid";
  const Rows tables = anew.ask(schema);
  ASSERT_GT(tables.size(), 50U);
  EXPECT_EQ(begun.ask(schema), tables);
  for (const std::vector<std::string>& table : tables) {
    const std::string rows = "SELECT * FROM \"" + table.at(1) + "\"";
    EXPECT_EQ(begun.ask(rows), anew.ask(rows)) << table.at(1);
  }
}

TEST(EmptyResults, has_every_table_of_a_plain_run_and_no_row) {
  const TemporaryFolder place;
  Database database(place.path() / "a.sqlite", empty_results());
  EXPECT_TRUE(database.began_with("builds"));
  EXPECT_TRUE(database.began_with("flows"));
  EXPECT_FALSE(database.began_with("rule_verdicts"));
  database.finish();
  fs::create_directory(place.path() / "tables");
  write_csv_tables(place.path() / "a.sqlite", place.path() / "tables");
  for (const fs::directory_entry& table : fs::directory_iterator(place.path() / "tables")) {
    const std::string text = bytes_of(table.path());
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1) << table.path();
  }
}

TEST(Database, one_in_memory_becomes_the_file_that_one_on_disk_is) {
  const TemporaryFolder place;
  const World world = test_support::world_of(mine());
  const SolvedPlan solved = plan_of(world);
  Database on_disk(place.path() / "disk.sqlite", empty_results());
  write_results(world, solved.plan(), {{"id", "abc"}}, on_disk);
  const auto in_memory = begin_database(empty_results()).get();
  in_memory->put_at(place.path() / "memory.sqlite");
  write_results(world, solved.plan(), {{"id", "abc"}}, *in_memory);
  EXPECT_EQ(bytes_of(place.path() / "memory.sqlite"), bytes_of(place.path() / "disk.sqlite"));
}

TEST(Database, quotes_and_commas_survive_as_csv) {
  const TemporaryFolder place;
  Database database(place.path() / "a.sqlite");
  { TableWriter(database, {"t", {{"text"}, {"number", CellType::number}}}).row({R"(a "b", c)", -0.0}); }
  database.finish();
  write_csv_tables(place.path() / "a.sqlite", place.path());
  EXPECT_EQ(bytes_of(place.path() / "t.csv"), "text,number\n\"a \"\"b\"\", c\",0\n");
}

}  // namespace
}  // namespace pinchpoint::results
