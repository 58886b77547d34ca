// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pinchpoint::tables {

/// Values of a TOML document by dotted key ("model.start"), each as the list of its texts: one for a text, number or
/// flag, all elements for an array of them. Tables of an array are numbered ("input.0.path"). Nothing if it is no TOML.
[[nodiscard]] std::optional<std::map<std::string, std::vector<std::string>>> read_toml_values(std::string_view text);

}  // namespace pinchpoint::tables
