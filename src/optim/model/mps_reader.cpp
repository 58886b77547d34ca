// SPDX-License-Identifier: Apache-2.0
#include "optim/model/mps_reader.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "optim/model/text_lines.hpp"

namespace pinchpoint::optim {

namespace {

using Fields = std::vector<std::string_view>;

Fields split(std::string_view line) {
  Fields fields;
  std::size_t at = 0;
  while (at < line.size()) {
    const std::size_t begin = line.find_first_not_of(" \t", at);
    if (begin == std::string_view::npos) break;
    const std::size_t end = std::min(line.find_first_of(" \t", begin), line.size());
    fields.push_back(line.substr(begin, end - begin));
    at = end;
  }
  return fields;
}

enum class Section { none, rows, columns, sides, ranges, bounds, objective_sense, end };

std::optional<Section> section_of(std::string_view word) {
  static const std::unordered_map<std::string_view, Section> sections = {
      {"NAME", Section::none},       {"ROWS", Section::rows},
      {"COLUMNS", Section::columns}, {"RHS", Section::sides},
      {"RANGES", Section::ranges},   {"BOUNDS", Section::bounds},
      {"ENDATA", Section::end},      {"OBJSENSE", Section::objective_sense}};
  const auto found = sections.find(word);
  if (found == sections.end()) return std::nullopt;
  return found->second;
}

struct FileRow {
  std::string name;
  char letter;
  double side = 0;
  std::optional<double> range;
};

struct FileColumn {
  std::string name;
  double cost = 0;
  double lower = 0;
  double upper = infinity;
  bool has_lower = false;
  bool is_integer = false;
};

struct FileEntry {
  std::int32_t row;
  std::int32_t column;
  double value;
};

// What files write for no bound at all.
constexpr double written_infinity = 1e30;

constexpr std::int32_t objective_row = -1;
constexpr std::int32_t dropped_row = -2;

class MpsReader {
 public:
  explicit MpsReader(const std::string& path) : path_(path), lines_(path) {}
  Result<Model> read();

 private:
  void take(const std::string& line);
  void begin_section(const Fields& fields);
  void take_row(const Fields& fields);
  void take_column(const Fields& fields);
  void take_side(const Fields& fields);
  void take_range(const Fields& fields);
  void take_bound(const Fields& fields);
  void apply_bound(FileColumn& column, std::string_view kind, double value);
  void take_sense(std::string_view word);
  void add_entry(std::string_view row, std::int32_t column, std::string_view value);
  Model assemble();
  static std::pair<double, double> sides_of(const FileRow& row);

  void complain(Code code, const std::string& message) {
    diagnostics_.add(code, SourceSpan{path_, lines_.line_number(), 0, 0}, message);
  }
  double number(std::string_view text);
  std::optional<std::int32_t> find_row(std::string_view name);
  std::optional<std::int32_t> find_column(std::string_view name);

  std::string path_;
  TextLines lines_;
  Diagnostics diagnostics_{50};
  Section section_ = Section::none;
  std::string name_;
  bool has_objective_ = false;
  bool is_between_markers_ = false;
  bool is_maximised_ = false;
  double offset_ = 0;
  std::vector<FileRow> rows_;
  std::vector<FileColumn> columns_;
  std::vector<FileEntry> entries_;
  std::unordered_map<std::string, std::int32_t> row_index_, column_index_;
};

Result<Model> MpsReader::read() {
  if (!lines_.is_open()) {
    complain(Code::file_unreadable, "the file cannot be opened");
    return diagnostics_;
  }
  std::string line;
  while (section_ != Section::end && lines_.next(line)) take(line);
  if (lines_.is_damaged())
    complain(Code::file_unreadable, "the compressed file is damaged");
  else if (section_ != Section::end)
    complain(Code::file_unreadable, "the file ends without ENDATA");
  if (diagnostics_.has_errors()) return diagnostics_;
  return assemble();
}

void MpsReader::take(const std::string& line) {
  if (line.empty() || line.front() == '*') return;
  const Fields fields = split(line);
  if (fields.empty()) return;
  if (line.front() != ' ' && line.front() != '\t') return begin_section(fields);
  switch (section_) {
    case Section::rows:
      return take_row(fields);
    case Section::columns:
      return take_column(fields);
    case Section::sides:
      return take_side(fields);
    case Section::ranges:
      return take_range(fields);
    case Section::bounds:
      return take_bound(fields);
    case Section::objective_sense:
      return take_sense(fields.front());
    case Section::none:
    case Section::end:
      return complain(Code::file_unreadable, "a line of data before any section");
  }
}

void MpsReader::begin_section(const Fields& fields) {
  const std::optional<Section> section = section_of(fields.front());
  if (!section)
    return complain(Code::file_unreadable, "no MPS section that can be read: " + std::string(fields.front()));
  section_ = *section;
  if (fields.front() == "NAME" && fields.size() > 1) name_ = fields[1];
  if (section_ == Section::objective_sense && fields.size() > 1) take_sense(fields[1]);
}

void MpsReader::take_sense(std::string_view word) {
  if (word == "MAX" || word == "MAXIMIZE")
    is_maximised_ = true;
  else if (word != "MIN" && word != "MINIMIZE")
    complain(Code::file_unreadable, "OBJSENSE is neither MIN nor MAX");
}

void MpsReader::take_row(const Fields& fields) {
  if (fields.size() != 2 || fields[0].size() != 1)
    return complain(Code::file_unreadable, "a row needs a letter and a name");
  const char letter = fields[0].front();
  const std::string name(fields[1]);
  if (std::string_view("NLGE").find(letter) == std::string_view::npos) {
    return complain(Code::file_unreadable, "a row's letter is none of N, L, G, E");
  }
  auto index = static_cast<std::int32_t>(rows_.size());
  if (letter == 'N') index = has_objective_ ? dropped_row : objective_row;
  if (!row_index_.emplace(name, index).second) return complain(Code::duplicate_key, "a second row " + name);
  if (letter == 'N')
    has_objective_ = true;
  else
    rows_.push_back({name, letter, 0, std::nullopt});
}

void MpsReader::take_column(const Fields& fields) {
  if (fields.size() == 3 && fields[1] == "'MARKER'") {
    is_between_markers_ = fields[2] == "'INTORG'";
    return;
  }
  if (fields.size() != 3 && fields.size() != 5)
    return complain(Code::file_unreadable, "a column line needs 3 or 5 fields");
  const std::string name(fields[0]);
  const auto [found, is_new] = column_index_.emplace(name, static_cast<std::int32_t>(columns_.size()));
  if (is_new) {
    columns_.emplace_back();
    columns_.back().name = name;
    columns_.back().is_integer = is_between_markers_;
  }
  for (std::size_t at = 1; at + 1 < fields.size(); at += 2) add_entry(fields[at], found->second, fields[at + 1]);
}

void MpsReader::add_entry(std::string_view row, std::int32_t column, std::string_view value) {
  const std::optional<std::int32_t> index = find_row(row);
  if (!index) return;
  const double amount = number(value);
  if (*index == objective_row)
    columns_[static_cast<std::size_t>(column)].cost += amount;
  else if (*index != dropped_row)
    entries_.push_back({*index, column, amount});
}

void MpsReader::take_side(const Fields& fields) {
  // With an even number of fields the name of the set is left out.
  for (std::size_t at = fields.size() % 2; at + 1 < fields.size(); at += 2) {
    const std::optional<std::int32_t> row = find_row(fields[at]);
    if (!row) continue;
    const double side = number(fields[at + 1]);
    if (*row == objective_row)
      offset_ = -side;
    else if (*row != dropped_row)
      rows_[static_cast<std::size_t>(*row)].side = side;
  }
}

void MpsReader::take_range(const Fields& fields) {
  for (std::size_t at = fields.size() % 2; at + 1 < fields.size(); at += 2) {
    const std::optional<std::int32_t> row = find_row(fields[at]);
    if (row && *row >= 0) rows_[static_cast<std::size_t>(*row)].range = number(fields[at + 1]);
  }
}

void MpsReader::take_bound(const Fields& fields) {
  if (fields.size() < 2 || fields.size() > 4) return complain(Code::file_unreadable, "a bound needs 2 to 4 fields");
  static constexpr std::string_view without_value[] = {"FR", "MI", "PL", "BV"};
  const std::string_view kind = fields[0];
  const bool has_value = std::find(std::begin(without_value), std::end(without_value), kind) == std::end(without_value);
  // kind [set] column [value]; where no value is needed one may still stand there
  std::size_t column_at = has_value ? fields.size() - 2 : std::min<std::size_t>(fields.size() - 1, 2);
  if (column_at == 0) return complain(Code::file_unreadable, "a bound without a value");
  const std::optional<std::int32_t> column = find_column(fields[column_at]);
  if (!column) return;
  apply_bound(columns_[static_cast<std::size_t>(*column)], kind, has_value ? number(fields[column_at + 1]) : 0);
}

void MpsReader::apply_bound(FileColumn& column, std::string_view kind, double value) {
  if (std::abs(value) >= written_infinity) value = std::copysign(infinity, value);
  const bool is_whole = kind == "LI" || kind == "UI" || kind == "BV";
  column.is_integer = column.is_integer || is_whole;
  if (kind == "UP" || kind == "UI") {
    column.upper = value;
    if (value < 0 && !column.has_lower) column.lower = -infinity;
  } else if (kind == "LO" || kind == "LI") {
    column.lower = value;
    column.has_lower = true;
  } else if (kind == "FX") {
    column.lower = column.upper = value;
  } else if (kind == "FR") {
    column.lower = -infinity;
    column.upper = infinity;
  } else if (kind == "MI") {
    column.lower = -infinity;
  } else if (kind == "PL") {
    column.upper = infinity;
  } else if (kind == "BV") {
    column.lower = 0;
    column.upper = 1;
  } else {
    complain(Code::file_unreadable, "no bound that can be read: " + std::string(kind));
  }
}

double MpsReader::number(std::string_view text) {
  std::string_view digits = text;
  if (!digits.empty() && digits.front() == '+') digits.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error == std::errc() && end == digits.data() + digits.size() && !std::isnan(value)) return value;
  complain(Code::bad_number, "no number: " + std::string(text));
  return 0;
}

std::optional<std::int32_t> MpsReader::find_row(std::string_view name) {
  const auto found = row_index_.find(std::string(name));
  if (found != row_index_.end()) return found->second;
  complain(Code::unknown_name, "no such row: " + std::string(name));
  return std::nullopt;
}

std::optional<std::int32_t> MpsReader::find_column(std::string_view name) {
  const auto found = column_index_.find(std::string(name));
  if (found != column_index_.end()) return found->second;
  complain(Code::unknown_name, "no such column: " + std::string(name));
  return std::nullopt;
}

std::pair<double, double> MpsReader::sides_of(const FileRow& row) {
  const double range = row.range.value_or(0);
  if (row.letter == 'L') return {row.range ? row.side - std::abs(range) : -infinity, row.side};
  if (row.letter == 'G') return {row.side, row.range ? row.side + std::abs(range) : infinity};
  return {row.side + std::min(range, 0.0), row.side + std::max(range, 0.0)};
}

Model MpsReader::assemble() {
  const double sign = is_maximised_ ? -1 : 1;
  const auto names = std::make_shared<Names>();
  ModelBuilder builder;
  for (const FileRow& row : rows_) {
    const auto [lower, upper] = sides_of(row);
    builder.add_row({names->add_family(row.name, {})}, lower, upper);
  }
  for (const FileColumn& column : columns_) {
    builder.add_column({names->add_family(column.name, {})}, sign * column.cost, column.lower, column.upper,
                       column.is_integer);
  }
  for (const FileEntry& entry : entries_) builder.add_entry(RowId(entry.row), ColumnId(entry.column), entry.value);
  builder.add_offset(sign * offset_);
  return builder.build(name_, names);
}

}  // namespace

Result<Model> read_mps(const std::string& path) { return MpsReader(path).read(); }

}  // namespace pinchpoint::optim
