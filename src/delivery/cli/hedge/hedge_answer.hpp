// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "delivery/results/hedge/write_hedge.hpp"

namespace pinchpoint::cli {

/// What the screen and the JSON object say of a hedge, beside its plan.
struct HedgeAnswer {
  const results::HedgeRecord& record;
  std::vector<std::string> left_out;  ///< shocks that cannot be played, and why
};
/// A part of the screen, above the plan's.
[[nodiscard]] std::string render_text(const HedgeAnswer& answer);
[[nodiscard]] nlohmann::ordered_json to_json(const HedgeAnswer& answer);

}  // namespace pinchpoint::cli
