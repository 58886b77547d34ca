// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace pinchpoint::optim::resident {

using Index = std::int32_t;

/// A dense array with the list of its places that may hold something else than zero.
struct SparseVector {
  std::vector<double> value;
  std::vector<Index> index;
  std::vector<std::uint8_t> is_listed;

  SparseVector() = default;
  explicit SparseVector(Index size) { resize(size); }
  void resize(Index size) {
    index.clear();
    value.assign(static_cast<std::size_t>(size), 0.0);
    is_listed.assign(static_cast<std::size_t>(size), 0);
  }
  void add(Index at, double amount) {
    if (!is_listed[at]) {
      is_listed[at] = 1;
      index.push_back(at);
    }
    value[at] += amount;
  }
  void clear() {
    for (const Index at : index) {
      value[at] = 0;
      is_listed[at] = 0;
    }
    index.clear();
  }
};

/// As a SparseVector, but every place that is not zero is listed, once: a lookup less an addition.
struct PriceRow {
  std::vector<double> value;
  std::vector<Index> index;

  explicit PriceRow(Index size) : value(static_cast<std::size_t>(size), 0.0) {}
  void add(Index at, double amount) {
    constexpr double cancelled = 1e-100;  // listed already, and to stay so
    const double before = value[at];
    const double sum = before + amount;
    if (before == 0) index.push_back(at);
    value[at] = sum == 0 ? cancelled : sum;
  }
  void clear() {
    for (const Index at : index) value[at] = 0;
    index.clear();
  }
};

}  // namespace pinchpoint::optim::resident
