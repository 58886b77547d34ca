// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>

#include "optim/solve/solver.hpp"

namespace pinchpoint::cli {

/// One line of progress on a terminal, overwritten in place, and a log of the same with at most one line a second.
/// May be told things by any thread.
class ProgressLine {
 public:
  explicit ProgressLine(bool is_shown);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void begin_phase(std::string_view phase);
  void update(const optim::Progress& progress);
  void note(std::string_view line);
  /// Takes the line off the terminal.
  void clear();
  [[nodiscard]] std::string log() const;

 private:
  [[nodiscard]] double elapsed() const;
  void show(std::string line);
  void tick(const std::stop_token& stop);
  void add_to_log(std::string_view line);

  bool is_shown_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  mutable std::mutex mutex_;
  std::condition_variable_any wake_;
  std::string phase_, line_, log_;
  std::map<std::string, std::int64_t> iterations_;  // by solver's phase
  double last_shown_ = -1, last_logged_ = -1;
  bool has_line_ = false;
  std::jthread ticker_;
};

/// True if people are watching standard error.
[[nodiscard]] bool is_terminal();

}  // namespace pinchpoint::cli
