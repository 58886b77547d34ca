// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "support/world_text.hpp"

namespace pinchpoint {
namespace {

using test_support::codes_of;
using test_support::complaints_of;
using test_support::world_of;
using test_support::WorldText;

/// A programme over 2025 to 2027 whose demand is given by rows "value; from; path".
WorldText wanting(std::initializer_list<std::string_view> demand) {
  WorldText world;
  world.horizon("2025", "2027").regions("A").commodity("ore", "t");
  world.row("programmes", "id=use; commodity=ore; region=A; payer=firm");
  world.programme_figure("use", "value", "9 USD/t");
  for (const std::string_view cells : demand) {
    world.row("programme_parameters", std::string("programme=use; parameter=demand; ").append(cells));
  }
  return world;
}

std::vector<double> asked(const WorldText& text) {
  const World world = world_of(text);
  std::vector<double> amounts;
  for (const PeriodId period : world.timeline.periods()) {
    amounts.push_back(world.programmes[ProgrammeId(0)].asked(world.timeline, period));
  }
  return amounts;
}

void expect_near(const std::vector<double>& found, const std::vector<double>& wanted) {
  ASSERT_EQ(found.size(), wanted.size());
  for (std::size_t at = 0; at < found.size(); ++at) EXPECT_NEAR(found[at], wanted[at], 1e-9) << at;
}

TEST(Programme, steps_hold_until_the_next_date) {
  expect_near(asked(wanting({"figure=4 t/year", "figure=10 t/year; from=2026-07"})), {4, 7, 10});
}

TEST(Programme, nothing_is_asked_before_the_first_date) {
  expect_near(asked(wanting({"figure=12 t/year; from=2026-04"})), {0, 9, 12});
}

TEST(Programme, a_linear_path_runs_to_the_next_date) {
  expect_near(asked(wanting({"figure=0 t/year; from=2025; path=linear", "figure=8 t/year; from=2027"})), {2, 6, 8});
}

TEST(Programme, a_linear_path_without_date_runs_from_the_start_of_the_horizon) {
  expect_near(asked(wanting({"figure=0 t/year; path=linear", "figure=8 t/year; from=2027"})), {2, 6, 8});
}

TEST(Programme, a_linear_path_that_began_earlier_is_met_on_its_way) {
  expect_near(asked(wanting({"figure=0 t/year; from=2024; path=linear", "figure=8 t/year; from=2028"})), {3, 5, 7});
}

TEST(Programme, rows_may_stand_in_any_order) {
  expect_near(asked(wanting({"figure=10 t/year; from=2026-07", "figure=4 t/year"})), {4, 7, 10});
}

TEST(Programme, needs_a_demand) {
  EXPECT_EQ(codes_of(complaints_of(wanting({}))), std::vector<std::string>{"WLD-003"});
}

}  // namespace
}  // namespace pinchpoint
