// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/proof/repair_plan.hpp"

#include <algorithm>
#include <cmath>

namespace pinchpoint::optim {

namespace {

constexpr int both_directions[] = {-1, 1};

bool is_near(double number, double limit, double ample) {
  return std::isfinite(limit) && std::abs(number - limit) <= ample * std::max(1.0, std::abs(limit));
}

}  // namespace

RepairPlan::RepairPlan(const Model& model, const MatrixView& matrix, const std::vector<double>& value,
                       const std::vector<double>& activity, double ample)
    : model_(model),
      matrix_(matrix),
      is_tight_(activity.size() * need_count, 0),
      has_room_(value.size() * 2, 0),
      is_dependent_(value.size(), 0),
      hurts_(value.size() * 2, 0),
      rank_(activity.size() * need_count, -1),
      column_(activity.size() * need_count, -1) {
  find_tight_rows(activity, ample);
  find_room(value, ample);
  count_hurt_needs();
  for (std::size_t column = 0; column < value.size(); ++column) {
    for (const int direction : both_directions) {
      if (hurts_[move(column, direction)] == 0) offer(column, direction, 0);
    }
    offer_exact(column, 0);
  }
  for (std::size_t at = 0; at < queue_.size(); ++at) release_moves(queue_[at]);
}

void RepairPlan::find_tight_rows(const std::vector<double>& activity, double ample) {
  for (std::size_t row = 0; row < activity.size(); ++row) {
    const double lower = model_.row_lower[row];
    const double upper = model_.row_upper[row];
    if (lower == upper) {
      is_tight_[node(row, Need::equal)] = 1;
      continue;
    }
    is_tight_[node(row, Need::more)] = activity[row] < lower || is_near(activity[row], lower, ample) ? 1 : 0;
    is_tight_[node(row, Need::less)] = activity[row] > upper || is_near(activity[row], upper, ample) ? 1 : 0;
  }
}

void RepairPlan::find_room(const std::vector<double>& value, double ample) {
  for (std::size_t column = 0; column < value.size(); ++column) {
    if (model_.is_integer[column] != 0) continue;
    has_room_[move(column, -1)] = is_near(value[column], model_.lower[column], ample) ? 0 : 1;
    has_room_[move(column, 1)] = is_near(value[column], model_.upper[column], ample) ? 0 : 1;
  }
}

std::int64_t RepairPlan::hurt_node(const Entry& entry, int direction) const {
  const auto row = static_cast<std::size_t>(entry.index);
  const bool rises = (entry.value > 0) == (direction > 0);
  for (const std::size_t hurt : {node(row, Need::equal), node(row, rises ? Need::less : Need::more)}) {
    if (is_tight_[hurt] != 0) return static_cast<std::int64_t>(hurt);
  }
  return -1;
}

void RepairPlan::count_hurt_needs() {
  for (std::size_t column = 0; column < model_.cost.size(); ++column) {
    for (const Entry& entry : matrix_.column(column)) {
      for (const int direction : both_directions) {
        if (hurt_node(entry, direction) >= 0) ++hurts_[move(column, direction)];
      }
    }
  }
}

/// The move creates no need without a rank: it can meet the needs it helps.
void RepairPlan::offer(std::size_t column, int direction, std::int32_t rank) {
  if (has_room_[move(column, direction)] == 0 || is_dependent_[column] != 0) return;
  for (const Entry& entry : matrix_.column(column)) {
    const bool rises = (entry.value > 0) == (direction > 0);
    const std::size_t helped = node(static_cast<std::size_t>(entry.index), rises ? Need::more : Need::less);
    if (is_tight_[helped] != 0 && rank_[helped] < 0) settle(helped, column, rank);
  }
}

/// A column free to move both ways, whose only need without a rank is one equality row, can solve that row.
void RepairPlan::offer_exact(std::size_t column, std::int32_t rank) {
  if (hurts_[move(column, -1)] != 1 || hurts_[move(column, 1)] != 1) return;
  if (has_room_[move(column, -1)] == 0 || has_room_[move(column, 1)] == 0 || is_dependent_[column] != 0) return;
  for (const Entry& entry : matrix_.column(column)) {
    const std::size_t equal = node(static_cast<std::size_t>(entry.index), Need::equal);
    if (is_tight_[equal] == 0 || rank_[equal] >= 0) continue;
    is_dependent_[column] = 1;
    settle(equal, column, rank);
    return;
  }
}

void RepairPlan::settle(std::size_t node, std::size_t column, std::int32_t rank) {
  rank_[node] = rank;
  column_[node] = static_cast<std::int32_t>(column);
  queue_.push_back(node);
}

/// A need has got its rank: moves that only waited for it become available, one rank higher.
void RepairPlan::release_moves(std::size_t node) {
  const auto need = static_cast<Need>(node % need_count);
  const std::int32_t rank = rank_[node] + 1;
  for (const Entry& entry : matrix_.row(node / need_count)) {
    const auto column = static_cast<std::size_t>(entry.index);
    for (const int direction : both_directions) {
      const bool rises = (entry.value > 0) == (direction > 0);
      if (need == Need::equal || (need == Need::less) == rises) release(column, direction, rank);
    }
  }
}

void RepairPlan::release(std::size_t column, int direction, std::int32_t rank) {
  if (--hurts_[move(column, direction)] == 0) offer(column, direction, rank);
  offer_exact(column, rank);
}

}  // namespace pinchpoint::optim
