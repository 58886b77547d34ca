// SPDX-License-Identifier: Apache-2.0
// Inside of l_shaped.cpp and l_shaped_bounds.cpp.
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <memory>
#include <vector>

#include "core/base/ensure.hpp"
#include "optim/stochastic/cuts/clusters.hpp"
#include "optim/stochastic/cuts/dual_cuts.hpp"
#include "optim/stochastic/implied_box.hpp"
#include "optim/stochastic/l_shaped.hpp"
#include "optim/stochastic/master.hpp"
#include "optim/stochastic/recourse_solver.hpp"
#include "optim/stochastic/scaled_problem.hpp"

namespace pinchpoint::optim {

inline double relative_gap(double lower, double upper) {
  const double difference = upper - lower;
  if (std::isnan(difference)) return infinity;
  return difference <= 0 ? 0 : difference / std::max(std::abs(upper), std::numeric_limits<double>::min());
}

/// One recourse with the futures that lead to it.
struct RecourseGroup {
  std::vector<std::size_t> futures;
  DualCuts cuts;
  RecourseSolver solver;
};

/// Everything in scaled units.
class LShaped::State {
 public:
  State(const TwoStageProblem& natural, const Risk& risk, LShapedOptions options)
      : scaled_(scale(natural)),
        problem_(scaled_.problem),
        risk_(risk),
        options_(std::move(options)),
        master_(problem_, risk) {
    for (const Future& future : problem_.futures) probabilities_.push_back(future.probability);
    std::vector<std::vector<std::size_t>> futures = futures_by_recourse(problem_);
    for (std::size_t at = 0; at < problem_.recourses.size(); ++at) {
      ensure(!problem_.recourses[at].model.has_integers(), "the recourse of an L-shaped problem has no integers");
      const auto number = static_cast<std::int32_t>(at);
      groups_.push_back(std::make_unique<RecourseGroup>(
          RecourseGroup{futures[at], DualCuts(problem_, number, futures[at]),
                        RecourseSolver(problem_, number, futures[at], options_.interrupt)}));
    }
  }

  TwoStageSolution solve();
  Evaluation evaluate_natural(const std::vector<double>& first);
  Between best_knowing(std::size_t future, double tolerance, int iterations);

 private:
  /// What was learnt of a future at a point.
  struct Learnt {
    RecourseAnswer answer;
    Cut own;
    bool has_cut = false;
  };

  [[nodiscard]] bool is_over() const;
  [[nodiscard]] double seconds_left() const;
  [[nodiscard]] std::vector<double> first_point();
  void find_boxes(double upper);
  std::vector<Learnt> learn(const std::vector<double>& first);
  Learnt learn_from(RecourseGroup& group, std::size_t place, RecourseAnswer answer, const std::vector<double>& first);
  void learn_group(RecourseGroup& group, const std::vector<double>& first, int threads, std::vector<Learnt>& learnt);
  Learnt learn_one(std::size_t future, const std::vector<double>& first);
  [[nodiscard]] Between cost_in(std::size_t future, const std::vector<double>& first, const Learnt& learnt) const;
  [[nodiscard]] Evaluation natural(Evaluation evaluation) const;
  [[nodiscard]] Evaluation judge(const std::vector<double>& first, const std::vector<Learnt>& learnt) const;
  std::size_t add_cuts(const std::vector<Learnt>& learnt, const std::vector<double>& first,
                       const std::vector<double>& outer);
  void make_clusters(const std::vector<Learnt>& learnt);
  std::size_t add_cluster_cuts(const std::vector<Cut>& cuts, const std::vector<double>& at);
  void add_floor_sums();
  std::size_t add_pooled_clusters(const std::vector<double>& outer);
  [[nodiscard]] Cut best_pooled(const RecourseGroup& group, std::size_t place, const std::vector<double>& slopes,
                                const std::vector<double>& outer) const;
  std::size_t add_pooled(RecourseGroup& group, const std::vector<double>& outer, std::vector<double>& known);
  bool add_floors(bool to_all);
  void add_joint_floors();
  [[nodiscard]] bool are_cuts_proved() const;
  [[nodiscard]] bool is_whole(const std::vector<double>& first) const;
  void visit(const std::vector<double>& first, const std::vector<double>& outer);
  bool search(bool with_integers);
  [[nodiscard]] std::vector<double> between(const std::vector<double>& outer, double level) const;
  [[nodiscard]] TwoStageSolution report(Status status);

  ScaledTwoStage scaled_;
  const TwoStageProblem& problem_;
  Risk risk_;
  LShapedOptions options_;
  std::vector<double> probabilities_;
  Master master_;
  std::vector<std::unique_ptr<RecourseGroup>> groups_;
  Clusters clusters_;               ///< empty: each future by itself
  std::vector<Cut> latest_;         ///< by future, where there are clusters: its latest optimality cut
  std::vector<double> first_size_;  ///< largest |x_j| worth a look, by first-stage column
  bool is_first_visit_ = true;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  TwoStageSolution best_;        ///< scaled
  std::vector<double> relaxed_;  ///< best point, integers broken
  double relaxed_upper_ = infinity;
  bool is_proved_ = true;
  double proved_lower_ = -infinity;  ///< best bound of masters that were proved
  bool has_boxes_ = false;
  std::size_t added_ = 0;  ///< cuts of the last visit
};

}  // namespace pinchpoint::optim
