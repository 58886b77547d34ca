// SPDX-License-Identifier: Apache-2.0
// Where a search begins, what is known of futures before any cut, and of one known beforehand.
#include <algorithm>
#include <cmath>

#include "optim/solve/certificate.hpp"
#include "optim/stochastic/extensive_form.hpp"
#include "optim/stochastic/implied_box.hpp"
#include "optim/stochastic/l_shaped_state.hpp"

namespace pinchpoint::optim {

namespace {

// Below this many first-stage columns a few masters find out as much as a problem a recourse.
constexpr std::int32_t least_columns_for_floors = 100;

/// Largest |x_j| that a bound allows.
std::vector<double> sizes_of(const ImpliedBounds& box) {
  std::vector<double> sizes;
  for (std::size_t at = 0; at < box.lower.size(); ++at)
    sizes.push_back(std::max(std::abs(box.lower[at]), std::abs(box.upper[at])));
  return sizes;
}

}  // namespace

/// The likeliest future alone says where to begin.
std::vector<double> LShaped::State::first_point() {
  if (!options_.start.empty()) return scaled_.scaled_first(options_.start);
  const auto likeliest = std::max_element(probabilities_.begin(), probabilities_.end()) - probabilities_.begin();
  SolveOptions options;
  options.threads = options_.threads;
  options.interrupt = options_.interrupt;
  const Solution solution = optim::solve(extensive_form(alone(problem_, static_cast<std::size_t>(likeliest))), options);
  if (!solution.has_values || solution.status != Status::optimal) {
    best_.status = solution.status;
    best_.message = solution.message;
    return {};
  }
  std::vector<double> first(solution.value.begin(), solution.value.begin() + problem_.first.column_count());
  for (std::size_t at = 0; at < first.size(); ++at) {
    if (problem_.first.is_integer[at] != 0) first[at] = std::round(first[at]);
  }
  return first;
}

/// Ranges of columns for points that are no worse than the best one known; where there are none yet, for all points.
void LShaped::State::find_boxes(double upper) {
  has_boxes_ = true;
  std::vector<JointBox> boxes = implied_boxes(problem_, upper);
  first_size_.assign(problem_.first.cost.size(), infinity);
  for (std::size_t at = 0; at < groups_.size(); ++at) {
    JointBox& box = boxes[at];
    const std::vector<double> sizes = sizes_of(box.first);
    for (std::size_t column = 0; column < sizes.size() && !groups_[at]->futures.empty(); ++column)
      first_size_[column] = std::min(first_size_[column], sizes[column]);
    groups_[at]->cuts.set_box(std::move(box.recourse.lower), std::move(box.recourse.upper), sizes);
  }
}

/// A future without any cut gets a bound of its best cost if it were known: the problem of it alone. `to_all`: the
/// others do, too.
bool LShaped::State::add_floors(bool to_all) {
  const std::vector<double> known = master_.values_at(std::vector<double>(problem_.first.cost.size(), 0));
  for (std::size_t at = 0; at < known.size(); ++at) {
    const Future& future = problem_.futures[at];
    if (future.recourse < 0 || future.probability <= 0 || is_over()) continue;
    if (!to_all && master_.is_clustered() && latest_[at].constant > -infinity) continue;
    if (!to_all && (known[at] > -infinity || recourse_floor(problem_, future) > -infinity)) continue;
    Model model = extensive_form(alone(problem_, at));
    std::fill(model.is_integer.begin(), model.is_integer.end(), std::uint8_t{0});
    const Solution solution = optim::solve(model);
    if (solution.status != Status::optimal) {
      best_.status = solution.status;
      best_.message = std::string("one future alone is ") + to_string(solution.status);
      return false;
    }
    master_.add_floor(at, certify(model, solution).lower);
  }
  if (master_.is_clustered()) add_floor_sums();
  return true;
}

/// No future of a recourse costs less than its loosest: one problem a recourse, worth many masters where the first
/// stage is wide.
void LShaped::State::add_joint_floors() {
  if (problem_.first.column_count() < least_columns_for_floors) return;
  SolveOptions options;
  options.threads = options_.threads;
  options.interrupt = options_.interrupt;
  for (std::size_t at = 0; at < groups_.size(); ++at) {
    if (is_over()) return;
    const ScaledModel joint = scale(joint_model(problem_, static_cast<std::int32_t>(at), groups_[at]->futures));
    const Solution solution = optim::solve(joint.model, options);
    if (solution.status != Status::optimal) continue;
    const double floor = std::ldexp(certify(joint.model, solution).lower, -joint.scaling.objective);
    for (const std::size_t future : groups_[at]->futures) {
      if (floor > -infinity) master_.add_floor(future, floor);
    }
  }
  if (master_.is_clustered()) add_floor_sums();
}

Between LShaped::State::best_knowing(std::size_t future, double tolerance, int iterations) {
  if (iterations == 0) return {scaled_.natural_cost(master_.floor_of(future)), infinity};
  const TwoStageProblem one = alone(problem_, future);
  Master master(one, {});
  bool has_cut = false;
  for (const Master::Row& row : master_.rows()) {
    if (row.future != future || (row.is_optimality && master_.is_clustered())) continue;
    master.add(0, row.is_optimality, row.cut);
    has_cut = has_cut || row.is_optimality;
  }
  if (master_.is_clustered() && latest_[future].constant > -infinity) {
    master.add(0, true, latest_[future]);
    has_cut = true;
  }
  if (master_.floor_of(future) > -infinity) {
    master.add_floor(0, master_.floor_of(future));
    has_cut = true;
  }
  const bool is_relaxed = problem_.first.has_integers();
  Between best;
  std::vector<double> best_first = best_.first;
  if (!best_.evaluation.futures.empty()) best.upper = best_.evaluation.futures[future].cost.upper;
  if (one.futures.front().recourse >= 0 && !has_cut) return {-infinity, scaled_.natural_cost(best.upper)};
  SolveOptions options;
  options.threads = options_.threads;
  options.interrupt = options_.interrupt;
  for (int iteration = 0; iteration < iterations && !is_over(); ++iteration) {
    const Master::Point outer = master.solve(options, false);
    if (outer.status != Status::optimal) break;
    best.lower = std::max(best.lower, outer.lower);
    if (relative_gap(best.lower, best.upper) <= tolerance) break;
    const Learnt learnt = learn_one(future, outer.first);
    const double cost = cost_in(future, outer.first, learnt).upper;
    if (!is_relaxed || is_whole(outer.first)) best.upper = std::min(best.upper, cost);
    if (learnt.has_cut) master.add(0, learnt.answer.status == Status::optimal, learnt.own);
    if (relative_gap(best.lower, best.upper) <= tolerance || !learnt.has_cut) break;
  }
  return {scaled_.natural_cost(best.lower), scaled_.natural_cost(best.upper)};
}

}  // namespace pinchpoint::optim
