// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/explain/headlines.hpp"
#include "analysis/explain/number_text.hpp"
#include "delivery/cli/hedge/hedge_answer.hpp"

namespace pinchpoint::cli {

namespace {

using explain::money_text;
using explain::number_text;
using results::BuildChange;

constexpr std::size_t most_builds = 12;

std::string name_of(const std::string& name, const std::string& id) { return name.empty() ? id : name; }

std::string between_text(const optim::Between& value, const std::string& currency) {
  const auto end = [&](double money) {
    return std::isfinite(money) ? money_text(money, currency) : std::string("not known");
  };
  const std::string lower = end(value.lower);
  const std::string upper = end(value.upper);
  return lower == upper ? upper : fmt::format("between {} and {}", lower, upper);
}

/// Orders of an asset added up over periods, the most changed first.
std::vector<BuildChange> by_asset(const std::vector<BuildChange>& changes) {
  std::vector<BuildChange> sums;
  for (const BuildChange& change : changes) {
    if (sums.empty() || sums.back().asset != change.asset) {
      sums.push_back(change);
      continue;
    }
    sums.back().plain += change.plain;
    sums.back().hedged += change.hedged;
    sums.back().capex += change.capex;
  }
  std::stable_sort(sums.begin(), sums.end(), [](const BuildChange& left, const BuildChange& right) {
    return std::abs(left.capex) > std::abs(right.capex);
  });
  return sums;
}

std::string change_text(const results::HedgeRecord& record, const BuildChange& change) {
  const World& world = record.run.world;
  const plan::Asset& asset = record.run.plan.problem.network.assets[change.asset];
  const plan::Display display = explain::capacity_display(world, asset);
  const Technology& technology = world.technologies[asset.technology];
  const double more = (change.hedged - change.plain) * display.factor;
  const bool is_moved = std::abs(change.hedged - change.plain) <= 1e-6 * std::max(change.hedged, change.plain);
  const std::string what = is_moved
                               ? std::string("as much, at other times")
                               : fmt::format("{}{} {}, {}{}", more > 0 ? "+" : "", number_text(more), display.unit,
                                             change.capex > 0 ? "+" : "", money_text(change.capex, world.currency));
  return fmt::format("  {}, {} ({}): {}\n", name_of(technology.name, technology.id),
                     name_of(world.regions[asset.region].name, world.regions[asset.region].id),
                     name_of(world.organisations[asset.owner].name, world.organisations[asset.owner].id), what);
}

std::string builds_text(const results::HedgeRecord& record) {
  std::string text = "\nWhat the hedge builds otherwise than the plain plan (capacity in periods that differ; capex)\n";
  const std::vector<BuildChange> sums = by_asset(record.builds);
  if (sums.empty()) text += "  nothing: it only stocks and runs otherwise, or is the plain plan\n";
  for (std::size_t at = 0; at < std::min(most_builds, sums.size()); ++at) text += change_text(record, sums[at]);
  if (sums.size() > most_builds) text += fmt::format("  … and {} more\n", sums.size() - most_builds);
  return text;
}

const char* verdict(const hedge::HedgeResult& result, double tolerance) {
  if (result.plan.status != plan::PlanStatus::optimal) return "NOT CERTIFIED";
  if (result.gap() > 2 * tolerance) return "stopped early: the bounds hold, the gap is open";
  if (result.certified_share < 1 - 1e-9) return "some futures are NOT certified";
  return result.lower_is_proved ? "optimal to the tolerance, both bounds proved"
                                : "optimal to the tolerance; the lower bound is claimed, not proved";
}

}  // namespace

std::string render_text(const HedgeAnswer& answer) {
  const results::HedgeRecord& record = answer.record;
  const hedge::HedgeResult& result = record.result;
  const std::string& currency = record.run.world.currency;
  const auto line = [](std::string_view label, const std::string& value) {
    return fmt::format("{:<14}{}\n", label, value);
  };
  std::string text =
      fmt::format("Hedge: least {} of the whole cost over {} futures ({}, seed {})\n", record.request.risk,
                  record.scenarios.size(), record.request.sampling, record.request.seed);
  text += line("status", verdict(result, record.request.tolerance));
  if (!result.problem.empty()) text += line("", result.problem);
  text += line("risk", fmt::format("{}, gap {:.2g} %", between_text(result.risk, currency), 100 * result.gap()));
  text += line("plain plan", between_text(result.plain, currency) + " in the same futures");
  text += line("VSS", between_text(result.value_of_hedging(), currency) + ": what hedging saves");
  text += line("EVPI", between_text(result.value_of_knowing(), currency) + ": what knowing the future would save");
  text += line("insurance",
               fmt::format("{} more than the plain plan costs if nothing happens",
                           money_text(result.plan.solution.objective - record.plain.solution.objective, currency)));
  text += line("proof",
               fmt::format("{:.4g} % of the probability certified future by future", 100 * result.certified_share));
  text += line("effort",
               fmt::format("{} masters, {} recourse solves, {} cuts ({} from duals of other futures), {:.1f} s",
                           result.iterations, result.recourse_solves, result.cuts, result.pooled_cuts, result.seconds));
  for (const std::string& shock : answer.left_out) text += line("left out", shock);
  return text + builds_text(record) + "\nThe hedged plan, as it goes while nothing happens:\n";
}

}  // namespace pinchpoint::cli
