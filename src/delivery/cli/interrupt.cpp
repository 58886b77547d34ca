// SPDX-License-Identifier: Apache-2.0
#include "delivery/cli/interrupt.hpp"

#include <unistd.h>

#include <chrono>
#include <ctime>

#include "delivery/cli/output.hpp"

namespace pinchpoint::cli {

namespace {

constexpr std::chrono::milliseconds patience{700};
constexpr timespec tick{0, 50'000'000};

/// Ends the watcher's wait at once.
int wake_signal() { return SIGRTMIN; }

}  // namespace

Interrupt::Interrupt() {
  sigemptyset(&signals_);
  for (const int signal : {SIGINT, SIGTERM}) {
    struct sigaction now {};
    // Ignored from the start: somebody runs us in the background and means it (nohup, a shell script's &).
    if (sigaction(signal, nullptr, &now) == 0 && now.sa_handler != SIG_IGN) sigaddset(&signals_, signal);
  }
  sigaddset(&signals_, wake_signal());
  pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  watcher_ = std::thread([this] { watch(); });
}

Interrupt::~Interrupt() {
  is_over_ = true;
  pthread_kill(watcher_.native_handle(), wake_signal());
  watcher_.join();
}

void Interrupt::on_abort(std::function<void()> clean_up) {
  const std::scoped_lock lock(mutex_);
  clean_up_ = std::move(clean_up);
}

void Interrupt::watch() {
  while (!is_over_) {
    const int signal = sigtimedwait(&signals_, nullptr, &tick);
    if (signal <= 0 || signal == wake_signal()) continue;
    signal_ = signal;
    if (!is_solving_ || is_asked_.exchange(true)) abort();
    wait_for_solver();
  }
}

void Interrupt::wait_for_solver() {
  const auto begin = std::chrono::steady_clock::now();
  while (is_solving_ && !is_over_) {
    const int signal = sigtimedwait(&signals_, nullptr, &tick);
    if (signal > 0 && signal != wake_signal()) abort();
    if (std::chrono::steady_clock::now() - begin > patience) abort();
  }
}

void Interrupt::abort() {
  const std::scoped_lock lock(mutex_);
  if (clean_up_) clean_up_();
  print_error("\npinchpoint: interrupted; nothing is left behind\n");
  constexpr int shell_offset = 128;
  _exit(shell_offset + signal_);
}

}  // namespace pinchpoint::cli
