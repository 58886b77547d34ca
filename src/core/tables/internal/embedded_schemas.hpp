// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <utility>
#include <vector>

namespace pinchpoint::tables::internal {

/// (name, text) of every data/schema/*.toml, by name, as it was when the library was built.
[[nodiscard]] const std::vector<std::pair<std::string_view, std::string_view>>& embedded_schemas();

}  // namespace pinchpoint::tables::internal
