// SPDX-License-Identifier: Apache-2.0
#include "delivery/cli/model_options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>

#include "analysis/plan/plan.hpp"

namespace pinchpoint::cli {

namespace {

double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

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
      ->check(CLI::IsMember({"quarter", "year"}).description(""))
      ->type_name("quarter|year");
  command.add_option("--start", options.start, "begin of the horizon: YYYY, YYYY-Qn or YYYY-MM")
      ->check(check_date)
      ->type_name("DATE");
  command.add_option("--end", options.end, "end of the horizon, last period included")
      ->check(check_date)
      ->type_name("DATE");
  command.add_flag("--lenient", options.lenient, "unknown files and columns are warnings, not errors");
}

tables::ReadOptions to_read_options(const ModelOptions& options) {
  tables::ReadOptions read;
  read.scenarios = options.scenarios;
  read.patches = options.patches;
  if (!options.step.empty()) read.step = options.step == "year" ? Step::year : Step::quarter;
  if (!options.start.empty()) read.start = parse_date(options.start);
  if (!options.end.empty()) read.last = parse_last_month(options.end);
  read.lenient = options.lenient;
  return read;
}

LoadedModel load_model(const ModelOptions& options) { return load_model(options.folder, to_read_options(options)); }

LoadedModel load_model(const std::filesystem::path& path, const tables::ReadOptions& options) {
  LoadedModel model;
  auto begin = std::chrono::steady_clock::now();
  Result<tables::ModelFolder> folder = tables::read_model_folder(path, options);
  model.read_seconds = seconds_since(begin);
  if (!folder) {
    model.problems.append(folder.error());
    return model;
  }
  model.folder = std::move(folder).value();
  model.problems.append(model.folder->warnings);
  begin = std::chrono::steady_clock::now();
  Result<World> world = load_world(*model.folder);
  if (world) {
    model.world = std::move(world).value();
    model.problems.append(check_structure(*model.world, *model.folder));
    model.problems.append(plan::check_free_loops(*model.world, *model.folder));
  } else {
    model.problems.append(world.error());
  }
  model.validate_seconds = seconds_since(begin);
  return model;
}

}  // namespace pinchpoint::cli
