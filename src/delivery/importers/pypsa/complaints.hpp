// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "core/base/diagnostic.hpp"

namespace pinchpoint::importers::pypsa {

/// Complaints about a PyPSA folder; a cell is complained about once for each reason.
class Complaints {
 public:
  explicit Complaints(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  void add(Code code, const SourceSpan& where, std::string message, std::string found = {}, std::string fix = {}) {
    if (!seen_.insert({static_cast<int>(code), where.file, where.line, where.column, message}).second) return;
    Diagnostic& item = diagnostics_.add(code, where, std::move(message));
    item.found = std::move(found);
    item.fix = std::move(fix);
  }
  [[nodiscard]] Diagnostics& all() { return diagnostics_; }

 private:
  Diagnostics& diagnostics_;
  std::set<std::tuple<int, std::string, int, int, std::string>> seen_;
};

}  // namespace pinchpoint::importers::pypsa
