// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "optim/model/model.hpp"

namespace pinchpoint::optim {

struct Entry {
  std::int32_t index;  ///< column in a row, row in a column
  double value;
};

/// The matrix of a model by rows and by columns. Keeps a reference to nothing.
class MatrixView {
 public:
  explicit MatrixView(const Model& model);
  /// Rows for columns.
  [[nodiscard]] MatrixView transposed() const;
  [[nodiscard]] std::span<const Entry> row(std::size_t row) const { return slice(by_row_, row_start_, row); }
  [[nodiscard]] std::span<const Entry> column(std::size_t column) const {
    return slice(by_column_, column_start_, column);
  }

 private:
  MatrixView() = default;
  static std::span<const Entry> slice(const std::vector<Entry>& entries, const std::vector<std::size_t>& start,
                                      std::size_t at) {
    return std::span(entries).subspan(start[at], start[at + 1] - start[at]);
  }
  std::vector<std::size_t> row_start_, column_start_;
  std::vector<Entry> by_row_, by_column_;
};

}  // namespace pinchpoint::optim
