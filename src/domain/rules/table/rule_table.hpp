// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.hpp"
#include "core/tables/toml_tables.hpp"
#include "domain/rules/language/day.hpp"
#include "domain/rules/language/exact.hpp"

namespace pinchpoint::rules {

enum class ColumnType { id, ids, text, decimal, day, flag, choice };

struct ColumnForm {
  std::string name;
  ColumnType type = ColumnType::text;
  bool is_required = false;
  std::vector<std::string> choices;
};

/// A table of a rule base or a package, as data/schema/rules/<table>.toml or data/schema/package/<table>.toml states
/// it.
struct TableForm {
  std::string name;
  std::vector<std::string> key;
  std::vector<ColumnForm> columns;
};

/// Cells of one table that fit its form.
class RuleTable {
 public:
  [[nodiscard]] std::size_t row_count() const { return rows_.size(); }
  /// Empty where the file has no such column.
  [[nodiscard]] const std::string& text(std::size_t row, std::string_view column) const;
  [[nodiscard]] bool has(std::size_t row, std::string_view column) const { return !text(row, column).empty(); }
  [[nodiscard]] bool flag(std::size_t row, std::string_view column) const { return text(row, column) == "yes"; }
  /// Nothing where the cell is empty or was complained about.
  [[nodiscard]] std::optional<Exact> decimal(std::size_t row, std::string_view column) const;
  [[nodiscard]] std::vector<std::string> ids(std::size_t row, std::string_view column) const;
  /// `from` and `to`; open where empty.
  [[nodiscard]] Span span(std::size_t row) const;
  [[nodiscard]] SourceSpan where(std::size_t row, std::string_view column) const;
  /// Columns of the file that the form does not have, in order.
  [[nodiscard]] const std::vector<std::string>& extra_columns() const { return extra_; }

 private:
  friend RuleTable read_rule_table(const std::string& file, const std::string& text, const TableForm& form,
                                   const std::vector<std::string>& more_columns, Diagnostics& diagnostics);
  friend RuleTable read_toml_rows(const std::vector<tables::TomlRow>& rows, const TableForm& form,
                                  Diagnostics& diagnostics);
  struct Cell {
    std::string text;
    SourceSpan where;
  };
  std::map<std::string, std::size_t, std::less<>> columns_;
  std::vector<std::string> extra_;
  std::vector<std::vector<Cell>> rows_;
  std::vector<SourceSpan> row_where_;
};

/// Reads a table; `more_columns` may stand in it besides those of its form.
///
/// errors    CSV-001 to CSV-005, TAB-001 to TAB-004, TAB-008, TAB-009, TAB-013, RUL-005, RUL-006
[[nodiscard]] RuleTable read_rule_table(const std::string& file, const std::string& text, const TableForm& form,
                                        const std::vector<std::string>& more_columns, Diagnostics& diagnostics);

/// The same from tables of a TOML document: keys are columns. A key that stands twice is an error of TOML.
///
/// errors    TAB-001, TAB-004, TAB-008, TAB-009, RUL-005, RUL-006, each at its value
[[nodiscard]] RuleTable read_toml_rows(const std::vector<tables::TomlRow>& rows, const TableForm& form,
                                       Diagnostics& diagnostics);

/// Rows of the same key whose days overlap; keys without days may appear once. errors RUL-007, TAB-011
void check_overlaps(const RuleTable& table, const TableForm& form, Diagnostics& diagnostics);

/// A row's name in another table. errors TAB-010
[[nodiscard]] int find_row(const std::string& name, const std::vector<std::string>& names, const SourceSpan& where,
                           const char* table, Diagnostics& diagnostics);

/// "a;b" as its parts, blanks around them removed.
[[nodiscard]] std::vector<std::string> parts_of(std::string_view text);

}  // namespace pinchpoint::rules
