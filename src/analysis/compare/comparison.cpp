// SPDX-License-Identifier: Apache-2.0
#include "analysis/compare/comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "analysis/compare/internal/parts.hpp"

namespace pinchpoint::compare {

namespace {

std::string horizon_text(const RunData& run) {
  return run.periods.empty() ? "no time at all"
                             : fmt::format("{} to {}", run.periods.front().label, run.periods.back().label);
}

bool shares_a_key(const SeriesTable& first, const SeriesTable& second) {
  return std::any_of(first.begin(), first.end(), [&](const auto& item) { return second.contains(item.first); });
}

/// True if anything that one run has is in the other: a programme, a plant, a stock, a shipment.
bool has_common_things(const RunData& first, const RunData& second) {
  for (const auto& [id, series] : first.programmes)
    if (second.programmes.contains(id)) return true;
  for (const Table table : {Table::capacity, Table::activity, Table::stocks, Table::flows, Table::prices}) {
    const auto at = static_cast<std::size_t>(table);
    if (shares_a_key(first.tables[at], second.tables[at])) return true;
  }
  return false;
}

std::string why_not(const RunData& first, const RunData& second, const std::vector<Span>& spans) {
  if (!has_common_things(first, second)) {
    return fmt::format(
        "{} is a run of the model '{}', {} of '{}': no programme, plant, stock or shipment of one is in the other",
        first.path, first.model, second.path, second.model);
  }
  if (spans.empty()) {
    return fmt::format("the runs share no stretch of time with whole periods of both: {} covers {}, {} covers {}",
                       first.path, horizon_text(first), second.path, horizon_text(second));
  }
  return "";
}

bool covers_all(const RunData& run, const std::vector<Span>& spans) {
  return run.periods.front().begin == spans.front().begin && run.periods.back().end == spans.back().end;
}

void note_limits(const RunData& first, const RunData& second, Comparison& result) {
  const auto note = [&](std::string text) { result.notes.push_back(std::move(text)); };
  if (first.model != second.model)
    note(fmt::format("the runs are of two models, '{}' and '{}'; things with the same id are taken to be the same",
                     first.model, second.model));
  const bool first_is_whole = covers_all(first, result.spans), second_is_whole = covers_all(second, result.spans);
  if (!first_is_whole || !second_is_whole)
    note(fmt::format("the horizons differ ({} and {}): what is compared is {} to {}", horizon_text(first),
                     horizon_text(second), result.spans.front().label, result.spans.back().label));
  if (first.periods.size() != second.periods.size() && first_is_whole && second_is_whole)
    note(fmt::format("the steps differ: {} periods and {} are compared as {}", first.periods.size(),
                     second.periods.size(), result.spans.size()));
  if (!result.has_money) {
    note(fmt::format("money of {} {} and of {} {} is not compared", first.currency, first.price_year, second.currency,
                     second.price_year));
  } else if (!result.has_objective) {
    note(
        "objectives are not compared, since horizon or discount rate differ; costs are: those paid in the common time");
  }
  for (const RunData* run : {&first, &second}) {
    if (run->status != "optimal")
      note(fmt::format("{} is not a certified optimum: its status is {}", run->path, run->status));
  }
}

double payments(const Pair& pair, bool is_first) {
  const RunData& run = is_first ? pair.first : pair.second;
  double sum = 0;
  for (const auto& [key, series] : run.tables[static_cast<std::size_t>(Table::payments)]) {
    for (const double money : by_span(pair.spans, run.periods, series.values, Summing::flow, is_first)) sum += money;
  }
  return sum;
}

bool nothing_changed(const Comparison& result) {
  return !(result.has_money && differs(result.first_cost, result.second_cost)) && result.builds.empty() &&
         result.bindings.empty() &&
         std::none_of(result.programmes.begin(), result.programmes.end(),
                      [](const auto& it) { return it.is_changed; }) &&
         std::all_of(result.tables.begin(), result.tables.end(), [](const auto& it) { return it.changes.empty(); });
}

}  // namespace

bool differs(double first, double second) {
  return std::abs(second - first) > tolerance * std::max(std::abs(first), std::abs(second));
}

Comparison compare_runs(const RunData& first, const RunData& second) {
  Comparison result;
  result.inputs = compare_inputs(first, second);
  result.spans = common_spans(first.periods, second.periods);
  result.problem = why_not(first, second, result.spans);
  if (!result.problem.empty()) return result;
  const Speaker speaker(first.names, second.names);
  const Pair pair{first, second, result.spans, speaker};
  result.has_money = first.currency == second.currency && first.price_year == second.price_year;
  result.has_objective = result.has_money && covers_all(first, result.spans) && covers_all(second, result.spans) &&
                         first.discount_rate == second.discount_rate;
  note_limits(first, second, result);
  result.first_cost = result.has_objective ? first.objective : payments(pair, true);
  result.second_cost = result.has_objective ? second.objective : payments(pair, false);
  result.programmes = compare_programmes(pair);
  result.builds = compare_builds(pair);
  result.bindings = compare_bindings(pair);
  for (std::size_t at = 0; at < table_count; ++at) {
    // Discounted costs are money of the start of the horizon at one rate.
    const bool is_discounted = static_cast<Table>(at) == Table::costs;
    const bool is_money = table_kinds[at].worth == Worth::money || table_kinds[at].worth == Worth::price;
    if ((is_money && !result.has_money) || (is_discounted && !result.has_objective)) continue;
    result.tables[at] = compare_table(pair, static_cast<Table>(at));
  }
  result.is_same = nothing_changed(result);
  result.summary = summarise(pair, result);
  return result;
}

std::string spans_text(const std::vector<Span>& spans, const std::vector<std::size_t>& chosen) {
  if (chosen.empty()) return "";
  if (chosen.size() == 1) return spans[chosen.front()].label;
  const std::size_t all = chosen.back() - chosen.front() + 1;
  std::string text = fmt::format("{} to {}", spans[chosen.front()].label, spans[chosen.back()].label);
  if (chosen.size() < all) text += fmt::format(" ({} of {} periods)", chosen.size(), all);
  return text;
}

std::string delay_text(int months) {
  if (months == 0) return "";
  constexpr std::array words = {"", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"};
  const int size = std::abs(months);
  const auto count = [&](int number, const char* unit) {
    const auto at = static_cast<std::size_t>(number);
    return fmt::format("{} {}{}", at < words.size() ? words[at] : std::to_string(number), unit, number == 1 ? "" : "s");
  };
  const std::string time = size % 12 == 0  ? count(size / 12, "year")
                           : size % 3 == 0 ? count(size / 3, "quarter")
                                           : count(size, "month");
  return time + (months > 0 ? " later" : " sooner");
}

}  // namespace pinchpoint::compare
