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

void ModelBuilder::reserve(std::size_t rows, std::size_t columns) {
  for (auto* numbers : {&model_.row_lower, &model_.row_upper}) numbers->reserve(rows);
  for (auto* numbers : {&model_.cost, &model_.lower, &model_.upper}) numbers->reserve(columns);
  model_.is_integer.reserve(columns);
  model_.row_key.reserve(rows);
  model_.column_key.reserve(columns);
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
  if (value == 0) return;
  const auto number = static_cast<std::size_t>(column.index() >> strip_bits);
  if (number >= strips_.size()) strips_.resize(number + 1);
  Strip& strip = strips_[number];
  const std::size_t at = strip.count % block_size;
  if (at == 0) strip.blocks.push_back(std::make_unique_for_overwrite<Entry[]>(block_size));
  strip.blocks.back()[at] = {row.index(), column.index(), value};
  ++strip.count;
  ++entry_count_;
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

/// Sorts a column, adds up what stands at one place, and puts what is left at the end of the matrix.
void append(const ColumnPart& part, SparseMatrix& matrix) {
  constexpr std::size_t long_column = 64;
  part.count < long_column ? sort_by_row(part) : sort_long_by_row(part);
  const std::size_t kept = add_up(part);
  matrix.row.insert(matrix.row.end(), part.row, part.row + kept);
  matrix.value.insert(matrix.value.end(), part.value, part.value + kept);
  matrix.start.push_back(static_cast<std::int32_t>(matrix.value.size()));
}

}  // namespace

/// Counting sort of a strip's entries by column; the columns are then put at the end of the matrix.
void ModelBuilder::move_strip(std::size_t number, SparseMatrix& matrix) {
  const Strip strip = number < strips_.size() ? std::exchange(strips_[number], Strip{}) : Strip{};
  const auto first = static_cast<std::int32_t>(number) * strip_columns;
  const auto count = static_cast<std::size_t>(std::min(strip_columns, model_.column_count() - first));
  std::vector<std::size_t> next(count + 1, 0);
  const auto for_each_entry = [&](auto visit) {
    std::size_t left = strip.count;
    for (const auto& block : strip.blocks) {
      for (const Entry& entry : std::span(block.get(), std::min(left, block_size)))
        visit(entry, static_cast<std::size_t>(entry.column - first));
      left -= std::min(left, block_size);
    }
  };
  for_each_entry([&](const Entry&, std::size_t column) { ++next[column + 1]; });
  std::partial_sum(next.begin(), next.end(), next.begin());
  std::vector<std::int32_t> row(strip.count);
  std::vector<double> value(strip.count);
  for_each_entry([&](const Entry& entry, std::size_t column) {
    row[next[column]] = entry.row;
    value[next[column]++] = entry.value;
  });
  std::size_t begin = 0;
  for (std::size_t column = 0; column < count; ++column) {
    append({row.data() + begin, value.data() + begin, next[column] - begin}, matrix);
    begin = next[column];
  }
}

Model ModelBuilder::build(std::string name, std::shared_ptr<const Names> names) {
  SparseMatrix& matrix = model_.matrix;
  matrix.start.assign(1, 0);
  matrix.start.reserve(static_cast<std::size_t>(model_.column_count()) + 1);
  matrix.row.reserve(entry_count_);
  matrix.value.reserve(entry_count_);
  const auto strips = static_cast<std::size_t>((model_.column_count() + strip_columns - 1) / strip_columns);
  for (std::size_t number = 0; number < strips; ++number) move_strip(number, matrix);
  strips_.clear();
  entry_count_ = 0;
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
