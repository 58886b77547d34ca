// SPDX-License-Identifier: Apache-2.0
#include "delivery/results/open_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/ensure.hpp"
#include "delivery/results/basis_file.hpp"

namespace pinchpoint::results {

namespace {

/// What was asked for, solved in the way that is wanted now.
plan::PlanOptions options_of(const StoredRun& stored, const plan::PlanOptions& how) {
  plan::PlanOptions options = stored.plan;
  options.solve.threads = how.solve.threads;
  options.solve.interrupt = how.solve.interrupt;
  options.solve.on_progress = how.solve.on_progress;
  options.solve.log_file = how.solve.log_file;
  options.on_phase = how.on_phase;
  if (!options.relax_integers)
    options.certificate_tolerance = std::max(options.certificate_tolerance, options.solve.relative_gap);
  return options;
}

void note_start(const StoredBasis& basis, PlannedRun& planned) {
  if (planned.plan.is_from_start || planned.plan.status == plan::PlanStatus::infeasible) return;
  const std::string why =
      basis.start ? fmt::format("has a {} that does not fit the problem made of its model", basis_file) : basis.problem;
  planned.notes.push_back(fmt::format("the run {}: solved from nothing", why));
}

void note_objective(const StoredRun& stored, PlannedRun& planned) {
  constexpr double rounding = 1e-9;
  const double now = planned.plan.solution.objective;
  if (std::abs(now - stored.objective) > rounding * std::max(1.0, std::abs(stored.objective)))
    planned.notes.push_back(
        fmt::format("the run's objective was {:.10g}, planned again it is {:.10g}", stored.objective, now));
}

}  // namespace

OpenRun open_run(const std::filesystem::path& path) {
  OpenRun run;
  Result<StoredRun> stored = read_run(path);
  if (!stored) {
    run.model.problems.append(stored.error());
    return run;
  }
  run.stored = std::move(stored).value();
  run.model = load_model(run.stored.folder, run.stored.read);
  if (run.model.folder) run.model.problems.append(check_inputs(run.stored, *run.model.folder));
  return run;
}

PlannedRun plan_again(const OpenRun& run, const plan::PlanOptions& how) {
  ensure(run.is_sound(), "plan_again() needs a run that could be opened");
  const StoredBasis basis = read_run_basis(run.stored.path);
  plan::PlanOptions options = options_of(run.stored, how);
  if (basis.start) options.start = &*basis.start;
  PlannedRun planned{plan::make_plan(*run.model.world, options), {}};
  note_start(basis, planned);
  note_objective(run.stored, planned);
  return planned;
}

}  // namespace pinchpoint::results
