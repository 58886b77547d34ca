// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "analysis/explain/explanation.hpp"

namespace pinchpoint::cli {

/// What the screen and the JSON object say of an explanation.
struct ExplainAnswer {
  const World& world;
  const plan::Plan& plan;
  const explain::Explanation& explanation;
  std::filesystem::path run;       ///< where the tables are; empty if they were not kept
  std::vector<std::string> notes;  ///< what people should know before they read on
  std::size_t top = 10;            ///< reliefs and builds that are shown
  std::size_t figures = 20;        ///< figures that are shown
  double seconds = 0;
};

[[nodiscard]] std::string render_text(const ExplainAnswer& answer);
[[nodiscard]] nlohmann::ordered_json to_json(const ExplainAnswer& answer);

}  // namespace pinchpoint::cli
