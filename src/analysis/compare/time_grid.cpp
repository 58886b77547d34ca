// SPDX-License-Identifier: Apache-2.0
#include "analysis/compare/time_grid.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pinchpoint::compare {

namespace {

std::vector<Date> boundaries(const std::vector<RunPeriod>& periods) {
  std::vector<Date> dates;
  for (const RunPeriod& period : periods) dates.push_back(period.begin);
  if (!periods.empty()) dates.push_back(periods.back().end);
  return dates;
}

std::size_t period_at(const std::vector<RunPeriod>& periods, Date begin) {
  const auto place =
      std::find_if(periods.begin(), periods.end(), [&](const auto& period) { return period.begin >= begin; });
  return static_cast<std::size_t>(place - periods.begin());
}

std::string label_of(const std::vector<RunPeriod>& first, const std::vector<RunPeriod>& second, const Span& span) {
  if (span.first_until - span.first_from == 1) return first[span.first_from].label;
  if (span.second_until - span.second_from == 1) return second[span.second_from].label;
  return fmt::format("{} to {}", first[span.first_from].label, first[span.first_until - 1].label);
}

}  // namespace

std::vector<Span> common_spans(const std::vector<RunPeriod>& first, const std::vector<RunPeriod>& second) {
  const std::vector<Date> left = boundaries(first), right = boundaries(second);
  std::vector<Date> shared;
  std::set_intersection(left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(shared));
  std::vector<Span> spans;
  for (std::size_t at = 0; at + 1 < shared.size(); ++at) {
    Span span;
    span.begin = shared[at];
    span.end = shared[at + 1];
    span.first_from = period_at(first, span.begin);
    span.first_until = period_at(first, span.end);
    span.second_from = period_at(second, span.begin);
    span.second_until = period_at(second, span.end);
    span.label = label_of(first, second, span);
    spans.push_back(std::move(span));
  }
  return spans;
}

std::size_t span_of(const std::vector<Span>& spans, Date date) {
  const auto place =
      std::find_if(spans.begin(), spans.end(), [&](const Span& span) { return span.begin <= date && date < span.end; });
  return static_cast<std::size_t>(place - spans.begin());
}

std::vector<double> by_span(const std::vector<Span>& spans, const std::vector<RunPeriod>& periods,
                            const std::vector<double>& values, Summing summing, bool is_first) {
  std::vector<double> sums;
  for (const Span& span : spans) {
    const std::size_t from = is_first ? span.first_from : span.second_from;
    const std::size_t until = is_first ? span.first_until : span.second_until;
    double sum = 0;
    for (std::size_t period = from; period < until; ++period) {
      const double value = values.empty() ? 0 : values.at(period);
      const double years = (periods[period].end.months - periods[period].begin.months) / 12.0;
      if (summing == Summing::flow) sum += value;
      if (summing == Summing::mean) sum += value * years / span.years();
      if (summing == Summing::end && period + 1 == until) sum = value;
    }
    sums.push_back(sum);
  }
  return sums;
}

}  // namespace pinchpoint::compare
