// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "analysis/compare/internal/parts.hpp"

namespace pinchpoint::compare {

namespace {

double sum(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

/// What is met; all that is asked for, where rounding alone is missing or over.
std::vector<double> without_rounding(std::vector<double> met, const std::vector<double>& asked) {
  constexpr double rounding = 1e-9;
  for (std::size_t at = 0; at < met.size(); ++at) {
    if (std::abs(met[at] - asked[at]) <= rounding * std::abs(asked[at])) met[at] = asked[at];
  }
  return met;
}

std::optional<std::size_t> full_from(const std::vector<double>& asked, const std::vector<double>& met) {
  std::optional<std::size_t> from;
  bool is_short_later = false;
  for (std::size_t at = asked.size(); at-- > 0;) {
    if (asked[at] <= 0) continue;
    is_short_later = is_short_later || met[at] < asked[at] * (1 - tolerance);
    if (!is_short_later) from = at;
  }
  return from;
}

bool any_differs(const std::vector<double>& first, const std::vector<double>& second) {
  double size = 0, step = 0;
  for (std::size_t at = 0; at < first.size(); ++at) {
    size = std::max({size, std::abs(first[at]), std::abs(second[at])});
    step = std::max(step, std::abs(second[at] - first[at]));
  }
  return step > tolerance * size;
}

ProgrammeChange compare_programme(const Pair& pair, const std::string& id) {
  static const ProgrammeSeries nothing;
  const auto left = pair.first.programmes.find(id), right = pair.second.programmes.find(id);
  const ProgrammeSeries& first = left == pair.first.programmes.end() ? nothing : left->second;
  const ProgrammeSeries& second = right == pair.second.programmes.end() ? nothing : right->second;
  const ProgrammeSeries& known = left == pair.first.programmes.end() ? second : first;
  ProgrammeChange change;
  change.id = id;
  change.name = pair.speaker.name("programmes", id);
  change.unit = known.unit;
  change.rate_unit = known.rate_unit;
  const auto first_asked = pair.first_by_span(first.asked, Summing::flow);
  const auto second_asked = pair.second_by_span(second.asked, Summing::flow);
  const auto first_met = without_rounding(pair.first_by_span(first.met, Summing::flow), first_asked);
  const auto second_met = without_rounding(pair.second_by_span(second.met, Summing::flow), second_asked);
  change.first_asked = sum(first_asked);
  change.second_asked = sum(second_asked);
  change.first_met = sum(first_met);
  change.second_met = sum(second_met);
  change.first_asked_rate = pair.first_by_span(first.asked_rate, Summing::mean);
  change.second_asked_rate = pair.second_by_span(second.asked_rate, Summing::mean);
  change.first_met_rate = without_rounding(pair.first_by_span(first.met_rate, Summing::mean), change.first_asked_rate);
  change.second_met_rate =
      without_rounding(pair.second_by_span(second.met_rate, Summing::mean), change.second_asked_rate);
  change.first_full_from = full_from(first_asked, first_met);
  change.second_full_from = full_from(second_asked, second_met);
  for (std::size_t at = 0; at < first_met.size(); ++at) {
    if (std::abs(second_met[at] - first_met[at]) > std::abs(second_met[change.peak] - first_met[change.peak]))
      change.peak = at;
  }
  change.is_changed = any_differs(first_met, second_met) || any_differs(first_asked, second_asked);
  return change;
}

/// Of what is asked for: how much more or less is met.
double shift(const ProgrammeChange& change) {
  const double asked = std::max(change.first_asked, change.second_asked);
  return asked > 0 ? std::abs(change.second_met - change.first_met) / asked : 0;
}

}  // namespace

std::vector<ProgrammeChange> compare_programmes(const Pair& pair) {
  std::set<std::string> ids;
  for (const RunData* run : {&pair.first, &pair.second})
    for (const auto& [id, series] : run->programmes) ids.insert(id);
  std::vector<ProgrammeChange> changes;
  for (const std::string& id : ids) {
    ProgrammeChange change = compare_programme(pair, id);
    if (change.first_asked > 0 || change.second_asked > 0) changes.push_back(std::move(change));
  }
  std::stable_sort(changes.begin(), changes.end(), [](const ProgrammeChange& left, const ProgrammeChange& right) {
    return std::pair(left.is_changed, shift(left)) > std::pair(right.is_changed, shift(right));
  });
  return changes;
}

}  // namespace pinchpoint::compare
