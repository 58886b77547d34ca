// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>

#include "delivery/cli/comply/load_rules.hpp"
#include "delivery/cli/context.hpp"
#include "delivery/cli/package/load_package_file.hpp"
#include "domain/rules/rule_diff.hpp"

namespace pinchpoint::cli {

namespace {

using Json = nlohmann::ordered_json;

struct RulesCommand {
  std::string before, after, from = "US", topic = "rules", rules, against;
};

std::string verdict_text(std::uint8_t answer, std::uint8_t posture) {
  std::string text = rules::answer_text(answer);
  if (posture != 0) text += fmt::format(", {}", rules::posture_names[posture]);
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

std::string short_text(const rules::ShortVerdict& verdict) {
  std::string text = verdict_text(verdict.answer, verdict.posture);
  if (verdict.text_answer != verdict.answer || verdict.text_posture != verdict.posture)
    text += fmt::format(" (printed: {})", verdict_text(verdict.text_answer, verdict.text_posture));
  return text;
}

Json short_json(const rules::ShortVerdict& verdict) {
  return {{"verdict", rules::answer_text(verdict.answer)},
          {"posture", rules::posture_names[verdict.posture]},
          {"text_verdict", rules::answer_text(verdict.text_answer)},
          {"text_posture", rules::posture_names[verdict.text_posture]}};
}

std::vector<std::string> country_ids(const rules::RuleBase& base, const std::vector<int>& countries) {
  std::vector<std::string> ids;
  for (const int country : countries) ids.push_back(base.vocabulary.countries[static_cast<std::size_t>(country)].id);
  return ids;
}

Json diff_json(const rules::RuleBase& base, const rules::RuleDiff& diff) {
  Json object = {{"before", to_string(diff.before)}, {"after", to_string(diff.after)}, {"asked", diff.asked},
                 {"rules", Json::array()},           {"groups", Json::array()},        {"verdicts", Json::array()}};
  for (const rules::RuleChange& change : diff.rules) {
    const rules::Rule& rule = base.rules[static_cast<std::size_t>(change.rule)];
    object["rules"].push_back({{"id", rule.id},
                               {"change", change.has_begun ? "begun" : "ended"},
                               {"text_only", change.is_text_only},
                               {"verify", rule.verify},
                               {"citation", rule.source.citation},
                               {"url", rule.source.url}});
  }
  for (const rules::GroupChange& change : diff.groups)
    object["groups"].push_back({{"country", country_ids(base, {change.country}).front()},
                                {"group", base.vocabulary.groups[static_cast<std::size_t>(change.group)]},
                                {"change", change.has_begun ? "begun" : "ended"}});
  for (const rules::VerdictChange& change : diff.verdicts)
    object["verdicts"].push_back({{"item", base.products[static_cast<std::size_t>(change.product)].id},
                                  {"before", short_json(change.before)},
                                  {"after", short_json(change.after)},
                                  {"countries", country_ids(base, change.countries)}});
  object["as_of"] = to_string(base.as_of());
  return object;
}

std::string diff_text(const rules::RuleBase& base, const rules::RuleDiff& diff) {
  std::string text = fmt::format("From {} to {}\n\nRules\n", to_string(diff.before), to_string(diff.after));
  for (const rules::RuleChange& change : diff.rules) {
    const rules::Rule& rule = base.rules[static_cast<std::size_t>(change.rule)];
    text += fmt::format("  {} {:<16}{}{}{}\n", change.has_begun ? "+" : "-", rule.id, rule.source.citation,
                        change.is_text_only ? "; printed only" : "", rule.verify ? "; VERIFY: not confirmed" : "");
  }
  for (const rules::GroupChange& change : diff.groups)
    text += fmt::format("  {} {} in {}\n", change.has_begun ? "+" : "-", country_ids(base, {change.country}).front(),
                        base.vocabulary.groups[static_cast<std::size_t>(change.group)]);
  if (diff.rules.empty() && diff.groups.empty()) text += "  none\n";
  text += fmt::format("\nVerdicts that changed, of {} items to countries\n", diff.asked);
  for (const rules::VerdictChange& change : diff.verdicts) {
    text += fmt::format("  {}: {} -> {}\n      {} countries: {}\n",
                        base.products[static_cast<std::size_t>(change.product)].id, short_text(change.before),
                        short_text(change.after), change.countries.size(),
                        fmt::join(country_ids(base, change.countries), " "));
  }
  if (diff.verdicts.empty()) text += "  none\n";
  return text + fmt::format("\nRule base as of {}.\n", to_string(base.as_of()));
}

Exit compare(const RulesCommand& command, const Context& context) {
  const auto base = load_rules(command.rules, context.output);
  if (!base) return Exit::bad_input;
  Diagnostics diagnostics;
  const auto before = rules::parse_day(command.before);
  const auto after = rules::parse_day(command.after);
  const int from = base->vocabulary.find_country(command.from);
  if (!before)
    diagnostics.add(Code::bad_day, {"BEFORE", 0, 0, 0}, fmt::format("'{}' is no day: YYYY-MM-DD", command.before));
  if (!after)
    diagnostics.add(Code::bad_day, {"AFTER", 0, 0, 0}, fmt::format("'{}' is no day: YYYY-MM-DD", command.after));
  if (from < 0)
    diagnostics.add(Code::unknown_country, {"--from", 0, 0, 0}, fmt::format("there is no country '{}'", command.from));
  for (const auto& day : {before, after}) {
    if (day && *day < base->begins())
      diagnostics.add(Code::bad_question, {to_string(*day), 0, 0, 0},
                      fmt::format("the rule base begins on {}", to_string(base->begins())));
  }
  if (diagnostics.has_errors()) {
    print_refusal(context.output, diagnostics, "nothing was compared", "");
    return Exit::bad_input;
  }
  const rules::RuleDiff diff =
      rules::compare_days(*base, *before, *after, from, std::max(1U, std::thread::hardware_concurrency()));
  if (context.output.json) print_json(diff_json(*base, diff));
  if (!context.output.json) print(diff_text(*base, diff));
  return Exit::done;
}

Json list_json(const rules::RuleBase& base, const std::string& topic) {
  Json list = Json::array();
  if (topic == "rules")
    for (const rules::Rule& rule : base.rules)
      list.push_back(
          {{"name", rule.id},
           {"about", fmt::format("{} {}: {}", rules::regime_names[static_cast<std::size_t>(rule.regime)],
                                 rules::step_names[static_cast<std::size_t>(rule.step)], rule.condition.text)}});
  if (topic == "products")
    for (const rules::Product& product : base.products)
      list.push_back(
          {{"name", product.id}, {"about", fmt::format("{} ({}, {})", product.name, product.vendor, product.kind)}});
  if (topic == "parties")
    for (const rules::Party& party : base.parties) list.push_back({{"name", party.id}, {"about", party.name}});
  if (topic == "fields")
    for (const rules::Field& field : base.vocabulary.fields)
      list.push_back({{"name", field.name},
                      {"about", fmt::format("{}: {}{}", to_string(field.type), field.about,
                                            field.unit.empty() ? "" : fmt::format(" ({})", field.unit))}});
  if (topic == "countries")
    for (const rules::Country& country : base.vocabulary.countries)
      list.push_back({{"name", country.id}, {"about", country.name}});
  return list;
}

/// What packages are tested by, and the facts that their predicates may name.
Json package_list_json(const packages::PredicateBase& base, const std::string& topic) {
  Json list = Json::array();
  if (topic == "predicates")
    for (const packages::Predicate& it : base.predicates)
      list.push_back({{"name", it.id},
                      {"about", fmt::format("{} ({}, of each {}): {} [{}]", it.title,
                                            packages::kind_names[static_cast<std::size_t>(it.kind)],
                                            packages::scope_names[static_cast<std::size_t>(it.scope)],
                                            it.source.citation, it.source.confidence)}});
  if (topic == "package-facts")
    for (const packages::FactField& it : packages::fact_fields())
      list.push_back({{"name", it.name},
                      {"about", fmt::format("{}, {}: {}", packages::scope_names[static_cast<std::size_t>(it.scope)],
                                            to_string(it.type), it.about)}});
  return list;
}

Exit list(const RulesCommand& command, const Context& context) {
  const auto base = load_rules(command.rules, context.output);
  if (!base) return Exit::bad_input;
  Json found = list_json(*base, command.topic);
  if (command.topic == "predicates" || command.topic == "package-facts") {
    const auto rules = load_package_rules(command.rules, context.output);
    if (!rules) return Exit::bad_input;
    found = package_list_json(rules->predicates, command.topic);
  }
  if (context.output.json) {
    print_json({{command.topic, found}, {"as_of", to_string(base->as_of())}});
    return Exit::done;
  }
  for (const Json& row : found)
    print(fmt::format("  {:<26}{}\n", row["name"].get<std::string>(), row["about"].get<std::string>()));
  return Exit::done;
}

/// Lists that lost rows against an earlier base: parties gone without a last day, and published counts that fell.
std::vector<std::string> lost_parties(const rules::RuleBase& base, const rules::RuleBase& earlier) {
  std::vector<std::string> lost;
  for (const rules::Party& party : earlier.parties) {
    const int now = base.find_party(party.id);
    const bool was_on_list = !party.list.empty();
    if (was_on_list && (now < 0 || base.parties[static_cast<std::size_t>(now)].list.empty())) lost.push_back(party.id);
  }
  return lost;
}

/// Whether the predicates of a base can be read: a base need not have any.
bool has_sound_predicates(const RulesCommand& command, const Context& context) {
  const auto files =
      command.rules.empty() ? Result<rules::RuleFiles>(rules::shipped_rules()) : rules::read_rule_files(command.rules);
  return !files || !files->contains("predicates.csv") || load_package_rules(command.rules, context.output).has_value();
}

Exit check(const RulesCommand& command, const Context& context) {
  const auto base = load_rules(command.rules, context.output);
  if (!base || !has_sound_predicates(command, context)) return Exit::bad_input;
  Diagnostics warnings = base->warnings;
  if (!command.against.empty()) {
    const auto earlier = load_rules(command.against, context.output);
    if (!earlier) return Exit::bad_input;
    for (const std::string& party : lost_parties(*base, *earlier))
      warnings
          .add(Code::list_shrinks, {"parties.csv", 0, 0, 0},
               fmt::format("'{}' was on a list in {} and is not any more", party, command.against))
          .found = party;
  }
  if (context.output.json) {
    print_json({{"status", warnings.empty() ? "sound" : "warnings"},
                {"rules", base->rules.size()},
                {"products", base->products.size()},
                {"parties", base->parties.size()},
                {"diagnostics", diagnostics_json(warnings)},
                {"as_of", to_string(base->as_of())}});
    return Exit::done;
  }
  print(render_text(warnings, command.rules));
  print(fmt::format("{} rules, {} products, {} parties, {} countries; {}. Rule base as of {}.\n", base->rules.size(),
                    base->products.size(), base->parties.size(), base->vocabulary.countries.size(),
                    warnings.empty() ? "sound" : count_text(warnings), to_string(base->as_of())));
  return Exit::done;
}

void add_base_option(CLI::App& command, RulesCommand& options) {
  command.add_option("--rules", options.rules, "a folder of rule tables instead of the shipped ones")->type_name("DIR");
}

void add_diff(CLI::App& parent, Context& context) {
  CLI::App* const command =
      parent.add_subcommand("diff", "What changed between two days, and for which items and countries the verdict did");
  const auto options = std::make_shared<RulesCommand>();
  command->add_option("before", options->before, "first day")->required()->type_name("YYYY-MM-DD");
  command->add_option("after", options->after, "second day")->required()->type_name("YYYY-MM-DD");
  command->add_option("--from", options->from, "where the goods leave (US)")->type_name("COUNTRY");
  add_base_option(*command, *options);
  add_output_options(*command, context);
  command->callback(
      [&context, options] { context.action = [&context, options] { return compare(*options, context); }; });
}

void add_list(CLI::App& parent, Context& context) {
  CLI::App* const command = parent.add_subcommand("list", "What the rule base holds");
  const auto options = std::make_shared<RulesCommand>();
  command
      ->add_option("topic", options->topic,
                   "rules, products, parties, fields, countries, predicates or package-facts (rules)")
      ->check(CLI::IsMember({"rules", "products", "parties", "fields", "countries", "predicates", "package-facts"}));
  add_base_option(*command, *options);
  add_output_options(*command, context);
  command->callback([&context, options] { context.action = [&context, options] { return list(*options, context); }; });
}

void add_check(CLI::App& parent, Context& context) {
  CLI::App* const command =
      parent.add_subcommand("check", "Is a rule base sound? Every problem at once; alarms for lists that shrink");
  const auto options = std::make_shared<RulesCommand>();
  command->add_option("folder", options->rules, "a folder of rule tables; without it the shipped ones")
      ->type_name("DIR");
  command->add_option("--against", options->against, "an earlier rule base: what is missing since is an alarm")
      ->type_name("DIR");
  add_output_options(*command, context);
  command->callback([&context, options] { context.action = [&context, options] { return check(*options, context); }; });
}

}  // namespace

void add_rules_command(CLI::App& app, Context& context) {
  CLI::App* const command =
      app.add_subcommand("rules", "The rule base: what it holds, is it sound, what changed between two days");
  command->require_subcommand(1);
  add_diff(*command, context);
  add_list(*command, context);
  add_check(*command, context);
  command->footer(
      "Examples:\n"
      "  pinchpoint rules diff 2025-05-01 2026-02-01\n"
      "  pinchpoint rules list products\n"
      "  pinchpoint rules check data/rules --against old/rules");
}

}  // namespace pinchpoint::cli
