// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <source_location>
#include <stdexcept>
#include <string>
#include <string_view>

namespace pinchpoint {

/// A mistake of ours, never of the user's input. Caught only in delivery, which says how to report it.
class InternalError : public std::logic_error {
 public:
  InternalError(std::string_view what, std::source_location where)
      : std::logic_error(std::string(where.file_name()) + ":" + std::to_string(where.line()) + ": " +
                         std::string(what)) {}
};

/// Throws InternalError with the caller's place if `condition` does not hold.
inline void ensure(bool condition, std::string_view what,
                   std::source_location where = std::source_location::current()) {
  if (!condition) throw InternalError(what, where);
}

}  // namespace pinchpoint
