// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "analysis/plan/assembly.hpp"

namespace pinchpoint::plan {

enum class CostKind { capital, fixed, variable, transport, tariff, subsidy, holding, shortage, penalty };
[[nodiscard]] const char* to_string(CostKind kind);

/// Who bears a cost: an organisation, or the buyers of a region together (transport, tariffs, storage).
struct Payer {
  OrganisationId organisation;
  RegionId region;
  friend auto operator<=>(const Payer&, const Payer&) = default;
};

/// Money of one payer, kind and period.
struct CostLine {
  Payer payer;
  CostKind kind{};
  PeriodId period;
  double money = 0;       ///< of the period
  double discounted = 0;  ///< as it counts in the objective
};

/// Recomputed from the world and the plan's values, not from the model's cost vector: their discounted sum must be the
/// objective. docs/formulation/objective.md
[[nodiscard]] std::vector<CostLine> account_costs(const World& world, const PlanProblem& problem,
                                                  const std::vector<double>& values);

enum class OutlayKind { capital, fixed, variable, purchases, subsidy, penalty };
[[nodiscard]] const char* to_string(OutlayKind kind);

/// Money leaving an owner's purse in a period: cash, at prices, as budgets see it. Not part of the objective.
struct OutlayLine {
  OrganisationId owner;
  OutlayKind kind{};
  PeriodId period;
  double money = 0;
};
[[nodiscard]] std::vector<OutlayLine> account_outlays(const World& world, const PlanProblem& problem,
                                                      const std::vector<double>& values);

}  // namespace pinchpoint::plan
