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
#include <mutex>
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
constexpr int largest_unused = 512 << 20;  // at the heap's end; beyond that it is given back
constexpr std::size_t page = 4096;
constexpr std::size_t step = 64 * page;  // whoever maps memory meanwhile waits for one step

std::atomic<bool> is_laid_out{false};

/// Where the heap will take the next large block from. Larger than what else is free in a heap that is new.
std::uintptr_t next_large_block() {
  void* volatile block = std::malloc(std::size_t{1} << 20);
  const auto place = reinterpret_cast<std::uintptr_t>(block);
  std::free(block);
  return place;
}

std::uintptr_t end_of_heap() { return reinterpret_cast<std::uintptr_t>(sbrk(0)); }

struct Pages {
  std::uintptr_t begin = 0;
  std::uintptr_t end = 0;
};

Pages whole_pages(std::uintptr_t begin, std::uintptr_t end) {
  return {(begin + page - 1) & ~(page - 1), end & ~(page - 1)};
}

/// What the heap will hand out next; it grows for it. Nothing of a thread that has a heap of its own.
Pages next_of_heap(std::size_t bytes) {
  const std::uintptr_t begin = next_large_block();
  if (begin > end_of_heap()) return {};
  std::vector<std::unique_ptr<void, decltype(&std::free)>> blocks;
  for (std::size_t held = 0; begin + bytes > end_of_heap() && held < bytes + later_growth; held += later_growth)
    blocks.emplace_back(std::malloc(later_growth), &std::free);
  return whole_pages(begin, std::min(begin + bytes, end_of_heap()));
}

bool touch([[maybe_unused]] std::uintptr_t begin, [[maybe_unused]] std::uintptr_t end) {
#ifdef MADV_POPULATE_WRITE
  return begin >= end || madvise(reinterpret_cast<void*>(begin), end - begin, MADV_POPULATE_WRITE) == 0;
#else
  return false;
#endif
}

void touch_all(const Pages& pages) {
  for (std::uintptr_t at = pages.begin; at < pages.end; at += step) {
    if (!touch(at, std::min(at + step, pages.end))) return;
  }
}

/// Where address space is counted, none is taken in advance.
bool is_limited(int resource) {
  rlimit limit{};
  return getrlimit(resource, &limit) != 0 || limit.rlim_cur != RLIM_INFINITY;
}

/// Without a thread to be had, whoever uses the memory touches it.
template <class Task>
void run_beside(Task task) {
  try {
    std::thread(std::move(task)).detach();
  } catch (const std::system_error&) {
  }
}

}  // namespace

void lay_out_heap() {
  if (is_limited(RLIMIT_AS) || is_limited(RLIMIT_DATA)) return;
  mallopt(M_TOP_PAD, first_growth);
  mallopt(M_TRIM_THRESHOLD, largest_unused);
  mallopt(M_MMAP_THRESHOLD, largest_in_heap);
  is_laid_out = next_large_block() != 0;  // the heap grows now
  mallopt(M_TOP_PAD, later_growth);
}

void ready_heap(std::size_t bytes) {
  if (!is_laid_out) return;
  run_beside([pages = next_of_heap(bytes)] { touch_all(pages); });
}

struct ReadiedRoom::Work {
  std::vector<Pages> rooms;
  Pages heap;
  std::mutex mutex;
  std::atomic<bool> is_over{false};

  void run() {
    std::size_t size = 0;
    for (const Pages& room : rooms) size += room.end - std::min(room.begin, room.end);
    const std::size_t steps = size / step + 1;
    for (std::size_t at = 0; at < steps && !is_over; ++at) {
      const std::lock_guard lock(mutex);
      if (is_over || !touch_part(at, steps)) break;
    }
    touch_all(heap);
  }
  [[nodiscard]] bool touch_part(std::size_t part, std::size_t parts) const {
    return std::ranges::all_of(rooms, [&](const Pages& room) {
      const std::size_t pages = room.begin < room.end ? (room.end - room.begin) / page : 0;
      return touch(room.begin + pages * part / parts * page, room.begin + pages * (part + 1) / parts * page);
    });
  }
};

ReadiedRoom::ReadiedRoom(std::vector<Room> rooms, std::size_t heap_bytes) {
  if (!is_laid_out) return;
  work_ = std::make_shared<Work>();
  for (const Room& room : rooms) {
    const auto begin = reinterpret_cast<std::uintptr_t>(room.data());
    work_->rooms.push_back(whole_pages(begin, begin + room.size()));
  }
  work_->heap = next_of_heap(heap_bytes);
  run_beside([work = work_] { work->run(); });
}

ReadiedRoom::~ReadiedRoom() {
  if (!work_) return;
  work_->is_over = true;
  const std::lock_guard lock(work_->mutex);  // the step under way ends
}

#else

void lay_out_heap() {}
void ready_heap(std::size_t /*bytes*/) {}

struct ReadiedRoom::Work {};
ReadiedRoom::ReadiedRoom(std::vector<Room> /*rooms*/, std::size_t /*heap_bytes*/) {}
ReadiedRoom::~ReadiedRoom() = default;

#endif

}  // namespace pinchpoint
