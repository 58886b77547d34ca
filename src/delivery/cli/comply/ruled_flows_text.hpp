// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/tables/model_folder.hpp"
#include "domain/world/world.hpp"

namespace pinchpoint::cli {

/// "as of 2025-04-09 (data/rules): 3 of 214 flows prohibited or denied, 12 limited"; empty without rules.
[[nodiscard]] std::string rules_line(const tables::ModelFolder& folder, const World& world);

/// The flows that rules stop or limit, one a line and good: from where to where, when, verdict, rules, what is left.
/// At most `most` lines; 0: all. Empty without rules.
[[nodiscard]] std::string ruled_flows_text(const World& world, std::size_t most);

}  // namespace pinchpoint::cli
