// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "analysis/plan/plan.hpp"
#include "delivery/results/load_model.hpp"
#include "delivery/results/read_run.hpp"

namespace pinchpoint::results {

/// A run folder with its model, read again from the folder, the scenarios and the horizon that the run names.
struct OpenRun {
  StoredRun stored;
  LoadedModel model;  ///< its `problems` hold what is wrong with the run, too

  [[nodiscard]] bool is_sound() const { return model.is_sound(); }
};

/// Opens what `pinchpoint plan` wrote; nothing is solved. That the model's files are no longer the run's is an error.
[[nodiscard]] OpenRun open_run(const std::filesystem::path& path);

/// The plan of a run made again: values, duals, basis and certificate, as if it had just been planned.
struct PlannedRun {
  plan::Plan plan;
  std::vector<std::string> notes;  ///< what people should know: another version, solved from nothing, another objective
};

/// Plans an open run again, with the options it was planned with; threads, interrupt, progress and phases are those of
/// `how`. From the run's basis that takes no search; where it keeps none that fits (another version may assemble
/// otherwise), the plan is solved from nothing and a note says so. Certified anew in either case.
/// requires  run.is_sound()
[[nodiscard]] PlannedRun plan_again(const OpenRun& run, const plan::PlanOptions& how);

}  // namespace pinchpoint::results
