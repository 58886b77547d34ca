// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>

#include "delivery/results/record.hpp"
#include "delivery/results/run_folder.hpp"
#include "delivery/results/tables/database.hpp"
#include "delivery/results/write_error.hpp"

namespace pinchpoint::results {

/// Fills a run folder with results.sqlite, tables/*.csv if asked, basis.txt of an optimal plan, log.txt and run.toml,
/// and publishes it under its id. The tables that follow from values alone can be written ahead.
class RunWriter {
 public:
  /// Both must outlive it.
  RunWriter(const Program& program, RunFolder& folder) : program_(program), folder_(folder) {}

  /// Writes what follows from values and duals (plan::PlanOptions::on_values). Called again it begins anew. What goes
  /// wrong on the way write() says.
  void write_values(const World& world, const plan::Plan& plan);
  /// The rest, and the values of a plan that none were written of. Completes `record.seconds.write` and `.total`.
  /// Returns where the run lies; throws WriteError.
  std::filesystem::path write(RunRecord& record, std::string_view log, bool with_csv);

 private:
  const Program& program_;
  RunFolder& folder_;
  std::unique_ptr<Database> database_;
  std::optional<WriteError> problem_;
  double seconds_ = 0;  ///< of write_values()
};

/// All of it at once.
std::filesystem::path write_run(RunRecord& record, std::string_view log, bool with_csv, RunFolder& folder);

}  // namespace pinchpoint::results
