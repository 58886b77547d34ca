// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "analysis/compose/composer.hpp"

namespace pinchpoint::cli {

/// What was composed from a catalogue, ready to be shown.
struct ComposeAnswer {
  const packages::Catalogue& catalogue;
  const compose::Composer& composer;
  compose::Wish wish;
  int target = 0;
  rules::Day day;
  compose::Answer best;
  compose::Front front;
  std::optional<compose::AllyTable> allies;  ///< nothing if it was not asked for
};

/// {status, package, front, allies, barred, …}
[[nodiscard]] nlohmann::ordered_json compose_json(const ComposeAnswer& answer);
[[nodiscard]] std::string compose_text(const ComposeAnswer& answer);

}  // namespace pinchpoint::cli
