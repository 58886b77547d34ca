// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace pinchpoint::optim {

/// Sums of columns that a caller wants of every scenario: form k is Σ weight · column over start[k] … start[k+1]-1.
struct LinearForms {
  std::vector<std::size_t> start{0};
  std::vector<std::int32_t> column;
  std::vector<double> weight;

  [[nodiscard]] std::size_t size() const { return start.size() - 1; }
  void add_term(std::int32_t at, double factor) {
    column.push_back(at);
    weight.push_back(factor);
  }
  /// Ends the form to which terms were added since the last call.
  void close() { start.push_back(column.size()); }
  [[nodiscard]] std::vector<double> of(const std::vector<double>& value) const {
    std::vector<double> sums(size(), 0);
    for (std::size_t form = 0; form < sums.size(); ++form) {
      for (std::size_t at = start[form]; at < start[form + 1]; ++at)
        sums[form] += weight[at] * value[static_cast<std::size_t>(column[at])];
    }
    return sums;
  }
};

}  // namespace pinchpoint::optim
