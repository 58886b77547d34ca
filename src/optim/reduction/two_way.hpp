// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "optim/model/basis_code.hpp"
#include "optim/model/matrix_view.hpp"

namespace pinchpoint::optim {

/// An LP whose pairs of opposite columns, what goes there and what goes back, are one column each that may be negative.
///
/// A pair x, y ≥ 0 costs and does the opposite of one another in all rows but one, a (x + y) + rest ≤ b, which limits
/// both alike. With z = x − y that row is a z + rest ≤ b and −a z + rest ≤ b, or bounds of z where there is no rest.
/// Optima are the same, but x and y can no longer grow together for nothing; what that is worth: formulation/race.md.
class TwoWay {
 public:
  /// Nothing if fewer pairs are found than a twentieth of the rows. No integers.
  [[nodiscard]] static std::optional<TwoWay> make(const Model& model);

  [[nodiscard]] const Model& model() const { return merged_; }
  [[nodiscard]] std::vector<double> whole_values(const std::vector<double>& value) const;
  [[nodiscard]] std::vector<double> whole_duals(const std::vector<double>& row_dual) const;
  /// From a basis of model() and whole_values() of its point: the same vertex, the same prices.
  [[nodiscard]] BasisCode whole_basis(const BasisCode& merged, const std::vector<double>& whole_value) const;

 private:
  struct Pair {
    std::int32_t there, back;                    ///< x and y
    std::int32_t row;                            ///< that limits both
    double factor;                               ///< of both in it
    double most;                                 ///< of x + y, where there is no rest
    bool is_bound;                               ///< there is no rest: the row became bounds
    bool binds_there = false;                    ///< the row, and not x's own bound, is that of z where it is largest
    bool binds_back = false;                     ///< likewise y's, where z is least
    std::int32_t column = -1;                    ///< z
    std::int32_t row_there = -1, row_back = -1;  ///< a z + rest, −a z + rest
  };
  TwoWay() = default;
  void find(const Model& model);
  [[nodiscard]] static std::optional<Pair> pair_in(const Model& model, const MatrixView& view, std::int32_t row,
                                                   const std::vector<std::uint8_t>& is_taken);
  void build(const Model& model);
  void add_rows(const Model& model, const std::vector<Pair*>& pair_of_row, ModelBuilder& builder);
  void add_columns(const Model& model, const std::vector<Pair*>& pair_of_row, ModelBuilder& builder);
  struct Ends;
  [[nodiscard]] static Ends ends_of_bounded(const Pair& pair, std::uint8_t code, double net);
  [[nodiscard]] static Ends ends_of_limited(const Pair& pair, const BasisCode& merged, double net);

  Model merged_;
  std::vector<Pair> pairs_;
  std::vector<std::int32_t> column_place_, row_place_;  ///< in merged_; -1: part of a pair
};

}  // namespace pinchpoint::optim
