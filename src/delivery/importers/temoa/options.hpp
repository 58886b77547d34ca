// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

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
  bool is_later = false;           ///< release 4.1, whose configurations name extensions
  bool growth_is_limited = false;  ///< the extension growth_rates is switched on

  [[nodiscard]] Sequence sequence() const {
    return sequencing == "consecutive_days" ? Sequence::year : Sequence::seasons;
  }
  /// Limits on ramping from season to season are left out where seasons have no order, or all follow, and by 4.1.
  [[nodiscard]] bool ramps_between_seasons() const { return sequencing == "representative_periods" && !is_later; }
};

/// Reads the configuration (config*.toml) beside a database that names it as its input, if there is one.
///
/// errors    IMP-003 for what is no plan with perfect foresight, and for sequences that cannot be expressed
[[nodiscard]] TemoaOptions read_options(const std::filesystem::path& database, Diagnostics& problems);

}  // namespace pinchpoint::importers::temoa
