// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <fstream>

#include "domain/world/shocks/shock_list.hpp"
#include "support/world_text.hpp"

namespace pinchpoint {
namespace {

using test_support::codes_of;
using test_support::complaints_of;
using test_support::read_world;
using test_support::TemporaryFolder;
using test_support::world_of;
using test_support::WorldText;

using Codes = std::vector<std::string>;

/// Fabs of a firm and its subsidiary in a country and a part of it; ore comes from elsewhere.
WorldText fabs() {
  WorldText text;
  text.horizon("2026", "2029").regions("TW JP").row("regions", "id=park; kind=site; parent=TW");
  text.row("organisations", "id=child; kind=firm; parent=firm").row("organisations", "id=other; kind=firm");
  text.commodity("ore", "t").commodity("wafer", "wafer").technology("mine", "ore", "t/year");
  text.technology("fab", "wafer", "wafer/month").recipe("fab", "input", "ore", "1 t/wafer");
  text.facility("mine", "JP", "10 t/year", "id=pit; owner=other").facility("fab", "TW", "10 wafer/month", "id=f1");
  text.facility("fab", "park", "10 wafer/month", "id=f2; owner=child");
  text.facility("fab", "JP", "10 wafer/month", "id=f3; owner=other").lane("sea", "ore", "JP", "TW");
  text.programme("phones", "wafer", "JP", "100 wafer/year", "9 USD/wafer").budget("5 USD/year");
  text.measure("rule", "quota", "ore", "figure=5 t/year").measure("no-wafers", "ban", "wafer", "origin=JP");
  return text;
}

WorldText with(const std::string& shock) { return fabs().row("shocks", "id=s; from=2027; figure=1 1; " + shock); }
Shock loaded(const std::string& shock) { return world_of(with(shock)).shocks[ShockId(0)]; }
Codes codes(const std::string& shock) { return codes_of(complaints_of(with(shock))); }

std::vector<std::string> facilities(const std::string& shock) {
  const World world = world_of(with(shock));
  std::vector<std::string> names;
  for (const FacilityId id : facilities_of(world, world.shocks[ShockId(0)])) names.push_back(world.facilities[id].id);
  return names;
}

using Names = std::vector<std::string>;

TEST(LoadShocks, keeps_what_the_row_says) {
  const Shock shock = loaded(
      "kind=outage; region=TW; name=Quake; from_until=2028-04; duration_months=3; duration_low=1; duration_high=7; "
      "recovery=exponential; recovery_months=5; probability=0.2; probability_per=year; cluster=c; correlation=0.4; "
      "figure=50 %; low=40; high=60; confidence=reported; any_one=yes");
  EXPECT_EQ(shock.name, "Quake");
  EXPECT_EQ(shock.kind, ShockKind::outage);
  EXPECT_NEAR(shock.depth, 0.5, 1e-12);
  EXPECT_NEAR(shock.depth_low, 0.4, 1e-12);
  EXPECT_NEAR(shock.depth_high, 0.6, 1e-12);
  EXPECT_EQ(shock.from, Date{2027 * 12});
  EXPECT_EQ(shock.from_until, Date{2028 * 12 + 3});
  EXPECT_EQ(shock.duration_months, 3);
  EXPECT_EQ(shock.duration_low, 1);
  EXPECT_EQ(shock.duration_high, 7);
  EXPECT_EQ(shock.recovery, RecoveryShape::exponential);
  EXPECT_EQ(shock.recovery_months, 5);
  EXPECT_EQ(shock.chance, ShockChance::yearly);
  EXPECT_EQ(shock.probability, 0.2);
  EXPECT_EQ(shock.cluster, "c");
  EXPECT_EQ(shock.correlation, 0.4);
  EXPECT_TRUE(shock.any_one);
  EXPECT_EQ(shock.confidence, Confidence::reported);
}

TEST(LoadShocks, empty_cells_mean_certain_and_for_good) {
  const Shock shock = loaded("kind=outage; region=TW");
  EXPECT_EQ(shock.chance, ShockChance::given);
  EXPECT_FALSE(shock.duration_months.has_value());
  EXPECT_FALSE(shock.from_until.has_value());
  EXPECT_EQ(shock.recovery, RecoveryShape::step);
  EXPECT_EQ(shock.depth_low, 1);
  EXPECT_EQ(shock.depth_high, 1);
}

TEST(LoadShocks, recovery_months_alone_mean_a_straight_line) {
  EXPECT_EQ(loaded("kind=outage; region=TW; duration_months=1; recovery_months=2").recovery, RecoveryShape::linear);
}

TEST(LoadShocks, every_kind_has_a_form_that_is_accepted) {
  for (const std::string row :
       {"kind=embargo; commodity=ore; region=JP", "kind=embargo; region=JP; to=TW",
        "kind=licence; layer=goods; region=JP", "kind=outage; facility=f1", "kind=earthquake; region=TW",
        "kind=power-cut; owner=firm", "kind=lane-closure; lane=sea", "kind=lane-closure; region=JP; to=TW",
        "kind=demand-surge; programme=phones", "kind=demand-surge; commodity=wafer; region=JP",
        "kind=budget-collapse; payer=firm", "kind=rule-change; measure=rule; change=tighten",
        "kind=rule-change; measure=no-wafers; change=lift"}) {
    EXPECT_EQ(codes(row), Codes{}) << row;
  }
}

TEST(LoadShocks, columns_of_another_kind_are_refused) {
  EXPECT_EQ(codes("kind=embargo; region=JP; owner=firm"), Codes{"SHK-001"});
  EXPECT_EQ(codes("kind=earthquake; region=TW; any_one=yes; probability=0.1"), Codes{"SHK-001"});
  EXPECT_EQ(codes("kind=budget-collapse; payer=firm; region=TW"), Codes{"SHK-001"});
  EXPECT_EQ(codes("kind=lane-closure; lane=sea; region=JP"), Codes{"SHK-001"});
}

TEST(LoadShocks, columns_that_the_kind_needs_are_asked_for) {
  EXPECT_EQ(codes("kind=embargo; commodity=ore"), Codes{"SHK-001"});
  EXPECT_EQ(codes("kind=outage"), Codes{"SHK-001"});
  EXPECT_EQ(codes("kind=power-cut"), Codes{"SHK-001"});
  EXPECT_EQ(codes("kind=lane-closure; region=JP"), Codes{"SHK-001"});
  EXPECT_EQ(codes("kind=rule-change"), (Codes{"SHK-001", "SHK-001"}));
  EXPECT_EQ(codes("kind=rule-change; measure=no-wafers; change=tighten"), Codes{"SHK-001"});
}

TEST(LoadShocks, a_commodity_or_a_layer_but_not_both) {
  EXPECT_EQ(codes("kind=outage; commodity=ore; layer=goods"), Codes{"SHK-001"});
}

TEST(LoadShocks, what_strikes_nothing_is_refused_with_the_column_to_mend) {
  const Diagnostics problems = complaints_of(with("kind=outage; technology=mine; region=TW"));
  ASSERT_EQ(codes_of(problems), Codes{"SHK-002"});
  EXPECT_EQ(problems.all()[0].fix, "empty 'technology', or correct it: without it something matches");
  EXPECT_EQ(codes("kind=embargo; commodity=ore; region=TW"), Codes{"SHK-002"});
  EXPECT_EQ(codes("kind=embargo; commodity=ore; region=JP; to=JP"), Codes{}) << "goods may stay";
  EXPECT_EQ(codes("kind=lane-closure; lane=sea; commodity=wafer"), Codes{"SHK-002"});
  EXPECT_EQ(codes("kind=demand-surge; commodity=ore"), Codes{"SHK-002"});
  EXPECT_EQ(codes("kind=budget-collapse; payer=other"), Codes{"SHK-002"});
  EXPECT_EQ(codes("kind=outage; facility=f1; owner=other"), Codes{"SHK-002"});
}

TEST(LoadShocks, a_rule_that_has_ended_cannot_change) {
  WorldText text = fabs().measure("old", "ban", "ore", "origin=JP; until=2027");
  text.row("shocks", "id=s; kind=rule-change; measure=old; change=lift; from=2027; figure=1 1");
  EXPECT_EQ(codes_of(complaints_of(text)), Codes{"SHK-002"});
  text.change("shocks", "id=s", "from=2026-11");
  EXPECT_EQ(codes_of(complaints_of(text)), Codes{});
}

TEST(LoadShocks, an_option_is_something_to_strike_but_not_one_by_one) {
  WorldText text = with("kind=outage; technology=mine; region=TW").option("mine", "TW");
  EXPECT_EQ(codes_of(complaints_of(text)), Codes{});
  text.change("shocks", "id=s", "any_one=yes; probability=0.5");
  EXPECT_EQ(codes_of(complaints_of(text)), Codes{"SHK-002"});
}

TEST(LoadShocks, nothing_can_lose_more_than_all) {
  EXPECT_EQ(codes("kind=outage; region=TW; figure=1.2 1"), Codes{"SHK-003"});
  EXPECT_EQ(codes("kind=outage; region=TW; figure=0.9 1; high=1.5"), Codes{"SHK-003"});
  EXPECT_EQ(codes("kind=outage; region=TW; figure=120 %"), Codes{"SHK-003"});
  EXPECT_EQ(codes("kind=demand-surge; programme=phones; figure=2 1"), Codes{});
  EXPECT_EQ(codes("kind=rule-change; measure=rule; change=tighten; figure=2 1"), Codes{"SHK-003"});
}

TEST(LoadShocks, contradictory_recoveries_are_refused) {
  EXPECT_EQ(codes("kind=outage; region=TW; recovery_months=3"), Codes{"SHK-004"}) << "no end, no recovery";
  EXPECT_EQ(codes("kind=outage; region=TW; duration_high=3"), Codes{"SHK-004"});
  EXPECT_EQ(codes("kind=outage; region=TW; duration_months=3; recovery=step; recovery_months=3"), Codes{"SHK-004"});
  EXPECT_EQ(codes("kind=outage; region=TW; duration_months=3; recovery=linear"), Codes{"SHK-004"});
  EXPECT_EQ(codes("kind=outage; region=TW; duration_months=3; duration_low=4"), Codes{"SHK-004"});
  EXPECT_EQ(codes("kind=outage; region=TW; duration_months=3; duration_high=2"), Codes{"SHK-004"});
}

TEST(LoadShocks, chances_that_mean_nothing_are_refused) {
  EXPECT_EQ(codes("kind=outage; region=TW; probability=1.2"), Codes{"TAB-006"});
  EXPECT_EQ(codes("kind=outage; region=TW; probability_per=year"), Codes{"SHK-005"});
  EXPECT_EQ(codes("kind=outage; region=TW; any_one=yes"), Codes{"SHK-005"});
  EXPECT_EQ(codes("kind=outage; region=TW; from_until=2027; probability=0.1"), Codes{"SHK-005"});
  EXPECT_EQ(codes("kind=outage; region=TW; probability=0.1; cluster=c"), Codes{"SHK-005"});
  EXPECT_EQ(codes("kind=outage; region=TW; probability=0.1; correlation=0.4"), Codes{"SHK-005"});
}

TEST(LoadShocks, shocks_outside_the_horizon_are_refused) {
  EXPECT_EQ(codes("kind=outage; region=TW; from=2030"), Codes{"SHK-006"});
  EXPECT_EQ(codes("kind=outage; region=TW; from=2025; duration_months=6; recovery_months=6"), Codes{"SHK-006"});
  EXPECT_EQ(codes("kind=outage; region=TW; from=2025; duration_months=6; recovery_months=7"), Codes{});
  EXPECT_EQ(codes("kind=outage; region=TW; from=2025; duration_months=6; probability=0.1; probability_per=year"),
            Codes{});
}

TEST(LoadShocks, a_horizon_that_the_caller_moves_leaves_shocks_outside_it_alone) {
  const TemporaryFolder folder;
  with("kind=outage; region=TW; from=2029").write(folder.path());
  tables::ReadOptions options;
  options.last = Date{2027 * 12 + 11};
  EXPECT_TRUE(tables::read_model_folder(folder.path(), options).has_value());
}

TEST(FacilitiesOf, include_parts_of_a_region_and_subsidiaries) {
  EXPECT_EQ(facilities("kind=earthquake; region=TW"), (Names{"f1", "f2"}));
  EXPECT_EQ(facilities("kind=outage; owner=firm"), (Names{"f1", "f2"}));
  EXPECT_EQ(facilities("kind=outage; owner=child"), Names{"f2"});
  EXPECT_EQ(facilities("kind=outage; commodity=wafer"), (Names{"f1", "f2", "f3"}));
  EXPECT_EQ(facilities("kind=outage; technology=fab; region=JP"), Names{"f3"});
  EXPECT_EQ(facilities("kind=outage; facility=f3"), Names{"f3"});
  EXPECT_EQ(facilities("kind=outage; layer=goods; region=JP"), (Names{"pit", "f3"}));
  EXPECT_EQ(facilities("kind=embargo; region=JP"), Names{});
}

TEST(FacilitiesOf, take_the_members_of_a_group_on_the_first_date) {
  WorldText text = with("kind=outage; region=ring").row("groups", "group=ring; member=JP; until=2027");
  const World world = world_of(text.row("groups", "group=ring; member=TW"));
  EXPECT_EQ(facilities_of(world, world.shocks[ShockId(0)]).size(), 2U);
}

TEST(StrikesCapacity, counts_goods_of_the_recipe) {
  WorldText text = fabs().commodity("slag", "t").recipe("fab", "output", "slag", "1 t/wafer");
  const World world = world_of(text.row("shocks", "id=s; kind=outage; commodity=slag; from=2027; figure=1 1"));
  EXPECT_EQ(facilities_of(world, world.shocks[ShockId(0)]).size(), 3U);
}

TEST(StrikesFlow, is_from_inside_the_region_to_outside_or_to_the_place_named) {
  const World world = world_of(with("kind=embargo; commodity=ore; region=TW").facility("mine", "park", "1 t/year"));
  const Shock& shock = world.shocks[ShockId(0)];
  const CommodityId ore(0);
  const RegionId taiwan(0);
  const RegionId japan(1);
  const RegionId park(2);
  EXPECT_TRUE(strikes_flow(world, shock, ore, park, japan));
  EXPECT_FALSE(strikes_flow(world, shock, ore, park, taiwan)) << "it does not leave";
  EXPECT_FALSE(strikes_flow(world, shock, ore, japan, taiwan));
  EXPECT_FALSE(strikes_flow(world, shock, CommodityId(1), park, japan));
  const World aimed = world_of(with("kind=licence; region=JP; to=TW"));
  EXPECT_TRUE(strikes_flow(aimed, aimed.shocks[ShockId(0)], ore, japan, park));
  EXPECT_FALSE(strikes_flow(aimed, aimed.shocks[ShockId(0)], ore, japan, japan));
}

TEST(StrikesLane, is_of_the_lane_named_and_its_goods) {
  const World world = world_of(with("kind=lane-closure; lane=sea; commodity=ore"));
  EXPECT_TRUE(strikes_lane(world.shocks[ShockId(0)], LaneId(0), CommodityId(0)));
  EXPECT_FALSE(strikes_lane(world.shocks[ShockId(0)], LaneId(0), CommodityId(1)));
}

TEST(StrikesProgrammeAndBudget, include_subsidiaries_of_the_payer) {
  WorldText text = with("kind=demand-surge; payer=firm")
                       .row("shocks", "id=b; kind=budget-collapse; payer=firm; from=2027; figure=1 1");
  const World world = world_of(text);
  EXPECT_TRUE(strikes_programme(world, world.shocks[ShockId(0)], ProgrammeId(0)));
  EXPECT_FALSE(strikes_programme(world, world.shocks[ShockId(1)], ProgrammeId(0)));
  EXPECT_TRUE(strikes_budget(world, world.shocks[ShockId(1)], OrganisationId(1)));
  EXPECT_FALSE(strikes_budget(world, world.shocks[ShockId(1)], OrganisationId(2)));
}

/// Files beside a world.
class BesideWorld : public testing::Test {
 protected:
  BesideWorld() : read_(read_world(fabs().row("shocks", "id=own; kind=outage; region=TW; from=2027; figure=1 1"))) {}

  void write(const std::string& file, const std::string& text) const {
    std::filesystem::create_directories((folder_.path() / file).parent_path());
    std::ofstream(folder_.path() / file) << text;
  }
  [[nodiscard]] Result<Shocks> load(const std::string& path) const {
    return load_shocks(read_.world, read_.folder, {folder_.path() / path});
  }
  [[nodiscard]] Codes codes_at(const std::string& path) const {
    const Result<Shocks> shocks = load(path);
    return shocks ? Codes{} : codes_of(shocks.error());
  }

  TemporaryFolder folder_;
  test_support::ReadWorld read_;
};

constexpr const char* header = "id,kind,region,owner,from,depth,source\n";

TEST_F(BesideWorld, a_file_is_read_against_the_names_of_the_world) {
  write("mine.csv", std::string(header) + "q,earthquake,park,,2028,0.5,\nr,outage,,child,2028,1,\n");
  const Result<Shocks> shocks = load("mine.csv");
  ASSERT_TRUE(shocks.has_value());
  ASSERT_EQ(shocks->size(), 2U) << "the model's own are not among them";
  EXPECT_EQ((*shocks)[ShockId(0)].id, "q");
  EXPECT_EQ(facilities_of(read_.world, (*shocks)[ShockId(0)]).size(), 1U);
}

TEST_F(BesideWorld, a_folder_has_the_table_and_its_sources) {
  write("library/shocks/a.csv", std::string(header) + "q,earthquake,TW,,2028,0.5,paper\n");
  write("library/shocks/b.csv", std::string(header) + "r,outage,,firm,2028,1,paper\n");
  write("library/sources.csv", "id,publisher,title\npaper,Paper,Report\n");
  const Result<Shocks> shocks = load("library");
  ASSERT_TRUE(shocks.has_value());
  EXPECT_EQ(shocks->size(), 2U);
  EXPECT_EQ((*shocks)[ShockId(0)].sources, std::vector<std::string>{"paper"});
}

TEST_F(BesideWorld, a_file_of_a_library_brings_its_sources) {
  write("library/shocks/a.csv", std::string(header) + "q,earthquake,TW,,2028,0.5,paper\n");
  write("library/shocks/b.csv", std::string(header) + "r,outage,,firm,2028,1,paper\n");
  write("library/sources/all.csv", "id,publisher,title\npaper,Paper,Report\n");
  EXPECT_EQ(codes_at("library/shocks/b.csv"), Codes{});
  const std::filesystem::path parts = folder_.path() / "library/shocks";
  const Result<Shocks> both = load_shocks(read_.world, read_.folder, {parts / "a.csv", parts / "b.csv"});
  ASSERT_TRUE(both.has_value()) << "the sources are read once";
  EXPECT_EQ(both->size(), 2U);
}

TEST_F(BesideWorld, everything_that_is_wrong_is_said_at_its_place) {
  write("mine.csv", std::string(header) + "q,earthquake,TWN,,2028,0.5,\nr,outage,,firm,2028,1,nobody\n");
  EXPECT_EQ(codes_at("mine.csv"), (Codes{"TAB-010", "TAB-010"}));
  write("late.csv", std::string(header) + "q,earthquake,TW,,2035,0.5,\nr,outage,,firm,2028,x,\n");
  const Result<Shocks> shocks = load("late.csv");
  ASSERT_FALSE(shocks.has_value());
  EXPECT_EQ(codes_of(shocks.error()), (Codes{"SHK-006", "TAB-005"}));
  EXPECT_EQ(shocks.error().all()[0].where.line, 2);
  write("none.csv", std::string(header) + "q,earthquake,JP,firm,2028,1,\n");
  EXPECT_EQ(codes_at("none.csv"), Codes{"SHK-002"});
}

TEST_F(BesideWorld, paths_without_shocks_are_refused) {
  EXPECT_EQ(codes_at("nowhere"), Codes{"FIL-001"});
  write("library/sources.csv", "id,publisher,title\n");
  EXPECT_EQ(codes_at("library"), Codes{"FIL-001"});
  write("library/shocks.csv", header);
  EXPECT_EQ(codes_at("library"), Codes{});
  write("library/regions.csv", "id,kind\n");
  EXPECT_EQ(codes_at("library"), Codes{"FIL-003"});
}

TEST(SelectShocks, takes_those_named_in_the_order_given) {
  WorldText text =
      with("kind=outage; region=TW").row("shocks", "id=second; kind=outage; region=JP; from=2027; figure=1 1");
  const World world = world_of(text);
  const Result<Shocks> chosen = select_shocks(world.shocks, {"second", "s"});
  ASSERT_TRUE(chosen.has_value());
  EXPECT_EQ((*chosen)[ShockId(0)].id, "second");
  const Result<Shocks> unknown = select_shocks(world.shocks, {"secund", "s"});
  ASSERT_FALSE(unknown.has_value());
  EXPECT_EQ(codes_of(unknown.error()), Codes{"TAB-010"});
  EXPECT_EQ(unknown.error().all()[0].fix, "did you mean 'second'?");
}

}  // namespace
}  // namespace pinchpoint
