// SPDX-License-Identifier: Apache-2.0
// Futures counted together where a master with a column for each would be too large.
#include <algorithm>
#include <cmath>

#include "core/base/parallel.hpp"
#include "optim/stochastic/l_shaped_state.hpp"

namespace pinchpoint::optim {

namespace {

// With fewer futures each has a column of its own.
constexpr std::size_t least_futures = 257;
constexpr std::size_t most_clusters = 32;

}  // namespace

/// Clusters are of futures that cost alike at the first point, and stay.
void LShaped::State::make_clusters(const std::vector<Learnt>& learnt) {
  std::size_t count = 0;
  for (const auto& group : groups_) count += group->futures.size();
  const bool has_tail = risk_.weight > 0 && risk_.level > 0;
  const auto has_own = [](const Recourse& recourse) { return !recourse.first_cost.empty(); };
  if (count < least_futures || has_tail || std::any_of(problem_.recourses.begin(), problem_.recourses.end(), has_own))
    return;
  std::vector<double> cost;
  for (const Learnt& here : learnt) cost.push_back(here.answer.upper);
  clusters_ = clusters_of(problem_, cost, most_clusters);
  latest_.assign(problem_.futures.size(), {});
  master_.set_clusters(clusters_);
}

/// Sums of cuts that say more at a point than the master does.
std::size_t LShaped::State::add_cluster_cuts(const std::vector<Cut>& cuts, const std::vector<double>& at) {
  std::size_t added = 0;
  const std::vector<double> known = master_.values_at(at);
  for (std::size_t cluster = 0; cluster < clusters_.members.size(); ++cluster) {
    Cut sum = sum_of(problem_, clusters_, cluster, cuts, first_size_);
    if (sum.constant == -infinity) continue;
    const std::size_t future = clusters_.members[cluster].front();
    const double value = sum.at(at);
    if (value <= known[future] + 1e-12 * std::max(1.0, std::abs(value))) continue;
    master_.add(future, true, std::move(sum));
    ++added;
  }
  return added;
}

/// Futures that have no cut yet get one of their floor.
void LShaped::State::add_floor_sums() {
  std::vector<Cut> floors;
  for (std::size_t at = 0; at < problem_.futures.size(); ++at) {
    const Future& future = problem_.futures[at];
    Cut floor = floor_cut(problem_, future, master_.floor_of(at));
    if (floor.constant == -infinity && future.recourse >= 0) floor.constant = recourse_floor(problem_, future);
    if (latest_[at].constant == -infinity) latest_[at] = floor;
    floors.push_back(std::move(floor));
  }
  // Wherever the first stage goes, these hold it.
  for (const std::vector<Cut>* cuts : {&latest_, &floors}) {
    for (std::size_t cluster = 0; cluster < clusters_.members.size(); ++cluster) {
      Cut sum = sum_of(problem_, clusters_, cluster, *cuts, first_size_);
      if (sum.constant > -infinity) master_.add(clusters_.members[cluster].front(), true, std::move(sum));
    }
  }
}

/// What a recourse's duals say most of one future at a point.
Cut LShaped::State::best_pooled(const RecourseGroup& group, std::size_t place, const std::vector<double>& slopes,
                                const std::vector<double>& outer) const {
  double most = -infinity;
  const std::size_t member = group.cuts.best_at(place, slopes, outer, most);
  return member == group.cuts.size() ? Cut{} : group.cuts.cut(member, place);
}

std::size_t LShaped::State::add_pooled_clusters(const std::vector<double>& outer) {
  std::vector<Cut> cuts(problem_.futures.size());
  for (const auto& group : groups_) {
    const std::vector<double> slopes = group->cuts.slopes_at(outer);
    for_each_index(static_cast<std::size_t>(options_.threads), group->futures.size(), [&](std::size_t, std::size_t at) {
      cuts[group->futures[at]] = best_pooled(*group, at, slopes, outer);
    });
  }
  return add_cluster_cuts(cuts, outer);
}

}  // namespace pinchpoint::optim
