// SPDX-License-Identifier: Apache-2.0
#include "analysis/ruling/internal/switches.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <set>

namespace pinchpoint::ruling::internal {

namespace {

using FlowKey = std::pair<CommodityId, std::string>;
constexpr double without_end = std::numeric_limits<double>::infinity();

/// Limits of one commodity and regime under all vintages, by ends; what a vintage does not mention is free.
using Table = std::map<Ends, std::vector<std::vector<PeriodLimit>>>;

Table table_of(const World& world, const std::vector<Limits>& vintages, const FlowKey& key) {
  Table table;
  const std::vector<PeriodLimit> free(static_cast<std::size_t>(world.timeline.count()));
  for (std::size_t vintage = 0; vintage < vintages.size(); ++vintage) {
    const auto found = vintages[vintage].find(key);
    if (found == vintages[vintage].end()) continue;
    for (const auto& [ends, row] : found->second) {
      auto& rows = table.try_emplace(ends, vintages.size(), free).first->second;
      rows[vintage] = row;
    }
  }
  return table;
}

/// The switches of one commodity and regime in one period: what is prohibited under some vintage has a row of its own,
/// and so has each outcome, over all flows that it is about under some vintage.
class PeriodSwitch {
 public:
  PeriodSwitch(const World& world, const FlowKey& key, PeriodId period, Switches& switches)
      : world_(world), key_(key), period_(period), switches_(switches) {}

  void add(const Table& table) {
    std::map<std::vector<bool>, std::vector<Ends>> stopped;
    std::set<std::string> outcomes;
    for (const auto& [ends, rows] : table) {
      std::vector<bool> is_stopped;
      for (const auto& row : rows) {
        limits_[ends].push_back(row[static_cast<std::size_t>(period_.index())]);
        const PeriodLimit& limit = limits_[ends].back();
        is_stopped.push_back(stops(limit));
        if (!limit.is_free && !is_stopped.back()) outcomes.insert(limit.outcomes);
      }
      stopped[is_stopped].push_back(ends);
    }
    for (const auto& [is_stopped, ends] : stopped) add_stop(is_stopped, ends);
    for (const std::string& outcome : outcomes) add_outcome(outcome);
  }

 private:
  static bool stops(const PeriodLimit& limit) { return !limit.is_free && limit.kind == FlowLimitKind::none; }
  [[nodiscard]] bool is_of(const PeriodLimit& limit, const std::string& outcome) const {
    return !limit.is_free && !stops(limit) && limit.outcomes == outcome;
  }

  void refuse(std::size_t vintage, const std::string& why) {
    std::string& problem = switches_.problems[vintage == 0 ? 0 : vintage - 1];
    if (problem.empty()) problem = why + ": compare two plans instead";
  }

  /// Nothing under some vintages, no limit of this row under others.
  void add_stop(const std::vector<bool>& is_stopped, const std::vector<Ends>& ends) {
    const bool is_any = std::find(is_stopped.begin(), is_stopped.end(), true) != is_stopped.end();
    if (!is_any) return;
    const bool is_always = std::find(is_stopped.begin(), is_stopped.end(), false) == is_stopped.end();
    std::vector<double> amounts;
    for (const bool is : is_stopped) amounts.push_back(is ? 0 : without_end);
    PeriodLimit limit;
    limit.is_free = false;
    for (const PeriodLimit& it : limits_[ends.front()]) {
      if (stops(it)) limit.outcomes = it.outcomes;
    }
    for (const Rectangle& part : rectangles(ends))
      add_measure(limit, part, is_always ? std::vector<double>() : amounts);
  }

  /// An amount or share that flows have under some vintages; under the others all of them are stopped, or none of them
  /// is under any outcome of this name.
  void add_outcome(const std::string& outcome) {
    std::vector<Ends> covered;
    PeriodLimit limit;
    for (const auto& [ends, limits] : limits_) {
      const auto found = std::find_if(limits.begin(), limits.end(), [&](const auto& it) { return is_of(it, outcome); });
      if (found == limits.end()) continue;
      covered.push_back(ends);
      limit = *found;
    }
    const bool is_share = limit.kind == FlowLimitKind::share;
    std::vector<double> amounts;
    for (std::size_t vintage = 0; vintage < switches_.problems.size() + 1; ++vintage) {
      amounts.push_back(amount_under(vintage, outcome, covered));
      if (is_share && amounts.back() != limit.value)
        refuse(vintage, fmt::format("changes a share of what is made that may leave ('{}')", outcome));
    }
    const std::vector<Rectangle> parts = rectangles(covered);
    if (parts.size() > 1 && !is_share) {
      for (std::size_t vintage = 1; vintage < amounts.size(); ++vintage)
        refuse(
            vintage,
            fmt::format("shares the amount of '{}' among flows that are not all origins to all destinations", outcome));
    }
    const bool is_same = std::all_of(amounts.begin(), amounts.end(), [&](double it) { return it == amounts[0]; });
    if (is_same && !is_share) limit.value = amounts.front();
    for (const Rectangle& part : parts) add_measure(limit, part, is_share || is_same ? std::vector<double>() : amounts);
    if (!is_share) add_own_amounts(outcome, limit, covered, amounts);
  }

  /// Flows that have less than the outcome's amount, having fewer months under it, have theirs besides.
  void add_own_amounts(const std::string& outcome, PeriodLimit limit, const std::vector<Ends>& covered,
                       const std::vector<double>& amounts) {
    std::map<std::vector<double>, std::vector<Ends>> own;
    for (const Ends& ends : covered) {
      std::vector<double> rates;
      for (std::size_t vintage = 0; vintage < amounts.size(); ++vintage) {
        const PeriodLimit& it = limits_[ends][vintage];
        rates.push_back(is_of(it, outcome) && it.value < amounts[vintage] ? it.value : without_end);
      }
      own[rates].push_back(ends);
    }
    for (const auto& [rates, ends] : own) {
      const bool is_same = std::all_of(rates.begin(), rates.end(), [&](double it) { return it == rates[0]; });
      if (is_same && rates.front() == without_end) continue;
      limit.value = rates.front();
      for (const Rectangle& part : rectangles(ends)) add_measure(limit, part, is_same ? std::vector<double>() : rates);
    }
  }

  /// Most under a vintage, per year or as a share; without end if no flow is under the outcome then. Flows that are
  /// stopped may stand in the row; others may not.
  double amount_under(std::size_t vintage, const std::string& outcome, const std::vector<Ends>& covered) {
    std::optional<double> amount;
    bool is_open = false;
    for (const Ends& ends : covered) {
      const PeriodLimit& limit = limits_[ends][vintage];
      if (is_of(limit, outcome)) {
        amount = std::max(amount.value_or(0), limit.value);
      }
      is_open = is_open || (!is_of(limit, outcome) && !stops(limit));
    }
    if (amount && is_open) refuse(vintage, fmt::format("splits the amount of '{}' among flows", outcome));
    if (!amount && !is_open) return amount_of_any(outcome, covered);  // all are stopped: the row does not matter
    return amount.value_or(without_end);
  }

  double amount_of_any(const std::string& outcome, const std::vector<Ends>& covered) {
    for (const Ends& ends : covered) {
      for (const PeriodLimit& limit : limits_[ends]) {
        if (is_of(limit, outcome)) return limit.value;
      }
    }
    return without_end;
  }

  void add_measure(const PeriodLimit& limit, const Rectangle& part, std::vector<double> rates) {
    Measure measure = measure_of(world_, {key_.first, key_.second, limit, part, period_, period_});
    if (!rates.empty()) {
      measure.kind = MeasureKind::quota;
      measure.value = rates.front();
      if (rates.front() == without_end) measure.name += " (not before the change)";
      for (double& rate : rates) rate *= world_.timeline.years(period_);
    }
    switches_.measures.push_back(std::move(measure));
    switches_.amounts.push_back(std::move(rates));
  }

  const World& world_;
  const FlowKey& key_;
  PeriodId period_;
  Switches& switches_;
  std::map<Ends, std::vector<PeriodLimit>> limits_;  ///< by vintage
};

}  // namespace

Switches make_switches(const World& world, const std::vector<Limits>& vintages, Diagnostics& diagnostics) {
  Switches switches;
  switches.problems.resize(vintages.size() - 1);
  std::set<FlowKey> keys;
  for (const Limits& limits : vintages) {
    for (const auto& [key, flows] : limits) keys.insert(key);
  }
  Limits same;
  for (const FlowKey& key : keys) {
    const Table table = table_of(world, vintages, key);
    const bool is_same = std::all_of(table.begin(), table.end(), [](const auto& entry) {
      return std::all_of(entry.second.begin(), entry.second.end(),
                         [&](const auto& row) { return row == entry.second.front(); });
    });
    if (is_same) {
      if (const auto found = vintages.front().find(key); found != vintages.front().end()) same.insert(*found);
      continue;
    }
    for (const PeriodId period : world.timeline.periods()) PeriodSwitch(world, key, period, switches).add(table);
  }
  for (Measure& measure : measures_of(world, same, diagnostics)) {
    switches.measures.push_back(std::move(measure));
    switches.amounts.emplace_back();
  }
  return switches;
}

}  // namespace pinchpoint::ruling::internal
