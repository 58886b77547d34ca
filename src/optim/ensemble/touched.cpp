// SPDX-License-Identifier: Apache-2.0
#include "optim/ensemble/touched.hpp"

#include <algorithm>

namespace pinchpoint::optim {

namespace {

std::size_t index_of(const BoundChange& change) { return static_cast<std::size_t>(change.index); }

/// Numbers what is marked, in order.
std::vector<std::int32_t> number(std::vector<std::int32_t>& place, std::int32_t first) {
  std::vector<std::int32_t> listed;
  for (std::size_t index = 0; index < place.size(); ++index) {
    if (place[index] < 0) continue;
    place[index] = first + static_cast<std::int32_t>(listed.size());
    listed.push_back(static_cast<std::int32_t>(index));
  }
  return listed;
}

}  // namespace

Touched::Touched(const Model& model, std::span<const Patch> patches)
    : column_place_(model.cost.size(), -1), row_place_(model.row_lower.size(), -1) {
  for (const Patch& patch : patches) {
    for (const BoundChange& change : patch.columns) column_place_.at(index_of(change)) = 0;
    for (const BoundChange& change : patch.rows) row_place_.at(index_of(change)) = 0;
  }
  columns_ = number(column_place_, 0);
  rows_ = number(row_place_, static_cast<std::int32_t>(columns_.size()));
  for (const std::int32_t column : columns_) {
    const auto at = static_cast<std::size_t>(column);
    base_.push_back({column_place_[at], model.lower[at], model.upper[at]});
  }
  for (const std::int32_t row : rows_) {
    const auto at = static_cast<std::size_t>(row);
    base_.push_back({row_place_[at], model.row_lower[at], model.row_upper[at]});
  }
}

std::vector<Change> Touched::changes(const Patch& patch) const {
  std::vector<Change> list;
  list.reserve(patch.columns.size() + patch.rows.size());
  const auto add = [&](const BoundChange& change, const std::vector<std::int32_t>& place) {
    const std::int32_t at = place[index_of(change)];
    const Change& base = base_[static_cast<std::size_t>(at)];
    if (change.lower != base.lower || change.upper != base.upper) list.push_back({at, change.lower, change.upper});
  };
  for (const BoundChange& change : patch.columns) add(change, column_place_);
  for (const BoundChange& change : patch.rows) add(change, row_place_);
  return list;
}

void Sides::apply(const Patch& patch) {
  for (const BoundChange& change : patch.columns) {
    lower[index_of(change)] = change.lower;
    upper[index_of(change)] = change.upper;
  }
  for (const BoundChange& change : patch.rows) {
    row_lower[index_of(change)] = change.lower;
    row_upper[index_of(change)] = change.upper;
  }
}

void Sides::restore(const Model& model, const Patch& patch) {
  for (const BoundChange& change : patch.columns) {
    lower[index_of(change)] = model.lower[index_of(change)];
    upper[index_of(change)] = model.upper[index_of(change)];
  }
  for (const BoundChange& change : patch.rows) {
    row_lower[index_of(change)] = model.row_lower[index_of(change)];
    row_upper[index_of(change)] = model.row_upper[index_of(change)];
  }
}

}  // namespace pinchpoint::optim
