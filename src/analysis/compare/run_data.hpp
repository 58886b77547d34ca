// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/timeline/timeline.hpp"

namespace pinchpoint::compare {

/// How the numbers of several periods become that of a longer one.
enum class Summing {
  flow,  ///< added up
  end,   ///< the last one stands for all
  mean,  ///< averaged, by length
};

/// What a change is worth, so that changes in different units can be ranked.
enum class Worth {
  money,      ///< it is money
  commodity,  ///< amount × price of the commodity
  output,     ///< amount × price of what the technology makes, where both have the same unit
  price,      ///< change of a price × how much is made of the commodity
  none,       ///< ranked by share of the largest in the same unit
};

/// A table of results that is compared number by number.
struct TableKind {
  std::string_view name;                ///< "activity"
  std::string_view title;               ///< "Activity (output made over the horizon)"
  std::array<std::string_view, 4> key;  ///< ids a row is known by; the rest empty
  Summing summing = Summing::flow;
  Worth worth = Worth::none;
};

inline constexpr std::array table_kinds = {
    TableKind{
        "costs", "Costs by payer and kind, discounted", {"payer_kind", "payer", "kind"}, Summing::flow, Worth::money},
    TableKind{"payments",
              "Costs by payer and kind, not discounted",
              {"payer_kind", "payer", "kind"},
              Summing::flow,
              Worth::money},
    TableKind{"outlays", "Money out of owners' purses, not discounted", {"owner", "kind"}, Summing::flow, Worth::money},
    TableKind{"budgets", "Budgets (money that may be spent), not discounted", {"owner"}, Summing::flow, Worth::money},
    TableKind{"capacity", "Capacity on line, average", {"technology", "region", "owner"}, Summing::mean, Worth::none},
    TableKind{"activity", "Activity", {"technology", "region", "owner", "mode"}, Summing::flow, Worth::output},
    TableKind{
        "stocks", "Stocks at the ends of periods, average", {"commodity", "region"}, Summing::end, Worth::commodity},
    TableKind{"flows",
              "Shipments, imports and exports",
              {"way", "commodity", "origin", "destination"},
              Summing::flow,
              Worth::commodity},
    TableKind{
        "prices", "Prices (worth of one unit more), average", {"commodity", "region"}, Summing::mean, Worth::price},
};
inline constexpr std::size_t table_count = table_kinds.size();
enum class Table { costs, payments, outlays, budgets, capacity, activity, stocks, flows, prices };

using Ids = std::vector<std::string>;

/// A row of such a table: one number for each period of its run, zero where the run says nothing.
struct Series {
  std::string unit;
  std::vector<double> values;
};
using SeriesTable = std::map<Ids, Series>;

struct RunPeriod {
  std::string label;  ///< "2027Q1"
  Date begin, end;    ///< the end is not part of it
};

/// What a programme asks for and gets, by period: amounts in the commodity's unit, rates as people know them (MW).
struct ProgrammeSeries {
  std::string unit, rate_unit;
  std::vector<double> asked, met, asked_rate, met_rate;
};

/// Capacity ordered once, in the technology's unit.
struct Order {
  Ids asset;  ///< technology, region, owner
  Date on_line;
  double capacity = 0;
  std::string unit;
  double capex = 0;
};

/// A limit that binds in one period.
struct BindingRow {
  std::string family;
  std::string thing, region, owner;   ///< ids; region and owner may be empty
  std::string name;                   ///< of the thing, for people
  std::optional<std::size_t> period;  ///< nothing: over the horizon
  double price = 0;
  std::string price_unit;
  double worth = 0;
};

/// Names of things: "regions", "KR" → "South Korea".
class NameBook {
 public:
  void add(std::string_view table, std::string_view id, std::string_view name);
  /// Nothing if the table has no name for the id.
  [[nodiscard]] std::optional<std::string> find(std::string_view table, std::string_view id) const;

 private:
  std::map<std::pair<std::string, std::string>, std::string> names_;
};

/// A run as its folder tells it: what came out, and what it was made from. Nothing of the model folder is needed.
struct RunData {
  std::string path, id, status;
  bool has_plan = false;
  std::string model, title;  ///< name and title of the model
  std::string currency;
  int price_year = 0;
  double discount_rate = 0;
  double objective = 0;
  std::vector<RunPeriod> periods;
  std::array<SeriesTable, table_count> tables;
  std::map<std::string, ProgrammeSeries> programmes;
  std::vector<Order> orders;
  std::vector<BindingRow> bindings;
  std::map<std::string, std::pair<std::string, std::string>> outputs;  ///< technology → commodity it makes, its unit
  NameBook names;
  /// What the run was asked for, in the order to show: "scenarios", "late-memory"; "" where it has none.
  std::vector<std::pair<std::string, std::string>> options;
  std::map<std::string, std::string> inputs;  ///< path → SHA-256
  /// "h20 from TW to CN" → what the rules leave of it, in words; flows that are free at all times are left out.
  std::map<std::string, std::string> verdicts;
};

}  // namespace pinchpoint::compare
