// SPDX-License-Identifier: Apache-2.0
// The L-shaped method on SMPS files: smps_solve CORE TIME STOCH [seconds [relative gap [threads]]]. Prints bounds as
// they move; docs/bench/smps_sets.md holds what was found.
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "optim/stochastic/l_shaped.hpp"
#include "support/smps/smps_reader.hpp"

namespace {

using namespace pinchpoint;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

}  // namespace

int main(int count, char** words) {
  if (count < 4) return 2;
  const auto begin = Clock::now();
  const Result<test_support::SmpsProgram> smps = test_support::read_smps(words[1], words[2], words[3]);
  if (!smps.has_value()) {
    fmt::print("{}\n", smps.error().all().front().message);
    return 1;
  }
  const optim::TwoStageProblem problem = optim::two_stage_of(smps.value().program);
  fmt::print("futures {}  recourses {}  first stage {} columns  second {}  read in {:.2f} s\n", problem.futures.size(),
             problem.recourses.size(), problem.first.column_count(),
             problem.recourses.empty() ? 0 : problem.recourses.front().model.column_count(), seconds_since(begin));
  optim::LShapedOptions options;
  options.time_limit = count > 4 ? std::atof(words[4]) : 60;
  options.tolerance = count > 5 ? std::atof(words[5]) : options.tolerance;
  options.threads = count > 6 ? std::atoi(words[6]) : options.threads;
  const auto search = Clock::now();
  options.on_progress = [&](int iteration, double lower, double upper) {
    fmt::print("{:4d} {:8.2f} s  {:.10g}  {:.10g}\n", iteration, seconds_since(search), lower, upper);
    std::fflush(stdout);
  };
  const optim::TwoStageSolution solution = optim::LShaped(problem, {}, options).solve();
  fmt::print(
      "{} {}  lower {:.12g}  upper {:.12g}  gap {:.2e}  {}  masters {}  recourses {}  cuts {} ({} pooled)  {:.2f} s\n",
      to_string(solution.status), solution.message, solution.lower, solution.upper, solution.gap(),
      solution.lower_is_proved ? "proved" : "claimed", solution.iterations, solution.recourse_solves, solution.cuts,
      solution.pooled_cuts, solution.seconds);
  return solution.status == optim::Status::optimal ? 0 : 1;
}
