// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace pinchpoint {

// Memory that is touched for the first time costs a page fault for each 4 KiB: microseconds in a virtual machine, a
// third of the time from tables to a problem. Both are without effect elsewhere than on Linux with glibc, and under a
// sanitizer, which has a heap of its own.

/// Has the heap grow in large steps and hold large blocks, too: what is freed is used again, instead of being given
/// back and asked for anew. Call it first in main().
void lay_out_heap();

/// Has a thread touch so many bytes of what the heap will hand out next, while the caller goes on. Does nothing unless
/// the heap was laid out.
void ready_heap(std::size_t bytes);

}  // namespace pinchpoint
