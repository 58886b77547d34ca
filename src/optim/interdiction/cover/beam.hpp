// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "optim/interdiction/cover/plan_grower.hpp"

namespace pinchpoint::optim {

/// Which sets to answer first, so that a bad one is known before the proof begins: all targets alone; then pairs of
/// which one stands in for the other, which duals do not see while either is left; then the worst sets and one target
/// more, one that the plan's duals rate high or that the plan has begun to use. Nothing is proved by it.
class Beam {
 public:
  explicit Beam(const Follower& follower);

  void note(const Reply& reply);
  /// Larger sets within the limit that were not answered yet; empty at the end.
  [[nodiscard]] std::vector<std::vector<std::int32_t>> next_sets();

 private:
  /// What an answered set suggests to add.
  struct Lead {
    double value = 0;
    std::vector<std::int32_t> chosen, more;
  };
  /// The losses after which a target is used most.
  struct Rise {
    double amount = 0;
    std::int32_t after = -1;
  };
  void note_rises(const Reply& reply);
  [[nodiscard]] std::vector<std::int32_t> suggestions(const Reply& reply) const;
  void add_stand_ins(std::vector<std::vector<std::int32_t>>& sets) const;

  const Follower& follower_;
  std::vector<double> use_;                   ///< of the base, by target
  std::vector<std::array<Rise, 2>> rises_{};  ///< by target, largest first
  std::vector<Lead> leads_;                   ///< of the sets answered since the last call
  std::size_t size_ = 1;                      ///< of these sets
};

}  // namespace pinchpoint::optim
