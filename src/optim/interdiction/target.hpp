// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "optim/model/model.hpp"
#include "optim/model/patch.hpp"

namespace pinchpoint::optim {

/// What the leader may take away: bounds and sides that its loss leaves. Where a patch is wider than the model, or than
/// the patch of another target that is lost too, the tighter bound holds: a loss never helps.
struct Target {
  std::int32_t name = -1;  ///< the caller's own number; nothing here looks at it
  Patch patch;
  double cost = 1;  ///< of the leader, > 0
};

/// The model's bounds under the loss of `chosen` (indices of targets), as one patch.
[[nodiscard]] Patch combine_patches(const Model& model, std::span<const Target> targets,
                                    std::span<const std::int32_t> chosen);

/// A set of targets, ascending, and one more.
[[nodiscard]] std::vector<std::int32_t> with(std::vector<std::int32_t> set, std::int32_t target);

/// True if a lower bound or side of the patch exceeds its upper one: no point is left, whatever the rows say.
[[nodiscard]] bool is_crossed(const Patch& patch);

/// By target: 1 if the point breaks the target's patch, so that its loss would hurt it. What is within
/// 1e-9 · max(1, |bound|) keeps it.
[[nodiscard]] std::vector<std::uint8_t> used_targets(std::span<const Target> targets, std::span<const double> value,
                                                     std::span<const double> activity);

/// By target: by how much the point breaks the target's patch, over all its bounds; 0 where it keeps it.
[[nodiscard]] std::vector<double> amounts_used(std::span<const Target> targets, std::span<const double> value,
                                               std::span<const double> activity);

}  // namespace pinchpoint::optim
