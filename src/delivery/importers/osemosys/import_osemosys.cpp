// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "delivery/importers/importers.hpp"

namespace pinchpoint::importers {

Result<Import> import_osemosys(const std::filesystem::path& path, const ImportOptions& options) {
  (void)options;
  Diagnostics problems;
  problems.add(Code::import_not_found, {path.string(), 0, 0, 0},
               fmt::format("'{}' is no OSeMOSYS model", path.string()));
  return problems;
}

}  // namespace pinchpoint::importers
