// SPDX-License-Identifier: Apache-2.0
#include "optim/model/model.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace pinchpoint::optim {

int Names::add_space(std::string name, std::vector<std::string> labels) {
  spaces_.push_back({std::move(name), std::move(labels)});
  return static_cast<int>(spaces_.size()) - 1;
}

FamilyId Names::add_family(std::string name, std::vector<int> spaces) {
  ensure(spaces.size() <= max_indices, "a family has too many indices");
  return families_.push_back({std::move(name), std::move(spaces)});
}

std::string Names::render(const Key& key) const {
  const Family& family = families_[key.family];
  std::string text = family.name;
  char separator = '[';
  for (std::size_t at = 0; at < family.spaces.size(); ++at) {
    if (key.index[at] < 0) continue;
    text += separator;
    text += space(family.spaces[at]).labels.at(static_cast<std::size_t>(key.index[at]));
    separator = ',';
  }
  if (separator == ',') text += ']';
  return text;
}

bool Model::has_integers() const {
  return std::any_of(is_integer.begin(), is_integer.end(), [](std::uint8_t flag) { return flag != 0; });
}

std::string Model::row_name(RowId row) const {
  if (!names) return std::string("r").append(std::to_string(row.index()));
  return names->render(row_key.at(static_cast<std::size_t>(row.index())));
}

std::string Model::column_name(ColumnId column) const {
  if (!names) return std::string("c").append(std::to_string(column.index()));
  return names->render(column_key.at(static_cast<std::size_t>(column.index())));
}

RowId ModelBuilder::add_row(Key key, double lower, double upper) {
  model_.row_key.push_back(key);
  model_.row_lower.push_back(lower);
  model_.row_upper.push_back(upper);
  return RowId(model_.row_count() - 1);
}

ColumnId ModelBuilder::add_column(Key key, double cost, double lower, double upper, bool is_integer) {
  model_.column_key.push_back(key);
  model_.cost.push_back(cost);
  model_.lower.push_back(lower);
  model_.upper.push_back(upper);
  model_.is_integer.push_back(is_integer ? 1 : 0);
  return ColumnId(model_.column_count() - 1);
}

void ModelBuilder::add_entry(RowId row, ColumnId column, double value) {
  if (value != 0) entries_.push_back({row.index(), column.index(), value});
}

void ModelBuilder::shift_row(RowId row, double value) {
  const auto at = static_cast<std::size_t>(row.index());
  model_.row_lower[at] += value;
  model_.row_upper[at] += value;
}

void ModelBuilder::set_column_bounds(ColumnId column, double lower, double upper) {
  const auto at = static_cast<std::size_t>(column.index());
  model_.lower[at] = lower;
  model_.upper[at] = upper;
}

namespace {

/// Stable positions of `count` buckets, so that entries can be placed by bucket in one pass.
template <class Entries, class Bucket>
std::vector<std::int32_t> bucket_starts(const Entries& entries, std::int32_t count, Bucket bucket) {
  std::vector<std::int32_t> start(static_cast<std::size_t>(count) + 1, 0);
  for (const auto& entry : entries) ++start[static_cast<std::size_t>(bucket(entry)) + 1];
  std::partial_sum(start.begin(), start.end(), start.begin());
  return start;
}

template <class Entries, class Bucket>
Entries sorted_by(const Entries& entries, std::int32_t count, Bucket bucket) {
  std::vector<std::int32_t> next = bucket_starts(entries, count, bucket);
  Entries sorted(entries.size());
  for (const auto& entry : entries)
    sorted[static_cast<std::size_t>(next[static_cast<std::size_t>(bucket(entry))]++)] = entry;
  return sorted;
}

/// Adds up entries at the same place and drops what cancels; `entries` are sorted by column, then row.
template <class Entries>
SparseMatrix compressed(const Entries& entries, std::int32_t column_count) {
  SparseMatrix matrix;
  matrix.start.assign(1, 0);
  matrix.start.reserve(static_cast<std::size_t>(column_count) + 1);
  matrix.row.reserve(entries.size());
  matrix.value.reserve(entries.size());
  std::size_t at = 0;
  for (std::int32_t column = 0; column < column_count; ++column) {
    while (at < entries.size() && entries[at].column == column) {
      double sum = 0;
      const std::int32_t row = entries[at].row;
      for (; at < entries.size() && entries[at].column == column && entries[at].row == row; ++at)
        sum += entries[at].value;
      if (sum == 0) continue;
      matrix.row.push_back(row);
      matrix.value.push_back(sum);
    }
    matrix.start.push_back(static_cast<std::int32_t>(matrix.value.size()));
  }
  return matrix;
}

}  // namespace

Model ModelBuilder::build(std::string name, std::shared_ptr<const Names> names) {
  const auto by_row = sorted_by(entries_, model_.row_count(), [](const Entry& entry) { return entry.row; });
  entries_ = {};
  const auto by_column = sorted_by(by_row, model_.column_count(), [](const Entry& entry) { return entry.column; });
  model_.matrix = compressed(by_column, model_.column_count());
  model_.name = std::move(name);
  model_.names = std::move(names);
  return std::exchange(model_, Model{});
}

namespace {

void widen(CoefficientRanges::Range& range, double number) {
  const double size = std::abs(number);
  if (size == 0 || !std::isfinite(size)) return;
  range.smallest = range.smallest == 0 ? size : std::min(range.smallest, size);
  range.largest = std::max(range.largest, size);
}

CoefficientRanges::Range range_of(std::initializer_list<const std::vector<double>*> vectors) {
  CoefficientRanges::Range range;
  for (const auto* vector : vectors) {
    for (const double number : *vector) widen(range, number);
  }
  return range;
}

}  // namespace

CoefficientRanges coefficient_ranges(const Model& model) {
  return {range_of({&model.matrix.value}), range_of({&model.cost}), range_of({&model.lower, &model.upper}),
          range_of({&model.row_lower, &model.row_upper})};
}

}  // namespace pinchpoint::optim
