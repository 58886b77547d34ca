// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/base/result.hpp"
#include "optim/model/model.hpp"

namespace pinchpoint::optim {

/// Reads MPS, plain or gzip, free form or fixed form with names that hold no blank.
///
/// - A file that is indented as a whole is read as if it were not.
/// - The right-hand side of the objective row is the constant with its sign changed.
/// - N rows after the first are dropped. RANGES on an E row: R ≥ 0 gives [b, b+R], R < 0 gives [b+R, b].
/// - An UP bound below 0 on a column without a lower bound of its own makes the lower bound -infinity.
/// - Bounds of 1e30 and more are infinite.
/// - Integers between markers, BV, LI, UI; an integer column without bounds is [0, infinity).
/// - OBJSENSE MAX: costs and constant change sign, so that the minimum is minus the maximum.
/// - Not read: SOS, quadratic and indicator sections, SC and SI bounds.
///
/// errors  FIL-002 no such file, or not MPS; TAB-005 bad number; TAB-010 unknown row or column;
///         TAB-011 a row defined twice. Lines count from 1.
[[nodiscard]] Result<Model> read_mps(const std::string& path);

}  // namespace pinchpoint::optim
