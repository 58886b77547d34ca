// SPDX-License-Identifier: Apache-2.0
#include "analysis/ruling/ruling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "analysis/plan/network.hpp"
#include "analysis/ruling/internal/flows.hpp"
#include "analysis/ruling/internal/measures.hpp"
#include "analysis/ruling/internal/switches.hpp"
#include "core/base/sha256.hpp"

namespace pinchpoint::ruling {

using internal::Vintage;

struct Ruler::State {
  State(std::shared_ptr<const rules::RuleBase> base, Vintage as_of) : verdicts(std::move(base)), vintage(as_of) {}
  internal::Verdicts verdicts;
  Vintage vintage;
  std::vector<tables::InputFile> inputs;
};

namespace {

std::vector<tables::InputFile> inputs_of(const rules::RuleFiles& files, const tables::ModelFolder& folder) {
  std::vector<tables::InputFile> inputs;
  const std::string& base = folder.settings.rules->base;
  std::error_code failed;
  // Named as seen from the model folder, like its own files.
  const std::string shown =
      base.empty() ? "shipped:" : std::filesystem::proximate(base, folder.path, failed).generic_string() + "/";
  for (const auto& [name, text] : files) inputs.push_back({shown + name, sha256_hex(text), text.size()});
  return inputs;
}

/// The measures that rows of rule_items replace are gone; shocks that name measures keep naming theirs.
void leave_out_replaced(World& world) {
  std::set<MeasureId> replaced;
  for (const RuleItem& item : world.rule_items) replaced.insert(item.replaces.begin(), item.replaces.end());
  for (const MeasureId id : replaced) {
    // Emptied, not erased: ids of measures are places in the list.
    world.measures[id].commodities.clear();
    world.measures[id].kind = MeasureKind::watch;
  }
}

bool limits_flows(const Measure& measure) {
  return (measure.kind == MeasureKind::ban && measure.end_users.empty()) || measure.kind == MeasureKind::quota ||
         measure.kind == MeasureKind::licence_share;
}

/// Measures of the tables that limit what the rules limit, too.
Diagnostics find_doubles(const World& world, const std::vector<RuledFlow>& flows, const tables::ModelFolder& folder) {
  Diagnostics warnings;
  std::set<MeasureId> meant;
  for (const RuleItem& item : world.rule_items) meant.insert(item.beside.begin(), item.beside.end());
  for (const MeasureId id : ids(world.measures)) {
    const Measure& measure = world.measures[id];
    if (!limits_flows(measure) || meant.contains(id)) continue;
    const bool is_double = std::any_of(flows.begin(), flows.end(), [&](const RuledFlow& flow) {
      const bool meets =
          (!measure.until || *measure.until > flow.from) && (!measure.from || *measure.from < flow.until);
      return meets && plan::is_about(measure, flow.commodity) &&
             plan::covers(world, measure, flow.origin, flow.at.front(), flow.from);
    });
    if (!is_double) continue;
    Diagnostic& item = warnings.add(Code::counted_beside_rules, place_of(folder, "measures", measure.id),
                                    fmt::format("'{}' limits flows that the rules judge, too: both hold", measure.id));
    item.found = measure.id;
  }
  return warnings;
}

Diagnostics check_begin(const tables::ModelFolder& folder, const rules::RuleBase& base, const Vintage& vintage) {
  Diagnostics problems;
  const rules::Day first = internal::day_of(folder.settings.start, vintage);
  if (first >= base.begins()) return problems;
  const bool is_vintage = vintage && first == *vintage;
  Diagnostic& item =
      problems.add(Code::rule_row_form, is_vintage ? folder.settings.rules->as_of_where : folder.settings.horizon_where,
                   fmt::format("the rules of {} are asked for, and the base begins on {}", rules::to_string(first),
                               rules::to_string(base.begins())));
  item.found = rules::to_string(first);
  item.fix = is_vintage ? "name a later vintage, or add the rules of that time to the base"
                        : "begin the horizon later, or add the rules of that time to the base";
  return problems;
}

}  // namespace

Result<Ruler> Ruler::read(const tables::ModelFolder& folder) {
  ensure(folder.settings.rules.has_value(), "a model without [rules] has no ruler");
  const tables::RuleSettings& settings = *folder.settings.rules;
  const Result<rules::RuleFiles> files =
      settings.base.empty() ? Result<rules::RuleFiles>(rules::shipped_rules()) : rules::read_rule_files(settings.base);
  if (!files) return files.error();
  Result<rules::RuleBase> base = rules::load_rule_base(*files);
  if (!base) return base.error();
  const Vintage vintage = settings.as_of.empty() ? Vintage() : rules::parse_day(settings.as_of);
  const auto shared = std::make_shared<const rules::RuleBase>(std::move(*base));
  if (Diagnostics problems = check_begin(folder, *shared, vintage); problems.has_errors()) return problems;
  auto state = std::make_shared<State>(shared, vintage);
  state->inputs = inputs_of(*files, folder);
  return Ruler(std::move(state));
}

const std::vector<tables::InputFile>& Ruler::inputs() const { return state_->inputs; }

Result<RuledWorld> Ruler::rule(World world, const tables::ModelFolder& folder) {
  leave_out_replaced(world);
  Result<std::vector<RuledFlow>> flows = internal::judge_flows(world, state_->verdicts, state_->vintage);
  if (!flows) return flows.error();
  Diagnostics problems;
  std::vector<Measure> measures = internal::measures_of(world, internal::limits_by_period(world, *flows), problems);
  if (problems.has_errors()) return problems;
  RuledWorld ruled;
  ruled.warnings = find_doubles(world, *flows, folder);
  const std::size_t first_added = world.measures.size();
  internal::append(world, std::move(measures));
  internal::name_measures(world, first_added, *flows);
  world.ruled_flows = std::move(*flows);
  ruled.world = std::move(world);
  return ruled;
}

Result<World> Ruler::rule_with_switches(World world, Shocks& shocks) {
  leave_out_replaced(world);
  Result<std::vector<RuledFlow>> flows = internal::judge_flows(world, state_->verdicts, state_->vintage);
  if (!flows) return flows.error();
  std::vector<internal::Limits> vintages = {internal::limits_by_period(world, *flows)};
  std::vector<ShockId> of_vintage;
  for (const ShockId id : ids(shocks)) {
    if (shocks[id].rules_as_of.empty()) continue;
    const Vintage vintage = shocks[id].rules_as_of == "path" ? Vintage() : rules::parse_day(shocks[id].rules_as_of);
    const auto judged = internal::judge_flows(world, state_->verdicts, vintage);
    if (!judged) return judged.error();
    vintages.push_back(internal::limits_by_period(world, *judged));
    of_vintage.push_back(id);
  }
  Diagnostics problems;
  internal::Switches switches = internal::make_switches(world, vintages, problems);
  if (problems.has_errors()) return problems;
  const std::size_t first_added = world.measures.size();
  internal::append(world, std::move(switches.measures));
  for (std::size_t at = 0; at < of_vintage.size(); ++at) {
    Shock& shock = shocks[of_vintage[at]];
    shock.problem = switches.problems[at];
    for (std::size_t measure = 0; measure < switches.amounts.size(); ++measure) {
      const std::vector<double>& amounts = switches.amounts[measure];
      if (amounts.empty() || amounts[at + 1] == amounts.front()) continue;
      shock.switched.emplace_back(MeasureId(static_cast<std::int32_t>(first_added + measure)), amounts[at + 1]);
    }
  }
  internal::name_measures(world, first_added, *flows);
  world.ruled_flows = std::move(*flows);
  return world;
}

Result<RuledWorld> load_ruled_world(const tables::ModelFolder& folder) {
  Result<World> world = load_world(folder);
  if (!world) return world.error();
  if (!folder.settings.rules) return RuledWorld{std::move(*world), Diagnostics()};
  Result<Ruler> ruler = Ruler::read(folder);
  if (!ruler) return ruler.error();
  return ruler->rule(std::move(*world), folder);
}

}  // namespace pinchpoint::ruling
