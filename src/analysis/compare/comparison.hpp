// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "analysis/compare/run_data.hpp"
#include "analysis/compare/time_grid.hpp"

namespace pinchpoint::compare {

/// Of the larger of two numbers: less is the solver's choice of digits, not a difference.
inline constexpr double tolerance = 1e-6;

/// One thing in both runs, number by number.
struct Change {
  Ids key;
  std::string name;  ///< "HBM stacking in South Korea (Donghae Memory)"
  std::string unit;
  std::vector<double> first, second;         ///< by span
  double first_total = 0, second_total = 0;  ///< flows: over the common time; others: average, weighted by length
  double moved = 0;      ///< flows: sum over spans of |second - first|; others: the same, weighted by length in years
  double worth = 0;      ///< `moved` in money, where it can be valued (Worth), 0 where not; of money: the difference
  double share = 0;      ///< `moved` as a share of the largest such sum of the table in the same unit
  std::size_t peak = 0;  ///< span with the largest difference

  [[nodiscard]] double difference() const { return second_total - first_total; }
};

/// What changed in one table: greatest worth first, then greatest share.
struct TableComparison {
  std::size_t compared = 0;  ///< things in either run
  std::vector<Change> changes;
};

/// A programme in both runs. Amounts over the common time in the commodity's unit; rates by span.
struct ProgrammeChange {
  std::string id, name, unit, rate_unit;
  double first_asked = 0, second_asked = 0, first_met = 0, second_met = 0;
  std::vector<double> first_asked_rate, second_asked_rate, first_met_rate, second_met_rate;
  /// Span from which on all that is asked for is met; nothing if it is short in the last that asks for anything.
  std::optional<std::size_t> first_full_from, second_full_from;
  std::size_t peak = 0;  ///< span with the largest difference of what is met
  bool is_changed = false;

  [[nodiscard]] double first_unmet() const { return first_asked - first_met; }
  [[nodiscard]] double second_unmet() const { return second_asked - second_met; }
};

/// What is built of one technology in one place by one owner, all orders of the common time together.
struct BuildChange {
  Ids key;
  std::string name, unit;
  double first_capacity = 0, second_capacity = 0;
  double first_capex = 0, second_capex = 0;
  std::optional<std::size_t> first_on_line, second_on_line;  ///< span of the first capacity; nothing: not built
  /// Months by which the first capacity comes later in the second run; nothing if it is built in one run only.
  std::optional<int> delay_months;
  /// The same as an average over the capacity that both build: by how much the n-th unit comes later.
  double mean_delay_months = 0;
};

/// A limit that binds in either run, over the common time.
struct BindingChange {
  Ids key;                                             ///< family, thing, region, owner
  std::string name;                                    ///< "capacity of HBM stacking in South Korea (Donghae Memory)"
  std::vector<std::size_t> first_spans, second_spans;  ///< in which it binds; a limit over the horizon: all
  double first_price = 0, second_price = 0;            ///< largest
  std::string price_unit;
  double first_worth = 0, second_worth = 0;

  [[nodiscard]] bool came() const { return first_spans.empty(); }
  [[nodiscard]] bool went() const { return second_spans.empty(); }
};

/// What the runs were made from or with, where it differs: the cause of all else.
struct InputDifference {
  std::string what;  ///< "scenarios", "facilities.csv"
  std::string first, second;
};

struct Comparison {
  std::string problem;             ///< why the runs cannot be compared; empty if they can
  std::vector<std::string> notes;  ///< what is left out, and why
  std::vector<InputDifference> inputs;
  std::vector<Span> spans;
  bool has_money = false;                   ///< both count in the same currency and price year
  bool has_objective = false;               ///< and over the same time with the same discount rate: objectives compare
  double first_cost = 0, second_cost = 0;   ///< objectives, or else payments over the common time, not discounted
  std::vector<ProgrammeChange> programmes;  ///< all that both ask for or either gets; most changed first
  std::vector<BuildChange> builds;          ///< that differ; most money first
  std::array<TableComparison, table_count> tables;
  std::vector<BindingChange> bindings;  ///< that came, went, or changed their time or worth; greatest change first
  bool is_same = false;                 ///< nothing differs in what came out
  std::string summary;                  ///< one paragraph
};

/// Compares two runs by ids and dates.
///
/// requires  both have a plan
/// errors    `problem`: no common time, or nothing that one has is in the other
[[nodiscard]] Comparison compare_runs(const RunData& first, const RunData& second);

/// True if they differ by more than the tolerance.
[[nodiscard]] bool differs(double first, double second);
/// "2027Q1", "2026Q1 to 2026Q4", "2026Q1 to 2027Q4 (3 of 8 periods)"
[[nodiscard]] std::string spans_text(const std::vector<Span>& spans, const std::vector<std::size_t>& chosen);
/// "two quarters later", "a year sooner"; empty for 0
[[nodiscard]] std::string delay_text(int months);

}  // namespace pinchpoint::compare
