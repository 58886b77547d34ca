// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <filesystem>

namespace pinchpoint::test_support {

/// Data of others' cases, which are not part of the tree: below $PINCHPOINT_CASES, or ../shared/cases beside the
/// checkout. Tests that need them say so and are skipped where the folder is not there.
/// requires: PINCHPOINT_SOURCE_DIR is defined
inline std::filesystem::path cases_folder() {
  namespace fs = std::filesystem;
  const char* given = std::getenv("PINCHPOINT_CASES");
  const fs::path cases =
      given != nullptr ? fs::path(given) : fs::path(PINCHPOINT_SOURCE_DIR).parent_path() / "shared" / "cases";
  return cases / "data";
}

}  // namespace pinchpoint::test_support
