// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <nlohmann/json.hpp>

#include "analysis/explain/headlines.hpp"
#include "delivery/cli/hedge/hedge_answer.hpp"

namespace pinchpoint::cli {

namespace {

using nlohmann::ordered_json;

ordered_json finite(double value) { return std::isfinite(value) ? ordered_json(value) : ordered_json(); }
ordered_json bracket(const optim::Between& value) {
  return {{"lower", finite(value.lower)}, {"upper", finite(value.upper)}};
}

ordered_json builds_json(const results::HedgeRecord& record) {
  const World& world = record.run.world;
  ordered_json list = ordered_json::array();
  for (const results::BuildChange& change : record.builds) {
    const plan::Asset& asset = record.run.plan.problem.network.assets[change.asset];
    const plan::Display display = explain::capacity_display(world, asset);
    list.push_back({{"technology", world.technologies[asset.technology].id},
                    {"region", world.regions[asset.region].id},
                    {"owner", world.organisations[asset.owner].id},
                    {"ordered", world.timeline.label(change.ordered)},
                    {"plain", change.plain * display.factor},
                    {"hedged", change.hedged * display.factor},
                    {"unit", display.unit},
                    {"capex_change", change.capex}});
  }
  return list;
}

}  // namespace

ordered_json to_json(const HedgeAnswer& answer) {
  const results::HedgeRecord& record = answer.record;
  const hedge::HedgeResult& result = record.result;
  ordered_json made = {{"measure", record.request.risk},
                       {"status", to_string(result.status)},
                       {"message", result.problem},
                       {"lower", finite(result.risk.lower)},
                       {"upper", finite(result.risk.upper)},
                       {"lower_is_proved", result.lower_is_proved},
                       {"gap", finite(result.gap())},
                       {"plain_plan", bracket(result.plain)},
                       {"foresight", bracket(result.knowing)},
                       {"vss", bracket(result.value_of_hedging())},
                       {"evpi", bracket(result.value_of_knowing())},
                       {"scenarios", record.scenarios.size()},
                       {"sampling", record.request.sampling},
                       {"seed", record.request.seed},
                       {"certified_share", result.certified_share},
                       {"iterations", result.iterations},
                       {"recourse_solves", result.recourse_solves},
                       {"cuts", result.cuts},
                       {"pooled_cuts", result.pooled_cuts},
                       {"seconds", result.seconds}};
  made["builds"] = builds_json(record);
  made["left_out"] = answer.left_out;
  return made;
}

}  // namespace pinchpoint::cli
