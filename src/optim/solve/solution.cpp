// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/solution.hpp"

namespace pinchpoint::optim {

const char* to_string(Status status) {
  switch (status) {
    case Status::optimal:
      return "optimal";
    case Status::infeasible:
      return "infeasible";
    case Status::unbounded:
      return "unbounded";
    case Status::limit_reached:
      return "limit reached";
    case Status::failed:
      return "failed";
  }
  return "?";
}

const char* to_string(Method method) {
  switch (method) {
    case Method::automatic:
      return "automatic";
    case Method::simplex:
      return "simplex";
    case Method::interior_point:
      return "interior point";
    case Method::own_simplex:
      return "own simplex";
    case Method::own_interior_point:
      return "own interior point";
  }
  return "?";
}

}  // namespace pinchpoint::optim
