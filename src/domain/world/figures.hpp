// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/source_span.hpp"
#include "core/timeline/timeline.hpp"
#include "core/units/units.hpp"

namespace pinchpoint {

enum class Confidence { unstated, measured, reported, estimated, assumed };
[[nodiscard]] const char* to_string(Confidence confidence);

/// One figure of the input with all that is known of it. Values stay in the user's own unit.
struct Figure {
  std::string table;
  std::string label;  ///< the row's key, e.g. "euv-scanner capex"
  double value = 0;
  std::string unit;
  std::optional<double> low, high;
  std::string as_of;
  Confidence confidence = Confidence::unstated;
  std::vector<std::string> sources;
  std::string note;
  SourceSpan where;
};

}  // namespace pinchpoint
