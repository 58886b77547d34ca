// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <nlohmann/json.hpp>

#include "delivery/cli/compare/compare_answer.hpp"

namespace pinchpoint::cli {

namespace {

using Json = nlohmann::ordered_json;

class CompareObject {
 public:
  explicit CompareObject(const CompareAnswer& answer) : answer_(answer), result_(answer.comparison) {}

  [[nodiscard]] Json make() const {
    Json object;
    object["status"] = result_.is_same ? "same" : "different";
    object["summary"] = result_.summary;
    object["notes"] = result_.notes;
    object["runs"] = Json::array({run(answer_.first), run(answer_.second)});
    object["inputs"] = inputs();
    object["periods"] = Json::array();
    for (const compare::Span& span : result_.spans) object["periods"].push_back(span.label);
    object["cost"] = cost();
    object["programmes"] = programmes();
    object["builds"] = builds();
    object["bindings"] = bindings();
    object["tables"] = Json::object();
    for (std::size_t at = 0; at < compare::table_count; ++at)
      object["tables"][std::string(compare::table_kinds[at].name)] = table(at);
    object["csv"] = answer_.csv.empty() ? Json() : Json(answer_.csv);
    return object;
  }

 private:
  [[nodiscard]] bool is_shown(std::size_t at) const { return answer_.top == 0 || at < answer_.top; }
  [[nodiscard]] Json label(std::optional<std::size_t> span) const {
    return span ? Json(result_.spans[*span].label) : Json();
  }
  [[nodiscard]] Json labels(const std::vector<std::size_t>& spans) const {
    Json list = Json::array();
    for (const std::size_t span : spans) list.push_back(result_.spans[span].label);
    return list;
  }

  static Json run(const compare::RunData& run) {
    return {{"path", run.path},
            {"id", run.id},
            {"model", run.model},
            {"status", run.status},
            {"first_period", run.periods.front().label},
            {"last_period", run.periods.back().label},
            {"objective", run.objective},
            {"currency", run.currency},
            {"price_year", run.price_year}};
  }

  [[nodiscard]] Json inputs() const {
    Json list = Json::array();
    for (const compare::InputDifference& it : result_.inputs)
      list.push_back({{"what", it.what}, {"first", it.first}, {"second", it.second}});
    return list;
  }

  [[nodiscard]] Json cost() const {
    if (!result_.has_money) return nullptr;
    return {{"what", result_.has_objective ? "objective" : "payments"},
            {"first", result_.first_cost},
            {"second", result_.second_cost},
            {"difference", result_.second_cost - result_.first_cost},
            {"unit", answer_.first.currency}};
  }

  [[nodiscard]] Json programmes() const {
    Json list = Json::array();
    for (const compare::ProgrammeChange& it : result_.programmes) {
      list.push_back({{"programme", it.id},
                      {"name", it.name},
                      {"is_changed", it.is_changed},
                      {"asked", {it.first_asked, it.second_asked}},
                      {"met", {it.first_met, it.second_met}},
                      {"unmet", {it.first_unmet(), it.second_unmet()}},
                      {"unit", it.unit},
                      {"full_from", {label(it.first_full_from), label(it.second_full_from)}},
                      {"asked_rate", {it.first_asked_rate, it.second_asked_rate}},
                      {"met_rate", {it.first_met_rate, it.second_met_rate}},
                      {"rate_unit", it.rate_unit}});
    }
    return list;
  }

  [[nodiscard]] Json builds() const {
    Json list = Json::array();
    for (const compare::BuildChange& it : result_.builds) {
      if (!is_shown(list.size())) break;
      list.push_back({{"technology", it.key[0]},
                      {"region", it.key[1]},
                      {"owner", it.key[2]},
                      {"name", it.name},
                      {"capacity", {it.first_capacity, it.second_capacity}},
                      {"unit", it.unit},
                      {"capex", {it.first_capex, it.second_capex}},
                      {"on_line", {label(it.first_on_line), label(it.second_on_line)}},
                      {"delay_months", it.delay_months ? Json(*it.delay_months) : Json()},
                      {"mean_delay_months", it.delay_months ? Json(it.mean_delay_months) : Json()}});
    }
    return list;
  }

  [[nodiscard]] Json bindings() const {
    Json list = Json::array();
    for (const compare::BindingChange& it : result_.bindings) {
      if (!is_shown(list.size())) break;
      list.push_back({{"family", it.key[0]},
                      {"thing", it.key[1]},
                      {"region", it.key[2]},
                      {"owner", it.key[3]},
                      {"name", it.name},
                      {"change", it.came()   ? "came"
                                 : it.went() ? "went"
                                             : "stayed"},
                      {"periods", {labels(it.first_spans), labels(it.second_spans)}},
                      {"price", {it.first_price, it.second_price}},
                      {"price_unit", it.price_unit},
                      {"worth", {it.first_worth, it.second_worth}}});
    }
    return list;
  }

  [[nodiscard]] Json table(std::size_t at) const {
    const compare::TableKind& kind = compare::table_kinds[at];
    Json movers = Json::array();
    for (const compare::Change& it : result_.tables[at].changes) {
      if (!is_shown(movers.size())) break;
      Json mover;
      for (std::size_t place = 0; place < it.key.size(); ++place)
        mover[std::string(kind.key.at(place))] = it.key[place];
      mover["name"] = it.name;
      mover["total"] = {it.first_total, it.second_total};
      mover["difference"] = it.difference();
      mover["unit"] = it.unit;
      mover["worth"] = it.worth > 0 ? Json(it.worth) : Json();
      mover["by_period"] = {it.first, it.second};
      movers.push_back(std::move(mover));
    }
    return {{"compared", result_.tables[at].compared},
            {"differ", result_.tables[at].changes.size()},
            {"movers", std::move(movers)}};
  }

  const CompareAnswer& answer_;
  const compare::Comparison& result_;
};

}  // namespace

nlohmann::ordered_json to_json(const CompareAnswer& answer) { return CompareObject(answer).make(); }

}  // namespace pinchpoint::cli
