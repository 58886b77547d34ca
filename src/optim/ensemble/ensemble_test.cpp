// SPDX-License-Identifier: Apache-2.0
#include "optim/ensemble/ensemble.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "optim/ensemble/dual_pool.hpp"
#include "optim/ensemble/patched_solver.hpp"
#include "optim/ensemble/plan_pool.hpp"

namespace pinchpoint::optim {
namespace {

const Key thing{FamilyId(0)};

/// Tiers of makers over periods with stock, and demand at the end that may stay unmet at a price.
struct Chain {
  Model model;
  std::vector<std::int32_t> makers;   ///< columns with a capacity
  std::vector<std::int32_t> demands;  ///< rows
};

Chain make_chain(unsigned seed, int tiers = 4, int width = 4, int periods = 4) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> part(0.2, 1.0);
  ModelBuilder builder;
  Chain chain;
  std::vector<RowId> below(static_cast<std::size_t>(periods));
  for (int tier = 0; tier < tiers; ++tier) {
    std::vector<RowId> balance;
    ColumnId carried;
    for (int period = 0; period < periods; ++period) {
      const RowId row = builder.add_row(thing, 0, infinity);
      if (carried.is_valid()) builder.add_entry(row, carried, 1);
      carried = builder.add_column(thing, 0.01, 0, 20);
      builder.add_entry(row, carried, -1);
      balance.push_back(row);
      for (int maker = 0; maker < width; ++maker) {
        const ColumnId column = builder.add_column(thing, part(random), 0, 3 + 4 * part(random));
        builder.add_entry(row, column, 1);
        if (tier > 0) builder.add_entry(below[static_cast<std::size_t>(period)], column, -part(random));
        chain.makers.push_back(column.index());
      }
    }
    below = balance;
  }
  for (int period = 0; period < periods; ++period) {
    const double asked = 8 + 6 * part(random);
    const RowId demand = builder.add_row(thing, asked, infinity);
    const ColumnId met = builder.add_column(thing, 0, 0, 2 * asked);
    const ColumnId unmet = builder.add_column(thing, 50, 0, 2 * asked);
    builder.add_entry(demand, met, 1);
    builder.add_entry(demand, unmet, 1);
    builder.add_entry(below[static_cast<std::size_t>(period)], met, -1);
    chain.demands.push_back(demand.index());
  }
  auto names = std::make_shared<Names>();
  names->add_family("thing", {});
  chain.model = builder.build("chain", names);
  return chain;
}

std::vector<Patch> make_patches(const Chain& chain, std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> share(0, 1);
  std::vector<Patch> patches(count);
  for (Patch& patch : patches) {
    const double likely = share(random) * 0.2;
    for (const std::int32_t column : chain.makers) {
      if (share(random) < likely)
        patch.columns.push_back({column, 0, chain.model.upper[static_cast<std::size_t>(column)] * share(random)});
    }
    for (const std::int32_t row : chain.demands) {
      if (share(random) < 0.1)
        patch.rows.push_back(
            {row, chain.model.row_lower[static_cast<std::size_t>(row)] * (1 + share(random) / 2), infinity});
    }
  }
  return patches;
}

LinearForms unmet_form(const Chain& chain) {
  LinearForms forms;
  for (std::int32_t column = 0; column < chain.model.column_count(); ++column) {
    if (chain.model.cost[static_cast<std::size_t>(column)] == 50) forms.add_term(column, 1);
  }
  forms.close();
  return forms;
}

double cold_optimum(const Model& model, const Patch& patch) {
  const Solution solution = solve(patched(model, patch));
  EXPECT_EQ(solution.status, Status::optimal);
  return solution.objective;
}

std::vector<ScenarioBounds> solve_round(Ensemble& ensemble, std::size_t first, std::size_t count) {
  std::vector<ScenarioBounds> all;
  ensemble.solve_rounds(first, first + count, count,
                        [&](std::size_t, std::vector<ScenarioBounds> round) { all = std::move(round); });
  return all;
}

TEST(Ensemble, bounds_hold_the_optimum_of_every_scenario_and_meet_the_tolerance) {
  for (const double tolerance : {1e-4, 1e-7}) {
    const Chain chain = make_chain(7);
    const std::vector<Patch> patches = make_patches(chain, 200, 11);
    EnsembleOptions options;
    options.tolerance = tolerance;
    Ensemble ensemble(chain.model, patches, unmet_form(chain), options);
    ASSERT_TRUE(ensemble.is_ready()) << ensemble.base_message();
    int cheap = 0;
    for (std::size_t first = 0; first < patches.size(); first += 50) {
      const std::vector<ScenarioBounds> round = solve_round(ensemble, first, 50);
      for (std::size_t at = 0; at < round.size(); ++at) {
        const double optimum = cold_optimum(chain.model, patches[first + at]);
        const double slack = 1e-8 * std::abs(optimum);
        EXPECT_LE(round[at].lower, optimum + slack);
        EXPECT_GE(round[at].upper, optimum - slack);
        EXPECT_LE(round[at].gap(), tolerance);
        EXPECT_NE(round[at].reached, Reached::failed);
        cheap += round[at].reached == Reached::base_plan || round[at].reached == Reached::bound_pool ? 1 : 0;
      }
    }
    EXPECT_GT(cheap, 5) << "pools settle some scenarios without a solve";
  }
}

TEST(Ensemble, results_depend_neither_on_threads_nor_on_a_replay) {
  const Chain chain = make_chain(3);
  const std::vector<Patch> patches = make_patches(chain, 120, 5);
  EnsembleOptions one;
  one.threads = 1;
  EnsembleOptions three;
  three.threads = 3;
  Ensemble first(chain.model, patches, unmet_form(chain), one);
  Ensemble second(chain.model, patches, unmet_form(chain), three);
  const std::vector<ScenarioBounds> begun = solve_round(first, 0, 60);
  std::vector<std::uint8_t> is_pooled;
  for (const ScenarioBounds& bounds : begun) is_pooled.push_back(bounds.is_pooled ? 1 : 0);
  second.replay_round(0, is_pooled);
  const std::vector<ScenarioBounds> one_by_one = solve_round(first, 60, 60);
  const std::vector<ScenarioBounds> replayed = solve_round(second, 60, 60);
  for (std::size_t at = 0; at < one_by_one.size(); ++at) {
    EXPECT_EQ(one_by_one[at].lower, replayed[at].lower);
    EXPECT_EQ(one_by_one[at].upper, replayed[at].upper);
    EXPECT_EQ(one_by_one[at].reached, replayed[at].reached);
    EXPECT_EQ(one_by_one[at].forms, replayed[at].forms);
  }
}

TEST(Ensemble, a_plan_that_is_asked_for_is_in_full_and_an_optimum) {
  const Chain chain = make_chain(7);
  const std::vector<Patch> patches = make_patches(chain, 200, 11);
  EnsembleOptions options;
  for (std::size_t at = 0; at < patches.size(); ++at) options.is_plan_wanted.push_back(at % 2 == 0 ? 1 : 0);
  Ensemble ensemble(chain.model, patches, unmet_form(chain), options);
  const std::vector<ScenarioBounds> round = solve_round(ensemble, 0, patches.size());
  for (std::size_t at = 0; at < round.size(); ++at) {
    ASSERT_EQ(round[at].plan.empty(), at % 2 == 1);
    if (at % 2 == 1) continue;
    EXPECT_NE(round[at].reached, Reached::bound_pool);
    const Model own = patched(chain.model, patches[at]);
    EXPECT_LE(violation_of(own.matrix, Sides(own), round[at].plan), 1e-9);
    EXPECT_NEAR(cost_of(own, round[at].plan), cold_optimum(chain.model, patches[at]), 1e-7 * round[at].upper);
  }
}

// Each scenario asks the row for another amount, so no point keeps all; and costs alone bound the columns.
TEST(Ensemble, scenarios_that_no_point_keeps_at_once_bound_what_rows_leave_free) {
  ModelBuilder builder;
  const RowId row = builder.add_row(thing, 1, 1);
  builder.add_entry(row, builder.add_column(thing, 2, 0, infinity), 1);
  builder.add_entry(row, builder.add_column(thing, 1, 0, infinity), -1);
  auto names = std::make_shared<Names>();
  names->add_family("thing", {});
  const Model model = builder.build("two", names);
  const std::vector<Patch> patches = {{{}, {{0, 3, 3}}}, {{}, {{0, -4, -4}}}};
  Ensemble ensemble(model, patches, LinearForms(), {});
  ASSERT_TRUE(ensemble.is_ready()) << ensemble.base_message();
  const std::vector<ScenarioBounds> round = solve_round(ensemble, 0, 2);
  EXPECT_NEAR(round[0].upper, 6, 1e-9);
  EXPECT_NEAR(round[0].lower, 6, 1e-3);
  EXPECT_NEAR(round[1].upper, 4, 1e-9);
  EXPECT_NEAR(round[1].lower, 4, 1e-3);
}

TEST(Ensemble, a_scenario_that_changes_nothing_is_the_base_plan) {
  const Chain chain = make_chain(1);
  std::vector<Patch> patches(1);
  const std::int32_t maker = chain.makers.front();
  patches[0].columns.push_back({maker, 0, chain.model.upper[static_cast<std::size_t>(maker)]});
  Ensemble ensemble(chain.model, patches, unmet_form(chain), {});
  const std::vector<ScenarioBounds> round = solve_round(ensemble, 0, 1);
  EXPECT_EQ(round[0].reached, Reached::base_plan);
  EXPECT_EQ(round[0].lower, ensemble.base().lower);
  EXPECT_EQ(round[0].iterations, 0);
}

TEST(Ensemble, a_cold_check_meets_the_warm_bounds) {
  const Chain chain = make_chain(2);
  const std::vector<Patch> patches = make_patches(chain, 20, 9);
  Ensemble ensemble(chain.model, patches, unmet_form(chain), {});
  const std::vector<ScenarioBounds> round = solve_round(ensemble, 0, 20);
  for (std::size_t at = 0; at < round.size(); ++at) {
    const Ensemble::Check check = ensemble.check(at);
    EXPECT_TRUE(check.is_certified);
    EXPECT_LE(check.lower, round[at].upper * (1 + 1e-9));
    EXPECT_GE(check.upper, round[at].lower * (1 - 1e-9));
  }
}

TEST(DualBound, holds_for_any_multipliers_at_all) {
  const Chain chain = make_chain(4);
  const Solution solution = solve(chain.model);
  const ImpliedBounds box{chain.model.lower, chain.model.upper};
  std::mt19937 random(1);
  std::uniform_real_distribution<double> noise(-1, 1);
  for (int trial = 0; trial < 50; ++trial) {
    std::vector<double> dual = solution.row_dual;
    for (double& one : dual) one += trial * 0.01 * noise(random);
    EXPECT_LE(dual_bound(chain.model, dual, box).value, solution.objective);
  }
  EXPECT_NEAR(dual_bound(chain.model, solution.row_dual, box).value, solution.objective,
              1e-9 * std::abs(solution.objective));
}

TEST(PatchedSolver, what_is_solved_again_goes_on_from_where_it_ended) {
  // 10 of a good from makers of 6 each, at rising cost.
  ModelBuilder builder;
  const RowId good = builder.add_row({}, 10, infinity);
  for (int maker = 0; maker < 4; ++maker) builder.add_entry(good, builder.add_column({}, 1.0 + maker, 0, 6), 1);
  const Model model = builder.build("makers", nullptr);
  const Solution base = solve(model, {.method = Method::simplex, .own_methods = false, .threads = 1});
  const auto solver = open_patched_solver(model, base);
  const Patch without_cheapest{{{0, 0, 0}, {1, 0, 0}}, {}};
  EXPECT_GT(solver->solve(without_cheapest).iterations, 0);
  const PatchedEnd again = solver->solve_again(without_cheapest);
  ASSERT_EQ(again.status, Status::optimal);
  EXPECT_EQ(again.iterations, 0);
  EXPECT_EQ(solver->value(), (std::vector<double>{0, 0, 6, 4}));
}

TEST(PlanPool, a_mix_of_two_plans_bounds_a_scenario_between_them) {
  const Chain chain = make_chain(6, 2, 1, 1);
  const std::int32_t maker = chain.makers.back();
  const double whole = chain.model.upper[static_cast<std::size_t>(maker)];
  std::vector<Patch> patches(2);
  patches[0].columns.push_back({maker, 0, 0});
  patches[1].columns.push_back({maker, 0, whole / 4});
  const Touched touched(chain.model, patches);
  PlanPool pool(chain.model, touched, 4);
  const Solution base = solve(chain.model);
  const Solution out = solve(patched(chain.model, patches[0]));
  ASSERT_TRUE(pool.add(pool.prepare(base.value, cost_of(chain.model, base.value))));
  ASSERT_TRUE(pool.add(pool.prepare(out.value, cost_of(chain.model, out.value))));
  const PlanPool::Best best = pool.best(touched.changes(patches[1]), 2);
  EXPECT_EQ(pool.best(touched.changes(patches[1]), 1).value, infinity) << "the first plan alone does not keep it";
  const double optimum = cold_optimum(chain.model, patches[1]);
  EXPECT_LT(best.share, 1) << "a mix is cheaper than the plan without the maker";
  EXPECT_GE(best.value, optimum - 1e-9 * std::abs(optimum));
  EXPECT_LT(best.value, out.objective);
}

}  // namespace
}  // namespace pinchpoint::optim
