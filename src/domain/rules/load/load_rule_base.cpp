// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "domain/rules/internal/loaders.hpp"
#include "domain/rules/rule_base.hpp"

namespace pinchpoint::rules {

namespace {

namespace fs = std::filesystem;

internal::RuleTables read_tables(const RuleFiles& files, Diagnostics& diagnostics) {
  internal::RuleTables tables;
  for (const TableForm& form : internal::table_forms()) {
    if (form.name == "predicates") continue;  // domain/packages reads it
    const std::string name = form.name + ".csv";
    const auto found = files.find(name);
    if (found == files.end()) {
      tables[form.name];
      if (form.name == "fields" || form.name == "countries" || form.name == "rules")
        diagnostics.add(Code::missing_key, {name, 0, 0, 0}, fmt::format("the rule base has no {}", name));
      continue;
    }
    std::vector<std::string> more;
    if (form.name == "products") {
      const RuleTable& fields = tables["fields"];
      for (std::size_t row = 0; row < fields.row_count(); ++row) more.push_back(fields.text(row, "field"));
    }
    tables[form.name] = read_rule_table(name, found->second, form, more, diagnostics);
    check_overlaps(tables[form.name], form, diagnostics);
  }
  return tables;
}

void check_built_in(const Vocabulary& vocabulary, Diagnostics& diagnostics) {
  for (const BuiltInField& built_in : built_in_fields) {
    const int field = vocabulary.find_field(built_in.name);
    if (field >= 0 && vocabulary.fields[static_cast<std::size_t>(field)].type == built_in.type) continue;
    const SourceSpan where =
        field < 0 ? SourceSpan{"fields.csv", 1, 1, 0} : vocabulary.fields[static_cast<std::size_t>(field)].where;
    diagnostics.add(Code::rule_form, where,
                    fmt::format("the engine needs a field '{}' of type {}", built_in.name, to_string(built_in.type)));
  }
}

}  // namespace

Citation citation_of(const RuleTable& table, std::size_t row) {
  return {table.text(row, "citation"), table.text(row, "url"), table.text(row, "confidence"), table.text(row, "note")};
}

const RuleFiles& shipped_rules() { return internal::embedded_files(); }

Result<RuleFiles> read_rule_files(const fs::path& folder) {
  Diagnostics diagnostics;
  RuleFiles files;
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    diagnostics.add(Code::folder_not_found, {folder.string(), 0, 0, 0},
                    fmt::format("'{}' is no folder", folder.string()));
    return diagnostics;
  }
  for (const TableForm& form : internal::table_forms()) {
    const fs::path path = folder / (form.name + ".csv");
    if (!fs::exists(path, error)) continue;
    std::ifstream file(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file) diagnostics.add(Code::file_unreadable, {path.string(), 0, 0, 0}, "the file cannot be read");
    files.emplace(form.name + ".csv", std::move(text));
  }
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() == ".csv" && !files.contains(name))
      diagnostics.add(Code::unknown_file, {name, 0, 0, 0}, fmt::format("'{}' is no table of a rule base", name));
  }
  if (diagnostics.has_errors()) return diagnostics;
  return files;
}

std::optional<RuleTable> read_table_of_base(const RuleFiles& files, const std::string& table,
                                            Diagnostics& diagnostics) {
  const std::string name = table + ".csv";
  const auto found = files.find(name);
  for (const TableForm& form : internal::table_forms()) {
    if (form.name != table || found == files.end()) continue;
    RuleTable read = read_rule_table(name, found->second, form, {}, diagnostics);
    check_overlaps(read, form, diagnostics);
    return read;
  }
  diagnostics.add(Code::missing_key, {name, 0, 0, 0}, fmt::format("the rule base has no {}", name));
  return std::nullopt;
}

Result<RuleBase> load_rule_base(const RuleFiles& files) {
  Diagnostics diagnostics;
  const internal::RuleTables tables = read_tables(files, diagnostics);
  RuleBase base;
  internal::load_vocabulary(tables, base, diagnostics);
  check_built_in(base.vocabulary, diagnostics);
  internal::load_rules(tables, base, diagnostics);
  if (diagnostics.has_errors()) {
    diagnostics.sort_by_place();
    return diagnostics;
  }
  internal::load_products(tables, base, diagnostics);
  internal::load_parties(tables, base, diagnostics);
  diagnostics.sort_by_place();
  if (diagnostics.has_errors()) return diagnostics;
  base.warnings = std::move(diagnostics);
  return base;
}

int RuleBase::find_product(std::string_view id) const {
  const auto matches = [id](const Product& product) { return product.id == id || product.name == id; };
  const auto found = std::find_if(products.begin(), products.end(), matches);
  return found == products.end() ? -1 : static_cast<int>(found - products.begin());
}

int RuleBase::find_party(std::string_view name) const {
  const auto matches = [name](const Party& party) { return party.id == name || party.name == name; };
  const auto found = std::find_if(parties.begin(), parties.end(), matches);
  return found == parties.end() ? -1 : static_cast<int>(found - parties.begin());
}

int RuleBase::field(std::string_view name) const {
  const int found = vocabulary.find_field(name);
  ensure(found >= 0, "a field that load_rule_base asks for");
  return found;
}

Day RuleBase::begins() const {
  Day earliest = last_day;
  for (const Rule& rule : rules) {
    if (rule.step == Step::classify && rule.in_force.from <= rule.in_force.to)
      earliest = std::min(earliest, rule.in_force.from);
  }
  return earliest == last_day ? first_day : earliest;
}

Day RuleBase::as_of() const {
  Day latest = first_day;
  for (const PublishedList& list : lists) latest = std::max(latest, list.as_of);
  return latest;
}

}  // namespace pinchpoint::rules
