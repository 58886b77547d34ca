// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "optim/model/model.hpp"
#include "optim/solve/solution.hpp"

namespace pinchpoint::optim {

/// One line of progress on long work.
struct Progress {
  std::string_view phase;  ///< "presolve", "simplex", "interior point", "crossover", "branch and bound"
  std::int64_t iterations = 0;
  double objective = 0;
  double bound = 0;
  double seconds = 0;
};

/// How to solve. Defaults suit a cold plan.
struct SolveOptions {
  Method method = Method::automatic;    ///< automatic: what the size makes the quickest (see race.hpp)
  double time_limit = infinity;         ///< seconds
  double relative_gap = 1e-4;           ///< MIP only
  double feasibility_tolerance = 1e-9;  ///< primal and dual, absolute
  std::int64_t simplex_iteration_limit = std::numeric_limits<std::int32_t>::max();
  bool primal_simplex = false;  ///< simplex from the primal side: for a warm basis after costs changed; else the dual
  bool crossover = true;    ///< interior point: to a vertex; false: between vertices, and as exact as it gets; no basis
  bool few_pivots = false;  ///< simplex from a warm basis: no exact edge weights, which cost a solve a row
  bool own_methods = true;  ///< the engine's own methods first (see own_methods.hpp); false: to check what they found
  int threads = 2;          ///< 1: the race runs its two methods one after the other; same result
  bool deterministic = true;  ///< false: the race takes whoever is first, so equal optima may differ in values
  int seed = 0;
  std::string log_file{};                              ///< solver's own log; empty = none
  std::function<void(const Progress&)> on_progress{};  ///< called from the solving threads, one at a time; may be empty
  const std::atomic<bool>* interrupt = nullptr;        ///< becomes true: stop within a second
};

/// The only door to a solver: a live problem that can be changed and solved again. Not thread-safe; one a thread.
class Session {
 public:
  virtual ~Session() = default;
  virtual void load(const Model& model) = 0;
  virtual Solution solve(const SolveOptions& options) = 0;
  virtual void set_column_bounds(ColumnId column, double lower, double upper) = 0;
  virtual void set_row_bounds(RowId row, double lower, double upper) = 0;
  virtual void set_cost(ColumnId column, double cost) = 0;
  /// Starts the next solve from a basis an earlier Solution of this model carried.
  virtual void set_basis(const Solution& from) = 0;

  // Of the basis that the last solve of an LP ended in; see sensitivity.hpp for what is made of them.
  /// By column: 1 if it is basic.
  [[nodiscard]] virtual std::vector<std::uint8_t> basic_columns() = 0;
  /// By row: change of weights'x for one unit more of the side that binds; 0 where none does. One weight a column.
  [[nodiscard]] virtual std::vector<double> row_rates(const std::vector<double>& weights) = 0;
  /// By column: change of its value when every row's sides move by its `shift`, while the basis stays.
  [[nodiscard]] virtual std::vector<double> column_movement(const std::vector<double>& shift) = 0;
};

/// What a backend can do; the conformance suite skips, and says so, what it cannot.
struct Capabilities {
  bool interior_point = false;
  bool integers = false;
  bool rays = false;
  bool warm_start = false;
  bool sensitivity = false;
};

struct Backend {
  std::string name;     ///< "highs"
  std::string version;  ///< "1.15.1"
  Capabilities can;
  std::function<std::unique_ptr<Session>()> open;
};

/// All backends built in; the first is the default.
[[nodiscard]] const std::vector<Backend>& backends();

/// Solves once: by the engine's own methods (own_methods.hpp), or by the default backend, as race.hpp says.
[[nodiscard]] Solution solve(const Model& model, const SolveOptions& options = {});

}  // namespace pinchpoint::optim
