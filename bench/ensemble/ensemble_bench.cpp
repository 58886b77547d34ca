// SPDX-License-Identifier: Apache-2.0
// Races an ensemble of the network LP "M" against loops over its scenarios: HiGHS warm from the base's basis, and HiGHS
// from nothing. The loops take a sample; each of their optima must lie within the ensemble's bounds before any time
// counts.
//   ensemble_bench [SCENARIOS] [WARM SAMPLE] [COLD SAMPLE] [THREADS] [SEED]
#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cmath>
#include <cstdlib>

#include "facility_network.hpp"
#include "optim/ensemble/ensemble.hpp"
#include "optim/solve/scaling.hpp"

namespace {

using namespace pinchpoint::optim;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

/// Optima of the first scenarios, and what they took.
struct Loop {
  std::vector<double> optima;
  double seconds = 0;
  [[nodiscard]] double each() const { return seconds / static_cast<double>(optima.size()); }
};

Loop solve_in_a_loop(const ScaledModel& scaled, const Solution* base, const std::vector<Patch>& patches,
                     std::size_t count) {
  const Model& model = scaled.model;
  const SolveOptions options{.method = Method::simplex, .threads = 1};
  Loop loop;
  const auto session = backends().front().open();
  session->load(model);
  const auto begin = Clock::now();
  for (std::size_t at = 0; at < count; ++at) {
    if (base == nullptr) session->load(model);  // from nothing
    const Patch patch = pinchpoint::optim::scaled(patches[at], scaled.scaling);
    for (const BoundChange& change : patch.columns)
      session->set_column_bounds(ColumnId(change.index), change.lower, change.upper);
    if (base != nullptr) session->set_basis(*base);
    const Solution solution = session->solve(options);
    loop.optima.push_back(std::ldexp(solution.objective, -scaled.scaling.objective));
    for (const BoundChange& change : patch.columns) {
      const auto column = static_cast<std::size_t>(change.index);
      session->set_column_bounds(ColumnId(change.index), model.lower[column], model.upper[column]);
    }
  }
  loop.seconds = seconds_since(begin);
  return loop;
}

/// Optima outside the bounds by more than the solver's tolerance.
int outside(const Loop& loop, const std::vector<ScenarioBounds>& bounds) {
  int count = 0;
  for (std::size_t at = 0; at < loop.optima.size(); ++at) {
    const double slack = 1e-8 * std::abs(loop.optima[at]);
    if (loop.optima[at] < bounds[at].lower - slack || loop.optima[at] > bounds[at].upper + slack) ++count;
  }
  return count;
}

struct Played {
  std::vector<ScenarioBounds> bounds;
  double seconds = 0;
};

Played play(Ensemble& ensemble, std::size_t count) {
  constexpr std::size_t round = 128;
  Played played;
  const auto begin = Clock::now();
  for (std::size_t first = 0; first < count; first += round) {
    for (ScenarioBounds& bounds : ensemble.solve_round(first, std::min(round, count - first)))
      played.bounds.push_back(std::move(bounds));
  }
  played.seconds = seconds_since(begin);
  return played;
}

}  // namespace

int main(int count, char** argument) {
  const auto number = [&](int place, std::size_t otherwise) {
    return count > place ? static_cast<std::size_t>(std::atoll(argument[place])) : otherwise;
  };
  const std::size_t scenarios = number(1, 10'000);
  FacilityNetworkSize size;
  size.seed = number(5, 1);
  const FacilityNetwork network = make_facility_network(size);
  const std::vector<Patch> patches = make_shocks(network, static_cast<int>(scenarios), 4, size.seed + 1);
  EnsembleOptions options;
  options.threads = static_cast<int>(number(4, 2));
  Ensemble ensemble(network.model, patches, {}, options);
  if (!ensemble.is_ready()) {
    fmt::print(stderr, "{}\n", ensemble.base_message());
    return 1;
  }
  const Played ours = play(ensemble, scenarios);
  std::array<int, 5> reached{};
  int certified = 0;
  double gap = 0;
  for (const ScenarioBounds& bounds : ours.bounds) {
    ++reached.at(static_cast<std::size_t>(bounds.reached));
    certified += bounds.gap() <= options.tolerance ? 1 : 0;
    gap = std::max(gap, bounds.gap());
  }
  const ScaledModel scaled = scale(network.model);
  const Solution base = solve(scaled.model);
  const Loop warm = solve_in_a_loop(scaled, &base, patches, std::min(scenarios, number(2, 300)));
  const Loop cold = solve_in_a_loop(scaled, nullptr, patches, std::min(scenarios, number(3, 3)));
  const int wrong = outside(warm, ours.bounds) + outside(cold, ours.bounds);
  const double each = ours.seconds / static_cast<double>(scenarios);
  fmt::print(
      R"({{"scenarios": {}, "seconds": {:.3f}, "ms_each": {:.4f}, "certified_share": {:.5f}, "max_gap": {:.2e}, )",
      scenarios, ours.seconds, 1e3 * each, certified / static_cast<double>(scenarios), gap);
  fmt::print(R"("base_plan": {}, "bound_pool": {}, "warm_solve": {}, "cold_solve": {}, "failed": {}, )", reached[0],
             reached[1], reached[2], reached[3], reached[4]);
  fmt::print(R"("warm_loop_ms": {:.3f}, "warm_ratio": {:.1f}, "cold_loop_ms": {:.1f}, "cold_ratio": {:.0f}, )",
             1e3 * warm.each(), warm.each() / each, 1e3 * cold.each(), cold.each() / each);
  fmt::print(R"("threads": {}, "optima_outside": {}}})"
             "\n",
             options.threads, wrong);
  return wrong == 0 ? 0 : 1;
}
