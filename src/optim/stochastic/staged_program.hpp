// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "optim/stochastic/two_stage.hpp"

namespace pinchpoint::optim {

/// One number of a model that is not what the core says.
struct DataChange {
  enum class What { cost, entry, row_lower, row_upper, column_lower, column_upper, offset };
  What what = What::entry;
  std::int32_t row = -1;
  std::int32_t column = -1;
  double value = 0;

  friend auto operator<=>(const DataChange&, const DataChange&) = default;
};

/// A program whose data become known stage by stage: a model in which every row and column belongs to a stage, and a
/// tree of what may become known.
///
/// requires  an entry's row is of the same stage as its column, or of a later one; data of a stage change in nodes of
///           that stage only (an entry's stage is its row's); nodes come after their parents
struct StagedProgram {
  Model core;
  std::vector<std::int32_t> row_stage, column_stage;  ///< from 0
  std::int32_t stages = 1;

  struct Node {
    std::int32_t parent = -1;  ///< of the first stage's only node: -1
    std::int32_t stage = 0;
    double probability = 1;           ///< of being reached at all
    std::vector<DataChange> changes;  ///< the last of several of one number counts
  };
  std::vector<Node> nodes;
};

/// The core with numbers of a node.
[[nodiscard]] Model changed(Model core, const std::vector<DataChange>& changes);

/// Rows and columns of a stage once for each of its nodes.
[[nodiscard]] Model extensive_form(const StagedProgram& program);

/// requires: two stages. Futures whose recourse has other costs or entries than the core's share one if theirs are the
/// same.
[[nodiscard]] TwoStageProblem two_stage_of(const StagedProgram& program);

/// The program with one future, in which every number is its mean over the nodes of its stage.
[[nodiscard]] StagedProgram mean_program(const StagedProgram& program);

/// The program if it is known that this node of the last stage is reached.
[[nodiscard]] StagedProgram path_to(const StagedProgram& program, std::int32_t node);

/// The program with its columns of the first stage, in their order, at these values.
[[nodiscard]] StagedProgram with_first(StagedProgram program, const std::vector<double>& first);

}  // namespace pinchpoint::optim
