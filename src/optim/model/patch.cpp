// SPDX-License-Identifier: Apache-2.0
#include "optim/model/patch.hpp"

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

}  // namespace pinchpoint::optim
