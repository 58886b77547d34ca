// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "optim/model/model.hpp"

namespace pinchpoint::optim {

/// lower ≤ Σ factors · columns ≤ upper
struct DenseRow {
  double lower = -infinity;
  std::vector<double> factors;  ///< one a column; zeros become no entry
  double upper = infinity;
};
struct DenseColumn {
  double cost = 0, lower = 0, upper = infinity;
  bool is_integer = false;
};

/// A small model as one would write it down.
inline Model make_dense(const std::string& name, const std::vector<DenseRow>& rows,
                        const std::vector<DenseColumn>& columns) {
  ModelBuilder builder;
  for (const DenseRow& row : rows) builder.add_row({}, row.lower, row.upper);
  for (std::size_t at = 0; at < columns.size(); ++at) {
    const DenseColumn& column = columns[at];
    const ColumnId id = builder.add_column({}, column.cost, column.lower, column.upper, column.is_integer);
    for (std::size_t row = 0; row < rows.size(); ++row)
      builder.add_entry(RowId(static_cast<std::int32_t>(row)), id, rows[row].factors.at(at));
  }
  return builder.build(name, nullptr);
}

}  // namespace pinchpoint::optim
