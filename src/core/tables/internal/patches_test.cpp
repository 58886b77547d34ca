// SPDX-License-Identifier: Apache-2.0
#include "core/tables/internal/patches.hpp"

#include <gtest/gtest.h>

#include "core/tables/testing/temporary_model.hpp"

namespace pinchpoint::tables::internal {
namespace {

using testing::Complaints;
using testing::TemporaryModel;

const std::string header = "table,where,column,action,value\n";

/// The cell of the first facility, f18, after a patch of one row.
std::string patched_cell(const std::string& patch_row, const char* column) {
  const TemporaryModel model;
  model.write("patches/what-if.csv", header + patch_row);
  const auto folder = model.read({.patches = {"what-if"}});
  if (!folder) return render_text(folder.error());
  const Table& facilities = folder->table("facilities");
  return std::string(facilities.text(0, facilities.column(column)));
}

Complaints complaints_of(const std::string& patch_row) {
  const TemporaryModel model;
  model.write("patches/what-if.csv", header + patch_row);
  return model.complaints({.patches = {"what-if"}});
}

TEST(Patches, set_add_and_multiply) {
  EXPECT_EQ(patched_cell("facilities,id=f18,capacity,set,7\n", "capacity"), "7");
  EXPECT_EQ(patched_cell("facilities,id=f18,capacity,add,-0.5\n", "capacity"), "99.5");
  EXPECT_EQ(patched_cell("facilities,id=f18,capacity,multiply,1.1\n", "capacity"), "110.00000000000001");
  EXPECT_EQ(patched_cell("facilities,id=f18,region,set,US\n", "region"), "US");
}

TEST(Patches, move_the_band_with_the_figure) {
  EXPECT_EQ(patched_cell("facilities,id=f18,capacity,multiply,0.5\n", "low"), "45");
  EXPECT_EQ(patched_cell("facilities,id=f18,capacity,add,10\n", "high"), "120");
  EXPECT_EQ(patched_cell("facilities,id=f18,capacity,set,7\n", "high"), "110");
}

TEST(Patches, hit_rows_that_meet_all_conditions) {
  const TemporaryModel model;
  model.write("patches/what-if.csv", header + "facilities,owner = tsmc; region=U*;low=,capacity,set,1\n");
  const auto folder = model.read({.patches = {"what-if"}});
  ASSERT_TRUE(folder) << render_text(folder.error());
  const Table& facilities = folder->table("facilities");
  const int capacity = facilities.column("capacity");
  EXPECT_EQ(facilities.number(0, capacity), 100);
  EXPECT_EQ(facilities.number(1, capacity), 1);
  EXPECT_TRUE(facilities.patches(0).empty());
  EXPECT_EQ(facilities.patches(1), std::vector<std::string>{"what-if"});
  EXPECT_EQ(facilities.where(1, capacity), (SourceSpan{"patches/what-if.csv", 2, 54, 1}));
}

TEST(Patches, stack_in_order) {
  const TemporaryModel model;
  model.write("model.toml",
              "name = \"small\"\npatches = [\"first\"]\n[horizon]\nstart = 2026\nend = 2026\n"
              "[scenarios]\nhigh = [\"second\"]\n");
  model.write("patches/first.csv", header + "facilities,id=f18,capacity,set,10\n");
  model.write("patches/second.csv", header + "facilities,id=f18,capacity,multiply,3\n");
  const auto folder = model.read({.scenarios = {"high"}, .patches = {"second"}});
  ASSERT_TRUE(folder) << render_text(folder.error());
  const Table& facilities = folder->table("facilities");
  EXPECT_EQ(facilities.number(0, facilities.column("capacity")), 90);
  EXPECT_EQ(facilities.patches(0), (std::vector<std::string>{"first", "second", "second"}));
}

TEST(Patches, may_be_files_outside_the_folder) {
  const TemporaryModel model;
  model.write("../mine.csv", header + "facilities,id=f18,capacity,set,5\n");
  const auto folder = model.read({.patches = {(model.folder() / "../mine.csv").string()}});
  ASSERT_TRUE(folder) << render_text(folder.error());
  EXPECT_EQ(folder->table("facilities").patches(0), std::vector<std::string>{"mine"});
  EXPECT_EQ(folder->inputs.front().path, "../mine.csv");
}

TEST(Patches, are_blamed_for_what_they_put_into_cells) {
  EXPECT_EQ(complaints_of("facilities,id=f18,capacity,set,much\n"), Complaints{"patches/what-if.csv:2:32 TAB-005"});
  EXPECT_EQ(complaints_of("facilities,id=f18,capacity,set,\n"), Complaints{"patches/what-if.csv:2:32 TAB-004"});
  EXPECT_EQ(complaints_of("facilities,id=f18,region,set,XX\n"), Complaints{"patches/what-if.csv:2:30 TAB-010"});
  EXPECT_EQ(complaints_of("facilities,id=f18,unit,set,wafr\n"), Complaints{"patches/what-if.csv:2:28 UNI-001"});
  EXPECT_EQ(complaints_of("facilities,id=f18,capacity,multiply,-1\n"), Complaints{"patches/what-if.csv:2:37 TAB-006"});
  EXPECT_EQ(complaints_of("facilities,id=f18,id,set,f21\n"), Complaints{"facilities.csv:3:1 TAB-011"});
}

TEST(Patches, must_name_what_exists_and_change_something) {
  EXPECT_EQ(complaints_of("facilitys,id=f18,capacity,set,1\n"), Complaints{"patches/what-if.csv:2:1 TAB-010"});
  EXPECT_EQ(complaints_of("facilities,id=f18,capcity,set,1\n"), Complaints{"patches/what-if.csv:2:19 TAB-001"});
  EXPECT_EQ(complaints_of("facilities,idd=f18,capacity,set,1\n"), Complaints{"patches/what-if.csv:2:12 TAB-001"});
  EXPECT_EQ(complaints_of("facilities,id,capacity,set,1\n"), Complaints{"patches/what-if.csv:2:12 MOD-007"});
  EXPECT_EQ(complaints_of("facilities,id=f19,capacity,set,1\n"), Complaints{"patches/what-if.csv:2:12 MOD-006"});
  EXPECT_EQ(complaints_of("facilities,id=f18,region,add,1\n"), Complaints{"patches/what-if.csv:2:26 MOD-008"});
  EXPECT_EQ(complaints_of("facilities,id=f18,capacity,ad,1\n"), Complaints{"patches/what-if.csv:2:28 TAB-009"});
  EXPECT_EQ(complaints_of("facilities,id=f18,capacity,add,x\n"), Complaints{"patches/what-if.csv:2:32 TAB-005"});
  EXPECT_EQ(complaints_of("facilities,,capacity,add,1\n"), Complaints{"patches/what-if.csv:2:12 TAB-004"});
}

TEST(Patches, that_nobody_has_are_refused) {
  const TemporaryModel model;
  EXPECT_EQ(model.complaints({.scenarios = {"none"}, .patches = {"none"}}),
            (Complaints{"model.toml:0:0 MOD-005", "model.toml:0:0 MOD-005"}));
}

}  // namespace
}  // namespace pinchpoint::tables::internal
