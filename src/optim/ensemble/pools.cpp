// SPDX-License-Identifier: Apache-2.0
#include "optim/ensemble/pools.hpp"

#include <algorithm>
#include <cmath>
#include <mutex>

namespace pinchpoint::optim {

namespace {

// Of the best bound: what a start's prices miss of it counts as much as a bound that differs wholly. Pivots a future
// of the world (mean of 1,775) by distance alone 21.9, with 1e-4 to 3e-3 11.0 to 13.7.
constexpr double missed_by_distance = 1e-4;

}  // namespace

Pools::Pools(const Model& model, const Touched& touched, const ImpliedBounds& box, const LinearForms& forms,
             const EnsembleOptions& options)
    : model_(model),
      forms_(forms),
      has_wanted_plans_(!options.is_plan_wanted.empty()),
      duals_(model, touched, box, options.pool_size),
      plans_(model, touched, options.pool_size),
      starts_(touched, options.pool_size, options.start_bytes) {}

std::unique_ptr<Pools::Member> Pools::prepare(std::vector<Change> changes, const Found& found) const {
  auto member = std::make_unique<Member>();
  member->changes = std::move(changes);
  member->dual = duals_.prepare(found.row_dual);
  member->plan = plans_.prepare(found.value, cost_of(model_, found.value));
  member->forms = forms_.of(found.value);
  if (has_wanted_plans_) member->wanted_plan = found.value;
  member->end = found.end;
  return member;
}

/// The first is the model's own optimum, whose start the pool of starts has already.
void Pools::add(Member member) {
  const std::unique_lock lock(mutex_);
  const std::size_t dual = duals_.size();
  const bool is_dual_kept = member.dual && duals_.add(*member.dual);
  if (plans_.add(member.plan)) {
    forms_of_plan_.push_back(std::move(member.forms));
    if (has_wanted_plans_) wanted_plan_.push_back(std::move(member.wanted_plan));
  }
  if (dual_of_start_.empty()) {
    dual_of_start_.push_back(0);
    return;
  }
  if (starts_.size() == starts_.capacity()) return;
  starts_.add(member.changes, std::move(member.end));
  dual_of_start_.push_back(is_dual_kept ? static_cast<std::int32_t>(dual) : -1);
}

std::vector<double> Pools::lower_bounds(const std::vector<Change>& changes, const Sizes& seen) const {
  const std::shared_lock lock(mutex_);
  return duals_.bounds(changes, seen.duals);
}

Pools::Plan Pools::cheapest(const std::vector<Change>& changes, bool is_wanted, const Sizes& seen) const {
  const std::shared_lock lock(mutex_);
  const PlanPool::Best best = plans_.best(changes, seen.plans);
  Plan plan;
  plan.cost = best.value;
  if (best.value == infinity) return plan;
  const auto mixed = [&best](const std::vector<std::vector<double>>& of_plan) {
    std::vector<double> mix = of_plan[best.safe];
    for (std::size_t at = 0; best.share < 1 && at < mix.size(); ++at)
      mix[at] += (1 - best.share) * (of_plan[best.cheap][at] - mix[at]);
    return mix;
  };
  plan.is_base = best.safe == 0 && best.share == 1;
  plan.forms = mixed(forms_of_plan_);
  if (is_wanted) plan.value = mixed(wanted_plan_);
  return plan;
}

ResidentSimplex::End Pools::nearest(const std::vector<Change>& changes, const std::vector<double>& bounds,
                                    const Sizes& seen) const {
  const std::shared_lock lock(mutex_);
  const double best = *std::ranges::max_element(bounds);
  const double unit = missed_by_distance * std::max(std::abs(best), smallest_cost);
  std::vector<double> handicap(seen.starts);
  for (std::size_t start = 0; start < handicap.size(); ++start) {
    const std::int32_t dual = dual_of_start_[start];
    handicap[start] = dual < 0 ? infinity : (best - bounds[static_cast<std::size_t>(dual)]) / unit;
  }
  return starts_.nearest(changes, handicap);
}

}  // namespace pinchpoint::optim
