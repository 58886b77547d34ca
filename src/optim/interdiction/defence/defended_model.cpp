// SPDX-License-Identifier: Apache-2.0
#include "optim/interdiction/defence/defended_model.hpp"

#include <numeric>

namespace pinchpoint::optim {

namespace {

void add_relief(const std::vector<Relief>& reliefs, std::vector<double>& lower, std::vector<double>& upper) {
  for (const Relief& relief : reliefs) {
    lower[static_cast<std::size_t>(relief.index)] += relief.lower;
    upper[static_cast<std::size_t>(relief.index)] += relief.upper;
  }
}

}  // namespace

std::vector<std::uint8_t> protected_targets(const DefenceProblem& problem, const std::vector<std::int32_t>& bought) {
  std::vector<std::uint8_t> is_protected(problem.attack.targets.size(), 0);
  for (const std::int32_t defence : bought) {
    for (const std::int32_t target : problem.defences[static_cast<std::size_t>(defence)].protects) {
      is_protected[static_cast<std::size_t>(target)] = 1;
    }
  }
  return is_protected;
}

Model relieved_model(const DefenceProblem& problem, const std::vector<std::int32_t>& bought) {
  Model model = *problem.attack.model;
  for (const std::int32_t at : bought) {
    const Defence& defence = problem.defences[static_cast<std::size_t>(at)];
    add_relief(defence.columns, model.lower, model.upper);
    add_relief(defence.rows, model.row_lower, model.row_upper);
  }
  return model;
}

std::vector<std::int32_t> all_defences(const DefenceProblem& problem) {
  std::vector<std::int32_t> all(problem.defences.size());
  std::iota(all.begin(), all.end(), 0);
  return all;
}

}  // namespace pinchpoint::optim
