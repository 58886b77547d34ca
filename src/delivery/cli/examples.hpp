// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

namespace pinchpoint::cli {

/// A file of an example: "mini-chain/recipes.csv" and its text.
struct ExampleFile {
  std::string_view path;
  std::string_view text;
};

/// All files of data/examples, by path. Made at build time.
[[nodiscard]] const std::vector<ExampleFile>& example_files();

}  // namespace pinchpoint::cli
