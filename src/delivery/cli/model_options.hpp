// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/tables/model_folder.hpp"
#include "delivery/results/load_model.hpp"

namespace CLI {  // NOLINT(readability-identifier-naming): the library's own name
class App;
}

namespace pinchpoint::cli {

/// Options of every command that reads a model folder.
struct ModelOptions {
  std::string folder;
  std::vector<std::string> scenarios, patches;
  std::string step, start, end, rules_as_of;
  bool lenient = false;
};
void add_model_options(CLI::App& command, ModelOptions& options);
/// requires: words checked by add_model_options
[[nodiscard]] tables::ReadOptions to_read_options(const ModelOptions& options);

using results::LoadedModel;
[[nodiscard]] LoadedModel load_model(const ModelOptions& options);

}  // namespace pinchpoint::cli
