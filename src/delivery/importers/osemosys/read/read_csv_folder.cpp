// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "core/tables/csv.hpp"
#include "delivery/importers/osemosys/foreign_model.hpp"
#include "delivery/importers/osemosys/read/readers.hpp"

namespace pinchpoint::importers::osemosys {

namespace {

namespace fs = std::filesystem;

std::optional<std::string> read_text(const fs::path& path, Diagnostics& problems) {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file.bad() && file.is_open() && text.size() <= tables::largest_csv_bytes) return text;
  problems.add(Code::import_not_found, {path.string(), 0, 0, 0}, fmt::format("cannot read '{}'", path.string()));
  return std::nullopt;
}

bool is_same_word(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(), [](char one, char other) {
    return std::tolower(static_cast<unsigned char>(one)) == std::tolower(static_cast<unsigned char>(other));
  });
}

/// A CSV file whose fields stay readable.
class CsvText {
 public:
  CsvText(const fs::path& path, std::string text, RawModel& model, Diagnostics& problems)
      : model_(model), text_(model.keep(std::move(text))), file_(model.add_file(path.string())) {
    csv_ = tables::read_csv(text_, path.string(), problems);
  }

  [[nodiscard]] std::size_t row_count() const { return csv_.rows.size(); }
  [[nodiscard]] std::size_t column_count() const { return csv_.header.size(); }
  [[nodiscard]] std::string_view header(std::size_t column) { return value(csv_.header_row, csv_.header[column]); }
  /// Index of a column that is not taken yet, or -1.
  int find_column(std::string_view name, const std::vector<int>& taken) {
    for (std::size_t column = 0; column < column_count(); ++column) {
      const int index = static_cast<int>(column);
      if (is_same_word(header(column), name) && std::find(taken.begin(), taken.end(), index) == taken.end()) {
        return index;
      }
    }
    return -1;
  }
  std::string_view cell(std::size_t row, int column) {
    return value(csv_.rows[row], csv_.field(row, static_cast<std::size_t>(column)));
  }
  [[nodiscard]] Place place(std::size_t row, int column) const {
    const auto at = tables::place_of(text_, {}, csv_.rows[row], csv_.field(row, static_cast<std::size_t>(column)));
    return {file_, at.line, at.column, at.length};
  }
  [[nodiscard]] Place header_place() const { return {file_, csv_.header_row.line, 1, 1}; }

 private:
  std::string_view value(const tables::CsvRow& row, const tables::CsvField& field) {
    std::string_view raw = tables::raw_text(text_, row, field);
    if (field.has_doubled_quotes) raw = model_.keep(tables::unescaped(raw));
    while (raw.starts_with(' ')) raw.remove_prefix(1);
    while (raw.ends_with(' ')) raw.remove_suffix(1);
    return raw;
  }

  RawModel& model_;
  std::string_view text_;
  std::int32_t file_;
  tables::Csv csv_;
};

void add_set(CsvText& csv, std::string_view name, RawModel& model) {
  const int column = std::max(0, csv.find_column("VALUE", {}));
  if (name == "COMMODITY") model.is_muio = true;
  auto& members = model.sets[std::string(name_of(find_set(name).value()))];
  if (csv.column_count() == 0) return;
  for (std::size_t row = 0; row < csv.row_count(); ++row) {
    members.push_back({csv.cell(row, column), csv.place(row, column)});
  }
}

/// Columns of the indices, in the order of the specification, and of the value last; empty if they cannot be told.
std::vector<int> columns_of(CsvText& csv, const ParameterSpec& spec) {
  std::vector<int> columns;
  const std::size_t width = spec.indices.size() + 1;
  for (const Set index : spec.indices) {
    int column = csv.find_column(name_of(index), columns);
    if (column < 0) column = csv.find_column(fmt::format("_{}", name_of(index)), columns);
    columns.push_back(column);
  }
  columns.push_back(csv.find_column("VALUE", columns));
  if (std::find(columns.begin(), columns.end(), -1) == columns.end()) return columns;
  if (csv.column_count() != width) return {};
  for (std::size_t at = 0; at < width; ++at) columns[at] = static_cast<int>(at);
  return columns;
}

void add_parameter(CsvText& csv, const ParameterSpec& spec, RawModel& model, Diagnostics& problems) {
  RawModel::Parameter& parameter = model.parameters[std::string(spec.name)];
  parameter.key_count = spec.indices.size();
  if (csv.row_count() == 0) return;
  const std::vector<int> columns = columns_of(csv, spec);
  if (columns.empty()) {
    std::string expected;
    for (const Set index : spec.indices) expected += fmt::format("{},", name_of(index));
    problems
        .add(Code::import_syntax, model.where(csv.header_place()),
             fmt::format("the columns of {} cannot be told", spec.name))
        .expected = expected + "VALUE";
    return;
  }
  for (std::size_t row = 0; row < csv.row_count(); ++row) {
    const Place place = csv.place(row, columns.back());
    const std::string_view text = csv.cell(row, columns.back());
    const auto number = parse_number(text);
    if (!number) {
      problems.add(Code::import_syntax, model.where(place), fmt::format("'{}' of {} is no number", text, spec.name));
      continue;
    }
    parameter.values.push_back({*number, place});
    for (std::size_t at = 0; at + 1 < columns.size(); ++at) parameter.keys.push_back(csv.cell(row, columns[at]));
  }
}

void set_default(std::string_view name, double value, const Place& place, RawModel& model) {
  const ParameterSpec* const spec = find_spec(name);
  if (spec == nullptr) return;
  RawModel::Parameter& parameter = model.parameters[std::string(name)];
  parameter.key_count = spec->indices.size();
  parameter.default_value = RawModel::Value{value, place};
}

/// default_values.csv of otoole's datapackages: name, default_value.
void add_defaults(CsvText& csv, RawModel& model, Diagnostics& problems) {
  const int name = std::max(0, csv.find_column("name", {}));
  const int value = csv.find_column("default_value", {});
  for (std::size_t row = 0; row < csv.row_count() && value >= 0; ++row) {
    const auto number = parse_number(csv.cell(row, value));
    if (number) {
      set_default(csv.cell(row, name), *number, csv.place(row, value), model);
    } else if (!csv.cell(row, value).empty()) {
      problems.add(Code::import_syntax, model.where(csv.place(row, value)),
                   fmt::format("'{}' is no number", csv.cell(row, value)));
    }
  }
}

std::string_view without_comment(std::string_view line) {
  const std::size_t comment = line.find('#');
  if (comment != std::string_view::npos) line = line.substr(0, comment);
  while (!line.empty() && (line.back() == ' ' || line.back() == '\r' || line.back() == '\t')) line.remove_suffix(1);
  return line;
}

/// Of otoole's config.yaml only this is read: a name at the margin, and `default: number` below it.
void read_config(const fs::path& path, RawModel& model, Diagnostics& problems) {
  const auto read = read_text(path, problems);
  if (!read) return;
  const std::int32_t file = model.add_file(path.string());
  const std::string_view text = model.keep(*read);
  std::string_view name;
  std::int32_t number = 0;
  for (std::size_t begin = 0; begin < text.size(); begin = text.find('\n', begin) + 1) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = without_comment(text.substr(begin, end - begin));
    ++number;
    const std::size_t first = line.find_first_not_of(' ');
    if (first == 0 && line.ends_with(':')) name = line.substr(0, line.size() - 1);
    constexpr std::string_view key = "default:";
    if (first != std::string_view::npos && first > 0 && line.substr(first).starts_with(key)) {
      std::string_view value = line.substr(first + key.size());
      value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
      const Place place{file, number, static_cast<std::int32_t>(first) + 1, static_cast<std::int32_t>(key.size())};
      if (const auto figure = parse_number(value)) {
        set_default(name, *figure, place, model);
      } else if (find_spec(name) != nullptr) {
        problems.add(Code::import_syntax, model.where(place), fmt::format("'{}' is no number", value));
      }
    }
    if (end == text.size()) break;
  }
}

/// A file of another name: refused where it has figures, as a parameter of a text of one's own may.
void add_unknown(const fs::path& path, const std::string& name, RawModel& model, Diagnostics& problems) {
  auto text = read_text(path, problems);
  if (!text) return;
  CsvText csv(path, std::move(*text), model, problems);
  const bool has_figures = csv.row_count() > 0 && csv.column_count() > 1 && csv.find_column("VALUE", {}) >= 0;
  if (has_figures && !model.is_lenient) return complain_of_unknown(name, {path.string(), 0, 0, 0}, problems);
  problems.add(Code::import_unused, {path.string(), 0, 0, 0},
               fmt::format("'{}' is no set or parameter of OSeMOSYS and is not used", name));
}

void add_file(const fs::path& path, const std::string& name, RawModel& model, Diagnostics& problems) {
  const ParameterSpec* const spec = find_spec(name);
  const bool is_region_twice = name == "_REGION";  // otoole's second name of the set, for TradeRoute
  if (is_region_twice) return;
  if (spec == nullptr && !find_set(name) && name != "default_values") return add_unknown(path, name, model, problems);
  auto text = read_text(path, problems);
  if (!text || text->empty()) return;
  CsvText csv(path, std::move(*text), model, problems);
  if (spec != nullptr) {
    add_parameter(csv, *spec, model, problems);
  } else if (find_set(name)) {
    add_set(csv, name, model);
  } else {
    add_defaults(csv, model, problems);
  }
}

/// The first that is there.
fs::path find_config(const fs::path& folder) {
  const fs::path above = fs::absolute(folder / ".").lexically_normal().parent_path().parent_path();
  for (const fs::path& place : {folder, above}) {
    for (const char* name : {"config.yaml", "config.yml"}) {
      std::error_code ignored;
      if (fs::is_regular_file(place / name, ignored)) return place / name;
    }
  }
  return {};
}

}  // namespace

void read_csv_folder(const fs::path& folder, RawModel& model, Diagnostics& problems) {
  if (const fs::path config = find_config(folder); !config.empty()) read_config(config, model, problems);
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.is_regular_file() && entry.path().extension() == ".csv") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) add_file(file, file.stem().string(), model, problems);
}

void read_datapackage(const fs::path& file, RawModel& model, Diagnostics& problems) {
  const auto text = read_text(file, problems);
  if (!text) return;
  const auto package = nlohmann::json::parse(*text, nullptr, false);
  const auto complain = [&](Code code, const std::string& message) {
    problems.add(code, {file.string(), 0, 0, 0}, message);
  };
  if (!package.is_object() || !package.contains("resources") || !package["resources"].is_array()) {
    return complain(Code::import_syntax, "this is no data package: it has no list of resources");
  }
  if (const fs::path config = find_config(file.parent_path()); !config.empty()) read_config(config, model, problems);
  for (const nlohmann::json& resource : package["resources"]) {
    const std::string name = resource.is_object() ? resource.value("name", std::string()) : std::string();
    if (resource.is_object() && resource.contains("path") && resource["path"].is_string()) {
      const fs::path path = file.parent_path() / resource["path"].get<std::string>();
      add_file(path, path.stem().string(), model, problems);
    } else {
      complain(Code::import_unsupported, fmt::format("resource '{}' has no path of one CSV file", name));
    }
  }
}

}  // namespace pinchpoint::importers::osemosys
