// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "optim/model/matrix_view.hpp"

namespace pinchpoint::optim {

/// What a row may ask of a column: more activity, less, or (equality rows) exactly so much.
enum class Need : std::uint8_t { more, less, equal };
inline constexpr std::size_t need_count = 3;

/// For every need of every tight row the column that meets it, such that meeting it creates only needs of lower
/// rank. Found breadth first from columns that hurt no tight row; needs that cannot be met have rank -1.
class RepairPlan {
 public:
  /// `activity` by row; rows and columns within `ample` (scaled) of a limit count as tight.
  RepairPlan(const Model& model, const MatrixView& matrix, const std::vector<double>& value,
             const std::vector<double>& activity, double ample);

  [[nodiscard]] std::int32_t rank(std::size_t row, Need need) const { return rank_[node(row, need)]; }
  [[nodiscard]] std::int32_t column(std::size_t row, Need need) const { return column_[node(row, need)]; }

 private:
  static std::size_t node(std::size_t row, Need need) { return row * need_count + static_cast<std::size_t>(need); }
  static std::size_t move(std::size_t column, int direction) { return column * 2 + (direction > 0 ? 1 : 0); }
  void find_tight_rows(const std::vector<double>& activity, double ample);
  void find_room(const std::vector<double>& value, double ample);
  void count_hurt_needs();
  void offer(std::size_t column, int direction, std::int32_t rank);
  void offer_exact(std::size_t column, std::int32_t rank);
  void settle(std::size_t node, std::size_t column, std::int32_t rank);
  void release_moves(std::size_t node);
  void release(std::size_t column, int direction, std::int32_t rank);
  /// The need a move of this sign creates in a row, as node, or -1.
  [[nodiscard]] std::int64_t hurt_node(const Entry& entry, int direction) const;

  const Model& model_;
  const MatrixView& matrix_;
  std::vector<std::uint8_t> is_tight_;      ///< by node
  std::vector<std::uint8_t> has_room_;      ///< by move
  std::vector<std::uint8_t> is_dependent_;  ///< by column: solves an equality row
  std::vector<std::int32_t> hurts_;         ///< by move: needs not yet ranked that it creates
  std::vector<std::int32_t> rank_, column_;
  std::vector<std::size_t> queue_;
};

}  // namespace pinchpoint::optim
