// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "analysis/stress/surprises/fork.hpp"
#include "analysis/stress/surprises/past.hpp"

namespace pinchpoint::stress {

/// Turns what scenarios decided before the start of an operating problem into its bounds and sides: what they have in
/// stock, under way and on order in place of the plan's. The problem is that of the plan; with a scenario's fork it is
/// what make_operating_problem() would cut from a plan with the scenario's own values, but that an order given up in
/// one stage has done what it did in rows of periods before, and reliefs stay paid.
class Forks {
 public:
  /// Both must outlive this.
  Forks(const plan::Plan& plan, const OperatingProblem& problem);

  /// Row of the problem and direction.
  using RowReliefs = std::set<std::pair<std::int32_t, int>>;
  /// Adds the rows and directions of reliefs that the scenario needs and the problem lacks; see add_reliefs().
  void note_missing(const Past& past, RowReliefs& missing) const;
  /// requires: no relief is missing
  [[nodiscard]] Fork fork(const Past& past) const;

 private:
  /// Values of one column in place of the plan's, by the first row period that sees them.
  using Course = std::vector<Decision>;
  using Sums = std::map<std::int32_t, optim::ExactSum>;

  [[nodiscard]] bool is_constant(std::size_t column, std::size_t row) const;
  [[nodiscard]] double value_in(const Course& course, std::size_t row) const;
  void move(const Course& course, Fork& fork, Sums& sums) const;
  void add_orders(const Course& course, Fork& fork) const;
  [[nodiscard]] Fork moved(const Past& past) const;

  const plan::Plan& plan_;
  const OperatingProblem& problem_;
  RowReliefs present_;                     ///< what the problem has
  std::vector<optim::ExactSum> constant_;  ///< by row of the problem: less what the plan has decided before
};

}  // namespace pinchpoint::stress
