// SPDX-License-Identifier: Apache-2.0
#include "analysis/explain/explanation.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "support/solved_plan.hpp"

namespace pinchpoint::explain {
namespace {

using test_support::plan_of;
using test_support::read_world;
using test_support::ReadWorld;
using test_support::SolvedPlan;
using test_support::WorldText;

struct Explained {
  explicit Explained(ReadWorld the_world, ExplainOptions options = {})
      : read(std::move(the_world)), solved(plan_of(read.world)) {
    options.threads = 1;
    explanation = explain_plan(read.folder, read.world, solved.plan(), options);
  }
  [[nodiscard]] const Relief& relief(std::string_view family) const {
    for (const Relief& item : explanation.reliefs) {
      if (item.family == family) return item;
    }
    throw std::runtime_error("no relief of " + std::string(family));
  }
  ReadWorld read;
  SolvedPlan solved;
  Explanation explanation;
};

/// A mine of 10 t/year of ore, 2 t of which make one t of metal in an ample mill: 5 of the 8 t/year asked for.
WorldText short_of_ore() {
  WorldText text;
  text.regions("A");
  text.commodity("ore", "t").commodity("metal", "t");
  text.technology("mine", "ore", "t/year").technology("mill", "metal", "t/year");
  text.recipe("mill", "input", "ore", "2 t/t");
  text.facility("mine", "A", "10 t/year").facility("mill", "A", "100 t/year");
  text.programme("metal", "metal", "A", "8 t/year", "400 USD/t");
  return text;
}

TEST(Explain, one_unit_more_of_a_bottleneck_is_worth_what_is_made_of_it) {
  const Explained it(read_world(short_of_ore()));
  ASSERT_TRUE(it.explanation.is_complete);
  ASSERT_EQ(it.explanation.goals.size(), 1u);
  EXPECT_NEAR(it.explanation.goals[0].met, 5, 1e-9);
  EXPECT_NEAR(it.explanation.goals[0].asked, 8, 1e-9);
  const Relief& mine = it.relief("capacity");
  EXPECT_EQ(mine.thing.id, "mine");
  EXPECT_NEAR(mine.amount, 10, 1e-9);
  EXPECT_NEAR(mine.goals[0].at_basis, 0.5, 1e-9);
  ASSERT_TRUE(mine.is_tried);
  EXPECT_NEAR(mine.goals[0].more, 0.5, 1e-9);
  EXPECT_NEAR(mine.goals[0].less, 0.5, 1e-9);
  EXPECT_NEAR(mine.worth_more, 200, 1e-6);
  // 8 t of metal need 16 t of ore, 6 more than there are; all 10 may be taken away.
  EXPECT_NEAR(mine.range.most, 6, 1e-6);
  EXPECT_NEAR(mine.range.least, -10, 1e-6);
}

TEST(Explain, the_chain_ends_at_what_binds) {
  const Explained it(read_world(short_of_ore()));
  const Cause& cause = it.explanation.causes.at(0);
  for (const CauseChain* chain : {&cause.amount, &cause.price}) {
    EXPECT_EQ(chain->thing.id, "mine");
    EXPECT_EQ(chain->family, "available");
    ASSERT_FALSE(chain->links.empty());
    EXPECT_EQ(chain->links.front().family, "activity");
    EXPECT_EQ(chain->links.front().thing.id, "mill");
    EXPECT_NEAR(chain->links.front().parts.front().share, 1, 1e-9);
  }
  EXPECT_NE(cause.verdict.find("gets 5 of 8 t a year"), std::string::npos) << cause.verdict;
}

TEST(Explain, a_programme_that_gets_everything_has_no_chain) {
  WorldText text = short_of_ore();
  text.change("facilities", "technology=mine", "capacity=50");
  const Explained it(read_world(text));
  ASSERT_EQ(it.explanation.causes.size(), 1u);
  EXPECT_TRUE(it.explanation.causes[0].main().links.empty());
  EXPECT_NE(it.explanation.causes[0].verdict.find("gets all"), std::string::npos);
}

/// Growth of 0 and no more room: what may be ordered binds, and each t/year of mine more brings half a t of metal.
TEST(Explain, the_right_to_order_is_worth_what_its_capacity_makes) {
  WorldText text = short_of_ore();
  text.technology_figure("mine", "capex", "10 USD/(t/year)").technology_figure("mine", "lifetime", "10 year");
  text.option("mine", "A", "figure=2 t/year");
  const Explained it(read_world(text));
  const Relief& limit = it.relief("build_limit");
  EXPECT_NEAR(limit.goals[0].more, 0.5, 1e-9);
  EXPECT_EQ(it.explanation.causes.at(0).main().family, "build_limit");
}

/// A mill of 400 USD/(t/year) over 10 years without discount costs 40 USD/t a year; the metal it could make instead of
/// the old mill saves 30 USD/t of variable cost: its capex would have to fall by a quarter, to 300.
TEST(Explain, capex_of_what_is_not_built_breaks_even_where_it_pays) {
  WorldText text;
  text.regions("A").commodity("metal", "t");
  text.technology("old", "metal", "t/year").technology_figure("old", "variable_cost", "30 USD/t");
  text.technology("new", "metal", "t/year").technology_figure("new", "capex", "400 USD/(t/year)");
  text.technology_figure("new", "lifetime", "10 year").technology_figure("new", "build_time", "0 year");
  text.facility("old", "A", "100 t/year").option("new", "A");
  text.programme("metal", "metal", "A", "10 t/year", "1000 USD/t");
  const Explained it(read_world(text));
  ASSERT_EQ(it.explanation.break_evens.size(), 1u);
  const BreakEven& item = it.explanation.break_evens[0];
  EXPECT_NEAR(item.capex, 400, 1e-9);
  EXPECT_NEAR(item.break_even, 300, 1e-3);
  // And so it is: a hair below it is built, a hair above it is not.
  for (const double capex : {299.0, 301.0}) {
    WorldText other = text;
    other.change("technology_parameters", "technology=new; parameter=capex", fmt::format("value={}", capex));
    const SolvedPlan plan = plan_of(other);
    EXPECT_EQ(plan.value("order[new,A,firm,2025]") > 1e-9, capex < 300) << capex;
  }
}

TEST(Explain, whole_blocks_stay_as_chosen) {
  WorldText text = short_of_ore();
  text.technology_figure("mine", "capex", "10 USD/(t/year)").technology_figure("mine", "block", "2 t/year");
  text.option("mine", "A", "figure=4 t/year");
  const Explained it(read_world(text));
  ASSERT_TRUE(it.explanation.is_complete);
  EXPECT_TRUE(it.explanation.has_integers);
  EXPECT_FALSE(it.explanation.effects.empty());
}

TEST(Explain, sentences_name_places_and_firms) {
  const Explained it(read_world(PINCHPOINT_SOURCE_DIR "/data/examples/mini-chain"));
  ASSERT_FALSE(it.explanation.reliefs.empty());
  for (const Relief& relief : it.explanation.reliefs) {
    EXPECT_EQ(relief.sentence.find('['), std::string::npos) << relief.sentence;
    EXPECT_EQ(relief.sentence.find("{}"), std::string::npos) << relief.sentence;
  }
}

/// Mine and mill both stand at what makes 5 t of metal: more of either alone brings nothing, less of either costs. A
/// basis knows one side of that only; planning anew knows both.
TEST(Explain, where_two_limits_bind_together_relief_of_one_brings_nothing) {
  WorldText text = short_of_ore();
  text.change("facilities", "technology=mill", "capacity=5");
  const Explained it(read_world(text));
  ASSERT_FALSE(it.explanation.reliefs.empty());
  for (const Relief& relief : it.explanation.reliefs) {
    ASSERT_TRUE(relief.is_tried);
    EXPECT_NEAR(relief.goals[0].more, 0, 1e-9) << relief.thing.id;
    EXPECT_NEAR(relief.worth_more, 0, 1e-6) << relief.thing.id;
    EXPECT_NEAR(relief.goals[0].less, relief.thing.id == "mine" ? 0.5 : 1, 1e-9) << relief.thing.id;
  }
}

/// A budget of 30 USD/year lets 6 t/year of ore be made at 5 USD/t: one USD more is 0.2 t of ore, 0.1 t of metal.
TEST(Explain, money_is_worth_what_it_buys) {
  WorldText text = short_of_ore();
  text.technology_figure("mine", "variable_cost", "5 USD/t").budget("30 USD/year");
  const Explained it(read_world(text));
  const Relief& money = it.relief("budget");
  ASSERT_TRUE(money.is_tried);
  EXPECT_NEAR(money.goals[0].more, 0.1, 1e-9);
  EXPECT_EQ(it.explanation.causes.at(0).main().family, "budget");
  // 10 t of ore are all there is: 50 USD.
  EXPECT_NEAR(money.range.most, 20, 1e-6);
}

/// What relief brings, by shifting the row, is what the plan of a world with that much more brings.
TEST(Explain, relief_is_what_a_world_with_more_would_do) {
  const Explained it(read_world(short_of_ore()));
  const Relief& mine = it.relief("capacity");
  WorldText text = short_of_ore();
  text.change("facilities", "technology=mine", fmt::format("capacity={}", 10 + mine.step));
  const SolvedPlan more = plan_of(text);
  EXPECT_NEAR(it.solved.objective() - more.objective(), mine.worth_more * mine.step, 1e-6);
}

TEST(Explain, families_without_words_are_spoken_of_in_general) {
  EXPECT_FALSE(has_words("something_new"));
  EXPECT_EQ(binds_text("something_new", "X"), "a limit on X binds");
  EXPECT_EQ(relief_text("something_new", "X", "1 MW"), "1 MW more for X");
}

}  // namespace
}  // namespace pinchpoint::explain
