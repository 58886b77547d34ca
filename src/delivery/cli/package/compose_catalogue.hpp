// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "delivery/cli/context.hpp"
#include "delivery/cli/package/load_package_file.hpp"

namespace pinchpoint::cli {

/// What the command line says about composing.
struct ComposeCommand {
  std::string folder, date, target, aim = "cost", reading = "value_added", content = "presumed";
  std::vector<std::string> leave_out;
  int points = 4;
};

/// Reads the catalogue, composes, shows. Exit::no if there is no package.
[[nodiscard]] Exit compose_catalogue(const ComposeCommand& command, const PackageRules& rules, const Context& context);

}  // namespace pinchpoint::cli
