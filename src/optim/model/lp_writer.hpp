// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "optim/model/model.hpp"

namespace pinchpoint::optim {

/// Writes the CPLEX LP format, for people to read; brackets of names become parentheses. The objective's constant
/// is written as a number at the end of the objective (HiGHS and glpsol read it). Range rows are written twice,
/// the second time with "~range" in the name.
///
/// requires  no row or column with lower > upper
/// errors    std::system_error if the file cannot be written
void write_lp(const Model& model, const std::string& path);

}  // namespace pinchpoint::optim
