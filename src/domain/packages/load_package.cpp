// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "core/tables/toml_tables.hpp"
#include "domain/packages/internal/package_forms.hpp"
#include "domain/packages/internal/package_tables.hpp"

namespace pinchpoint::packages {

namespace internal {

int Loading::country(const rules::RuleTable& table, std::size_t row, const char* column) {
  const std::string& id = table.text(row, column);
  const int found = package.base.vocabulary.find_country(id);
  if (found < 0 && !id.empty()) {
    std::vector<std::string> names;
    for (const rules::Country& it : package.base.vocabulary.countries) names.push_back(it.id);
    Diagnostic& item =
        diagnostics.add(Code::unknown_country, table.where(row, column), fmt::format("there is no country '{}'", id));
    item.found = id;
  }
  return found;
}

int Loading::party(const rules::RuleTable& table, std::size_t row, const char* column) {
  if (!table.has(row, column)) return -1;
  return rules::find_row(table.text(row, column), party_ids, table.where(row, column), "`party`, nor in the rule base",
                         diagnostics);
}

std::vector<int> Loading::parties(const rules::RuleTable& table, std::size_t row, const char* column) {
  std::vector<int> found;
  for (const std::string& id : table.ids(row, column)) {
    const int place =
        rules::find_row(id, party_ids, table.where(row, column), "`party`, nor in the rule base", diagnostics);
    if (place >= 0) found.push_back(place);
  }
  return found;
}

std::optional<Exact> Loading::amount(const rules::RuleTable& table, std::size_t row, const char* column) {
  const auto number = table.decimal(row, column);
  if (number && number->is_negative())
    diagnostics.add(Code::number_out_of_range, table.where(row, column),
                    fmt::format("{} is {}, and cannot be under 0", column, number->text()));
  return number;
}

std::optional<Exact> Loading::share(const rules::RuleTable& table, std::size_t row, const char* column) {
  const auto number = table.decimal(row, column);
  if (number && (number->is_negative() || *number > Exact(1)))
    diagnostics.add(Code::number_out_of_range, table.where(row, column),
                    fmt::format("{} is {}, which is not between 0 and 1", column, number->text()));
  return number;
}

}  // namespace internal

namespace {

using internal::Loading;
using rules::RuleTable;

internal::PackageTables tables_of(const tables::TomlTables& document, const std::string& file,
                                  Diagnostics& diagnostics) {
  internal::PackageTables tables;
  std::vector<std::string> names;
  for (const rules::TableForm& form : internal::table_forms()) {
    names.push_back(form.name);
    const auto found = document.find(form.name);
    if (found != document.end()) tables[form.name] = rules::read_toml_rows(found->second, form, diagnostics);
    if (found == document.end()) tables[form.name];
    rules::check_overlaps(tables[form.name], form, diagnostics);
  }
  for (const auto& [name, rows] : document) {
    if (tables.contains(name)) continue;
    Diagnostic& item =
        diagnostics.add(Code::unknown_section, rows.empty() ? SourceSpan{file, 0, 0, 0} : rows.front().where,
                        fmt::format("a package has no table '{}'", name));
    item.expected = fmt::format("{}", fmt::join(names, ", "));
    if (const std::string near = closest_name(name, names); !near.empty())
      item.fix = fmt::format("did you mean '{}'?", near);
  }
  if (tables.at("package").row_count() != 1)
    diagnostics.add(Code::missing_key, {file, 0, 0, 0}, "the file has no table [package]");
  return tables;
}

void load_head(Loading& loading) {
  static constexpr std::array known = {"advocacy", "licence_priority", "coordination", "exim", "dfc", "ustda", "sba",
                                       "other"};
  const RuleTable& table = loading.tables.at("package");
  Package& package = loading.package;
  package.id = table.text(0, "id");
  package.name = table.text(0, "name");
  package.consortium_type = table.text(0, "consortium_type");
  package.submitted_on = rules::parse_day(table.text(0, "submitted_on")).value_or(rules::first_day);
  package.as_of = rules::parse_day(table.text(0, "as_of"));
  package.anchors = loading.parties(table, 0, "anchors");
  package.submitter = loading.party(table, 0, "submitter");
  package.support = table.ids(0, "support");
  package.hardware_total = loading.amount(table, 0, "hardware_total");
  package.made_in_us_statement = table.text(0, "made_in_us_statement");
  package.designation = table.text(0, "designation");
  package.legal_entity = internal::truth_of_cell(table, 0, "legal_entity");
  package.outbound_review = internal::truth_of_cell(table, 0, "outbound_review");
  package.enduser_policy = internal::truth_of_cell(table, 0, "enduser_policy");
  package.kyc_remote_access = internal::truth_of_cell(table, 0, "kyc_remote_access");
  package.where = table.where(0, "id");
  for (const std::string& support : package.support) {
    if (std::find(known.begin(), known.end(), support) != known.end()) continue;
    Diagnostic& item = loading.diagnostics.add(Code::bad_choice, table.where(0, "support"),
                                               fmt::format("support is never '{}'", support));
    item.found = support;
    item.expected = fmt::format("{}", fmt::join(known, ", "));
  }
}

void check_member(const Loading& loading, int party, const char* role, const SourceSpan& where) {
  if (party < 0 || loading.package.is_member(party)) return;
  const std::string& id = loading.package.base.parties[static_cast<std::size_t>(party)].id;
  loading.diagnostics.add(Code::not_a_member, where, fmt::format("'{}' is {} and no member", id, role)).found = id;
}

void load_layers(Loading& loading) {
  const RuleTable& table = loading.tables.at("layer");
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    LayerRow layer;
    const auto name = std::find(layer_names.begin(), layer_names.end(), table.text(row, "layer"));
    if (name == layer_names.end()) continue;
    layer.layer = static_cast<Layer>(name - layer_names.begin());
    layer.providers = loading.parties(table, row, "providers");
    layer.text = table.text(row, "text");
    layer.weight_protection = table.text(row, "weight_protection");
    layer.responsible = loading.party(table, row, "responsible");
    layer.where = table.where(row, "layer");
    for (const int provider : layer.providers)
      check_member(loading, provider, "a provider", table.where(row, "providers"));
    check_member(loading, layer.responsible, "responsible", table.where(row, "responsible"));
    loading.package.layers.push_back(std::move(layer));
  }
}

}  // namespace

bool Package::is_member(int party) const {
  return std::any_of(members.begin(), members.end(), [party](const Member& it) { return it.party == party; });
}

Result<Package> load_package(const std::string& text, const std::string& file, const rules::RuleBase& base) {
  const auto document = tables::read_toml_tables(text, file);
  if (!document) return document.error();
  Diagnostics diagnostics;
  const internal::PackageTables tables = tables_of(*document, file, diagnostics);
  Package package;
  package.base = base;
  if (!diagnostics.has_errors()) {
    Loading loading{tables, package, diagnostics};
    internal::load_parties(loading);
    load_head(loading);
    load_layers(loading);
    for (const int anchor : package.anchors)
      check_member(loading, anchor, "an anchor", tables.at("package").where(0, "anchors"));
    internal::load_goods(loading);
  }
  diagnostics.sort_by_place();
  if (diagnostics.has_errors()) return diagnostics;
  return package;
}

}  // namespace pinchpoint::packages
