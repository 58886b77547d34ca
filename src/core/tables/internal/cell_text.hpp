// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace pinchpoint::tables::internal {

/// A finite decimal number (12, -1.5, 1.25e3) and nothing else.
[[nodiscard]] std::optional<double> parse_number(std::string_view text);
/// A whole number that a double holds exactly.
[[nodiscard]] std::optional<double> parse_integer(std::string_view text);
/// yes or no
[[nodiscard]] std::optional<bool> parse_boolean(std::string_view text);
/// Letters, digits and - _ . / + only, and not empty.
[[nodiscard]] bool is_id(std::string_view text);
/// Parts of a list separated by ';', without the spaces around them; an empty text has no parts.
[[nodiscard]] std::vector<std::string_view> split_list(std::string_view text);
/// Without spaces at either end.
[[nodiscard]] std::string_view trimmed(std::string_view text);

}  // namespace pinchpoint::tables::internal
