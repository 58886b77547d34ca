// SPDX-License-Identifier: Apache-2.0
#include "delivery/cli/stress/chosen_shocks.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "analysis/ruling/ruling.hpp"
#include "analysis/stress/effects.hpp"
#include "domain/world/shocks/shock_list.hpp"

namespace pinchpoint::cli {

namespace {

std::string unplayable(const World& world, const Shock& shock, PlayedAgainst against) {
  if (against == PlayedAgainst::plan_to_choose && stress::changes_coefficients(world, shock))
    return fmt::format("changes '{}', a coefficient, which a plan against futures does not know: stress plays it",
                       world.measures[shock.measure].id);
  return stress::unsupported(world, shock);
}

/// Shocks that cannot be played are left out, and said so; one that was asked for by its id is refused.
void leave_out(const World& world, bool are_named, PlayedAgainst against, ChosenShocks& chosen) {
  Shocks playable;
  for (const Shock& shock : chosen.shocks) {
    const std::string problem = unplayable(world, shock, against);
    if (problem.empty()) {
      playable.push_back(shock);
    } else {
      chosen.left_out.push_back(fmt::format("'{}' {}", shock.id, problem));
    }
  }
  if (!chosen.left_out.empty() && (playable.empty() || are_named))
    chosen.problem = fmt::format("this cannot be played: {}", fmt::join(chosen.left_out, "; "));
  chosen.shocks = std::move(playable);
}

/// Shocks that name the rules of another day need a world in which these can come to hold.
Diagnostics switch_rules(results::LoadedModel& model, Shocks& shocks) {
  const bool has_any =
      std::any_of(shocks.begin(), shocks.end(), [](const Shock& shock) { return !shock.rules_as_of.empty(); });
  if (!has_any) return Diagnostics();
  Result<World> world = load_world(*model.folder);
  Result<ruling::Ruler> ruler = ruling::Ruler::read(*model.folder);
  if (!world || !ruler) return world ? ruler.error() : world.error();
  Result<World> ruled = ruler->rule_with_switches(std::move(world).value(), shocks);
  if (!ruled) return ruled.error();
  model.world = std::move(ruled).value();
  return Diagnostics();
}

}  // namespace

Result<ChosenShocks> choose_shocks(results::LoadedModel& model, const std::filesystem::path& folder,
                                   const std::vector<std::string>& words, PlayedAgainst against) {
  const World& world = *model.world;
  std::vector<std::string> names;
  std::vector<std::filesystem::path> files;
  for (const std::string& word : words) {
    if (std::filesystem::exists(word)) {
      files.emplace_back(word);
    } else {
      names.push_back(word);
    }
  }
  Result<Shocks> outside = files.empty() ? Result<Shocks>(Shocks()) : load_shocks(world, *model.folder, files);
  if (!outside.has_value()) return outside.error();
  ChosenShocks chosen;
  chosen.shocks = std::move(outside).value();
  if (files.empty() || !names.empty()) {
    for (const Shock& shock : world.shocks) chosen.shocks.push_back(shock);
  }
  if (!names.empty()) {
    Result<Shocks> selected = select_shocks(chosen.shocks, names);
    if (!selected.has_value()) return selected.error();
    chosen.shocks = std::move(selected).value();
  }
  if (chosen.shocks.empty()) {
    chosen.problem =
        fmt::format("{} has no shocks: name a file or folder with --shocks (data/shocks is one)", folder.string());
    return chosen;
  }
  if (Diagnostics problems = switch_rules(model, chosen.shocks); problems.has_errors()) return problems;
  leave_out(*model.world, !names.empty(), against, chosen);
  return chosen;
}

stress::SamplingMethod sampling_named(const std::string& name) {
  if (name == "sobol") return stress::SamplingMethod::sobol;
  return name == "latin-hypercube" ? stress::SamplingMethod::latin_hypercube : stress::SamplingMethod::monte_carlo;
}

}  // namespace pinchpoint::cli
