// SPDX-License-Identifier: Apache-2.0
#include "analysis/ruling/internal/flows.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "analysis/plan/network.hpp"
#include "analysis/ruling/internal/outcomes.hpp"

namespace pinchpoint::ruling::internal {

using rules::Day;

Day day_of(Date month, const Vintage& vintage) {
  const auto middle = rules::parse_day(to_string(month) + "-15");
  ensure(middle.has_value(), "every month has a 15th");
  return vintage ? std::min(*middle, *vintage) : *middle;
}

namespace {

/// Where goods arrive that one row of rule_items judges: a country, or those of its regions that the row is about.
struct Target {
  const RuleItem* item = nullptr;
  RegionId country;
  std::vector<RegionId> at;
};

/// Judges month by month and puts together what is alike.
class FlowJudge {
 public:
  FlowJudge(const World& world, Verdicts& verdicts, const Vintage& vintage)
      : world_(world), verdicts_(verdicts), vintage_(vintage) {}

  Result<std::vector<RuledFlow>> judge() {
    check_outcomes(world_, verdicts_.base(), diagnostics_);
    find_ends();
    for (const auto& [commodity, origins] : origins_) {
      for (const RegionId origin : origins) {
        for (const Target& target : targets_of(commodity, origin)) {
          if (target.country != origin) judge_route(commodity, origin, target);
        }
      }
    }
    diagnostics_.sort_by_place();
    if (diagnostics_.has_errors()) return diagnostics_;
    return std::move(flows_);
  }

 private:
  [[nodiscard]] RegionId country_of(RegionId region) const { return world_.regions[region].country; }
  [[nodiscard]] std::string id_of(RegionId region) const { return world_.regions[region].id; }

  /// Countries that have the goods, and regions that can use them.
  void find_ends() {
    std::set<CommodityId> judged;
    for (const RuleItem& item : world_.rule_items) judged.insert(item.commodity);
    const plan::Network network = plan::make_network(world_);
    for (const plan::Node& node : network.nodes) {
      if (!judged.contains(node.commodity)) continue;
      if (node.has_supply) origins_[node.commodity].insert(country_of(node.region));
      if (node.has_use) users_[node.commodity].insert(node.region);
    }
  }

  /// The row that fits, of those the one that fills the most of origin and destination.
  const RuleItem* item_of(CommodityId commodity, RegionId origin, RegionId destination) {
    const Date date = world_.timeline.start();
    const RuleItem* best = nullptr;
    int most = -1;
    for (const RuleItem& item : world_.rule_items) {
      const bool fits = item.commodity == commodity &&
                        (!item.origin.is_given || world_.contains(item.origin, origin, date)) &&
                        (!item.destination.is_given || world_.contains(item.destination, destination, date));
      if (!fits) continue;
      const int filled = (item.origin.is_given ? 1 : 0) + (item.destination.is_given ? 1 : 0);
      if (filled == most) complain_of_rival(*best, item);
      if (filled <= most) continue;
      best = &item;
      most = filled;
    }
    return best;
  }

  void complain_of_rival(const RuleItem& first, const RuleItem& second) {
    if (!complained_.insert(second.id).second) return;
    Diagnostic& item = diagnostics_.add(Code::rule_row_form, second.where.at("id"),
                                        fmt::format("'{}' and '{}' are about the same flows of {}", first.id, second.id,
                                                    world_.commodities[second.commodity].id));
    item.found = second.id;
    item.fix = "fill origin or destination of the row that should count, or remove the other";
  }

  std::vector<Target> targets_of(CommodityId commodity, RegionId origin) {
    std::map<std::pair<RegionId, std::string>, Target> found;
    std::map<RegionId, std::set<std::string>> rows;
    for (const RegionId user : users_[commodity]) {
      const RuleItem* const item = item_of(commodity, origin, user);
      const std::string row = item == nullptr ? "" : item->id;
      rows[country_of(user)].insert(row);
      if (item == nullptr) continue;
      Target& target = found[{country_of(user), row}];
      target.item = item;
      target.country = country_of(user);
      target.at.push_back(user);
    }
    std::vector<Target> targets;
    for (auto& [key, target] : found) {
      if (rows[target.country].size() == 1) target.at = {target.country};
      targets.push_back(std::move(target));
    }
    return targets;
  }

  /// The country of the rule base that a country of the model is judged as; empty, reported, if there is none.
  std::string judged_as(RegionId country, const RuleItem& item) {
    const std::string id = id_of(country);
    const rules::Vocabulary& vocabulary = verdicts_.base().vocabulary;
    for (const RulePlace& place : world_.rule_places) {
      if (place.region != country) continue;
      if (vocabulary.find_country(place.country) >= 0) return place.country;
      complain_of_country(place.country, place.where, "use the two-letter code of ISO 3166-1, in capitals");
      return "";
    }
    if (vocabulary.find_country(id) >= 0) return id;
    complain_of_country(id, item.where.at("commodity"), "add a row to rule_places: which country stands for it");
    return "";
  }

  void complain_of_country(const std::string& country, const SourceSpan& where, std::string fix) {
    if (!complained_.insert(country).second) return;
    Diagnostic& item =
        diagnostics_.add(Code::country_not_in_base, where, fmt::format("'{}' is no country of the rule base", country));
    item.found = country;
    item.fix = std::move(fix);
  }

  void judge_route(CommodityId commodity, RegionId origin, const Target& target) {
    const std::string from = judged_as(origin, *target.item);
    const std::string to = judged_as(target.country, *target.item);
    if (from.empty() || to.empty() || from == to) return;
    const std::size_t first = flows_.size();
    for (Date month = world_.timeline.start(); month < world_.timeline.end(); ++month.months) {
      const Day day = day_of(month, vintage_);
      const Result<Judgement> judged = verdicts_.judge(*target.item, from, to, day);
      if (!judged) {
        if (complained_.insert(target.item->id + " question").second) diagnostics_.append(judged.error());
        return;
      }
      RuledFlow flow = flow_of(commodity, origin, target, *judged);
      flow.judged_on = rules::to_string(day);
      flow.from = month;
      flow.until = {month.months + 1};
      set_limits(*judged, *target.item, flow, *parse_date(flow.judged_on.substr(0, 7)));
      if (flows_.size() > first && is_alike(flows_.back(), flow)) {
        flows_.back().until = flow.until;
      } else {
        flows_.push_back(std::move(flow));
      }
    }
  }

  static RuledFlow flow_of(CommodityId commodity, RegionId origin, const Target& target, const Judgement& judged) {
    RuledFlow flow;
    flow.commodity = commodity;
    flow.origin = origin;
    flow.destination = target.country;
    flow.at = target.at;
    flow.item = target.item->id;
    flow.end_user = target.item->end_user;
    flow.verdict = judged.verdict;
    flow.posture = judged.posture;
    flow.rules = judged.rules;
    flow.citations = judged.citations;
    flow.note = judged.note;
    return flow;
  }

  static bool is_alike(const RuledFlow& left, const RuledFlow& right) {
    return left.verdict == right.verdict && left.posture == right.posture && left.rules == right.rules &&
           left.citations == right.citations && left.note == right.note && left.limits == right.limits;
  }

  void set_limits(const Judgement& judged, const RuleItem& item, RuledFlow& flow, Date known) {
    if (judged.is_undetermined) return complain_undetermined(judged, item, flow);
    for (const std::string& regime : judged.prohibited_by) flow.limits.push_back({regime, FlowLimitKind::none, 0, ""});
    if (!flow.limits.empty()) return;  // what nobody may send needs no licence
    for (const Ask& ask : judged.asks) {
      Diagnostics rivals;
      const LicenceOutcome* const outcome =
          find_outcome(world_, ask, {flow.commodity, flow.origin, flow.destination, known}, rivals);
      if (rivals.has_errors() && complained_.insert("rivals of " + outcome->id).second)
        diagnostics_.append(std::move(rivals));
      if (outcome == nullptr) {
        complain_of_licence(ask, item, flow);
      } else if (!outcome->is_share || outcome->value < 1) {
        const FlowLimitKind kind = outcome->value <= 0 ? FlowLimitKind::none
                                   : outcome->is_share ? FlowLimitKind::share
                                                       : FlowLimitKind::quantity;
        flow.limits.push_back({ask.regime, kind, outcome->value, outcome->id});
      } else {
        flow.note +=
            fmt::format("{}licences granted for all that is asked ({})", flow.note.empty() ? "" : "; ", outcome->id);
      }
    }
  }

  [[nodiscard]] std::string route_text(const RuledFlow& flow) const {
    return fmt::format("{} from {} to {} on {}", world_.commodities[flow.commodity].id, id_of(flow.origin),
                       id_of(flow.destination), flow.judged_on);
  }

  void complain_undetermined(const Judgement& judged, const RuleItem& item, const RuledFlow& flow) {
    if (!complained_.insert(item.id + " undetermined").second) return;
    Diagnostic& report =
        diagnostics_.add(Code::rules_cannot_tell, item.where.at("undetermined"),
                         fmt::format("the rules cannot tell whether this may go: {}", route_text(flow)));
    report.found = item.id;
    report.expected = judged.missing.empty() ? "facts that decide" : judged.missing;
  }

  void complain_of_licence(const Ask& ask, const RuleItem& item, const RuledFlow& flow) {
    const std::string rules = fmt::format("{}", fmt::join(ask.rules, ", "));
    if (!complained_.insert(fmt::format("{} licence {} {}", item.id, rules, ask.posture)).second) return;
    Diagnostic& report = diagnostics_.add(
        Code::licence_without_outcome, item.where.at("id"),
        fmt::format("{} needs a licence ({}: {}; posture {}), and no row of licence_outcomes says what becomes of it",
                    route_text(flow), ask.regime, rules, ask.posture));
    report.found = item.id;
    report.expected = fmt::format("a row of licence_outcomes that fits rule {} or posture {}", rules, ask.posture);
  }

  const World& world_;
  Verdicts& verdicts_;
  const Vintage& vintage_;
  std::map<CommodityId, std::set<RegionId>> origins_, users_;
  std::set<std::string> complained_;  ///< one complaint of a kind is enough
  std::vector<RuledFlow> flows_;
  Diagnostics diagnostics_;
};

}  // namespace

Result<std::vector<RuledFlow>> judge_flows(const World& world, Verdicts& verdicts, const Vintage& vintage) {
  return FlowJudge(world, verdicts, vintage).judge();
}

}  // namespace pinchpoint::ruling::internal
