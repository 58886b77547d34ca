// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "optim/solve/start/start_point.hpp"

namespace pinchpoint::results {

/// Where a run's solve ended, beside its results: a header that says of which problem (sizes and sums of its pattern
/// and its numbers), for plans with whole blocks the bound and the integers, and one letter a column and a row:
/// l on its lower bound, b basic, u on its upper bound, z free at zero, n not basic.
inline constexpr std::string_view basis_file = "basis.txt";

[[nodiscard]] std::string render_basis(const optim::StartPoint& start);
/// Nothing if that is not what render_basis() wrote.
[[nodiscard]] std::optional<optim::StartPoint> read_basis(std::string_view text);

struct StoredBasis {
  std::optional<optim::StartPoint> start;
  std::string problem;  ///< why there is none: "keeps no basis"; for "the run …"
};
[[nodiscard]] StoredBasis read_run_basis(const std::filesystem::path& run);

}  // namespace pinchpoint::results
