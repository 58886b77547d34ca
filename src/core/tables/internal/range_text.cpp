// SPDX-License-Identifier: Apache-2.0
#include "core/tables/internal/range_text.hpp"

#include <fmt/format.h>

namespace pinchpoint::tables::internal {

bool is_within(const Range& range, double number) {
  return !(range.minimum && number < *range.minimum) && !(range.maximum && number > *range.maximum) &&
         !(range.minimum_exclusive && number <= *range.minimum_exclusive);
}

std::string render_range(const Range& range) {
  std::string text = "a number";
  if (range.minimum_exclusive) text += fmt::format(" above {}", *range.minimum_exclusive);
  if (range.minimum && range.maximum) return text + fmt::format(" from {} to {}", *range.minimum, *range.maximum);
  if (range.minimum) text += fmt::format(" of at least {}", *range.minimum);
  if (range.maximum) text += fmt::format("{} at most {}", range.minimum_exclusive ? " and" : " of", *range.maximum);
  return text;
}

}  // namespace pinchpoint::tables::internal
