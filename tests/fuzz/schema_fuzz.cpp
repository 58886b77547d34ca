// SPDX-License-Identifier: Apache-2.0
// Any text as a table, and any text as a patch of it: every cell that passes its schema can be read.
// Input: a line with the table's name, its text, a line "---", the text of a patch.
#include <cstdint>

#include "core/base/ensure.hpp"
#include "core/tables/internal/checks.hpp"
#include "core/tables/internal/patches.hpp"
#include "core/tables/internal/read_part.hpp"

namespace {

using namespace pinchpoint;
using namespace pinchpoint::tables;
using namespace pinchpoint::tables::internal;

Table read(std::string_view text, const TableSchema& schema, Diagnostics& diagnostics) {
  auto data = std::make_shared<Table::Data>();
  data->schema = &schema;
  data->add_part(read_part(std::string(text), std::string(schema.name) + ".csv", schema, false, diagnostics));
  return Table(std::move(data));
}

Tables empty_tables() {
  Tables tables;
  for (const TableSchema& schema : schemas()) {
    auto data = std::make_shared<Table::Data>();
    data->schema = &schema;
    tables.emplace(schema.name, Table(std::move(data)));
  }
  return tables;
}

void read_cell(const Table& table, std::size_t row, int column) {
  static_cast<void>(table.where(row, column));
  if (table.text(row, column).empty()) return;
  switch (table.schema().columns[static_cast<std::size_t>(column)].type) {
    case ColumnType::number:
    case ColumnType::integer:
      static_cast<void>(table.number(row, column));
      break;
    case ColumnType::boolean:
      static_cast<void>(table.boolean(row, column));
      break;
    case ColumnType::date:
      ensure(table.date(row, column).has_value(), "a checked date is a date");
      break;
    case ColumnType::ids:
      ensure(!table.ids(row, column).empty(), "a checked list is not empty");
      break;
    case ColumnType::id:
    case ColumnType::text:
    case ColumnType::choice:
    case ColumnType::unit:
      break;
  }
}

void check(const std::string& name, std::string_view text, std::string_view patch_text) {
  static const UnitSystem units({.price_year = 2025, .deflators = {{2024, 100}, {2025, 103}}});
  const TableSchema* const schema = find_schema(name);
  if (schema == nullptr) return;
  Diagnostics diagnostics;
  Tables tables = empty_tables();
  Table& table = tables.at(name);
  table = read(text, *schema, diagnostics);
  check_cells(table, diagnostics);
  apply_patch(read(patch_text, patch_schema(), diagnostics), "patch", tables, diagnostics);
  check_keys(table, diagnostics);
  check_dates(table, {}, diagnostics);
  check_figures(table, units, {}, diagnostics);
  check_names(tables, diagnostics);
  static_cast<void>(render_text(diagnostics));
  if (diagnostics.has_errors()) return;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    for (int column = 0; column < static_cast<int>(schema->columns.size()); ++column) read_cell(table, row, column);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  const std::size_t name_end = std::min(input.find('\n'), size);
  const std::size_t text_end = std::min(input.find("---\n", name_end), size);
  check(std::string(input.substr(0, name_end)), input.substr(std::min(name_end + 1, text_end), text_end - name_end),
        input.substr(std::min(text_end + 4, size)));
  return 0;
}
