// SPDX-License-Identifier: Apache-2.0
#include "core/base/heap.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <chrono>
#include <fstream>
#include <thread>
#include <vector>

namespace pinchpoint {
namespace {

long page_faults_of_this_thread() {
  rusage usage{};
  getrusage(RUSAGE_THREAD, &usage);
  return usage.ru_minflt;
}

long faults_of_filling(std::size_t bytes) {
  const long before = page_faults_of_this_thread();
  const std::vector<char> block(bytes, 'x');
  const long faults = page_faults_of_this_thread() - before;
  EXPECT_EQ(block.back(), 'x');
  return faults;
}

long resident_pages() {
  std::ifstream file("/proc/self/statm");
  long all = 0;
  long resident = 0;
  file >> all >> resident;
  return resident;
}

/// However busy the machine is: false after ten seconds.
bool comes_to_hold(long pages) {
  for (int turn = 0; turn < 1000 && resident_pages() < pages; ++turn)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  return resident_pages() >= pages;
}

TEST(Heap, hands_out_what_another_thread_has_touched) {
  constexpr std::size_t size = std::size_t{8} << 20;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "a sanitizer's heap";
#endif
  const long cold = faults_of_filling(size);
  if (cold < 1000) GTEST_SKIP() << "pages are large, or memory is not new: " << cold << " faults";
  ready_heap(size);  // not laid out yet: nothing is touched
  lay_out_heap();
  const long before = resident_pages();
  ready_heap(2 * size);
  ASSERT_TRUE(comes_to_hold(before + static_cast<long>(2 * size / 4096) - 100)) << "Linux before 5.14, or a limit?";
  const long warm = faults_of_filling(size);
  EXPECT_LT(warm, cold / 10);
}

TEST(Heap, uses_again_what_was_freed) {
  lay_out_heap();
  constexpr std::size_t size = std::size_t{16} << 20;
  static_cast<void>(faults_of_filling(size));
  const long again = faults_of_filling(size);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  EXPECT_LT(again, 100);
#else
  EXPECT_GE(again, 0);
#endif
}

}  // namespace
}  // namespace pinchpoint
