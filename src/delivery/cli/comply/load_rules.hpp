// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "delivery/cli/output.hpp"
#include "domain/rules/rule_base.hpp"

namespace pinchpoint::cli {

/// The base of a folder, or the shipped one if the name is empty. Says what is wrong with it, and returns nothing.
[[nodiscard]] std::optional<rules::RuleBase> load_rules(const std::string& folder, const OutputOptions& output);

}  // namespace pinchpoint::cli
