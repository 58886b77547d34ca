// SPDX-License-Identifier: Apache-2.0
#include "analysis/stress/stress.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "analysis/stress/effects.hpp"
#include "support/solved_plan.hpp"

namespace pinchpoint::stress {
namespace {

using test_support::plan_of;
using test_support::SolvedPlan;
using test_support::world_of;
using test_support::WorldText;

/// Two mines feed a smelter; 10 t of metal a quarter are wanted at 100 USD/t; 12 t of ore lie in stock.
WorldText quarters_of_metal() {
  WorldText world;
  world.horizon("2025-Q1", "2026-Q4", "quarter").regions("A B C");
  world.commodity("ore", "t", "storable=yes").commodity("metal", "t", "storable=yes; trade=local");
  world.commodity_figure("ore", "price", "3 USD/t").commodity_figure("metal", "price", "50 USD/t");
  world.technology("mine", "ore", "t/year").technology("smelter", "metal", "t/year");
  world.technology_figure("mine", "variable_cost", "1 USD/t").recipe("smelter", "input", "ore", "1 t/t");
  world.commodity_figure("ore", "holding_cost", "0.1 USD/t/year");
  world.facility("mine", "A", "40 t/year", "id=pit").facility("smelter", "C", "40 t/year", "id=works");
  world.facility("mine", "B", "20 t/year", "id=shaft")
      .technology_figure("mine", "variable_cost", "9 USD/t", "region=B");
  world.stock("ore", "C", "opening", "12 t").stock("ore", "C", "floor", "12 t");
  world.stock("ore", "C", "floor", "0 t", "from=2025-07");
  world.programme("use", "metal", "C", "40 t/year", "100 USD/t");
  return world;
}

Shock outage(const World& world, std::string_view region, double depth) {
  Shock shock;
  shock.id = "out";
  shock.kind = ShockKind::outage;
  shock.region.is_given = true;
  for (const RegionId id : ids(world.regions)) {
    if (world.regions[id].id == region) shock.region.members.push_back({id, {}, {}, {}});
  }
  shock.depth = depth;
  shock.from = *parse_date("2025-07");
  return shock;
}

Scenario strikes(double begin_months_after, double duration, double depth) {
  Scenario scenario;
  scenario.hits.push_back(
      {ShockId(0), {}, parse_date("2025-07")->months + begin_months_after, depth, duration, RecoveryShape::step, 0});
  return scenario;
}

StressResult play(const SolvedPlan& plan, const World& world, const Shock& shock,
                  const std::vector<Scenario>& scenarios, StressOptions options = {}) {
  Shocks shocks;
  shocks.push_back(shock);
  return run_stress(world, shocks, plan.plan(), scenarios, options);
}

// The smelter stands still for two quarters: 20 t of metal at 100 USD are lost, 20 t of ore at 1 USD saved.
TEST(Stress, an_outage_of_the_only_maker_loses_what_it_makes) {
  const World world = world_of(quarters_of_metal());
  const SolvedPlan plan = plan_of(world);
  const StressResult result = play(plan, world, outage(world, "C", 1), {strikes(0, 6, 1)});
  ASSERT_TRUE(result.is_complete) << result.problem;
  const Outcome& outcome = result.outcomes.front();
  EXPECT_NEAR(outcome.programmes.front(), 20, 1e-6);
  EXPECT_TRUE(outcome.is_certified);
  EXPECT_NEAR(outcome.peak_share, 1, 1e-9);
  EXPECT_EQ(outcome.weeks_to_first_loss, 0);
  EXPECT_NEAR(outcome.weeks_to_recover, 26, 0.2);
  EXPECT_FALSE(outcome.is_lasting);
  EXPECT_LE(outcome.loss_lower, outcome.loss_upper);
  EXPECT_GT(outcome.loss_lower, 20 * (100 - 10));
  EXPECT_LT(outcome.loss_upper, 20 * 100);
}

// Without the pit the shaft gives 5 t a quarter and 12 t are in stock: 10 + 2·5 hold out for two quarters.
TEST(Stress, stock_and_the_dearer_maker_stand_in_for_a_while) {
  const World world = world_of(quarters_of_metal());
  const SolvedPlan plan = plan_of(world);
  const StressResult result = play(plan, world, outage(world, "A", 1), {strikes(0, 18, 1)});
  ASSERT_TRUE(result.is_complete) << result.problem;
  const Outcome& outcome = result.outcomes.front();
  EXPECT_NEAR(outcome.programmes.front(), 60 - 12 - 30, 1e-6);
  // Which quarters go short is one of several optima.
  EXPECT_GE(outcome.weeks_to_first_loss, 0);
  EXPECT_GT(outcome.weeks_to_recover, outcome.weeks_to_first_loss);
  EXPECT_GT(outcome.countries[0], 0) << "A loses output";
  EXPECT_LT(outcome.countries[1], 0) << "B steps in";
}

TEST(Stress, a_shock_after_the_horizon_or_of_no_depth_costs_nothing) {
  const World world = world_of(quarters_of_metal());
  const SolvedPlan plan = plan_of(world);
  const StressResult result =
      play(plan, world, outage(world, "A", 1), {strikes(24, 6, 1), strikes(0, 6, 0), Scenario{}});
  ASSERT_TRUE(result.is_complete) << result.problem;
  for (const Outcome& outcome : result.outcomes) {
    EXPECT_EQ(outcome.reached, optim::Reached::base_plan);
    EXPECT_NEAR(outcome.loss_upper, 0, 1e-6);
    EXPECT_EQ(outcome.weeks_to_first_loss, -1);
  }
}

TEST(Stress, losses_grow_with_depth_and_duration_and_with_surprise) {
  const World world = world_of(quarters_of_metal());
  const SolvedPlan plan = plan_of(world);
  std::vector<Scenario> scenarios;
  for (const double depth : {0.25, 0.5, 1.0}) {
    for (const double duration : {3.0, 9.0, 18.0}) scenarios.push_back(strikes(0, duration, depth));
  }
  const StressResult surprise = play(plan, world, outage(world, "A", 1), scenarios);
  StressOptions options;
  options.surprises = Surprises::nothing;
  const StressResult foreseen = play(plan, world, outage(world, "A", 1), scenarios, options);
  ASSERT_TRUE(surprise.is_complete && foreseen.is_complete);
  for (std::size_t at = 0; at < scenarios.size(); ++at) {
    const double here = surprise.outcomes[at].loss_upper + 1e-9;
    if (at % 3 > 0) {
      EXPECT_GE(here, surprise.outcomes[at - 1].loss_lower);
    }
    if (at >= 3) {
      EXPECT_GE(here, surprise.outcomes[at - 3].loss_lower);
    }
    EXPECT_LE(foreseen.outcomes[at].loss_lower, surprise.outcomes[at].loss_upper + 1e-9);
  }
  EXPECT_EQ(surprise.certified_share, 1);
  for (const ColdCheck& check : surprise.checks) EXPECT_TRUE(check.agrees);
}

/// Keeps rounds in memory.
class MemoryStore : public RoundStore {
 public:
  std::optional<Round> next() override {
    return given < rounds.size() ? std::optional<Round>(rounds[given++]) : std::nullopt;
  }
  void append(const Round& round) override {
    rounds.push_back(round);
    given = rounds.size();
  }
  std::vector<Round> rounds;
  std::size_t given = 0;
};

TEST(Stress, goes_on_after_an_interruption_and_ends_the_same) {
  const World world = world_of(quarters_of_metal());
  const SolvedPlan plan = plan_of(world);
  std::vector<Scenario> scenarios;
  for (int at = 0; at < 40; ++at) scenarios.push_back(strikes(at % 7, 1 + at % 11, 0.1 + 0.02 * at));
  Shocks shocks;
  shocks.push_back(outage(world, "A", 1));
  StressOptions options;
  options.round_size = 4;
  MemoryStore store;
  const StressResult whole = run_stress(world, shocks, plan.plan(), scenarios, options, &store);
  ASSERT_TRUE(whole.is_complete);
  MemoryStore cut;
  cut.rounds.assign(store.rounds.begin(), store.rounds.begin() + 5);
  options.threads = 1;
  const StressResult resumed = run_stress(world, shocks, plan.plan(), scenarios, options, &cut);
  ASSERT_TRUE(resumed.is_complete);
  EXPECT_GT(resumed.resumed, 0U);
  EXPECT_EQ(whole.mean_forms, resumed.mean_forms);
  for (std::size_t at = 0; at < scenarios.size(); ++at) {
    EXPECT_EQ(whole.outcomes[at].lower, resumed.outcomes[at].lower);
    EXPECT_EQ(whole.outcomes[at].upper, resumed.outcomes[at].upper);
    EXPECT_EQ(whole.outcomes[at].programmes, resumed.outcomes[at].programmes);
    EXPECT_EQ(whole.outcomes[at].reached, resumed.outcomes[at].reached);
  }
}

TEST(Effects, an_embargo_caps_what_the_plan_sends) {
  World world = world_of(quarters_of_metal());
  Shock embargo = outage(world, "A", 1);
  embargo.kind = ShockKind::embargo;
  for (const CommodityId id : ids(world.commodities)) {
    if (world.commodities[id].id == "ore") embargo.commodities.push_back(id);
  }
  Shocks shocks;
  shocks.push_back(embargo);
  world = with_flows_apart(std::move(world), shocks);
  const SolvedPlan plan = plan_of(world);
  const StressResult result = run_stress(world, shocks, plan.plan(), {strikes(0, 18, 1)}, {});
  ASSERT_TRUE(result.is_complete) << result.problem;
  EXPECT_NEAR(result.outcomes.front().programmes.front(), 60 - 12 - 30, 1e-6) << "as if the mine stood still";
}

TEST(Effects, a_surge_asks_for_more_than_the_works_can_make) {
  const World world = world_of(quarters_of_metal());
  const SolvedPlan plan = plan_of(world);
  Shock surge;
  surge.id = "surge";
  surge.kind = ShockKind::demand_surge;
  surge.programme = ProgrammeId(0);
  surge.from = *parse_date("2025-07");
  const StressResult result = play(plan, world, surge, {strikes(0, 6, 0.5)});
  ASSERT_TRUE(result.is_complete) << result.problem;
  EXPECT_NEAR(result.outcomes.front().programmes.front(), 2 * 5, 1e-6);
}

/// Half of the pit is lost from July 2025 for 18 months, `depth` of the shaft `later` months after for 12.
Scenario pit_then_shaft(double later, double depth) {
  Scenario scenario = strikes(0, 18, 0.5);
  scenario.hits.push_back({ShockId(1), {}, parse_date("2025-07")->months + later, depth, 12, RecoveryShape::step, 0});
  return scenario;
}

StressResult play_pit_and_shaft(const SolvedPlan& plan, const World& world, const std::vector<Scenario>& scenarios,
                                StressOptions options, RoundStore* store = nullptr) {
  Shocks shocks;
  shocks.push_back(outage(world, "A", 1));
  shocks.push_back(outage(world, "B", 1));
  return run_stress(world, shocks, plan.plan(), scenarios, options, store);
}

// 12 t lie in stock, the pit still gives 5 t a quarter, the dear shaft could give 5 more, 10 are used. Who does not
// know that the shaft will be lost in 2026 uses up 10 t of the stock first: 2 + 4·5 t are left for 40. Who knows keeps
// all 12.
TEST(Stress, a_second_hit_finds_used_up_what_nobody_knew_would_be_needed) {
  const World world = world_of(quarters_of_metal());
  const SolvedPlan plan = plan_of(world);
  const std::vector<Scenario> scenarios = {pit_then_shaft(6, 1)};
  const Outcome each = play_pit_and_shaft(plan, world, scenarios, {.surprises = Surprises::each}).outcomes.front();
  const Outcome first = play_pit_and_shaft(plan, world, scenarios, {}).outcomes.front();
  EXPECT_TRUE(each.is_certified) << each.message;
  EXPECT_NEAR(each.programmes.front(), 40 - 2 - 4 * 5, 1e-6);
  EXPECT_NEAR(first.programmes.front(), 40 - 12 - 4 * 5, 1e-6);
  EXPECT_GT(each.loss_lower, first.loss_upper + 5 * 90);
  EXPECT_NEAR(each.weeks_to_first_loss, 26, 0.5);
}

TEST(Stress, each_a_surprise_changes_nothing_where_there_is_one_surprise) {
  const World world = world_of(quarters_of_metal());
  const SolvedPlan plan = plan_of(world);
  const std::vector<Scenario> scenarios = {pit_then_shaft(0, 1), pit_then_shaft(30, 1), strikes(3, 6, 0.5), {}};
  const StressResult each = play_pit_and_shaft(plan, world, scenarios, {.surprises = Surprises::each});
  const StressResult first = play_pit_and_shaft(plan, world, scenarios, {});
  for (std::size_t at = 0; at < scenarios.size(); ++at) {
    EXPECT_EQ(each.outcomes[at].lower, first.outcomes[at].lower) << at;
    EXPECT_EQ(each.outcomes[at].upper, first.outcomes[at].upper) << at;
  }
}

TEST(Stress, a_second_hit_that_takes_nothing_costs_nothing) {
  const World world = world_of(quarters_of_metal());
  const SolvedPlan plan = plan_of(world);
  const StressOptions options{.surprises = Surprises::each};
  const StressResult result = play_pit_and_shaft(plan, world, {pit_then_shaft(6, 0), strikes(0, 18, 0.5)}, options);
  ASSERT_TRUE(result.is_complete) << result.problem;
  EXPECT_TRUE(result.is_proved());
  EXPECT_NEAR(result.outcomes[0].upper, result.outcomes[1].upper, 1e-6 * result.outcomes[1].upper);
}

// Nothing is proved to a gap of zero: each stage fails, has a plan all the same, and the next goes on from it.
TEST(Stress, surprises_that_cannot_be_proved_leave_finite_bounds_and_their_problems) {
  const World world = world_of(quarters_of_metal());
  const SolvedPlan plan = plan_of(world);
  const std::vector<Scenario> scenarios = {pit_then_shaft(6, 1), pit_then_shaft(9, 0.7)};
  const StressResult proved = play_pit_and_shaft(plan, world, scenarios, {.surprises = Surprises::each});
  const StressOptions options{.tolerance = 0, .surprises = Surprises::each};
  MemoryStore store;
  const StressResult result = play_pit_and_shaft(plan, world, scenarios, options, &store);
  ASSERT_TRUE(result.is_complete) << result.problem;
  EXPECT_EQ(result.certified_share, 0);
  EXPECT_EQ(result.failed.size(), scenarios.size()) << "of each, the stage that failed first or last";
  for (std::size_t at = 0; at < scenarios.size(); ++at) {
    const Outcome& outcome = result.outcomes[at];
    EXPECT_EQ(outcome.reached, optim::Reached::failed);
    EXPECT_TRUE(outcome.message.starts_with("from 2025")) << outcome.message;
    EXPECT_LE(outcome.lower, proved.outcomes[at].upper);
    EXPECT_GE(outcome.upper, proved.outcomes[at].lower);
    EXPECT_LT(outcome.upper - outcome.lower, 1e-6 * outcome.upper);
  }
  store.given = 0;
  const auto read = [&] {
    Shocks shocks;
    shocks.push_back(outage(world, "A", 1));
    shocks.push_back(outage(world, "B", 1));
    return read_stress(world, shocks, plan.plan(), scenarios, options, store);
  }();
  ASSERT_TRUE(read.has_value());
  ASSERT_EQ(read->failed.size(), result.failed.size());
  for (std::size_t at = 0; at < result.failed.size(); ++at) {
    EXPECT_EQ(read->failed[at].first, result.failed[at].first);
    EXPECT_EQ(read->failed[at].second.row_upper, result.failed[at].second.row_upper);
  }
}

// Twelve scenarios from July, three of one surprise; three each go on a quarter, two and three later.
TEST(Stress, surprises_end_the_same_on_any_number_of_threads_and_after_an_interruption_anywhere) {
  const World world = world_of(quarters_of_metal());
  const SolvedPlan plan = plan_of(world);
  std::vector<Scenario> scenarios;
  for (const double later : {3.0, 6.0, 9.0, 0.0}) {
    for (const double depth : {0.3, 0.7, 1.0}) scenarios.push_back(pit_then_shaft(later, depth));
  }
  StressOptions options{.threads = 1, .surprises = Surprises::each, .round_size = 4};
  MemoryStore whole;
  const StressResult one = play_pit_and_shaft(plan, world, scenarios, options, &whole);
  ASSERT_EQ(whole.rounds.size(), 3 + 3 + 1) << "of the first hits, of the second, and the last";
  options.threads = 2;
  for (std::size_t kept = 0; kept <= whole.rounds.size(); ++kept) {
    MemoryStore store;
    store.rounds.assign(whole.rounds.begin(), whole.rounds.begin() + static_cast<std::ptrdiff_t>(kept));
    const StressResult two = play_pit_and_shaft(plan, world, scenarios, options, &store);
    ASSERT_EQ(store.rounds.size(), whole.rounds.size());
    for (std::size_t at = 0; at < scenarios.size(); ++at) {
      EXPECT_EQ(one.outcomes[at].lower, two.outcomes[at].lower) << at;
      EXPECT_EQ(one.outcomes[at].upper, two.outcomes[at].upper) << at;
      EXPECT_EQ(one.outcomes[at].programmes, two.outcomes[at].programmes) << at;
    }
    for (std::size_t at = 0; at < whole.rounds.size(); ++at) {
      ASSERT_EQ(store.rounds[at].stages.size(), whole.rounds[at].stages.size());
      for (std::size_t stage = 0; stage < whole.rounds[at].stages.size(); ++stage)
        EXPECT_EQ(store.rounds[at].stages[stage].past, whole.rounds[at].stages[stage].past);
    }
    EXPECT_EQ(one.mean_forms, two.mean_forms);
  }
}

TEST(Statistics, quantiles_and_tail_of_a_hundred_losses) {
  std::vector<Outcome> outcomes(100);
  for (std::size_t at = 0; at < outcomes.size(); ++at) {
    outcomes[at].loss_lower = static_cast<double>(at);
    outcomes[at].loss_upper = static_cast<double>(at) + 1;
  }
  const LossDistribution loss = distribution_of(outcomes);
  EXPECT_DOUBLE_EQ(loss.mean.lower, 49.5);
  EXPECT_DOUBLE_EQ(loss.mean.upper, 50.5);
  EXPECT_DOUBLE_EQ(loss.p50.upper, 50);
  EXPECT_DOUBLE_EQ(loss.p95.upper, 95);
  EXPECT_DOUBLE_EQ(loss.p99.lower, 98);
  EXPECT_DOUBLE_EQ(loss.cvar90.upper, 95.5);
  EXPECT_EQ(worst_of(outcomes, 2), (std::vector<std::size_t>{99, 98}));
}

}  // namespace
}  // namespace pinchpoint::stress
