// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/packages/package.hpp"

namespace pinchpoint::packages {

/// US content of the hardware by each reading of origin, exact.
///
///   share(r) = sum over lines of value x us_share(r) / sum over lines of value
///
/// Over lines that are no cloud service. Nothing where a line has no value or no share, or the digits do not suffice.
struct Content {
  std::size_t lines = 0, lines_without_value = 0;
  std::optional<Exact> value;   ///< millions of USD
  Shares us_share, with_cloud;  ///< with_cloud: the same with cloud services in the sum; never used by a predicate
  std::optional<Exact> cloud_value;
  std::optional<Exact> gap;  ///< |value - total stated| / total stated
};

[[nodiscard]] Content content_of(const Package& package);

}  // namespace pinchpoint::packages
