// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "domain/rules/verdict.hpp"

namespace pinchpoint::rules::internal {

/// How far before or after its days a rule is still worth a word.
inline constexpr int nearly_days = 400;

/// How each rule of a regime stands to the facts; rules without any bearing are left out.
[[nodiscard]] std::vector<Finding> find_bearings(const Snapshot& snapshot, const Facts& facts, Regime regime);

/// "die area … (mm2): the class turns at 532.43…, 985 and 1970"
[[nodiscard]] std::vector<std::string> missing_in_words(const Snapshot& snapshot, const Facts& facts,
                                                        const std::vector<int>& fields);

}  // namespace pinchpoint::rules::internal
