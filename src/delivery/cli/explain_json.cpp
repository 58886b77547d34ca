// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <nlohmann/json.hpp>

#include "delivery/cli/explain_answer.hpp"

namespace pinchpoint::cli {

namespace {

using Json = nlohmann::ordered_json;

/// Infinite numbers are null.
Json number(double value) { return std::isfinite(value) ? Json(value) : Json(); }

class ExplainObject {
 public:
  explicit ExplainObject(const ExplainAnswer& answer)
      : answer_(answer), explanation_(answer.explanation), world_(answer.world) {}

  Json make() const {
    Json object;
    object["status"] = explanation_.is_complete ? "explained" : to_string(answer_.plan.status);
    if (!explanation_.problem.empty()) object["problem"] = explanation_.problem;
    object["notes"] = answer_.notes;
    object["run"] = answer_.run.empty() ? Json() : Json(answer_.run.string());
    object["objective"] = number(answer_.plan.solution.objective);
    object["currency"] = world_.currency;
    object["integers_fixed"] = explanation_.has_integers;
    object["programmes"] = programmes();
    object["reliefs"] = reliefs();
    object["figures"] = figures();
    object["break_even"] = break_evens();
    object["seconds"] = answer_.seconds;
    return object;
  }

 private:
  [[nodiscard]] Json label(PeriodId period) const {
    return period.is_valid() ? Json(world_.timeline.label(period)) : Json();
  }
  [[nodiscard]] Json thing(const explain::Thing& it) const {
    return {{"id", it.id},
            {"name", explain::text_of(world_, it)},
            {"region", it.region.is_valid() ? Json(world_.regions[it.region].id) : Json()},
            {"owner", it.owner.is_valid() ? Json(world_.organisations[it.owner].id) : Json()}};
  }

  [[nodiscard]] Json chain(const explain::CauseChain& it) const {
    if (it.conclusion.empty()) return {};
    Json links = Json::array();
    for (const explain::CauseLink& link : it.links) {
      Json parts = Json::array();
      for (const explain::PricePart& part : link.parts)
        parts.push_back({{"family", part.family}, {"what", part.what}, {"share", number(part.share)}});
      links.push_back({{"family", link.family},
                       {"thing", thing(link.thing)},
                       {"period", label(link.period)},
                       {"worth", number(link.worth)},
                       {"sentence", link.sentence},
                       {"parts", std::move(parts)}});
    }
    return {{"links", std::move(links)},
            {"binds", {{"family", it.family}, {"thing", thing(it.thing)}, {"period", label(it.binds)}}},
            {"conclusion", it.conclusion}};
  }

  [[nodiscard]] Json programmes() const {
    Json list = Json::array();
    for (std::size_t at = 0; at < explanation_.goals.size(); ++at) {
      const explain::Goal& goal = explanation_.goals[at];
      const explain::Cause& cause = explanation_.causes.at(at);
      list.push_back({{"programme", world_.programmes[goal.programme].id},
                      {"due", label(goal.due)},
                      {"asked", number(goal.asked)},
                      {"met", number(goal.met)},
                      {"unit", goal.unit},
                      {"reached", goal.reached ? label(*goal.reached) : Json()},
                      {"first_short", label(goal.first_short)},
                      {"last_short", label(goal.last_short)},
                      {"verdict", cause.verdict},
                      {"amount_chain", chain(cause.amount)},
                      {"price_chain", chain(cause.price)},
                      {"advice", explain::relief_advice(world_, explanation_, at)}});
    }
    return list;
  }

  [[nodiscard]] Json reliefs() const {
    Json list = Json::array();
    for (const explain::Relief& relief : explanation_.reliefs) {
      Json gains = Json::array();
      for (std::size_t goal = 0; goal < relief.goals.size(); ++goal) {
        const explain::GoalGain& gain = relief.goals[goal];
        gains.push_back({{"programme", world_.programmes[explanation_.goals[goal].programme].id},
                         {"unit", explanation_.goals[goal].unit},
                         {"at_basis", number(gain.at_basis)},
                         {"more", relief.is_tried ? number(gain.more) : Json()},
                         {"less", relief.is_tried ? number(gain.less) : Json()}});
      }
      list.push_back({{"family", relief.family},
                      {"thing", thing(relief.thing)},
                      {"first", label(relief.first)},
                      {"last", label(relief.last)},
                      {"periods", relief.periods},
                      {"amount", number(relief.amount)},
                      {"unit", relief.unit},
                      {"worth", number(relief.worth)},
                      {"holds", {{"less", number(-relief.range.least)}, {"more", number(relief.range.most)}}},
                      {"step", number(relief.step)},
                      {"is_tried", relief.is_tried},
                      {"worth_more", relief.is_tried ? number(relief.worth_more) : Json()},
                      {"worth_less", relief.is_tried ? number(relief.worth_less) : Json()},
                      {"gains", std::move(gains)},
                      {"sentence", relief.sentence}});
    }
    return list;
  }

  [[nodiscard]] Json figures() const {
    Json list = Json::array();
    for (const std::size_t at : explanation_.strongest) {
      const Figure& figure = explanation_.figures[at];
      const explain::FigureEffect& effect = explanation_.effects[at];
      Json exact;
      if (effect.exact) exact = {{"at_low", number(effect.exact->down)}, {"at_high", number(effect.exact->up)}};
      list.push_back({{"table", figure.table},
                      {"figure", figure.label},
                      {"name", explanation_.figure_names[at]},
                      {"value", number(figure.value)},
                      {"unit", figure.unit},
                      {"low", figure.low ? number(*figure.low) : Json()},
                      {"high", figure.high ? number(*figure.high) : Json()},
                      {"slope", number(effect.slope)},
                      {"at_low", figure.low ? number(effect.down) : Json()},
                      {"at_high", figure.high ? number(effect.up) : Json()},
                      {"swing", number(effect.swing)},
                      {"exact", std::move(exact)},
                      {"confidence", to_string(figure.confidence)},
                      {"sources", figure.sources},
                      {"file", figure.where.file},
                      {"line", figure.where.line}});
    }
    return list;
  }

  [[nodiscard]] Json break_evens() const {
    Json list = Json::array();
    for (const explain::BreakEven& item : explanation_.break_evens) {
      const plan::Asset& asset = answer_.plan.problem.network.assets[item.asset];
      list.push_back({{"technology", world_.technologies[asset.technology].id},
                      {"region", world_.regions[asset.region].id},
                      {"owner", world_.organisations[asset.owner].id},
                      {"period", label(item.period)},
                      {"capex", number(item.capex)},
                      {"break_even", number(item.break_even)},
                      {"per", item.unit},
                      {"loss", number(item.loss)},
                      {"sentence", item.sentence}});
    }
    return list;
  }

  const ExplainAnswer& answer_;
  const explain::Explanation& explanation_;
  const World& world_;
};

}  // namespace

nlohmann::ordered_json to_json(const ExplainAnswer& answer) { return ExplainObject(answer).make(); }

}  // namespace pinchpoint::cli
