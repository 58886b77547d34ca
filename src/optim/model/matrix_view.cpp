// SPDX-License-Identifier: Apache-2.0
#include "optim/model/matrix_view.hpp"

#include <numeric>

namespace pinchpoint::optim {

MatrixView::MatrixView(const Model& model)
    : row_start_(model.row_lower.size() + 1, 0), column_start_(model.matrix.start.begin(), model.matrix.start.end()) {
  const SparseMatrix& matrix = model.matrix;
  by_column_.resize(matrix.value.size());
  by_row_.resize(matrix.value.size());
  for (const std::int32_t row : matrix.row) ++row_start_[static_cast<std::size_t>(row) + 1];
  std::partial_sum(row_start_.begin(), row_start_.end(), row_start_.begin());
  std::vector<std::size_t> next(row_start_.begin(), row_start_.end() - 1);
  for (std::size_t column = 0; column < model.cost.size(); ++column) {
    for (std::size_t at = column_start_[column]; at < column_start_[column + 1]; ++at) {
      by_column_[at] = {matrix.row[at], matrix.value[at]};
      by_row_[next[static_cast<std::size_t>(matrix.row[at])]++] = {static_cast<std::int32_t>(column), matrix.value[at]};
    }
  }
}

MatrixView MatrixView::transposed() const {
  MatrixView view;
  view.row_start_ = column_start_;
  view.column_start_ = row_start_;
  view.by_row_ = by_column_;
  view.by_column_ = by_row_;
  return view;
}

}  // namespace pinchpoint::optim
