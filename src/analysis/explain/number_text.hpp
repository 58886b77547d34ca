// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace pinchpoint::explain {

/// Four digits for people: "0.01234", "12.34", "12,340", "1.234 M", "1.234 bn", "1.234 trn".
[[nodiscard]] std::string number_text(double number);
/// "USD 1.234 bn"
[[nodiscard]] std::string money_text(double money, std::string_view currency);
/// "82.1 %"; never rounds to 100 % what is less.
[[nodiscard]] std::string share_text(double share);
/// As few digits as read back to the same number; "0" for -0, empty for what is no number.
[[nodiscard]] std::string exact_text(double number);

}  // namespace pinchpoint::explain
