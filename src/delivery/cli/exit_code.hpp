// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace pinchpoint::cli {

/// What the program tells the shell.
enum class Exit {
  done = 0,
  no = 1,         ///< the answer is no: infeasible, not certified, a check failed
  bad_input = 2,  ///< usage, input, or a place that cannot be written to
  internal = 3,   ///< a mistake of ours
  interrupted = 130,
};

}  // namespace pinchpoint::cli
