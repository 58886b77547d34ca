// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "analysis/stress/rank.hpp"

namespace CLI {  // NOLINT(readability-identifier-naming): the library's own name
class App;
}

namespace pinchpoint::cli {

/// What is taken away, and from when.
struct TargetOptions {
  std::vector<std::string> kinds;  ///< empty: what the command takes by default
  std::string from;
};
/// --by and --from.
void add_target_options(CLI::App& command, TargetOptions& options);
/// The kinds named; all but single facilities (a site is all of one kind at one place) if none is.
[[nodiscard]] std::vector<stress::TargetKind> kinds_of(const TargetOptions& options);
[[nodiscard]] Date date_of(const TargetOptions& options, const Timeline& timeline);
/// "2040 lies outside the plan's horizon, …", or nothing.
[[nodiscard]] std::string problem_of(const TargetOptions& options, const Timeline& timeline);

/// What each target costs: 1, or what "NAME=COST" says of its kind or, before that, of its id.
struct TargetCosts {
  std::vector<double> costs;  ///< by target
  std::string problem;        ///< why there are none: a word without meaning, a name that no target has
};
[[nodiscard]] TargetCosts costs_of(const std::vector<std::string>& words, const std::vector<stress::Target>& targets);

}  // namespace pinchpoint::cli
