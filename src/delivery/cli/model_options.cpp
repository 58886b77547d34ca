// SPDX-License-Identifier: Apache-2.0
#include "delivery/cli/model_options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

namespace pinchpoint::cli {

namespace {

std::string check_date(const std::string& text) {
  return parse_date(text) ? std::string() : fmt::format("'{}' is no date: write YYYY, YYYY-Qn or YYYY-MM", text);
}

}  // namespace

void add_model_options(CLI::App& command, ModelOptions& options) {
  command.add_option("folder", options.folder, "model folder: model.toml and tables")->required()->type_name("FOLDER");
  command.add_option("--scenario", options.scenarios, "scenario of model.toml; several are stacked in order")
      ->type_name("NAME")
      ->allow_extra_args(false);
  command.add_option("--patch", options.patches, "patch by name (patches/NAME.csv) or path; stacked after scenarios")
      ->type_name("NAME")
      ->allow_extra_args(false);
  command.add_option("--step", options.step, "length of a period instead of model.toml's")
      ->check(CLI::IsMember({"month", "quarter", "year"}).description(""))
      ->type_name("month|quarter|year");
  command.add_option("--start", options.start, "begin of the horizon: YYYY, YYYY-Qn or YYYY-MM")
      ->check(check_date)
      ->type_name("DATE");
  command.add_option("--end", options.end, "end of the horizon, last period included")
      ->check(check_date)
      ->type_name("DATE");
  command
      .add_option(
          "--rules-as-of", options.rules_as_of,
          "rules of trade known on that day and no later ones, instead of model.toml's; path: each period by its "
          "own")
      ->check([](const std::string& text) {
        return tables::is_vintage(text) ? std::string() : fmt::format("'{}' is no day: write YYYY-MM-DD or path", text);
      })
      ->type_name("YYYY-MM-DD|path");
  command.add_flag("--lenient", options.lenient, "unknown files and columns are warnings, not errors");
}

tables::ReadOptions to_read_options(const ModelOptions& options) {
  tables::ReadOptions read;
  read.scenarios = options.scenarios;
  read.patches = options.patches;
  if (!options.step.empty()) read.step = parse_step(options.step);
  if (!options.start.empty()) read.start = parse_date(options.start);
  if (!options.end.empty()) read.last = parse_last_month(options.end);
  if (!options.rules_as_of.empty()) read.rules_as_of = options.rules_as_of;
  read.lenient = options.lenient;
  return read;
}

LoadedModel load_model(const ModelOptions& options) {
  return results::load_model(options.folder, to_read_options(options));
}

}  // namespace pinchpoint::cli
