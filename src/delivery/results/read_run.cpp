// SPDX-License-Identifier: Apache-2.0
#include "delivery/results/read_run.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>
#include <fstream>
#include <iterator>
#include <limits>
#include <map>

#include "core/tables/toml_values.hpp"

namespace pinchpoint::results {

namespace {

namespace fs = std::filesystem;
using Values = std::map<std::string, std::vector<std::string>>;

std::string text(const Values& values, const std::string& key) {
  const auto found = values.find(key);
  return found == values.end() || found->second.empty() ? std::string() : found->second.front();
}

std::vector<std::string> list(const Values& values, const std::string& key) {
  const auto found = values.find(key);
  return found == values.end() ? std::vector<std::string>() : found->second;
}

double number(const Values& values, const std::string& key, double otherwise) {
  const std::string word = text(values, key);
  if (word == "inf") return std::numeric_limits<double>::infinity();
  double value = otherwise;
  std::from_chars(word.data(), word.data() + word.size(), value);
  return value;
}

optim::Method method_of(const std::string& word) {
  for (const optim::Method method : {optim::Method::simplex, optim::Method::interior_point}) {
    if (word == to_string(method)) return method;
  }
  return optim::Method::automatic;
}

void read_options(const Values& values, StoredRun& run) {
  run.read.scenarios = list(values, "model.scenarios");
  run.read.patches = list(values, "model.patches");
  run.read.step = parse_step(text(values, "model.step"));
  run.read.start = parse_date(text(values, "model.start"));
  run.read.last = parse_last_month(text(values, "model.end"));
  if (const std::string vintage = text(values, "model.rules_as_of"); !vintage.empty()) run.read.rules_as_of = vintage;
  // What was read once is read again, with warnings for what a strict reader would refuse.
  run.read.lenient = true;
  run.plan.solve.method = method_of(text(values, "options.method"));
  run.plan.solve.seed = static_cast<int>(number(values, "options.seed", 0));
  run.plan.solve.relative_gap = number(values, "options.relative_gap", run.plan.solve.relative_gap);
  run.plan.solve.time_limit = number(values, "options.time_limit_seconds", optim::infinity);
  run.plan.relax_integers = text(values, "options.relax_integers") == "yes";
}

void read_inputs(const Values& values, StoredRun& run) {
  for (std::size_t at = 0;; ++at) {
    const std::string path = text(values, fmt::format("input.{}.path", at));
    if (path.empty()) return;
    run.inputs.push_back({path, text(values, fmt::format("input.{}.sha256", at)), 0});
  }
}

/// Why a folder without run.toml is no run.
Diagnostics explain_missing_run(const fs::path& path) {
  std::error_code ignored;
  Diagnostics problems;
  const SourceSpan where{path.string()};
  if (!fs::exists(path, ignored)) {
    problems.add(Code::run_not_found, where, "there is no such folder");
  } else if (fs::exists(path / "results.sqlite", ignored)) {
    problems.add(Code::run_unfinished, where, "the run has results and no run.toml: it was not written to its end");
  } else {
    Diagnostic& problem = problems.add(Code::not_a_run, where, "this is no run folder: it has no run.toml");
    if (fs::exists(path / "model.toml", ignored))
      problem.fix = fmt::format("it is a model folder: `pinchpoint plan {}` makes a run of it", path.string());
  }
  return problems;
}

}  // namespace

bool is_run_folder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path / "run.toml", ignored);
}

Result<StoredRun> read_run(const fs::path& path) {
  if (!is_run_folder(path)) return explain_missing_run(path);
  std::ifstream file(path / "run.toml", std::ios::binary);
  const std::string content{std::istreambuf_iterator<char>(file), {}};
  const auto values = file ? tables::read_toml_values(content) : std::nullopt;
  if (!values || text(*values, "model.folder").empty()) {
    Diagnostics problems;
    problems.add(Code::run_unreadable, {(path / "run.toml").string()}, "it is not what `pinchpoint plan` wrote");
    return problems;
  }
  StoredRun run;
  run.path = path;
  run.id = text(*values, "id");
  run.version = text(*values, "program.version");
  run.solver = text(*values, "program.solver");
  run.status = text(*values, "result.status");
  run.folder = text(*values, "model.folder");
  run.objective = number(*values, "result.objective", 0);
  read_options(*values, run);
  read_inputs(*values, run);
  return run;
}

Diagnostics check_inputs(const StoredRun& run, const tables::ModelFolder& folder) {
  std::map<std::string, std::string> now;
  for (const tables::InputFile& input : folder.inputs) now[input.path] = input.sha256;
  std::vector<std::string> changes;
  for (const tables::InputFile& input : run.inputs) {
    const auto found = now.find(input.path);
    if (found == now.end()) {
      changes.push_back(fmt::format("{} is gone", input.path));
      continue;
    }
    if (found->second != input.sha256) changes.push_back(fmt::format("{} has changed", input.path));
    now.erase(found);
  }
  for (const auto& [path, sum] : now) changes.push_back(fmt::format("{} is new", path));
  Diagnostics problems;
  if (changes.empty()) return problems;
  Diagnostic& problem =
      problems.add(Code::run_model_changed, {(run.path / "run.toml").string()},
                   fmt::format("the model is no longer that of this run: {}", fmt::join(changes, ", ")));
  problem.fix = fmt::format("plan it again with `pinchpoint plan {}`, or restore the files", run.folder.string());
  return problems;
}

}  // namespace pinchpoint::results
