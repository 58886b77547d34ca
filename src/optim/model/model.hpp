// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/id.hpp"
#include "optim/model/late_entries.hpp"

namespace pinchpoint::optim {

inline constexpr double infinity = std::numeric_limits<double>::infinity();

using RowId = Id<struct RowTag>;
using ColumnId = Id<struct ColumnTag>;
using FamilyId = Id<struct FamilyTag>;

/// Most indices a family of rows or columns can have.
inline constexpr std::size_t max_indices = 4;

/// What a row or column is: a family and one integer for each of its index spaces. Unused indices are -1.
struct Key {
  FamilyId family;
  std::array<std::int32_t, max_indices> index{-1, -1, -1, -1};

  friend auto operator<=>(const Key&, const Key&) = default;
};

/// Families and the labels of their indices. The mathematics never looks inside a label.
class Names {
 public:
  /// Adds an index space ("region" with its labels) and returns its number.
  int add_space(std::string name, std::vector<std::string> labels);
  /// Adds a family whose keys have one index in each of `spaces` (at most max_indices).
  FamilyId add_family(std::string name, std::vector<int> spaces);

  struct Family {
    std::string name;
    std::vector<int> spaces;
  };
  struct Space {
    std::string name;
    std::vector<std::string> labels;
  };
  [[nodiscard]] const Family& family(FamilyId id) const { return families_[id]; }
  [[nodiscard]] const Space& space(int number) const { return spaces_.at(static_cast<std::size_t>(number)); }
  [[nodiscard]] std::size_t family_count() const { return families_.size(); }

  /// Text such as `capacity[euv-scanner,NL,asml,2027Q1]`. Rendered only, never parsed back.
  [[nodiscard]] std::string render(const Key& key) const;

 private:
  std::vector<Space> spaces_;
  IdVector<FamilyTag, Family> families_;
};

/// Sparse matrix by columns: entries of column j are start[j] … start[j+1]-1, rows ascending.
struct SparseMatrix {
  std::vector<std::int32_t> start{0};
  std::vector<std::int32_t> row;
  std::vector<double> value;
};

/// min offset + cost'x   subject to   row_lower ≤ A x ≤ row_upper,   lower ≤ x ≤ upper,   x_j integer if is_integer[j]
///
/// All numbers are finite but for the bounds, which may be ±infinity.
struct Model {
  std::string name;
  double offset = 0;
  std::vector<double> cost, lower, upper;
  std::vector<std::uint8_t> is_integer;
  std::vector<double> row_lower, row_upper;
  SparseMatrix matrix;
  std::vector<Key> row_key, column_key;
  std::shared_ptr<const Names> names;

  [[nodiscard]] std::int32_t row_count() const { return static_cast<std::int32_t>(row_lower.size()); }
  [[nodiscard]] std::int32_t column_count() const { return static_cast<std::int32_t>(cost.size()); }
  [[nodiscard]] std::int64_t nonzero_count() const { return static_cast<std::int64_t>(matrix.value.size()); }
  [[nodiscard]] bool has_integers() const;
  [[nodiscard]] std::string row_name(RowId row) const;
  [[nodiscard]] std::string column_name(ColumnId column) const;
};

/// Collects rows, columns and entries in any order and assembles the Model in linear time. Entries of a column that was
/// added last, or shortly before, go straight to their place; so it is cheapest to add a column's entries with it.
class ModelBuilder {
 public:
  /// Makes room for so many rows, columns and entries, so that adding them copies nothing; more may come.
  void reserve(std::size_t rows, std::size_t columns, std::size_t entries);
  /// The memory that the first so many rows, columns and entries will take, as far as there is room for them. Valid
  /// until more is added than was reserved, or the Model is built.
  [[nodiscard]] std::vector<std::span<const std::byte>> room(std::size_t rows, std::size_t columns,
                                                             std::size_t entries) const;
  RowId add_row(Key key, double lower, double upper);
  ColumnId add_column(Key key, double cost, double lower, double upper, bool is_integer = false);
  /// Adds `value` at (row, column); entries at the same place add up; zeros are dropped.
  void add_entry(RowId row, ColumnId column, double value) {
    if (value == 0) return;
    if (column.index() + 1 != model_.column_count()) return add_to_earlier(row, column, value);
    model_.matrix.row.push_back(row.index());
    model_.matrix.value.push_back(value);
  }
  void add_cost(ColumnId column, double cost) { model_.cost[static_cast<std::size_t>(column.index())] += cost; }
  /// Moves a constant to both sides of a row: lower and upper grow by `value`.
  void shift_row(RowId row, double value);
  void set_column_bounds(ColumnId column, double lower, double upper);
  void add_offset(double value) { model_.offset += value; }

  [[nodiscard]] std::int32_t row_count() const { return model_.row_count(); }
  [[nodiscard]] std::int32_t column_count() const { return model_.column_count(); }

  /// Puts the entries in order, by column and row; those at one place are added up in the order in which they came.
  /// The builder is empty afterwards.
  [[nodiscard]] Model build(std::string name, std::shared_ptr<const Names> names);

 private:
  void add_to_earlier(RowId row, ColumnId column, double value);
  void end_last_column() { model_.matrix.start.back() = static_cast<std::int32_t>(model_.matrix.value.size()); }
  void place_late_entries();

  /// The last column's entries end with the matrix, whatever matrix.start says.
  Model model_;
  LateEntries late_;
};

/// Ranges of the absolute values of the problem's numbers; zeros and infinities are left out.
struct CoefficientRanges {
  struct Range {
    double smallest = 0;
    double largest = 0;
  };
  Range matrix, cost, bounds, right_hand_sides;
};
[[nodiscard]] CoefficientRanges coefficient_ranges(const Model& model);

}  // namespace pinchpoint::optim
