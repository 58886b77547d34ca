// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <set>

#include "domain/packages/internal/package_tables.hpp"
#include "domain/rules/ownership.hpp"

namespace pinchpoint::packages::internal {

namespace {

using rules::RuleTable;

/// Parties of the rule base: incorporated where their head office is, as far as the base knows.
void take_parties_of_base(Loading& loading) {
  for (const rules::Party& party : loading.package.base.parties) {
    loading.party_ids.push_back(party.id);
    loading.package.parties.push_back({party.hq, false, false, party.where});
  }
}

void load_party_rows(Loading& loading, const RuleTable& table) {
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    rules::Party party;
    party.id = table.text(row, "id");
    party.name = table.text(row, "name");
    party.hq = loading.country(table, row, "principal_place");
    party.list = table.text(row, "list");
    party.owners_are_known = table.text(row, "owners") != "some";
    party.where = table.where(row, "id");
    party.source = {"the package file", "", "assumed", "as the package states it"};
    if (loading.package.base.find_party(party.id) >= 0)
      loading.diagnostics
          .add(Code::duplicate_key, party.where,
               fmt::format("'{}' is a party of the rule base: use it without a row of its own", party.id))
          .found = party.id;
    loading.package.parties.push_back({loading.country(table, row, "seat"), table.flag(row, "military"),
                                       table.flag(row, "intelligence"), party.where});
    loading.party_ids.push_back(party.id);
    loading.package.base.parties.push_back(std::move(party));
  }
}

void load_owner_rows(Loading& loading, const RuleTable& table) {
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    rules::Ownership ownership;
    const auto share = loading.share(table, row, "share");
    for (const auto& [column, party] : {std::pair("owned", &ownership.owned), std::pair("owner", &ownership.owner)}) {
      *party = loading.package.base.find_party(table.text(row, column));
      if (*party >= 0) continue;
      const std::string& id = table.text(row, column);
      Diagnostic& item =
          loading.diagnostics.add(Code::ownership_incomplete, table.where(row, column),
                                  fmt::format("'{}' is not listed in `party`, so that the chain ends in the air", id));
      item.found = id;
      if (const std::string near = closest_name(id, loading.party_ids); !near.empty())
        item.fix = fmt::format("did you mean '{}'?", near);
    }
    if (ownership.owned < 0 || ownership.owner < 0 || !share) continue;
    ownership.share = *share;
    ownership.where = table.where(row, "owned");
    loading.package.base.ownership.push_back(ownership);
    if (table.flag(row, "control")) loading.package.controls.push_back({ownership.owned, ownership.owner});
  }
}

/// Half a chain: owners are said to be all there, and none is.
void check_owners_are_there(Loading& loading, const RuleTable& table, const RuleTable& owners) {
  std::set<std::string> owned;
  for (std::size_t row = 0; row < owners.row_count(); ++row) owned.insert(owners.text(row, "owned"));
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const std::string& id = table.text(row, "id");
    if (table.text(row, "owners") == "all" && !owned.contains(id))
      loading.diagnostics.add(Code::ownership_incomplete, table.where(row, "owners"),
                              fmt::format("'{}' is said to have all its owners listed, and has none", id));
  }
}

void load_members(Loading& loading) {
  const RuleTable& table = loading.tables.at("member");
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const int party = loading.party(table, row, "party");
    if (party < 0) continue;
    loading.package.members.push_back(
        {party, table.text(row, "supplies"), table.ids(row, "other_consortia"), table.where(row, "party")});
  }
}

}  // namespace

void load_parties_from(Loading& loading, const char* parties, const char* owners) {
  take_parties_of_base(loading);
  load_party_rows(loading, loading.tables.at(parties));
  load_owner_rows(loading, loading.tables.at(owners));
  check_owners_are_there(loading, loading.tables.at(parties), loading.tables.at(owners));
  rules::check_ownership(loading.package.base, loading.diagnostics);
}

void load_parties(Loading& loading) {
  load_parties_from(loading, "party", "owner");
  load_members(loading);
}

}  // namespace pinchpoint::packages::internal
