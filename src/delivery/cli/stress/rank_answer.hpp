// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "analysis/stress/rank.hpp"

namespace pinchpoint::cli {

/// What the command shows of a ranking.
struct RankAnswer {
  const World& world;
  const stress::Ranking& ranking;
  const std::vector<stress::Concentration>& concentrations;
  std::filesystem::path run;  ///< where it lies; empty: not written
  double rank_seconds = 0;    ///< of the removals
  double seconds = 0;         ///< of everything
  std::size_t top = 20;
};

[[nodiscard]] std::string render_text(const RankAnswer& answer);
[[nodiscard]] nlohmann::ordered_json to_json(const RankAnswer& answer);

}  // namespace pinchpoint::cli
