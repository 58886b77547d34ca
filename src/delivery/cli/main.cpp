// SPDX-License-Identifier: Apache-2.0
#include <csignal>

#include "delivery/cli/cli.hpp"

int main(int count, char** words) {
  // A file that may not grow any further is an error to report, not a reason to die.
  std::signal(SIGXFSZ, SIG_IGN);
  pinchpoint::cli::Interrupt interrupt;
  return static_cast<int>(pinchpoint::cli::run({words, words + count}, interrupt));
}
