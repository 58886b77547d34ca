// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace pinchpoint {

// Memory that is touched for the first time costs a page fault for each 4 KiB: microseconds in a virtual machine, a
// third of the time from tables to a problem. All of this is without effect elsewhere than on Linux with glibc, and
// under a sanitizer, which has a heap of its own.

/// Has the heap grow in large steps and hold large blocks, too: what is freed is used again, instead of being given
/// back and asked for anew. Call it first in main().
void lay_out_heap();

/// Has a thread touch so many bytes of what the heap will hand out next, while the caller goes on. Does nothing unless
/// the heap was laid out.
void ready_heap(std::size_t bytes);

/// Has a thread touch memory that the caller has reserved and is about to fill; then, like ready_heap(), bytes of the
/// heap. Destroy it before all of the memory is freed: what a vector gave back as it grew is touched in vain.
class ReadiedRoom {
 public:
  using Room = std::span<const std::byte>;
  /// Rooms are touched side by side, each from its beginning, as they are filled.
  ReadiedRoom(std::vector<Room> rooms, std::size_t heap_bytes);
  ~ReadiedRoom();
  ReadiedRoom(const ReadiedRoom&) = delete;
  ReadiedRoom& operator=(const ReadiedRoom&) = delete;

 private:
  struct Work;
  std::shared_ptr<Work> work_;  ///< the thread's, too, which goes on with the heap
};

}  // namespace pinchpoint
