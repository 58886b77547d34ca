// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <filesystem>

namespace pinchpoint::test_support {

/// Data of others' cases, which are not part of the tree: below $PINCHPOINT_CASES, or ../shared/cases beside the
/// checkout. Tests that need them say so and are skipped where the folder is not there.
/// source: the root of the checkout (PINCHPOINT_SOURCE_DIR in tests)
inline std::filesystem::path cases_folder(const std::filesystem::path& source) {
  namespace fs = std::filesystem;
  const char* given = std::getenv("PINCHPOINT_CASES");
  const fs::path cases = given != nullptr ? fs::path(given) : source.parent_path() / "shared" / "cases";
  return cases / "data";
}

}  // namespace pinchpoint::test_support
