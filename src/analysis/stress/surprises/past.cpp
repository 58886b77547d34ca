// SPDX-License-Identifier: Apache-2.0
#include "analysis/stress/surprises/past.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include "analysis/plan/families.hpp"
#include "optim/solve/proof/interval.hpp"

namespace pinchpoint::stress {

namespace {

using plan::period_of;

constexpr std::int32_t for_ever = std::numeric_limits<std::int32_t>::max();

std::int32_t last_felt(const optim::Key& key) {
  const std::int32_t period = period_of(key);
  return period < 0 ? for_ever : period;
}

/// Writes down what a stage decided.
class Recorder {
 public:
  Recorder(Past before, const plan::Plan& plan, const OperatingProblem& problem)
      : past_(std::move(before)), plan_(plan), problem_(problem) {
    for (const Decision& decision : past_.decisions) latest_[decision.column] = decision.value;
    for (const Relief& relief : problem.reliefs) is_relief_.insert(static_cast<std::int32_t>(relief.column));
  }

  void record(std::size_t at, double value, std::int32_t period) {
    value = std::max(value, problem_.model.lower[at]);
    if (value != 0) spent_.add_product(problem_.model.cost[at], value);
    if (const std::int32_t column = problem_.plan_column[at]; column >= 0) {
      decide(column, value, period);
    } else if (value != 0) {
      add_extra(at, value);
    }
  }

  Past finish(const Reach& reach, std::int32_t end) {
    const optim::Interval spent = spent_.enclosure();
    past_.spent_lower = optim::add_down(past_.spent_lower, spent.lower);
    past_.spent_upper = optim::add_up(past_.spent_upper, spent.upper);
    std::erase_if(past_.decisions, [&](const Decision& decision) { return !reach.is_felt(decision, end); });
    std::erase_if(past_.extras, [&](const Extra& extra) { return !reach.is_felt(extra, end); });
    std::sort(past_.decisions.begin(), past_.decisions.end());
    return std::move(past_);
  }

 private:
  /// An order of the past is given up from here on; what it did in rows before has been done.
  void decide(std::int32_t column, double value, std::int32_t period) {
    const auto known = latest_.find(column);
    const double before = known != latest_.end() ? known->second : planned(column);
    if (value == before) return;
    past_.decisions.push_back({column, period < problem_.start.index() ? problem_.start.index() : -1, value});
  }

  [[nodiscard]] double planned(std::int32_t column) const {
    return plan_.solution.value[static_cast<std::size_t>(column)];
  }

  void add_extra(std::size_t at, double value) {
    const optim::SparseMatrix& matrix = problem_.model.matrix;
    for (auto entry = matrix.start[at]; entry < matrix.start[at + 1]; ++entry) {
      const auto place = static_cast<std::size_t>(entry);
      const std::int32_t row = problem_.plan_row[static_cast<std::size_t>(matrix.row[place])];
      if (row >= 0) past_.extras.push_back({row, matrix.value[place], value});
    }
    if (is_relief_.contains(static_cast<std::int32_t>(at))) past_.relief += problem_.model.cost[at] * value;
  }

  Past past_;
  const plan::Plan& plan_;
  const OperatingProblem& problem_;
  std::map<std::int32_t, double> latest_;
  std::set<std::int32_t> is_relief_;
  optim::ExactSum spent_;
};

}  // namespace

Reach::Reach(const plan::Plan& plan) {
  const optim::Model& model = plan.problem.model;
  const auto each_entry = [&model](const auto& visit) {
    for (std::size_t column = 0; column < model.cost.size(); ++column) {
      for (auto at = model.matrix.start[column]; at < model.matrix.start[column + 1]; ++at)
        visit(column, static_cast<std::size_t>(model.matrix.row[static_cast<std::size_t>(at)]));
    }
  };
  for (const optim::Key& key : model.row_key) row_.push_back(last_felt(key));
  each_entry([&](std::size_t column, std::size_t row) {
    row_[row] = std::max(row_[row], last_felt(model.column_key[column]));
  });
  column_.assign(model.cost.size(), 0);
  each_entry([&](std::size_t column, std::size_t row) { column_[column] = std::max(column_[column], row_[row]); });
}

Past after_stage(Past before, const plan::Plan& plan, const Reach& reach, const OperatingProblem& problem,
                 const std::vector<double>& value, std::int32_t end) {
  Recorder recorder(std::move(before), plan, problem);
  for (std::size_t at = 0; at < value.size(); ++at) {
    const std::int32_t period = period_of(problem.model.column_key[at]);
    if (period >= 0 && period < end) recorder.record(at, value[at], period);
  }
  return recorder.finish(reach, end);
}

}  // namespace pinchpoint::stress
