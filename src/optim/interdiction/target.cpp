// SPDX-License-Identifier: Apache-2.0
#include "optim/interdiction/target.hpp"

#include <algorithm>
#include <cmath>

namespace pinchpoint::optim {

namespace {

constexpr double keeps_tolerance = 1e-9;

/// Sorts by index, joins entries of one index by the tighter bound, and tightens by the model's own.
void tighten(std::vector<BoundChange>& changes, std::span<const double> lower, std::span<const double> upper) {
  std::sort(changes.begin(), changes.end());
  std::size_t kept = 0;
  for (const BoundChange& change : changes) {
    const bool is_new = kept == 0 || changes[kept - 1].index != change.index;
    const auto at = static_cast<std::size_t>(change.index);
    const double low = is_new ? lower[at] : changes[kept - 1].lower;
    const double high = is_new ? upper[at] : changes[kept - 1].upper;
    if (is_new) ++kept;
    changes[kept - 1] = {change.index, std::max(low, change.lower), std::min(high, change.upper)};
  }
  changes.resize(kept);
}

bool keeps(const std::vector<BoundChange>& changes, std::span<const double> value) {
  return std::all_of(changes.begin(), changes.end(), [&](const BoundChange& change) {
    const double at = value[static_cast<std::size_t>(change.index)];
    return at <= change.upper + keeps_tolerance * std::max(1.0, std::abs(change.upper)) &&
           at >= change.lower - keeps_tolerance * std::max(1.0, std::abs(change.lower));
  });
}

double amount_outside(const std::vector<BoundChange>& changes, std::span<const double> value) {
  double sum = 0;
  for (const BoundChange& change : changes) {
    const double at = value[static_cast<std::size_t>(change.index)];
    sum += std::max({0.0, at - change.upper, change.lower - at});
  }
  return sum;
}

bool crosses(const std::vector<BoundChange>& changes) {
  return std::any_of(changes.begin(), changes.end(),
                     [](const BoundChange& change) { return change.lower > change.upper; });
}

}  // namespace

Patch combine_patches(const Model& model, std::span<const Target> targets, std::span<const std::int32_t> chosen) {
  Patch combined;
  for (const std::int32_t target : chosen) {
    const Patch& patch = targets[static_cast<std::size_t>(target)].patch;
    combined.columns.insert(combined.columns.end(), patch.columns.begin(), patch.columns.end());
    combined.rows.insert(combined.rows.end(), patch.rows.begin(), patch.rows.end());
  }
  tighten(combined.columns, model.lower, model.upper);
  tighten(combined.rows, model.row_lower, model.row_upper);
  return combined;
}

std::vector<std::int32_t> with(std::vector<std::int32_t> set, std::int32_t target) {
  set.insert(std::upper_bound(set.begin(), set.end(), target), target);
  return set;
}

bool is_crossed(const Patch& patch) { return crosses(patch.columns) || crosses(patch.rows); }

std::vector<std::uint8_t> used_targets(std::span<const Target> targets, std::span<const double> value,
                                       std::span<const double> activity) {
  std::vector<std::uint8_t> used;
  used.reserve(targets.size());
  for (const Target& target : targets) {
    used.push_back(keeps(target.patch.columns, value) && keeps(target.patch.rows, activity) ? 0 : 1);
  }
  return used;
}

std::vector<double> amounts_used(std::span<const Target> targets, std::span<const double> value,
                                 std::span<const double> activity) {
  std::vector<double> amounts;
  amounts.reserve(targets.size());
  for (const Target& target : targets) {
    amounts.push_back(amount_outside(target.patch.columns, value) + amount_outside(target.patch.rows, activity));
  }
  return amounts;
}

}  // namespace pinchpoint::optim
