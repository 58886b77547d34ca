// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace pinchpoint::tables::internal {

/// Bytes before the first that is not well-formed UTF-8 (Unicode 15, table 3-7) or is NUL; npos if there is none.
[[nodiscard]] std::size_t first_bad_utf8(std::string_view text);

}  // namespace pinchpoint::tables::internal
