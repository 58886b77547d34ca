// SPDX-License-Identifier: Apache-2.0
#include "delivery/cli/stress/target_options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace pinchpoint::cli {

namespace {

using stress::TargetKind;

constexpr std::array all_kinds = {TargetKind::facility,  TargetKind::site, TargetKind::owner, TargetKind::country,
                                  TargetKind::commodity, TargetKind::lane, TargetKind::group};

/// "TW=5": a name and a number above 0.
struct NamedCost {
  std::string name;
  double cost = 0;
};

std::optional<NamedCost> named_cost(const std::string& word) {
  const std::size_t sign = word.rfind('=');
  if (sign == std::string::npos || sign == 0) return std::nullopt;
  const char* const end = word.data() + word.size();
  NamedCost named{word.substr(0, sign)};
  const auto [stop, problem] = std::from_chars(word.data() + sign + 1, end, named.cost);
  if (problem != std::errc() || stop != end || !(named.cost > 0) || !std::isfinite(named.cost)) return std::nullopt;
  return named;
}

/// Sets the cost of the targets that match; false if none does.
template <class Matches>
bool set_costs(const std::vector<stress::Target>& targets, double cost, std::vector<double>& costs,
               const Matches& matches) {
  bool is_met = false;
  for (std::size_t at = 0; at < targets.size(); ++at) {
    if (!matches(targets[at])) continue;
    costs[at] = cost;
    is_met = true;
  }
  return is_met;
}

}  // namespace

void add_target_options(CLI::App& command, TargetOptions& options) {
  std::vector<std::string> names;
  for (const TargetKind kind : all_kinds) names.emplace_back(to_string(kind));
  command
      .add_option(
          "--by", options.kinds,
          "what is taken away, separated by commas: facility, site (what one owner has of one technology at one "
          "place), owner (with subsidiaries), country, commodity (of a country), lane, group; without it all but "
          "facility")
      ->delimiter(',')
      ->check(CLI::IsMember(names).description(""))
      ->type_name("KIND,...");
  command.add_option("--from", options.from, "from when on (the plan's first period), to the end of the horizon")
      ->check([](const std::string& text) {
        return parse_date(text) ? std::string() : fmt::format("'{}' is no date: write YYYY, YYYY-Qn or YYYY-MM", text);
      })
      ->type_name("DATE");
}

std::vector<TargetKind> kinds_of(const TargetOptions& options) {
  std::vector<TargetKind> kinds;
  for (const TargetKind kind : all_kinds) {
    const bool is_named = std::find(options.kinds.begin(), options.kinds.end(), to_string(kind)) != options.kinds.end();
    if (is_named || (options.kinds.empty() && kind != TargetKind::facility)) kinds.push_back(kind);
  }
  return kinds;
}

Date date_of(const TargetOptions& options, const Timeline& timeline) {
  return options.from.empty() ? timeline.start() : *parse_date(options.from);
}

std::string problem_of(const TargetOptions& options, const Timeline& timeline) {
  const Date from = date_of(options, timeline);
  if (from >= timeline.start() && from < timeline.end()) return "";
  return fmt::format("{} lies outside the plan's horizon, {} to {}", options.from, timeline.label(PeriodId(0)),
                     timeline.label(PeriodId(timeline.count() - 1)));
}

TargetCosts costs_of(const std::vector<std::string>& words, const std::vector<stress::Target>& targets) {
  TargetCosts made{std::vector<double>(targets.size(), 1.0), ""};
  std::vector<NamedCost> ids;
  for (const std::string& word : words) {
    const std::optional<NamedCost> named = named_cost(word);
    if (!named) return {{}, fmt::format("'{}' is no cost: write a kind or an id, '=', and a number above 0", word)};
    const auto is_of_kind = [&](const stress::Target& target) { return to_string(target.kind) == named->name; };
    if (!set_costs(targets, named->cost, made.costs, is_of_kind)) ids.push_back(*named);
  }
  for (const NamedCost& named : ids) {
    const auto has_id = [&](const stress::Target& target) { return target.id == named.name; };
    if (!set_costs(targets, named.cost, made.costs, has_id))
      return {{},
              fmt::format("'{}' is neither a kind nor an id of a target here; `pinchpoint rank --json` lists ids",
                          named.name)};
  }
  return made;
}

}  // namespace pinchpoint::cli
