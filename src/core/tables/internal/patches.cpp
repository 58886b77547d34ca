// SPDX-License-Identifier: Apache-2.0
#include "core/tables/internal/patches.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/tables/internal/cell_text.hpp"
#include "core/tables/internal/table_data.hpp"

namespace pinchpoint::tables::internal {

namespace {

enum PatchColumn { patch_table, patch_where, patch_column, patch_action, patch_value, patch_note };

constexpr std::array<std::string_view, 3> actions = {"set", "add", "multiply"};
constexpr std::array<ColumnSchema, 6> patch_columns = {{
    {"table", ColumnType::id, true, "the table to change"},
    {"where", ColumnType::text, true, "which rows: column=value;column=value, a value may end with *"},
    {"column", ColumnType::id, true, "the column to change"},
    {"action", ColumnType::choice, true, "set, add or multiply", actions},
    {"value", ColumnType::text, false, "the new text, or the number to add or multiply by"},
    {"note", ColumnType::text, false, "a few own words"},
}};
constexpr TableSchema schema_of_patches = {.name = "patches",
                                           .about = "Changes to cells of the other tables.",
                                           .figure = {},
                                           .key = {},
                                           .columns = patch_columns,
                                           .parameters = {}};

struct Condition {
  int column = 0;
  std::string_view value;
  bool is_prefix = false;
};

bool matches(const Condition& condition, std::string_view text) {
  return condition.is_prefix ? text.starts_with(condition.value) : text == condition.value;
}

bool row_matches(const Table& table, std::size_t row, const Condition& condition) {
  const std::string_view text = table.text(row, condition.column);
  const ColumnSchema& schema = table.schema().columns[static_cast<std::size_t>(condition.column)];
  if (schema.type != ColumnType::ids || text.empty()) return matches(condition, text);
  const auto names = table.ids(row, condition.column);
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) { return matches(condition, name); });
}

bool is_number_type(ColumnType type) { return type == ColumnType::number || type == ColumnType::integer; }

/// One row of a patch file.
class PatchRow {
 public:
  PatchRow(const Table& patch, std::size_t row, const std::string& name, Diagnostics& diagnostics)
      : patch_(patch), row_(row), name_(name), diagnostics_(diagnostics) {}

  void apply(Tables& tables) {
    if (!is_sound()) return;
    Table* const table = find_table(tables);
    if (table == nullptr) return;
    const int column = find_column(*table, patch_column, text(patch_column));
    const auto conditions = read_conditions(*table);
    if (column < 0 || !conditions || !fits(table->schema().columns[static_cast<std::size_t>(column)])) return;
    std::size_t hits = 0;
    for (std::size_t row = 0; row < table->row_count(); ++row) {
      const bool is_hit = std::all_of(conditions->begin(), conditions->end(),
                                      [&](const Condition& condition) { return row_matches(*table, row, condition); });
      if (!is_hit) continue;
      ++hits;
      change_row(*table, row, column);
    }
    if (hits == 0) {
      report(patch_where, Code::patch_hits_nothing,
             fmt::format("no row of {} has {}", text(patch_table), text(patch_where)));
    }
  }

 private:
  [[nodiscard]] std::string_view text(PatchColumn column) const { return patch_.text(row_, column); }

  Diagnostic& report(PatchColumn column, Code code, const std::string& message) {
    Diagnostic& item = diagnostics_.add(code, patch_.where(row_, column), message);
    item.found = text(column);
    return item;
  }

  /// False if a cell of the patch row itself is wrong, which check_cells has said.
  [[nodiscard]] bool is_sound() const {
    Diagnostics ignored;
    for (const int column : {patch_table, patch_where, patch_column, patch_action}) {
      check_cell(patch_, row_, column, ignored);
      if (!patch_.has(row_, column)) return false;
    }
    return !ignored.has_errors();
  }

  Table* find_table(Tables& tables) {
    const auto found = tables.find(std::string(text(patch_table)));
    if (found != tables.end()) return &found->second;
    std::vector<std::string> names;
    for (const auto& [name, table] : tables) names.push_back(name);
    suggest(report(patch_table, Code::unknown_name, fmt::format("there is no table '{}'", text(patch_table))), names);
    return nullptr;
  }

  static void suggest(Diagnostic& item, const std::vector<std::string>& names) {
    const std::string near = closest_name(item.found, names);
    if (!near.empty()) item.fix = fmt::format("did you mean '{}'?", near);
  }

  int find_column(const Table& table, PatchColumn place, std::string_view name) {
    const int column = table.schema().find_column(name);
    if (column >= 0) return column;
    std::vector<std::string> names;
    for (const ColumnSchema& schema : table.schema().columns) names.emplace_back(schema.name);
    Diagnostic& item =
        report(place, Code::unknown_column, fmt::format("{} has no column '{}'", table.schema().name, name));
    item.found = name;
    suggest(item, names);
    return -1;
  }

  std::optional<std::vector<Condition>> read_conditions(const Table& table) {
    std::vector<Condition> conditions;
    for (const std::string_view part : split_list(text(patch_where))) {
      const std::size_t equals = part.find('=');
      if (equals == std::string_view::npos) {
        report(patch_where, Code::patch_bad_where, fmt::format("'{}' is not of the form column=value", part));
        return std::nullopt;
      }
      const int column = find_column(table, patch_where, trimmed(part.substr(0, equals)));
      if (column < 0) return std::nullopt;
      const std::string_view value = trimmed(part.substr(equals + 1));
      const bool is_prefix = value.ends_with('*');
      conditions.push_back({column, is_prefix ? value.substr(0, value.size() - 1) : value, is_prefix});
    }
    return conditions;
  }

  [[nodiscard]] bool is_set() const { return text(patch_action) == "set"; }

  /// The action suits the column, and has the number it needs.
  bool fits(const ColumnSchema& column) {
    if (is_set()) return true;
    if (!is_number_type(column.type)) {
      report(patch_action, Code::patch_bad_action,
             fmt::format("'{}' needs a column of numbers; {} is of type {}", text(patch_action), column.name,
                         to_string(column.type)));
      return false;
    }
    if (parse_number(text(patch_value))) return true;
    report(patch_value, Code::bad_number, fmt::format("value '{}' is not a finite number", text(patch_value)));
    return false;
  }

  void change_row(Table& table, std::size_t row, int column) {
    Table::Data& data = TableAccess::data(table);
    data.patches[row].push_back(name_);
    if (is_set()) return change_cell(table, row, column, std::string(text(patch_value)));
    const auto old = parse_number(table.text(row, column));
    if (!old) {
      report(patch_where, Code::patch_bad_action,
             fmt::format("a row that {} hits has no number in {}", text(patch_where), text(patch_column)));
      return;
    }
    change_cell(table, row, column, changed(*old));
    const bool is_figure = table.schema().columns[static_cast<std::size_t>(column)].name == table.schema().figure;
    if (is_figure) move_band(table, row);
  }

  [[nodiscard]] std::string changed(double old) const {
    const double operand = *parse_number(text(patch_value));
    return fmt::format("{}", text(patch_action) == "add" ? old + operand : old * operand);
  }

  void move_band(Table& table, std::size_t row) {
    const auto low = parse_number(table.text(row, table.column("low")));
    const auto high = parse_number(table.text(row, table.column("high")));
    const bool is_reversed = text(patch_action) == "multiply" && *parse_number(text(patch_value)) < 0;
    if (low) change_cell(table, row, table.column(is_reversed ? "high" : "low"), changed(*low));
    if (high) change_cell(table, row, table.column(is_reversed ? "low" : "high"), changed(*high));
  }

  void change_cell(Table& table, std::size_t row, int column, std::string new_text) {
    Table::Data& data = TableAccess::data(table);
    data.patched[data.key(row, column)] = {std::move(new_text), patch_.where(row_, patch_value)};
    check_cell(table, row, column, diagnostics_);
  }

  const Table& patch_;
  std::size_t row_;
  const std::string& name_;
  Diagnostics& diagnostics_;
};

}  // namespace

const TableSchema& patch_schema() { return schema_of_patches; }

void apply_patch(const Table& patch, const std::string& name, Tables& tables, Diagnostics& diagnostics) {
  for (std::size_t row = 0; row < patch.row_count(); ++row) PatchRow(patch, row, name, diagnostics).apply(tables);
}

}  // namespace pinchpoint::tables::internal
