// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "analysis/compare/run_data.hpp"
#include "core/base/result.hpp"

namespace pinchpoint::results {

/// What a run folder holds, from its run.toml and its results.sqlite.
///
/// errors    no run folder, one that is not whole, a results.sqlite that cannot be read or is of another version
[[nodiscard]] Result<compare::RunData> read_results(const std::filesystem::path& path);

}  // namespace pinchpoint::results
