// SPDX-License-Identifier: Apache-2.0
#include "delivery/cli/package/compose_catalogue.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "delivery/cli/package/compose_answer.hpp"
#include "delivery/cli/package/package_answer.hpp"

namespace pinchpoint::cli {

namespace {

using packages::Catalogue;

template <class Names>
int place_in(const Names& names, const std::string& name) {
  return static_cast<int>(std::find(names.begin(), names.end(), name) - names.begin());
}

Diagnostic& complain(Diagnostics& diagnostics, const char* option, const std::string& found, std::string message) {
  Diagnostic& item = diagnostics.add(Code::bad_question, {option, 0, 0, 0}, std::move(message));
  item.found = found;
  return item;
}

int target_of(const ComposeCommand& command, const Catalogue& catalogue, Diagnostics& diagnostics) {
  if (command.target.empty() && !catalogue.targets.empty()) return 0;
  std::vector<std::string> names;
  for (const packages::CatalogueTarget& it : catalogue.targets) names.push_back(catalogue.frame.country_id(it.country));
  const int place = place_in(names, command.target);
  if (place < static_cast<int>(names.size())) return place;
  complain(diagnostics, "--target", command.target, fmt::format("the catalogue has no target '{}'", command.target))
      .expected = fmt::format("{}", fmt::join(names, ", "));
  return 0;
}

compose::Wish wish_of(const ComposeCommand& command, const Catalogue& catalogue, Diagnostics& diagnostics) {
  compose::Wish wish;
  wish.aim = static_cast<compose::Aim>(place_in(compose::aim_names, command.aim));
  wish.reading = static_cast<packages::Reading>(place_in(packages::reading_names, command.reading));
  wish.is_presumed = command.content == "presumed";
  for (const std::string& id : command.leave_out) {
    const int party = catalogue.frame.base.find_party(id);
    if (party >= 0) wish.left_out.insert(party);
    if (party < 0) complain(diagnostics, "--leave-out", id, fmt::format("the catalogue has no party '{}'", id));
  }
  return wish;
}

rules::Day day_of(const ComposeCommand& command, const Catalogue& catalogue, Diagnostics& diagnostics) {
  if (command.date.empty()) return catalogue.frame.as_of.value_or(rules::first_day);
  const auto day = rules::parse_day(command.date);
  if (!day)
    diagnostics.add(Code::bad_day, {"--date", 0, 0, 0}, fmt::format("'{}' is no day: --date YYYY-MM-DD", command.date));
  return day.value_or(rules::first_day);
}

Exit refuse(const Context& context, const Diagnostics& diagnostics, const std::string& folder) {
  print_refusal(context.output, diagnostics, "nothing was composed", folder);
  return Exit::bad_input;
}

}  // namespace

Exit compose_catalogue(const ComposeCommand& command, const PackageRules& rules, const Context& context) {
  const auto files = packages::read_catalogue_files(command.folder);
  if (!files) return refuse(context, files.error(), "");
  const auto catalogue = packages::load_catalogue(*files, rules.base);
  if (!catalogue) return refuse(context, catalogue.error(), command.folder);
  Diagnostics diagnostics;
  const int target = target_of(command, *catalogue, diagnostics);
  const compose::Wish wish = wish_of(command, *catalogue, diagnostics);
  const rules::Day day = day_of(command, *catalogue, diagnostics);
  if (diagnostics.has_errors()) return refuse(context, diagnostics, "");
  const auto composer = compose::Composer::open(*catalogue, rules.predicates, target, day);
  if (!composer) return refuse(context, composer.error(), command.folder);
  ComposeAnswer answer{*catalogue, *composer, wish, target, day, composer->best(wish), {}, {}};
  if (!context.output.quiet) {
    answer.front = composer->front(wish, command.points);
    answer.allies = composer->allies(wish);
  }
  if (context.output.json) print_json(compose_json(answer));
  if (!context.output.json) print(compose_text(answer));
  return answer.best.package ? Exit::done : Exit::no;
}

}  // namespace pinchpoint::cli
