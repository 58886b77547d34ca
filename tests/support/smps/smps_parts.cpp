// SPDX-License-Identifier: Apache-2.0
#include "support/smps/smps_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace pinchpoint::test_support {

namespace {

using optim::DataChange;
using optim::StagedProgram;
using What = DataChange::What;

// Decimal fractions such as 0.333 and 0.667 need not add up to 1 in doubles.
constexpr double rounding = 1e-12;

/// Factor that makes probabilities add up to 1; says so if it is needed.
double correction(double sum, const std::string& of, TreeNotes& notes) {
  if (std::abs(sum - 1) <= rounding || sum <= 0) return 1;
  const char* done = notes.keeps_probabilities ? "they are left so" : "each is divided by that sum";
  notes.notes.push_back(fmt::format("probabilities of {} add up to {}, not to 1: {}", of, sum, done));
  return notes.keeps_probabilities ? 1 : 1 / sum;
}

using Numbers = std::map<std::tuple<What, std::int32_t, std::int32_t>, double>;

/// What a scenario says of one stage, each number once.
Numbers numbers_of(const StagedProgram& program, const SmpsScenario& scenario, std::int32_t stage) {
  Numbers numbers;
  for (const DataChange& change : scenario.changes) {
    if (stage_of(program, change) == stage) numbers[{change.what, change.row, change.column}] = change.value;
  }
  return numbers;
}

std::vector<DataChange> changes_of(const Numbers& numbers) {
  std::vector<DataChange> changes;
  for (const auto& [at, value] : numbers) changes.push_back({std::get<0>(at), std::get<1>(at), std::get<2>(at), value});
  return changes;
}

/// Nodes of the scenarios so far, and what they say.
class PathGrower {
 public:
  explicit PathGrower(StagedProgram& program) : program_(program) { program_.nodes = {{}}; }

  void add(const SmpsScenario& scenario, double probability, TreeNotes& notes) {
    std::vector<std::int32_t> path;
    for (std::int32_t stage = 0; stage < program_.stages; ++stage) {
      std::int32_t node = stage == 0 ? 0 : shared_node(scenario, stage);
      const Numbers numbers = numbers_of(program_, scenario, stage);
      if (node < 0) node = add_node(stage, path.back());
      const auto [known, is_new] = numbers_.emplace(node, numbers);
      if (!is_new && known->second != numbers)
        notes.errors.push_back(fmt::format("scenario {} changes data of period {}, which it shares with an earlier one",
                                           scenario.name, stage + 1));
      program_.nodes[static_cast<std::size_t>(node)].changes = changes_of(known->second);
      if (stage > 0) program_.nodes[static_cast<std::size_t>(node)].probability += probability;
      if (scenario.parent < 0 && stage < scenario.branches_from) core_path_[stage] = node;
      path.push_back(node);
    }
    paths_.push_back(std::move(path));
  }

 private:
  /// -1: the scenario has left all earlier ones. Those that leave the core in a later period share its path until then.
  [[nodiscard]] std::int32_t shared_node(const SmpsScenario& scenario, std::int32_t stage) const {
    if (stage >= scenario.branches_from) return -1;
    if (scenario.parent >= 0) return paths_[static_cast<std::size_t>(scenario.parent)][static_cast<std::size_t>(stage)];
    const auto found = core_path_.find(stage);
    return found == core_path_.end() ? -1 : found->second;
  }

  std::int32_t add_node(std::int32_t stage, std::int32_t parent) {
    program_.nodes.push_back({parent, stage, 0, {}});
    return static_cast<std::int32_t>(program_.nodes.size()) - 1;
  }

  StagedProgram& program_;
  std::vector<std::vector<std::int32_t>> paths_;  // by scenario, by stage
  std::map<std::int32_t, std::int32_t> core_path_;
  std::map<std::int32_t, Numbers> numbers_;  // by node
};

/// Adds a node for every combination of the parts of one stage below `parent`.
void add_combinations(StagedProgram& program, const std::vector<const SmpsPart*>& parts, std::int32_t stage,
                      std::int32_t parent) {
  std::vector<std::size_t> chosen(parts.size(), 0);
  StagedProgram::Node plain{parent, stage, program.nodes[static_cast<std::size_t>(parent)].probability, {}};
  for (const DataChange& change : program.nodes[static_cast<std::size_t>(parent)].changes) {
    if (stage_of(program, change) >= stage) plain.changes.push_back(change);
  }
  while (true) {
    StagedProgram::Node node = plain;
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

void grow_tree(StagedProgram& program, std::vector<SmpsPart> parts, TreeNotes& notes) {
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

void grow_tree(StagedProgram& program, std::vector<SmpsScenario> scenarios, TreeNotes& notes) {
  double sum = 0;
  for (const SmpsScenario& scenario : scenarios) sum += scenario.probability;
  const double factor = correction(sum, "the scenarios", notes);
  PathGrower grower(program);
  for (const SmpsScenario& scenario : scenarios) grower.add(scenario, scenario.probability * factor, notes);
}

}  // namespace pinchpoint::test_support
