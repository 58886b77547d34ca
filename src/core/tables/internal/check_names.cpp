// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "core/tables/internal/cell_text.hpp"
#include "core/tables/internal/checks.hpp"

namespace pinchpoint::tables::internal {

namespace {

/// Names a table gives, with the first row that gives each. Groups exist by having members.
class GivenNames {
 public:
  GivenNames(const Table& table, std::string_view column) {
    const int at = table.column(column);
    for (std::size_t row = 0; row < table.row_count(); ++row) {
      if (table.has(row, at)) rows_.emplace(table.text(row, at), row);
    }
  }
  [[nodiscard]] bool contains(std::string_view name) const { return rows_.contains(name); }
  [[nodiscard]] const std::unordered_map<std::string_view, std::size_t>& rows() const { return rows_; }

 private:
  std::unordered_map<std::string_view, std::size_t> rows_;
};

class NameChecker {
 public:
  NameChecker(const Tables& tables, Diagnostics& diagnostics) : tables_(tables), diagnostics_(diagnostics) {}

  void check() {
    for (const TableSchema& schema : schemas()) {
      const Table& table = tables_.at(std::string(schema.name));
      for (std::size_t column = 0; column < schema.columns.size(); ++column) {
        if (!schema.columns[column].refers_to.empty()) check_column(table, static_cast<int>(column));
      }
    }
    check_groups_against("regions", "a region");
    check_groups_against("organisations", "an organisation");
  }

 private:
  const GivenNames& given_by(const std::string& table) {
    const auto found = given_.find(table);
    if (found != given_.end()) return found->second;
    return given_.emplace(table, GivenNames(tables_.at(table), table == "groups" ? "group" : "id")).first->second;
  }

  void check_column(const Table& table, int column) {
    const ColumnSchema& schema = table.schema().columns[static_cast<std::size_t>(column)];
    std::vector<const GivenNames*> given;
    for (const std::string_view name : schema.refers_to) given.push_back(&given_by(std::string(name)));
    for (std::size_t row = 0; row < table.row_count(); ++row) {
      if (!table.has(row, column)) continue;
      for (const std::string_view name : names_in(table, row, column)) {
        const bool is_known =
            std::any_of(given.begin(), given.end(), [&](const auto* names) { return names->contains(name); });
        if (!is_known && is_id(name)) report_unknown(table, row, column, name);
      }
    }
  }

  static std::vector<std::string_view> names_in(const Table& table, std::size_t row, int column) {
    const bool is_list = table.schema().columns[static_cast<std::size_t>(column)].type == ColumnType::ids;
    return is_list ? table.ids(row, column) : std::vector{table.text(row, column)};
  }

  void report_unknown(const Table& table, std::size_t row, int column, std::string_view name) {
    const ColumnSchema& schema = table.schema().columns[static_cast<std::size_t>(column)];
    Diagnostic& item = diagnostics_.add(
        Code::unknown_name, place_of_name(table, row, column, name),
        fmt::format("{} '{}' is not listed in {}", schema.name, name, fmt::join(schema.refers_to, " or ")));
    item.found = name;
    const std::string near = closest_given(schema.refers_to, name);
    if (!near.empty()) item.fix = fmt::format("did you mean '{}'?", near);
  }

  /// The name's own place in its cell. A name has no quotes, so that bytes of the cell are bytes of the file.
  static SourceSpan place_of_name(const Table& table, std::size_t row, int column, std::string_view name) {
    SourceSpan where = table.where(row, column);
    if (where.column > 0) where.column += static_cast<int>(name.data() - table.text(row, column).data());
    where.length = static_cast<int>(name.size());
    return where;
  }

  /// A search through all names; after this many the user has enough to mend.
  std::string closest_given(std::span<const std::string_view> tables, std::string_view name) {
    constexpr int most_searches = 100;
    if (++searches_ > most_searches) return {};
    std::vector<std::string> candidates;
    for (const std::string_view table : tables) {
      for (const auto& [given, row] : given_by(std::string(table)).rows()) candidates.emplace_back(given);
    }
    std::sort(candidates.begin(), candidates.end());
    return closest_name(name, candidates);
  }

  /// Columns may name a group or one of these: the name must tell which.
  void check_groups_against(const std::string& table_name, std::string_view what) {
    const Table& table = tables_.at(table_name);
    const Table& groups = tables_.at("groups");
    const int id = table.column("id");
    for (std::size_t row = 0; row < table.row_count(); ++row) {
      const auto group = given_by("groups").rows().find(table.text(row, id));
      if (group == given_by("groups").rows().end()) continue;
      const SourceSpan where = groups.where(group->second, groups.column("group"));
      Diagnostic& item = diagnostics_.add(Code::name_clash, where,
                                          fmt::format("'{}' is the name of a group and of {}", group->first, what));
      item.found = group->first;
      item.notes.push_back({table.where(row, id), fmt::format("{} of this name", what)});
    }
  }

  const Tables& tables_;
  Diagnostics& diagnostics_;
  std::map<std::string, GivenNames> given_;
  int searches_ = 0;
};

}  // namespace

void check_names(const Tables& tables, Diagnostics& diagnostics) { NameChecker(tables, diagnostics).check(); }

}  // namespace pinchpoint::tables::internal
