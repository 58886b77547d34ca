// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <thread>
#include <vector>

namespace pinchpoint {

/// Calls work(thread, index) once for each index below `count`, on so many threads. The first exception is passed on.
template <class Work>
void for_each_index(std::size_t threads, std::size_t count, const Work& work) {
  threads = std::max<std::size_t>(1, std::min(threads, count));
  std::atomic<std::size_t> next{0};
  std::vector<std::exception_ptr> problems(threads);
  const auto run = [&](std::size_t thread) {
    try {
      for (std::size_t at = next++; at < count; at = next++) work(thread, at);
    } catch (...) {
      problems[thread] = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> helpers;
    for (std::size_t thread = 1; thread < threads; ++thread) helpers.emplace_back(run, thread);
    run(0);
  }
  for (const std::exception_ptr& problem : problems) {
    if (problem) std::rethrow_exception(problem);
  }
}

}  // namespace pinchpoint
