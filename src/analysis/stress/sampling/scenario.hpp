// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "domain/world/shocks/shock.hpp"

namespace pinchpoint::stress {

/// One shock as it strikes in one scenario: every range of the row has become a number.
struct Hit {
  ShockId shock;            ///< of the list that was sampled
  FacilityId facility;      ///< a row with any_one: the one facility that is hit; invalid = all that the row names
  double begin_months = 0;  ///< start, as Date::months counts, with fractions
  double depth = 1;         ///< share lost (a demand surge: added) while it lasts in full
  double duration_months = std::numeric_limits<double>::infinity();  ///< infinite = to the end of the horizon
  RecoveryShape recovery = RecoveryShape::step;
  double recovery_months = 0;

  friend bool operator==(const Hit&, const Hit&) = default;
};

/// Everything that goes wrong in one future; empty = nothing does. Hits in the order of shocks, then of facilities.
struct Scenario {
  std::uint64_t index = 0;  ///< in its sample
  std::vector<Hit> hits;
};

/// Share lost at a moment (months as in begin_months): `depth` while it lasts, then less and less. With s = time since
/// the end of full depth / recovery_months, in [0, 1]: linear: depth (1 - s); exponential: depth (e^-3s - e^-3) /
/// (1 - e^-3).
[[nodiscard]] double lost_share(const Hit& hit, double months);

/// Average of lost_share over [begin, end), exact. requires: begin < end
[[nodiscard]] double average_lost_share(const Hit& hit, double begin_months, double end_months);

/// First moment from which nothing is lost any more; infinite for a shock without end.
[[nodiscard]] double end_months(const Hit& hit);

}  // namespace pinchpoint::stress
