// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/proof/upper/dense_system.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace pinchpoint::optim {

namespace {

constexpr double least_pivot = 1e-11;
// Sums of n products of doubles err by at most n·2^-53 of the sum of sizes; this is 8 times as much.
constexpr double sum_error_per_term = 0x1p-50;
// So much below 1 that rounding in what follows does not matter.
constexpr double largest_defect = 0.25;

}  // namespace

bool DenseSystem::invert() {
  std::vector<double> left = matrix_;
  inverse_.assign(size_ * size_, 0.0);
  for (std::size_t at = 0; at < size_; ++at) inverse_[at * size_ + at] = 1;
  const auto row_of = [this](std::vector<double>& matrix, std::size_t row) {
    return matrix.begin() + static_cast<std::ptrdiff_t>(row * size_);
  };
  const auto length = static_cast<std::ptrdiff_t>(size_);
  for (std::size_t step = 0; step < size_; ++step) {
    std::size_t pivot = step;
    for (std::size_t row = step; row < size_; ++row) {
      if (std::abs(left[row * size_ + step]) > std::abs(left[pivot * size_ + step])) pivot = row;
    }
    if (!(std::abs(left[pivot * size_ + step]) > least_pivot)) return false;
    for (std::vector<double>* matrix : {&left, &inverse_}) {
      const auto here = row_of(*matrix, step);
      if (pivot != step) std::swap_ranges(here, here + length, row_of(*matrix, pivot));
    }
    const double factor = 1 / left[step * size_ + step];
    for (std::size_t row = 0; row < size_; ++row) {
      const double times = left[row * size_ + step] * factor;
      if (row == step || times == 0) continue;
      for (std::vector<double>* matrix : {&left, &inverse_}) {
        const auto target = row_of(*matrix, row);
        const auto source = row_of(*matrix, step);
        for (std::ptrdiff_t at = 0; at < length; ++at) target[at] -= times * source[at];
      }
    }
    for (std::vector<double>* matrix : {&left, &inverse_}) {
      const auto source = row_of(*matrix, step);
      for (std::ptrdiff_t at = 0; at < length; ++at) source[at] *= factor;
    }
  }
  return true;
}

std::vector<double> DenseSystem::solve(const std::vector<double>& side) const {
  std::vector<double> solution(size_, 0.0);
  for (std::size_t row = 0; row < size_; ++row) {
    for (std::size_t at = 0; at < size_; ++at) solution[row] += inverse_[row * size_ + at] * side[at];
  }
  return solution;
}

double DenseSystem::defect() const {
  std::vector<std::vector<std::size_t>> places(size_);  // by row: its entries, few in a matrix of a model
  for (std::size_t at = 0; at < matrix_.size(); ++at) {
    if (matrix_[at] != 0) places[at / size_].push_back(at % size_);
  }
  double largest = 0;
  std::vector<double> product(size_);
  std::vector<double> sizes(size_);
  for (std::size_t row = 0; row < size_; ++row) {
    product.assign(size_, 0.0);
    sizes.assign(size_, 0.0);
    for (std::size_t inner = 0; inner < size_; ++inner) {
      const double factor = inverse_[row * size_ + inner];
      if (factor == 0) continue;
      for (const std::size_t column : places[inner]) {
        const double term = factor * matrix_[inner * size_ + column];
        product[column] += term;
        sizes[column] += std::abs(term);
      }
    }
    product[row] -= 1;
    double sum = 0;
    for (std::size_t column = 0; column < size_; ++column) {
      const double missed = sum_error_per_term * static_cast<double>(size_ + 2) * (sizes[column] + 1);
      sum += std::abs(product[column]) + missed;
    }
    if (!(sum <= largest_defect)) return std::numeric_limits<double>::infinity();  // also where it is no number
    largest = std::max(largest, sum);
  }
  return largest;
}

std::optional<double> DenseSystem::bound_of_solution(const std::vector<Interval>& side) const {
  if (!(defect() <= largest_defect)) return std::nullopt;
  double largest = 0;
  for (std::size_t row = 0; row < size_; ++row) {
    double sum = 0;
    for (std::size_t at = 0; at < size_; ++at) {
      sum += std::abs(inverse_[row * size_ + at]) * std::max(std::abs(side[at].lower), std::abs(side[at].upper));
    }
    if (!std::isfinite(sum)) return std::nullopt;
    largest = std::max(largest, sum);
  }
  // 1 / (1 - 1/4) is 4/3; the rest is far more than rounding, and than products below the least double.
  return 2 * largest + 1e-200;
}

}  // namespace pinchpoint::optim
