// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "delivery/cli/context.hpp"
#include "delivery/cli/package/compose_catalogue.hpp"
#include "delivery/cli/package/load_package_file.hpp"
#include "delivery/cli/package/package_answer.hpp"

namespace pinchpoint::cli {

namespace {

struct PackageCommand {
  std::string file, date, rules;
  std::vector<std::string> without;
  bool csv = false;
  bool compose = false;
  ComposeCommand composing;
};

/// The day of --date, or of the file.
std::optional<rules::Day> day_of(const PackageCommand& command, const packages::Package& package,
                                 Diagnostics& diagnostics) {
  if (command.date.empty()) {
    if (!package.as_of)
      diagnostics.add(Code::bad_question, package.where,
                      "neither --date nor `as_of` of the file says on which day it is judged");
    return package.as_of;
  }
  const auto day = rules::parse_day(command.date);
  if (!day)
    diagnostics.add(Code::bad_day, {"--date", 0, 0, 0}, fmt::format("'{}' is no day: --date YYYY-MM-DD", command.date));
  return day;
}

void check_without(const PackageCommand& command, const packages::PredicateBase& predicates, Diagnostics& diagnostics) {
  for (const std::string& id : command.without) {
    if (!predicates.has(id))
      diagnostics.add(Code::bad_question, {"--without", 0, 0, 0}, fmt::format("there is no predicate '{}'", id));
  }
}

void show(const PackageAnswer& answer, const PackageCommand& command, const Context& context) {
  if (context.output.json) return print_json(package_json(answer));
  if (command.csv) return print(package_csv(answer));
  if (context.output.quiet)
    return print(fmt::format("{}\n", packages::overall_names[static_cast<std::size_t>(answer.check.overall)]));
  print(package_text(answer));
}

Exit check_file(const PackageCommand& command, const Context& context) {
  const auto rules = load_package_rules(command.rules, context.output);
  if (!rules) return Exit::bad_input;
  if (command.compose) {
    ComposeCommand composing = command.composing;
    composing.folder = command.file;
    composing.date = command.date;
    return compose_catalogue(composing, *rules, context);
  }
  Diagnostics diagnostics;
  check_without(command, rules->predicates, diagnostics);
  if (const auto text = read_text(command.file, diagnostics)) {
    const auto package = packages::load_package(*text, command.file, rules->base);
    if (!package) diagnostics.append(package.error());
    const auto day = package ? day_of(command, *package, diagnostics) : std::nullopt;
    if (day && !diagnostics.has_errors()) {
      const std::set<std::string> without(command.without.begin(), command.without.end());
      const auto check = packages::check_package(*package, rules->predicates, *day, without);
      if (!check) diagnostics.append(check.error());
      if (check) show({*package, rules->predicates, *check, without}, command, context);
    }
  }
  if (!diagnostics.has_errors()) return Exit::done;
  print_refusal(context.output, diagnostics, "nothing was answered", "");
  return Exit::bad_input;
}

void add_compose_options(CLI::App& command, PackageCommand& options) {
  CLI::Option* const compose =
      command.add_flag("--compose", options.compose,
                       "FILE is a catalogue of members and offers: put packages together, and say what each adds");
  ComposeCommand& composing = options.composing;
  command.add_option("--for", composing.aim, "what is best: cost, content or date (cost)")
      ->check(CLI::IsMember({"cost", "content", "date"}))
      ->needs(compose)
      ->type_name("AIM");
  command.add_option("--target", composing.target, "target country of the catalogue; without it its first")
      ->needs(compose)
      ->type_name("COUNTRY");
  command.add_option("--reading", composing.reading, "US content by value_added, customs or ip (value_added)")
      ->check(CLI::IsMember({"value_added", "customs", "ip"}))
      ->needs(compose)
      ->type_name("READING");
  command
      .add_option("--content", composing.content, "presumed: 51 percent by every reading; any: no such rule (presumed)")
      ->check(CLI::IsMember({"presumed", "any"}))
      ->needs(compose)
      ->type_name("RULE");
  command.add_option("--leave-out", composing.leave_out, "a party that is not asked, as often as needed")
      ->needs(compose)
      ->type_name("PARTY");
  command.add_option("--points", composing.points, "steps of content in the trade-off (4)")
      ->check(CLI::Range(1, 100))
      ->needs(compose)
      ->type_name("N");
}

}  // namespace

void add_comply_package_command(CLI::App& comply, Context& context) {
  CLI::App* const command = comply.add_subcommand(
      "package", "A full-stack export package: the predicates of the American AI Exports Program, one by one");
  const auto options = std::make_shared<PackageCommand>();
  command
      ->add_option("file", options->file,
                   "the package, as data/packages has them; with --compose a folder as in data/catalogues")
      ->required()
      ->type_name("FILE");
  command->add_option("--date", options->date, "day on which it is judged; without it `as_of` of the file")
      ->type_name("YYYY-MM-DD");
  command->add_option("--without", options->without, "leave a predicate out, as often as needed")->type_name("P12");
  command->add_flag("--csv", options->csv, "answer with a row for every predicate and thing it was asked of");
  command->add_option("--rules", options->rules, "a folder of rule tables instead of the shipped ones")
      ->type_name("DIR");
  add_compose_options(*command, *options);
  add_output_options(*command, context);
  command->footer(
      "Verdicts are: not_compliant, needs_human, compliant_with_conditions, compliant_pending_designation. Designation "
      "is\n"
      "a decision of the Secretary of Commerce; support is at most eligible to be referred. Examples:\n"
      "  pinchpoint comply package data/packages/meridian.toml\n"
      "  pinchpoint comply package data/packages/northlight.toml --without P12 --quiet\n"
      "  pinchpoint comply package data/packages/andes.toml --date 2026-06-30 --json\n"
      "  pinchpoint comply package data/catalogues/gulf-campus --compose --target SA\n"
      "  pinchpoint comply package data/catalogues/gulf-campus --compose --for date --content any --leave-out "
      "kr-memory");
  command->callback(
      [&context, options] { context.action = [&context, options] { return check_file(*options, context); }; });
}

}  // namespace pinchpoint::cli
