// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "delivery/results/record.hpp"

namespace pinchpoint::results {

/// What a run folder says of how it came about: enough to make its plan again.
struct StoredRun {
  std::filesystem::path path;
  std::string problem;  ///< why it cannot be used; empty if it can
  std::string id, version, solver, status;
  std::filesystem::path folder;  ///< of the model
  tables::ReadOptions read;
  plan::PlanOptions plan;
  double objective = 0;
  std::vector<tables::InputFile> inputs;  ///< path and sha256
};

/// True if the path looks like a run folder: it holds a run.toml.
[[nodiscard]] bool is_run_folder(const std::filesystem::path& path);
[[nodiscard]] StoredRun read_run(const std::filesystem::path& path);
/// Inputs that are no longer what the run was made from: "facilities.csv has changed", …; empty if all are.
[[nodiscard]] std::vector<std::string> changed_inputs(const StoredRun& run, const tables::ModelFolder& folder);

}  // namespace pinchpoint::results
