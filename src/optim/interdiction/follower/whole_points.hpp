// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "optim/interdiction/target.hpp"
#include "optim/model/model.hpp"

namespace pinchpoint::optim {

/// A follower whose columns are whole, as an LP: one column λ_p ≥ 0 for each of its points p, Σ λ_p = 1, at the point's
/// cost. The loss of a target takes away the points that break its patch. What the follower answers to a set, and
/// whether it can, is the same, and an LP's vertices are single points; so an attack on this LP is one on the follower.
struct WholePoints {
  Model model;
  std::vector<Target> targets;
  std::vector<std::vector<double>> value;  ///< by point: the follower's columns
};

/// Empty where there are more than `most` points, or partial ones on the way to them.
///
/// requires  every column whole and between two bounds
[[nodiscard]] std::optional<WholePoints> list_whole_points(const Model& model, std::span<const Target> targets,
                                                           std::size_t most = 20000);

}  // namespace pinchpoint::optim
