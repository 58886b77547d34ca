// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/tables/model_folder.hpp"
#include "domain/world/world.hpp"

namespace CLI {  // NOLINT(readability-identifier-naming): the library's own name
class App;
}

namespace pinchpoint::cli {

/// Options of every command that reads a model folder.
struct ModelOptions {
  std::string folder;
  std::vector<std::string> scenarios, patches;
  std::string step, start, end;
  bool lenient = false;
};
void add_model_options(CLI::App& command, ModelOptions& options);
/// requires: words checked by add_model_options
[[nodiscard]] tables::ReadOptions to_read_options(const ModelOptions& options);

/// A model folder as far as it could be read, with all that is to be said about it.
struct LoadedModel {
  std::optional<tables::ModelFolder> folder;
  std::optional<World> world;
  Diagnostics problems;
  double read_seconds = 0, validate_seconds = 0;

  [[nodiscard]] bool is_sound() const { return world.has_value() && !problems.has_errors(); }
};
/// Reads tables, makes a world of them and checks its structure; loops that make something out of nothing are errors.
[[nodiscard]] LoadedModel load_model(const ModelOptions& options);
[[nodiscard]] LoadedModel load_model(const std::filesystem::path& folder, const tables::ReadOptions& options);

}  // namespace pinchpoint::cli
