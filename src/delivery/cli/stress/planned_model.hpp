// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

#include "analysis/stress/stress.hpp"
#include "delivery/cli/context.hpp"
#include "delivery/cli/model_options.hpp"
#include "delivery/cli/progress_line.hpp"
#include "delivery/results/open_run.hpp"
#include "delivery/results/record.hpp"
#include "delivery/results/run_folder.hpp"
#include "delivery/results/stress/stress_journal.hpp"

namespace pinchpoint::cli {

/// Where a command that plays scenarios writes: a run folder, and the journal from which the same command goes on.
class Bookkeeping {
 public:
  /// Opens <out>/.<kind>-<id>.journal. Throws WriteError.
  Bookkeeping(const std::filesystem::path& out, std::string_view kind, const std::string& id, Interrupt& interrupt);
  ~Bookkeeping() { interrupt_.on_abort({}); }
  Bookkeeping(const Bookkeeping&) = delete;
  Bookkeeping& operator=(const Bookkeeping&) = delete;

  results::RunFolder folder;
  results::StressJournal journal;

 private:
  Interrupt& interrupt_;
};

/// What commands that attack a plan begin with: a model folder, or a run folder that names one, and its plan.
class PlannedModel {
 public:
  PlannedModel(const ModelOptions& options, const Context& context);
  ~PlannedModel();
  PlannedModel(const PlannedModel&) = delete;
  PlannedModel& operator=(const PlannedModel&) = delete;

  /// Reads and checks the model, which may turn out unsound: its problems say why.
  void load();
  [[nodiscard]] const LoadedModel& model() const { return run_ ? run_->model : model_; }
  [[nodiscard]] LoadedModel& model() { return run_ ? run_->model : model_; }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  [[nodiscard]] const results::Request& request() const { return request_; }
  [[nodiscard]] const std::string& started() const { return started_; }
  [[nodiscard]] ProgressLine& progress() { return progress_; }

  /// Plans the model's world, or one made from it by adding measures; that of a run from the run's own basis.
  [[nodiscard]] plan::Plan make_plan(const World& world, int threads);
  [[nodiscard]] double seconds() const;  ///< since the beginning

  /// Options that hear of an interrupt and show how far the scenarios are; `things`: "scenarios", "removals".
  [[nodiscard]] stress::StressOptions listening(stress::StressOptions options, std::string_view things);

  // Each says why nothing comes, and returns the exit status.
  Exit refuse(const std::string& problem);
  Exit refuse(const Diagnostics& problems, std::string_view consequence);
  Exit refuse_plan(const plan::Plan& plan);
  Exit refuse_result(const std::string& problem);
  /// After an interrupt; `is_kept`: the same command goes on from where it was.
  Exit leave(bool is_kept);

 private:
  const ModelOptions& options_;
  const Context& context_;
  ProgressLine progress_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  std::string started_;
  std::filesystem::path folder_;
  LoadedModel model_;
  std::optional<results::OpenRun> run_;
  results::Request request_;
};

}  // namespace pinchpoint::cli
