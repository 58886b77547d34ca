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

/// Columns that were exchanged for others: B_k = B E_1 … E_k, where E is one but for a column.
struct Exchanges {
  struct Entry {
    Index place;
    double value;
  };
  std::vector<Index> places;
  std::vector<double> pivots;
  std::vector<std::size_t> ends;
  std::vector<Entry> entries;  ///< of B_(k-1)^-1 a, but for the pivots
  [[nodiscard]] std::size_t bytes() const { return sizeof(Entry) * entries.size(); }
};

/// Columns exchanged since the factor was made, in product form. To drop them gives the factor's basis back, bit by
/// bit.
class ProductForm {
 public:
  explicit ProductForm(Index size) : latest_(static_cast<std::size_t>(size), none) {}
  /// The column at `place` becomes the one whose B_k^-1 a is `column`.
  void append(Index place, const SparseVector& column);
  void apply(SparseVector& by_place) const;       ///< x := E_k^-1 … E_1^-1 x
  void apply_transposed(SparseVector& by_place);  ///< x := E_1^-T … E_k^-T x
  void clear();
  [[nodiscard]] std::size_t count() const { return made_.places.size(); }
  [[nodiscard]] std::size_t entry_count() const { return made_.entries.size(); }
  [[nodiscard]] const Exchanges& exchanges() const { return made_; }
  /// requires  nothing has been appended since clear()
  void restore(const Exchanges& exchanges);

 private:
  static constexpr Index none = -1;
  /// An entry seen from its place.
  struct Link {
    Index update;
    Index before;  ///< the entry of the same place in an earlier update
  };
  void link(std::size_t update);
  void spread(Index latest, double amount);
  void apply_by_columns(SparseVector& by_place) const;
  static void set(SparseVector& by_place, Index place, double value);

  Exchanges made_;
  std::vector<Link> links_;           ///< by entry
  std::vector<Index> latest_;         ///< by place: its entry of the latest update that has one
  std::vector<Index> before_update_;  ///< by update: what latest_ was of its place then
  std::vector<double> sums_;          ///< by update: its column times x; room
};

}  // namespace pinchpoint::optim::resident
