// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "domain/packages/package.hpp"

namespace pinchpoint::packages {

/// Which countries are of concern on a day: a flag a country.
using Concern = std::vector<bool>;
[[nodiscard]] Concern concern_on(const rules::RuleBase& base, Day day);

/// What owners of a country of concern hold of a party.
struct ConcernShare {
  rules::Value share;  ///< multiplied along each chain, added over the chains; bounds where not all owners are known
  bool has_control = false;
};

/// Walks the owners of a party. An owner that sits, or has its head office, in a country of concern counts with all it
/// holds, and nobody above it is looked at. Control passes down a chain of links each of which is marked as control, or
/// is a share of half and more.
///
///   share(p) = sum over owners o of share(o, p) ([o of concern] or share(o))
[[nodiscard]] ConcernShare concern_share(const Package& package, const Concern& concern, int party, Day day);

/// Whether a model was made, over any number of steps, from an open-weight model of a country of concern; unknown if a
/// model of the chain says that it has a base and not which.
[[nodiscard]] Truth has_barred_base(const Package& package, const Concern& concern, int model);

/// The model and what it was made from: "a < b < c"; several bases in parentheses.
[[nodiscard]] std::string chain_text(const Package& package, int model);

}  // namespace pinchpoint::packages
