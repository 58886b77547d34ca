// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/base/result.hpp"
#include "optim/model/model.hpp"

namespace pinchpoint::test_support {

/// A core file: the model, and names and kinds that the model itself no longer holds.
struct SmpsCore {
  optim::Model model;
  std::unordered_map<std::string, std::int32_t> rows, columns;
  std::string objective;                      ///< name of the first N row
  std::vector<std::string> unused;            ///< names of further N rows, which are dropped
  std::unordered_set<std::string> side_sets;  ///< names of vectors of right-hand sides
  std::string letters;                        ///< by row: L, G, E
  double sign = 1;                            ///< -1: OBJSENSE MAX, costs of the model have changed sign
};
[[nodiscard]] Result<SmpsCore> read_smps_core(const std::string& path);

/// Words of a line; nothing for comments and empty lines.
[[nodiscard]] std::vector<std::string> words_of(std::string_view line);

}  // namespace pinchpoint::test_support
