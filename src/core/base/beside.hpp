// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <future>
#include <system_error>
#include <utility>

namespace pinchpoint {

/// The result of work that runs on a thread of its own; if it is not to be `apart`, or there are no more threads, it
/// runs when the result is asked for. What it refers to must outlive the future, whose end waits for the thread.
template <class Work>
auto beside(bool is_apart, Work work) -> std::future<decltype(work())> {
  if (is_apart) {
    try {
      return std::async(std::launch::async, work);
    } catch (const std::system_error&) {  // no thread to be had
    }
  }
  return std::async(std::launch::deferred, std::move(work));
}

}  // namespace pinchpoint
