// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <memory>
#include <set>

#include "optim/interdiction/attack.hpp"
#include "optim/interdiction/follower/dual_gains.hpp"
#include "optim/interdiction/follower/patched_lp.hpp"

namespace pinchpoint::optim {

/// Answers of the follower to sets of targets, the worst set met so far, and what counts and clocks say.
class Follower {
 public:
  /// Both must outlive this.
  Follower(const AttackProblem& problem, const AttackOptions& options);
  Follower(const AttackProblem& problem, AttackOptions&& options) = delete;

  /// The answer to a set that the leader can afford: may raise the worst set.
  Solution answer_attack(const std::vector<std::int32_t>& chosen);
  /// The answer to the loss of every target: no set is worse.
  Solution answer_all();
  /// Duals of an answer propose a set; it is tried unless it was before or cannot be worse.
  void try_richest(const std::vector<std::int32_t>& lost, const Solution& solution);

  [[nodiscard]] bool has_tried(const std::vector<std::int32_t>& chosen) const { return tried_.contains(chosen); }
  [[nodiscard]] bool is_stopped() const { return stopped_ || is_out_of_time(); }
  [[nodiscard]] bool has_failed() const { return !failure_.empty(); }
  [[nodiscard]] const std::string& failure() const { return failure_; }
  /// A set within the limit leaves no answer, and that is the worst there is.
  [[nodiscard]] bool is_endless() const { return endless_; }
  /// Every set that was met without an answer was proved to have none.
  [[nodiscard]] bool has_proved_all() const { return all_proved_; }
  [[nodiscard]] double seconds() const;
  [[nodiscard]] std::int64_t lps() const { return lps_; }
  /// The follower's answer to a set, worked out elsewhere.
  void note_value(const std::vector<std::int32_t>& chosen, double value);
  /// LPs that were solved elsewhere.
  void count_lps(std::int64_t count) { lps_ += count; }
  [[nodiscard]] const std::vector<std::int32_t>& worst() const { return worst_; }
  [[nodiscard]] double worst_value() const { return worst_value_; }
  /// By target: what its loss costs alone, or the largest gain in any dual seen; for order only.
  [[nodiscard]] const std::vector<double>& strength() const { return strength_; }
  [[nodiscard]] const AttackProblem& problem() const { return problem_; }
  [[nodiscard]] const AttackOptions& options() const { return options_; }
  /// An LP of the follower's, for a thread of its own.
  [[nodiscard]] std::unique_ptr<PatchedLp> open_lp() const {
    return open_patched_lp(*problem_.model, problem_.base, smaller_);
  }
  [[nodiscard]] double cost_of(const std::vector<std::int32_t>& chosen) const;

 private:
  Solution solve(const std::vector<std::int32_t>& lost);
  void note_attack(const std::vector<std::int32_t>& chosen, const Solution& solution);
  [[nodiscard]] bool is_out_of_time() const;

  const AttackProblem& problem_;
  const AttackOptions& options_;
  std::chrono::steady_clock::time_point begin_;
  std::shared_ptr<const SmallerLp> smaller_;
  std::unique_ptr<PatchedLp> lp_;
  std::set<std::vector<std::int32_t>> tried_;
  std::vector<std::int32_t> worst_;
  double worst_value_;
  std::vector<double> strength_;
  std::int64_t lps_ = 0;
  bool stopped_ = false;
  bool endless_ = false;
  bool all_proved_ = true;
  std::string failure_;
};

}  // namespace pinchpoint::optim
