// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "delivery/results/tables/result_tables.hpp"

namespace pinchpoint::results {

namespace {

using plan::FamilyInfo;
using plan::Space;
using plan::SpaceTable;

/// Writes the tables of one family after the other.
class FamilyTables {
 public:
  FamilyTables(const TableSource& source, Database& database)
      : source_(source), model_(source.plan.problem.model), database_(database) {}

  void write_values(const FamilyInfo& family) {
    const bool is_amount = family.measured == plan::Measured::amount;
    TableForm form = form_of(family, "value_");
    form.columns.push_back({"value", CellType::number});
    form.columns.push_back({"unit", CellType::text});
    if (is_amount) form.columns.push_back({"per_year", CellType::number});
    form.columns.push_back({"reduced_cost", CellType::number});
    TableWriter table(database_, form);
    if (!source_.values.has_values()) return;
    for (const std::size_t column : source_.values.members(family.family)) {
      const double value = source_.values.value(column);
      if (value == 0) continue;
      std::vector<Cell> cells = key_cells(family, model_.column_key[column]);
      cells.emplace_back(value);
      cells.emplace_back(std::string_view(source_.values.display(model_.column_key[column]).unit));
      if (is_amount) cells.emplace_back(value / years_of(model_.column_key[column]));
      cells.push_back(source_.values.has_duals() ? Cell(source_.values.reduced_cost(column)) : Cell());
      table.row(cells);
    }
  }

  void write_duals(const FamilyInfo& family) {
    TableForm form = form_of(family, "dual_");
    for (const char* name : {"activity", "lower", "upper"}) form.columns.push_back({name, CellType::number});
    form.columns.push_back({"unit", CellType::text});
    form.columns.push_back({"dual", CellType::number});
    form.columns.push_back({"price", CellType::number});
    form.columns.push_back({"price_unit", CellType::text});
    TableWriter table(database_, form);
    if (!source_.values.has_duals()) return;
    for (const std::size_t row : source_.values.members(family.family)) {
      if (source_.values.dual(row) != 0) write_dual(family, row, table);
    }
  }

 private:
  /// Length of the key's period; of the horizon if it has none.
  [[nodiscard]] double years_of(const optim::Key& key) const {
    const Timeline& timeline = source_.world.timeline;
    const PeriodId period = source_.values.period(key);
    return period.is_valid() ? timeline.years(period) : timeline.years_until(timeline.end());
  }
  [[nodiscard]] TableForm form_of(const FamilyInfo& family, const std::string& prefix) const {
    TableForm form{prefix + std::string(family.name), {}};
    for (const Space space : family.spaces) {
      for (const std::string_view attribute : table_of(space).attributes) {
        form.columns.push_back({std::string(attribute), CellType::text});
      }
    }
    return form;
  }
  [[nodiscard]] const SpaceTable& table_of(Space space) const {
    return source_.plan.problem.spaces.at(static_cast<std::size_t>(space));
  }
  /// One text an attribute; empty where the key has no such index.
  [[nodiscard]] std::vector<Cell> key_cells(const FamilyInfo& family, const optim::Key& key) const {
    std::vector<Cell> cells;
    for (std::size_t place = 0; place < family.spaces.size(); ++place) {
      const SpaceTable& table = table_of(family.spaces[place]);
      const std::int32_t index = key.index.at(place);
      for (std::size_t attribute = 0; attribute < table.attributes.size(); ++attribute) {
        cells.emplace_back(index < 0 ? std::string_view()
                                     : std::string_view(table.rows.at(static_cast<std::size_t>(index)).at(attribute)));
      }
    }
    return cells;
  }

  void write_dual(const FamilyInfo& family, std::size_t row, TableWriter& table) const {
    const optim::Key& key = model_.row_key[row];
    const plan::Display& display = source_.values.display(key);
    const std::string price_unit = source_.values.price_unit(key);
    std::vector<Cell> cells = key_cells(family, key);
    cells.emplace_back(source_.values.activity(row) * display.factor);
    cells.emplace_back(model_.row_lower[row] * display.factor);
    cells.emplace_back(model_.row_upper[row] * display.factor);
    cells.emplace_back(std::string_view(display.unit));
    cells.emplace_back(source_.values.dual(row));
    cells.emplace_back(source_.values.price(row));
    cells.emplace_back(std::string_view(price_unit));
    table.row(cells);
  }

  const TableSource& source_;
  const optim::Model& model_;
  Database& database_;
};

}  // namespace

void write_family_tables(const TableSource& source, Database& database) {
  FamilyTables tables(source, database);
  for (const FamilyInfo& family : plan::families()) {
    if (family.is_row) {
      tables.write_duals(family);
    } else {
      tables.write_values(family);
    }
  }
}

}  // namespace pinchpoint::results
