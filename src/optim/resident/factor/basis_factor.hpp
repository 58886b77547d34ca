// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "optim/resident/factor/triangle.hpp"

namespace pinchpoint::optim::resident {

/// B = L U of one basis matrix (rows of the LP × places of the basis).
class LuFactor {
 public:
  /// Nothing if the matrix is singular.
  /// shape  `entries` has major = place, minor = row
  static std::optional<LuFactor> make(Index size, std::span<const Triplet> entries);

  /// right := B^-1 right, given by rows, returned by places. `work` is empty before and after.
  void solve(SparseVector& right, SparseVector& work, SearchSpace& space) const;
  /// right := B^-T right, given by places, returned by rows.
  void solve_transposed(SparseVector& right, SparseVector& work, SearchSpace& space) const;
  [[nodiscard]] std::size_t entry_count() const { return lower_.entry_count() + upper_.entry_count(); }
  /// About what it takes in memory: each triangle twice, with starts, diagonals and permutations.
  [[nodiscard]] std::size_t bytes() const { return 32 * entry_count() + 64 * row_of_step_.size(); }

 private:
  LuFactor() = default;
  std::vector<Index> row_of_step_, step_of_row_, place_of_step_, step_of_place_;
  Triangle lower_, upper_, lower_transposed_, upper_transposed_;
};

/// Columns exchanged since the factor was made, in product form: B_k = B E_1 … E_k, where E is one but for a column.
/// To drop them gives the factor's basis back, bit by bit.
class ProductForm {
 public:
  /// The column at `place` becomes the one whose B_k^-1 a is `column`.
  void append(Index place, const SparseVector& column);
  void apply(SparseVector& by_place) const;             ///< x := E_k^-1 … E_1^-1 x
  void apply_transposed(SparseVector& by_place) const;  ///< x := E_1^-T … E_k^-T x
  void clear();
  [[nodiscard]] std::size_t count() const { return places_.size(); }
  [[nodiscard]] std::size_t entry_count() const { return entries_.size(); }
  [[nodiscard]] std::size_t bytes() const { return sizeof(Entry) * entries_.size(); }

 private:
  struct Entry {
    Index place;
    double value;
  };
  std::vector<Index> places_;
  std::vector<double> pivots_;
  std::vector<std::size_t> ends_;
  std::vector<Entry> entries_;
};

}  // namespace pinchpoint::optim::resident
