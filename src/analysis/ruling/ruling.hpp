// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/tables/model_folder.hpp"
#include "domain/world/world.hpp"

namespace pinchpoint::ruling {

/// A world, and what is to be said about it.
struct RuledWorld {
  World world;
  Diagnostics warnings;  ///< RUL-018
};

/// Turns the verdicts of a rule base into limits on flows. For a commodity c with rows of rule_items, a flow from
/// country i to country j ≠ i in a period t, judged as enforced on the 15th of each month (or the vintage's day):
///
///     prohibited             m = 0                             a ban: no column
///     licence required       Σ m ≤ amount · years(t)           a quota, or
///                            Σ m ≤ share · Σ made by origins   a licence share, by the row of licence_outcomes
///     exception, no licence  free
///     cannot tell            refused, or the outcome that rule_items names
///
/// The limits are measures of the world like those of the table; World::ruled_flows says why. Amounts are per year, in
/// the commodity's unit. Source: docs/formulation/ruled_flows.md. It judges on the facts it is given and clears
/// nothing.
///
/// Verdicts are remembered, so that worlds that differ in figures alone are ruled at little cost. Not shared between
/// threads.
class Ruler {
 public:
  /// errors    FIL-001, FIL-002, FIL-003, CSV-, TAB- and RUL- codes of the base; RUL-019 the horizon begins before it
  [[nodiscard]] static Result<Ruler> read(const tables::ModelFolder& folder);

  /// requires  `world` was made of the folder, and not ruled yet
  /// errors    RUL-004, RUL-013, RUL-015, RUL-016, RUL-017, RUL-019
  [[nodiscard]] Result<RuledWorld> rule(World world, const tables::ModelFolder& folder);

  /// The world ruled so that each of the shocks that name a vintage can change its limits by sides of rows alone; fills
  /// Shock::switched, or Shock::problem where that cannot be. Plans of it cost what plans of rule() cost.
  ///
  /// requires  as rule()
  /// errors    as rule()
  [[nodiscard]] Result<World> rule_with_switches(World world, Shocks& shocks);

  /// Files of the base, as inputs of a run; the paths of a base that is part of the program begin with "shipped:".
  [[nodiscard]] const std::vector<tables::InputFile>& inputs() const;

 private:
  struct State;
  explicit Ruler(std::shared_ptr<State> state) : state_(std::move(state)) {}
  std::shared_ptr<State> state_;
};

/// load_world, and the rules that the folder's model.toml names. Without [rules] it is load_world.
[[nodiscard]] Result<RuledWorld> load_ruled_world(const tables::ModelFolder& folder);

}  // namespace pinchpoint::ruling
