// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace pinchpoint {

/// Bytes before the first that is not well-formed UTF-8 (Unicode 15, table 3-7) or is NUL; npos if there is none.
[[nodiscard]] std::size_t first_bad_utf8(std::string_view text);

/// The text with U+FFFD for every byte that is not UTF-8 and every control character but tab and line feed, so that
/// what a user's file holds cannot upset a terminal.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace pinchpoint
