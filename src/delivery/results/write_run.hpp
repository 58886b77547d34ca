// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>

#include "delivery/results/record.hpp"
#include "delivery/results/run_folder.hpp"

namespace pinchpoint::results {

/// Fills the folder with results.sqlite, tables/*.csv if asked, basis.txt of an optimal plan, log.txt and run.toml, and
/// publishes it under its id.
/// `record.seconds.write` and `.total` are completed on the way. Returns where the run lies.
std::filesystem::path write_run(RunRecord& record, std::string_view log, bool with_csv, RunFolder& folder);

}  // namespace pinchpoint::results
