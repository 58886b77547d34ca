// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/hedge/hedge.hpp"
#include "delivery/results/record.hpp"
#include "delivery/results/run_folder.hpp"

namespace pinchpoint::results {

/// What a hedged plan was asked for, beyond the plan.
struct HedgeRequest {
  std::string risk;      ///< "expectation", "cvar:0.9"
  std::string sampling;  ///< "monte-carlo", "sobol", "latin-hypercube"
  std::uint64_t count = 0, seed = 0;
  double tolerance = 1e-4;
};

/// Orders of one asset in one period that differ between the plain plan and the hedged one. Natural units.
struct BuildChange {
  plan::AssetId asset;
  PeriodId ordered;
  double plain = 0, hedged = 0;  ///< capacity, amount a year
  double capex = 0;              ///< hedged less plain, overnight, not discounted
};
/// In the order of assets and periods; what differs by less than a millionth of the asset's largest order is left out.
[[nodiscard]] std::vector<BuildChange> build_changes(const World& world, const plan::Plan& plain,
                                                     const plan::Plan& hedged);

/// All that is written of a hedged plan; `run` is the hedged plan's. Everything referred to must outlive it.
struct HedgeRecord {
  const RunRecord& run;
  const HedgeRequest& request;
  const plan::Plan& plain;
  const Shocks& shocks;
  const std::vector<stress::Scenario>& scenarios;
  const hedge::HedgeResult& result;
  const std::vector<BuildChange>& builds;
};

/// Adds hedge_summary, hedge_futures, hedge_hits and hedge_builds to a results.sqlite that has just been written.
void write_hedge_tables(const HedgeRecord& record, const std::filesystem::path& database);

/// Twelve hex digits of everything the hedge depends on.
[[nodiscard]] std::string hedge_id(const HedgeRecord& record);

/// Fills the folder with results.sqlite of the hedged plan and its tables, log.txt and run.toml, and publishes it as
/// hedge-<id>. Returns where it lies.
std::filesystem::path write_hedge(const HedgeRecord& record, std::string_view log, bool with_csv, RunFolder& folder);

}  // namespace pinchpoint::results
