// SPDX-License-Identifier: Apache-2.0
#include "analysis/plan/network.hpp"

#include <gtest/gtest.h>

#include "support/world_text.hpp"

namespace pinchpoint::plan {
namespace {

using test_support::world_of;
using test_support::WorldText;

/// Ore is mined in A and B and wanted in C and D.
WorldText makers_and_users() {
  WorldText world;
  world.regions("A B C D").commodity("ore", "t").technology("mine", "ore", "t/year");
  world.facility("mine", "A", "10 t/year").facility("mine", "B", "10 t/year");
  world.programme("in-c", "ore", "C", "1 t/year", "9 USD/t").programme("in-d", "ore", "D", "1 t/year", "9 USD/t");
  return world;
}

RegionId region(const World& world, std::string_view id) {
  for (const RegionId at : ids(world.regions)) {
    if (world.regions[at].id == id) return at;
  }
  return {};
}

bool covers(const World& world, std::string_view origin, std::string_view destination) {
  return plan::covers(world, world.measures[MeasureId(0)], region(world, origin), region(world, destination),
                      Date{2025 * 12});
}

TEST(Network, origins_that_rules_treat_alike_share_a_pool) {
  const Network network = make_network(world_of(makers_and_users()));
  ASSERT_EQ(network.pools.size(), 1U);
  const Pool& pool = network.pools[PoolId(0)];
  EXPECT_EQ(pool.label, "ore/market");
  EXPECT_EQ(pool.origins.size(), 2U);
  EXPECT_EQ(pool.destinations.size(), 2U);
}

TEST(Network, a_rule_on_one_origin_gives_it_a_pool_of_its_own) {
  for (const char* const kind : {"ban", "quota", "tariff"}) {
    WorldText text = makers_and_users();
    const bool is_ban = std::string(kind) == "ban";
    text.measure("rule", kind, "ore",
                 is_ban                         ? "origin=A"
                 : kind == std::string("quota") ? "origin=A; figure=1 t/year"
                                                : "origin=A; figure=1 USD/t");
    EXPECT_EQ(make_network(world_of(text)).pools.size(), 2U) << kind;
  }
}

TEST(Network, a_rule_on_destinations_alone_splits_no_pool) {
  const World world = world_of(makers_and_users().measure("rule", "ban", "ore", "destination=C"));
  EXPECT_EQ(make_network(world).pools.size(), 1U);
}

TEST(Network, a_rule_on_a_time_splits_the_pool_for_all_of_it) {
  const World world =
      world_of(makers_and_users().horizon("2025", "2026").measure("rule", "ban", "ore", "origin=A; from=2026"));
  EXPECT_EQ(make_network(world).pools.size(), 2U);
}

TEST(Network, a_maker_that_is_the_only_user_needs_no_pool) {
  WorldText text = makers_and_users().remove("programmes", "id=in-c").remove("programmes", "id=in-d");
  text.remove("programme_parameters", "programme=in-c").remove("programme_parameters", "programme=in-d");
  text.remove("facilities", "region=B").programme("at-home", "ore", "A", "1 t/year", "9 USD/t");
  EXPECT_EQ(make_network(world_of(text)).pools.size(), 0U);
}

TEST(Network, a_lane_between_groups_has_a_route_for_every_pair) {
  WorldText text = makers_and_users().row("groups", "group=makers; member=A").row("groups", "group=makers; member=B");
  text.row("groups", "group=users; member=C").row("groups", "group=users; member=D");
  const Network network = make_network(world_of(text.lane("sea", "ore", "makers", "users")));
  EXPECT_EQ(network.routes.size(), 4U);
}

TEST(Network, a_lane_has_no_route_from_a_place_to_itself) {
  WorldText text = makers_and_users().row("groups", "group=all; member=A").row("groups", "group=all; member=C");
  EXPECT_EQ(make_network(world_of(text.lane("sea", "ore", "all", "all"))).routes.size(), 2U);
}

TEST(Covers, origin_and_destination_must_both_fit) {
  const World world = world_of(makers_and_users().measure("rule", "ban", "ore", "origin=A; destination=C"));
  EXPECT_TRUE(covers(world, "A", "C"));
  EXPECT_FALSE(covers(world, "A", "D"));
  EXPECT_FALSE(covers(world, "B", "C"));
}

TEST(Covers, without_destination_anything_that_leaves_the_origin) {
  WorldText text = makers_and_users().row("groups", "group=club; member=A").row("groups", "group=club; member=C");
  const World world = world_of(text.measure("rule", "ban", "ore", "origin=club"));
  EXPECT_TRUE(covers(world, "A", "D"));
  EXPECT_FALSE(covers(world, "A", "C")) << "inside the club";
  EXPECT_FALSE(covers(world, "B", "D"));
}

TEST(Covers, without_origin_anything_from_outside_the_destination) {
  const World world = world_of(makers_and_users().measure("rule", "ban", "ore", "destination=C"));
  EXPECT_TRUE(covers(world, "A", "C"));
  EXPECT_FALSE(covers(world, "C", "C"));
  EXPECT_FALSE(covers(world, "C", "A"));
}

TEST(Covers, with_neither_anything_that_crosses_a_border) {
  WorldText text = makers_and_users().row("regions", "id=a1; kind=site; parent=A");
  const World world = world_of(text.measure("rule", "ban", "ore"));
  EXPECT_TRUE(covers(world, "A", "C"));
  EXPECT_FALSE(covers(world, "a1", "A"));
}

TEST(Covers, parts_of_a_region_belong_to_it) {
  WorldText text = makers_and_users().row("regions", "id=a1; kind=site; parent=A");
  const World world = world_of(text.measure("rule", "ban", "ore", "origin=A; destination=C"));
  EXPECT_TRUE(covers(world, "a1", "C"));
}

// Seven months of 2025 are more than half of it, five are less.
TEST(IsInForce, in_more_than_half_of_a_period) {
  const World longer = world_of(makers_and_users().measure("rule", "ban", "ore", "until=2025-08"));
  EXPECT_TRUE(is_in_force(longer, longer.measures[MeasureId(0)], PeriodId(0)));
  const World shorter = world_of(makers_and_users().measure("rule", "ban", "ore", "until=2025-06"));
  EXPECT_FALSE(is_in_force(shorter, shorter.measures[MeasureId(0)], PeriodId(0)));
}

}  // namespace
}  // namespace pinchpoint::plan
