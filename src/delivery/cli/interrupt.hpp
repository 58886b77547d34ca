// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <csignal>
#include <functional>
#include <mutex>
#include <thread>

namespace pinchpoint::cli {

/// Ctrl-C (and SIGTERM). A thread of its own waits for the signal, so that what it does need not be signal-safe.
///
/// While a solve is on, the flag asks it to stop and gives it most of a second; otherwise, or at a second Ctrl-C,
/// unfinished files are removed and the process ends at once. Make one before any other thread.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  [[nodiscard]] const std::atomic<bool>& flag() const { return is_asked_; }
  /// True from the begin of a solve until it has come back: only then is the flag looked at.
  void set_solving(bool is_solving) { is_solving_ = is_solving; }
  /// What to do before the process ends early; empty = nothing.
  void on_abort(std::function<void()> clean_up);

 private:
  void watch();
  void wait_for_solver();
  [[noreturn]] void abort();

  sigset_t signals_{};
  std::atomic<bool> is_asked_ = false, is_solving_ = false, is_over_ = false;
  std::atomic<int> signal_ = SIGINT;
  std::mutex mutex_;
  std::function<void()> clean_up_;
  std::thread watcher_;
};

}  // namespace pinchpoint::cli
