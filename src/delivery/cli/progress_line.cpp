// SPDX-License-Identifier: Apache-2.0
#include "delivery/cli/progress_line.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "analysis/explain/number_text.hpp"
#include "delivery/cli/output.hpp"

namespace pinchpoint::cli {

namespace {

constexpr double seconds_between_lines = 0.1;
constexpr double seconds_between_log_lines = 1;
constexpr std::chrono::milliseconds time_between_ticks{500};

/// Solvers leave out what they do not know: iterations of -1, objectives of 0.
std::string text_of(const optim::Progress& progress) {
  std::string text(progress.phase);
  if (progress.iterations > 0) {
    text += fmt::format(", iteration {}", explain::number_text(static_cast<double>(progress.iterations)));
  }
  if (progress.objective != 0 && std::isfinite(progress.objective)) {
    text += fmt::format(", objective {:.6g}", progress.objective);
  }
  if (progress.bound != 0 && std::isfinite(progress.bound)) text += fmt::format(", bound {:.6g}", progress.bound);
  return text;
}

}  // namespace

ProgressLine::ProgressLine(bool is_shown) : is_shown_(is_shown) {
  if (is_shown_) ticker_ = std::jthread([this](const std::stop_token& stop) { tick(stop); });
}

ProgressLine::~ProgressLine() {
  ticker_ = {};
  clear();
}

/// Seconds go on while the solver has nothing to say.
void ProgressLine::tick(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    wake_.wait_for(lock, stop, time_between_ticks, [] { return false; });
    if (has_line_ && !stop.stop_requested()) show(line_);
  }
}

double ProgressLine::elapsed() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
}

void ProgressLine::begin_phase(std::string_view phase) {
  const std::scoped_lock lock(mutex_);
  phase_ = phase;
  add_to_log(phase);
  show(phase_);
}

void ProgressLine::update(const optim::Progress& progress) {
  const std::scoped_lock lock(mutex_);
  const double now = elapsed();
  const bool is_log_due = now - last_logged_ >= seconds_between_log_lines;
  const bool is_line_due = is_shown_ && now - last_shown_ >= seconds_between_lines;
  if (!is_log_due && !is_line_due) return;
  // The race's two methods take turns to speak; an interior point method often does not know its iteration.
  optim::Progress known = progress;
  std::int64_t& most = iterations_[std::string(progress.phase)];
  known.iterations = most = std::max(most, progress.iterations);
  const std::string line = fmt::format("{}: {}", phase_, text_of(known));
  if (is_log_due) add_to_log(line);
  if (is_line_due) show(line);
}

void ProgressLine::note(std::string_view line) {
  const std::scoped_lock lock(mutex_);
  add_to_log(line);
}

void ProgressLine::add_to_log(std::string_view line) {
  last_logged_ = elapsed();
  log_ += fmt::format("{:9.3f} s  {}\n", last_logged_, line);
}

void ProgressLine::show(std::string line) {
  if (!is_shown_) return;
  last_shown_ = elapsed();
  has_line_ = true;
  line_ = std::move(line);
  print_error(fmt::format("\r\033[K{}, {:.0f} s", line_, last_shown_));
}

void ProgressLine::clear() {
  const std::scoped_lock lock(mutex_);
  if (has_line_) print_error("\r\033[K");
  has_line_ = false;
}

std::string ProgressLine::log() const {
  const std::scoped_lock lock(mutex_);
  return log_;
}

bool is_terminal() {
  const char* const kind = std::getenv("TERM");
  return ::isatty(STDERR_FILENO) == 1 && kind != nullptr && std::string_view(kind) != "dumb";
}

}  // namespace pinchpoint::cli
