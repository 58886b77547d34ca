// SPDX-License-Identifier: Apache-2.0
#include "support/world_text.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <set>
#include <stdexcept>
#include <utility>

#include "core/base/ensure.hpp"
#include "core/tables/model_folder.hpp"

namespace pinchpoint::test_support {

namespace fs = std::filesystem;

namespace {

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \n");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \n") - first + 1));
}

std::vector<std::string> parts_of(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const auto end = std::min(text.find(separator), text.size());
    if (std::string part = trimmed(text.substr(0, end)); !part.empty()) parts.push_back(std::move(part));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

/// "10 t/year" → the table's figure column and `unit`.
void put_figure(Cells& cells, std::string_view table, const std::string& figure) {
  const tables::TableSchema* const schema = tables::find_schema(table);
  ensure(schema != nullptr && !schema->figure.empty(), "a figure in a table that has none");
  const auto space = figure.find(' ');
  cells[std::string(schema->figure)] = figure.substr(0, space);
  cells["unit"] = space == std::string::npos ? "" : trimmed(std::string_view(figure).substr(space));
}

void put_cells(Cells& cells, std::string_view table, std::string_view text) {
  for (const std::string& part : parts_of(text, ';')) {
    const auto equals = part.find('=');
    ensure(equals != std::string::npos, "a cell is written column=text");
    const std::string column = trimmed(std::string_view(part).substr(0, equals));
    const std::string value = trimmed(std::string_view(part).substr(equals + 1));
    if (column == "figure") {
      put_figure(cells, table, value);
    } else {
      cells[column] = value;
    }
  }
}

bool has_all(const Cells& row, const Cells& wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [&](const auto& cell) {
    const auto found = row.find(cell.first);
    return (found == row.end() ? std::string() : found->second) == cell.second;
  });
}

std::string quoted(const std::string& cell) {
  if (cell.find_first_of(",\"\n") == std::string::npos) return cell;
  std::string text = "\"";
  for (const char letter : cell) text += letter == '"' ? "\"\"" : std::string(1, letter);
  return text + '"';
}

void write_table(const fs::path& path, const std::vector<Cells>& rows) {
  std::set<std::string> columns;
  for (const Cells& row : rows) {
    for (const auto& [column, text] : row) columns.insert(column);
  }
  std::ofstream file(path);
  std::string separator;
  for (const std::string& column : columns) file << std::exchange(separator, ",") << column;
  file << '\n';
  for (const Cells& row : rows) {
    separator.clear();
    for (const std::string& column : columns) {
      const auto cell = row.find(column);
      file << std::exchange(separator, ",") << (cell == row.end() ? "" : quoted(cell->second));
    }
    file << '\n';
  }
  if (!file) throw std::runtime_error("cannot write " + path.string());
}

std::string in_quotes(std::string_view text) { return std::string("\"").append(text).append("\""); }

}  // namespace

WorldText::WorldText() {
  horizon("2025", "2025");
  money(0);
  row("layers", "id=goods; position=1");
  row("organisations", "id=firm; kind=firm");
}

WorldText& WorldText::horizon(std::string_view start, std::string_view end, std::string_view step) {
  horizon_keys = {{"start", in_quotes(start)}, {"end", in_quotes(end)}, {"step", in_quotes(step)}};
  return *this;
}

WorldText& WorldText::rules(std::string_view as_of) {
  rules_keys = {{"as_of", in_quotes(as_of)}};
  return *this;
}

WorldText& WorldText::money(double discount_rate, std::string_view capital) {
  money_keys = {{"discount_rate", std::to_string(discount_rate)}, {"capital", in_quotes(capital)}};
  return *this;
}

WorldText& WorldText::row_with(std::string_view table, Cells cells, std::string_view more) {
  put_cells(cells, table, more);
  tables[std::string(table)].push_back(std::move(cells));
  return *this;
}

WorldText& WorldText::row(std::string_view table, std::string_view cells) { return row_with(table, {}, cells); }

WorldText& WorldText::change(std::string_view table, std::string_view where, std::string_view cells) {
  Cells wanted;
  put_cells(wanted, table, where);
  bool is_found = false;
  for (Cells& row : tables[std::string(table)]) {
    if (!has_all(row, wanted)) continue;
    put_cells(row, table, cells);
    is_found = true;
  }
  ensure(is_found, "a change of a row that is not there");
  return *this;
}

WorldText& WorldText::remove(std::string_view table, std::string_view where) {
  Cells wanted;
  put_cells(wanted, table, where);
  const auto removed =
      std::erase_if(tables[std::string(table)], [&](const Cells& row) { return has_all(row, wanted); });
  ensure(removed > 0, "a row to be removed that is not there");
  return *this;
}

WorldText& WorldText::regions(std::string_view ids) {
  for (const std::string& id : parts_of(ids, ' ')) row_with("regions", {{"id", id}, {"kind", "country"}}, {});
  return *this;
}

WorldText& WorldText::commodity(std::string_view id, std::string_view unit, std::string_view more) {
  return row_with("commodities", {{"id", std::string(id)}, {"unit", std::string(unit)}, {"layer", "goods"}}, more);
}

WorldText& WorldText::commodity_figure(std::string_view id, std::string_view parameter, std::string_view figure,
                                       std::string_view more) {
  Cells cells{{"commodity", std::string(id)}, {"parameter", std::string(parameter)}};
  put_figure(cells, "commodity_parameters", std::string(figure));
  return row_with("commodity_parameters", std::move(cells), more);
}

WorldText& WorldText::technology(std::string_view id, std::string_view output, std::string_view capacity_unit) {
  return row_with(
      "technologies",
      {{"id", std::string(id)}, {"output", std::string(output)}, {"capacity_unit", std::string(capacity_unit)}}, {});
}

WorldText& WorldText::technology_figure(std::string_view id, std::string_view parameter, std::string_view figure,
                                        std::string_view more) {
  Cells cells{{"technology", std::string(id)}, {"parameter", std::string(parameter)}};
  put_figure(cells, "technology_parameters", std::string(figure));
  return row_with("technology_parameters", std::move(cells), more);
}

WorldText& WorldText::recipe(std::string_view technology, std::string_view role, std::string_view commodity,
                             std::string_view figure, std::string_view more) {
  Cells cells{
      {"technology", std::string(technology)}, {"role", std::string(role)}, {"commodity", std::string(commodity)}};
  put_figure(cells, "recipes", std::string(figure));
  return row_with("recipes", std::move(cells), more);
}

WorldText& WorldText::facility(std::string_view technology, std::string_view region, std::string_view figure,
                               std::string_view more) {
  const std::string number = std::to_string(tables["facilities"].size() + 1);
  Cells cells{{"id", std::string(technology).append("-").append(number)},
              {"technology", std::string(technology)},
              {"region", std::string(region)},
              {"owner", "firm"},
              {"status", "existing"}};
  put_figure(cells, "facilities", std::string(figure));
  return row_with("facilities", std::move(cells), more);
}

WorldText& WorldText::option(std::string_view technology, std::string_view region, std::string_view more) {
  const std::string number = std::to_string(tables["options"].size() + 1);
  return row_with("options",
                  {{"id", std::string("option-").append(technology).append("-").append(number)},
                   {"technology", std::string(technology)},
                   {"region", std::string(region)},
                   {"owner", "firm"}},
                  more);
}

WorldText& WorldText::stock(std::string_view commodity, std::string_view region, std::string_view parameter,
                            std::string_view figure, std::string_view more) {
  Cells cells{
      {"commodity", std::string(commodity)}, {"region", std::string(region)}, {"parameter", std::string(parameter)}};
  put_figure(cells, "stocks", std::string(figure));
  return row_with("stocks", std::move(cells), more);
}

WorldText& WorldText::lane(std::string_view id, std::string_view commodity, std::string_view origin,
                           std::string_view destination, std::string_view more) {
  return row_with("lanes",
                  {{"id", std::string(id)},
                   {"commodity", std::string(commodity)},
                   {"origin", std::string(origin)},
                   {"destination", std::string(destination)}},
                  more);
}

WorldText& WorldText::lane_figure(std::string_view id, std::string_view parameter, std::string_view figure,
                                  std::string_view more) {
  Cells cells{{"lane", std::string(id)}, {"parameter", std::string(parameter)}};
  put_figure(cells, "lane_parameters", std::string(figure));
  return row_with("lane_parameters", std::move(cells), more);
}

WorldText& WorldText::measure(std::string_view id, std::string_view kind, std::string_view commodity,
                              std::string_view more) {
  return row_with("measures",
                  {{"id", std::string(id)}, {"kind", std::string(kind)}, {"commodity", std::string(commodity)}}, more);
}

WorldText& WorldText::programme(std::string_view id, std::string_view commodity, std::string_view region,
                                std::string_view demand, std::string_view value) {
  row_with("programmes",
           {{"id", std::string(id)},
            {"commodity", std::string(commodity)},
            {"region", std::string(region)},
            {"payer", "firm"}},
           {});
  programme_figure(id, "demand", demand);
  return programme_figure(id, "value", value);
}

WorldText& WorldText::programme_figure(std::string_view id, std::string_view parameter, std::string_view figure,
                                       std::string_view more) {
  Cells cells{{"programme", std::string(id)}, {"parameter", std::string(parameter)}};
  put_figure(cells, "programme_parameters", std::string(figure));
  return row_with("programme_parameters", std::move(cells), more);
}

WorldText& WorldText::budget(std::string_view figure, std::string_view more) {
  Cells cells{{"owner", "firm"}};
  put_figure(cells, "budgets", std::string(figure));
  return row_with("budgets", std::move(cells), more);
}

void WorldText::write(const fs::path& folder) const {
  fs::create_directories(folder);
  std::ofstream model(folder / "model.toml");
  model << "name = \"test\"\n\n[horizon]\n";
  for (const auto& [key, value] : horizon_keys) model << key << " = " << value << '\n';
  model << "\n[money]\n";
  for (const auto& [key, value] : money_keys) model << key << " = " << value << '\n';
  if (!rules_keys.empty()) model << "\n[rules]\n";
  for (const auto& [key, value] : rules_keys) model << key << " = " << value << '\n';
  if (!model) throw std::runtime_error("cannot write " + folder.string());
  for (const auto& [table, rows] : tables) {
    if (!rows.empty()) write_table(folder / (table + ".csv"), rows);
  }
}

TemporaryFolder::TemporaryFolder() {
  // A name made of the process could be that of a folder which a killed one left behind.
  std::string name = (fs::temp_directory_path() / "pinchpoint-test-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a folder like " + name);
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

namespace {

/// A value, or an exception with what was complained of.
template <class Value>
Value or_throw(Result<Value> result, const fs::path& folder) {
  if (!result) throw std::runtime_error(render_text(result.error(), folder.string()));
  return std::move(result).value();
}

}  // namespace

ReadWorld read_world(const fs::path& path) {
  auto folder = or_throw(tables::read_model_folder(path), path);
  auto world = or_throw(load_world(folder), path);
  return {std::move(folder), std::move(world)};
}

ReadWorld read_world(const WorldText& text) {
  const TemporaryFolder folder;
  text.write(folder.path());
  return read_world(folder.path());
}

World world_of(const WorldText& text) { return read_world(text).world; }

Diagnostics complaints_of(const WorldText& text) {
  const TemporaryFolder folder;
  text.write(folder.path());
  const auto read = tables::read_model_folder(folder.path());
  if (!read) return read.error();
  const auto world = load_world(read.value());
  return world ? Diagnostics() : world.error();
}

std::vector<std::string> codes_of(const Diagnostics& diagnostics) {
  std::vector<std::string> codes;
  for (const Diagnostic& item : diagnostics.all()) codes.emplace_back(info(item.code).code);
  return codes;
}

}  // namespace pinchpoint::test_support
