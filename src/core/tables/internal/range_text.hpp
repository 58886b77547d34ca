// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/tables/schema.hpp"

namespace pinchpoint::tables::internal {

[[nodiscard]] bool is_within(const Range& range, double number);
/// "a number from 0 to 1", "a number above 0"
[[nodiscard]] std::string render_range(const Range& range);

}  // namespace pinchpoint::tables::internal
