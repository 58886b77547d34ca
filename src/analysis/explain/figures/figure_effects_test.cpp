// SPDX-License-Identifier: Apache-2.0
#include "analysis/explain/figures/figure_effects.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "analysis/explain/figures/model_change.hpp"
#include "analysis/explain/headlines.hpp"
#include "support/solved_plan.hpp"

namespace pinchpoint::explain {
namespace {

using test_support::plan_of;
using test_support::read_world;
using test_support::ReadWorld;
using test_support::SolvedPlan;
using test_support::WorldText;

/// A world with its plan, goals and the effects of all figures.
struct Studied {
  explicit Studied(ReadWorld the_world, int threads = 1) : read(std::move(the_world)), solved(plan_of(read.world)) {
    const ShownValues values(read.world, solved.plan());
    LivePlan live(solved.plan());
    goals = find_goals(read.world, solved.plan(), values);
    EffectOptions options;
    options.threads = threads;
    effects = find_effects(read.folder, solved.plan().problem, goals, live, options);
    figures = all_figures(read.folder);
  }
  [[nodiscard]] std::size_t find(const std::string& table, const std::string& label) const {
    for (std::size_t at = 0; at < figures.size(); ++at) {
      if (figures[at].table == table && figures[at].label.find(label) != std::string::npos) return at;
    }
    throw std::runtime_error("no figure " + table + " " + label);
  }
  ReadWorld read;
  SolvedPlan solved;
  std::vector<Goal> goals;
  std::vector<Figure> figures;
  std::vector<FigureEffect> effects;
};

double objective_with(const Studied& studied, std::size_t figure, double value) {
  ChangedModels models(studied.read.folder, false);
  const FigureChange change{figure, value};
  return plan_of(*models.world_with({&change, 1})).objective();
}

/// Slopes to both sides by planning anew: where they agree, the slope found has to be theirs.
void expect_slope(const Studied& studied, std::size_t at) {
  const double value = studied.figures[at].value;
  const double step = 1e-4 * (value == 0 ? 1 : std::abs(value));
  const double before = studied.solved.objective();
  const double up = (objective_with(studied, at, value + step) - before) / step;
  const double down = (before - objective_with(studied, at, value - step)) / step;
  // Second-order terms make the two differ by about the step; a kink by much more.
  const double size = std::max({std::abs(up), std::abs(down), 1e-9 * before / std::abs(step)});
  const double slope = studied.effects[at].slope;
  EXPECT_GE(slope, std::min(up, down) - 2e-3 * size) << studied.figures[at].table << ' ' << studied.figures[at].label;
  EXPECT_LE(slope, std::max(up, down) + 2e-3 * size) << studied.figures[at].table << ' ' << studied.figures[at].label;
}

ReadWorld mini_chain() { return read_world(PINCHPOINT_SOURCE_DIR "/data/examples/mini-chain"); }

TEST(FigureEffects, slopes_of_the_mini_chain_are_those_of_planning_anew) {
  const Studied studied(mini_chain());
  std::set<std::string> kinds;
  std::size_t moving = 0;
  for (std::size_t at = 0; at < studied.figures.size(); ++at) {
    const FigureEffect& effect = studied.effects[at];
    if (effect.is_step) continue;
    expect_slope(studied, at);
    if (effect.slope == 0) continue;
    ++moving;
    kinds.insert(studied.figures[at].table);
  }
  EXPECT_GT(moving, 25u);
  for (const char* table : {"programme_parameters", "facilities", "technology_parameters", "recipes", "model.toml"})
    EXPECT_TRUE(kinds.contains(table)) << table;
}

/// One figure of every kind that the mini chain leaves without an effect: each binds here.
WorldText pinched_world() {
  WorldText text;
  text.regions("A B").horizon("2025", "2027").money(0.1);
  text.commodity("ore", "t").commodity("metal", "t").commodity("fuel", "t", "storable=yes");
  text.commodity_figure("metal", "price", "50 USD/t").commodity_figure("ore", "transport_cost", "3 USD/t");
  text.technology("mine", "ore", "t/year").technology_figure("mine", "variable_cost", "5 USD/t");
  text.technology_figure("mine", "availability", "0.9 1")
      .technology_figure("mine", "fixed_cost", "2 USD/(t/year)/year");
  text.technology("mill", "metal", "t/year").recipe("mill", "input", "ore", "2 t/t");
  text.recipe("mill", "input", "fuel", "0.1 t/t");
  text.technology_figure("mill", "capex", "40 USD/(t/year)").technology_figure("mill", "lifetime", "10 year");
  text.facility("mine", "A", "100 t/year").facility("mill", "B", "10 t/year").option("mill", "B", "figure=12 t/year");
  text.stock("fuel", "B", "opening", "6 t");
  text.programme("metal", "metal", "B", "60 t/year", "400 USD/t");
  text.measure("levy", "tariff", "ore", "destination=B; figure=4 USD/t");
  text.budget("4000 USD/year");
  return text;
}

TEST(FigureEffects, slopes_of_limits_rules_and_money_are_those_of_planning_anew) {
  const Studied studied(read_world(pinched_world()));
  for (std::size_t at = 0; at < studied.figures.size(); ++at) {
    if (!studied.effects[at].is_step) expect_slope(studied, at);
  }
  // By hand: 6 t of fuel make 60 t of metal in three years, and one t more makes 10 t more, each worth 400 USD.
  EXPECT_LT(studied.effects[studied.find("stocks", "fuel")].slope, 0);
  EXPECT_GT(studied.effects[studied.find("measures", "levy")].slope, 0);
  EXPECT_GT(studied.effects[studied.find("technology_parameters", "mine variable_cost")].slope, 0);
}

TEST(FigureEffects, a_build_time_is_a_step_and_not_a_slope) {
  const Studied studied(mini_chain());
  const FigureEffect& effect = studied.effects[studied.find("technology_parameters", "cluster build_time")];
  EXPECT_TRUE(effect.is_step);
  EXPECT_EQ(effect.slope, 0);
}

/// However figures are put together: a step is what moves nothing by a hair and something at an end of its band.
TEST(FigureEffects, steps_are_what_each_figure_alone_does_at_an_end_of_its_band) {
  const Studied studied(mini_chain());
  const plan::PlanProblem& problem = studied.solved.plan().problem;
  ChangedModels models(studied.read.folder, false);
  const auto moves = [&](std::size_t at, const std::optional<double>& value) {
    if (!value || *value == studied.figures[at].value) return false;
    const FigureChange change{at, *value};
    const auto other = models.problem_with({&change, 1});
    return !other || differs(problem, *other);
  };
  std::size_t steps = 0;
  for (std::size_t at = 0; at < studied.figures.size(); ++at) {
    const FigureEffect& effect = studied.effects[at];
    if (effect.has_effect) continue;
    EXPECT_EQ(effect.is_step, moves(at, studied.figures[at].high) || moves(at, studied.figures[at].low))
        << studied.figures[at].table << ' ' << studied.figures[at].label;
    steps += effect.is_step ? 1 : 0;
  }
  EXPECT_GT(steps, 0U);
}

TEST(FigureEffects, threads_and_groups_do_not_change_the_bytes) {
  const Studied one(mini_chain(), 1), two(mini_chain(), 2);
  ASSERT_EQ(one.effects.size(), two.effects.size());
  for (std::size_t at = 0; at < one.effects.size(); ++at) {
    EXPECT_EQ(one.effects[at].slope, two.effects[at].slope);
    EXPECT_EQ(one.effects[at].goal_slopes, two.effects[at].goal_slopes);
  }
}

TEST(FigureEffects, the_band_is_the_slope_times_its_width) {
  const Studied studied(mini_chain());
  const std::size_t at = studied.find("programme_parameters", "prairie-programme value");
  const Figure& figure = studied.figures[at];
  const FigureEffect& effect = studied.effects[at];
  EXPECT_GT(effect.slope, 0);
  EXPECT_DOUBLE_EQ(effect.down, effect.slope * (*figure.low - figure.value));
  EXPECT_NEAR(effect.swing, effect.slope * (*figure.high - *figure.low), 1e-9 * effect.swing);
}

}  // namespace
}  // namespace pinchpoint::explain
