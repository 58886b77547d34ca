// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "optim/resident/sparse_vector.hpp"

namespace pinchpoint::optim::resident {

struct Triplet {
  Index major = 0, minor = 0;
  double value = 0;
};

/// Where a depth-first search stands.
struct SearchFrame {
  Index node, next, end;
};
struct SearchSpace {
  std::vector<SearchFrame> stack;
  std::vector<Index> seeds;
};

/// A triangular matrix T, by the vectors that eliminate: once x_k is known, x_i loses t_ik x_k.
/// Source: Gilbert & Peierls 1988 (depth-first search for what can become nonzero).
class Triangle {
 public:
  enum class Order { ascending, descending };
  Triangle() = default;
  /// `entries` off the diagonal, major = k, minor = i. An empty diagonal is of ones.
  Triangle(Index size, std::span<const Triplet> entries, std::span<const double> diagonal, Order order);

  /// x := T^-1 x, in time of the multiplications made where the result is sparse.
  void solve(SparseVector& x, SearchSpace& space) const;
  [[nodiscard]] std::size_t entry_count() const { return entries_.size(); }

 private:
  struct Entry {
    Index index;
    double value;
  };
  void search(SparseVector& x, SearchSpace& space) const;
  void search_from(Index seed, SparseVector& x, std::vector<SearchFrame>& stack) const;
  void sweep(SparseVector& x) const;
  void eliminate(Index node, std::vector<double>& value) const;

  Index size_ = 0;
  std::vector<Index> start_;
  std::vector<Entry> entries_;
  std::vector<double> inverse_diagonal_;
  Order order_ = Order::ascending;
};

}  // namespace pinchpoint::optim::resident
