// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <mutex>
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

/// Calls work(thread, index, taken) once for each index below `count`, on so many threads, and take(index) in order of
/// the indices, one at a time. Work may use what the first `taken` calls of take() left, whatever the threads: those up
/// to `lag` before it, for which it waits. Once take() returns false, nobody waits for later ones, and `taken` grows no
/// more. The first exception is passed on.
///
/// requires  lag > 0
template <class Work, class Take>
void for_each_in_turn(std::size_t threads, std::size_t count, std::size_t lag, const Work& work, const Take& take) {
  std::mutex mutex;
  std::condition_variable turn;
  std::vector<std::uint8_t> is_ready(count, 0);
  std::size_t taken = 0, last = count;  // takes that count: those below `last`
  bool is_taking = false, is_broken = false;
  const auto wait_for_turn = [&](std::size_t index) {
    const std::size_t wanted = index < lag ? 0 : index - lag + 1;
    std::unique_lock lock(mutex);
    turn.wait(lock, [&] { return is_broken || taken >= std::min(wanted, last); });
    return std::min(wanted, last);
  };
  const auto take_ready = [&] {
    std::unique_lock lock(mutex);
    if (is_taking) return;  // whoever takes sees what has become ready meanwhile
    is_taking = true;
    while (taken < count && is_ready[taken] != 0 && !is_broken) {
      const std::size_t index = taken;
      lock.unlock();
      const bool goes_on = take(index);
      lock.lock();
      ++taken;
      if (!goes_on) last = std::min(last, taken);
      turn.notify_all();
    }
    is_taking = false;
  };
  for_each_index(threads, count, [&](std::size_t thread, std::size_t index) {
    try {
      const std::size_t usable = wait_for_turn(index);
      if (const std::scoped_lock lock(mutex); is_broken) return;
      work(thread, index, usable);
      {
        const std::scoped_lock lock(mutex);
        is_ready[index] = 1;
      }
      take_ready();
    } catch (...) {
      const std::scoped_lock lock(mutex);
      is_broken = true;
      turn.notify_all();
      throw;
    }
  });
}

}  // namespace pinchpoint
