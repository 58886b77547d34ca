// SPDX-License-Identifier: Apache-2.0
#include "delivery/results/tables/compare_tables.hpp"

#include <cmath>
#include <system_error>

#include "delivery/results/tables/database.hpp"

namespace pinchpoint::results {

namespace {

using compare::Comparison;

constexpr CellType number = CellType::number;
constexpr CellType integer = CellType::integer;

Cell view(const std::string& text) { return std::string_view(text); }

/// Writes one table after the other.
class CompareTables {
 public:
  CompareTables(const Comparison& comparison, Database& database) : result_(comparison), database_(database) {}

  void write() {
    write_summary();
    write_inputs();
    write_programmes();
    write_builds();
    write_bindings();
    for (std::size_t table = 0; table < compare::table_count; ++table) write_changes(table);
  }

 private:
  [[nodiscard]] std::string_view label(std::optional<std::size_t> span) const {
    return span ? std::string_view(result_.spans[*span].label) : std::string_view();
  }

  void write_summary() {
    TableWriter table(database_, {"summary", {{"key"}, {"value"}}});
    table.row({std::string_view("summary"), view(result_.summary)});
    for (const std::string& note : result_.notes) table.row({std::string_view("note"), view(note)});
  }

  void write_inputs() {
    TableWriter table(database_, {"inputs", {{"what"}, {"first"}, {"second"}}});
    for (const compare::InputDifference& it : result_.inputs)
      table.row({view(it.what), view(it.first), view(it.second)});
  }

  void write_programmes() {
    TableWriter totals(database_, {"programmes",
                                   {{"programme"},
                                    {"name"},
                                    {"first_asked", number},
                                    {"second_asked", number},
                                    {"first_met", number},
                                    {"second_met", number},
                                    {"first_unmet", number},
                                    {"second_unmet", number},
                                    {"unit"},
                                    {"first_full_from"},
                                    {"second_full_from"}}});
    for (const compare::ProgrammeChange& it : result_.programmes)
      totals.row({view(it.id), view(it.name), it.first_asked, it.second_asked, it.first_met, it.second_met,
                  it.first_unmet(), it.second_unmet(), view(it.unit), label(it.first_full_from),
                  label(it.second_full_from)});
    TableWriter periods(database_, {"programme_periods",
                                    {{"programme"},
                                     {"period"},
                                     {"first_asked", number},
                                     {"second_asked", number},
                                     {"first_met", number},
                                     {"second_met", number},
                                     {"unit"}}});
    for (const compare::ProgrammeChange& it : result_.programmes) {
      for (std::size_t at = 0; at < result_.spans.size(); ++at)
        periods.row({view(it.id), view(result_.spans[at].label), it.first_asked_rate[at], it.second_asked_rate[at],
                     it.first_met_rate[at], it.second_met_rate[at], view(it.rate_unit)});
    }
  }

  void write_builds() {
    TableWriter table(database_, {"builds",
                                  {{"technology"},
                                   {"region"},
                                   {"owner"},
                                   {"name"},
                                   {"first_capacity", number},
                                   {"second_capacity", number},
                                   {"unit"},
                                   {"first_capex", number},
                                   {"second_capex", number},
                                   {"first_on_line"},
                                   {"second_on_line"},
                                   {"delay_months", integer},
                                   {"mean_delay_months", number}}});
    for (const compare::BuildChange& it : result_.builds)
      table.row({view(it.key[0]), view(it.key[1]), view(it.key[2]), view(it.name), it.first_capacity,
                 it.second_capacity, view(it.unit), it.first_capex, it.second_capex, label(it.first_on_line),
                 label(it.second_on_line), it.delay_months ? Cell(std::int64_t{*it.delay_months}) : Cell(),
                 it.delay_months ? Cell(it.mean_delay_months) : Cell()});
  }

  void write_bindings() {
    TableWriter table(database_, {"bindings",
                                  {{"family"},
                                   {"thing"},
                                   {"region"},
                                   {"owner"},
                                   {"name"},
                                   {"change"},
                                   {"first_binds"},
                                   {"second_binds"},
                                   {"first_price", number},
                                   {"second_price", number},
                                   {"price_unit"},
                                   {"first_worth", number},
                                   {"second_worth", number}}});
    for (const compare::BindingChange& it : result_.bindings) {
      const std::string first = compare::spans_text(result_.spans, it.first_spans);
      const std::string second = compare::spans_text(result_.spans, it.second_spans);
      table.row({view(it.key[0]), view(it.key[1]), view(it.key[2]), view(it.key[3]), view(it.name),
                 std::string_view(it.came()   ? "came"
                                  : it.went() ? "went"
                                              : "stayed"),
                 view(first), view(second), it.first_price, it.second_price, view(it.price_unit), it.first_worth,
                 it.second_worth});
    }
  }

  void write_changes(std::size_t at) {
    const compare::TableKind& kind = compare::table_kinds[at];
    TableForm form{std::string(kind.name), {}};
    for (const std::string_view column : kind.key) {
      if (!column.empty()) form.columns.push_back({std::string(column)});
    }
    for (const char* column : {"name", "period"}) form.columns.push_back({column});
    for (const char* column : {"first", "second", "difference"}) form.columns.push_back({column, number});
    form.columns.push_back({"unit"});
    TableWriter table(database_, form);
    for (const compare::Change& change : result_.tables[at].changes) {
      for (std::size_t span = 0; span < result_.spans.size(); ++span) {
        if (change.first[span] == change.second[span]) continue;
        std::vector<Cell> cells;
        for (const std::string& id : change.key) cells.push_back(view(id));
        cells.push_back(view(change.name));
        cells.push_back(view(result_.spans[span].label));
        for (const double value : {change.first[span], change.second[span], change.second[span] - change.first[span]})
          cells.emplace_back(value);
        cells.push_back(view(change.unit));
        table.row(cells);
      }
    }
  }

  const Comparison& result_;
  Database& database_;
};

}  // namespace

void write_comparison(const Comparison& comparison, const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / "comparison.sqlite";
  Database database(path);
  CompareTables(comparison, database).write();
  database.finish();
  write_csv_tables(path, folder);
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
}

}  // namespace pinchpoint::results
