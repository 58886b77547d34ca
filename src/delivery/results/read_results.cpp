// SPDX-License-Identifier: Apache-2.0
#include "delivery/results/read_results.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "analysis/explain/number_text.hpp"
#include "delivery/results/read_run.hpp"
#include "delivery/results/tables/result_reader.hpp"

namespace pinchpoint::results {

namespace {

using compare::Ids;
using compare::RunData;

double to_number(const std::string& text) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// The query of a table that is compared: its ids, then period, number and unit.
std::string query_of(compare::Table table) {
  using enum compare::Table;
  switch (table) {
    case costs:
      return "SELECT payer_kind, payer, kind, period, discounted, unit FROM cost_lines";
    case payments:
      return "SELECT payer_kind, payer, kind, period, money, unit FROM cost_lines";
    case outlays:
      return "SELECT owner, kind, period, money, unit FROM outlays";
    case budgets:
      return "SELECT owner, period, money, unit FROM budgets";
    case capacity:
      return "SELECT technology, region, owner, period, capacity, unit FROM capacity_on_line";
    case activity:
      return "SELECT technology, region, owner, '', period, value, unit FROM value_activity UNION ALL "
             "SELECT technology, region, owner, mode, period, value, unit FROM value_mode_activity";
    case stocks:
      return "SELECT commodity, region, period, amount, unit FROM stocks";
    case flows:
      return "SELECT way, commodity, origin, destination, period, amount, unit FROM flows";
    case prices:
      // Slices count by their share of the hours.
      return "SELECT p.commodity, p.region, p.period, p.price * coalesce(s.weight, 1), p.unit "
             "FROM prices p LEFT JOIN slices s ON s.id = p.slice";
  }
  return {};
}

/// Fills a RunData query by query.
class ResultsLoader {
 public:
  ResultsLoader(ResultReader& reader, RunData& run) : reader_(reader), run_(run) {}

  void load() {
    load_facts();
    load_periods();
    load_names();
    for (std::size_t at = 0; at < compare::table_count; ++at) load_table(static_cast<compare::Table>(at));
    load_programmes();
    load_orders();
    load_bindings();
    load_verdicts();
  }

 private:
  void load_facts() {
    std::map<std::string, std::string> facts;
    reader_.ask("SELECT key, value FROM run", [&](const ResultRow& row) { facts[row.text(0)] = row.text(1); });
    run_.id = facts["id"];
    run_.status = facts["status"];
    run_.model = facts["name"];
    run_.title = facts["title"];
    run_.currency = facts["objective_unit"];
    run_.price_year = static_cast<int>(to_number(facts["price_year"]));
    run_.discount_rate = to_number(facts["discount_rate"]);
    run_.has_plan = !facts["objective"].empty();
    run_.objective = to_number(facts["objective"]);
    for (const char* name :
         {"scenarios", "patches", "rules_base", "rules_as_of", "step", "objective_unit", "price_year", "discount_rate",
          "method", "seed", "relative_gap", "time_limit", "relax_integers", "version", "solver"}) {
      run_.options.emplace_back(name, facts[name]);
    }
  }

  /// Runs without rules have no such table.
  void load_verdicts() {
    bool has_table = false;
    reader_.ask("SELECT name FROM sqlite_master WHERE name = 'rule_verdicts'",
                [&](const ResultRow&) { has_table = true; });
    if (!has_table) return;
    reader_.ask(
        "SELECT commodity || ' from ' || origin || ' to ' || destination, begins, ends, verdict, rules, limit_kind,"
        " limit_value, limit_unit, outcome FROM rule_verdicts WHERE limit_kind <> 'free'"
        " ORDER BY commodity, origin, destination, begins, regime",
        [&](const ResultRow& row) {
          const std::string kind = row.text(5);
          const std::string left =
              kind == "none" ? "nothing" : fmt::format("{} {}", explain::number_text(row.number(6)), row.text(7));
          std::string& text = run_.verdicts[row.text(0)];
          text += fmt::format("{}{} up to {} {} by {}: {}{}", text.empty() ? "" : "; ", row.text(1), row.text(2),
                              row.text(3), row.text(4), left, row.text(8).empty() ? "" : " (" + row.text(8) + ")");
        });
  }

  void load_periods() {
    reader_.ask("SELECT id, begins, years FROM periods ORDER BY begins", [&](const ResultRow& row) {
      constexpr double months_a_year = 12;
      const Date begin = parse_date(row.text(1)).value_or(Date{});
      const Date end{begin.months + static_cast<int>(std::lround(row.number(2) * months_a_year))};
      index_[row.text(0)] = run_.periods.size();
      run_.periods.push_back({row.text(0), begin, end});
    });
    if (run_.periods.empty()) return;
    const Date last{run_.periods.back().end.months - 1};
    run_.options.emplace_back("horizon",
                              fmt::format("{} to {}", to_string(run_.periods.front().begin), to_string(last)));
  }

  void load_names() {
    for (const char* table : {"commodities", "regions", "organisations", "technologies", "programmes", "lanes"}) {
      reader_.ask(fmt::format("SELECT id, name FROM {}", table),
                  [&](const ResultRow& row) { run_.names.add(table, row.text(0), row.text(1)); });
    }
    reader_.ask("SELECT t.id, t.output, c.unit FROM technologies t JOIN commodities c ON c.id = t.output",
                [&](const ResultRow& row) {
                  run_.outputs[row.text(0)] = {row.text(1), row.text(2)};
                });
  }

  void load_table(compare::Table table) {
    compare::SeriesTable& all = run_.tables[static_cast<std::size_t>(table)];
    int width = 0;
    for (const std::string_view column : compare::table_kinds[static_cast<std::size_t>(table)].key)
      width += column.empty() ? 0 : 1;
    reader_.ask(query_of(table), [&](const ResultRow& row) {
      const auto period = index_.find(row.text(width));
      if (period == index_.end()) return;
      Ids key;
      for (int column = 0; column < width; ++column) key.push_back(row.text(column));
      compare::Series& series = all[key];
      series.unit = row.text(width + 2);
      series.values.resize(run_.periods.size(), 0);
      series.values[period->second] += row.number(width + 1);
    });
  }

  void load_programmes() {
    reader_.ask("SELECT programme, period, asked, met, unit, asked_rate, met_rate, rate_unit FROM programme_results",
                [&](const ResultRow& row) {
                  const auto period = index_.find(row.text(1));
                  if (period == index_.end()) return;
                  compare::ProgrammeSeries& series = run_.programmes[row.text(0)];
                  series.unit = row.text(4);
                  series.rate_unit = row.text(7);
                  const auto put = [&](std::vector<double>& values, int column) {
                    values.resize(run_.periods.size(), 0);
                    values[period->second] = row.number(column);
                  };
                  put(series.asked, 2);
                  put(series.met, 3);
                  put(series.asked_rate, 5);
                  put(series.met_rate, 6);
                });
  }

  void load_orders() {
    reader_.ask("SELECT technology, region, owner, on_line, capacity, unit, capex FROM builds",
                [&](const ResultRow& row) {
                  const auto period = index_.find(row.text(3));
                  if (period == index_.end()) return;
                  run_.orders.push_back({{row.text(0), row.text(1), row.text(2)},
                                         run_.periods[period->second].begin,
                                         row.number(4),
                                         row.text(5),
                                         row.number(6)});
                });
  }

  void load_bindings() {
    reader_.ask("SELECT family, thing, region, owner, name, period, price, price_unit, worth FROM pinch",
                [&](const ResultRow& row) {
                  compare::BindingRow binding{row.text(0), row.text(1),   row.text(2), row.text(3),  row.text(4),
                                              {},          row.number(6), row.text(7), row.number(8)};
                  if (const auto period = index_.find(row.text(5)); period != index_.end())
                    binding.period = period->second;
                  run_.bindings.push_back(std::move(binding));
                });
  }

  ResultReader& reader_;
  RunData& run_;
  std::map<std::string, std::size_t> index_;  // of periods by label
};

}  // namespace

Result<RunData> read_results(const std::filesystem::path& path) {
  const Result<StoredRun> stored = read_run(path);
  if (!stored) return stored.error();
  RunData run;
  run.path = path.string();
  for (const tables::InputFile& input : stored->inputs) run.inputs[input.path] = input.sha256;
  const std::filesystem::path database = path / "results.sqlite";
  Diagnostics problems;
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(database, ignored)) {
    problems.add(Code::run_unfinished, {path.string()}, "the run has no results.sqlite");
    return problems;
  }
  ResultReader reader(database);
  ResultsLoader(reader, run).load();
  if (reader.problem().empty()) return run;
  Diagnostic& problem =
      problems.add(reader.is_of_another_form() ? Code::results_of_another_form : Code::results_unreadable,
                   {database.string()}, fmt::format("the results cannot be read: {}", reader.problem()));
  problem.fix = fmt::format("plan it again with `pinchpoint plan {}`", stored->folder.string());
  return problems;
}

}  // namespace pinchpoint::results
