// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "analysis/stress/operating_problem.hpp"
#include "analysis/stress/sampling/scenario.hpp"
#include "analysis/stress/surprises/fork.hpp"
#include "optim/model/patch.hpp"

namespace pinchpoint::stress {

/// What shocks do to an operating problem, as new bounds and sides. docs/formulation/stress.md
///
/// outage, earthquake, power cut   available ≤ capacity · Π (1 - lost share · share of the capacity that is hit)
/// embargo, licence, lane closure  each flow ≤ (1 - lost share) · what the plan sends on it
/// demand surge                    asked · (1 + share)
/// budget collapse                 budget - lost share · money of the period
/// rule change                     the rule's value less or more by the share: a quota's amount, others' columns
///                                 (ForceSwitch); rules of another day: what they leave, nothing, an amount or all
///                                 (Shock::switched)
///
/// Lost shares are averages over periods.
class Effects {
 public:
  Effects(const World& world, const Shocks& shocks, const plan::Plan& plan, const OperatingProblem& problem);

  /// What all hits of a scenario leave. Columns and rows are the operating problem's, but for flows.
  struct Limits {
    /// What an outage of capacity leaves: `wide` of what `own` leaves of the capacity. `own` is of single facilities,
    /// as shares of the plan's capacity.
    struct Capacity {
      double wide = 1, own = 1;
    };
    std::map<std::pair<plan::AssetId, std::int32_t>, Capacity> capacity;  ///< by asset and period
    std::map<std::int32_t, double> flows;       ///< factor on the plan's flow, by column of the plan
    std::map<std::int32_t, double> asked;       ///< factor on what is asked, by column
    std::map<std::int32_t, double> asked_rows;  ///< the same by row
    std::map<std::int32_t, double> moved_rows;  ///< added to the upper side, by row
    std::map<std::int32_t, double> set_rows;    ///< the upper side itself, by row
    std::map<RulePeriod, double> forces;        ///< factor on the rule's value, finite
  };
  /// `fork`: what the scenario has decided before otherwise than the plan.
  [[nodiscard]] Limits limits(const Scenario& scenario, const Fork& fork = {}) const;
  /// Adds the changes for which open_forces() must have made columns before patch() is asked.
  void note_forces(const Scenario& scenario, ForceChanges& changes) const;
  [[nodiscard]] optim::Patch patch(const Scenario& scenario, const Fork& fork = {}) const;

 private:
  void cut_capacity(const Hit& hit, const Fork& fork, Limits& limits) const;
  void cut_flows(const Hit& hit, Limits& limits) const;
  void raise_demand(const Hit& hit, Limits& limits) const;
  void cut_budgets(const Hit& hit, Limits& limits) const;
  void change_rule(const Hit& hit, Limits& limits) const;
  void change_quota(const Hit& hit, Limits& limits) const;
  void switch_rules(const Hit& hit, Limits& limits) const;

  [[nodiscard]] double lost(const Hit& hit, std::int32_t period) const;
  [[nodiscard]] std::vector<plan::AssetId> assets_of(const Shock& shock) const;
  [[nodiscard]] std::vector<std::int32_t> flows_of(const Shock& shock) const;
  [[nodiscard]] double share_of(FacilityId facility, PeriodId period, double capacity) const;

  const World& world_;
  const Shocks& shocks_;
  const plan::Plan& plan_;
  const OperatingProblem& problem_;
  IdVector<ShockTag, std::vector<plan::AssetId>> assets_;  ///< what each shock hits
  IdVector<ShockTag, std::vector<std::int32_t>> flows_;    ///< columns of the plan that each shock caps
  IdVector<FacilityTag, plan::AssetId> asset_of_;
  std::vector<std::int32_t> demands_;  ///< columns met and unmet and rows of demand of this problem, ...
  std::vector<std::int32_t> demand_rows_, budget_rows_, quota_rows_, licence_rows_;
};

/// Shocks of goods whose flows the world's markets do not keep apart (a destination of their own, or a group of
/// origins) get a measure without effect that does; a ban that a shock lifts becomes a quota of nothing. What is best
/// stays the same.
[[nodiscard]] World with_flows_apart(World world, const Shocks& shocks);

/// Changes a tariff, subsidy, licence share or content share: open_forces() is needed.
[[nodiscard]] bool changes_coefficients(const World& world, const Shock& shock);

/// What a shock asks that an operating problem cannot express, in words; empty = nothing.
[[nodiscard]] std::string unsupported(const World& world, const Shock& shock);

}  // namespace pinchpoint::stress
