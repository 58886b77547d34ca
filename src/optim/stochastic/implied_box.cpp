// SPDX-License-Identifier: Apache-2.0
#include "optim/stochastic/implied_box.hpp"

#include <algorithm>

#include "optim/ensemble/touched.hpp"
#include "optim/model/matrix_view.hpp"
#include "optim/solve/proof/interval.hpp"

namespace pinchpoint::optim {

namespace {

double least_cost(const std::vector<double>& cost, const std::vector<double>& lower, const std::vector<double>& upper) {
  double sum = 0;
  for (std::size_t at = 0; at < cost.size(); ++at) {
    if (cost[at] != 0) sum = add_down(sum, least_product({cost[at], cost[at]}, lower[at], upper[at]));
  }
  return sum;
}

/// A cost below which no future lies, from bounds of columns alone.
double floor_of(const TwoStageProblem& problem, const Future& future) {
  const Model& first = problem.first;
  const double own = first.offset + least_cost(first_cost_of(problem, future), first.lower, first.upper);
  return future.recourse < 0 ? own : own + recourse_floor(problem, future);
}

/// By recourse: most that one of its futures can cost at points of a risk of at most `upper`.
std::vector<double> cutoffs_of(const TwoStageProblem& problem, double upper) {
  if (!(upper < infinity)) return std::vector<double>(problem.recourses.size(), infinity);
  double all = 0;
  std::vector<double> floors;
  for (const Future& future : problem.futures) {
    floors.push_back(future.probability > 0 ? floor_of(problem, future) : 0);
    all += future.probability * floors.back();
  }
  std::vector<double> most(problem.recourses.size(), -infinity);
  for (std::size_t at = 0; at < floors.size(); ++at) {
    const Future& future = problem.futures[at];
    if (future.recourse < 0 || future.probability <= 0) continue;
    double& here = most[static_cast<std::size_t>(future.recourse)];
    here = std::max(here, (upper - (all - future.probability * floors[at])) / future.probability);
  }
  // A millionth more is room for rounding.
  for (double& here : most) here += 1e-6 * std::max(1.0, std::abs(here));
  return most;
}

}  // namespace

// Rows that a future links anew are free.
Model joint_model(const TwoStageProblem& problem, std::int32_t number, const std::vector<std::size_t>& futures) {
  const Recourse& recourse = problem.recourses[static_cast<std::size_t>(number)];
  std::vector<Patch> patches;
  std::vector<std::uint8_t> is_relinked(recourse.model.row_lower.size(), 0);
  for (const std::size_t at : futures) {
    const Future& future = problem.futures[at];
    patches.push_back(future.patch);
    for (const Link& link : future.links) is_relinked[static_cast<std::size_t>(link.row)] = 1;
  }
  const Model second = loosest(recourse.model, patches);
  const Model& first = problem.first;
  ModelBuilder builder;
  const auto add = [&builder](const Model& model, const std::vector<double>& cost, std::int32_t row) {
    for (std::size_t at = 0; at < model.cost.size(); ++at) {
      const ColumnId column = builder.add_column({}, cost[at], model.lower[at], model.upper[at]);
      for (auto entry = model.matrix.start[at]; entry < model.matrix.start[at + 1]; ++entry) {
        const auto place = static_cast<std::size_t>(entry);
        builder.add_entry(RowId(row + model.matrix.row[place]), column, model.matrix.value[place]);
      }
    }
  };
  for (std::size_t row = 0; row < first.row_lower.size(); ++row)
    builder.add_row({}, first.row_lower[row], first.row_upper[row]);
  for (std::size_t row = 0; row < second.row_lower.size(); ++row) {
    const bool is_free = is_relinked[row] != 0;
    builder.add_row({}, is_free ? -infinity : second.row_lower[row], is_free ? infinity : second.row_upper[row]);
  }
  add(first, recourse.first_cost.empty() ? first.cost : recourse.first_cost, 0);
  add(second, second.cost, first.row_count());
  for (const Link& link : recourse.links)
    builder.add_entry(RowId(first.row_count() + link.row), ColumnId(link.column), link.value);
  builder.add_offset(first.offset + second.offset);
  return builder.build("joint", nullptr);
}

double recourse_floor(const TwoStageProblem& problem, const Future& future) {
  const Model& model = problem.recourses[static_cast<std::size_t>(future.recourse)].model;
  if (future.patch.columns.empty()) return add_down(model.offset, least_cost(model.cost, model.lower, model.upper));
  Sides sides(model);
  sides.apply(future.patch);
  return add_down(model.offset, least_cost(model.cost, sides.lower, sides.upper));
}

std::vector<std::vector<std::size_t>> futures_by_recourse(const TwoStageProblem& problem) {
  std::vector<std::vector<std::size_t>> futures(problem.recourses.size());
  for (std::size_t at = 0; at < problem.futures.size(); ++at) {
    const Future& future = problem.futures[at];
    if (future.recourse >= 0 && future.probability > 0)
      futures[static_cast<std::size_t>(future.recourse)].push_back(at);
  }
  return futures;
}

std::vector<JointBox> implied_boxes(const TwoStageProblem& problem, double upper) {
  const std::vector<std::vector<std::size_t>> futures = futures_by_recourse(problem);
  const std::vector<double> cutoffs = cutoffs_of(problem, upper);
  std::vector<JointBox> boxes;
  for (std::size_t at = 0; at < futures.size(); ++at) {
    const Model joint = joint_model(problem, static_cast<std::int32_t>(at), futures[at]);
    const ImpliedBounds all = propagate_bounds(joint, MatrixView(joint), cutoffs[at]);
    const auto part = [&](const std::vector<double>& values, bool is_first) {
      const auto middle = values.begin() + problem.first.column_count();
      return is_first ? std::vector<double>(values.begin(), middle) : std::vector<double>(middle, values.end());
    };
    boxes.push_back({{part(all.lower, true), part(all.upper, true)}, {part(all.lower, false), part(all.upper, false)}});
  }
  return boxes;
}

}  // namespace pinchpoint::optim
