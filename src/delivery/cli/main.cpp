// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <csignal>

#include "core/base/heap.hpp"
#include "delivery/cli/cli.hpp"

namespace {

/// Under a sanitizer the process ends in full, so that leaks are looked for. Otherwise at once: everything is written
/// by then, and to take down what libraries keep was a twentieth of a small plan.
constexpr bool is_sanitized =
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    true;
#else
    false;
#endif

}  // namespace

int main(int count, char** words) {
  pinchpoint::lay_out_heap();
  // A file that may not grow any further is an error to report, not a reason to die.
  std::signal(SIGXFSZ, SIG_IGN);
  pinchpoint::cli::Interrupt interrupt;
  const int status = static_cast<int>(pinchpoint::cli::run({words, words + count}, interrupt));
  if (!is_sanitized) _exit(status);
  return status;
}
