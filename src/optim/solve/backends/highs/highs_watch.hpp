// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

#include "optim/solve/solver.hpp"

namespace pinchpoint::optim {

/// Lets a running solve report progress and be interrupted. Lives as long as one run; the callbacks it
/// registers with `highs` point at it.
class HighsWatch {
 public:
  HighsWatch(void* highs, const SolveOptions& options);
  ~HighsWatch();
  HighsWatch(const HighsWatch&) = delete;
  HighsWatch& operator=(const HighsWatch&) = delete;

  /// Passes what HiGHS says, with the time since the start, to on_progress, at most ten times a second; true: stop.
  bool hear(Progress progress);

 private:
  void* highs_;
  const SolveOptions& options_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point last_report_{};
};

}  // namespace pinchpoint::optim
