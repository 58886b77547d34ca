// SPDX-License-Identifier: Apache-2.0
#include "optim/model/model.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <tuple>
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

void ModelBuilder::reserve(std::size_t rows, std::size_t columns, std::size_t entries) {
  for (auto* numbers : {&model_.row_lower, &model_.row_upper}) numbers->reserve(rows);
  for (auto* numbers : {&model_.cost, &model_.lower, &model_.upper}) numbers->reserve(columns);
  model_.is_integer.reserve(columns);
  model_.row_key.reserve(rows);
  model_.column_key.reserve(columns);
  model_.matrix.start.reserve(columns + 1);
  model_.matrix.row.reserve(entries);
  model_.matrix.value.reserve(entries);
}

std::vector<std::span<const std::byte>> ModelBuilder::room(std::size_t rows, std::size_t columns,
                                                           std::size_t entries) const {
  const auto first = [](const auto& numbers, std::size_t count) {
    return std::as_bytes(std::span(numbers.data(), std::min(count, numbers.capacity())));
  };
  return {first(model_.row_lower, rows),     first(model_.row_upper, rows),      first(model_.row_key, rows),
          first(model_.cost, columns),       first(model_.lower, columns),       first(model_.upper, columns),
          first(model_.is_integer, columns), first(model_.column_key, columns),  first(model_.matrix.start, columns),
          first(model_.matrix.row, entries), first(model_.matrix.value, entries)};
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
  end_last_column();
  model_.matrix.start.push_back(model_.matrix.start.back());
  return ColumnId(model_.column_count() - 1);
}

void ModelBuilder::add_to_earlier(RowId row, ColumnId column, double value) {
  // A column stays open while that little comes behind it that moving it costs less than sorting later.
  constexpr std::int32_t most_columns = 8;
  constexpr std::int32_t most_entries = 32;
  SparseMatrix& matrix = model_.matrix;
  const auto next = static_cast<std::size_t>(column.index()) + 1;
  const std::int32_t end = matrix.start[next];
  const auto behind = static_cast<std::int32_t>(matrix.value.size()) - end;
  if (model_.column_count() - column.index() > most_columns || behind > most_entries)
    return late_.add({row.index(), column.index(), value});
  matrix.row.insert(matrix.row.begin() + end, row.index());
  matrix.value.insert(matrix.value.begin() + end, value);
  for (std::size_t at = next; at < model_.cost.size(); ++at) ++matrix.start[at];
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

/// One column's entries, in the order in which they came.
struct ColumnPart {
  std::int32_t* row;
  double* value;
  std::size_t count;
};

/// By row; entries of one row stay in order. Columns are short, and nearly always in order already.
void sort_by_row(const ColumnPart& part) {
  for (std::size_t at = 1; at < part.count; ++at) {
    const std::int32_t row = part.row[at];
    const double value = part.value[at];
    std::size_t to = at;
    for (; to > 0 && part.row[to - 1] > row; --to) {
      part.row[to] = part.row[to - 1];
      part.value[to] = part.value[to - 1];
    }
    part.row[to] = row;
    part.value[to] = value;
  }
}

/// As sort_by_row, for columns that have many entries.
void sort_long_by_row(const ColumnPart& part) {
  std::vector<std::pair<std::int32_t, double>> entries(part.count);
  for (std::size_t at = 0; at < part.count; ++at) entries[at] = {part.row[at], part.value[at]};
  std::stable_sort(entries.begin(), entries.end(),
                   [](const auto& left, const auto& right) { return left.first < right.first; });
  for (std::size_t at = 0; at < part.count; ++at) std::tie(part.row[at], part.value[at]) = entries[at];
}

/// Adds up entries of one row and drops what cancels; returns how many are left.
std::size_t add_up(const ColumnPart& part) {
  std::size_t kept = 0;
  for (std::size_t at = 0; at < part.count;) {
    const std::int32_t row = part.row[at];
    double sum = 0;
    for (; at < part.count && part.row[at] == row; ++at) sum += part.value[at];
    if (sum == 0) continue;
    part.row[kept] = row;
    part.value[kept++] = sum;
  }
  return kept;
}

bool is_ascending(const ColumnPart& part) {
  for (std::size_t at = 1; at < part.count; ++at) {
    if (part.row[at - 1] >= part.row[at]) return false;
  }
  return true;
}

/// Sorts a column and adds up what stands at one place; returns how many entries are left.
std::size_t put_in_order(const ColumnPart& part) {
  constexpr std::size_t long_column = 64;
  if (is_ascending(part)) return part.count;
  part.count < long_column ? sort_by_row(part) : sort_long_by_row(part);
  return add_up(part);
}

/// Puts each column in order and closes the gaps that this leaves. The last start is the end of the entries.
void put_in_order(SparseMatrix& matrix) {
  std::size_t kept = 0;
  std::int32_t begin = matrix.start.front();
  for (std::size_t column = 0; column + 1 < matrix.start.size(); ++column) {
    const auto first = static_cast<std::size_t>(begin);
    const auto count = static_cast<std::size_t>(matrix.start[column + 1] - begin);
    begin = matrix.start[column + 1];
    const std::size_t left = put_in_order({matrix.row.data() + first, matrix.value.data() + first, count});
    if (kept != first) {
      std::copy_n(matrix.row.data() + first, left, matrix.row.data() + kept);
      std::copy_n(matrix.value.data() + first, left, matrix.value.data() + kept);
    }
    kept += left;
    matrix.start[column + 1] = static_cast<std::int32_t>(kept);
  }
  matrix.row.resize(kept);
  matrix.value.resize(kept);
}

}  // namespace

/// Behind the entries that their columns have, from the last column on, so that nothing is in the way.
void ModelBuilder::place_late_entries() {
  if (late_.count() == 0) return;
  SparseMatrix& matrix = model_.matrix;
  const LateEntries::ByColumn late = std::exchange(late_, LateEntries{}).by_column(model_.cost.size());
  std::size_t end = matrix.value.size() + late.value.size();
  matrix.row.resize(end);
  matrix.value.resize(end);
  for (std::size_t column = model_.cost.size(); column-- > 0;) {
    const auto begin = static_cast<std::ptrdiff_t>(matrix.start[column]);
    const auto stop = static_cast<std::ptrdiff_t>(matrix.start[column + 1]);
    const auto first = static_cast<std::ptrdiff_t>(late.start[column]);
    const auto last = static_cast<std::ptrdiff_t>(late.start[column + 1]);
    matrix.start[column + 1] = static_cast<std::int32_t>(end);
    const auto move = [&](auto& to, const auto& from) {
      const auto to_end = to.begin() + static_cast<std::ptrdiff_t>(end);
      const auto middle = std::copy_backward(from.begin() + first, from.begin() + last, to_end);
      std::copy_backward(to.begin() + begin, to.begin() + stop, middle);
    };
    move(matrix.row, late.row);
    move(matrix.value, late.value);
    end -= static_cast<std::size_t>(last - first + stop - begin);
  }
}

Model ModelBuilder::build(std::string name, std::shared_ptr<const Names> names) {
  end_last_column();
  place_late_entries();
  put_in_order(model_.matrix);
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
