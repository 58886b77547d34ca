// SPDX-License-Identifier: Apache-2.0
#include "optim/resident/resident_simplex.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <map>
#include <random>

#include "facility_network.hpp"
#include "optim/model/mps_reader.hpp"
#include "optim/solve/scaling.hpp"
#include "optim/solve/solver.hpp"
#include "random_model.hpp"
#include "support/cases_folder.hpp"

namespace pinchpoint::optim {
namespace {

using Outcome = ResidentSimplex::Outcome;

double outside(double value, double lower, double upper) { return std::max({lower - value, value - upper, 0.0}); }

/// Other bounds of a few columns and rows; about `value` and `activity` of a solution, so that many stay feasible.
Patch random_patch(const Model& model, const Solution& base, Draw& draw) {
  std::map<std::int32_t, BoundChange> columns, rows;
  for (int count = draw.below(4); count > 0; --count) {
    const int column = draw.below(model.column_count());
    columns[column] = random_bounds(column, base.value[column] + draw.between(-2, 2), draw);
  }
  for (int count = draw.below(4); count > 0; --count) {
    const int row = draw.below(model.row_count());
    rows[row] = random_bounds(row, base.activity[row] + draw.between(-2, 2), draw);
  }
  Patch patch;
  for (const auto& [at, change] : columns) patch.columns.push_back(change);
  for (const auto& [at, change] : rows) patch.rows.push_back(change);
  return patch;
}

/// Feasible to 1e-8 of the terms' size, multipliers of the right signs, dual objective equal to the primal one.
void expect_proved(const Model& model, const std::vector<double>& values, const std::vector<double>& duals,
                   double objective) {
  std::vector<double> activity(duals.size(), 0.0), size(duals.size(), 1.0);
  double cost = model.offset;
  double dual_objective = model.offset;
  double terms = 1;
  const auto add_multiplier = [&](double multiplier, double lower, double upper) {
    if (std::abs(multiplier) < 1e-8 && !std::isfinite(multiplier > 0 ? lower : upper)) return;
    const double bound = multiplier > 0 ? lower : upper;
    if (multiplier != 0) dual_objective += multiplier * bound;
    if (multiplier != 0) terms += std::abs(multiplier * bound);
  };
  for (std::int32_t column = 0; column < model.column_count(); ++column) {
    double reduced_cost = model.cost[column];
    for (auto at = model.matrix.start[column]; at < model.matrix.start[column + 1]; ++at) {
      const double term = model.matrix.value[at] * values[column];
      activity[model.matrix.row[at]] += term;
      size[model.matrix.row[at]] += std::abs(term);
      reduced_cost -= model.matrix.value[at] * duals[model.matrix.row[at]];
    }
    cost += model.cost[column] * values[column];
    EXPECT_LE(outside(values[column], model.lower[column], model.upper[column]), 1.001e-9);
    add_multiplier(reduced_cost, model.lower[column], model.upper[column]);
  }
  for (std::int32_t row = 0; row < model.row_count(); ++row) {
    EXPECT_LE(outside(activity[row], model.row_lower[row], model.row_upper[row]), 2e-9 * size[row]);
    add_multiplier(duals[row], model.row_lower[row], model.row_upper[row]);
  }
  EXPECT_NEAR(cost, objective, 1e-11 * terms);
  EXPECT_NEAR(dual_objective, objective, 1e-9 * terms);
}

/// Asks HiGHS, cold, for the same: returns false where there is no optimum. `from`: an end to start from, or none.
bool expect_as_cold(const Model& model, const Patch& patch, ResidentSimplex& resident,
                    const ResidentSimplex::End& from = nullptr) {
  const Outcome without_norms = resident.solve(patch, {.is_only_solve = true});
  const double cost_without_norms = resident.objective();
  const Outcome outcome = from ? resident.solve_from(from, patch) : resident.solve(patch);
  EXPECT_EQ(without_norms, outcome);
  const Model copy = patched(model, patch);
  const Solution cold = solve(copy, {.method = Method::simplex, .own_methods = false, .threads = 1});
  if (cold.status != Status::optimal) {
    EXPECT_TRUE(outcome == Outcome::infeasible || outcome == Outcome::unbounded)
        << to_string(cold.status) << " " << static_cast<int>(outcome);
    EXPECT_TRUE(cold.status != Status::infeasible || outcome == Outcome::infeasible);
    return false;
  }
  EXPECT_EQ(outcome, Outcome::optimal);
  if (outcome != Outcome::optimal) return false;
  for (const double cost : {resident.objective(), cost_without_norms})
    EXPECT_NEAR(cost, cold.objective, 1e-9 * std::max(1.0, std::abs(cold.objective)));
  expect_proved(copy, resident.values(), resident.row_duals(), resident.objective());
  return true;
}

void expect_random_patches_as_cold(bool is_degenerate) {
  int optimal = 0;
  int without = 0;
  for (unsigned seed = 0; seed < 80; ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed + (is_degenerate ? 1000 : 0));
    const Model model = random_model(draw, is_degenerate);
    const Solution base = solve(model, {.method = Method::simplex, .own_methods = false, .threads = 1});
    ASSERT_EQ(base.status, Status::optimal);
    ResidentSimplex resident(model, base.basis());
    ResidentSimplex other(model, base.basis());
    std::vector<ResidentSimplex::End> ends{nullptr};
    for (int number = 0; number < 25; ++number) {
      SCOPED_TRACE(number);
      const Patch patch = random_patch(model, base, draw);
      const bool has_optimum = expect_as_cold(model, patch, resident);
      (has_optimum ? optimal : without) += 1;
      if (has_optimum) ends.push_back(resident.end());
      const auto& from = ends[draw.below(static_cast<int>(ends.size()))];
      EXPECT_EQ(expect_as_cold(model, patch, other, from), has_optimum);
      if (has_optimum && draw.below(2) == 0) ends.push_back(other.end());
      if (testing::Test::HasFailure()) return;
    }
  }
  EXPECT_GT(optimal, 600);
  EXPECT_GT(without, 200);
}

TEST(ResidentSimplex, random_patches_of_random_models_have_the_optimum_of_a_cold_solve) {
  expect_random_patches_as_cold(false);
}

TEST(ResidentSimplex, random_patches_of_models_of_few_numbers_have_the_optimum_of_a_cold_solve) {
  expect_random_patches_as_cold(true);
}

constexpr FacilityNetworkSize small_network{.tiers = 4, .products = 8, .regions = 3, .facilities = 40, .periods = 8};

struct SolvedNetwork {
  FacilityNetwork network;
  Solution base;
};

SolvedNetwork solved_network(FacilityNetworkSize size, std::uint64_t seed) {
  size.seed = seed;
  SolvedNetwork solved{make_facility_network(size), {}};
  const ScaledModel scaled = scale(solved.network.model);
  for (auto& columns : solved.network.capacity) EXPECT_FALSE(columns.empty());
  solved.network.model = scaled.model;
  solved.base = solve(scaled.model, {.method = Method::simplex, .own_methods = false, .threads = 1});
  EXPECT_EQ(solved.base.status, Status::optimal);
  return solved;
}

/// Demands move as well as capacities.
Patch with_other_demands(const Model& model, Patch patch, Draw& draw) {
  for (std::int32_t row = 0; row < model.row_count(); ++row) {
    if (model.row_lower[row] > 0 && draw.below(8) == 0)
      patch.rows.push_back({row, model.row_lower[row] * draw.between(0.5, 1.5), model.row_upper[row]});
  }
  return patch;
}

TEST(ResidentSimplex, shocks_of_process_networks_have_the_optimum_of_a_cold_solve) {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    SCOPED_TRACE(seed);
    const SolvedNetwork solved = solved_network(small_network, seed);
    ResidentSimplex resident(solved.network.model, solved.base.basis());
    Draw draw(static_cast<unsigned>(seed));
    for (const Patch& shock : make_shocks(solved.network, 40, 6, seed)) {
      EXPECT_TRUE(expect_as_cold(solved.network.model, shock, resident));
      EXPECT_TRUE(
          expect_as_cold(solved.network.model, with_other_demands(solved.network.model, shock, draw), resident));
      if (HasFailure()) return;
    }
  }
}

TEST(ResidentSimplex, answers_do_not_depend_on_what_was_solved_before) {
  const SolvedNetwork solved = solved_network(small_network, 3);
  const std::vector<Patch> shocks = make_shocks(solved.network, 60, 12, 7);
  ResidentSimplex forth(solved.network.model, solved.base.basis());
  std::vector<std::vector<double>> values, duals;
  std::vector<double> objectives;
  int pivots = 0;
  for (const Patch& shock : shocks) {
    ASSERT_EQ(forth.solve(shock), Outcome::optimal);
    values.push_back(forth.values());
    duals.push_back(forth.row_duals());
    objectives.push_back(forth.objective());
    pivots += forth.iterations();
  }
  EXPECT_GT(pivots, 100);
  ResidentSimplex back(solved.network.model, solved.base.basis());
  for (std::size_t at = shocks.size(); at-- > 0;) {
    ASSERT_EQ(back.solve(shocks[at]), Outcome::optimal);
    EXPECT_EQ(back.values(), values[at]);
    EXPECT_EQ(back.row_duals(), duals[at]);
    EXPECT_EQ(back.objective(), objectives[at]);
  }
}

TEST(ResidentSimplex, lists_exactly_what_differs_from_the_start) {
  const SolvedNetwork solved = solved_network(small_network, 2);
  ResidentSimplex resident(solved.network.model, solved.base.basis());
  ASSERT_EQ(resident.solve({}), Outcome::optimal);
  EXPECT_EQ(resident.iterations(), 0);
  const std::vector<double> start_values = resident.values(), start_duals = resident.row_duals();
  std::size_t changes = 0;
  for (const Patch& shock : make_shocks(solved.network, 30, 4, 5)) {
    ASSERT_EQ(resident.solve(shock), Outcome::optimal);
    std::vector<double> values = start_values, duals = start_duals;
    for (const auto column : resident.changed_columns()) values[column] = resident.values()[column];
    for (const auto row : resident.changed_rows()) duals[row] = resident.row_duals()[row];
    EXPECT_EQ(values, resident.values());
    EXPECT_EQ(duals, resident.row_duals());
    changes += resident.changed_columns().size();
  }
  EXPECT_GT(changes, 30U);
}

/// What is the same to the last bit from the same start.
struct Answer {
  int pivots = 0;
  double objective = 0;
  friend bool operator==(const Answer&, const Answer&) = default;
};

Answer answer_of(ResidentSimplex& resident, const Patch& patch) {
  EXPECT_EQ(resident.solve(patch), Outcome::optimal);
  return {resident.iterations(), resident.objective()};
}

TEST(ResidentSimplex, other_start_bases_lead_to_the_same_optimum) {
  const SolvedNetwork solved = solved_network(small_network, 4);
  ResidentSimplex resident(solved.network.model, solved.base.basis());
  const std::vector<Patch> shocks = make_shocks(solved.network, 30, 8, 9);
  const Answer from_base = answer_of(resident, shocks[0]);
  ASSERT_GT(from_base.pivots, 0);
  const int number = resident.add_start(resident.basis());
  EXPECT_EQ(number, 1);
  EXPECT_EQ(resident.start_count(), 2);
  resident.start_from(number);
  ASSERT_EQ(resident.solve(shocks[0]), Outcome::optimal);
  EXPECT_EQ(resident.iterations(), 0);
  EXPECT_NEAR(resident.objective(), from_base.objective, 1e-11 * std::abs(from_base.objective));
  for (const Patch& shock : shocks) EXPECT_TRUE(expect_as_cold(solved.network.model, shock, resident));
  resident.start_from(0);
  EXPECT_EQ(answer_of(resident, shocks[0]), from_base);
}

TEST(ResidentSimplex, ends_are_starts_for_others_and_leave_nothing_behind) {
  const SolvedNetwork solved = solved_network(small_network, 4);
  ResidentSimplex resident(solved.network.model, solved.base.basis());
  ResidentSimplex other(solved.network.model, solved.base.basis());
  const std::vector<Patch> shocks = make_shocks(solved.network, 60, 8, 9);
  const Answer from_base = answer_of(resident, shocks[0]);
  ASSERT_GT(from_base.pivots, 0);
  ResidentSimplex::End end = resident.end();
  ASSERT_EQ(other.solve_from(end, shocks[0]), Outcome::optimal);
  EXPECT_EQ(other.iterations(), 0);
  EXPECT_NEAR(other.objective(), from_base.objective, 1e-11 * std::abs(from_base.objective));
  // A chain of ends, each the start of the next: beyond the updates after which a basis is factored anew.
  for (const Patch& shock : shocks) {
    ASSERT_TRUE(expect_as_cold(solved.network.model, shock, other, end));
    end = other.end();
  }
  EXPECT_EQ(answer_of(other, shocks[0]), from_base);
}

TEST(ResidentSimplex, solves_of_many_pivots_have_the_optimum_of_a_cold_solve) {
  constexpr FacilityNetworkSize wide{.tiers = 5, .products = 20, .regions = 4, .facilities = 150, .periods = 10};
  const SolvedNetwork solved = solved_network(wide, 5);
  ResidentSimplex resident(solved.network.model, solved.base.basis());
  const Answer before = answer_of(resident, make_shocks(solved.network, 1, 8, 1).front());
  Draw draw(5);
  Patch patch;  // another capacity for every facility in every period
  for (const auto& columns : solved.network.capacity) {
    for (const std::int32_t column : columns)
      patch.columns.push_back({column, 0, solved.network.model.upper[column] * draw.between(0, 1.5)});
  }
  patch = with_other_demands(solved.network.model, patch, draw);
  ASSERT_TRUE(expect_as_cold(solved.network.model, patch, resident));
  EXPECT_GT(resident.iterations(), 500);  // well beyond those after which weights begin anew
  const ResidentSimplex::End end = resident.end();
  EXPECT_EQ(answer_of(resident, make_shocks(solved.network, 1, 8, 1).front()), before);
  patch.rows.clear();
  EXPECT_TRUE(expect_as_cold(solved.network.model, patch, resident, end));
}

TEST(ResidentSimplex, stops_at_a_target_with_a_lower_bound) {
  const SolvedNetwork solved = solved_network(small_network, 5);
  ResidentSimplex resident(solved.network.model, solved.base.basis());
  int stopped = 0;
  for (const Patch& shock : make_shocks(solved.network, 40, 12, 11)) {
    ASSERT_EQ(resident.solve(shock), Outcome::optimal);
    const double optimum = resident.objective();
    const int pivots = resident.iterations();
    const double middle = (optimum + resident.start_objective()) / 2;
    const Outcome outcome = resident.solve(shock, {.target = middle});
    if (outcome != Outcome::limit) continue;
    ++stopped;
    EXPECT_GE(resident.objective(), middle);
    EXPECT_LE(resident.objective(), optimum * (1 + 1e-12));
    EXPECT_LE(resident.iterations(), pivots);
    if (pivots == 0) continue;
    EXPECT_EQ(resident.solve(shock, {.iterations = pivots - 1}), Outcome::limit);
    EXPECT_LE(resident.objective(), optimum * (1 + 1e-12));
  }
  EXPECT_GT(stopped, 10);
}

TEST(ResidentSimplex, ends_at_a_point_that_is_good_enough_or_at_the_optimum) {
  const SolvedNetwork solved = solved_network(small_network, 5);
  const Model& model = solved.network.model;
  ResidentSimplex resident(model, solved.base.basis()), fresh(model, solved.base.basis());
  for (const Patch& shock : make_shocks(solved.network, 40, 12, 11)) {
    ASSERT_EQ(fresh.solve(shock), Outcome::optimal);
    const double optimum = fresh.objective();
    ASSERT_EQ(resident.solve(shock, {.enough = 1.01 * optimum}), Outcome::good_enough);
    EXPECT_LE(resident.objective(), 1.01 * optimum);
    EXPECT_GE(resident.objective(), optimum * (1 - 1e-9));
    const Model whole = patched(model, shock);
    for (std::size_t column = 0; column < whole.cost.size(); ++column)
      EXPECT_LE(outside(resident.values()[column], whole.lower[column], whole.upper[column]), 1e-8);
    ASSERT_EQ(resident.solve(shock, {.enough = 0.99 * optimum}), Outcome::optimal);
    EXPECT_EQ(resident.values(), fresh.values());
    EXPECT_EQ(resident.row_duals(), fresh.row_duals());
  }
}

TEST(ResidentSimplex, a_refused_patch_leaves_nothing_behind) {
  const SolvedNetwork solved = solved_network(small_network, 1);
  ResidentSimplex resident(solved.network.model, solved.base.basis());
  Patch patch;
  for (std::int32_t column = 0; column < solved.network.model.column_count(); ++column)
    patch.columns.push_back({column, 0, solved.network.model.upper[column] / 2});
  patch.rows.push_back({solved.network.model.row_count(), 0, 1});
  EXPECT_THROW(resident.solve(patch), InternalError);
  ASSERT_EQ(resident.solve({}), Outcome::optimal);
  EXPECT_EQ(resident.objective(), resident.start_objective());
  EXPECT_EQ(resident.iterations(), 0);
}

TEST(ResidentSimplex, refuses_what_is_not_of_its_model) {
  const SolvedNetwork solved = solved_network(small_network, 1);
  ResidentSimplex resident(solved.network.model, solved.base.basis());
  EXPECT_THROW(resident.solve({{{-1, 0, 1}}, {}}), InternalError);
  EXPECT_THROW(resident.solve({{}, {{solved.network.model.row_count(), 0, 1}}}), InternalError);
  EXPECT_THROW(resident.solve({{{0, std::nan(""), 1}}, {}}), InternalError);
  EXPECT_THROW(resident.start_from(1), InternalError);
  EXPECT_EQ(resident.solve({{{0, 2, 1}}, {}}), Outcome::infeasible);
  EXPECT_EQ(resident.solve({}), Outcome::optimal);
  Solution wrong = solved.base;
  wrong.column_basis.assign(wrong.column_basis.size(), 0);
  wrong.row_basis.assign(wrong.row_basis.size(), 0);
  EXPECT_THROW(ResidentSimplex(solved.network.model, wrong.basis()), InternalError);
  wrong.row_basis.pop_back();
  EXPECT_THROW(ResidentSimplex(solved.network.model, wrong.basis()), InternalError);
}

TEST(ResidentSimplex, says_whether_codes_are_a_basis) {
  ModelBuilder builder;  // the second column is twice the first
  for (const double entry : {1.0, 2.0}) {
    const ColumnId column = builder.add_column({}, 1, 0, 1);
    if (entry == 1) {
      builder.add_row({}, 0, 1);
      builder.add_row({}, 0, 1);
    }
    builder.add_entry(RowId(0), column, entry);
    builder.add_entry(RowId(1), column, 3 * entry);
  }
  const Model model = builder.build("twice", nullptr);
  std::optional<ResidentSimplex> made = ResidentSimplex::if_basis(model, {{1, 0}, {0, 1}});
  ASSERT_TRUE(made);
  EXPECT_EQ(made->solve({}), Outcome::optimal);
  EXPECT_FALSE(ResidentSimplex::if_basis(model, {{1, 1}, {0, 0}})) << "singular";
  EXPECT_FALSE(ResidentSimplex::if_basis(model, {{1, 1}, {1, 0}})) << "three for two rows";
  EXPECT_FALSE(ResidentSimplex::if_basis(model, {{1}, {0, 1}})) << "of another model";
}

TEST(ResidentSimplex, a_basis_that_is_not_optimal_is_mended) {
  Draw draw(77);
  int mended = 0;
  for (int number = 0; number < 40; ++number) {
    const Model model = random_model(draw, number % 2 == 0);
    Solution slack;
    slack.column_basis.assign(model.cost.size(), 0);
    slack.row_basis.assign(model.row_lower.size(), 1);
    const Solution cold = solve(model, {.method = Method::simplex, .own_methods = false, .threads = 1});
    ASSERT_EQ(cold.status, Status::optimal);
    ResidentSimplex resident(model, slack.basis());
    ASSERT_EQ(resident.solve({}), Outcome::optimal) << number;
    EXPECT_NEAR(resident.objective(), cold.objective, 1e-9 * std::max(1.0, std::abs(cold.objective)));
    if (resident.iterations() > 0) ++mended;
  }
  EXPECT_GT(mended, 20);
}

class NetlibPatches : public testing::TestWithParam<const char*> {};

TEST_P(NetlibPatches, have_the_optimum_of_a_cold_solve) {
  const auto path =
      test_support::cases_folder(PINCHPOINT_SOURCE_DIR) / "netlib" / (std::string(GetParam()) + ".mps.gz");
  if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is not there";
  const auto read = read_mps(path.string());
  ASSERT_TRUE(read.has_value());
  const Model model = scale(read.value()).model;
  const Solution base = solve(model, {.method = Method::simplex, .own_methods = false, .threads = 1});
  ASSERT_EQ(base.status, Status::optimal);
  ResidentSimplex resident(model, base.basis());
  Draw draw(5);
  int optimal = 0;
  for (int number = 0; number < 15; ++number) {
    SCOPED_TRACE(number);
    Patch patch;
    for (std::int32_t column = 0; column < model.column_count(); ++column) {
      if (base.value[column] > 1e-6 && draw.below(40) == 0)
        patch.columns.push_back({column, model.lower[column], base.value[column] * draw.between(0.9, 1.1)});
    }
    for (std::int32_t row = 0; row < model.row_count(); ++row) {
      if (std::isfinite(model.row_upper[row]) && draw.below(40) == 0) {
        const double more = std::abs(model.row_upper[row]) * draw.between(0, 0.1);
        patch.rows.push_back({row, model.row_lower[row] - more, model.row_upper[row] + more});
      }
    }
    std::erase_if(patch.columns, [](const BoundChange& change) { return change.lower > change.upper; });
    optimal += expect_as_cold(model, patch, resident) ? 1 : 0;
    if (HasFailure()) return;
  }
  EXPECT_GT(optimal, 0);
}

INSTANTIATE_TEST_SUITE_P(Netlib, NetlibPatches,
                         testing::Values("25fv47", "adlittle", "afiro", "e226", "israel", "shell", "stair",
                                         "standata"));

}  // namespace
}  // namespace pinchpoint::optim
