// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "delivery/cli/package/compose_answer.hpp"
#include "delivery/cli/package/package_answer.hpp"

namespace pinchpoint::cli {

namespace {

using namespace compose;

std::string barred_text(const ComposeAnswer& answer) {
  std::string text = "Offers that no package may hold\n";
  for (const Barred& it : answer.composer.barred()) {
    const packages::Offer& offer = answer.catalogue.offers[static_cast<std::size_t>(it.offer)];
    text += fmt::format("  {:<22}{:<14}{}\n", offer.id, answer.catalogue.party(offer.party).id,
                        fmt::join(it.predicates, ", "));
  }
  return answer.composer.barred().empty() ? "" : text + "\n";
}

std::string package_lines(const ComposeAnswer& answer, const Composed& package) {
  std::string text = fmt::format("  led by {}\n", answer.catalogue.party(package.anchor).id);
  for (const Take& take : package.takes) {
    const packages::Offer& offer = answer.catalogue.offers[static_cast<std::size_t>(take.offer)];
    const packages::Need& need = answer.catalogue.needs[static_cast<std::size_t>(offer.need)];
    const auto value = Exact::product(offer.price, Exact(take.units));
    text += fmt::format("  {:<15}{:<22}{:<14}{:<4}{:>5} {:<24}{:>12} MUSD  {}  [{}]\n", need.id, offer.id,
                        answer.catalogue.party(offer.party).id, answer.catalogue.seat(offer.party), take.units,
                        need.unit, value ? value->text() : "?", to_string(offer.ready), offer.confidence);
  }
  return text;
}

std::string figures_text(const Composed& package) {
  return fmt::format("{} MUSD; US content {} by value added, {} by customs origin, {} by design and IP; ready {}",
                     package.cost.text(), percent_text(package.content[0]), percent_text(package.content[1]),
                     percent_text(package.content[2]), to_string(package.ready));
}

std::string best_text(const ComposeAnswer& answer) {
  static constexpr std::array titles = {"Least cost", "Most US content", "Soonest"};
  const char* const title = titles[static_cast<std::size_t>(answer.wish.aim)];
  if (!answer.best.package) return fmt::format("{}: no package. {}\n", title, answer.best.why);
  const Composed& package = *answer.best.package;
  std::string text = fmt::format("{}: {}\n  {}{}\n", title, figures_text(package), overall_text(package.overall),
                                 package.open.empty() ? "" : fmt::format(" ({})", fmt::join(package.open, ", ")));
  text += package_lines(answer, package);
  return text + fmt::format("  proof: {}\n", package.proof.words);
}

std::string front_text(const ComposeAnswer& answer) {
  if (answer.front.empty()) return "";
  std::string text = fmt::format(
      "\nTrade-off: cost, US content by {}, day. Each is the cheapest for its content and day; levels of content "
      "between are chosen\n"
      "        MUSD      content  ready\n",
      packages::reading_names[static_cast<std::size_t>(answer.wish.reading)]);
  for (const Composed& it : answer.front)
    text += fmt::format("  {:>10} {:>12}  {}\n", it.cost.text(4),
                        percent_text(it.content[static_cast<std::size_t>(answer.wish.reading)]), to_string(it.ready));
  return text;
}

std::string corner_text(const Corner& corner) {
  if (!corner.cost) return "no package: " + corner.why;
  const auto day_text = [](const std::optional<Day>& day) { return day ? to_string(*day) : "?"; };
  return fmt::format("{:>10} {:>12}  {}   {:>12}  {}", corner.cost->text(4), percent_text(corner.cheapest_content),
                     day_text(corner.cheapest_ready), percent_text(corner.content), day_text(corner.ready));
}

std::string allies_text(const ComposeAnswer& answer) {
  if (!answer.allies) return "";
  std::string text =
      "\nMembers from abroad: the cheapest package; most content and first day, each for itself\n"
      "                            cheapest: MUSD, content, ready             most content  first day\n";
  text += fmt::format("  {:<26}{}\n", "all admitted", corner_text(answer.allies->all));
  for (const AllyRow& row : answer.allies->allies)
    text += fmt::format("  {:<26}{}\n", "without " + answer.catalogue.party(row.party).id, corner_text(row.without));
  text += fmt::format("  {:<26}{}\n", "none admitted", corner_text(answer.allies->none));
  for (const AllyRow& row : answer.allies->allies)
    text += fmt::format("  {:<26}{}\n", "only " + answer.catalogue.party(row.party).id, corner_text(row.only));
  return text;
}

}  // namespace

std::string compose_text(const ComposeAnswer& answer) {
  const packages::Catalogue& catalogue = answer.catalogue;
  const auto& target = catalogue.targets[static_cast<std::size_t>(answer.target)];
  std::string text = fmt::format("{}, for {}, as of {}: {} offers for {} needs; {}\n\n", catalogue.frame.name,
                                 catalogue.frame.country_id(target.country), to_string(answer.day),
                                 catalogue.offers.size(), catalogue.needs.size(),
                                 answer.wish.is_presumed ? "US content presumed by every reading" : "any US content");
  text += barred_text(answer) + best_text(answer) + front_text(answer) + allies_text(answer);
  return text + fmt::format(
                    "\nRule base as of {}. Figures are those of the catalogue: [assumed] ones are just that. Nothing "
                    "is cleared; "
                    "designation is a\ndecision of the Secretary of Commerce.\n",
                    to_string(catalogue.frame.base.as_of()));
}

}  // namespace pinchpoint::cli
