// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "optim/interdiction/attack.hpp"

namespace pinchpoint::optim {

/// A bilevel assignment or knapsack problem of MibS: NAME.mps has the follower's rows, NAME.txt what makes it bilevel.
struct AssignmentCase {
  Model model;  ///< columns are whole; some files of assignments lack entries, and their relaxation is a broken one
  std::vector<double> removal_cost;  ///< by column
  double removal_limit = 0;
};

/// Reads MibS's auxiliary file (N and M follower columns and rows; LC, LR which they are; LO follower's costs in that
/// order; OS 1: it minimises; IC, IB: cost of a removal by column, and their limit) beside the MPS file. Throws
/// std::runtime_error where it does not fit.
///
/// The rows between leader and follower (a removed column is 0) are not in the MPS file: each column is a target.
[[nodiscard]] AssignmentCase read_assignment_case(const std::filesystem::path& mps);

}  // namespace pinchpoint::optim
