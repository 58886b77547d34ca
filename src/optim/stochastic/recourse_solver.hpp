// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

#include "optim/solve/solver.hpp"
#include "optim/stochastic/two_stage.hpp"

namespace pinchpoint::optim {

/// What a future's recourse came to at one point of the first stage.
struct RecourseAnswer {
  Status status = Status::failed;
  double upper = infinity;       ///< cost of a plan that keeps every row and bound to 1e-9 of its size
  std::vector<double> row_dual;  ///< of an infeasible one: Farkas multipliers, if there are any
  std::string message;
};

/// Solves the futures of one recourse at points of the first stage, each from the basis that the recourse without a
/// future's patch ends in at that point, so that answers depend neither on threads nor on order. Everything scaled.
class RecourseSolver {
 public:
  RecourseSolver(const TwoStageProblem& problem, std::int32_t recourse, std::vector<std::size_t> futures,
                 const std::atomic<bool>* interrupt);

  /// In the order of `places` (among the futures given).
  [[nodiscard]] std::vector<RecourseAnswer> solve(const std::vector<double>& first,
                                                  const std::vector<std::size_t>& places, int threads);

 private:
  /// The recourse with sides moved by its own links.
  struct Moved {
    Model model;
    std::vector<double> shift;  ///< by row: what was taken from its sides
  };
  [[nodiscard]] Moved at(const std::vector<double>& first) const;
  [[nodiscard]] Patch patch_at(std::size_t place, const Moved& moved, const std::vector<double>& first) const;
  void solve_base(const Model& moved, int threads);
  [[nodiscard]] RecourseAnswer prove(const Model& moved, const Patch& patch, Status status,
                                     const std::vector<double>& value, std::vector<double> row_dual) const;
  [[nodiscard]] RecourseAnswer solve_cold(const Model& moved, const Patch& patch) const;

  const TwoStageProblem& problem_;
  const Recourse& recourse_;
  std::vector<std::size_t> futures_;
  const std::atomic<bool>* interrupt_;
  Solution base_;
};

}  // namespace pinchpoint::optim
