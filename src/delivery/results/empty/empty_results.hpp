// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace pinchpoint::results {

/// Bytes of a results.sqlite with all tables and views that every run has, and no rows; made at build time by main.cpp
/// beside this, from the same code that writes runs. In library pp_empty_results.
[[nodiscard]] std::string_view empty_results();

}  // namespace pinchpoint::results
