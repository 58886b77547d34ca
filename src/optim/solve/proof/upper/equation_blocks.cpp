// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/proof/upper/equation_blocks.hpp"

#include <algorithm>
#include <cmath>

namespace pinchpoint::optim {

namespace {

// The work grows with the cube: a block of 316 rows (Netlib stair) takes 0.1 s.
constexpr std::size_t largest_block = 700;
// Columns with less room than this serve only where no others do.
constexpr double ample_room = 1e-7;
constexpr double least_pivot = 1e-7;

class Ordering {
 public:
  Ordering(const MatrixView& matrix, const std::vector<std::uint8_t>& is_equation, const std::vector<double>& room)
      : matrix_(matrix), room_(room), is_open_(is_equation), is_taken_(room.size(), 0) {
    for (std::size_t row = 0; row < is_open_.size(); ++row) {
      if (is_open_[row] != 0) open_.push_back(row);
    }
  }

  std::vector<Block> run() {
    std::erase_if(open_, [this](std::size_t row) { return count_columns(row) == 0; });
    while (take_rows_of_one_column()) continue;
    std::vector<Block> last;
    while (take_columns_of_one_row(last)) continue;
    add_simultaneous();
    std::reverse(last.begin(), last.end());
    blocks_.insert(blocks_.end(), last.begin(), last.end());
    return std::move(blocks_);
  }

 private:
  [[nodiscard]] bool may_take(std::size_t column) const { return room_[column] > 0 && is_taken_[column] == 0; }

  [[nodiscard]] std::size_t count_columns(std::size_t row) const {
    std::size_t count = 0;
    for (const Entry& entry : matrix_.row(row)) count += may_take(static_cast<std::size_t>(entry.index)) ? 1 : 0;
    return count;
  }

  [[nodiscard]] std::size_t count_rows(std::size_t column) const {
    std::size_t count = 0;
    for (const Entry& entry : matrix_.column(column)) count += is_open_[static_cast<std::size_t>(entry.index)];
    return count;
  }

  void take(std::size_t row, std::size_t column, std::vector<Block>& blocks) {
    blocks.push_back({{row}, {column}});
    is_open_[row] = 0;
    is_taken_[column] = 1;
  }

  [[nodiscard]] double worth(const Entry& entry) const {
    const double room = room_[static_cast<std::size_t>(entry.index)];
    return std::abs(entry.value) * (room >= ample_room ? 1 : 1e-4);
  }

  bool take_rows_of_one_column() {
    const auto try_row = [this](std::size_t row) {
      if (count_columns(row) != 1) return false;
      for (const Entry& entry : matrix_.row(row)) {
        const auto column = static_cast<std::size_t>(entry.index);
        if (may_take(column)) {
          take(row, column, blocks_);
          break;
        }
      }
      return true;
    };
    return std::erase_if(open_, try_row) > 0;
  }

  bool take_columns_of_one_row(std::vector<Block>& last) {
    const auto try_row = [&](std::size_t row) {
      const Entry* best = nullptr;
      for (const Entry& entry : matrix_.row(row)) {
        const auto column = static_cast<std::size_t>(entry.index);
        if (!may_take(column) || count_rows(column) != 1) continue;
        if (best == nullptr || worth(entry) > worth(*best)) best = &entry;
      }
      if (best != nullptr) take(row, static_cast<std::size_t>(best->index), last);
      return best != nullptr;
    };
    return std::erase_if(open_, try_row) > 0;
  }

  /// What is left, in one block: pivots of a Gaussian elimination choose its columns.
  void add_simultaneous() {
    if (open_.empty() || open_.size() > largest_block) return;
    std::vector<std::size_t> columns;
    std::vector<std::int32_t> place(room_.size(), -1);
    for (const std::size_t row : open_) {
      for (const Entry& entry : matrix_.row(row)) {
        const auto column = static_cast<std::size_t>(entry.index);
        if (!may_take(column) || place[column] >= 0) continue;
        place[column] = static_cast<std::int32_t>(columns.size());
        columns.push_back(column);
      }
    }
    std::vector<std::vector<double>> dense(open_.size(), std::vector<double>(columns.size(), 0.0));
    for (std::size_t at = 0; at < open_.size(); ++at) {
      for (const Entry& entry : matrix_.row(open_[at])) {
        const std::int32_t where = place[static_cast<std::size_t>(entry.index)];
        if (where >= 0) dense[at][static_cast<std::size_t>(where)] = entry.value;
      }
    }
    Block block;
    for (std::size_t at = 0; at < open_.size(); ++at) {
      const std::size_t pivot = eliminate(dense, at, columns);
      if (pivot == columns.size()) continue;
      block.rows.push_back(open_[at]);
      block.columns.push_back(columns[pivot]);
    }
    if (!block.rows.empty()) blocks_.push_back(std::move(block));
  }

  /// Clears the pivot of a row from the rows below it; the number of columns if the row has none.
  [[nodiscard]] std::size_t eliminate(std::vector<std::vector<double>>& dense, std::size_t row,
                                      const std::vector<std::size_t>& columns) const {
    std::size_t pivot = columns.size();
    double best = 0;
    for (std::size_t at = 0; at < columns.size(); ++at) {
      const double size = std::abs(dense[row][at]);
      const double value = worth({static_cast<std::int32_t>(columns[at]), size});
      if (size > least_pivot && value > best) {
        best = value;
        pivot = at;
      }
    }
    if (pivot == columns.size()) return pivot;
    for (std::size_t below = row + 1; below < dense.size(); ++below) {
      const double factor = dense[below][pivot] / dense[row][pivot];
      if (factor == 0) continue;
      for (std::size_t at = 0; at < columns.size(); ++at) dense[below][at] -= factor * dense[row][at];
      dense[below][pivot] = 0;
    }
    return pivot;
  }

  const MatrixView& matrix_;
  const std::vector<double>& room_;
  std::vector<std::uint8_t> is_open_, is_taken_;
  std::vector<std::size_t> open_;
  std::vector<Block> blocks_;
};

}  // namespace

std::vector<Block> order_equations(const MatrixView& matrix, const std::vector<std::uint8_t>& is_equation,
                                   const std::vector<double>& room) {
  return Ordering(matrix, is_equation, room).run();
}

std::vector<double> room_within_bounds(const Model& model, const std::vector<double>& value) {
  std::vector<double> room(value.size(), 0.0);
  for (std::size_t column = 0; column < value.size(); ++column) {
    if (model.is_integer[column] != 0) continue;
    room[column] = std::max(0.0, std::min(value[column] - model.lower[column], model.upper[column] - value[column]));
  }
  return room;
}

}  // namespace pinchpoint::optim
