// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "domain/rules/internal/loaders.hpp"
#include "domain/rules/ownership.hpp"

namespace pinchpoint::rules {

namespace {

Posture policy_of(const std::string& text) {
  const auto found = std::find(posture_names.begin(), posture_names.end(), text);
  return found == posture_names.end() ? Posture::none : static_cast<Posture>(found - posture_names.begin());
}

void load_party_rows(const RuleTable& table, RuleBase& base, Diagnostics& diagnostics) {
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    Party party{table.text(row, "party"),
                table.text(row, "name"),
                base.vocabulary.find_country(table.text(row, "hq")),
                table.text(row, "list"),
                table.text(row, "footnote"),
                policy_of(table.text(row, "policy")),
                table.span(row),
                table.text(row, "owners") != "some",
                citation_of(table, row),
                table.where(row, "party")};
    if (party.hq < 0)
      diagnostics
          .add(Code::unknown_country, table.where(row, "hq"),
               fmt::format("there is no country '{}'", table.text(row, "hq")))
          .found = table.text(row, "hq");
    if (party.list.empty() && !(party.footnote.empty() && party.policy == Posture::none))
      diagnostics.add(Code::rule_form, table.where(row, "list"),
                      fmt::format("'{}' has a footnote or a policy and is on no list", party.id));
    base.parties.push_back(std::move(party));
  }
}

void load_ownership_rows(const RuleTable& table, RuleBase& base, Diagnostics& diagnostics) {
  std::vector<std::string> ids;
  for (const Party& party : base.parties) ids.push_back(party.id);
  const auto party_of = [&](std::size_t row, const char* column) {
    const std::string& id = table.text(row, column);
    const auto found = std::find(ids.begin(), ids.end(), id);
    if (found != ids.end()) return static_cast<int>(found - ids.begin());
    Diagnostic& item =
        diagnostics.add(Code::ownership_incomplete, table.where(row, column),
                        fmt::format("'{}' is not listed in parties.csv, so that the chain ends in the air", id));
    item.found = id;
    if (const std::string near = closest_name(id, ids); !near.empty())
      item.fix = fmt::format("did you mean '{}'?", near);
    return -1;
  };
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const int owned = party_of(row, "owned");
    const int owner = party_of(row, "owner");
    const auto share = table.decimal(row, "share");
    if (share && (share->is_negative() || *share > Exact(1)))
      diagnostics.add(Code::number_out_of_range, table.where(row, "share"),
                      fmt::format("a share of {} is not between 0 and 1", share->text()));
    if (owned >= 0 && owner >= 0 && share)
      base.ownership.push_back({owned, owner, *share, table.span(row), table.where(row, "owned")});
  }
}

void load_lists(const RuleTable& table, RuleBase& base, Diagnostics& diagnostics) {
  std::size_t on_entity_list = 0;
  for (const Party& party : base.parties) on_entity_list += party.list == "EL" ? 1 : 0;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    PublishedList list{table.text(row, "list"), parse_day(table.text(row, "as_of")).value_or(first_day),
                       table.decimal(row, "rows"), table.decimal(row, "held"), citation_of(table, row)};
    for (const PublishedList& earlier : base.lists) {
      const bool is_later = earlier.list == list.list && earlier.as_of < list.as_of;
      if (is_later && earlier.rows && list.rows && *list.rows < *earlier.rows)
        diagnostics.add(Code::list_shrinks, table.where(row, "rows"),
                        fmt::format("'{}' has {} rows on {}, and had {} on {}", list.list, list.rows->text(),
                                    to_string(list.as_of), earlier.rows->text(), to_string(earlier.as_of)));
    }
    const Exact held(static_cast<std::int64_t>(on_entity_list));
    if (list.list == "entity_list" && list.held && held < *list.held)
      diagnostics.add(
          Code::list_shrinks, table.where(row, "held"),
          fmt::format("parties.csv has {} rows of 'entity_list', and should have {}", held.text(), list.held->text()));
    base.lists.push_back(std::move(list));
  }
}

}  // namespace

void internal::load_parties(const RuleTables& tables, RuleBase& base, Diagnostics& diagnostics) {
  load_party_rows(tables.at("parties"), base, diagnostics);
  load_ownership_rows(tables.at("ownership"), base, diagnostics);
  check_ownership(base, diagnostics);
  load_lists(tables.at("lists"), base, diagnostics);
}

}  // namespace pinchpoint::rules
