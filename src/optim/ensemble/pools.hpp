// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <shared_mutex>
#include <vector>

#include "optim/ensemble/dual_pool.hpp"
#include "optim/ensemble/ensemble.hpp"
#include "optim/ensemble/plan_pool.hpp"
#include "optim/ensemble/start_pool.hpp"

namespace pinchpoint::optim {

/// What solves leave for later ones: duals that bound from below, plans that bound from above, ends to start from.
/// Threads may ask while one adds: who asks says how much of the pools is to be seen.
class Pools {
 public:
  /// `forms`, `touched`, `model` and `options` must outlive this.
  Pools(const Model& model, const Touched& touched, const ImpliedBounds& box, const LinearForms& forms,
        const EnsembleOptions& options);

  /// Members of each pool.
  struct Sizes {
    std::size_t duals = 0, plans = 0, starts = 0;
  };
  [[nodiscard]] Sizes sizes() const { return {duals_.size(), plans_.size(), starts_.size()}; }
  [[nodiscard]] bool has_room(const Sizes& seen) const { return seen.starts < starts_.capacity(); }

  /// What a solve found. Empty: nothing that serves others.
  struct Found {
    std::vector<double> value, row_dual;
    ResidentSimplex::End end;
  };
  /// The same as the pools keep it: most of the work of adding it, which needs nothing of the pools.
  struct Member {
    std::vector<Change> changes;
    std::optional<DualPool::Member> dual;  ///< none if the duals prove nothing
    PlanPool::Member plan;
    std::vector<double> forms, wanted_plan;
    ResidentSimplex::End end;
  };
  [[nodiscard]] std::unique_ptr<Member> prepare(std::vector<Change> changes, const Found& found) const;
  void add(Member member);

  /// Lower bounds of the members, in their order.
  [[nodiscard]] std::vector<double> lower_bounds(const std::vector<Change>& changes, const Sizes& seen) const;
  /// The cheapest known plan, or mix of two, that keeps the scenario's bounds.
  struct Plan {
    double cost = infinity;
    bool is_base = false;
    std::vector<double> forms, value;  ///< value: where it is wanted
  };
  [[nodiscard]] Plan cheapest(const std::vector<Change>& changes, bool is_wanted, const Sizes& seen) const;
  /// An end to start from: near, and with prices that are nearly right. `bounds`: of lower_bounds() of the same.
  [[nodiscard]] ResidentSimplex::End nearest(const std::vector<Change>& changes, const std::vector<double>& bounds,
                                             const Sizes& seen) const;
  [[nodiscard]] std::vector<double> first_forms() const { return forms_of_plan_.front(); }
  [[nodiscard]] std::vector<double> first_plan() const { return wanted_plan_.front(); }

 private:
  const Model& model_;
  const LinearForms& forms_;
  bool has_wanted_plans_;
  DualPool duals_;
  PlanPool plans_;
  StartPool starts_;
  std::vector<std::vector<double>> forms_of_plan_;  ///< by member of plans_
  std::vector<std::vector<double>> wanted_plan_;    ///< the same, in full, where plans are asked for
  std::vector<std::int32_t> dual_of_start_;         ///< by member of starts_: that of duals_, -1: none
  mutable std::shared_mutex mutex_;
};

}  // namespace pinchpoint::optim
