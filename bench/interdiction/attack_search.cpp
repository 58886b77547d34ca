// SPDX-License-Identifier: Apache-2.0
// Proves the worst K closures of makers of a synthetic process network, and prints how the bounds close:
// attack_search PRODUCTS REGIONS MAKERS PERIODS K GAP SECONDS [SEED] [THREADS]
#include <fmt/format.h>

#include <cstdlib>
#include <map>

#include "optim/interdiction/attack.hpp"
#include "optim/solve/race.hpp"
#include "process_network.hpp"

namespace {

using namespace pinchpoint::optim;

AttackProblem close_makers(const Model& model, double cost_limit) {
  AttackProblem problem{.model = &model, .base = solve(model), .targets = {}, .cost_limit = cost_limit};
  std::map<std::int32_t, Patch> by_maker;
  for (std::int32_t column = 0; column < model.column_count(); ++column) {
    const Key& key = model.column_key[static_cast<std::size_t>(column)];
    if (model.names->family(key.family).name == "make") by_maker[key.index[0]].columns.push_back({column, 0, 0});
  }
  for (auto& [maker, patch] : by_maker) problem.targets.push_back({maker, std::move(patch), 1});
  return problem;
}

void print(const AttackProgress& progress) {
  static std::int64_t last = 0;
  if (progress.plans < last + 4) return;
  last = progress.plans;
  fmt::print("{:8.1f} s  {:>7} LPs  {:>6} plans  {:>9} nodes  [{:.9g}, {:.9g}]\n", progress.seconds, progress.lps,
             progress.plans, progress.nodes, progress.lower, progress.upper);
  std::fflush(stdout);
}

}  // namespace

int main(int count, char** argument) {
  if (count < 8) return 2;
  ProcessNetwork size;
  size.products_per_tier = std::atoi(argument[1]);
  size.regions = std::atoi(argument[2]);
  size.makers_per_product = std::atoi(argument[3]);
  size.periods = std::atoi(argument[4]);
  size.lead_time = 0;
  size.has_fixed_capacity = true;
  if (count > 8) size.seed = std::strtoull(argument[8], nullptr, 10);
  const Model model = make_process_network(size);
  const AttackProblem problem = close_makers(model, std::atof(argument[5]));
  fmt::print("{} rows, {} columns, {} entries, {} targets; base {:.9g}, {} iterations, {:.2f} s\n", model.row_count(),
             model.column_count(), model.nonzero_count(), problem.targets.size(), problem.base.objective,
             problem.base.iterations, problem.base.seconds);
  std::fflush(stdout);
  const Attack attack = find_attack(problem, {.relative_gap = std::atof(argument[6]),
                                              .time_limit = std::atof(argument[7]),
                                              .threads = count > 9 ? std::atoi(argument[9]) : 1,
                                              .on_progress = print});
  fmt::print("{}: [{:.12g}, {:.12g}]  gap {:.4f}  proved {}/{}  {} LPs  {} plans  {} nodes  {:.1f} s  set",
             to_string(attack.status), attack.lower, attack.upper, attack.gap, attack.lower_is_proved,
             attack.upper_is_proved, attack.lps, attack.plans, attack.nodes, attack.seconds);
  for (const std::int32_t target : attack.chosen) fmt::print(" {}", target);
  fmt::print("\n");
  return attack.status == AttackStatus::optimal ? 0 : 1;
}
