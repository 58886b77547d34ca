// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "analysis/compare/comparison.hpp"

namespace pinchpoint::results {

/// Writes a comparison as CSV into an existing folder: summary, inputs, programmes, builds, bindings, and one file for
/// each table that is compared, every change in it, period by period.
void write_comparison(const compare::Comparison& comparison, const std::filesystem::path& folder);

}  // namespace pinchpoint::results
