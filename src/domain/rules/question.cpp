// SPDX-License-Identifier: Apache-2.0
#include "domain/rules/question.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "domain/rules/ownership.hpp"

namespace pinchpoint::rules {

namespace {

class CaseMaker {
 public:
  CaseMaker(const RuleBase& base, const Question& question) : base_(base), question_(question) {}

  Result<Case> make() {
    set_defaults();
    set_item();
    set_stated();
    set_countries();
    set_end_user();
    set_figures();
    set_number("date", Exact(question_.date.days));
    if (question_.date < base_.begins())
      complain(
          Code::bad_question, "date", to_string(question_.date),
          fmt::format("the rule base begins on {}: it has nothing to say of an earlier day", to_string(base_.begins())),
          {});
    if (diagnostics_.has_errors()) return diagnostics_;
    for (const int field : taken_) {
      if (!stated_.contains(field)) case_.taken.push_back(field);
    }
    return std::move(case_);
  }

 private:
  Value& fact(const char* name) { return case_.facts[static_cast<std::size_t>(base_.field(name))]; }
  [[nodiscard]] bool is_stated(const char* name) const { return stated_.contains(base_.field(name)); }
  void set_number(const char* name, const Exact& number) { fact(name) = Value::number(number); }
  void take(const char* name, const Value& value) {
    if (is_stated(name)) return;
    fact(name) = value;
    taken_.insert(base_.field(name));
  }
  SourceSpan place_of(const std::string& what) const {
    const auto found = question_.where.find(what);
    return found == question_.where.end() ? SourceSpan{"--" + what, 0, 0, 0} : found->second;
  }
  void complain(Code code, const std::string& what, const std::string& found, std::string message,
                const std::vector<std::string>& names) {
    Diagnostic& item = diagnostics_.add(code, place_of(what), std::move(message));
    item.found = found;
    if (const std::string near = closest_name(found, names); !near.empty())
      item.fix = fmt::format("did you mean '{}'?", near);
  }

  void set_defaults() {
    case_.facts.assign(base_.vocabulary.fields.size(), Value{});
    for (std::size_t field = 0; field < base_.vocabulary.fields.size(); ++field) {
      const Field& it = base_.vocabulary.fields[field];
      if (it.absence != Absence::given) continue;
      case_.facts[field] = *parse_value(base_.vocabulary, static_cast<int>(field), it.default_text);
      taken_.insert(static_cast<int>(field));
    }
  }

  void add_facts(const Product& product) {
    for (const auto& [field, value] : product.facts) {
      case_.facts[static_cast<std::size_t>(field)] = value;
      taken_.erase(field);
    }
  }
  void set_item() {
    if (question_.item.empty()) {
      if (!question_.facts.contains("kind"))
        complain(Code::bad_question, "item", "", "the question names no item, and no `kind` of one", {});
      return;
    }
    case_.product = base_.find_product(question_.item);
    if (case_.product < 0) {
      std::vector<std::string> names;
      for (const Product& product : base_.products) names.push_back(product.id);
      complain(Code::bad_question, "item", question_.item,
               fmt::format("there is no item '{}' in the rule base", question_.item), names);
      return;
    }
    const Product& product = base_.products[static_cast<std::size_t>(case_.product)];
    if (product.contains >= 0) {
      add_facts(base_.products[static_cast<std::size_t>(product.contains)]);
      fact("ic_datacenter") = fact("datacenter");
    }
    add_facts(product);
  }

  void set_stated() {
    std::vector<std::string> names;
    for (const Field& field : base_.vocabulary.fields) names.push_back(field.name);
    for (const auto& [name, text] : question_.facts) {
      const int field = base_.vocabulary.find_field(name);
      if (field < 0) {
        complain(Code::bad_question, name, name, fmt::format("there is no fact '{}'", name), names);
        continue;
      }
      if (text == "unknown") {
        case_.facts[static_cast<std::size_t>(field)] = Value{};
        stated_.insert(field);
        continue;
      }
      const auto value = parse_value(base_.vocabulary, field, text);
      const Field& it = base_.vocabulary.fields[static_cast<std::size_t>(field)];
      if (!value) {
        const Code code = it.type == FieldType::country ? Code::unknown_country : Code::bad_question;
        complain(code, name, text, fmt::format("'{}' is no {} that {} may be", text, to_string(it.type), name),
                 it.words);
        continue;
      }
      case_.facts[static_cast<std::size_t>(field)] = *value;
      stated_.insert(field);
    }
  }

  int country(const char* what, const std::string& id) {
    const int found = base_.vocabulary.find_country(id);
    if (found < 0) {
      std::vector<std::string> names;
      for (const Country& it : base_.vocabulary.countries) names.push_back(it.id);
      complain(Code::unknown_country, what, id,
               id.empty() ? fmt::format("the question does not say `{}`", what)
                          : fmt::format("there is no country '{}'", id),
               names);
    }
    return found;
  }
  void set_countries() {
    const int from = country("from", question_.from);
    const int to = country("to", question_.to);
    fact("from") = Value::of_word(from);
    fact("to") = Value::of_word(to);
    if (from < 0 || to < 0) return;
    const char* const type = question_.from == "US" ? "export_from_us" : from == to ? "in_country" : "reexport";
    take("type", Value::of_word(base_.vocabulary.word(type)));
    const std::string& note = base_.vocabulary.countries[static_cast<std::size_t>(to)].note;
    if (!note.empty()) case_.notes.push_back(fmt::format("country groups of {}: {}", question_.to, note));
    if (!is_stated("exporter") && fact("vendor").word >= 0) take("exporter", fact("vendor"));
  }

  void set_end_user() {
    const std::string& name = question_.end_user;
    if (name.empty()) {
      // Somebody of the destination, owned there, unless the question says otherwise.
      take("hq", fact("to"));
      take("parent_hq", fact("hq"));
      return;
    }
    case_.party = base_.find_party(name);
    if (!is_stated("end_user")) fact("end_user") = Value::of_word(base_.vocabulary.word(name));
    if (case_.party < 0) {
      case_.notes.push_back(
          fmt::format("'{}' is not among the {} parties of the base, which holds extracts of the lists: screen it",
                      name, base_.parties.size()));
      return;
    }
    set_party(base_.parties[static_cast<std::size_t>(case_.party)]);
  }
  void set_known(const char* name, const Value& value) {
    if (is_stated(name)) return;
    fact(name) = value;
    taken_.erase(base_.field(name));
  }
  void set_party(const Party& party) {
    const Vocabulary& vocabulary = base_.vocabulary;
    set_known("end_user", Value::of_word(vocabulary.word(party.id)));
    set_known("hq", Value::of_word(party.hq));
    const int parent = ultimate_parent(base_, case_.party, question_.date);
    set_known("parent_hq", parent < 0 ? Value{} : Value::of_word(base_.parties[static_cast<std::size_t>(parent)].hq));
    set_known("listed_owner_share", listed_owner_share(base_, case_.party, question_.date));
    const bool is_on_list = is_listed(base_, case_.party, question_.date);
    set_known("list", Value::of_word(vocabulary.word(is_on_list ? party.list : "none")));
    set_known("footnote",
              Value::of_word(vocabulary.word(is_on_list && !party.footnote.empty() ? party.footnote : "none")));
    const char* const policy = posture_names[static_cast<std::size_t>(party.policy)];
    set_known("list_policy",
              Value::of_word(vocabulary.word(is_on_list && party.policy != Posture::none ? policy : "none")));
    if (is_on_list) case_.notes.push_back(fmt::format("{}: {}", party.name, party.source.citation));
  }

  void set_figures() {
    const bool is_memory =
        fact("kind").word == base_.vocabulary.word("hbm") || fact("kind").word == base_.vocabulary.word("memory");
    if (!is_stated("ic_datacenter") && fact("ic_datacenter").word < 0) fact("ic_datacenter") = fact("datacenter");
    if (!is_stated("pd") && !is_memory) set_ratio("pd", fact("tpp"), fact("area"));
    if (!is_stated("mem_bw_density") && is_memory) set_ratio("mem_bw_density", fact("dram_bw"), fact("area"));
    if (!is_stated("bits_x_tops") && is_stated("tpp") && fact("bits_x_tops").word < 0 &&
        !fact("bits_x_tops").is_known_number()) {
      take("bits_x_tops", fact("tpp"));
    }
  }
  /// All dies planar (area 0): no density, so that only limbs without one can bite.
  void set_ratio(const char* name, const Value& over, const Value& under) {
    if (!under.is_known_number()) return;
    if (under.low == Exact(0)) {
      fact(name) = Value::number(Exact(0));
      case_.notes.emplace_back(
          "no die made on a non-planar process: there is no performance density, and only limbs without one can bite");
      return;
    }
    Value ratio;
    const auto low = over.has_low ? Exact::quotient(over.low, under.low) : std::nullopt;
    const auto high = over.has_high ? Exact::quotient(over.high, under.low) : std::nullopt;
    ratio.has_low = low.has_value();
    ratio.has_high = high.has_value();
    if (low) ratio.low = *low;
    if (high) ratio.high = *high;
    fact(name) = ratio;
  }

  const RuleBase& base_;
  const Question& question_;
  Case case_;
  std::set<int> taken_, stated_;
  Diagnostics diagnostics_;
};

}  // namespace

Result<Case> make_case(const RuleBase& base, const Question& question) { return CaseMaker(base, question).make(); }

void set_route(const RuleBase& base, Facts& facts, int from, int to) {
  const auto at = [&](const char* name) -> Value& { return facts[static_cast<std::size_t>(base.field(name))]; };
  at("from") = Value::of_word(from);
  at("to") = at("hq") = at("parent_hq") = Value::of_word(to);
}

}  // namespace pinchpoint::rules
