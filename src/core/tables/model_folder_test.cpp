// SPDX-License-Identifier: Apache-2.0
#include "core/tables/model_folder.hpp"

#include <gtest/gtest.h>

#include "core/base/sha256.hpp"
#include "core/tables/testing/temporary_model.hpp"

namespace pinchpoint::tables {
namespace {

using testing::Complaints;
using testing::TemporaryModel;

TEST(ModelFolders, give_typed_cells_with_defaults) {
  const TemporaryModel model;
  const auto folder = model.read();
  ASSERT_TRUE(folder) << render_text(folder.error());
  const Table& facilities = folder->table("facilities");
  ASSERT_EQ(facilities.row_count(), 2U);
  EXPECT_EQ(facilities.text(0, facilities.column("id")), "f18");
  EXPECT_EQ(facilities.number(0, facilities.column("capacity")), 100);
  EXPECT_FALSE(facilities.has(1, facilities.column("low")));
  EXPECT_FALSE(facilities.date(0, facilities.column("from")));
  const Table& commodities = folder->table("commodities");
  const int storable = commodities.column("storable");
  EXPECT_FALSE(commodities.has(0, storable));
  EXPECT_FALSE(commodities.boolean(0, storable));
  EXPECT_EQ(commodities.text(0, commodities.column("trade")), "market");
  EXPECT_EQ(folder->table("lanes").row_count(), 0U);
  EXPECT_THROW(static_cast<void>(facilities.column("nothing")), InternalError);
}

TEST(ModelFolders, know_where_cells_stand) {
  const TemporaryModel model;
  const auto folder = model.read();
  const Table& facilities = folder->table("facilities");
  EXPECT_EQ(facilities.where(1, facilities.column("capacity")), (SourceSpan{"facilities.csv", 3, 25, 2}));
  EXPECT_EQ(facilities.where(1, facilities.column("note")), (SourceSpan{"facilities.csv", 3, 0, 0}));
}

TEST(ModelFolders, read_tables_in_parts_by_name) {
  const TemporaryModel model;
  model.write("regions/b.csv", "id,kind\nKR,country\n");
  model.write("regions/a.csv", "kind,id,name\ncountry,JP,\"Japan, \"\"Nihon\"\"\"\n");
  model.write("regions/empty.csv", "id,kind\n");
  const auto folder = model.read();
  ASSERT_TRUE(folder) << render_text(folder.error());
  const Table& regions = folder->table("regions");
  ASSERT_EQ(regions.row_count(), 4U);
  EXPECT_EQ(regions.text(0, 0), "JP");
  EXPECT_EQ(regions.text(0, regions.column("name")), "Japan, \"Nihon\"");
  EXPECT_EQ(regions.text(1, 0), "KR");
  EXPECT_EQ(regions.where(1, 0), (SourceSpan{"regions/b.csv", 2, 1, 2}));
  EXPECT_EQ(regions.text(2, 0), "TW");
}

TEST(ModelFolders, list_their_inputs_with_hashes) {
  const TemporaryModel model;
  model.write("notes.md", "not an input");
  const auto folder = model.read();
  ASSERT_TRUE(folder);
  ASSERT_EQ(folder->inputs.size(), 7U);
  EXPECT_EQ(folder->inputs[0].path, "commodities.csv");
  EXPECT_EQ(folder->inputs[2].path, "layers.csv");
  EXPECT_EQ(folder->inputs[2].bytes, 33U);
  EXPECT_EQ(folder->inputs[2].sha256, sha256_hex("id,name,position\nwafers,Wafers,1\n"));
}

TEST(ModelFolders, let_texts_pictures_and_results_stand_beside_tables) {
  const TemporaryModel model;
  for (const char* file : {"README.md", "README.de.md", ".hidden", "map.png", "facts_2025.csv", "expected/plan.csv",
                           "runs/1/x", "regions/README.md", "patches/README.md", "patches/unused.csv"}) {
    model.write(file, "anything");
  }
  EXPECT_EQ(model.complaints(), Complaints{});
}

TEST(ModelFolders, refuse_files_that_are_no_tables_unless_lenient) {
  const TemporaryModel model;
  model.write("region.csv", "id\n");
  model.write("extra.txt", "");
  model.write("regions.csv", "id,kind,colour\nTW,country,red\nUS,country,blue\n");
  const Complaints expected = {"extra.txt:0:0 FIL-003", "region.csv:0:0 FIL-003", "regions.csv:1:9 TAB-001"};
  EXPECT_EQ(model.complaints(), expected);
  EXPECT_FALSE(model.read());
  EXPECT_EQ(model.complaints({.lenient = true}), expected);
  EXPECT_TRUE(model.read({.lenient = true}));
}

TEST(ModelFolders, inherit_tables_and_settings) {
  const TemporaryModel model;
  model.write("../study/model.toml",
              "name = \"study\"\nextends = \"../model\"\n[horizon]\nend = \"2026-Q2\"\n[money]\ndiscount_rate = 0.1\n");
  model.write("../study/facilities.csv",
              "id,technology,region,owner,status,capacity,unit\nf25,n3,TW,tsmc,existing,5,wafer/month\n");
  const auto folder = read_model_folder(model.folder() / "../study");
  ASSERT_TRUE(folder) << render_text(folder.error());
  EXPECT_EQ(folder->settings.name, "study");
  EXPECT_EQ(to_string(folder->settings.start), "2026-01");
  EXPECT_EQ(to_string(folder->settings.last), "2026-04");
  EXPECT_EQ(folder->settings.discount_rate, 0.1);
  const Table& facilities = folder->table("facilities");
  ASSERT_EQ(facilities.row_count(), 3U);
  EXPECT_TRUE(facilities.is_inherited(1));
  EXPECT_FALSE(facilities.is_inherited(2));
  EXPECT_EQ(facilities.where(0, 0).file, "../model/facilities.csv");
  EXPECT_EQ(facilities.where(2, 0).file, "facilities.csv");
}

TEST(ModelFolders, tell_of_keys_taken_in_the_folder_they_extend) {
  const TemporaryModel model;
  model.write("../study/model.toml", "name = \"study\"\nextends = \"../model\"\n");
  model.write("../study/regions.csv", "id,kind\nTW,country\n");
  const auto folder = read_model_folder(model.folder() / "../study");
  ASSERT_FALSE(folder);
  const Diagnostic& item = folder.error().all().front();
  EXPECT_EQ(item.code, Code::duplicate_key);
  EXPECT_EQ(item.where, (SourceSpan{"regions.csv", 2, 1, 2}));
  ASSERT_EQ(item.notes.size(), 1U);
  EXPECT_EQ(item.notes[0].where.file, "../model/regions.csv");
}

TEST(ModelFolders, compare_keys_by_what_dates_mean) {
  const TemporaryModel model;
  model.write("technology_parameters.csv",
              "technology,parameter,from,value,unit\n"
              "n3,lifetime,2026,10,years\nn3,lifetime,2026-Q1,11,years\nn3,lifetime,2026-Q2,12,years\n");
  EXPECT_EQ(model.complaints(), Complaints{"technology_parameters.csv:3:1 TAB-011"});
}

TEST(ModelFolders, take_the_step_and_horizon_of_the_caller) {
  const TemporaryModel model;
  const auto folder = model.read({.step = Step::year, .start = parse_date("2026"), .last = parse_date("2030-Q4")});
  ASSERT_TRUE(folder);
  EXPECT_EQ(folder->settings.step, Step::year);
  EXPECT_EQ(to_string(folder->settings.last), "2030-01");
}

TEST(ModelFolders, end_with_the_last_period_that_the_date_covers) {
  const TemporaryModel model;
  model.write("model.toml", "name = \"small\"\n[horizon]\nstart = 2026\nend = \"2027\"\n");
  EXPECT_EQ(to_string(model.read()->settings.last), "2027-10");
}

TEST(ModelFolders, refuse_figures_out_of_range_in_any_unit) {
  const TemporaryModel model;
  model.write("technology_parameters.csv",
              "technology,parameter,region,value,unit\n"
              "n3,availability,,90,%\nn3,availability,TW,100,%\nn3,availability,US,101,%\n");
  EXPECT_EQ(model.complaints(), Complaints{"technology_parameters.csv:4:20 TAB-006"});
}

TEST(ModelFolders, take_a_share_without_unit_for_a_plain_number) {
  const TemporaryModel model;
  model.write("technology_parameters.csv", "technology,parameter,value\nn3,availability,0.9\nn3,lifetime,10\n");
  EXPECT_EQ(model.complaints(), Complaints{"technology_parameters.csv:3:0 UNI-002"});
}

TEST(ModelFolders, let_history_end_before_the_horizon) {
  const TemporaryModel model;
  model.write("measures.csv", "id,kind,layer,origin,until\nold,ban,wafers,TW,2020\n");
  model.write("options.csv", "id,technology,region,owner,until\nold,n3,TW,tsmc,2026\n");
  EXPECT_EQ(model.complaints(), Complaints{"options.csv:2:16 TAB-014"});
  // Whoever moves the horizon does not thereby make the tables wrong.
  EXPECT_EQ(model.complaints({.start = parse_date("2026-Q2")}), Complaints{});
}

TEST(ModelFolders, read_money_by_the_deflators) {
  const TemporaryModel model;
  model.write("deflators.csv", "year,index\n2024,100\n2025,103\n");
  model.write("budgets.csv", "owner,amount,unit\ntsmc,5,MUSD2024/year\n");
  const auto folder = model.read();
  ASSERT_TRUE(folder) << render_text(folder.error());
  const UnitSystem& units = *folder->units;
  EXPECT_NEAR(*units.factor(*units.parse("USD2024"), *units.parse("USD")), 1.03, 1e-12);
}

TEST(ModelFolders, know_the_units_they_define) {
  const TemporaryModel model;
  model.write(
      "model.toml",
      "name = \"small\"\n[horizon]\nstart = 2026\nend = 2026\n[units]\nfoup = \"25 wafer\"\nlot = \"2 foup\"\n");
  const auto folder = model.read();
  ASSERT_TRUE(folder) << render_text(folder.error());
  EXPECT_NEAR(*folder->units->factor(*folder->units->parse("lot"), *folder->units->parse("wafer")), 50, 1e-12);
}

TEST(ModelFolders, report_everything_at_once) {
  const TemporaryModel model;
  model.write("regions.csv", "id,kind,latitude\nTW,contry,x\nUS,,91\n");
  model.write("facilities.csv",
              "id,technology,region,owner,status,capacity,unit\nf1,n9,TW,tsmc,existing,-1,wafr/month\n");
  EXPECT_EQ(model.complaints(),
            (Complaints{"facilities.csv:2:4 TAB-010", "facilities.csv:2:27 UNI-001", "regions.csv:2:4 TAB-009",
                        "regions.csv:2:11 TAB-005", "regions.csv:3:4 TAB-004", "regions.csv:3:5 TAB-006"}));
}

}  // namespace
}  // namespace pinchpoint::tables
