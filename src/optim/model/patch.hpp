// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "optim/model/model.hpp"

namespace pinchpoint::optim {

/// New bounds of one column, or new sides of one row.
struct BoundChange {
  std::int32_t index = 0;
  double lower = 0;
  double upper = 0;

  friend auto operator<=>(const BoundChange&, const BoundChange&) = default;
};

/// One scenario of a model: bounds and sides that differ from it. Matrix and costs stay, so that every dual solution
/// stays one. Each list is ascending by index, and names an index at most once.
struct Patch {
  std::vector<BoundChange> columns, rows;

  friend auto operator<=>(const Patch&, const Patch&) = default;
};

/// `model` with bounds and sides of the patch.
[[nodiscard]] Model patched(Model model, const Patch& patch);

/// `model` with the loosest bounds and sides that it or any patch has: every scenario's points satisfy it.
[[nodiscard]] Model loosest(Model model, std::span<const Patch> patches);

/// `model` with the tightest bounds and sides that it or any patch has: its points satisfy every scenario.
[[nodiscard]] Model tightest(Model model, std::span<const Patch> patches);

}  // namespace pinchpoint::optim
