// SPDX-License-Identifier: Apache-2.0
#include "delivery/cli/stress/rank_answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "delivery/cli/stress/stress_answer.hpp"

namespace pinchpoint::cli {

namespace {

using nlohmann::ordered_json;

std::string percent(double share) { return fmt::format("{:.0f} %", 100 * share); }

std::string target_line(const RankAnswer& answer, std::size_t at) {
  const stress::Target& target = answer.ranking.targets[at];
  const stress::Outcome& outcome = answer.ranking.result.outcomes[at];
  std::string text = fmt::format("  {:<14}", money_text(answer.world, outcome.loss_upper));
  for (const double lost : outcome.curve) text += fmt::format("{:>14}", money_text(answer.world, lost));
  std::string paper = "-";
  if (target.commodity.is_valid())
    paper = fmt::format("{} of {}, {} spare", percent(target.share), answer.world.commodities[target.commodity].id,
                        percent(target.spare));
  return text + fmt::format("  {:<9} {} ({})\n", to_string(target.kind), target.name, paper);
}

}  // namespace

std::string render_text(const RankAnswer& answer) {
  const stress::StressResult& result = answer.ranking.result;
  std::string text =
      fmt::format("{}: {} removals in {:.1f} s ({:.1f} s in all), {:.2f} % certified, largest gap {:.1e}\n",
                  answer.world.title.empty() ? answer.world.name : answer.world.title, result.outcomes.size(),
                  answer.rank_seconds, answer.seconds, 100 * result.certified_share, result.max_gap);
  if (!result.checks.empty()) text += checks_text(result.checks) + "\n\n";
  text +=
      "Loss: present value, less what is saved by not making it; then the value of demand lost within so many months, "
      "as it\n"
      "falls due and with nothing deducted\n\n";
  text += fmt::format("  {:<14}{:>14}{:>14}{:>14}{:>14}{:>14}  what (on paper: share of output, spare elsewhere)\n",
                      "loss (PV)", "1 month", "3 months", "6 months", "12 months", "24 months");
  std::size_t shown = 0;
  for (const std::size_t at : answer.ranking.order()) {
    if (shown++ == answer.top || result.outcomes[at].loss_upper <= 0) break;
    text += target_line(answer, at);
  }
  std::vector<stress::Concentration> most = answer.concentrations;
  std::stable_sort(most.begin(), most.end(),
                   [](const auto& left, const auto& right) { return left.countries_hhi > right.countries_hhi; });
  text += "\nMost concentrated by country (HHI, share of the largest three)\n";
  for (std::size_t at = 0; at < std::min(answer.top / 2, most.size()); ++at) {
    std::string countries;
    for (const RegionId country : most[at].countries)
      countries += (countries.empty() ? "" : ", ") + answer.world.regions[country].id;
    text += fmt::format("  {:.2f}  {:>5}  {} ({})\n", most[at].countries_hhi, percent(most[at].top_countries),
                        answer.world.commodities[most[at].commodity].id, countries);
  }
  if (!answer.run.empty()) text += fmt::format("\n{}\n", (answer.run / "results.sqlite").string());
  return text;
}

nlohmann::ordered_json to_json(const RankAnswer& answer) {
  const stress::StressResult& result = answer.ranking.result;
  ordered_json targets = ordered_json::array();
  for (const std::size_t at : answer.ranking.order()) {
    const stress::Target& target = answer.ranking.targets[at];
    const stress::Outcome& outcome = result.outcomes[at];
    ordered_json curve = ordered_json::object();
    for (std::size_t point = 0; point < outcome.curve.size(); ++point)
      curve[fmt::format("{:.0f}", stress::curve_months[point])] = outcome.curve[point];
    targets.push_back({{"kind", to_string(target.kind)},
                       {"id", target.id},
                       {"name", target.name},
                       {"loss", {{"lower", outcome.loss_lower}, {"upper", outcome.loss_upper}}},
                       {"gap", outcome.gap()},
                       {"lost_by_month", curve},
                       {"commodity", target.commodity.is_valid() ? answer.world.commodities[target.commodity].id : ""},
                       {"share_of_output", target.share},
                       {"spare_elsewhere", target.spare}});
  }
  ordered_json concentrations = ordered_json::array();
  for (const stress::Concentration& found : answer.concentrations) {
    concentrations.push_back({{"commodity", answer.world.commodities[found.commodity].id},
                              {"countries_hhi", found.countries_hhi},
                              {"owners_hhi", found.owners_hhi},
                              {"top_3_countries", found.top_countries},
                              {"top_3_owners", found.top_owners}});
  }
  return {{"status", result.certified_share == 1 ? "certified" : "partly_certified"},
          {"removals", result.outcomes.size()},
          {"certified_share", result.certified_share},
          {"max_gap", result.max_gap},
          {"seconds", answer.rank_seconds},
          {"seconds_total", answer.seconds},
          {"checks", checks_json(result.checks)},
          {"currency", answer.world.currency},
          {"targets", targets},
          {"concentration", concentrations},
          {"run", answer.run.string()}};
}

}  // namespace pinchpoint::cli
