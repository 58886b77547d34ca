// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "optim/model/basis_code.hpp"
#include "optim/model/matrix_view.hpp"
#include "optim/model/patch.hpp"

namespace pinchpoint::optim {

/// An LP and its scenarios without what no scenario needs (Brearley, Mitra & Williams 1975; Andersen & Andersen 1995):
///
/// - columns that cannot move, or that nothing keeps off a bound, stand there;
/// - rows that bind in no scenario go, and those that a parallel row is never looser than;
/// - a row of one column is a bound of it;
/// - a column that one row alone keeps off its cheap bound, and that the row bounds as tightly as its own bounds do, is
///   what the row makes it;
/// - a column that costs nothing and may go as far as any of its rows needs goes, and those rows with it;
/// - a column that costs nothing and that nothing keeps off a bound which scenarios move stands at that bound, and
/// moves
///   the sides of its rows.
///
/// What else a scenario changes stays, but for rows that become bounds. Optima are the same, and points and duals of
/// the smaller LP become those of the whole. A claim: rounding may spoil it, so points and duals are proved of the
/// whole.
class Reduction {
 public:
  /// Nothing if less than a tenth of the rows goes, or the model's bounds contradict each other. The model must outlive
  /// it.
  ///
  /// requires  no integers; `patches` are all scenarios that reduced() will be asked for, or what others are no looser
  ///           than and change nothing but
  [[nodiscard]] static std::optional<Reduction> make(const Model& model, std::span<const Patch> patches);

  [[nodiscard]] const Model& model() const { return reduced_; }
  [[nodiscard]] Patch reduced(const Patch& patch) const;
  /// `value`: by column of the smaller LP under reduced(patch); returns all columns.
  [[nodiscard]] std::vector<double> whole_values(const Patch& patch, const std::vector<double>& value) const;
  /// `row_dual`: by row of the smaller LP under reduced(patch); returns all rows.
  [[nodiscard]] std::vector<double> whole_duals(const Patch& patch, const std::vector<double>& row_dual) const;
  /// Of the whole LP without a patch, from a basis of the smaller one and what whole_values() and whole_duals() make of
  /// its solution: the same vertex with the same prices.
  [[nodiscard]] BasisCode whole_basis(const BasisCode& reduced, const std::vector<double>& whole_value,
                                      const std::vector<double>& whole_dual) const;

 private:
  class Shrinker;
  struct Range {
    double lower, upper;
  };
  /// A row that bounds one column: sides / factor, after what columns that are gone put into it.
  struct Single {
    std::int32_t row;
    double factor;
  };
  /// A column that stands at a bound which scenarios move.
  struct Standing {
    std::int32_t column;
    bool is_at_upper;
    std::vector<std::int32_t> rows;
  };
  /// A standing column in a row.
  struct Moving {
    std::int32_t column;
    double factor;
  };
  /// What a patch reaches in the whole: what it names, and what follows from that by rows of one column and by columns
  /// that stand.
  struct Reached {
    std::vector<std::uint8_t> is_column;
    std::vector<std::int32_t> columns, rows;  ///< rows may come twice
  };
  enum class Kind : std::uint8_t {
    single,        ///< a row that became a bound of the column
    substitution,  ///< a row that says what the column is
    loose_row,     ///< a row that the column, which costs nothing, goes as far as to satisfy
    loose_column,  ///< that column, after its rows
  };
  /// What went, but for columns that stand still.
  struct Step {
    Kind kind;
    std::int32_t row, column;  ///< row: -1 of a loose column
    double factor;             ///< the entry of row and column
    double cost;               ///< of the column then
    double side;               ///< what the row had to be then; of a loose column the bound where it stands if it can
    std::size_t column_end;    ///< of the column's other entries then
    std::size_t row_end;       ///< of the row's other entries then
    bool binds_lower = false, binds_upper = false;  ///< is a bound of the column: a single without a patch, a loose row
  };
  Reduction() = default;
  [[nodiscard]] Range sides(std::int32_t row, const Patch& patch) const;
  [[nodiscard]] Range own_bounds(std::int32_t column, const Patch& patch) const;
  [[nodiscard]] Range implied(const Single& single, const Patch& patch) const;
  [[nodiscard]] Range bounds(std::int32_t column, const Patch& patch) const;
  [[nodiscard]] double standing_value(const Standing& standing, const Patch& patch) const;
  [[nodiscard]] Reached reached(const Patch& patch) const;
  void set_binding(Step& step, const Patch& patch) const;
  [[nodiscard]] double value_by_row(std::size_t step, const std::vector<double>& whole_value) const;
  [[nodiscard]] std::int32_t holding_row(std::int32_t column, double value,
                                         const std::vector<double>& whole_dual) const;
  [[nodiscard]] std::vector<std::int32_t> stepped_rows(const std::vector<double>& whole_value) const;
  [[nodiscard]] std::vector<double> activities(const std::vector<double>& whole_value) const;

  const Model* whole_ = nullptr;
  Model reduced_;
  std::vector<std::int32_t> kept_columns_, kept_rows_;  ///< numbers in the whole
  std::vector<std::int32_t> column_place_, row_place_;  ///< numbers in the smaller LP, -1: gone
  std::vector<double> fixed_;                           ///< by column: where those that stand do, without a patch
  std::vector<double> row_lower_, row_upper_;           ///< by row: the model's; a side that never binds is infinite
  std::vector<double> shift_;                           ///< by row: what columns that are gone put into it
  std::vector<std::vector<Single>> singles_;            ///< by column
  std::vector<std::int32_t> single_of_row_;             ///< by row: the column that it bounds, or -1
  std::vector<Standing> standing_;
  std::vector<std::int32_t> standing_of_column_;     ///< number in standing_, or -1; empty if none stands
  std::vector<std::vector<Moving>> moving_;          ///< by row; empty if none stands
  std::vector<Step> steps_;                          ///< as they were taken
  std::vector<Entry> column_entries_, row_entries_;  ///< of the steps, one after another
};

}  // namespace pinchpoint::optim
