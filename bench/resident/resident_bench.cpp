// SPDX-License-Identifier: Apache-2.0
// Solves shocks of the LP "M" one after another: by HiGHS, warm from the base basis, and by the resident dual simplex.
// Both on one core, in one run, on the scaled model; every pair of objectives is compared.
//   resident_bench [SHOCKS] [MOST FACILITIES HIT] [SEED] [solo]       solo: without HiGHS, for profilers
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string_view>

#include "facility_network.hpp"
#include "optim/resident/resident_simplex.hpp"
#include "optim/solve/scaling.hpp"
#include "optim/solve/solver.hpp"

namespace {

using namespace pinchpoint::optim;

/// CPU time of this thread: what else the machine does hardly counts.
struct Clock {
  static double now() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) * 1e-6;
  }
};
double milliseconds_since(double begin) { return Clock::now() - begin; }

struct Timing {
  std::vector<double> milliseconds, objectives, pivots;
};

double mean(const std::vector<double>& numbers) {
  double sum = 0;
  for (const double number : numbers) sum += number;
  return sum / static_cast<double>(numbers.size());
}

double quantile(std::vector<double> numbers, double share) {
  std::sort(numbers.begin(), numbers.end());
  return numbers[static_cast<std::size_t>(share * static_cast<double>(numbers.size() - 1))];
}

Timing run_resident(ResidentSimplex& resident, const std::vector<Patch>& shocks) {
  Timing timing;
  for (const Patch& shock : shocks) {
    const auto begin = Clock::now();
    const auto outcome = resident.solve(shock);
    timing.milliseconds.push_back(milliseconds_since(begin));
    const bool is_optimal = outcome == ResidentSimplex::Outcome::optimal;
    timing.objectives.push_back(is_optimal ? resident.objective() : std::nan(""));
    timing.pivots.push_back(resident.iterations());
  }
  return timing;
}

Timing run_highs(const Model& model, const Solution& base, const std::vector<Patch>& shocks) {
  Timing timing;
  const auto session = backends().front().open();
  session->load(model);
  const SolveOptions options{.method = Method::simplex, .threads = 1};
  for (const Patch& shock : shocks) {
    const auto begin = Clock::now();
    for (const BoundChange& change : shock.columns)
      session->set_column_bounds(ColumnId(change.index), change.lower, change.upper);
    session->set_basis(base);
    const Solution solution = session->solve(options);
    for (const BoundChange& change : shock.columns)
      session->set_column_bounds(ColumnId(change.index), model.lower[change.index], model.upper[change.index]);
    timing.milliseconds.push_back(milliseconds_since(begin));
    timing.objectives.push_back(solution.status == Status::optimal ? solution.objective : std::nan(""));
    timing.pivots.push_back(static_cast<double>(solution.iterations));
  }
  return timing;
}

/// Optimal basis of the model: that of the file $RESIDENT_BASIS where it is there, for one who runs this many times.
Solution base_solution(const Model& model) {
  const SolveOptions options{.method = Method::simplex, .threads = 1};
  const char* path = std::getenv("RESIDENT_BASIS");
  if (path == nullptr) return solve(model, options);
  const auto session = backends().front().open();
  session->load(model);
  Solution kept;
  kept.column_basis.resize(model.cost.size());
  kept.row_basis.resize(model.row_lower.size());
  std::ifstream file(path, std::ios::binary);
  for (auto* codes : {&kept.column_basis, &kept.row_basis})
    file.read(reinterpret_cast<char*>(codes->data()), static_cast<std::streamsize>(codes->size()));
  if (file) session->set_basis(kept);
  Solution solution = session->solve(options);
  std::ofstream out(path, std::ios::binary);
  for (const auto* codes : {&solution.column_basis, &solution.row_basis})
    out.write(reinterpret_cast<const char*>(codes->data()), static_cast<std::streamsize>(codes->size()));
  return solution;
}

void report(const char* what, const Timing& timing) {
  fmt::print(
      "{:<10} ms a shock: mean {:8.4f}  median {:8.4f}  p95 {:8.4f}  most {:8.3f}   pivots: mean {:6.2f} most {}\n",
      what, mean(timing.milliseconds), quantile(timing.milliseconds, 0.5), quantile(timing.milliseconds, 0.95),
      quantile(timing.milliseconds, 1), mean(timing.pivots), quantile(timing.pivots, 1));
}

/// Number of shocks whose two objectives are not the same to 1e-9, or that were not solved.
int differences(const Timing& one, const Timing& other) {
  int count = 0;
  double worst = 0;
  for (std::size_t at = 0; at < one.objectives.size(); ++at) {
    const double difference =
        std::abs(one.objectives[at] - other.objectives[at]) / std::max(1.0, std::abs(other.objectives[at]));
    if (!(difference <= 1e-9)) ++count;
    worst = std::max(worst, difference);
  }
  fmt::print("objectives: {} of {} differ by more than 1e-9; largest relative difference {:.1e}\n", count,
             one.objectives.size(), worst);
  return count;
}

}  // namespace

int main(int count, char** argument) {
  const int shock_count = count > 1 ? std::atoi(argument[1]) : 1000;
  const int most = count > 2 ? std::atoi(argument[2]) : 4;
  FacilityNetworkSize size;
  if (count > 3) size.seed = static_cast<std::uint64_t>(std::atoll(argument[3]));
  const bool is_solo = count > 4 && std::string_view(argument[4]) == "solo";
  const FacilityNetwork network = make_facility_network(size);
  const ScaledModel scaled = scale(network.model);
  const Model& model = scaled.model;
  fmt::print("{} rows, {} columns, {} entries\n", model.row_count(), model.column_count(), model.nonzero_count());
  const Solution base = base_solution(model);
  fmt::print("base: {}, {:.12g}, {:.2f} s\n", to_string(base.status), base.objective, base.seconds);
  std::vector<Patch> shocks;
  for (const Patch& shock : make_shocks(network, shock_count, most, size.seed + 1))
    shocks.push_back(pinchpoint::optim::scaled(shock, scaled.scaling));

  const auto begin = Clock::now();
  ResidentSimplex resident(model, base.basis());
  fmt::print("resident: loaded in {:.1f} ms, base {:.12g}\n", milliseconds_since(begin), resident.start_objective());
  const Timing own = run_resident(resident, shocks);
  report("resident", own);
  if (is_solo) {
    double least = mean(own.milliseconds);
    for (int pass = 0; pass < 8; ++pass) least = std::min(least, mean(run_resident(resident, shocks).milliseconds));
    fmt::print("least mean of nine passes: {:.4f} ms\n", least);
    return 0;
  }
  const Timing highs = run_highs(model, base, shocks);
  report("HiGHS", highs);
  fmt::print("ratio: mean {:.1f}, median {:.1f}\n", mean(highs.milliseconds) / mean(own.milliseconds),
             quantile(highs.milliseconds, 0.5) / quantile(own.milliseconds, 0.5));
  return differences(own, highs) == 0 ? 0 : 1;
}
