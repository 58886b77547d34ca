// SPDX-License-Identifier: Apache-2.0
#include "analysis/hedge/surprise.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/plan/families.hpp"

namespace pinchpoint::hedge {

namespace {

using plan::Family;
using plan::family_of;
using plan::is_order;
using plan::period_of;

class Maker {
 public:
  Maker(const plan::Plan& plan, const stress::OperatingProblem& reference, const TouchedLimits& touched)
      : plan_(plan),
        model_(plan.problem.model),
        reference_(reference),
        touched_(touched),
        start_(reference.start.index()) {
    surprise_.start = reference.start;
  }

  Surprise make() {
    find_variables();
    keep_rows();
    add_rows_and_columns();
    add_reliefs();
    add_order_rows();
    add_capacity_rows();
    add_flow_rows();
    surprise_.recourse.model = builder_.build("surprise", model_.names);
    surprise_.recourse.first_cost = first_cost();
    return std::move(surprise_);
  }

 private:
  [[nodiscard]] bool is_past(const optim::Key& key) const {
    const std::int32_t period = period_of(key);
    return period >= 0 && period < start_;
  }
  /// An order of the past may be given up, one of later placed or not: both up to what the plan ordered.
  [[nodiscard]] bool is_limited_order(std::size_t column) const {
    const optim::Key& key = model_.column_key[column];
    const Family family = family_of(key);
    return is_order(family) || (family == Family::order_open_ && !is_past(key));
  }
  [[nodiscard]] bool is_variable(std::size_t column) const {
    return is_limited_order(column) || !is_past(model_.column_key[column]);
  }
  /// True if the entry stays one of a variable: an order of the past keeps what it did in rows of the past.
  [[nodiscard]] bool stands(std::size_t column, std::size_t row) const {
    if (!is_variable(column)) return false;
    return period_of(model_.column_key[column]) >= start_ || !is_past(model_.row_key[row]);
  }

  template <class Use>
  void for_each_entry(std::size_t column, const Use& use) const {
    for (auto at = model_.matrix.start[column]; at < model_.matrix.start[column + 1]; ++at) {
      const auto place = static_cast<std::size_t>(at);
      use(static_cast<std::size_t>(model_.matrix.row[place]), model_.matrix.value[place]);
    }
  }

  void find_variables() {
    surprise_.column_of.assign(model_.cost.size(), -1);
    for (std::size_t column = 0; column < model_.cost.size(); ++column) {
      if (!is_variable(column)) continue;
      surprise_.column_of[column] = static_cast<std::int32_t>(own_columns_.size());
      own_columns_.push_back(column);
    }
  }

  /// Rows from `start` on, and those of the past in which a later decision stands; without a variable none is kept.
  void keep_rows() {
    std::vector<std::uint8_t> is_later(model_.row_lower.size(), 0);
    std::vector<std::uint8_t> has_variable(model_.row_lower.size(), 0);
    for (std::size_t row = 0; row < is_later.size(); ++row) is_later[row] = is_past(model_.row_key[row]) ? 0 : 1;
    for (const std::size_t column : own_columns_) {
      const bool is_new = period_of(model_.column_key[column]) >= start_;
      for_each_entry(column, [&](std::size_t row, double) {
        if (is_new) is_later[row] = 1;
        if (stands(column, row)) has_variable[row] = 1;
      });
    }
    surprise_.row_of.assign(model_.row_lower.size(), -1);
    for (std::size_t row = 0; row < is_later.size(); ++row) {
      if (is_later[row] == 0 || has_variable[row] == 0) continue;
      surprise_.row_of[row] = static_cast<std::int32_t>(own_rows_.size());
      own_rows_.push_back(row);
    }
  }

  void add_rows_and_columns() {
    builder_.reserve(own_rows_.size(), own_columns_.size(), model_.matrix.value.size());
    for (const std::size_t row : own_rows_)
      builder_.add_row(model_.row_key[row], model_.row_lower[row], model_.row_upper[row]);
    for (const std::size_t column : own_columns_) {
      const optim::Key& key = model_.column_key[column];
      const bool is_limited = is_limited_order(column);
      const double cost = is_limited && is_past(key) ? 0 : model_.cost[column];
      builder_.add_column(key, cost, is_limited ? 0 : model_.lower[column], model_.upper[column]);
    }
    for (std::size_t column = 0; column < model_.cost.size(); ++column) {
      for_each_entry(column, [&](std::size_t row, double value) {
        const std::int32_t here = surprise_.row_of[row];
        if (here < 0) return;
        if (stands(column, row)) {
          builder_.add_entry(optim::RowId(here), optim::ColumnId(surprise_.column_of[column]), value);
        } else {
          surprise_.recourse.links.push_back({here, static_cast<std::int32_t>(column), value});
        }
      });
    }
  }

  /// The same rows give way at the same price as when the plain plan is stressed.
  void add_reliefs() {
    for (const stress::Relief& relief : reference_.reliefs) {
      const std::int32_t row = surprise_.row_of[relief.row];
      if (row < 0) continue;
      const optim::Model& operating = reference_.model;
      const auto place = static_cast<std::size_t>(operating.matrix.start[relief.column]);
      const optim::ColumnId column = builder_.add_column(model_.row_key[relief.row], operating.cost[relief.column], 0,
                                                         operating.upper[relief.column]);
      builder_.add_entry(optim::RowId(row), column, operating.matrix.value[place]);
    }
  }

  void add_order_rows() {
    for (const std::size_t column : own_columns_) {
      if (!is_limited_order(column)) continue;
      const optim::RowId row = builder_.add_row(model_.column_key[column], -optim::infinity, 0);
      builder_.add_entry(row, optim::ColumnId(surprise_.column_of[column]), 1);
      surprise_.recourse.links.push_back({row.index(), static_cast<std::int32_t>(column), -1});
    }
  }

  /// What orders add to a capacity is what they do in its row of the family "build". Without an outage the row says no
  /// more than that does, but a dual of it bounds futures with and without one.
  void add_capacity_rows() {
    for (const auto& place : touched_.capacity) {
      const std::int32_t column = reference_.available_column(place.first, PeriodId(place.second));
      if (column < 0 || place.second < start_) continue;
      Surprise::CapacityRow made;
      const plan::Asset& asset = plan_.problem.network.assets[place.first];
      made.standing = asset.standing[static_cast<std::size_t>(place.second)];
      const auto planned = static_cast<std::size_t>(reference_.plan_column[static_cast<std::size_t>(column)]);
      const optim::RowId row = builder_.add_row(model_.column_key[planned], -optim::infinity, made.standing);
      builder_.add_entry(row, optim::ColumnId(surprise_.column_of[planned]), 1);
      made.row = row.index();
      surprise_.capacity_rows[place] = std::move(made);
    }
    for (std::size_t column = 0; column < model_.cost.size(); ++column) {
      if (!is_order(family_of(model_.column_key[column]))) continue;
      for_each_entry(column, [&](std::size_t row, double value) {
        const optim::Key& key = model_.row_key[row];
        if (family_of(key) != Family::build_) return;
        const auto found = surprise_.capacity_rows.find({plan::AssetId(key.index[0]), key.index[1]});
        if (found == surprise_.capacity_rows.end()) return;
        found->second.orders.emplace_back(static_cast<std::int32_t>(column), -value);
        surprise_.recourse.links.push_back({found->second.row, static_cast<std::int32_t>(column), value});
      });
    }
  }

  void add_flow_rows() {
    for (const std::int32_t column : touched_.flows) {
      const std::int32_t here = surprise_.column_of[static_cast<std::size_t>(column)];
      if (here < 0) continue;
      const optim::RowId row =
          builder_.add_row(model_.column_key[static_cast<std::size_t>(column)], -optim::infinity, optim::infinity);
      builder_.add_entry(row, optim::ColumnId(here), 1);
      surprise_.flow_rows[column] = row.index();
    }
  }

  /// What is spent before the surprise, and on orders placed before it.
  [[nodiscard]] std::vector<double> first_cost() const {
    std::vector<double> cost(model_.cost.size(), 0);
    for (std::size_t column = 0; column < cost.size(); ++column) {
      if (is_past(model_.column_key[column])) cost[column] = model_.cost[column];
    }
    return cost;
  }

  const plan::Plan& plan_;
  const optim::Model& model_;
  const stress::OperatingProblem& reference_;
  const TouchedLimits& touched_;
  std::int32_t start_;
  Surprise surprise_;
  optim::ModelBuilder builder_;
  std::vector<std::size_t> own_columns_, own_rows_;
};

/// Collects a future's changes by index.
struct Changes {
  std::map<std::int32_t, std::pair<double, double>> columns, rows;
};

void limit_capacity(const stress::OperatingProblem& reference, const Surprise& surprise,
                    const stress::Effects::Limits& limits, Changes& changes, optim::Future& future) {
  for (const auto& [place, left] : limits.capacity) {
    const auto found = surprise.capacity_rows.find(place);
    if (found == surprise.capacity_rows.end()) continue;
    const Surprise::CapacityRow& made = found->second;
    const double lost = (1 - left.own) * reference.capacity(place.first, PeriodId(place.second));
    const double rest = std::max(0.0, made.standing - lost);
    changes.rows[made.row] = {-optim::infinity, left.wide * rest};
    for (const auto& [column, size] : made.orders) future.links.push_back({made.row, column, (1 - left.wide) * size});
  }
}

void limit_flows(const Surprise& surprise, const stress::Effects::Limits& limits, Changes& changes,
                 optim::Future& future) {
  for (const auto& [column, factor] : limits.flows) {
    const std::int32_t here = surprise.column_of[static_cast<std::size_t>(column)];
    if (here < 0) continue;
    if (factor <= 0) {
      changes.columns[here] = {0, 0};
      continue;
    }
    const std::int32_t row = surprise.flow_rows.at(column);
    changes.rows[row] = {-optim::infinity, 0};
    future.links.push_back({row, column, -factor});
  }
}

}  // namespace

Surprise make_surprise(const plan::Plan& plan, const stress::OperatingProblem& reference,
                       const TouchedLimits& touched) {
  return Maker(plan, reference, touched).make();
}

optim::Future future_of(const plan::Plan& plan, const stress::OperatingProblem& reference, const Surprise& surprise,
                        const stress::Effects::Limits& limits, std::int32_t recourse) {
  optim::Future future;
  future.recourse = recourse;
  Changes changes;
  limit_capacity(reference, surprise, limits, changes, future);
  limit_flows(surprise, limits, changes, future);
  const optim::Model& model = plan.problem.model;
  for (const auto& [column, factor] : limits.asked) {
    const auto planned = static_cast<std::size_t>(reference.plan_column[static_cast<std::size_t>(column)]);
    changes.columns[surprise.column_of[planned]] = {0, model.upper[planned] * factor};
  }
  for (const auto& [row, factor] : limits.asked_rows) {
    const auto planned = static_cast<std::size_t>(reference.plan_row[static_cast<std::size_t>(row)]);
    changes.rows[surprise.row_of[planned]] = {model.row_lower[planned] * factor, optim::infinity};
  }
  for (const auto& [row, move] : limits.moved_rows) {
    const auto planned = static_cast<std::size_t>(reference.plan_row[static_cast<std::size_t>(row)]);
    changes.rows[surprise.row_of[planned]] = {-optim::infinity, model.row_upper[planned] + move};
  }
  for (const auto& [row, most] : limits.set_rows) {
    const auto planned = static_cast<std::size_t>(reference.plan_row[static_cast<std::size_t>(row)]);
    changes.rows[surprise.row_of[planned]] = {-optim::infinity, most};
  }
  for (const auto& [column, bounds] : changes.columns)
    future.patch.columns.push_back({column, bounds.first, bounds.second});
  for (const auto& [row, sides] : changes.rows) future.patch.rows.push_back({row, sides.first, sides.second});
  return future;
}

}  // namespace pinchpoint::hedge
