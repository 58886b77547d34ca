// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>

#include "core/tables/model_folder.hpp"
#include "domain/world/world.hpp"

namespace pinchpoint::results {

/// A model folder as far as it could be read, with all that is to be said about it.
struct LoadedModel {
  std::optional<tables::ModelFolder> folder;
  std::optional<World> world;
  Diagnostics problems;
  double read_seconds = 0, validate_seconds = 0;

  [[nodiscard]] bool is_sound() const { return world.has_value() && !problems.has_errors(); }
};

/// Reads tables, makes a world of them and checks its structure; loops that make something out of nothing are errors.
[[nodiscard]] LoadedModel load_model(const std::filesystem::path& folder, const tables::ReadOptions& options);

}  // namespace pinchpoint::results
