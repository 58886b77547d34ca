// SPDX-License-Identifier: Apache-2.0
#include "support/smps/smps_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace pinchpoint::test_support {

namespace {

using optim::DataChange;
using optim::StagedProgram;
using What = DataChange::What;

// Decimal fractions such as 0.333 and 0.667 need not add up to 1 in doubles.
constexpr double rounding = 1e-12;

/// Factor that makes probabilities add up to 1; says so if it is needed.
double correction(double sum, const std::string& of, std::vector<std::string>& notes) {
  if (std::abs(sum - 1) <= rounding || sum <= 0) return 1;
  notes.push_back(fmt::format("probabilities of {} add up to {}, not to 1: each is divided by that sum", of, sum));
  return 1 / sum;
}

/// Adds a node for every combination of the parts of one stage below `parent`.
void add_combinations(StagedProgram& program, const std::vector<const SmpsPart*>& parts, std::int32_t stage,
                      std::int32_t parent) {
  std::vector<std::size_t> chosen(parts.size(), 0);
  while (true) {
    StagedProgram::Node node{parent, stage, program.nodes[static_cast<std::size_t>(parent)].probability, {}};
    for (std::size_t at = 0; at < parts.size(); ++at) {
      const SmpsPart::Realisation& realisation = parts[at]->realisations[chosen[at]];
      node.probability *= realisation.probability;
      node.changes.insert(node.changes.end(), realisation.changes.begin(), realisation.changes.end());
    }
    program.nodes.push_back(std::move(node));
    std::size_t at = 0;
    while (at < parts.size() && ++chosen[at] == parts[at]->realisations.size()) chosen[at++] = 0;
    if (at == parts.size()) return;
  }
}

}  // namespace

std::int32_t stage_of(const StagedProgram& program, const DataChange& change) {
  switch (change.what) {
    case What::cost:
    case What::column_lower:
    case What::column_upper:
      return program.column_stage[static_cast<std::size_t>(change.column)];
    case What::entry:
      return std::max(program.row_stage[static_cast<std::size_t>(change.row)],
                      program.column_stage[static_cast<std::size_t>(change.column)]);
    case What::row_lower:
    case What::row_upper:
      return program.row_stage[static_cast<std::size_t>(change.row)];
    case What::offset:
      break;
  }
  return program.stages - 1;
}

void grow_tree(StagedProgram& program, std::vector<SmpsPart> parts, std::vector<std::string>& notes) {
  for (SmpsPart& part : parts) {
    double sum = 0;
    for (const auto& realisation : part.realisations) sum += realisation.probability;
    const double factor = correction(sum, fmt::format("one random part of period {}", part.stage + 1), notes);
    for (auto& realisation : part.realisations) realisation.probability *= factor;
  }
  program.nodes = {{}};
  std::size_t begin = 0;
  for (std::int32_t stage = 1; stage < program.stages; ++stage) {
    std::vector<const SmpsPart*> here;
    for (const SmpsPart& part : parts) {
      if (part.stage == stage) here.push_back(&part);
    }
    const std::size_t end = program.nodes.size();
    for (std::size_t parent = begin; parent < end; ++parent)
      add_combinations(program, here, stage, static_cast<std::int32_t>(parent));
    begin = end;
  }
}

void grow_tree(StagedProgram& program, std::vector<SmpsScenario> scenarios, std::vector<std::string>& notes) {
  double sum = 0;
  for (const SmpsScenario& scenario : scenarios) sum += scenario.probability;
  const double factor = correction(sum, "the scenarios", notes);
  program.nodes = {{}};
  std::vector<std::vector<std::int32_t>> paths;  // by scenario, by stage
  for (const SmpsScenario& scenario : scenarios) {
    std::vector<std::int32_t> path{0};
    for (std::int32_t stage = 1; stage < program.stages; ++stage) {
      const auto at = static_cast<std::size_t>(stage);
      if (scenario.parent >= 0 && stage < scenario.branches_from) {
        path.push_back(paths[static_cast<std::size_t>(scenario.parent)][at]);
        continue;
      }
      StagedProgram::Node node{path.back(), stage, 0, {}};
      for (const DataChange& change : scenario.changes) {
        if (stage_of(program, change) == stage) node.changes.push_back(change);
      }
      path.push_back(static_cast<std::int32_t>(program.nodes.size()));
      program.nodes.push_back(std::move(node));
    }
    for (std::size_t stage = 1; stage < path.size(); ++stage)
      program.nodes[static_cast<std::size_t>(path[stage])].probability += scenario.probability * factor;
    paths.push_back(std::move(path));
  }
}

}  // namespace pinchpoint::test_support
