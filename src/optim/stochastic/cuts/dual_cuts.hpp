// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "optim/ensemble/safe_sum.hpp"
#include "optim/stochastic/cuts/inner_duals.hpp"
#include "optim/stochastic/two_stage.hpp"

namespace pinchpoint::optim {

/// What a dual vector says of one future, wherever the first stage stands:
///
///   optimality    Q(x) ≥ constant + slope'x
///   feasibility   0 ≥ constant + slope'x      for every x that leaves the future a way out
struct Cut {
  double constant = -infinity;
  std::vector<std::pair<std::int32_t, double>> slope;  ///< by first-stage column, ascending
  bool is_proved = true;  ///< false: a size was assumed of something that has no bound, see DualCuts

  [[nodiscard]] double at(const std::vector<double>& first) const;
  /// The same with roundings deducted.
  [[nodiscard]] double least_at(const std::vector<double>& first) const;
};

/// Dual vectors of one recourse, each of which bounds each of its futures:
///
///   Q_k(x) ≥ Σ_i min y_i b_i + Σ_j min d_j y_j - y'T_k x      d = cost - A'y, b_i within the sides of future k
///
/// All roundings are deducted, so a cut holds whatever the solver said. Multipliers by which a column without a bound
/// has a reduced cost of the wrong sign by a rounding are moved to where it has the right one (see InnerDuals). Where
/// that does not help, an assumed size stands in for the bound, and the cut is not called proved.
class DualCuts {
 public:
  /// `box`: bounds of the recourse's columns true in all its futures; `first_size`: largest |x_j| worth a look, by
  /// first-stage column; both may be infinite. `futures`: places in the problem.
  DualCuts(const TwoStageProblem& problem, std::int32_t recourse, std::vector<std::size_t> futures);
  void set_box(std::vector<double> lower, std::vector<double> upper, const std::vector<double>& first_size);

  /// Keeps a dual vector and returns its number. `with_cost` false: a Farkas ray, costs count as 0.
  std::size_t add(const std::vector<double>& row_dual, bool with_cost);
  [[nodiscard]] std::size_t size() const { return members_.size(); }
  /// Without what proves nothing in this future: multipliers of rows that have no such side there.
  [[nodiscard]] std::vector<double> cleaned(std::vector<double> row_dual, std::size_t place) const;
  /// False for a Farkas ray.
  [[nodiscard]] bool has_cost(std::size_t member) const { return members_[member].has_cost; }
  /// `place`: among the futures given.
  [[nodiscard]] Cut cut(std::size_t member, std::size_t place) const;
  /// The cut at a point but for the slopes of the recourse's own links (see slopes_at): quick, roundings not deducted.
  [[nodiscard]] double value_at(std::size_t member, std::size_t place, const std::vector<double>& first) const;
  /// The member that says most of a future at a point, and more than `most`, which it raises; size() if none does.
  /// `slopes`: slopes_at(outer).
  [[nodiscard]] std::size_t best_at(std::size_t future, const std::vector<double>& slopes,
                                    const std::vector<double>& outer, double& most) const;
  /// By member: Σ of slopes of the recourse's own links at a point.
  [[nodiscard]] std::vector<double> slopes_at(const std::vector<double>& first) const;
  /// Drops members but the last `count`.
  void keep_last(std::size_t count);

 private:
  struct Sides {
    double lower, upper;
  };
  struct Member {
    std::vector<double> row_dual;
    std::vector<Interval> touched_cost;  ///< reduced costs of touched columns
    SafeSum constant;                    ///< of all that no future changes
    bool is_proved = true, has_cost = true;
    std::vector<ExactSum> slope;  ///< by place in linked_
  };
  struct OwnLink {
    std::size_t linked;
    std::int32_t row;
    double value;
  };
  struct Own {
    std::vector<Sides> rows, columns;  ///< of touched places, in this future
    std::vector<OwnLink> links;
  };
  void find_touched();
  /// Made when first asked for.
  [[nodiscard]] InnerDuals& inner(bool with_cost);
  [[nodiscard]] std::vector<double> allowed_duals(std::vector<double> row_dual) const;
  void collect(const Future& future);
  [[nodiscard]] SafeSum constant_of(const Member& member, const Own& own, bool& is_proved) const;
  /// A slope as a double that makes a cut weaker, never stronger: down where x ≥ 0, up where x ≤ 0; else what it may be
  /// wrong by is added to `missed`.
  [[nodiscard]] double rounded(Interval slope, std::size_t linked, double& missed, bool& is_proved) const;
  /// What a slope too small to matter takes from the constant if it is left out; nothing: it matters.
  [[nodiscard]] std::optional<double> price_of_dropping(double slope, std::size_t linked, double constant) const;
  /// Least d·y over the column's range, with an assumed range where there is none.
  [[nodiscard]] double term_of(Interval cost, Sides sides, std::size_t column, bool& is_proved) const;
  [[nodiscard]] Interval reduced_cost(const std::vector<double>& dual, std::size_t column, bool with_cost) const;

  const TwoStageProblem& problem_;
  const Recourse& recourse_;
  std::vector<std::size_t> futures_;
  std::vector<std::uint8_t> is_touched_row_, is_touched_column_;
  std::vector<std::int32_t> touched_rows_, touched_columns_;
  std::vector<std::int32_t> linked_;        ///< first-stage columns with a link, ascending
  std::vector<std::int32_t> linked_place_;  ///< by first-stage column; -1: none
  std::vector<double> box_lower_, box_upper_, first_size_;
  std::vector<Own> own_;
  std::vector<Member> members_;
  std::optional<InnerDuals> inner_, inner_of_rays_;
};

}  // namespace pinchpoint::optim
