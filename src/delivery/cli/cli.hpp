// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "delivery/cli/exit_code.hpp"
#include "delivery/cli/interrupt.hpp"

namespace pinchpoint::cli {

/// The whole program: understands the words, does what they ask, prints, and says how it ended.
[[nodiscard]] Exit run(const std::vector<std::string>& words, Interrupt& interrupt);

}  // namespace pinchpoint::cli
