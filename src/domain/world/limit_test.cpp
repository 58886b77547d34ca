// SPDX-License-Identifier: Apache-2.0
#include "domain/world/limit.hpp"

#include <gtest/gtest.h>

#include "support/world_text.hpp"

namespace pinchpoint {
namespace {

using test_support::codes_of;
using test_support::complaints_of;
using test_support::world_of;
using test_support::WorldText;

constexpr Date year(int number) { return Date{number * 12}; }

Limit with_values(std::vector<LimitValue> values) {
  Limit limit;
  limit.values = std::move(values);
  return limit;
}

const Timeline years_2025_to_2028(year(2025), Step::year, 4);

TEST(LimitValue, holds_from_its_date_until_the_next_one) {
  const Limit limit = with_values({{{}, year(2026), {}, 5}, {{}, year(2028), {}, 3}});
  EXPECT_EQ(limit.value_in(years_2025_to_2028, PeriodId(0)), std::nullopt);
  EXPECT_EQ(limit.value_in(years_2025_to_2028, PeriodId(1)), 5);
  EXPECT_EQ(limit.value_in(years_2025_to_2028, PeriodId(2)), 5);
  EXPECT_EQ(limit.value_in(years_2025_to_2028, PeriodId(3)), 3);
}

TEST(LimitValue, ends_at_its_last_date) {
  const Limit limit = with_values({{{}, {}, year(2026), 5}});
  EXPECT_EQ(limit.value_in(years_2025_to_2028, PeriodId(0)), 5);
  EXPECT_EQ(limit.value_in(years_2025_to_2028, PeriodId(1)), std::nullopt);
}

// Four months at the slice's own 3, then eight at the 6 of all slices; a constant stays what it is, to the last bit.
TEST(LimitValue, of_a_slice_goes_before_that_of_all) {
  const Limit limit = with_values({{{}, {}, {}, 6}, {SliceId(1), {}, Date{2025 * 12 + 4}, 3}});
  EXPECT_EQ(limit.value_in(years_2025_to_2028, PeriodId(0), SliceId(1)), 5);
  EXPECT_EQ(limit.value_in(years_2025_to_2028, PeriodId(0), SliceId(0)), 6);
  EXPECT_EQ(with_values({{{}, {}, {}, 0.1}}).value_in(years_2025_to_2028, PeriodId(0)), 0.1);
}

// Eight months at 6 and four at 3; then half a year of 3, which is not more than half.
TEST(LimitValue, is_the_average_of_a_period_that_it_mostly_covers) {
  const Limit limit = with_values({{{}, {}, {}, 6}, {{}, Date{2025 * 12 + 8}, Date{2026 * 12 + 6}, 3}});
  EXPECT_DOUBLE_EQ(limit.value_in(years_2025_to_2028, PeriodId(0)).value_or(0), 5);
  EXPECT_EQ(limit.value_in(years_2025_to_2028, PeriodId(1)), std::nullopt);
}

TEST(LimitValue, of_a_slice_takes_the_place_of_the_general_one) {
  const Limit limit = with_values({{{}, {}, {}, 6}, {SliceId(1), year(2026), {}, 4}});
  EXPECT_EQ(limit.value_in(years_2025_to_2028, PeriodId(0), SliceId(1)), 6);
  EXPECT_EQ(limit.value_in(years_2025_to_2028, PeriodId(1), SliceId(1)), 4);
  EXPECT_EQ(limit.value_in(years_2025_to_2028, PeriodId(1), SliceId(0)), 6);
}

/// Coal power and its emissions in A.
WorldText coal() {
  WorldText world;
  world.regions("A B").commodity("power", "MWh", "trade=local").commodity("co2", "t", "disposal=counted");
  world.technology("coal", "power", "MW").recipe("coal", "output", "co2", "0.9 t/MWh").facility("coal", "A", "5 MW");
  world.programme("use", "power", "A", "4 MW", "100 USD/MWh");
  return world.row("limits", "id=cap; sense=at_most");
}

TEST(LoadLimits, figures_are_in_the_unit_of_the_first_value) {
  WorldText text = coal().row("limit_values", "limit=cap; figure=5 Mt/year");
  text.row("limit_values", "limit=cap; from=2026; figure=4000 kt/year");
  text.row("limit_terms", "limit=cap; what=made; commodity=co2; figure=1 1");
  text.row("limit_terms", "limit=cap; what=capacity; technology=coal; figure=2 t/MWh");
  const Limit limit = *world_of(text).limits.begin();
  EXPECT_EQ(limit.unit.text(), "Mt/year");
  EXPECT_NEAR(limit.values[1].value, 4, 1e-12);
  ASSERT_EQ(limit.terms.size(), 2U);
  EXPECT_NEAR(limit.terms[0].amount_at({}, year(2025)), 1e-6, 1e-18) << "of a Mt/year, per t/year";
  EXPECT_NEAR(limit.terms[1].amount_at({}, year(2025)), 2e-6, 1e-18) << "of a Mt/year, per MWh/year";
}

TEST(LoadLimits, over_the_horizon_amounts_are_measured) {
  WorldText text = coal().change("limits", "id=cap", "per=horizon").row("limit_values", "limit=cap; figure=5 t");
  EXPECT_TRUE(
      codes_of(complaints_of(WorldText(text).row("limit_terms", "limit=cap; what=made; commodity=co2; figure=1 1")))
          .empty());
  text.row("limit_terms", "limit=cap; what=made; commodity=co2; figure=1 1/year");
  EXPECT_EQ(codes_of(complaints_of(text)), std::vector<std::string>{"UNI-003"});
}

TEST(LoadLimits, rows_of_one_term_are_its_dates_and_slices) {
  WorldText text = coal().change("limits", "id=cap", "per=slice").row("limit_values", "limit=cap; figure=5 MW");
  text.row("slices", "id=day; figure=0.5 1").row("slices", "id=night; figure=0.5 1");
  text.row("limit_terms", "limit=cap; what=activity; technology=coal; figure=1 1");
  text.row("limit_terms", "limit=cap; what=activity; technology=coal; from=2026; figure=2 1");
  text.row("limit_terms", "limit=cap; what=activity; technology=coal; slice=night; figure=3 1");
  const World world = world_of(text);
  const Limit& limit = *world.limits.begin();
  ASSERT_EQ(limit.terms.size(), 1U);
  const double one = limit.terms[0].amount_at(SliceId(0), year(2025));
  EXPECT_NEAR(limit.terms[0].amount_at(SliceId(0), year(2026)) / one, 2, 1e-12);
  EXPECT_NEAR(limit.terms[0].amount_at(SliceId(1), year(2026)) / one, 3, 1e-12);
}

TEST(LoadLimits, technologies_of_different_dimensions_do_not_add_up) {
  WorldText text = coal().commodity("ore", "t").technology("mine", "ore", "t/year").facility("mine", "A", "5 t/year");
  text.row("limit_values", "limit=cap; figure=5 MW").row("limit_terms", "limit=cap; what=capacity; figure=1 1");
  EXPECT_EQ(codes_of(complaints_of(text)), std::vector<std::string>{"UNI-003"});
  text.change("facilities", "technology=mine", "region=B").change("limit_terms", "limit=cap", "region=A");
  EXPECT_TRUE(codes_of(complaints_of(text)).empty()) << "only what stands in the region is added up";
}

TEST(LoadLimits, made_without_a_commodity_is_the_primary_output) {
  WorldText text = coal().row("limit_values", "limit=cap; figure=5 MW");
  text.row("limit_terms", "limit=cap; what=made; technology=coal; figure=1 1");
  const World world = world_of(text);
  EXPECT_EQ(world.commodities[world.limits.begin()->terms[0].commodity].id, "power");
}

}  // namespace
}  // namespace pinchpoint
