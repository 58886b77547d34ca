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
  std::string id, version, solver, status;
  std::filesystem::path folder;  ///< of the model
  tables::ReadOptions read;
  plan::PlanOptions plan;
  double objective = 0;
  std::vector<tables::InputFile> inputs;  ///< path and sha256
};

/// True if the path looks like a run folder: it holds a run.toml.
[[nodiscard]] bool is_run_folder(const std::filesystem::path& path);
/// errors    no such folder, no run.toml, one that cannot be read
[[nodiscard]] Result<StoredRun> read_run(const std::filesystem::path& path);
/// One complaint that names the inputs that are no longer what the run was made from; none if all are.
[[nodiscard]] Diagnostics check_inputs(const StoredRun& run, const tables::ModelFolder& folder);

}  // namespace pinchpoint::results
