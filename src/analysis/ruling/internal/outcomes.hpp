// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "analysis/ruling/internal/verdicts.hpp"

namespace pinchpoint::ruling::internal {

/// A flow in a month, as licences see it.
struct AskedFlow {
  CommodityId commodity;
  RegionId origin, destination;
  Date month;  ///< by whose handling of licences it is judged
};

/// The row of licence_outcomes that says what becomes of a licence: of those that fit, the one that fills the most of
/// rule, commodity, posture, origin and destination. Null if none fits.
///
/// errors    RUL-019 two rows fit equally well
[[nodiscard]] const LicenceOutcome* find_outcome(const World& world, const Ask& ask, const AskedFlow& flow,
                                                 Diagnostics& diagnostics);

/// Rows whose rule is none of the base, amounts without a good. errors    RUL-019
void check_outcomes(const World& world, const rules::RuleBase& base, Diagnostics& diagnostics);

}  // namespace pinchpoint::ruling::internal
