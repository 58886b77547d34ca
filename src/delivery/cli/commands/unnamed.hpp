// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>

namespace pinchpoint::cli {

/// A check whose name is not repeated in the help: the type name says it.
inline CLI::Validator unnamed(const CLI::Validator& check) { return check.description(""); }

}  // namespace pinchpoint::cli
