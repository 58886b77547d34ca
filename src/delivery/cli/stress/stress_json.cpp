// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <nlohmann/json.hpp>

#include "delivery/cli/stress/stress_answer.hpp"

namespace pinchpoint::cli {

namespace {

using nlohmann::ordered_json;

ordered_json bracket(const stress::Bracket& value) { return {{"lower", value.lower}, {"upper", value.upper}}; }

ordered_json hits_json(const World& world, const Shocks& shocks, const stress::Scenario& scenario) {
  ordered_json list = ordered_json::array();
  for (const stress::Hit& hit : scenario.hits) {
    ordered_json made = {{"shock", shocks[hit.shock].id}};
    if (hit.facility.is_valid()) made["facility"] = world.facilities[hit.facility].id;
    made["begin"] = to_string(Date{static_cast<int>(std::floor(hit.begin_months))});
    made["depth"] = hit.depth;
    made["duration_months"] = std::isfinite(hit.duration_months) ? ordered_json(hit.duration_months) : ordered_json();
    list.push_back(std::move(made));
  }
  return list;
}

ordered_json shifts_json(const results::StressRecord& record, const std::vector<stress::AssetShift>& shifts) {
  ordered_json list = ordered_json::array();
  const World& world = record.run.world;
  for (const stress::AssetShift& shift : shifts) {
    const plan::Asset& asset = record.run.plan.problem.network.assets[shift.asset];
    list.push_back({{"technology", world.technologies[asset.technology].id},
                    {"region", world.regions[asset.region].id},
                    {"owner", asset.owner.is_valid() ? world.organisations[asset.owner].id : ""},
                    {"rent", shift.rent},
                    {"output", shift.output}});
  }
  return list;
}

ordered_json scenario_json(const results::StressRecord& record, std::size_t at) {
  const World& world = record.run.world;
  const stress::Outcome& outcome = record.result.outcomes[at];
  ordered_json made = {{"scenario", at},
                       {"hits", hits_json(world, record.shocks, record.scenarios[at])},
                       {"loss", {{"lower", outcome.loss_lower}, {"upper", outcome.loss_upper}}},
                       {"gap", outcome.gap()},
                       {"reached", to_string(outcome.reached)},
                       {"is_certified", outcome.is_certified},
                       {"peak_share", outcome.peak_share}};
  const auto weeks = [](double count) { return count < 0 ? ordered_json() : ordered_json(count); };
  made["weeks_to_first_loss"] = weeks(outcome.weeks_to_first_loss);
  made["weeks_to_recover"] = weeks(outcome.weeks_to_recover);
  made["is_lasting"] = outcome.is_lasting;
  ordered_json programmes = ordered_json::object();
  for (const ProgrammeId id : ids(world.programmes)) {
    const double lost = outcome.programmes[static_cast<std::size_t>(id.index())];
    if (std::abs(lost) > 1e-9) programmes[world.programmes[id].id] = lost;
  }
  made["programmes_lost"] = programmes;
  for (const stress::ScenarioPinch& pinch : record.pinches) {
    if (pinch.scenario != at) continue;
    made["pinches"] = shifts_json(record, pinch.pinches);
    made["substitutes"] = shifts_json(record, pinch.substitutes);
  }
  return made;
}

}  // namespace

nlohmann::ordered_json checks_json(const std::vector<stress::ColdCheck>& checks) {
  ordered_json list = ordered_json::array();
  for (const stress::ColdCheck& check : checks)
    list.push_back(
        {{"scenario", check.scenario}, {"agrees", check.agrees}, {"lower", check.lower}, {"upper", check.upper}});
  return list;
}

nlohmann::ordered_json to_json(const StressAnswer& answer) {
  const results::StressRecord& record = answer.record;
  const stress::StressResult& result = record.result;
  ordered_json reached = ordered_json::object();
  for (const stress::Outcome& outcome : result.outcomes) {
    ordered_json& count = reached[to_string(outcome.reached)];
    count = count.is_null() ? 1 : count.get<int>() + 1;
  }
  ordered_json worst = ordered_json::array();
  for (const std::size_t at : stress::worst_of(result.outcomes, answer.top)) worst.push_back(scenario_json(record, at));
  return {{"status", result.certified_share == 1 ? "certified" : "partly_certified"},
          {"sampling", record.request.sampling},
          {"surprises", to_string(record.request.options.surprises)},
          {"scenarios", result.outcomes.size()},
          {"certified_share", result.certified_share},
          {"max_gap", result.max_gap},
          {"tolerance", record.request.options.tolerance},
          {"seconds", answer.ensemble_seconds},
          {"seconds_total", answer.seconds},
          {"resumed", result.resumed},
          {"probability_of_any", record.request.probability_of_any},
          {"currency", record.run.world.currency},
          {"loss",
           {{"mean", bracket(result.loss.mean)},
            {"p50", bracket(result.loss.p50)},
            {"p95", bracket(result.loss.p95)},
            {"p99", bracket(result.loss.p99)},
            {"cvar90", bracket(result.loss.cvar90)},
            {"standard_error", result.loss.standard_error}}},
          {"reached", reached},
          {"checks", checks_json(result.checks)},
          {"worst", worst},
          {"not_played", answer.left_out},
          {"run", answer.run.string()}};
}

}  // namespace pinchpoint::cli
