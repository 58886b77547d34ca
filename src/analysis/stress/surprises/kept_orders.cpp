// SPDX-License-Identifier: Apache-2.0
#include "analysis/stress/surprises/kept_orders.hpp"

#include <algorithm>

#include "analysis/plan/families.hpp"

namespace pinchpoint::stress {

namespace {

// An order that lacks less than this of itself is whole (docs/decisions/0006: feasible to rounding).
constexpr double rounding = 1e-9;

std::size_t place(std::int32_t index) { return static_cast<std::size_t>(index); }

/// A row's sides in a scenario, and what is in it.
struct RowUse {
  double lower = 0, upper = 0, activity = 0;
};

class Keeper {
 public:
  Keeper(const OperatingProblem& problem, const optim::Patch& patch, std::vector<double>& value)
      : problem_(problem), model_(problem.model), value_(value), upper_(problem.model.upper) {
    for (std::size_t row = 0; row < model_.row_lower.size(); ++row)
      rows_.push_back({model_.row_lower[row], model_.row_upper[row], 0});
    for (const optim::BoundChange& change : patch.rows) rows_[place(change.index)] = {change.lower, change.upper, 0};
    for (const optim::BoundChange& change : patch.columns) upper_[place(change.index)] = change.upper;
    for (std::size_t column = 0; column < value.size(); ++column) add(column, value[column]);
  }

  void keep() {
    for (std::size_t column = 0; column < value_.size(); ++column) {
      if (!is_past_order(column) || value_[column] >= upper_[column]) continue;
      const double lacking = upper_[column] - value_[column];
      double more = lacking <= rounding * upper_[column] ? lacking : std::min(lacking, room_for(column));
      if (lacking - more <= rounding * upper_[column]) more = lacking;
      add(column, more);
      value_[column] = more == lacking ? upper_[column] : value_[column] + more;
    }
  }

 private:
  [[nodiscard]] bool is_past_order(std::size_t column) const {
    const optim::Key& key = model_.column_key[column];
    return problem_.plan_column[column] >= 0 && plan::is_order(plan::family_of(key)) &&
           plan::period_of(key) < problem_.start.index();
  }

  void add(std::size_t column, double amount) {
    if (amount == 0) return;
    for (auto at = model_.matrix.start[column]; at < model_.matrix.start[column + 1]; ++at)
      rows_[place(model_.matrix.row[place(at)])].activity += model_.matrix.value[place(at)] * amount;
  }

  [[nodiscard]] double room_for(std::size_t column) const {
    double room = optim::infinity;
    for (auto at = model_.matrix.start[column]; at < model_.matrix.start[column + 1]; ++at) {
      const RowUse& row = rows_[place(model_.matrix.row[place(at)])];
      const double factor = model_.matrix.value[place(at)];
      const double slack = factor > 0 ? row.upper - row.activity : row.lower - row.activity;
      room = std::min(room, std::max(0.0, slack / factor));
    }
    return room;
  }

  const OperatingProblem& problem_;
  const optim::Model& model_;
  std::vector<double>& value_;
  std::vector<double> upper_;
  std::vector<RowUse> rows_;
};

}  // namespace

void keep_orders(const OperatingProblem& problem, const optim::Patch& patch, std::vector<double>& value) {
  Keeper(problem, patch, value).keep();
}

}  // namespace pinchpoint::stress
