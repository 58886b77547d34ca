// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "delivery/cli/output.hpp"
#include "domain/packages/predicates.hpp"

namespace pinchpoint::cli {

/// A rule base with its predicates.
struct PackageRules {
  rules::RuleBase base;
  packages::PredicateBase predicates;
};

/// Of a folder, or the shipped ones if the name is empty. Says what is wrong with them, and returns nothing.
[[nodiscard]] std::optional<PackageRules> load_package_rules(const std::string& folder, const OutputOptions& output);

/// The text of a file; nothing, and a complaint, if it cannot be read.
[[nodiscard]] std::optional<std::string> read_text(const std::string& path, Diagnostics& diagnostics);

}  // namespace pinchpoint::cli
