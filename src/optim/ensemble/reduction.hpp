// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "optim/model/patch.hpp"

namespace pinchpoint::optim {

/// An LP and its scenarios without what no scenario needs: columns that cannot move or that nothing keeps off a bound,
/// rows that bind in no scenario, and rows of one column, which are bounds of it (Brearley, Mitra & Williams 1975).
/// What a scenario changes stays, but for rows that become bounds. Optima are the same, and points and duals of the
/// smaller LP become those of the whole. A claim: rounding may spoil it, so points and duals are proved of the whole.
class Reduction {
 public:
  /// Nothing if less than a tenth of the rows goes, or the model's bounds contradict each other.
  ///
  /// requires  no integers; `patches` are all scenarios that reduced() will be asked for
  [[nodiscard]] static std::optional<Reduction> make(const Model& model, std::span<const Patch> patches);

  [[nodiscard]] const Model& model() const { return reduced_; }
  [[nodiscard]] Patch reduced(const Patch& patch) const;
  /// `value`: by column of the smaller LP; returns all columns.
  [[nodiscard]] std::vector<double> whole_values(const std::vector<double>& value) const;
  /// `row_dual`: by row of the smaller LP under reduced(patch); returns all rows.
  [[nodiscard]] std::vector<double> whole_duals(const Patch& patch, const std::vector<double>& row_dual) const;

 private:
  class Shrinker;
  /// A row that bounds one column: sides / factor, after what fixed columns put into it.
  struct Single {
    std::int32_t row;
    double factor;
  };
  struct Range {
    double lower, upper;
  };
  Reduction() = default;
  [[nodiscard]] Range sides(std::int32_t row, const Patch& patch) const;
  [[nodiscard]] Range own_bounds(std::int32_t column, const Patch& patch) const;
  [[nodiscard]] Range implied(const Single& single, const Patch& patch) const;
  [[nodiscard]] Range bounds(std::int32_t column, const Patch& patch) const;
  void add_single_duals(std::int32_t column, const Patch& patch, std::vector<double>& row_dual) const;
  void build();

  const Model* whole_ = nullptr;
  Model reduced_;
  std::vector<double> row_lower_, row_upper_;           ///< by row: the model's; a side that never binds is infinite
  std::vector<std::int32_t> kept_columns_, kept_rows_;  ///< numbers in the whole
  std::vector<std::int32_t> column_place_, row_place_;  ///< numbers in the smaller LP, -1: gone
  std::vector<double> fixed_;                           ///< by column: where those that are gone stand
  std::vector<std::int32_t> fixed_order_;               ///< columns that are gone, as they went
  std::vector<double> shift_;                           ///< by row: what fixed columns put into it
  std::vector<std::vector<Single>> singles_;            ///< by column
  std::vector<std::int32_t> single_of_row_;             ///< by row: the column that it bounds, or -1
};

}  // namespace pinchpoint::optim
