// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "domain/rules/table/rule_table.hpp"

namespace pinchpoint::packages::internal {

/// Tables of a package file, as data/schema/package states them. Made at build time.
[[nodiscard]] const std::vector<rules::TableForm>& table_forms();
[[nodiscard]] const std::map<std::string, std::string>& embedded_files();

}  // namespace pinchpoint::packages::internal
