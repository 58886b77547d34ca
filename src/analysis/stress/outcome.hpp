// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/timeline/timeline.hpp"
#include "optim/ensemble/ensemble.hpp"

namespace pinchpoint::stress {

/// Months after the first shock at which an adaptation curve is read.
inline constexpr std::array<double, 5> curve_months = {1, 3, 6, 12, 24};

/// What one scenario costs and takes, beside the plan without it. Money: present value from the shock's period on.
struct Outcome {
  std::int32_t start = -1;                ///< period of the first shock; -1: nothing happens
  double lower = 0, upper = 0;            ///< proved bounds of the cost from there on
  double loss_lower = 0, loss_upper = 0;  ///< the same less the plan's own: what the scenario costs
  optim::Reached reached = optim::Reached::base_plan;
  std::int64_t iterations = 0;
  bool is_certified = true;  ///< gap within the tolerance
  bool is_pooled = false;
  std::string message;

  // Of the plan behind `upper`, less the plan without shocks.
  std::vector<double> programmes;  ///< by programme: demand lost over the horizon, in its unit
  std::vector<double> layers;      ///< by layer: output lost, money at the world's prices; negative: gained
  std::vector<double> countries;   ///< by region (countries only): the same
  /// Value of demand lost within so many months of the first shock, undiscounted; within a period in proportion to
  /// time.
  std::array<double, curve_months.size()> curve{};
  double peak_share = 0;            ///< largest share of a period's demand lost, weighted by value
  double weeks_to_first_loss = -1;  ///< from the first shock to the period in which demand is first lost; -1: none is
  double weeks_to_recover = -1;     ///< from the first shock to the end of the last period with a loss; -1: none is
  bool is_lasting = false;          ///< that period is the horizon's last
  double relief = 0;                ///< money paid for rules that had to give way

  [[nodiscard]] double gap() const;
};

inline double Outcome::gap() const {
  optim::ScenarioBounds bounds;
  bounds.lower = lower;
  bounds.upper = upper;
  return bounds.gap();
}

}  // namespace pinchpoint::stress
