// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/backends/highs/highs_session.hpp"
#include "optim/solve/solver.hpp"

namespace pinchpoint::optim {

const std::vector<Backend>& backends() {
  static const std::vector<Backend> all = {highs_backend()};
  return all;
}

}  // namespace pinchpoint::optim
