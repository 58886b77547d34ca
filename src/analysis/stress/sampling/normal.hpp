// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace pinchpoint::stress {

/// Probability that a standard normal number is below x.
[[nodiscard]] double normal_probability(double x);
/// Its inverse, to 16 digits; minus and plus infinity at 0 and 1. M. Wichura, Algorithm AS 241, 1988.
[[nodiscard]] double normal_quantile(double probability);

}  // namespace pinchpoint::stress
