// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "optim/ensemble/linear_forms.hpp"
#include "optim/model/patch.hpp"
#include "optim/solve/certificate.hpp"
#include "optim/solve/solver.hpp"

namespace pinchpoint::optim {

/// How a scenario's two bounds were reached, the cheapest way first.
enum class Reached {
  base_plan,   ///< the base plan keeps the scenario's bounds, and a known dual proves it best
  bound_pool,  ///< known duals below, a known plan or a mix of two above
  warm_solve,  ///< solved from the base's basis
  cold_solve,  ///< solved from nothing, after a warm solve that could not be proved
  failed,      ///< bounds are what is known; see message
};
[[nodiscard]] const char* to_string(Reached reached);

/// Gaps are not relative to less than a cent, so that the rounding of a cost of nothing is none.
inline constexpr double smallest_cost = 0.01;

/// What is proved of one scenario. lower ≤ optimum ≤ upper; lower holds whatever the solver said, upper is the cost of
/// a plan that keeps every row and bound to 1e-9 of its size.
struct ScenarioBounds {
  double lower = -infinity;
  double upper = infinity;
  Reached reached = Reached::failed;
  std::int64_t iterations = 0;
  std::vector<double> forms;  ///< of the plan behind `upper`
  std::vector<double> plan;   ///< by column, where EnsembleOptions asks for it: the plan behind `upper`, a claim
  bool is_pooled = false;     ///< its plan and duals serve later scenarios
  std::string message;

  /// (upper - lower) / |upper|, or / smallest_cost where the cost is smaller
  [[nodiscard]] double gap() const;
};

struct EnsembleOptions {
  double tolerance = 1e-4;                         ///< relative gap at which a scenario counts as certified
  int threads = 2;                                 ///< results do not depend on it
  std::size_t pool_size = 512;                     ///< most plans and duals kept
  std::size_t start_bytes = std::size_t{1} << 30;  ///< for ends of solves, where others start; about
  /// By scenario, or empty: its plan is asked for. It is solved then, even where the pools could bound it, so that the
  /// plan is an optimum and no mix; one from the pools stands in only where no solve finds one.
  std::vector<std::uint8_t> is_plan_wanted{};
  const std::atomic<bool>* interrupt = nullptr;
};

/// Many scenarios of one LP. Bounds and sides change, matrix and costs do not, so every dual vector met bounds every
/// scenario from below and every plan met bounds those from above whose limits it keeps; only where the two disagree is
/// a scenario solved. A scenario sees of the pools what those well before it left, whatever has been solved meanwhile,
/// so results depend neither on threads nor on timing. docs/formulation/stress.md
class Ensemble {
 public:
  /// Solves and certifies the model itself. Patches must outlive this.
  Ensemble(const Model& model, std::span<const Patch> patches, LinearForms forms, const EnsembleOptions& options);
  ~Ensemble();
  Ensemble(const Ensemble&) = delete;
  Ensemble& operator=(const Ensemble&) = delete;

  /// False if the model itself could not be solved and certified: nothing else may be asked then; see base_message().
  [[nodiscard]] bool is_ready() const;
  [[nodiscard]] const std::string& base_message() const;
  [[nodiscard]] const Certificate& base_certificate() const;  ///< of the scaled model; money is in natural units below
  [[nodiscard]] const ScenarioBounds& base() const;

  /// Scenarios first … end-1, handed over in order and in rounds of `size`; no thread waits for the end of a round.
  /// Called by any of the threads, one at a time. After an interruption bounds are what is known by then.
  ///
  /// requires  all before `first` were solved or replayed
  using KeepRound = std::function<void(std::size_t first, std::vector<ScenarioBounds> round)>;
  void solve_rounds(std::size_t first, std::size_t end, std::size_t size, const KeepRound& keep);
  /// Brings the pools to where they were after a round whose results are known: solves those that were pooled again.
  void replay_round(std::size_t first, std::span<const std::uint8_t> is_pooled);

  /// A scenario solved from nothing and certified in full, to compare.
  struct Check {
    bool is_certified = false;
    double lower = -infinity, upper = infinity;
    std::string message;
  };
  [[nodiscard]] Check check(std::size_t scenario) const;
  /// The scenario's own problem in natural units, to be saved.
  [[nodiscard]] Model problem(std::size_t scenario) const;

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace pinchpoint::optim
