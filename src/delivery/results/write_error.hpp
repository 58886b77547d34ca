// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>

namespace pinchpoint::results {

/// The machine would not take what was to be written: disk full, no permission, not a folder.
class WriteError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace pinchpoint::results
