// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace pinchpoint {

/// SHA-256 of the bytes, as 64 lower-case hex digits.
/// source    FIPS 180-4
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace pinchpoint
