// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/conditioning.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace pinchpoint::optim {

namespace {

double size_of(const MatrixEntry& entry) { return std::abs(entry.scaled); }

bool is_smaller(const MatrixEntry& left, const MatrixEntry& right) { return size_of(left) < size_of(right); }
bool is_larger(const MatrixEntry& left, const MatrixEntry& right) { return size_of(left) > size_of(right); }

using Before = bool (*)(const MatrixEntry&, const MatrixEntry&);

/// The most extreme entry of each row, if it has any.
std::vector<MatrixEntry> extremes_by_row(const Model& model, const ScaledModel& scaled, Before is_before) {
  std::vector<MatrixEntry> by_row(model.row_lower.size());
  for (std::size_t column = 0; column < model.cost.size(); ++column) {
    const auto end = static_cast<std::size_t>(model.matrix.start[column + 1]);
    for (auto at = static_cast<std::size_t>(model.matrix.start[column]); at < end; ++at) {
      const MatrixEntry entry{RowId(model.matrix.row[at]), ColumnId(static_cast<std::int32_t>(column)),
                              model.matrix.value[at], scaled.model.matrix.value[at]};
      MatrixEntry& kept = by_row[static_cast<std::size_t>(entry.row.index())];
      if (!kept.row.is_valid() || is_before(entry, kept)) kept = entry;
    }
  }
  std::erase_if(by_row, [](const MatrixEntry& entry) { return !entry.row.is_valid(); });
  return by_row;
}

std::vector<MatrixEntry> most_extreme(const Model& model, const ScaledModel& scaled, Before is_before,
                                      std::size_t most) {
  std::vector<MatrixEntry> all = extremes_by_row(model, scaled, is_before);
  std::stable_sort(all.begin(), all.end(), is_before);
  std::vector<MatrixEntry> chosen;
  std::set<std::array<std::int32_t, 4>> known;
  for (const MatrixEntry& entry : all) {
    if (chosen.size() == most) break;
    const Key& row = model.row_key[static_cast<std::size_t>(entry.row.index())];
    const Key& column = model.column_key[static_cast<std::size_t>(entry.column.index())];
    if (known.insert({row.family.index(), row.index[0], column.family.index(), column.index[0]}).second)
      chosen.push_back(entry);
  }
  return chosen;
}

}  // namespace

double Conditioning::spread() const {
  return scaled.matrix.smallest > 0 ? scaled.matrix.largest / scaled.matrix.smallest : 1;
}

bool Conditioning::is_poor() const { return spread() >= poor_spread; }

Conditioning measure_conditioning(const Model& model, const ScaledModel& scaled, std::size_t most) {
  return {coefficient_ranges(model), coefficient_ranges(scaled.model), most_extreme(model, scaled, is_smaller, most),
          most_extreme(model, scaled, is_larger, most)};
}

}  // namespace pinchpoint::optim
