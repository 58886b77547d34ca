// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "core/base/diagnostic.hpp"

namespace pinchpoint::rules {

/// All that is said about tests/support/rules with the tables of `folder` in the place of its own, and about the
/// questions of a CSV, if one is named.
[[nodiscard]] Diagnostics check_rule_case(const std::filesystem::path& folder, const std::filesystem::path& questions);

}  // namespace pinchpoint::rules
