// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "domain/packages/internal/package_tables.hpp"

namespace pinchpoint::packages::internal {

namespace {

using rules::RuleTable;

std::vector<std::string> ids_of(const RuleTable& table, const char* column) {
  std::vector<std::string> ids;
  for (std::size_t row = 0; row < table.row_count(); ++row) ids.push_back(table.text(row, column));
  return ids;
}

std::vector<int> rows_of(Loading& loading, const RuleTable& table, std::size_t row, const char* column,
                         const char* other) {
  const std::vector<std::string> names = ids_of(loading.tables.at(other), "id");
  std::vector<int> found;
  for (const std::string& id : table.ids(row, column)) {
    const int place =
        rules::find_row(id, names, table.where(row, column), fmt::format("`{}`", other).c_str(), loading.diagnostics);
    if (place >= 0) found.push_back(place);
  }
  return found;
}

void load_sites(Loading& loading) {
  const RuleTable& table = loading.tables.at("site");
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    Site site;
    site.id = table.text(row, "id");
    site.country = loading.country(table, row, "country");
    site.owner = loading.party(table, row, "owner");
    site.operator_party = loading.party(table, row, "operator");
    site.builder = loading.party(table, row, "builder");
    if (site.operator_party >= 0) site.users.push_back(site.operator_party);
    for (const int user : loading.parties(table, row, "users")) {
      if (std::find(site.users.begin(), site.users.end(), user) == site.users.end()) site.users.push_back(user);
    }
    site.chips = table.ids(row, "chips");
    for (const std::string& chip : site.chips) check_product(loading, chip, table.where(row, "chips"));
    site.where = table.where(row, "id");
    loading.package.sites.push_back(std::move(site));
  }
}

void load_lines(Loading& loading) {
  const RuleTable& table = loading.tables.at("line");
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    Line line;
    line.id = table.text(row, "id");
    line.kind = table.text(row, "kind");
    line.item = table.text(row, "item");
    check_product(loading, line.item, table.where(row, "item"));
    line.from = table.text(row, "from");
    (void)loading.country(table, row, "from");
    line.quantity = loading.amount(table, row, "quantity");
    line.value = loading.amount(table, row, "value");
    for (std::size_t reading = 0; reading < reading_names.size(); ++reading)
      line.us_share[reading] = loading.share(table, row, fmt::format("us_share_{}", reading_names[reading]).c_str());
    line.made_in_us = table.text(row, "made_in_us");
    line.sites = rows_of(loading, table, row, "sites", "site");
    line.facts = facts_of(loading, table, row);
    line.where = table.where(row, "id");
    loading.package.lines.push_back(std::move(line));
  }
}

/// Circles among models; each is reported once, at the model with the lowest row.
void check_model_circles(const Package& package, Diagnostics& diagnostics) {
  std::vector<int> state(package.models.size(), 0);  // 1 = on the path, 2 = done
  const std::function<void(int)> visit = [&](int model) {
    state[static_cast<std::size_t>(model)] = 1;
    for (const int base : package.models[static_cast<std::size_t>(model)].base) {
      const Model& it = package.models[static_cast<std::size_t>(model)];
      if (state[static_cast<std::size_t>(base)] == 1)
        diagnostics
            .add(Code::model_cycle, it.where,
                 fmt::format("'{}' is made from itself through '{}'", package.models[static_cast<std::size_t>(base)].id,
                             it.id))
            .found = it.id;
      if (state[static_cast<std::size_t>(base)] == 0) visit(base);
    }
    state[static_cast<std::size_t>(model)] = 2;
  };
  for (std::size_t model = 0; model < package.models.size(); ++model) {
    if (state[model] == 0) visit(static_cast<int>(model));
  }
}

void load_models(Loading& loading) {
  const RuleTable& table = loading.tables.at("model");
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    Model model;
    model.id = table.text(row, "id");
    model.name = table.text(row, "name");
    model.developer_seat = loading.country(table, row, "developer_seat");
    model.is_open = table.text(row, "weights") == "open";
    model.is_derived = table.text(row, "made") == "from_base";
    model.is_shipped = table.flag(row, "shipped");
    model.is_named_in_letter = table.flag(row, "named_in_letter");
    model.base = rows_of(loading, table, row, "base", "model");
    model.where = table.where(row, "id");
    if (!model.is_derived && !model.base.empty())
      loading.diagnostics.add(Code::rule_form, table.where(row, "base"),
                              fmt::format("'{}' is made from scratch and has a base", model.id));
    loading.package.models.push_back(std::move(model));
  }
  check_model_circles(loading.package, loading.diagnostics);
}

/// A bloc counts as its countries, one by one.
void load_targets(Loading& loading) {
  const RuleTable& table = loading.tables.at("target");
  const RuleTable& blocs = loading.tables.at("bloc");
  const std::vector<std::string> bloc_ids = ids_of(blocs, "id");
  const auto country_of = [&](const std::string& id) { return loading.package.base.vocabulary.find_country(id); };
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const std::string& id = table.text(row, "target");
    Target target{country_of(id), "", table.text(row, "reason"), table.where(row, "target")};
    const auto bloc = std::find(bloc_ids.begin(), bloc_ids.end(), id);
    if (bloc == bloc_ids.end()) {
      if (target.country < 0)
        loading.diagnostics
            .add(Code::unknown_country, target.where,
                 fmt::format("'{}' is neither a country nor a bloc of the file", id))
            .found = id;
      loading.package.targets.push_back(std::move(target));
      continue;
    }
    target.bloc = id;
    for (const std::string& member : blocs.ids(static_cast<std::size_t>(bloc - bloc_ids.begin()), "members")) {
      target.country = country_of(member);
      loading.package.targets.push_back(target);
    }
  }
  for (std::size_t row = 0; row < blocs.row_count(); ++row) {
    for (const std::string& member : blocs.ids(row, "members")) {
      if (country_of(member) < 0)
        loading.diagnostics
            .add(Code::unknown_country, blocs.where(row, "members"), fmt::format("there is no country '{}'", member))
            .found = member;
    }
  }
}

void load_grants(Loading& loading) {
  const RuleTable& table = loading.tables.at("grant");
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const int user = loading.party(table, row, "user");
    const auto limit = loading.amount(table, row, "limit");
    const auto drawn = loading.amount(table, row, "drawn");
    if (user >= 0 && limit && drawn)
      loading.package.grants.push_back({user, *limit, *drawn, table.text(row, "citation"), table.where(row, "user")});
  }
}

void load_outbound(Loading& loading) {
  const RuleTable& table = loading.tables.at("outbound");
  const int coc = loading.package.base.vocabulary.find_group("coc");
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const int country = loading.country(table, row, "country");
    const auto is_of_concern = [&](const rules::Membership& it) { return it.country == country && it.group == coc; };
    const auto& rows = loading.package.base.memberships;
    if (table.text(row, "activity") == "prohibited_850_224" && std::any_of(rows.begin(), rows.end(), is_of_concern))
      loading.package.has_prohibited_outbound = true;
  }
}

}  // namespace

void check_product(Loading& loading, const std::string& id, const SourceSpan& where) {
  if (id.empty() || loading.package.base.find_product(id) >= 0) return;
  std::vector<std::string> names;
  for (const rules::Product& product : loading.package.base.products) names.push_back(product.id);
  (void)rules::find_row(id, names, where, "products.csv", loading.diagnostics);
}

std::map<std::string, std::string> facts_of(Loading& loading, const RuleTable& table, std::size_t row) {
  std::map<std::string, std::string> facts;
  for (const std::string& fact : table.ids(row, "facts")) {
    const std::size_t equals = fact.find('=');
    const std::string name = fact.substr(0, equals);
    const int field = loading.package.base.vocabulary.find_field(name);
    const bool fits = equals != std::string::npos && field >= 0 &&
                      (fact.substr(equals + 1) == "unknown" ||
                       rules::parse_value(loading.package.base.vocabulary, field, fact.substr(equals + 1)));
    if (fits) facts[name] = fact.substr(equals + 1);
    if (!fits)
      loading.diagnostics.add(Code::bad_question, table.where(row, "facts"),
                              fmt::format("'{}' is no fact of the rule base: NAME=VALUE", fact));
  }
  return facts;
}

void load_goods(Loading& loading) {
  load_sites(loading);
  load_lines(loading);
  load_models(loading);
  load_targets(loading);
  load_grants(loading);
  load_outbound(loading);
}

}  // namespace pinchpoint::packages::internal
