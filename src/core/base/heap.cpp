// SPDX-License-Identifier: Apache-2.0
#include "core/base/heap.hpp"

#include <cstdlib>  // tells which C library there is

#if defined(__linux__) && defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define PINCHPOINT_LAYS_OUT_HEAP
#include <malloc.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <system_error>
#include <thread>
#endif

namespace pinchpoint {

#ifdef PINCHPOINT_LAYS_OUT_HEAP

namespace {

// Address space: memory is lent where it is touched.
constexpr int first_growth = 64 << 20;
constexpr int later_growth = 16 << 20;     // of the heaps of threads, too, which else grow page by page
constexpr int largest_in_heap = 32 << 20;  // the most that glibc grants; larger blocks are mapped one by one
constexpr std::size_t page = 4096;

std::atomic<bool> is_laid_out{false};

/// Where the heap will take the next large block from. Larger than what else is free in a heap that is new.
std::uintptr_t next_large_block() {
  void* volatile block = std::malloc(std::size_t{1} << 20);
  const auto place = reinterpret_cast<std::uintptr_t>(block);
  std::free(block);
  return place;
}

std::uintptr_t end_of_heap() { return reinterpret_cast<std::uintptr_t>(sbrk(0)); }

void touch([[maybe_unused]] std::uintptr_t begin, [[maybe_unused]] std::uintptr_t end) {
#ifdef MADV_POPULATE_WRITE
  constexpr std::size_t step = 64 * page;  // whoever maps memory meanwhile waits for one step
  for (std::uintptr_t at = begin; at < end; at += step) {
    if (madvise(reinterpret_cast<void*>(at), std::min<std::size_t>(step, end - at), MADV_POPULATE_WRITE) != 0) return;
  }
#endif
}

/// Where address space is counted, none is taken in advance.
bool is_limited(int resource) {
  rlimit limit{};
  return getrlimit(resource, &limit) != 0 || limit.rlim_cur != RLIM_INFINITY;
}

}  // namespace

void lay_out_heap() {
  if (is_limited(RLIMIT_AS) || is_limited(RLIMIT_DATA)) return;
  mallopt(M_TOP_PAD, first_growth);
  mallopt(M_TRIM_THRESHOLD, first_growth);
  mallopt(M_MMAP_THRESHOLD, largest_in_heap);
  is_laid_out = next_large_block() != 0;  // the heap grows now
  mallopt(M_TOP_PAD, later_growth);
}

void ready_heap(std::size_t bytes) {
  if (!is_laid_out) return;
  const std::uintptr_t begin = (next_large_block() + page - 1) & ~(page - 1);
  const std::uintptr_t end = std::min(begin + bytes, end_of_heap() & ~(page - 1));
  if (end <= begin) return;
  try {
    std::thread(touch, begin, end).detach();
  } catch (const std::system_error&) {
    // No thread to be had: whoever uses the memory touches it.
  }
}

#else

void lay_out_heap() {}
void ready_heap(std::size_t /*bytes*/) {}

#endif

}  // namespace pinchpoint
