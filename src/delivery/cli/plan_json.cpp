// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "delivery/cli/output.hpp"
#include "delivery/cli/plan_answer.hpp"

namespace pinchpoint::cli {

namespace {

using Json = nlohmann::ordered_json;

Json certificate_json(const plan::Plan& plan) {
  if (!plan.solution.has_values) return nullptr;
  const optim::Certificate& proof = plan.certificate;
  Json object = {{"primal_violation", proof.primal_violation},
                 {"primal_violation_scaled", proof.primal_violation_scaled},
                 {"worst_row", proof.worst_row},
                 {"dual_violation", proof.dual_violation},
                 {"dual_violation_scaled", proof.dual_violation_scaled},
                 {"worst_column", proof.worst_column},
                 {"dual_objective", proof.dual_objective},
                 {"lower", proof.lower},
                 {"upper", proof.upper},
                 {"upper_is_proved", proof.upper_is_proved},
                 {"gap", proof.gap},
                 {"is_mip", proof.is_mip}};
  if (proof.is_mip) {
    object["mip_bound_claimed"] = proof.mip_bound_claimed;
    object["mip_gap_claimed"] = proof.mip_gap_claimed;
    object["relaxation_lower"] = proof.relaxation_lower;
  }
  return object;
}

Json ranges_json(const optim::CoefficientRanges& ranges) {
  const auto ends = [](const optim::CoefficientRanges::Range& range) { return Json{range.smallest, range.largest}; };
  return {{"matrix", ends(ranges.matrix)},
          {"cost", ends(ranges.cost)},
          {"bounds", ends(ranges.bounds)},
          {"right_hand_sides", ends(ranges.right_hand_sides)}};
}

Json conditioning_json(const plan::Plan& plan) {
  const auto entries = [&](const std::vector<optim::MatrixEntry>& all) {
    Json list = Json::array();
    for (const optim::MatrixEntry& entry : all) {
      list.push_back({{"row", plan.problem.model.row_name(entry.row)},
                      {"column", plan.problem.model.column_name(entry.column)},
                      {"given", entry.given},
                      {"scaled", entry.scaled}});
    }
    return list;
  };
  const optim::Conditioning& found = plan.conditioning;
  return {{"spread", found.spread()},
          {"is_poor", found.is_poor()},
          {"given", ranges_json(found.given)},
          {"scaled", ranges_json(found.scaled)},
          {"smallest", entries(found.smallest)},
          {"largest", entries(found.largest)}};
}

Json seconds_json(const results::Seconds& seconds) {
  return {{"read", seconds.read},   {"validate", seconds.validate}, {"assemble", seconds.assemble},
          {"solve", seconds.solve}, {"certify", seconds.certify},   {"write", seconds.write},
          {"total", seconds.total}};
}

Json contradictions_json(const plan::Plan& plan) {
  Json list = Json::array();
  for (const plan::Contradiction& item : plan.contradictions) {
    list.push_back({{"rule", item.rule},
                    {"family", item.family},
                    {"subject", item.subject},
                    {"period", item.period},
                    {"amount", item.amount},
                    {"unit", item.unit},
                    {"sentence", item.sentence}});
  }
  return list;
}

Json programmes_json(const PlanAnswer& answer) {
  const World& world = answer.record.world;
  Json list = Json::array();
  for (const explain::ProgrammeLine& line : answer.programmes) {
    const Programme& programme = world.programmes[line.programme];
    const plan::Display rate = explain::rate_display(world, programme.commodity);
    list.push_back({{"id", programme.id},
                    {"name", programme.name},
                    {"commodity", world.commodities[programme.commodity].id},
                    {"region", world.regions[programme.region].id},
                    {"asked", line.asked},
                    {"met", line.met},
                    {"unit", world.commodities[programme.commodity].unit.text()},
                    {"share", line.share},
                    {"final_period", world.timeline.label(line.final_period)},
                    {"final_asked", line.final_asked * rate.factor},
                    {"final_met", line.final_met * rate.factor},
                    {"final_unit", rate.unit}});
  }
  return list;
}

Json pinches_json(const PlanAnswer& answer) {
  const World& world = answer.record.world;
  Json list = Json::array();
  for (const explain::Pinch& pinch : answer.pinches) {
    list.push_back({{"family", pinch.family},
                    {"thing", pinch.thing},
                    {"first", explain::period_label(world, pinch.first)},
                    {"last", explain::period_label(world, pinch.last)},
                    {"price", pinch.price},
                    {"price_unit", pinch.price_unit},
                    {"worth", pinch.worth},
                    {"sentence", pinch.sentence}});
  }
  return list;
}

Json builds_json(const PlanAnswer& answer) {
  const World& world = answer.record.world;
  Json list = Json::array();
  for (const explain::BuildLine& build : answer.builds) {
    const plan::Asset& asset = answer.record.plan.problem.network.assets[build.asset];
    const plan::Display display = explain::capacity_display(world, asset);
    list.push_back({{"technology", world.technologies[asset.technology].id},
                    {"region", world.regions[asset.region].id},
                    {"owner", world.organisations[asset.owner].id},
                    {"on_line", world.timeline.label(build.on_line)},
                    {"capacity", build.capacity * display.factor},
                    {"unit", display.unit},
                    {"capex", build.capex}});
  }
  return list;
}

Json facts_json(const PlanAnswer& answer) {
  const World& world = answer.record.world;
  const auto json = [](const auto& maybe) { return maybe ? Json(*maybe) : Json(); };
  Json list = Json::array();
  for (const plan::ComparedFact& compared : answer.record.plan.facts) {
    const Fact& fact = world.facts[compared.fact];
    const FactValue& stated = fact.values[compared.value];
    list.push_back({{"fact", fact.sum.id},
                    {"name", fact.sum.name},
                    {"from", to_string(stated.from)},
                    {"until", to_string(stated.until)},
                    {"planned", json(compared.planned)},
                    {"stated", stated.value},
                    {"unit", fact.sum.unit.text()},
                    {"ratio", json(compared.ratio)},
                    {"is_within", json(compared.is_within)},
                    {"is_given", fact.is_given}});
  }
  return list;
}

Json owners_json(const PlanAnswer& answer) {
  const World& world = answer.record.world;
  Json list = Json::array();
  for (const explain::OwnerLine& owner : answer.owners) {
    list.push_back({{"owner", world.organisations[owner.owner].id},
                    {"spent", owner.spent},
                    {"capital", owner.capital},
                    {"budget", owner.has_budget ? Json(owner.allowed) : Json()}});
  }
  return list;
}

}  // namespace

nlohmann::ordered_json to_json(const PlanAnswer& answer, const Diagnostics& problems) {
  const plan::Plan& plan = answer.record.plan;
  const bool has_values = plan.solution.has_values;
  Json object = {{"status", to_string(plan.status)},
                 {"message", plan.message},
                 {"objective", has_values ? Json(plan.solution.objective) : Json()},
                 {"objective_unit", answer.record.world.currency},
                 {"certificate", certificate_json(plan)},
                 {"cost_reconciled", has_values && plan.cost_check.is_reconciled},
                 {"method", to_string(plan.solution.method)},
                 {"iterations", plan.solution.iterations},
                 {"seconds", seconds_json(answer.record.seconds)},
                 {"size",
                  {{"rows", plan.problem.model.row_count()},
                   {"columns", plan.problem.model.column_count()},
                   {"nonzeros", plan.problem.model.nonzero_count()}}},
                 {"conditioning", conditioning_json(plan)},
                 {"run", answer.run.empty() ? Json() : Json(answer.run.string())}};
  if (!answer.run_problem.empty()) object["run_problem"] = answer.run_problem;
  object["contradictions"] = contradictions_json(plan);
  object["programmes"] = programmes_json(answer);
  object["pinches"] = pinches_json(answer);
  object["builds"] = builds_json(answer);
  object["owners"] = owners_json(answer);
  object["facts"] = facts_json(answer);
  object["warnings"] = diagnostics_json(problems);
  return object;
}

}  // namespace pinchpoint::cli
