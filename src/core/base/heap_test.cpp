// SPDX-License-Identifier: Apache-2.0
#include "core/base/heap.hpp"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <fstream>
#include <span>
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

/// Share of a block's whole pages that memory is there for.
double share_held(const ReadiedRoom::Room& room) {
  constexpr std::uintptr_t page = 4096;
  const auto place = reinterpret_cast<std::uintptr_t>(room.data());
  const std::uintptr_t begin = (place + page - 1) & ~(page - 1);
  const std::size_t pages = (place + room.size() - begin) / page;
  std::vector<unsigned char> held(pages);
  EXPECT_EQ(mincore(reinterpret_cast<void*>(begin), pages * page, held.data()), 0);
  const auto count = std::count_if(held.begin(), held.end(), [](unsigned char flag) { return (flag & 1) != 0; });
  return static_cast<double>(count) / static_cast<double>(pages);
}

bool comes_to_be_held(const ReadiedRoom::Room& room) {
  for (int turn = 0; turn < 1000 && share_held(room) < 1; ++turn)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  return share_held(room) == 1;
}

ReadiedRoom::Room room_of(const std::vector<char>& block) {
  return std::as_bytes(std::span(block.data(), block.capacity()));
}

TEST(Heap, room_is_touched_and_then_what_the_heap_hands_out_next) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "a sanitizer's heap";
#endif
  lay_out_heap();
  constexpr std::size_t size = std::size_t{24} << 20;
  std::vector<char> inside, mapped;
  inside.reserve(size);
  mapped.reserve(3 * size);
  const ReadiedRoom room({room_of(inside), room_of(mapped).first(size)}, size);
  ASSERT_TRUE(comes_to_be_held(room_of(inside))) << "Linux before 5.14, or a limit?";
  EXPECT_TRUE(comes_to_be_held(room_of(mapped).first(size)));
  EXPECT_LT(share_held(room_of(mapped).last(size)), 0.1);
  std::vector<char> next;
  next.reserve(size / 2);
  EXPECT_TRUE(comes_to_be_held(room_of(next)));
}

TEST(Heap, room_is_left_alone_once_it_is_over) {
  lay_out_heap();
  std::vector<char> block;
  block.reserve(std::size_t{512} << 20);
  { const ReadiedRoom room({room_of(block)}, 0); }
  const double share = share_held(room_of(block));
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_LT(share, 1);
  EXPECT_EQ(share_held(room_of(block)), share);
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
