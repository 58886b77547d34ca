// SPDX-License-Identifier: Apache-2.0
#include "optim/model/patch.hpp"

#include <algorithm>

namespace pinchpoint::optim {

Model patched(Model model, const Patch& patch) {
  const auto set = [](const std::vector<BoundChange>& changes, std::vector<double>& lower, std::vector<double>& upper) {
    for (const BoundChange& change : changes) {
      lower[static_cast<std::size_t>(change.index)] = change.lower;
      upper[static_cast<std::size_t>(change.index)] = change.upper;
    }
  };
  set(patch.columns, model.lower, model.upper);
  set(patch.rows, model.row_lower, model.row_upper);
  return model;
}

namespace {

/// Bounds and sides of the model changed by every change of every patch.
template <class Change>
Model changed_by_all(Model model, std::span<const Patch> patches, Change change_bounds) {
  for (const Patch& patch : patches) {
    for (const BoundChange& change : patch.columns)
      change_bounds(model.lower[static_cast<std::size_t>(change.index)],
                    model.upper[static_cast<std::size_t>(change.index)], change);
    for (const BoundChange& change : patch.rows)
      change_bounds(model.row_lower[static_cast<std::size_t>(change.index)],
                    model.row_upper[static_cast<std::size_t>(change.index)], change);
  }
  return model;
}

}  // namespace

Model loosest(Model model, std::span<const Patch> patches) {
  return changed_by_all(std::move(model), patches, [](double& lower, double& upper, const BoundChange& change) {
    lower = std::min(lower, change.lower);
    upper = std::max(upper, change.upper);
  });
}

Model tightest(Model model, std::span<const Patch> patches) {
  return changed_by_all(std::move(model), patches, [](double& lower, double& upper, const BoundChange& change) {
    lower = std::max(lower, change.lower);
    upper = std::min(upper, change.upper);
  });
}

}  // namespace pinchpoint::optim
