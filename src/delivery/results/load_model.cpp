// SPDX-License-Identifier: Apache-2.0
#include "delivery/results/load_model.hpp"

#include <algorithm>
#include <chrono>

#include "analysis/plan/plan.hpp"
#include "analysis/ruling/ruling.hpp"
#include "core/base/seconds_since.hpp"

namespace pinchpoint::results {

namespace {

/// The world with the flows that its rules leave; the files of the rules become inputs of the model.
Result<World> rule(World world, LoadedModel& model) {
  Result<ruling::Ruler> ruler = ruling::Ruler::read(*model.folder);
  if (!ruler) return ruler.error();
  std::vector<tables::InputFile>& inputs = model.folder->inputs;
  inputs.insert(inputs.end(), ruler->inputs().begin(), ruler->inputs().end());
  std::sort(inputs.begin(), inputs.end(), [](const auto& left, const auto& right) { return left.path < right.path; });
  Result<ruling::RuledWorld> ruled = ruler->rule(std::move(world), *model.folder);
  if (!ruled) return ruled.error();
  model.problems.append(std::move(ruled->warnings));
  return std::move(ruled->world);
}

}  // namespace

LoadedModel load_model(const std::filesystem::path& folder, const tables::ReadOptions& options) {
  LoadedModel model;
  auto begin = std::chrono::steady_clock::now();
  Result<tables::ModelFolder> read = tables::read_model_folder(folder, options);
  model.read_seconds = seconds_since(begin);
  if (!read) {
    model.problems.append(read.error());
    return model;
  }
  model.folder = std::move(read).value();
  model.problems.append(model.folder->warnings);
  begin = std::chrono::steady_clock::now();
  Result<World> world = load_world(*model.folder);
  if (world && model.folder->settings.rules) world = rule(std::move(world).value(), model);
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

}  // namespace pinchpoint::results
