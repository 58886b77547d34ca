// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "optim/solve/solver.hpp"
#include "optim/stochastic/cuts/clusters.hpp"
#include "optim/stochastic/cuts/dual_cuts.hpp"
#include "optim/stochastic/two_stage.hpp"

namespace pinchpoint::optim {

/// Most iterations of a solve from an earlier basis: from further away a race of both methods from nothing is quicker.
[[nodiscard]] inline std::int64_t warm_iterations(std::int32_t rows) { return std::max(1000, rows / 20); }

/// The first stage with what is known of its futures: one column θ_k for each future's Q_k, held up by cuts.
///
///   min (1 - w) Σ p_k (c_k'x + θ_k) + w (η + Σ p_k z_k / (1 - level))      θ_k ≥ cut,   z_k ≥ c_k'x + θ_k - η,   z_k ≥
///   0
class Master {
 public:
  Master(const TwoStageProblem& problem, const Risk& risk);
  /// One column Θ_C = Σ weight_k Q_k for each cluster in place of one a future; drops all rows, and floors
  /// hold up the mean alone. An optimality cut of a cluster goes by the name of its first member.
  /// requires  a risk without tail; every future with a recourse and a probability in one cluster; their costs of the
  ///           first stage are the same
  void set_clusters(const Clusters& clusters);
  [[nodiscard]] bool is_clustered() const { return is_clustered_; }

  struct Row {
    std::size_t future = 0;
    bool is_optimality = true;
    Cut cut;
    int idle = 0;  ///< solves since it last held anything up
  };
  void add(std::size_t future, bool is_optimality, Cut cut);
  /// Holds up the whole cost of a future: offset + c_k'x + Q_k(x) ≥ bound for every x.
  void add_floor(std::size_t future, double bound);
  [[nodiscard]] double floor_of(std::size_t future) const { return total_floor_[future]; }
  void clear();
  [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }
  /// Largest of a future's optimality cuts at a point; -∞ if it has none.
  [[nodiscard]] std::vector<double> values_at(const std::vector<double>& first) const;

  struct Point {
    Status status = Status::failed;
    std::string message;
    std::vector<double> first;
    double lower = -infinity;  ///< proved by our own certificate of the master, as far as its cuts are; MIP: claimed
    bool is_proved = true;
  };
  /// `with_integers` false: integer columns may be broken.
  [[nodiscard]] Point solve(const SolveOptions& options, bool with_integers);

 private:
  [[nodiscard]] Model build(bool with_integers) const;
  void add_columns(ModelBuilder& builder) const;
  void add_tail_rows(ModelBuilder& builder) const;
  void add_spent_rows(ModelBuilder& builder) const;
  void add_mean_row(ModelBuilder& builder) const;
  void add_cut_rows(ModelBuilder& builder) const;
  void keep_basis(const Solution& solution);
  [[nodiscard]] bool has_tail() const { return risk_.weight > 0 && risk_.level > 0; }
  [[nodiscard]] double mean_weight() const { return has_tail() ? 1 - risk_.weight : 1; }

  const TwoStageProblem& problem_;
  Risk risk_;
  struct Theta {
    std::int32_t column;
    double probability, floor;  ///< floor: from bounds of the recourse's columns alone
  };
  std::vector<std::int32_t> theta_;  ///< column by future; -1: none
  std::vector<Theta> thetas_;        ///< ascending by column
  bool is_clustered_ = false;
  std::vector<std::int32_t> tail_;   ///< column of z by future; -1: none
  std::vector<std::int32_t> spent_;  ///< column by recourse: c'x, so that no row of a future repeats it
  std::vector<double> total_floor_;  ///< by future: of its whole cost
  std::int32_t threshold_ = -1;      ///< column of η
  std::int32_t column_count_ = 0;
  std::vector<Row> rows_;
  Solution basis_;
  bool has_basis_ = false;
};

}  // namespace pinchpoint::optim
