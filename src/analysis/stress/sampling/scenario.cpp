// SPDX-License-Identifier: Apache-2.0
#include "analysis/stress/sampling/scenario.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/ensure.hpp"

namespace pinchpoint::stress {

namespace {

/// How much faster than evenly an exponential recovery begins: share left at its end if it went on, e^-3 = 5 %.
constexpr double steepness = 3;

/// Share of the depth that is lost at s in [0, 1] of the recovery.
double left_at(RecoveryShape shape, double s) {
  switch (shape) {
    case RecoveryShape::step:
      return 0;
    case RecoveryShape::linear:
      return 1 - s;
    case RecoveryShape::exponential:
      break;
  }
  const double end = std::exp(-steepness);
  return (std::exp(-steepness * s) - end) / (1 - end);
}

/// Integral of left_at from 0 to s.
double left_until(RecoveryShape shape, double s) {
  switch (shape) {
    case RecoveryShape::step:
      return 0;
    case RecoveryShape::linear:
      return s - s * s / 2;
    case RecoveryShape::exponential:
      break;
  }
  const double end = std::exp(-steepness);
  return ((1 - std::exp(-steepness * s)) / steepness - end * s) / (1 - end);
}

/// Integral of lost_share from the start of the hit to `months` after it, over depth; in months.
double lost_until(const Hit& hit, double months) {
  if (months <= 0) return 0;
  if (months <= hit.duration_months) return months;
  if (hit.recovery_months <= 0) return hit.duration_months;
  const double s = std::min(1.0, (months - hit.duration_months) / hit.recovery_months);
  return hit.duration_months + hit.recovery_months * left_until(hit.recovery, s);
}

}  // namespace

double lost_share(const Hit& hit, double months) {
  const double since = months - hit.begin_months;
  if (since < 0) return 0;
  if (since < hit.duration_months) return hit.depth;
  const double recovering = since - hit.duration_months;
  if (hit.recovery_months <= 0 || recovering >= hit.recovery_months) return 0;
  return hit.depth * left_at(hit.recovery, recovering / hit.recovery_months);
}

double average_lost_share(const Hit& hit, double begin_months, double end_months) {
  ensure(begin_months < end_months, "an average over no time");
  const double from = lost_until(hit, begin_months - hit.begin_months);
  const double until = lost_until(hit, end_months - hit.begin_months);
  return hit.depth * (until - from) / (end_months - begin_months);
}

double end_months(const Hit& hit) { return hit.begin_months + hit.duration_months + hit.recovery_months; }

}  // namespace pinchpoint::stress
