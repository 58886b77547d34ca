// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "analysis/compare/run_data.hpp"

namespace pinchpoint::compare {

/// A stretch of time that both runs have whole periods for: their periods from..until-1.
struct Span {
  std::string label;  ///< of the longer period; "2026Q1 to 2026Q3" where neither run has one for all of it
  Date begin, end;
  std::size_t first_from = 0, first_until = 0, second_from = 0, second_until = 0;

  [[nodiscard]] double years() const { return (end.months - begin.months) / 12.0; }
};

/// The time both runs cover, cut at every date at which both have a boundary: quarters against quarters are quarters,
/// quarters against years are years. Empty if the runs share no such stretch.
[[nodiscard]] std::vector<Span> common_spans(const std::vector<RunPeriod>& first, const std::vector<RunPeriod>& second);

/// Span that a date falls into; the number of spans if none.
[[nodiscard]] std::size_t span_of(const std::vector<Span>& spans, Date date);

/// Numbers by period as numbers by span. `is_first`: of the first run.
[[nodiscard]] std::vector<double> by_span(const std::vector<Span>& spans, const std::vector<RunPeriod>& periods,
                                          const std::vector<double>& values, Summing summing, bool is_first);

}  // namespace pinchpoint::compare
