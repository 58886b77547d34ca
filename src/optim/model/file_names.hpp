// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "optim/model/model.hpp"

namespace pinchpoint::optim {

/// What a file format lets a name hold. Other characters become '_', and brackets become parentheses where
/// `has_brackets` is false.
struct NameRules {
  std::string_view forbidden;  ///< besides blanks and control characters
  bool has_brackets = true;
  bool may_begin_with_number = true;  ///< false: such names, and those like e12, get a leading '_'
  std::size_t longest = 255;
};

inline constexpr NameRules mps_names{.forbidden = "$", .longest = 255};
inline constexpr NameRules lp_names{
    .forbidden = "+-*/^<>=:\\|", .has_brackets = false, .may_begin_with_number = false, .longest = 240};

/// Rendered names made legal and different from one another ("~2", "~3" … where two would be the same).
[[nodiscard]] std::vector<std::string> row_file_names(const Model& model, const NameRules& rules);
[[nodiscard]] std::vector<std::string> column_file_names(const Model& model, const NameRules& rules);

}  // namespace pinchpoint::optim
