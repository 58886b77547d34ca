// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/stress/pinches.hpp"
#include "analysis/stress/rank.hpp"
#include "analysis/stress/stress.hpp"
#include "delivery/results/record.hpp"
#include "delivery/results/run_folder.hpp"

namespace pinchpoint::results {

/// What a stress run was asked for, beyond its plan.
struct StressRequest {
  std::string sampling;  ///< "each shock by itself", "all together", "monte-carlo", "sobol", "latin-hypercube"
  std::uint64_t count = 0, seed = 0;
  bool is_conditional = false;
  double probability_of_any = 1;
  stress::StressOptions options;
  std::size_t shards = 1;      ///< parts with pools of their own: bounds differ within the tolerance
  std::size_t details = 1000;  ///< scenarios, worst first, of which losses by programme, layer and country are kept
};

/// All that is written of a stress run. Everything referred to must outlive it.
struct StressRecord {
  const RunRecord& run;
  const StressRequest& request;
  const Shocks& shocks;
  const std::vector<stress::Scenario>& scenarios;
  const stress::StressResult& result;
  const std::vector<stress::ScenarioPinch>& pinches;
};

/// Twelve hex digits of everything outcomes depend on: plan, shocks, scenarios, options; not on threads, time or place.
[[nodiscard]] std::string stress_id(const RunRecord& run, const StressRequest& request, const Shocks& shocks,
                                    const std::vector<stress::Scenario>& scenarios);

/// Adds stress_summary, stress_scenarios, stress_hits, stress_programmes, stress_layers, stress_countries, stress_mean,
/// stress_shocks, stress_pinches, stress_checks and the view stress_worst to a results.sqlite that has just been
/// written.
void write_stress_tables(const StressRecord& record, const std::filesystem::path& database);

/// Adds rank_targets and rank_concentration.
void write_rank_tables(const stress::Ranking& ranking, const std::vector<stress::Concentration>& concentrations,
                       const World& world, const std::filesystem::path& database);

/// What a ranking adds to a stress run of its removals.
struct RankRecord {
  const stress::Ranking& ranking;
  const std::vector<stress::Concentration>& concentrations;
};

/// Fills the folder with results.sqlite (tables of the plan and of the stress run), failed/*.mps, log.txt and
/// run.toml, and publishes it as stress-<id>, or rank-<id> with a ranking's tables. Returns where it lies.
std::filesystem::path write_stress(const StressRecord& record, std::string_view log, bool with_csv, std::string_view id,
                                   RunFolder& folder, const RankRecord* rank = nullptr);

}  // namespace pinchpoint::results
