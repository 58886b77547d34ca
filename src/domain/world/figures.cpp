// SPDX-License-Identifier: Apache-2.0
#include "domain/world/figures.hpp"

#include "domain/world/internal/loader.hpp"
#include "domain/world/world.hpp"

namespace pinchpoint {

namespace {

/// Columns of a table that every figure carries, looked up once.
struct FigureColumns {
  explicit FigureColumns(const tables::Table& table)
      : figure(table.column(table.schema().figure)),
        unit(table.column("unit")),
        low(table.column("low")),
        high(table.column("high")),
        as_of(table.column("as_of")),
        confidence(table.column("confidence")),
        source(table.column("source")),
        note(table.column("note")) {
    for (const std::string_view name : table.schema().key) key.push_back(table.column(name));
  }
  int figure, unit, low, high, as_of, confidence, source, note;
  std::vector<int> key;
};

std::string label_of(const tables::Table& table, std::size_t row, const FigureColumns& columns) {
  std::string label;
  for (const int column : columns.key) {
    const std::string_view part = table.text(row, column);
    if (part.empty()) continue;
    if (!label.empty()) label += ' ';
    label += part;
  }
  return label;
}

Figure figure_of(const tables::Table& table, std::size_t row, const FigureColumns& columns) {
  Figure figure;
  figure.table = table.schema().name;
  figure.label = label_of(table, row, columns);
  figure.value = table.number(row, columns.figure);
  figure.unit = table.text(row, columns.unit);
  if (table.has(row, columns.low)) figure.low = table.number(row, columns.low);
  if (table.has(row, columns.high)) figure.high = table.number(row, columns.high);
  figure.as_of = table.text(row, columns.as_of);
  figure.confidence = internal::confidence_of(table.text(row, columns.confidence));
  for (const std::string_view source : table.ids(row, columns.source)) figure.sources.emplace_back(source);
  figure.note = table.text(row, columns.note);
  figure.where = table.where(row, columns.figure);
  return figure;
}

}  // namespace

Confidence internal::confidence_of(std::string_view text) {
  if (text == "measured") return Confidence::measured;
  if (text == "reported") return Confidence::reported;
  if (text == "estimated") return Confidence::estimated;
  if (text == "assumed") return Confidence::assumed;
  return Confidence::unstated;
}

std::vector<Figure> list_figures(const tables::ModelFolder& folder) {
  std::vector<Figure> figures;
  for (const tables::TableSchema& schema : tables::schemas()) {
    if (schema.figure.empty()) continue;
    const tables::Table& table = folder.table(schema.name);
    const FigureColumns columns(table);
    for (std::size_t row = 0; row < table.row_count(); ++row) {
      if (table.has(row, columns.figure)) figures.push_back(figure_of(table, row, columns));
    }
  }
  return figures;
}

}  // namespace pinchpoint
