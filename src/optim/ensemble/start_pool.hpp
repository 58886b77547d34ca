// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "optim/ensemble/touched.hpp"
#include "optim/resident/resident_simplex.hpp"

namespace pinchpoint::optim {

/// Where solves ended, and what was changed there: a scenario starts from the one that is most like it.
class StartPool {
 public:
  /// The model's own start, with no change, is the first member. Ends beyond `bytes` in all are not kept.
  StartPool(const Touched& touched, std::size_t capacity, std::size_t bytes);

  [[nodiscard]] std::size_t capacity() const { return capacity_; }
  /// Nothing where there is no room. Without an end, scenarios like this one start from the model's own start.
  void add(const std::vector<Change>& changes, ResidentSimplex::End end);
  [[nodiscard]] std::size_t size() const { return end_.size(); }
  /// The member of least distance: Σ over places of |difference of the bounds| / size of the model's own, at most 1
  /// each, and the member's handicap. The model's own start is no end.
  ///
  /// requires  a handicap a member, or of the first few, the model's own start among them: others are not looked at
  [[nodiscard]] const ResidentSimplex::End& nearest(const std::vector<Change>& changes,
                                                    std::span<const double> handicap) const;

 private:
  [[nodiscard]] std::size_t cell(std::size_t place) const { return place * capacity_; }
  [[nodiscard]] float distance(std::size_t place, float lower, float upper, std::size_t member) const;

  const Touched* touched_;
  std::size_t capacity_, bytes_left_;
  // Rough numbers do for a distance, and twice as many come from memory at once.
  std::vector<float> inverse_size_;        ///< by place
  std::vector<float> lower_, upper_;       ///< by place, then member; infinities as a number too large to meet
  std::vector<float> from_base_;           ///< by place, then member: distance from the model itself
  std::vector<double> total_from_base_;    ///< by member
  std::vector<ResidentSimplex::End> end_;  ///< by member
};

}  // namespace pinchpoint::optim
