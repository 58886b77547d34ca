// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/plan/plan.hpp"
#include "core/tables/model_folder.hpp"

namespace pinchpoint::results {

/// The program that made a run.
struct Program {
  std::string version;               ///< "0.1.0"
  std::string build;                 ///< compiler and kind of build
  std::string solver;                ///< "highs 1.15.1"
  std::string_view empty_results{};  ///< results.sqlite without a row, see Database; empty if there is none at hand
};

/// What a run was asked for, besides the model folder.
struct Request {
  std::vector<std::string> command;  ///< as typed
  tables::ReadOptions read;
  plan::PlanOptions plan;
};

/// Wall time by phase.
struct Seconds {
  double read = 0, validate = 0, assemble = 0, solve = 0, certify = 0, write = 0, total = 0;
};

/// All that a run folder says of a run. Everything referred to must outlive it.
struct RunRecord {
  const Program& program;
  const Request& request;
  const tables::ModelFolder& folder;
  const World& world;
  const plan::Plan& plan;
  Seconds seconds;
  std::string started;  ///< "2026-01-31T12:00:00Z"
};

/// Twelve hex digits that depend on resolved inputs, options that change the answer, and the program's version; not on
/// threads, time or place.
[[nodiscard]] std::string run_id(const RunRecord& record);

/// Most memory this process has used, in bytes.
[[nodiscard]] std::uint64_t peak_memory_bytes();

/// run.toml: what was asked, from what, with what; what came out; and how long it took.
[[nodiscard]] std::string render_run_toml(const RunRecord& record, std::string_view id);

/// Key and value pairs of the table `run`: what of run.toml does not depend on the clock or the machine.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> run_facts(const RunRecord& record);

}  // namespace pinchpoint::results
