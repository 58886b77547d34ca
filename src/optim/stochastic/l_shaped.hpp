// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "optim/solve/solution.hpp"
#include "optim/stochastic/two_stage.hpp"

namespace pinchpoint::optim {

struct LShapedOptions {
  double tolerance = 1e-6;  ///< relative gap at which the search ends
  int iterations = 500;
  double time_limit = infinity;  ///< seconds
  int threads = 2;               ///< answers do not depend on it
  /// Where between the master's optimum (0) and the best point (1) futures are solved: a point of the level set of the
  /// master at level · upper + (1 - level) · lower.
  double level = 0.5;
  std::vector<double> start;  ///< first-stage point to begin at; empty: that of the likeliest future alone
  const std::atomic<bool>* interrupt = nullptr;
  std::function<void(int iteration, double lower, double upper)> on_progress;
};

/// What a point of the first stage costs in one future, proved.
struct FutureCost {
  Between cost;
  bool is_certified = false;  ///< the two meet to 1e-6 or to the tolerance asked for, whichever is wider
};

/// A point of the first stage with what all futures cost there.
struct Evaluation {
  bool is_feasible = false;  ///< in every future that counts
  std::string message;       ///< why not
  std::vector<FutureCost> futures;
  Between risk;
};

struct TwoStageSolution {
  Status status = Status::failed;  ///< optimal: the gap is within the tolerance; limit_reached: lower and upper hold
  std::string message;
  std::vector<double> first;  ///< the best point found
  Evaluation evaluation;      ///< of it
  double lower = -infinity;   ///< no point is better
  double upper = infinity;    ///< risk at `first`
  /// By our own code; false: claimed by branch and bound or by a master's duals, or a size had to be assumed.
  bool lower_is_proved = false;
  int iterations = 0;
  std::int64_t recourse_solves = 0;
  std::size_t cuts = 0;         ///< optimality and feasibility cuts made
  std::size_t pooled_cuts = 0;  ///< of these, made of the duals of another future
  double seconds = 0;

  /// (upper - lower) / |upper|
  [[nodiscard]] double gap() const;
};

/// The L-shaped method with one cut a future, or one a cluster where there are many, pooled duals and a level:
/// docs/formulation/two_stage.md
///
/// requires  no integers in the recourse. Integers of the first stage: cuts of the relaxation first, then masters with
///           integers.
/// source    Van Slyke & Wets, SIAM J. Appl. Math. 17 (1969); Birge & Louveaux, EJOR 34 (1988); Lemaréchal, Nemirovskii
///           & Nesterov, Math. Programming 69 (1995)
class LShaped {
 public:
  /// `problem` must outlive this.
  LShaped(const TwoStageProblem& problem, const Risk& risk, LShapedOptions options);
  ~LShaped();
  LShaped(const LShaped&) = delete;
  LShaped& operator=(const LShaped&) = delete;

  [[nodiscard]] TwoStageSolution solve();
  /// Costs of a point of the first stage in all futures.
  [[nodiscard]] Evaluation evaluate(const std::vector<double>& first);
  /// Best cost of one future if it is known beforehand, to a relative gap or after so many masters; begins with the
  /// cuts that solve() left. Integers may be broken: then its upper bound is infinite.
  [[nodiscard]] Between best_knowing(std::size_t future, double tolerance, int iterations);

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace pinchpoint::optim
