// SPDX-License-Identifier: Apache-2.0
// Races an ensemble against loops over its scenarios: HiGHS warm from the base's basis, and HiGHS from nothing. The
// warm loop is raced twice: with Devex weights, which halve a call, as few pivots do not pay for steepest edge weights
// of a basis, and as HiGHS comes. The loops take scenarios spread evenly over all; each of their optima must lie within
// the ensemble's bounds before any time counts. Bases are solved beforehand on the loops' side.
//   ensemble_bench network|world|rank [SCENARIOS] [WARM SAMPLE] [COLD SAMPLE] [THREADS] [SEED] [FOLDER]
// FOLDER: the problem of the first group, as tables for those who build it anew.
#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <exception>

#include "../assembly/coefficient_tables.hpp"
#include "optim/solve/scaling.hpp"
#include "stress_case.hpp"

namespace {

using namespace pinchpoint;
using namespace pinchpoint::optim;
using Clock = std::chrono::steady_clock;

// What an optimum may miss the bounds by, relative to it.
constexpr double solver_tolerance = 1e-7;

/// What a loop took, and how many of its optima were outside the bounds.
struct Loop {
  std::size_t count = 0, outside = 0, unanswered = 0;
  double largest_miss = 0;  ///< of an optimum, relative to it
  double seconds = 0;
  [[nodiscard]] double ms() const { return count == 0 ? 0 : 1e3 * seconds / static_cast<double>(count); }
};

enum class Kind { warm, warm_as_it_comes, cold };

class Solver {
 public:
  explicit Solver(const Model& model) : scaled_(scale(model)), session_(backends().front().open()) {
    session_->load(scaled_.model);
  }
  void solve_base() { base_ = optim::solve(scaled_.model, {.own_methods = false}); }

  double solve(const Patch& natural, Kind kind) {
    const bool is_warm = kind != Kind::cold;
    const Model& model = scaled_.model;
    const Patch patch = scaled(natural, scaled_.scaling);
    if (!is_warm) session_->load(model);
    for (const BoundChange& change : patch.columns)
      session_->set_column_bounds(ColumnId(change.index), change.lower, change.upper);
    for (const BoundChange& change : patch.rows)
      session_->set_row_bounds(RowId(change.index), change.lower, change.upper);
    if (is_warm) session_->set_basis(base_);
    const Solution solution = session_->solve(
        {.method = is_warm ? Method::simplex : Method::automatic, .few_pivots = kind == Kind::warm, .threads = 1});
    for (const BoundChange& change : patch.columns) {
      const auto at = static_cast<std::size_t>(change.index);
      session_->set_column_bounds(ColumnId(change.index), model.lower[at], model.upper[at]);
    }
    for (const BoundChange& change : patch.rows) {
      const auto at = static_cast<std::size_t>(change.index);
      session_->set_row_bounds(RowId(change.index), model.row_lower[at], model.row_upper[at]);
    }
    if (solution.status != Status::optimal) return std::nan("");
    return std::ldexp(solution.objective, -scaled_.scaling.objective);
  }

 private:
  ScaledModel scaled_;
  Solution base_;
  std::unique_ptr<Session> session_;
};

/// Every `stride`-th scenario of all, group by group.
Loop solve_in_a_loop(const bench::Case& made, const bench::Played& ours, std::size_t sample, Kind kind) {
  Loop loop;
  const std::size_t stride = std::max<std::size_t>(1, ours.bounds.size() / std::max<std::size_t>(1, sample));
  for (const bench::Group& group : made.groups) {
    Solver solver(group.model);
    if (kind != Kind::cold) solver.solve_base();
    for (std::size_t at = 0; at < group.scenarios.size(); ++at) {
      const std::size_t scenario = group.scenarios[at];
      if (sample == 0 || scenario % stride != 0 || loop.count >= sample) continue;
      const auto begin = Clock::now();
      const double optimum = solver.solve(group.patches[at], kind);
      loop.seconds += std::chrono::duration<double>(Clock::now() - begin).count();
      ++loop.count;
      if (std::isnan(optimum)) {
        ++loop.unanswered;
        continue;
      }
      const ScenarioBounds& bounds = ours.bounds[scenario];
      const double miss = std::max({0.0, bounds.lower - optimum, optimum - bounds.upper}) / std::abs(optimum);
      loop.outside += miss <= solver_tolerance ? 0 : 1;
      loop.largest_miss = std::max(loop.largest_miss, miss);
    }
  }
  return loop;
}

bench::Case make_case(const std::string& name, std::size_t scenarios, std::uint64_t seed) {
  if (name == "network") return bench::network_case(scenarios, seed);
  if (name == "world") return bench::world_case(scenarios, seed);
  if (name == "rank") return bench::rank_case();
  throw std::invalid_argument("no case " + name + ": network, world, rank");
}

/// In scaled units, as everything else is solved: sums of 1e12 have no tolerance of 1e-9.
double optimum_of(const Model& model) {
  const ScaledModel scaled = scale(model);
  const Solution solution = optim::solve(scaled.model);
  if (solution.status != Status::optimal) throw std::runtime_error("the base is not solved");
  return std::ldexp(solution.objective, -scaled.scaling.objective);
}

int race(int count, char** argument) {
  const auto number = [&](int place, std::size_t otherwise) {
    return count > place ? static_cast<std::size_t>(std::atoll(argument[place])) : otherwise;
  };
  const std::string name = count > 1 ? argument[1] : "network";
  const bench::Case made = make_case(name, number(2, 10'000), number(6, 1));
  double base = 0;
  if (count > 7) {
    bench::write_coefficient_tables(made.groups.front().model, argument[7]);
    base = optimum_of(made.groups.front().model);
  }
  const bench::Played ours = made.play(static_cast<int>(number(5, 2)));
  if (!ours.problem.empty()) throw std::runtime_error(ours.problem);
  std::array<int, 5> reached{};
  const EnsembleOptions defaults;
  int certified = 0;
  double gap = 0;
  for (const ScenarioBounds& bounds : ours.bounds) {
    ++reached.at(static_cast<std::size_t>(bounds.reached));
    certified += bounds.gap() <= defaults.tolerance ? 1 : 0;
    gap = std::max(gap, bounds.gap());
  }
  const Loop warm = solve_in_a_loop(made, ours, number(3, 300), Kind::warm);
  const Loop as_it_comes = solve_in_a_loop(made, ours, number(3, 300), Kind::warm_as_it_comes);
  const Loop cold = solve_in_a_loop(made, ours, number(4, 3), Kind::cold);
  const double scenarios = static_cast<double>(ours.bounds.size());
  fmt::print(R"({{"case": "{}", "scenarios": {}, "seconds": {:.3f}, "ms_each": {:.4f}, "certified_share": {:.5f}, )",
             name, ours.bounds.size(), ours.seconds, 1e3 * ours.seconds / scenarios, certified / scenarios);
  fmt::print(R"("max_gap": {:.2e}, "base_plan": {}, "bound_pool": {}, "warm_solve": {}, "cold_solve": {}, )", gap,
             reached[0], reached[1], reached[2], reached[3]);
  fmt::print(R"("failed": {}, "warm_sample": {}, "warm_loop_ms": {:.3f}, "cold_sample": {}, "cold_loop_ms": {:.1f}, )",
             reached[4], warm.count, warm.ms(), cold.count, cold.ms());
  fmt::print(R"("as_it_comes_ms": {:.3f}, )", as_it_comes.ms());
  fmt::print(R"("largest_miss": {:.2e}, "unanswered": {}, )",
             std::max({warm.largest_miss, as_it_comes.largest_miss, cold.largest_miss}),
             warm.unanswered + as_it_comes.unanswered + cold.unanswered);
  const std::size_t outside = warm.outside + as_it_comes.outside + cold.outside;
  fmt::print(R"("threads": {}, "base_objective": {:.15g}, "optima_outside": {}}})"
             "\n",
             number(5, 2), base, outside);
  return outside == 0 ? 0 : 1;
}

}  // namespace

int main(int count, char** argument) {
  try {
    return race(count, argument);
  } catch (const std::exception& problem) {
    fmt::print(stderr, "ensemble_bench: {}\n", problem.what());
    return 2;
  }
}
