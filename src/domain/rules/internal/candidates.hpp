// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "domain/rules/judge.hpp"

namespace pinchpoint::rules::internal {

/// Values of a field that the conditions can tell apart, within what is known of it: for numbers each threshold, one
/// value between two, one below and one above all.
[[nodiscard]] std::vector<Value> candidates_of(const Snapshot& snapshot,
                                               const std::vector<const Condition*>& conditions, int field,
                                               const Facts& facts);

/// Fields along which an outcome changes while the others stay. `found` lists combinations, the first field fastest.
void find_missing(const std::vector<int>& fields, const std::vector<std::vector<Value>>& values,
                  const std::vector<std::array<Outcome, regime_names.size()>>& found, Rulings& rulings);

}  // namespace pinchpoint::rules::internal
