// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "optim/solve/solver.hpp"

namespace pinchpoint::optim {

/// HiGHS through its C API. See highs_session.cpp for what is not supported.
[[nodiscard]] Backend highs_backend();

}  // namespace pinchpoint::optim
