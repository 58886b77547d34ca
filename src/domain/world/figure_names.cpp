// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "domain/world/world.hpp"

namespace pinchpoint {

namespace {

using tables::Table;

/// Names of things by table and id, from the `name` columns of a folder's tables.
class Names {
 public:
  explicit Names(const tables::ModelFolder& folder) {
    for (const auto& [name, table] : folder.tables) {
      const int id = table.schema().find_column("id");
      const int text = table.schema().find_column("name");
      if (id < 0 || text < 0) continue;
      for (std::size_t row = 0; row < table.row_count(); ++row) {
        if (table.has(row, text)) names_[{name, std::string(table.text(row, id))}] = table.text(row, text);
      }
    }
  }

  /// The id itself where no table of those referred to has a name for it.
  [[nodiscard]] std::string of(std::span<const std::string_view> tables, std::string_view id) const {
    for (const std::string_view table : tables) {
      const auto place = names_.find({std::string(table), std::string(id)});
      if (place != names_.end()) return place->second;
    }
    return std::string(id);
  }

 private:
  std::map<std::pair<std::string, std::string>, std::string> names_;
};

std::string in_words(std::string_view word) {
  std::string words(word);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

/// What one cell of the key says: a thing's name, a date, or a word.
std::string part_of(const Names& names, const Table& table, std::size_t row, const tables::ColumnSchema& column) {
  const std::string_view text = table.text(row, table.column(column.name));
  if (text.empty()) return {};
  if (column.name == "id") return names.of(std::span(&table.schema().name, 1), text);
  if (!column.refers_to.empty()) return names.of(column.refers_to, text);
  if (column.type == tables::ColumnType::date) return std::string(column.name) + ' ' + std::string(text);
  return in_words(text);
}

std::string name_of(const Names& names, const Table& table, std::size_t row) {
  const tables::TableSchema& schema = table.schema();
  std::string name;
  for (const std::string_view key : schema.key) {
    const std::string part = part_of(names, table, row, schema.columns[static_cast<std::size_t>(table.column(key))]);
    if (!part.empty()) name += (name.empty() ? "" : ", ") + part;
  }
  // A table with one figure a thing says in the figure's column what it is of the thing.
  if (schema.parameters.empty() && schema.figure != "amount" && schema.figure != "value")
    name += ", " + in_words(schema.figure);
  return name;
}

}  // namespace

std::vector<std::string> name_figures(const tables::ModelFolder& folder) {
  const Names names(folder);
  std::vector<std::string> all;
  for (const tables::TableSchema& schema : tables::schemas()) {
    if (schema.figure.empty()) continue;
    const Table& table = folder.table(schema.name);
    const int figure = table.column(schema.figure);
    for (std::size_t row = 0; row < table.row_count(); ++row) {
      if (table.has(row, figure)) all.push_back(name_of(names, table, row));
    }
  }
  return all;
}

std::string source_text(const tables::ModelFolder& folder, std::string_view source) {
  const Table& sources = folder.table("sources");
  for (std::size_t row = 0; row < sources.row_count(); ++row) {
    if (sources.text(row, sources.column("id")) != source) continue;
    return std::string(sources.text(row, sources.column("publisher"))) + ": " +
           std::string(sources.text(row, sources.column("title")));
  }
  return std::string(source);
}

const char* to_string(Confidence confidence) {
  switch (confidence) {
    case Confidence::unstated:
      return "unstated";
    case Confidence::measured:
      return "measured";
    case Confidence::reported:
      return "reported";
    case Confidence::estimated:
      return "estimated";
    case Confidence::assumed:
      return "assumed";
  }
  return "";
}

}  // namespace pinchpoint
