// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "optim/solve/proof/interval.hpp"

namespace pinchpoint::optim {

/// A square matrix by rows, and its inverse as good as doubles give it.
class DenseSystem {
 public:
  explicit DenseSystem(std::size_t size) : size_(size), matrix_(size * size, 0.0) {}
  [[nodiscard]] std::size_t size() const { return size_; }
  double& at(std::size_t row, std::size_t column) { return matrix_[row * size_ + column]; }

  /// Gauss-Jordan with row pivots; false if the matrix looks singular.
  [[nodiscard]] bool invert();
  /// inverse · side, in doubles.
  [[nodiscard]] std::vector<double> solve(const std::vector<double>& side) const;
  /// A number e such that for every side within the intervals exactly one x solves matrix · x = side, and |x_i| ≤ e.
  /// With C the inverse in doubles and g = ‖I - C·matrix‖∞ < 1: the matrix is regular and |x| ≤ ‖C·side‖∞ / (1 - g)
  /// (Krawczyk 1969; Rump 2010, section 10). Nothing if g is not small or a side is infinite.
  [[nodiscard]] std::optional<double> bound_of_solution(const std::vector<Interval>& side) const;

 private:
  /// Not less than ‖I - C·matrix‖∞; infinite where that is not small.
  [[nodiscard]] double defect() const;

  std::size_t size_;
  std::vector<double> matrix_, inverse_;
};

}  // namespace pinchpoint::optim
