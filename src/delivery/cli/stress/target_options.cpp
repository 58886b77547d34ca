// SPDX-License-Identifier: Apache-2.0
#include "delivery/cli/stress/target_options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>

namespace pinchpoint::cli {

namespace {

using stress::TargetKind;

constexpr std::array all_kinds = {TargetKind::facility,  TargetKind::site, TargetKind::owner, TargetKind::country,
                                  TargetKind::commodity, TargetKind::lane, TargetKind::group};

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

}  // namespace pinchpoint::cli
