// SPDX-License-Identifier: Apache-2.0
#include "delivery/results/hedge/write_hedge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "analysis/explain/headlines.hpp"
#include "analysis/explain/number_text.hpp"
#include "core/base/sha256.hpp"
#include "delivery/results/stress/write_stress.hpp"
#include "delivery/results/tables/result_tables.hpp"
#include "delivery/results/text_file.hpp"
#include "delivery/results/write_error.hpp"

namespace pinchpoint::results {

namespace {

// Orders that differ by less than this share of the asset's largest are the same but for rounding.
constexpr double rounding = 1e-6;

double finite_or(double value, double instead) { return std::isfinite(value) ? value : instead; }

std::string render_section(const HedgeRecord& record) {
  const hedge::HedgeResult& result = record.result;
  return fmt::format(
      "\n[hedge]\nrisk = \"{}\"\nsampling = \"{}\"\nscenarios = {}\nseed = {}\ntolerance = {}\nlower = {}\nupper = {}\n"
      "gap = {}\ncertified_share = {}\niterations = {}\n",
      record.request.risk, record.request.sampling, record.scenarios.size(), record.request.seed,
      record.request.tolerance, finite_or(result.risk.lower, -1e300), result.risk.upper, finite_or(result.gap(), 1e300),
      result.certified_share, result.iterations);
}

}  // namespace

std::vector<BuildChange> build_changes(const World& world, const plan::Plan& plain, const plan::Plan& hedged) {
  using Place = std::pair<std::int32_t, std::int32_t>;
  std::map<Place, BuildChange> changes;
  std::map<std::int32_t, double> largest;
  const auto collect = [&](const plan::Plan& plan, double BuildChange::*capacity, double sign) {
    const explain::ShownValues values(world, plan);
    for (const explain::BuildLine& build : explain::list_builds(values, plan)) {
      BuildChange& change = changes[{build.asset.index(), build.ordered.index()}];
      change.asset = build.asset;
      change.ordered = build.ordered;
      change.*capacity += build.capacity;
      change.capex += sign * build.capex;
      double& most = largest[build.asset.index()];
      most = std::max(most, build.capacity);
    }
  };
  collect(plain, &BuildChange::plain, -1);
  collect(hedged, &BuildChange::hedged, 1);
  std::vector<BuildChange> list;
  for (const auto& [place, change] : changes) {
    if (std::abs(change.hedged - change.plain) > rounding * largest[place.first]) list.push_back(change);
  }
  return list;
}

std::string hedge_id(const HedgeRecord& record) {
  StressRequest request;
  request.sampling = record.request.sampling;
  request.count = record.request.count;
  request.seed = record.request.seed;
  request.options.tolerance = record.request.tolerance;
  const std::string played = stress_id(record.run, request, record.shocks, record.scenarios);
  return sha256_hex(played + "|" + record.request.risk).substr(0, 12);
}

std::filesystem::path write_hedge(const HedgeRecord& record, std::string_view log, bool with_csv, RunFolder& folder) {
  const std::filesystem::path database = folder.path() / "results.sqlite";
  write_results(record.run.world, record.run.plan, run_facts(record.run),
                *folder.take_results(record.run.program.empty_results));
  write_hedge_tables(record, database);
  if (with_csv) {
    std::error_code error;
    std::filesystem::create_directory(folder.path() / "tables", error);
    if (error) throw WriteError(fmt::format("cannot write to {}: {}", folder.path().string(), error.message()));
    write_csv_tables(database, folder.path() / "tables");
  }
  const std::string id = hedge_id(record);
  write_text_file(folder.path() / "log.txt", log);
  write_text_file(folder.path() / "run.toml", render_run_toml(record.run, id) + render_section(record));
  return folder.publish("hedge-" + id);
}

}  // namespace pinchpoint::results
