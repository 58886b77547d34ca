// SPDX-License-Identifier: Apache-2.0
// Times simplex, interior point, the race and the certificate on synthetic process networks, and checks every
// answer: solve_bench PRODUCTS REGIONS MAKERS PERIODS [simplex] [interior] [race] [race1]
// FIXED=1 in the environment: capacity cannot be bought. SOLVE_LOG=FILE: the solver's own log.
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <string_view>

#include "optim/solve/certificate.hpp"
#include "optim/solve/race.hpp"
#include "process_network.hpp"

namespace {

using namespace pinchpoint::optim;

double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

bool report(const char* what, const Model& model, const Solution& solution) {
  fmt::print("{:<16} {:<14} {:9.2f} s  {:>9} iterations  {}  {:.12g}\n", what, to_string(solution.status),
             solution.seconds, solution.iterations, to_string(solution.method), solution.objective);
  if (!solution.has_values) return false;
  const auto begin = std::chrono::steady_clock::now();
  const Certificate certificate = certify(model, solution);
  fmt::print(
      "{:<16} {:9.3f} s  gap {:.2e}  proved {}  repair cost {:.2e}  primal {:.1e}  dual {:.1e}  [{:.14g}, {:.14g}]\n",
      "  certificate", seconds_since(begin), certificate.gap, certificate.upper_is_proved, certificate.repair_cost,
      certificate.primal_violation, certificate.dual_violation, certificate.lower, certificate.upper);
  return certificate.holds();
}

}  // namespace

int main(int count, char** argument) {
  if (count < 5) return 2;
  ProcessNetwork size;
  size.products_per_tier = std::atoi(argument[1]);
  size.regions = std::atoi(argument[2]);
  size.makers_per_product = std::atoi(argument[3]);
  size.periods = std::atoi(argument[4]);
  size.has_fixed_capacity = std::getenv("FIXED") != nullptr;
  const auto begin = std::chrono::steady_clock::now();
  const Model model = make_process_network(size);
  fmt::print("{} rows, {} columns, {} entries, built in {:.2f} s\n", model.row_count(), model.column_count(),
             model.nonzero_count(), seconds_since(begin));
  bool all_hold = true;
  const char* log = std::getenv("SOLVE_LOG");
  for (int at = 5; at < count; ++at) {
    const std::string_view what = argument[at];
    SolveOptions options;
    if (log != nullptr) options.log_file = log;
    if (what == "simplex") options.method = Method::simplex;
    if (what == "interior") options.method = Method::interior_point;
    if (what == "race1") options.threads = 1;
    all_hold = report(argument[at], model, race(model, options, RaceRules{})) && all_hold;
    std::fflush(stdout);
  }
  return all_hold ? 0 : 1;
}
