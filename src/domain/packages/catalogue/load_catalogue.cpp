// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "domain/packages/catalogue/catalogue.hpp"
#include "domain/packages/internal/catalogue_forms.hpp"
#include "domain/packages/internal/package_tables.hpp"

namespace pinchpoint::packages {

namespace {

namespace fs = std::filesystem;
using internal::Loading;
using rules::RuleTable;

constexpr std::int64_t most_units = 1'000'000;

internal::PackageTables tables_of(const std::map<std::string, std::string>& files, Diagnostics& diagnostics) {
  internal::PackageTables tables;
  for (const rules::TableForm& form : catalogue::internal::table_forms()) {
    const std::string name = form.name + ".csv";
    const auto found = files.find(name);
    RuleTable& table = tables[form.name];
    if (found != files.end()) {
      table = rules::read_rule_table(name, found->second, form, {}, diagnostics);
      rules::check_overlaps(table, form, diagnostics);
    } else if (form.name != "owners" && form.name != "models") {
      diagnostics.add(Code::missing_key, {name, 0, 0, 0}, fmt::format("the catalogue has no {}", name));
    }
  }
  return tables;
}

/// A whole number of units from 1 on.
std::int64_t units_of(Loading& loading, const RuleTable& table, std::size_t row, const char* column) {
  const auto number = table.decimal(row, column);
  if (!number) return 1;
  const std::string text = number->text();
  const bool is_whole = !number->is_negative() && text.find('.') == std::string::npos && *number <= Exact(most_units);
  if (is_whole && *number > Exact(0)) return std::stoll(text);
  loading.diagnostics
      .add(Code::number_out_of_range, table.where(row, column),
           fmt::format("{} is {}, and has to be a whole number from 1 to {}", column, text, most_units))
      .found = table.text(row, column);
  return 1;
}

class CatalogueLoader {
 public:
  CatalogueLoader(const internal::PackageTables& tables, Catalogue& catalogue, Diagnostics& diagnostics)
      : tables_(tables),
        catalogue_(catalogue),
        diagnostics_(diagnostics),
        loading_{tables, catalogue.frame, diagnostics} {}

  void load() {
    load_parties();
    load_frame();
    load_models();
    load_targets();
    load_needs();
    load_offers();
  }

 private:
  [[nodiscard]] std::vector<std::string> ids_of(const char* table, const char* column) const {
    std::vector<std::string> ids;
    for (std::size_t row = 0; row < tables_.at(table).row_count(); ++row)
      ids.push_back(tables_.at(table).text(row, column));
    return ids;
  }

  void load_parties() {
    internal::load_parties_from(loading_, "parties", "owners");
    const RuleTable& table = tables_.at("parties");
    catalogue_.may_lead.assign(catalogue_.frame.base.parties.size(), false);
    catalogue_.supplies.assign(catalogue_.frame.base.parties.size(), "");
    for (std::size_t row = 0; row < table.row_count(); ++row) {
      const int party = catalogue_.frame.base.find_party(table.text(row, "id"));
      catalogue_.may_lead[static_cast<std::size_t>(party)] = table.flag(row, "anchor");
      catalogue_.supplies[static_cast<std::size_t>(party)] = table.text(row, "supplies");
    }
  }

  void load_frame() {
    const RuleTable& table = tables_.at("catalogue");
    Package& frame = catalogue_.frame;
    if (table.row_count() != 1) {
      diagnostics_.add(Code::missing_key, {"catalogue.csv", 0, 0, 0}, "the catalogue has to have one row");
      return;
    }
    frame.id = table.text(0, "id");
    frame.name = table.text(0, "name");
    frame.consortium_type = "preset";
    frame.submitted_on = rules::parse_day(table.text(0, "submitted_on")).value_or(rules::first_day);
    frame.as_of = rules::parse_day(table.text(0, "as_of"));
    frame.support = table.ids(0, "support");
    frame.made_in_us_statement = table.text(0, "made_in_us_statement");
    frame.outbound_review = internal::truth_of_cell(table, 0, "outbound_review");
    frame.enduser_policy = internal::truth_of_cell(table, 0, "enduser_policy");
    frame.kyc_remote_access = internal::truth_of_cell(table, 0, "kyc_remote_access");
    frame.legal_entity = internal::truth_of_cell(table, 0, "legal_entity");
    frame.where = table.where(0, "id");
    catalogue_.weight_protection = table.text(0, "weight_protection");
  }

  void load_models() {
    const RuleTable& table = tables_.at("models");
    for (std::size_t row = 0; row < table.row_count(); ++row) {
      Model model;
      model.id = table.text(row, "id");
      model.name = table.text(row, "name");
      model.developer_seat = loading_.country(table, row, "developer_seat");
      model.is_open = table.text(row, "weights") == "open";
      model.where = table.where(row, "id");
      catalogue_.models.push_back(std::move(model));
    }
  }

  void load_targets() {
    const RuleTable& table = tables_.at("targets");
    for (std::size_t row = 0; row < table.row_count(); ++row)
      catalogue_.targets.push_back(
          {loading_.country(table, row, "target"), loading_.party(table, row, "operator"), table.text(row, "reason")});
  }

  void load_needs() {
    const RuleTable& table = tables_.at("needs");
    for (std::size_t row = 0; row < table.row_count(); ++row) {
      Need need;
      need.id = table.text(row, "need");
      need.kind = table.text(row, "kind");
      need.unit = table.text(row, "unit");
      const auto layer = std::find(layer_names.begin(), layer_names.end(), table.text(row, "layer"));
      if (layer != layer_names.end()) need.layer = static_cast<Layer>(layer - layer_names.begin());
      need.amount = units_of(loading_, table, row, "amount");
      need.where = table.where(row, "need");
      if ((need.layer == Layer::hardware) == need.kind.empty())
        diagnostics_.add(Code::rule_form, table.where(row, "kind"),
                         "needs of the hardware layer have a kind, and only they");
      catalogue_.needs.push_back(std::move(need));
    }
  }

  void load_offers() {
    const RuleTable& table = tables_.at("offers");
    for (std::size_t row = 0; row < table.row_count(); ++row) {
      Offer offer;
      offer.id = table.text(row, "offer");
      offer.need = rules::find_row(table.text(row, "need"), ids_of("needs", "need"), table.where(row, "need"),
                                   "needs.csv", diagnostics_);
      offer.party = loading_.party(table, row, "party");
      offer.item = table.text(row, "item");
      internal::check_product(loading_, offer.item, table.where(row, "item"));
      offer.from = table.text(row, "from");
      (void)loading_.country(table, row, "from");
      offer.most = units_of(loading_, table, row, "most");
      offer.least = units_of(loading_, table, row, "least");
      offer.price = loading_.amount(table, row, "price").value_or(Exact(0));
      offer.ready = rules::parse_day(table.text(row, "ready")).value_or(rules::first_day);
      for (std::size_t reading = 0; reading < reading_names.size(); ++reading)
        offer.us_share[reading] =
            loading_.share(table, row, fmt::format("us_share_{}", reading_names[reading]).c_str());
      offer.is_open = table.text(row, "weights") == "open";
      for (const std::string& base : table.ids(row, "base")) {
        const int model =
            rules::find_row(base, ids_of("models", "id"), table.where(row, "base"), "models.csv", diagnostics_);
        if (model >= 0) offer.base.push_back(model);
      }
      offer.facts = internal::facts_of(loading_, table, row);
      offer.confidence = table.text(row, "confidence");
      offer.where = table.where(row, "offer");
      check_offer(table, row, offer);
      catalogue_.offers.push_back(std::move(offer));
    }
  }

  void check_offer(const RuleTable& table, std::size_t row, const Offer& offer) {
    if (offer.need >= 0 && catalogue_.needs[static_cast<std::size_t>(offer.need)].layer == Layer::hardware) {
      for (const char* const reading : reading_names) {
        const std::string column = fmt::format("us_share_{}", reading);
        if (!table.has(row, column))
          diagnostics_.add(Code::missing_value, table.where(row, column),
                           fmt::format("'{}' is empty, and hardware has to have it", column));
      }
    }
    if (offer.party >= 0 && catalogue_.supplies[static_cast<std::size_t>(offer.party)].empty())
      diagnostics_.add(Code::missing_value, table.where(row, "party"),
                       fmt::format("'{}' offers something, and parties.csv does not say what it supplies",
                                   table.text(row, "party")));
    if (offer.confidence != "assumed" && !table.has(row, "source"))
      diagnostics_.add(Code::missing_value, table.where(row, "source"),
                       fmt::format("a price that is {} has to name its source", offer.confidence));
    if (offer.confidence == "assumed" && !(table.has(row, "low") && table.has(row, "high") && table.has(row, "note")))
      diagnostics_.add(Code::missing_value, table.where(row, "note"),
                       "an assumed price has to have low, high and a reason");
  }

  const internal::PackageTables& tables_;
  Catalogue& catalogue_;
  Diagnostics& diagnostics_;
  Loading loading_;
};

}  // namespace

Result<std::map<std::string, std::string>> read_catalogue_files(const fs::path& folder) {
  Diagnostics diagnostics;
  std::map<std::string, std::string> files;
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    diagnostics.add(Code::folder_not_found, {folder.string(), 0, 0, 0},
                    fmt::format("'{}' is no folder", folder.string()));
    return diagnostics;
  }
  const auto& forms = catalogue::internal::table_forms();
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() != ".csv") continue;
    const bool is_known =
        std::any_of(forms.begin(), forms.end(), [&](const auto& form) { return form.name + ".csv" == name; });
    if (!is_known)
      diagnostics.add(Code::unknown_file, {name, 0, 0, 0}, fmt::format("'{}' is no table of a catalogue", name));
    std::ifstream file(entry.path(), std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file) diagnostics.add(Code::file_unreadable, {name, 0, 0, 0}, "the file cannot be read");
    files.emplace(name, std::move(text));
  }
  diagnostics.sort_by_place();
  if (diagnostics.has_errors()) return diagnostics;
  return files;
}

Result<Catalogue> load_catalogue(const std::map<std::string, std::string>& files, const rules::RuleBase& base) {
  Diagnostics diagnostics;
  const internal::PackageTables tables = tables_of(files, diagnostics);
  Catalogue catalogue;
  catalogue.frame.base = base;
  if (!diagnostics.has_errors()) CatalogueLoader(tables, catalogue, diagnostics).load();
  diagnostics.sort_by_place();
  if (diagnostics.has_errors()) return diagnostics;
  return catalogue;
}

}  // namespace pinchpoint::packages
