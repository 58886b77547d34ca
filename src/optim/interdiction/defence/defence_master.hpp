// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "optim/interdiction/defend.hpp"

namespace pinchpoint::optim {

/// The MIP over defences:  min η : η ≥ least,  cuts,  Σ cost_p d_p ≤ cost_limit,  d binary.
///
/// A cut comes from the duals of one set S against what was bought, d̂. With ū_j(d) ≥ u_j(d, S) affine in d and
/// ū_j(d̂) = u_j(d̂, S), and the same from below, weak duality is affine in d and exact at d̂:
///
///   η ≥ constant + Σ_p slope_p d_p     slope_p ≤ 0
///
///   u_j lost to f, unprotected by d̂:  ū_j = cut_f + (largest u_j - cut_f) · Σ_{p protects f} d_p
///   else:                              ū_j = u_j + Σ_p relief_pj d_p
class DefenceMaster {
 public:
  /// `least`: no defence gets any set below it.
  DefenceMaster(const DefenceProblem& problem, double least);

  /// `solution` is the optimal answer to `lost` against `bought`.
  void add_cut(const std::vector<std::int32_t>& bought, const std::vector<std::int32_t>& lost,
               const Solution& solution);
  /// Something beyond `bought` must be bought: some set leaves no answer against it.
  void require_more_than(const std::vector<std::int32_t>& bought);

  struct Choice {
    bool is_feasible = false;
    bool is_stopped = false;  ///< by time or interrupt: nothing but the bound is known
    std::vector<std::int32_t> bought;
    double bound = -infinity;  ///< of η
    double value = -infinity;  ///< of η by the cuts at `bought`
    std::string failure;
  };
  [[nodiscard]] Choice choose(const AttackOptions& options, double seconds_left) const;

 private:
  struct Cut {
    double constant = 0;
    std::vector<double> slope;
  };
  struct Side;
  void add_term(Cut& cut, double dual, const Side& side) const;
  void add_terms(Cut& cut, bool is_rows, const std::vector<std::int32_t>& bought, const std::vector<std::int32_t>& lost,
                 const std::vector<double>& dual) const;

  const DefenceProblem& problem_;
  double least_;
  Model widest_;                                       ///< with every relief
  std::vector<std::vector<std::int32_t>> protectors_;  ///< by target
  std::vector<Cut> cuts_;
  std::vector<std::vector<std::int32_t>> required_;  ///< of each list, one at least
};

}  // namespace pinchpoint::optim
