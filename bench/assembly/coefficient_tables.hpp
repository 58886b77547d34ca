// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "optim/model/model.hpp"

namespace pinchpoint::bench {

/// Writes a problem as tables for those who are to build it again: columns.csv (family, cost, lower, upper), rows.csv
/// (family, lower, upper), entries.csv (row, column, value), offset.csv; rows and columns count from 0.
void write_coefficient_tables(const optim::Model& model, const std::filesystem::path& folder);

}  // namespace pinchpoint::bench
