// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "analysis/plan/plan.hpp"
#include "analysis/ruling/ruling.hpp"
#include "core/tables/model_folder.hpp"

namespace pinchpoint::explain {

/// A figure by its place in the list of a ChangedModels, and the value it is given (in its own unit).
struct FigureChange {
  std::size_t figure = 0;
  double value = 0;
};

/// All figures of a model: those of its tables, in reading order, and then the discount rate of model.toml.
[[nodiscard]] std::vector<Figure> all_figures(const tables::ModelFolder& folder);

/// By figure, in that order: what it is about, so that figures about other things seldom move the same number: its
/// row's technology, place and owner, or its row's first id.
[[nodiscard]] std::vector<std::string> list_things(const tables::ModelFolder& folder);
/// By figure: true of times (how long building takes, how long a way is), which act in whole periods.
[[nodiscard]] std::vector<bool> list_times(const tables::ModelFolder& folder);

/// Makes the model of a folder anew with some of its figures changed, without reading files again. Has tables of its
/// own; not thread-safe, but several may be used side by side.
class ChangedModels {
 public:
  ChangedModels(const tables::ModelFolder& folder, bool relax_integers);

  /// The world and the problem with the figures given; nothing where the loader refuses them.
  [[nodiscard]] std::optional<World> world_with(std::span<const FigureChange> changes);
  [[nodiscard]] std::optional<plan::PlanProblem> problem_with(std::span<const FigureChange> changes);

 private:
  struct Place {
    tables::Table* table;
    std::size_t row;
    int column;
  };
  void set(const FigureChange& change, double value);

  tables::ModelFolder folder_;
  bool relax_integers_;
  std::vector<Place> places_;
  std::vector<double> values_;
  std::optional<ruling::Ruler> ruler_;  ///< of a model with [rules]: verdicts do not change with figures
};

}  // namespace pinchpoint::explain
