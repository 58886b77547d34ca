// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "analysis/compare/comparison.hpp"

namespace pinchpoint::cli {

/// What the screen and the JSON object say of two runs.
struct CompareAnswer {
  const compare::RunData& first;
  const compare::RunData& second;
  const compare::Comparison& comparison;
  std::size_t top = 10;  ///< lines shown of each table; 0: all
  std::string csv;       ///< where the tables went; empty: nowhere
};

[[nodiscard]] std::string render_text(const CompareAnswer& answer);
[[nodiscard]] nlohmann::ordered_json to_json(const CompareAnswer& answer);

}  // namespace pinchpoint::cli
