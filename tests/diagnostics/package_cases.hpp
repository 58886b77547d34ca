// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "core/base/diagnostic.hpp"

namespace pinchpoint::packages {

/// All that is said about a package file, read with the shipped rules.
[[nodiscard]] Diagnostics check_package_case(const std::filesystem::path& file);

}  // namespace pinchpoint::packages
