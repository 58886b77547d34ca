// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "optim/model/model.hpp"

namespace pinchpoint::optim {

/// Writes free MPS. Numbers are the shortest text that reads back as the same double. The objective's constant is
/// the right-hand side of the objective row with its sign changed, as HiGHS and CPLEX read it. Rows without any
/// side become N rows, which readers drop. A range row whose sides differ by a number that is no double may come
/// back with one side off by a rounding.
///
/// requires  no row or column with lower > upper
/// errors    std::system_error if the file cannot be written
void write_mps(const Model& model, const std::string& path);

}  // namespace pinchpoint::optim
