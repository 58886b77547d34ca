// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "analysis/compare/run_data.hpp"

namespace pinchpoint::results {

/// What a run folder holds, from its run.toml and its results.sqlite.
struct StoredResults {
  std::string problem;  ///< why it cannot be read; empty if it can
  compare::RunData run;
};
[[nodiscard]] StoredResults read_results(const std::filesystem::path& path);

}  // namespace pinchpoint::results
