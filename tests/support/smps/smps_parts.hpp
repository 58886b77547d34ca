// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "optim/stochastic/staged_program.hpp"

namespace pinchpoint::test_support {

/// How a number of the stoch file is meant: instead of the core's, on top of it, or as a factor of it.
enum class SmpsMode { replace, add, multiply };

/// One thing of a stage that falls out in one of several ways, whatever other things do.
struct SmpsPart {
  std::int32_t stage = 0;
  struct Realisation {
    double probability = 0;
    std::vector<optim::DataChange> changes;
  };
  std::vector<Realisation> realisations;
};

/// One path through all stages.
struct SmpsScenario {
  std::string name;
  std::int32_t parent = -1;        ///< place of the scenario it branches from; -1: the core
  std::int32_t branches_from = 0;  ///< first stage of its own
  double probability = 0;
  std::vector<optim::DataChange> changes;  ///< its own and, before them, its parent's
};

/// Stage by which a number is known.
[[nodiscard]] std::int32_t stage_of(const optim::StagedProgram& program, const optim::DataChange& change);

/// What growing a tree has to say.
struct TreeNotes {
  bool keeps_probabilities = false;  ///< those that do not add up to 1 are left as they are
  std::vector<std::string> notes;    ///< what was done about probabilities
  std::vector<std::string> errors;   ///< scenarios that share a node and differ in its data
};

/// All combinations of independent parts. What a part says of later stages holds below its node.
void grow_tree(optim::StagedProgram& program, std::vector<SmpsPart> parts, TreeNotes& notes);
/// Paths that part where they branch. Data of nodes that scenarios share, the first stage's among them, must be the
/// same in all of these.
void grow_tree(optim::StagedProgram& program, std::vector<SmpsScenario> scenarios, TreeNotes& notes);

}  // namespace pinchpoint::test_support
