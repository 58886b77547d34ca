// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/diagnostic.hpp"

namespace pinchpoint::importers::temoa {

/// How slices follow one another: seasons that return to their beginning, or all of the year's in a row.
enum class Sequence { seasons, year };

/// What Temoa takes from its configuration and not from the database, as far as the optimum depends on it.
struct TemoaOptions {
  std::string file;  ///< empty = none was found, and these are assumed
  std::string sequencing = "seasonal_timeslices";
  double days_per_period = 365;  ///< of a year
  bool reserve_is_dynamic = false;
  std::optional<std::string> extensions;  ///< the list as it is written; nothing before release 4.1, which knows them

  [[nodiscard]] Sequence sequence() const {
    return sequencing == "consecutive_days" ? Sequence::year : Sequence::seasons;
  }
  /// Limits on ramping from season to season are left out where seasons have no order, or all follow, and by 4.1.
  [[nodiscard]] bool ramps_between_seasons() const { return sequencing == "representative_periods" && !extensions; }
  [[nodiscard]] bool has_extension(std::string_view id) const {
    return extensions && extensions->find(id) != std::string::npos;
  }
};

/// Reads the configuration (config*.toml) beside a database that names it as its input, if there is one.
///
/// errors    IMP-003 for what is no plan with perfect foresight, and for sequences that cannot be expressed
[[nodiscard]] TemoaOptions read_options(const std::filesystem::path& database, Diagnostics& problems);

}  // namespace pinchpoint::importers::temoa
