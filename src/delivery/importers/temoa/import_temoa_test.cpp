// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "delivery/importers/importers.hpp"

namespace pinchpoint::importers {
namespace {

namespace fs = std::filesystem;

/// A file of its own for each test, gone with it.
class File {
 public:
  File(const std::string& name, const std::string& text)
      : folder_(fs::temp_directory_path() / fmt::format("pinchpoint-temoa-{}", ::getpid())), path_(folder_ / name) {
    fs::create_directories(folder_);
    std::ofstream(path_) << text;
  }
  ~File() { fs::remove_all(folder_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path folder_, path_;
};

/// One plant of vintage 2020 burns fuel at an efficiency of one half; ten of power are asked for in two periods.
std::string rows(const std::string& more = {}) {
  return "REPLACE INTO region VALUES('here',NULL);\n"
         "REPLACE INTO time_period VALUES(1,2020,'f'),(2,2025,'f'),(3,2030,'f');\n"
         "REPLACE INTO time_season VALUES(1,'summer',0.25,NULL),(2,'winter',0.75,NULL);\n"
         "REPLACE INTO time_of_day VALUES(1,'all',24,NULL);\n"
         "REPLACE INTO commodity VALUES('fuel','s','','PJ'),('power','d','','PJ'),('co2','e','',NULL);\n"
         "REPLACE INTO technology VALUES('plant','p',NULL,NULL,NULL,0,0,0,0,0,0,0,0,'a plant');\n"
         "REPLACE INTO efficiency VALUES('here','fuel','plant',2020,'power',0.5,NULL,NULL);\n"
         "REPLACE INTO demand VALUES('here',2020,'power',10,NULL,NULL),('here',2025,'power',10,NULL,NULL);\n" +
         more;
}

Result<Import> import_text(const std::string& sql) {
  const File file("model.sql", sql);
  return import_temoa(file.path(), {});
}

std::string table(const std::string& sql, std::string_view name) {
  const Result<Import> import = import_text(sql);
  EXPECT_TRUE(import) << (import ? "" : render_text(import.error()));
  return import ? import->folder.csv(name) : "";
}

/// The first complaint about a text, as "IMP-004: message".
std::string complaint(const std::string& sql) {
  const Result<Import> import = import_text(sql);
  if (import) return "none";
  const Diagnostic& first = import.error().all().front();
  return fmt::format("{}: {}", info(first.code).code, first.message);
}

TEST(ImportTemoa, reads_a_dump_of_rows_alone) {
  const Result<Import> import = import_text(rows());
  ASSERT_TRUE(import) << render_text(import.error());
  EXPECT_NE(import->folder.csv("recipes").find("plant-2020,fuel,input,2,(PJ)/(PJ)"), std::string::npos);
  EXPECT_NE(import->folder.csv("commodities").find("fuel,energy,PJ,local,no,counted"), std::string::npos);
  EXPECT_NE(import->folder.model_toml().find("periods = [2020, 2025]\nend = 2029"), std::string::npos);
}

TEST(ImportTemoa, reads_a_database_as_it_reads_its_text) {
  std::string tables =
      "CREATE TABLE metadata (element, value, notes); INSERT INTO metadata VALUES('DB_MAJOR',4,'');"
      "CREATE TABLE metadata_real (element, value, notes);"
      "INSERT INTO metadata_real VALUES('global_discount_rate',0.05,'');"
      "CREATE TABLE region (region, notes); CREATE TABLE time_period (sequence, period, flag);"
      "CREATE TABLE time_season (sequence, season, segment_fraction, notes);"
      "CREATE TABLE time_of_day (sequence, tod, hours, notes);"
      "CREATE TABLE commodity (name, flag, description, units);"
      "CREATE TABLE technology (tech, flag, sector, category, sub_category, unlim_cap, annual, reserve,"
      "curtail, retire, flex, exchange, seas_stor, description);"
      "CREATE TABLE efficiency (region, input_comm, tech, vintage, output_comm, efficiency, units, n);"
      "CREATE TABLE demand (region, period, commodity, demand, units, notes);";
  const File file("model.sqlite", "");
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(file.path().c_str(), &database), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(database, (tables + rows()).c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(database);
  const Result<Import> import = import_temoa(file.path(), {});
  ASSERT_TRUE(import) << render_text(import.error());
  for (const char* name : {"recipes", "technologies", "options", "programme_parameters"})
    EXPECT_EQ(import->folder.csv(name), table(rows(), name)) << name;
}

// 5 % a year over a loan of 10 years at 10 %: 7.7217 of annual payments of 0.16275.
TEST(ImportTemoa, a_loan_is_a_factor_in_capital_costs) {
  const std::string costs = table(rows("REPLACE INTO cost_invest VALUES('here','plant',2020,1000,NULL,NULL);"
                                       "REPLACE INTO loan_rate VALUES('here','plant',2020,0.1,NULL);"
                                       "REPLACE INTO loan_lifetime_process VALUES('here','plant',2020,10,NULL,NULL);"),
                                  "technology_parameters");
  const double payment = 0.1 / (1 - std::pow(1.1, -10));
  const double factor = payment * (1 - std::pow(1.05, -10)) / 0.05;
  const std::size_t at = costs.find("plant-2020,capex,");
  ASSERT_NE(at, std::string::npos);
  EXPECT_NEAR(std::stod(costs.substr(at + 17)), 1000 * factor, 1e-9);
}

TEST(ImportTemoa, a_lower_limit_above_the_upper_one_is_refused_with_both) {
  EXPECT_EQ(complaint(rows("REPLACE INTO limit_capacity VALUES('here',2025,'plant','ge',5,NULL,NULL);"
                           "REPLACE INTO limit_capacity VALUES('here',2025,'plant','le',3.5,NULL,NULL);")),
            "IMP-004: limit_capacity: for here, 2025, plant the lower limit 5 is above the upper limit 3.5");
}

TEST(ImportTemoa, an_efficiency_of_nothing_is_refused) {
  EXPECT_EQ(complaint(rows("REPLACE INTO efficiency VALUES('here','fuel','plant',2025,'power',0,NULL,NULL);")),
            "IMP-006: efficiency of plant in here, vintage 2025, from fuel to power is 0: it must be above 0");
}

TEST(ImportTemoa, a_demand_that_nothing_serves_is_refused_with_its_year) {
  EXPECT_EQ(complaint(rows("REPLACE INTO lifetime_tech VALUES('here','plant',5,NULL,NULL);")),
            "IMP-004: demand of power in here in 2025 is 10, and no technology that is there then makes it");
}

TEST(ImportTemoa, a_life_without_years_is_refused) {
  EXPECT_EQ(complaint(rows("REPLACE INTO lifetime_tech VALUES('here','plant',-1,NULL,NULL);")),
            "IMP-006: lifetime of plant in here, vintage 2020 is -1 years: it must be above 0");
}

TEST(ImportTemoa, shares_of_a_demand_that_do_not_add_up_are_refused) {
  EXPECT_EQ(
      complaint(rows("REPLACE INTO demand_specific_distribution VALUES('here',2020,'summer','all','power',0.5,'');")),
      "IMP-004: demand_specific_distribution of power in here in 2020 adds up to 0.5");
}

TEST(ImportTemoa, capacity_that_outlives_its_efficiency_is_refused) {
  EXPECT_EQ(
      complaint(rows("REPLACE INTO time_period VALUES(0,2000,'e');"
                     "REPLACE INTO existing_capacity VALUES('here','plant',2000,3,NULL,NULL);")),
      "IMP-004: existing_capacity of plant in here, vintage 2000, is 3 and lasts to 2040, after the horizon's start "
      "2020, but it has no efficiency");
}

TEST(ImportTemoa, a_link_between_unequal_lives_is_refused) {
  EXPECT_EQ(
      complaint(rows("REPLACE INTO technology VALUES('catcher','p',NULL,NULL,NULL,0,0,0,0,0,0,0,0,NULL);"
                     "REPLACE INTO efficiency VALUES('here','fuel','catcher',2020,'power',1,NULL,NULL);"
                     "REPLACE INTO lifetime_tech VALUES('here','catcher',10,NULL,NULL);"
                     "REPLACE INTO linked_tech VALUES('here','plant','co2','catcher',NULL);")),
      "IMP-004: linked_tech: plant in here, vintage 2020 lives 40 years and catcher in here, vintage 2020 10 years");
}

TEST(ImportTemoa, names_that_are_listed_nowhere_are_refused) {
  EXPECT_EQ(complaint(rows("REPLACE INTO cost_invest VALUES('here','plnt',2020,1000,NULL,NULL);")),
            "IMP-005: cost_invest: tech 'plnt' is listed nowhere");
}

TEST(ImportTemoa, early_retirement_with_goods_of_the_end_of_life_is_refused_by_name) {
  EXPECT_EQ(
      complaint(rows("UPDATE technology SET retire = 1;"
                     "REPLACE INTO emission_end_of_life VALUES('here','co2','plant',2020,7,NULL,NULL);")),
      "IMP-003: early retirement (retire = 1) of plant in here, vintage 2020, with figures in emission_end_of_life");
}

TEST(ImportTemoa, flags_that_exclude_each_other_are_refused) {
  EXPECT_EQ(complaint(rows("UPDATE technology SET annual = 1, curtail = 1;")),
            "IMP-004: technology 'plant' is both annual and curtailed");
  EXPECT_EQ(complaint(rows("UPDATE technology SET flex = 1, curtail = 1;")),
            "IMP-004: technology 'plant' is both flexible and curtailed");
  EXPECT_EQ(complaint(rows("UPDATE technology SET annual = 1;"
                           "REPLACE INTO ramp_up_hourly VALUES('here','plant',0.25,NULL);")),
            "IMP-004: ramp_up_hourly of here, plant is 0.25, and the technology is annual: it has no hours");
}

TEST(ImportTemoa, capacity_costs_of_what_has_no_capacity_are_refused) {
  EXPECT_EQ(
      complaint(rows("UPDATE technology SET unlim_cap = 1;"
                     "REPLACE INTO cost_invest VALUES('here','plant',2020,1000,NULL,NULL);")),
      "IMP-004: cost_invest of here, plant, 2020 is 1000, and the technology has unlim_cap = 1: it has no capacity "
      "to pay for");
}

TEST(ImportTemoa, seasonal_storage_has_levels_in_seasons_of_the_sequence_only) {
  EXPECT_EQ(
      complaint(rows("REPLACE INTO technology VALUES('lake','ps',NULL,NULL,NULL,0,0,0,0,0,0,0,1,NULL);"
                     "REPLACE INTO commodity VALUES('stock','p','',NULL);"
                     "REPLACE INTO efficiency VALUES('here','stock','lake',2020,'stock',1,NULL,NULL);"
                     "REPLACE INTO limit_storage_level_fraction VALUES('here','summer','all','lake','e',0.5,'');")),
      "IMP-004: limit_storage_level_fraction of lake in here is 0.5 in season summer, which is one of time_season: "
      "seasonal storage goes through those of time_season_sequential");
}

TEST(ImportTemoa, limits_on_growth_are_left_out_where_temoa_leaves_them_out) {
  const std::string sql = rows("REPLACE INTO limit_growth_capacity VALUES('here','plant','le',0.1,3,NULL,NULL);");
  const File file("model.sql", sql);
  const Result<Import> without = import_temoa(file.path(), {});
  ASSERT_TRUE(without) << render_text(without.error());
  EXPECT_EQ(without->folder.csv("limits"), "");
  ASSERT_EQ(without->warnings.all().size(), 1U);
  EXPECT_NE(without->warnings.all().front().message.find("growth_rates"), std::string::npos);
  std::ofstream(file.path().parent_path() / "config_model.toml")
      << "input_database = \"model.sqlite\"\nextensions = [ # of 4.1\n  \"growth_rates\",\n]\n";
  const Result<Import> with = import_temoa(file.path(), {});
  ASSERT_TRUE(with) << render_text(with.error());
  EXPECT_NE(with->folder.csv("limits").find("limit_growth_capacity.here.plant.le.2025"), std::string::npos);
  EXPECT_TRUE(with->warnings.all().empty());
}

TEST(ImportTemoa, a_line_that_lives_longer_one_way_is_refused_with_both_lives) {
  EXPECT_EQ(
      complaint(rows("REPLACE INTO region VALUES('there',NULL);"
                     "REPLACE INTO commodity VALUES('wire','p','',NULL);"
                     "REPLACE INTO technology VALUES('line','p',NULL,NULL,NULL,0,0,0,0,0,0,1,0,NULL);"
                     "REPLACE INTO efficiency VALUES('here-there','wire','line',2020,'wire',1,NULL,NULL),"
                     "('there-here','wire','line',2020,'wire',1,NULL,NULL);"
                     "REPLACE INTO lifetime_process VALUES('there-here','line',2020,4,NULL,NULL);")),
      "IMP-004: line in here-there, vintage 2020 lives 40 years and 4 years on the way back, there-here: it is one "
      "line");
}

// A configuration of 4.1 says which extensions are on; without it, figures that may count are refused.
TEST(ImportTemoa, tables_of_extensions_count_where_they_are_switched_on) {
  const std::string sql =
      "CREATE TABLE unit_commitment (region, tech); INSERT INTO unit_commitment VALUES('here','plant');";
  EXPECT_EQ(complaint(rows(sql)), "IMP-003: unit commitment (table unit_commitment)");
  const File file("model.sql", rows(sql));
  const auto import_with = [&](const char* extensions) {
    std::ofstream(file.path().parent_path() / "config_model.toml")
        << "input_database = \"model.sqlite\"\nextensions = " << extensions << "\n";
    return import_temoa(file.path(), {});
  };
  EXPECT_FALSE(import_with("[\"unit_commitment\"]"));
  const Result<Import> off = import_with("[]");
  ASSERT_TRUE(off) << render_text(off.error());
  ASSERT_EQ(off->warnings.all().size(), 1U);
  EXPECT_NE(off->warnings.all().front().message.find("unit_commitment is left out"), std::string::npos);
}

TEST(ImportTemoa, years_that_are_only_counted_become_dates) {
  std::string counted = rows("REPLACE INTO cost_invest VALUES('here','plant',2020,1000,NULL,NULL);");
  for (const char* year : {"2020", "2025", "2030"}) {
    for (std::size_t at = counted.find(year); at != std::string::npos; at = counted.find(year)) counted.erase(at, 2);
  }
  const Result<Import> import = import_text(counted);
  ASSERT_TRUE(import) << render_text(import.error());
  EXPECT_NE(import->folder.model_toml().find("periods = [2020, 2025]\nend = 2029"), std::string::npos);
  EXPECT_NE(import->folder.csv("technology_parameters").find("plant-2020,capex,1000,"), std::string::npos);
  ASSERT_EQ(import->warnings.all().size(), 1U);
  EXPECT_EQ(import->warnings.all().front().message, "time_period: year 20 is no date; 2000 is added to every year");
}

TEST(ImportTemoa, older_databases_are_refused_by_version) {
  EXPECT_EQ(complaint("CREATE TABLE MetaData (element, value); CREATE TABLE CostInvest (region, tech);"),
            "IMP-003: a Temoa database of version 3");
}

/// The same in schema 4.1, whose technologies have no flag for reserves.
std::string later_rows(const std::string& more = {}) {
  std::string text = rows(more);
  const std::string row = "NULL,NULL,NULL,0,0,0,0,0,0,0,0,'a plant'";
  return text.replace(text.find(row), row.size(), "NULL,NULL,NULL,0,0,0,0,0,0,0,'a plant'");
}

TEST(ImportTemoa, reads_rows_of_schema_4_1_as_those_of_4_0) {
  for (const char* name : {"recipes", "technologies", "options", "programme_parameters"})
    EXPECT_EQ(table(later_rows(), name), table(rows(), name)) << name;
}

TEST(ImportTemoa, reserves_of_schema_4_1_are_refused_by_name) {
  EXPECT_EQ(complaint(later_rows("REPLACE INTO planning_reserve_margin VALUES('here',2020,'plant','le',0.1,NULL);")),
            "IMP-003: reserve margins in the form of schema 4.1 (table planning_reserve_margin)");
  EXPECT_EQ(complaint(later_rows("REPLACE INTO operating_reserve_derate VALUES('here','plant',0.1,NULL);")),
            "IMP-003: reserve margins in the form of schema 4.1 (table operating_reserve_derate)");
}

// Two fifths of the demand in summer, said once for both periods.
TEST(ImportTemoa, early_databases_have_no_units_and_no_periods_of_demand) {
  const std::string early =
      "CREATE TABLE metadata (element, value, notes); INSERT INTO metadata VALUES('DB_MAJOR',4,'');"
      "CREATE TABLE metadata_real (element, value, notes);"
      "INSERT INTO metadata_real VALUES('global_discount_rate',0.05,'');"
      "CREATE TABLE region (region, notes); CREATE TABLE time_period (sequence, period, flag);"
      "CREATE TABLE time_season (sequence, season, segment_fraction, notes);"
      "CREATE TABLE time_of_day (sequence, tod, hours, notes);"
      "CREATE TABLE commodity (name, flag, description, units);"
      "CREATE TABLE technology (tech, flag, sector, category, sub_category, unlim_cap, annual, reserve,"
      "curtail, retire, flex, exchange, seas_stor, description);"
      "CREATE TABLE efficiency (region, input_comm, tech, vintage, output_comm, efficiency, units, n);"
      "CREATE TABLE demand (region, period, commodity, demand, units, notes);"
      "CREATE TABLE demand_specific_distribution (region, season, tod, demand_name, dsd, notes);";
  const std::string shares =
      "REPLACE INTO demand_specific_distribution VALUES('here','summer','all','power',0.4,NULL),"
      "('here','winter','all','power',0.6,NULL); ALTER TABLE commodity DROP COLUMN units;"
      "ALTER TABLE efficiency DROP COLUMN units; ALTER TABLE demand DROP COLUMN units;";
  const File file("model.sql", early + rows() + shares);
  const Result<Import> import = import_temoa(file.path(), {});
  ASSERT_TRUE(import) << render_text(import.error());
  EXPECT_NE(import->folder.csv("profiles").find("power,summer,1.6,"), std::string::npos)
      << "0.4 in a quarter of a year";
  ASSERT_EQ(import->warnings.all().size(), 1U);
  EXPECT_NE(import->warnings.all().front().message.find("no column 'period'"), std::string::npos);
}

TEST(ImportTemoa, text_that_is_no_sql_is_refused_with_its_line) {
  const Result<Import> import =
      import_text("REPLACE INTO region VALUES('here',NULL);\n\nREPLACE INTO region VALUE 3;\n");
  ASSERT_FALSE(import);
  EXPECT_EQ(import.error().all().front().code, Code::import_syntax);
  EXPECT_EQ(import.error().all().front().where.line, 3);
}

TEST(ImportTemoa, foreign_sql_reaches_no_other_file) {
  const fs::path other = fs::temp_directory_path() / "pinchpoint-temoa-other.sqlite";
  EXPECT_EQ(complaint(rows(fmt::format("ATTACH '{}' AS other; CREATE TABLE other.t (a);", other.string()))),
            "IMP-002: this SQL cannot be run: not authorized");
  EXPECT_FALSE(fs::exists(other));
}

TEST(ImportTemoa, a_configuration_beside_the_database_sets_its_options) {
  const File file("model.sql", rows());
  std::ofstream(file.path().parent_path() / "config_model.toml")
      << "scenario_mode = \"myopic\"\ninput_database = \"somewhere/model.sqlite\"\n";
  const Result<Import> import = import_temoa(file.path(), {});
  ASSERT_FALSE(import);
  EXPECT_EQ(import.error().all().front().message, "scenario_mode 'myopic'");
}

}  // namespace
}  // namespace pinchpoint::importers
