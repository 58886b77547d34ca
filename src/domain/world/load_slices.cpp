// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>

#include "domain/world/internal/loader.hpp"

namespace pinchpoint::internal {

void load_slices(Loader& loader) {
  World& world = loader.world;
  double sum = 0;
  for_each_row(loader, "slices", [&](const Row& row) {
    Slice slice{row.text("id"), row.has("name") ? row.text("name") : row.text("id"), 1};
    if (const auto weight = row.figure(parsed_unit(loader, "1"))) slice.weight = *weight;
    sum += slice.weight;
    loader.slices.add(slice.id, world.slices.push_back(slice));
  });
  if (world.slices.empty()) {
    world.slices.push_back({"all", "all hours", 1});
  } else if (std::abs(sum - 1) > 1e-6) {
    for_each_row(loader, "slices", [&, told = false](const Row& row) mutable {
      if (std::exchange(told, true)) return;
      row.complain(Code::weights_do_not_add_up, "weight", fmt::format("the weights of the slices add up to {}", sum),
                   "1");
    });
  }
  for_each_row(loader, "profiles", [&](const Row& row) {
    if (row.has("technology") == row.has("programme")) {
      row.complain(Code::one_of_two, "technology", "exactly one of technology and programme must be filled");
    }
    const auto value = row.figure(parsed_unit(loader, "1"));
    if (!value) return;
    world.profiles.push_back({row.id("technology", loader.technologies), row.id("programme", loader.programmes),
                              row.id("region", loader.regions), row.id("slice", loader.slices), *value});
  });
}

}  // namespace pinchpoint::internal
