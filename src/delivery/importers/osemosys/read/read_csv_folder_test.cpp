// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <fstream>

#include "delivery/importers/osemosys/foreign_model.hpp"
#include "delivery/importers/osemosys/read/readers.hpp"
#include "support/world_text.hpp"

namespace pinchpoint::importers::osemosys {
namespace {

namespace fs = std::filesystem;

class ReadCsvFolder : public testing::Test {
 protected:
  void SetUp() override {
    fs::create_directories(base_ / "data");
    write("data/REGION.csv", "VALUE\nA\nB\n");
    write("data/TECHNOLOGY.csv", "VALUE\nt\n");
    write("data/TIMESLICE.csv", "VALUE\nl\n");
    write("data/FUEL.csv", "VALUE\nf\n");
    write("data/MODE_OF_OPERATION.csv", "VALUE\n1\n");
    write("data/YEAR.csv", "VALUE\n2001\n2000\n");
  }
  void write(const fs::path& name, const std::string& text) { std::ofstream(base_ / name, std::ios::binary) << text; }
  ForeignModel resolved() {
    Result<ForeignModel> found = resolve(raw_);
    EXPECT_TRUE(found) << render_text(found.error());
    return std::move(found).value();
  }

  const test_support::TemporaryFolder scratch_;
  const fs::path base_ = scratch_.path();
  RawModel raw_;
  Diagnostics problems_;
};

TEST_F(ReadCsvFolder, finds_columns_by_name_whatever_their_order) {
  write("data/CapitalCost.csv", "YEAR,VALUE,TECHNOLOGY,REGION\n2000,5,t,B\n");
  write("data/TradeRoute.csv", "_REGION,REGION,FUEL,YEAR,VALUE\nB,A,f,2001,1\n");
  read_csv_folder(base_ / "data", raw_, problems_);
  EXPECT_TRUE(problems_.empty()) << render_text(problems_);
  const ForeignModel found = resolved();
  EXPECT_EQ(found.parameter("CapitalCost").at({1, 0, 0}), 5);
  EXPECT_EQ(found.parameter("TradeRoute").at({0, 1, 0, 1}), 1);
  EXPECT_EQ(found.parameter("TradeRoute").at({1, 0, 0, 1}), 0);
}

TEST_F(ReadCsvFolder, takes_defaults_from_the_config_beside_it_and_otherwise_those_of_otoole) {
  write("config.yaml",
        "CapitalCost:  # money\n    indices: [REGION,TECHNOLOGY,YEAR]\n    default: 2.5\nYEAR:\n    type: set\n");
  read_csv_folder(base_ / "data", raw_, problems_);
  EXPECT_TRUE(problems_.empty()) << render_text(problems_);
  const ForeignModel found = resolved();
  EXPECT_EQ(found.parameter("CapitalCost").at({0, 0, 0}), 2.5);
  EXPECT_EQ(found.parameter("TotalAnnualMaxCapacity").at({0, 0, 0}), -1);
}

TEST_F(ReadCsvFolder, reads_a_data_package_by_its_list_of_resources) {
  write("data/default_values.csv", "name,default_value\nFixedCost,3\n");
  write("data/VariableCost.csv", "REGION,TECHNOLOGY,MODE_OF_OPERATION,YEAR,VALUE\nA,t,1,2000,4\n");
  std::string list;
  for (const char* name :
       {"REGION", "TECHNOLOGY", "TIMESLICE", "FUEL", "MODE_OF_OPERATION", "YEAR", "VariableCost", "default_values"}) {
    list += std::string(list.empty() ? "" : ",") + R"({"name":"x","path":"data/)" + name + ".csv\"}";
  }
  write("datapackage.json", R"({"name":"osemosys","resources":[)" + list + "]}");
  read_datapackage(base_ / "datapackage.json", raw_, problems_);
  EXPECT_TRUE(problems_.empty()) << render_text(problems_);
  const ForeignModel found = resolved();
  EXPECT_EQ(found.parameter("FixedCost").at({0, 0, 0}), 3);
  EXPECT_EQ(found.parameter("VariableCost").at({0, 0, 0, 0}), 4);
}

TEST_F(ReadCsvFolder, refuses_what_is_no_data_package) {
  write("datapackage.json", "{\"resources\": 3}");
  read_datapackage(base_ / "datapackage.json", raw_, problems_);
  EXPECT_EQ(problems_.error_count(), 1U);
}

}  // namespace
}  // namespace pinchpoint::importers::osemosys
