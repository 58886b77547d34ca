// SPDX-License-Identifier: Apache-2.0
#include "support/smps/smps_core.hpp"

#include <algorithm>

#include "optim/model/mps_reader.hpp"
#include "optim/model/text_lines.hpp"

namespace pinchpoint::test_support {

namespace {

void take_row(SmpsCore& core, const std::vector<std::string>& words) {
  if (words.size() != 2) return;
  if (words[0] != "N") {
    core.letters += words[0];
  } else if (core.objective.empty()) {
    core.objective = words[1];
  } else {
    core.unused.push_back(words[1]);
  }
}

}  // namespace

std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  if (!line.empty() && line.front() == '*') return words;
  constexpr std::string_view blanks = " \t\r\n";
  std::size_t at = 0;
  while ((at = line.find_first_not_of(blanks, at)) != std::string_view::npos) {
    const std::size_t end = std::min(line.find_first_of(blanks, at), line.size());
    words.emplace_back(line.substr(at, end - at));
    at = end;
  }
  return words;
}

Result<SmpsCore> read_smps_core(const std::string& path) {
  Result<optim::Model> model = optim::read_mps(path);
  if (!model.has_value()) return model.error();
  SmpsCore core;
  core.side_sets = {"RHS", "rhs"};
  core.model = std::move(model).value();
  for (std::int32_t row = 0; row < core.model.row_count(); ++row)
    core.rows[core.model.row_name(optim::RowId(row))] = row;
  for (std::int32_t column = 0; column < core.model.column_count(); ++column)
    core.columns[core.model.column_name(optim::ColumnId(column))] = column;
  optim::TextLines lines(path);
  std::string line, section;
  while (lines.next(line)) {
    const std::vector<std::string> words = words_of(line);
    if (words.empty()) continue;
    const bool is_header = line.front() != ' ' && line.front() != '\t';
    if (is_header) section = words[0];
    const bool is_maximised = section == "OBJSENSE" && words.back().substr(0, 3) == "MAX";
    if (is_maximised) core.sign = -1;
    if (!is_header && section == "RHS" && words.size() % 2 == 1) core.side_sets.insert(words[0]);
    if (!is_header && section == "ROWS") take_row(core, words);
  }
  return core;
}

}  // namespace pinchpoint::test_support
