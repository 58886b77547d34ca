// SPDX-License-Identifier: Apache-2.0
#include "delivery/importers/folder_text.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "delivery/importers/foreign_names.hpp"
#include "support/world_text.hpp"

namespace pinchpoint::importers {
namespace {

namespace fs = std::filesystem;

class FolderTextTest : public testing::Test {
 protected:
  void SetUp() override {
    text_.set_model_toml("name = \"model\"\n");
    text_.add("layers", {{"position", "1"}, {"id", "energy"}});
  }
  static std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  const test_support::TemporaryFolder scratch_;
  const fs::path base_ = scratch_.path();
  FolderText text_;
};

TEST_F(FolderTextTest, writes_only_columns_that_are_used_in_the_order_of_the_schema) {
  const auto written = text_.write(base_ / "model", false);
  ASSERT_TRUE(written);
  EXPECT_EQ(read(base_ / "model" / "layers.csv"), "id,position\nenergy,1\n");
  EXPECT_EQ(read(base_ / "model" / "model.toml"), "name = \"model\"\n");
  ASSERT_EQ(written->tables.size(), 1U);
  EXPECT_EQ(written->tables.front(), std::make_pair(std::string("layers"), std::size_t{1}));
}

TEST_F(FolderTextTest, quotes_what_csv_would_take_apart) {
  text_.add("layers", {{"id", "heat"}, {"name", "heat, \"low\""}, {"position", "2"}});
  EXPECT_EQ(text_.csv("layers"), "id,name,position\nenergy,,1\nheat,\"heat, \"\"low\"\"\",2\n");
}

TEST_F(FolderTextTest, refuses_a_folder_that_is_there_and_leaves_it_alone) {
  fs::create_directories(base_ / "model");
  std::ofstream(base_ / "model" / "model.toml") << "old";
  const auto written = text_.write(base_ / "model", false);
  ASSERT_FALSE(written);
  EXPECT_EQ(info(written.error().all().front().code).code, "IMP-007");
  EXPECT_EQ(read(base_ / "model" / "model.toml"), "old");
}

TEST_F(FolderTextTest, replaces_a_model_folder_when_asked_and_nothing_else) {
  fs::create_directories(base_ / "model");
  std::ofstream(base_ / "model" / "model.toml") << "old";
  std::ofstream(base_ / "model" / "stocks.csv") << "old";
  ASSERT_TRUE(text_.write(base_ / "model/", true));
  EXPECT_EQ(read(base_ / "model" / "model.toml"), "name = \"model\"\n");
  EXPECT_FALSE(fs::exists(base_ / "model" / "stocks.csv"));
  fs::create_directories(base_ / "photos");
  std::ofstream(base_ / "photos" / "cat.jpg") << "cat";
  EXPECT_FALSE(text_.write(base_ / "photos", true));
  EXPECT_EQ(read(base_ / "photos" / "cat.jpg"), "cat");
  EXPECT_EQ(std::distance(fs::directory_iterator(base_), fs::directory_iterator()), 2) << "unfinished files are left";
}

TEST(FolderText, knows_no_column_that_the_schema_lacks) {
  FolderText text;
  EXPECT_THROW(text.add("layers", {{"colour", "red"}}), InternalError);
  EXPECT_THROW(text.add("colours", {{"id", "red"}}), InternalError);
}

TEST(NumberText, reads_back_to_the_same_number) {
  EXPECT_EQ(number_text(0.1), "0.1");
  EXPECT_EQ(number_text(31.536), "31.536");
  EXPECT_EQ(number_text(-0.0), "0");
  EXPECT_EQ(std::stod(number_text(1.0 / 3)), 1.0 / 3);
}

TEST(ForeignNames, are_kept_where_they_can_be_and_never_run_together) {
  ForeignNames names;
  EXPECT_EQ(names.id("E01"), "E01");
  EXPECT_EQ(names.id("coal plant"), "coal-plant");
  EXPECT_EQ(names.id("coal-plant"), "coal-plant-2");
  EXPECT_EQ(names.id("coal plant"), "coal-plant");
  EXPECT_EQ(names.name_if_changed("coal plant"), "coal plant");
  EXPECT_EQ(names.name_if_changed("E01"), "");
  EXPECT_EQ(names.fresh("E01"), "E01-2");
}

}  // namespace
}  // namespace pinchpoint::importers
