// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "delivery/results/stress/write_stress.hpp"

namespace pinchpoint::cli {

/// What the command shows of a stress run.
struct StressAnswer {
  const results::StressRecord& record;
  std::filesystem::path run;          ///< where it lies; empty: not written
  std::vector<std::string> left_out;  ///< shocks that were not played, and why
  double seconds = 0;                 ///< of everything
  double ensemble_seconds = 0;        ///< of the scenarios
  std::size_t top = 10;
};

/// One screen: the distribution, the worst scenarios with who loses and who steps in, and the shocks behind them.
[[nodiscard]] std::string render_text(const StressAnswer& answer);
[[nodiscard]] nlohmann::ordered_json to_json(const StressAnswer& answer);

/// "4 of 4 solved again from nothing agree", or nothing where none was.
[[nodiscard]] std::string checks_text(const std::vector<stress::ColdCheck>& checks);
[[nodiscard]] nlohmann::ordered_json checks_json(const std::vector<stress::ColdCheck>& checks);
/// "USD 3.2 bn"
[[nodiscard]] std::string money_text(const World& world, double amount);
/// "Outage of Naoetsu from 2027-03, 80 % for 4 months": a hit in words.
[[nodiscard]] std::string render_hit(const World& world, const Shocks& shocks, const stress::Hit& hit);

}  // namespace pinchpoint::cli
