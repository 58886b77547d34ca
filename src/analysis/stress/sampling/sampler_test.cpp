// SPDX-License-Identifier: Apache-2.0
#include "analysis/stress/sampling/sampler.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "support/world_text.hpp"

namespace pinchpoint::stress {
namespace {

using test_support::world_of;
using test_support::WorldText;

/// Two fabs in TW and one in JP, 2026 to 2029.
WorldText fabs() {
  WorldText text;
  text.horizon("2026", "2029").regions("TW JP").commodity("wafer", "wafer").technology("fab", "wafer", "wafer/month");
  text.facility("fab", "TW", "10 wafer/month", "id=f1").facility("fab", "TW", "10 wafer/month", "id=f2");
  return text.facility("fab", "JP", "10 wafer/month", "id=f3")
      .programme("phones", "wafer", "JP", "100 wafer/year", "9 USD/wafer");
}

World world_with(const std::vector<std::string>& shocks) {
  WorldText text = fabs();
  for (const std::string& shock : shocks) text.row("shocks", shock);
  return world_of(text);
}

std::string outage(const std::string& id, const std::string& more) {
  return "id=" + id + "; kind=outage; region=TW; from=2026; duration_months=3; figure=1 1; " + more;
}

Sampler sampler_of(const World& world, SamplingMethod method, std::uint64_t count, bool is_conditional = false) {
  return {world, world.shocks, SamplingOptions{count, 42, method, is_conditional}};
}

constexpr auto monte_carlo = SamplingMethod::monte_carlo;
constexpr auto all_methods = {SamplingMethod::monte_carlo, SamplingMethod::sobol, SamplingMethod::latin_hypercube};

/// Share of the scenarios of which something is true.
double share(const std::vector<Scenario>& scenarios, const std::function<bool(const Scenario&)>& is_true) {
  return static_cast<double>(std::count_if(scenarios.begin(), scenarios.end(), is_true)) /
         static_cast<double>(scenarios.size());
}

bool has(const Scenario& scenario, int shock) {
  return std::any_of(scenario.hits.begin(), scenario.hits.end(),
                     [&](const Hit& hit) { return hit.shock == ShockId(shock); });
}

/// Hits as "shock/facility begin depth duration", months from the start of the horizon.
std::string text_of(const Scenario& scenario) {
  std::string text;
  for (const Hit& hit : scenario.hits) {
    text += fmt::format("{}/{} {:.10f} {:.10f} {}\n", hit.shock.index(), hit.facility.index(),
                        hit.begin_months - 2026 * 12, hit.depth, hit.duration_months);
  }
  return text + "-\n";
}

/// Five standard deviations of a share of n independent draws.
double tolerance(double probability, double count) { return 5 * std::sqrt(probability * (1 - probability) / count); }

TEST(Sampler, a_shock_without_probability_is_in_every_scenario_as_stated) {
  const World world = world_with({outage("a", "recovery_months=2")});
  for (const auto method : all_methods) {
    for (const Scenario& scenario : sampler_of(world, method, 10).all()) {
      ASSERT_EQ(scenario.hits.size(), 1U);
      EXPECT_EQ(scenario.hits[0], (Hit{ShockId(0), {}, 2026 * 12, 1, 3, RecoveryShape::linear, 2}));
    }
  }
}

TEST(Sampler, events_happen_as_often_as_their_probability_says) {
  const World world = world_with({outage("a", "probability=0.3")});
  constexpr int count = 10000;
  const auto happens = [](const Scenario& scenario) { return !scenario.hits.empty(); };
  EXPECT_NEAR(share(sampler_of(world, monte_carlo, count).all(), happens), 0.3, tolerance(0.3, count));
  EXPECT_NEAR(share(sampler_of(world, SamplingMethod::sobol, count).all(), happens), 0.3, 10.0 / count);
  EXPECT_NEAR(share(sampler_of(world, SamplingMethod::latin_hypercube, count).all(), happens), 0.3, 1.0 / count);
  EXPECT_DOUBLE_EQ(sampler_of(world, monte_carlo, 1).probability_of_any(), 0.3);
}

// 0.2 a year over four years.
TEST(Sampler, a_yearly_probability_is_of_the_first_time) {
  const World world = world_with({outage("a", "probability=0.2; probability_per=year")});
  const Sampler sampler = sampler_of(world, monte_carlo, 20000);
  EXPECT_NEAR(sampler.probability_of_any(), 1 - std::pow(0.8, 4), 1e-12);
  const auto scenarios = sampler.all();
  for (int year = 1; year <= 4; ++year) {
    const double expected = 1 - std::pow(0.8, year);
    const auto is_until = [&](const Scenario& one) {
      return !one.hits.empty() && one.hits[0].begin_months < (2026 + year) * 12;
    };
    EXPECT_NEAR(share(scenarios, is_until), expected, tolerance(expected, 20000)) << year;
  }
}

TEST(Sampler, a_yearly_probability_counts_from_the_start_of_the_horizon) {
  const World world = world_with({outage("a", "from=2020; probability=0.5; probability_per=year; from_until=2027")});
  EXPECT_NEAR(sampler_of(world, monte_carlo, 1).probability_of_any(), 0.5, 1e-12);
}

TEST(Sampler, starts_are_even_over_their_window) {
  const World world = world_with({outage("a", "from_until=2027; probability=0.5")});
  double sum = 0;
  int hits = 0;
  for (const Scenario& scenario : sampler_of(world, monte_carlo, 20000).all()) {
    for (const Hit& hit : scenario.hits) {
      ASSERT_GE(hit.begin_months, 2026 * 12);
      ASSERT_LT(hit.begin_months, 2027 * 12);
      sum += hit.begin_months - 2026 * 12;
      ++hits;
    }
  }
  EXPECT_NEAR(sum / hits, 6, 5 * std::sqrt(12.0 / hits));
}

TEST(Sampler, part_of_a_window_behind_the_horizon_does_not_count) {
  const World world = world_with({outage("a", "from=2029; from_until=2031; probability=0.5")});
  EXPECT_NEAR(sampler_of(world, monte_carlo, 1).probability_of_any(), 0.25, 1e-12);
}

TEST(Sampler, shocks_that_start_outside_the_dates_asked_for_do_not_happen) {
  const World world = world_with({outage("a", "from=2025-11"), outage("b", "from_until=2028; probability=0.5"),
                                  outage("d", "probability=0.5; probability_per=year")});
  SamplingOptions options{2000, 42, monte_carlo, false, Date{2027 * 12}, Date{2028 * 12}};
  const Sampler sampler(world, world.shocks, options);
  EXPECT_NEAR(sampler.expected_hits(), 0.25 + 0.5, 1e-12);
  for (const Scenario& scenario : sampler.all()) {
    for (const Hit& hit : scenario.hits) {
      ASSERT_NE(hit.shock, ShockId(0));
      ASSERT_GE(hit.begin_months, 2027 * 12);
      ASSERT_LT(hit.begin_months, 2028 * 12);
    }
  }
  EXPECT_NEAR(sampler_of(world, monte_carlo, 1).expected_hits(), 1 + 0.5 + 1 - std::pow(0.5, 4), 1e-12);
}

TEST(Sampler, depth_and_duration_are_triangular_between_their_bands) {
  const World world = world_with({outage("a", "figure=0.4 1; low=0.2; high=0.9; duration_low=1; duration_high=8")});
  constexpr int count = 20000;
  double depth = 0;
  double duration = 0;
  for (const Scenario& scenario : sampler_of(world, monte_carlo, count).all()) {
    ASSERT_GE(scenario.hits[0].depth, 0.2);
    ASSERT_LE(scenario.hits[0].depth, 0.9);
    depth += scenario.hits[0].depth;
    duration += scenario.hits[0].duration_months;
  }
  EXPECT_NEAR(depth / count, (0.2 + 0.4 + 0.9) / 3, 5 * 0.15 / std::sqrt(count));
  EXPECT_NEAR(duration / count, (1 + 3 + 8) / 3.0, 5 * 1.5 / std::sqrt(count));
}

TEST(Sampler, any_one_hits_each_facility_by_itself) {
  const World world = world_with({outage("a", "probability=0.1; any_one=yes")});
  const Sampler sampler = sampler_of(world, monte_carlo, 20000);
  EXPECT_DOUBLE_EQ(sampler.expected_hits(), 0.2);
  EXPECT_NEAR(sampler.probability_of_any(), 1 - 0.9 * 0.9, 1e-12);
  const auto scenarios = sampler.all();
  for (const int facility : {0, 1}) {
    const auto is_hit = [&](const Scenario& scenario) {
      return std::any_of(scenario.hits.begin(), scenario.hits.end(),
                         [&](const Hit& hit) { return hit.facility == FacilityId(facility); });
    };
    EXPECT_NEAR(share(scenarios, is_hit), 0.1, tolerance(0.1, 20000));
  }
  EXPECT_NEAR(share(scenarios, [](const Scenario& one) { return one.hits.size() == 2; }), 0.01, tolerance(0.01, 20000));
}

TEST(Sampler, a_scenario_does_not_depend_on_how_many_there_are) {
  const World world = world_with({outage("a", "probability=0.5; from_until=2028"), outage("b", "low=0.1")});
  for (const auto method : {SamplingMethod::monte_carlo, SamplingMethod::sobol}) {
    const Sampler few = sampler_of(world, method, 10);
    const Sampler many = sampler_of(world, method, 1000);
    for (std::uint64_t index = 0; index < 10; ++index) EXPECT_EQ(few.scenario(index).hits, many.scenario(index).hits);
  }
}

TEST(Sampler, draws_of_a_shock_do_not_depend_on_other_shocks) {
  const World alone = world_with({outage("a", "probability=0.5; from_until=2028")});
  const World second = world_with({outage("b", "probability=0.5"), outage("a", "probability=0.5; from_until=2028")});
  for (std::uint64_t index = 0; index < 50; ++index) {
    const Scenario one = sampler_of(alone, monte_carlo, 50).scenario(index);
    const Scenario two = sampler_of(second, monte_carlo, 50).scenario(index);
    ASSERT_EQ(one.hits.size() == 1, has(two, 1));
    if (one.hits.empty()) continue;
    EXPECT_EQ(one.hits[0].begin_months, two.hits.back().begin_months);
  }
}

TEST(Sampler, another_seed_gives_another_sample) {
  const World world = world_with({outage("a", "low=0.1")});
  const SamplingOptions options{1, 43, monte_carlo, false};
  EXPECT_NE(Sampler(world, world.shocks, options).scenario(0).hits, sampler_of(world, monte_carlo, 1).scenario(0).hits);
}

// Both halves of two normal numbers of correlation r lie low with probability 1/4 + asin(r)/2pi: a third for r = 1/2.
TEST(Sampler, shocks_of_a_cluster_are_correlated_by_a_gaussian_copula) {
  const std::string more = "probability=0.5; cluster=c; correlation=0.5";
  const World world = world_with({outage("a", more), outage("b", more)});
  const Sampler sampler = sampler_of(world, monte_carlo, 20000);
  const auto scenarios = sampler.all();
  EXPECT_NEAR(share(scenarios, [](const Scenario& one) { return has(one, 0); }), 0.5, tolerance(0.5, 20000));
  EXPECT_NEAR(share(scenarios, [](const Scenario& one) { return has(one, 1); }), 0.5, tolerance(0.5, 20000));
  EXPECT_NEAR(share(scenarios, [](const Scenario& one) { return one.hits.size() == 2; }), 1.0 / 3,
              tolerance(1.0 / 3, 20000));
  EXPECT_NEAR(sampler.probability_of_any(), 2.0 / 3, 1e-6);
}

TEST(Sampler, shocks_of_correlation_one_happen_together_and_at_the_same_time) {
  const std::string more = "probability=0.2; probability_per=year; cluster=c; correlation=1";
  const World world = world_with({outage("a", more), outage("b", more)});
  const Sampler sampler = sampler_of(world, monte_carlo, 2000);
  EXPECT_NEAR(sampler.probability_of_any(), 1 - std::pow(0.8, 4), 1.0 / 16384);
  int pairs = 0;
  for (const Scenario& scenario : sampler.all()) {
    ASSERT_NE(scenario.hits.size(), 1U);
    if (scenario.hits.empty()) continue;
    EXPECT_EQ(scenario.hits[0].begin_months, scenario.hits[1].begin_months);
    ++pairs;
  }
  EXPECT_GT(pairs, 1000);
}

TEST(Sampler, the_condition_gives_only_scenarios_in_which_something_happens) {
  const World world = world_with({outage("a", "probability=0.001"), outage("b", "probability=0.003")});
  for (const auto method : all_methods) {
    const Sampler sampler = sampler_of(world, method, 20000, true);
    const auto scenarios = sampler.all();
    EXPECT_EQ(share(scenarios, [](const Scenario& one) { return one.hits.empty(); }), 0);
    const double any = sampler.probability_of_any();
    EXPECT_NEAR(any, 1 - 0.999 * 0.997, 1e-15);
    // Probability of each, given that one of the two happens.
    EXPECT_NEAR(share(scenarios, [](const Scenario& one) { return has(one, 0); }), 0.001 / any, tolerance(0.25, 20000));
    EXPECT_NEAR(share(scenarios, [](const Scenario& one) { return has(one, 1); }), 0.003 / any, tolerance(0.25, 20000));
  }
}

TEST(Sampler, the_condition_keeps_the_copula_of_a_cluster) {
  const std::string more = "probability=0.5; cluster=c; correlation=0.5";
  const World world = world_with({outage("a", more), outage("b", more), outage("d", "probability=0.1")});
  const Sampler sampler = sampler_of(world, monte_carlo, 20000, true);
  const auto scenarios = sampler.all();
  const double any = 1 - (1.0 / 3) * 0.9;
  EXPECT_NEAR(sampler.probability_of_any(), any, 1e-6);
  EXPECT_EQ(share(scenarios, [](const Scenario& one) { return one.hits.empty(); }), 0);
  EXPECT_NEAR(share(scenarios, [](const Scenario& one) { return has(one, 0); }), 0.5 / any, tolerance(0.5, 20000));
  EXPECT_NEAR(share(scenarios, [](const Scenario& one) { return has(one, 1); }), 0.5 / any, tolerance(0.5, 20000));
  EXPECT_NEAR(share(scenarios, [](const Scenario& one) { return has(one, 2); }), 0.1 / any, tolerance(0.2, 20000));
  EXPECT_NEAR(share(scenarios, [](const Scenario& one) { return has(one, 0) && has(one, 1); }), 1.0 / 3 / any,
              tolerance(0.5, 20000));
}

TEST(Sampler, more_facilities_than_sobol_dimensions_are_padded_and_said_so) {
  WorldText text = fabs();
  for (int fab = 0; fab < 300; ++fab) text.facility("fab", "TW", "1 wafer/month", "id=more" + std::to_string(fab));
  text.row("shocks", outage("a", "probability=0.01; any_one=yes"));
  const World world = world_of(text.row("shocks", outage("b", "probability=0.5")));
  const Sampler sampler = sampler_of(world, SamplingMethod::sobol, 1000);
  EXPECT_EQ(sampler.dimensions(), 303U);
  EXPECT_EQ(sampler.padded_dimensions(), 303U - 256);
  EXPECT_EQ(sampler_of(world, monte_carlo, 10).padded_dimensions(), 0U);
  double hits = 0;
  for (const Scenario& scenario : sampler.all()) hits += static_cast<double>(scenario.hits.size());
  EXPECT_NEAR(hits / 1000, sampler.expected_hits(), 5 * std::sqrt(3.5 / 1000));
}

TEST(Sampler, makes_the_same_bytes_as_ever) {
  const World world = world_with({outage("a", "probability=0.3; from_until=2029; figure=0.5 1; low=0.2; high=0.9"),
                                  outage("b", "probability=0.4; probability_per=year; cluster=c; correlation=0.3"),
                                  outage("d", "probability=0.2; any_one=yes; cluster=c; correlation=0.6")});
  std::string text;
  for (const auto method : all_methods) text += text_of(sampler_of(world, method, 8).scenario(5));
  EXPECT_EQ(text,
            "1/-1 1.1376953125 1.0000000000 3\n2/0 0.0000000000 1.0000000000 3\n-\n"
            "0/-1 35.9023437500 0.4651451111 3\n1/-1 12.7744140625 1.0000000000 3\n-\n"
            "1/-1 12.3320312500 1.0000000000 3\n-\n");
}

TEST(Enumerate, makes_a_scenario_of_each_shock_and_each_facility_of_a_family) {
  const World world =
      world_with({outage("a", "low=0.5; probability=0.1"), outage("b", "probability=0.1; any_one=yes")});
  const auto scenarios = enumerate(world, world.shocks);
  ASSERT_EQ(scenarios.size(), 3U);
  EXPECT_EQ(scenarios[0].hits, std::vector{(Hit{ShockId(0), {}, 2026 * 12, 1, 3, RecoveryShape::step, 0})});
  EXPECT_EQ(scenarios[1].hits[0].facility, FacilityId(0));
  EXPECT_EQ(scenarios[2].hits[0].facility, FacilityId(1));
  EXPECT_EQ(scenarios[2].index, 2U);
}

TEST(Combine, takes_all_shocks_at_once) {
  const World world = world_with({outage("a", "probability=0.1"), outage("b", "from=2027")});
  const Scenario scenario = combine(world.shocks);
  ASSERT_EQ(scenario.hits.size(), 2U);
  EXPECT_EQ(scenario.hits[1].begin_months, 2027 * 12);
}

}  // namespace
}  // namespace pinchpoint::stress
