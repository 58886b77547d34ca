// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "optim/model/patch.hpp"

namespace pinchpoint::optim {

/// A changed bound or side by its place among all that any scenario changes.
struct Change {
  std::int32_t place = 0;
  double lower = 0;
  double upper = 0;
};

/// Columns and rows that some scenario changes, numbered without gaps: columns first, then rows.
class Touched {
 public:
  Touched(const Model& model, std::span<const Patch> patches);

  [[nodiscard]] std::size_t size() const { return columns_.size() + rows_.size(); }
  [[nodiscard]] const std::vector<std::int32_t>& columns() const { return columns_; }
  [[nodiscard]] const std::vector<std::int32_t>& rows() const { return rows_; }
  /// Bounds or sides of each place in the model itself.
  [[nodiscard]] const std::vector<Change>& base() const { return base_; }
  /// The patch by places; entries that change nothing are left out.
  [[nodiscard]] std::vector<Change> changes(const Patch& patch) const;

 private:
  std::vector<std::int32_t> columns_, rows_;
  std::vector<std::int32_t> column_place_, row_place_;  ///< -1: not touched
  std::vector<Change> base_;
};

/// Bounds and sides of a model, which patches change for a while.
class Sides {
 public:
  explicit Sides(const Model& model)
      : lower(model.lower), upper(model.upper), row_lower(model.row_lower), row_upper(model.row_upper) {}
  void apply(const Patch& patch);
  /// Undoes apply() of the same patch.
  void restore(const Model& model, const Patch& patch);

  std::vector<double> lower, upper, row_lower, row_upper;
};

}  // namespace pinchpoint::optim
