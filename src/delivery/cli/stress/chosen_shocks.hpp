// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "analysis/stress/sampling/sampler.hpp"
#include "core/base/result.hpp"
#include "delivery/results/load_model.hpp"
#include "domain/world/shocks/shock.hpp"

namespace pinchpoint::cli {

/// Shocks that a command line names, those that cannot be played left out.
struct ChosenShocks {
  Shocks shocks;
  std::vector<std::string> left_out;  ///< "'x' lifts the ban 'y' on an end user, …"
  std::string problem;                ///< why there is nothing to play
};
/// What shocks are played against: a plan that is made, or one that is still to be chosen.
enum class PlayedAgainst { made_plan, plan_to_choose };
/// `words`: ids of the model's own shocks or of those of files, and files and folders of shocks; none: all of the
/// model's. A shock asked for by its id that cannot be played is a problem, others are left out.
/// Where one of them names the rules of another day, the model's world becomes one in which these can come to hold.
[[nodiscard]] Result<ChosenShocks> choose_shocks(results::LoadedModel& model, const std::filesystem::path& folder,
                                                 const std::vector<std::string>& words, PlayedAgainst against);

/// "monte-carlo", "sobol", "latin-hypercube"
[[nodiscard]] stress::SamplingMethod sampling_named(const std::string& name);

}  // namespace pinchpoint::cli
