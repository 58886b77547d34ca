// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace pinchpoint {

/// A place in a user's file. Lines and columns count from 1 (columns in bytes); 0 = unknown.
struct SourceSpan {
  std::string file;
  int line = 0;
  int column = 0;
  int length = 0;

  friend bool operator==(const SourceSpan&, const SourceSpan&) = default;
};

}  // namespace pinchpoint
