// SPDX-License-Identifier: Apache-2.0
#include "domain/rules/ownership.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace pinchpoint::rules {

namespace {

const Exact half = *parse_exact("0.5");

std::vector<const Ownership*> owners_of(const RuleBase& base, int party, Day day) {
  std::vector<const Ownership*> owners;
  for (const Ownership& row : base.ownership) {
    if (row.owned == party && row.span.holds(day)) owners.push_back(&row);
  }
  return owners;
}

const Party& party_of(const RuleBase& base, int party) { return base.parties[static_cast<std::size_t>(party)]; }

/// What no row says who holds.
Exact rest_of(const std::vector<const Ownership*>& owners) {
  Exact rest(1);
  for (const Ownership* owner : owners) {
    const auto negative = Exact::product(owner->share, Exact(-1));
    const auto sum = negative ? Exact::sum(rest, *negative) : std::nullopt;
    if (sum) rest = *sum;
  }
  return rest.is_negative() ? Exact(0) : rest;
}

void add(Exact& sum, const Exact& part) {
  if (const auto total = Exact::sum(sum, part)) sum = *total;
}

Value share_of(const RuleBase& base, int party, Day day, const std::function<Value(const Ownership&)>& part_of) {
  const auto owners = owners_of(base, party, day);
  Value share = Value::number(Exact(0));
  for (const Ownership* owner : owners) {
    const Value part = part_of(*owner);
    add(share.low, part.low);
    add(share.high, part.high);
  }
  if (!party_of(base, party).owners_are_known) add(share.high, rest_of(owners));
  return share;
}

/// Shares that were found already: chains that meet again are walked once.
using Shares = std::map<int, Value>;

Value listed_share(const RuleBase& base, int party, Day day, Shares& known) {
  if (const auto found = known.find(party); found != known.end()) return found->second;
  const Value share = share_of(base, party, day, [&](const Ownership& row) {
    if (is_listed(base, row.owner, day)) return Value::number(row.share);
    const Value above = listed_share(base, row.owner, day, known);
    Value part = Value::number(row.share);
    if (above.low < half) part.low = Exact(0);
    if (above.high < half) part.high = Exact(0);
    return part;
  });
  return known.emplace(party, share).first->second;
}

Value counted_share(const RuleBase& base, int party, Day day, const std::function<bool(int)>& is_counted,
                    Shares& known) {
  if (const auto found = known.find(party); found != known.end()) return found->second;
  const Value share = share_of(base, party, day, [&](const Ownership& row) {
    if (is_counted(row.owner)) return Value::number(row.share);
    const Value above = counted_share(base, row.owner, day, is_counted, known);
    Value part = Value::number(Exact(0));
    part.low = Exact::product(row.share, above.low).value_or(Exact(0));
    part.high = Exact::product(row.share, above.high).value_or(row.share);
    return part;
  });
  return known.emplace(party, share).first->second;
}

/// Days on which a party's owners can change.
std::set<Day> days_of(const RuleBase& base, int party) {
  std::set<Day> days;
  for (const Ownership& row : base.ownership) {
    if (row.owned == party) days.insert(row.span.from);
  }
  return days;
}

void check_sums(const RuleBase& base, Diagnostics& diagnostics) {
  for (std::size_t party = 0; party < base.parties.size(); ++party) {
    for (const Day day : days_of(base, static_cast<int>(party))) {
      Exact sum(0);
      const Ownership* last = nullptr;
      for (const Ownership& row : base.ownership) {
        if (row.owned != static_cast<int>(party) || !row.span.holds(day)) continue;
        last = &row;
        if (const auto total = Exact::sum(sum, row.share)) sum = *total;
      }
      const std::string& id = base.parties[party].id;
      if (sum > Exact(1))
        diagnostics.add(Code::ownership_incomplete, last->where,
                        fmt::format("the owners of '{}' hold {} of it together", id, sum.text()));
      if (base.parties[party].owners_are_known && sum < Exact(1))
        diagnostics.add(Code::ownership_incomplete, last->where,
                        fmt::format("the owners of '{}' hold {} of it together, and its row says that all are known",
                                    id, sum.text()));
    }
  }
}

/// Circles by rows that hold on one day; each is reported at the row that closes it.
void check_cycles(const RuleBase& base, Diagnostics& diagnostics) {
  for (const Ownership& start : base.ownership) {
    std::set<int> seen;
    std::vector<int> open = {start.owner};
    while (!open.empty()) {
      const int party = open.back();
      open.pop_back();
      if (party == start.owned) {
        diagnostics.add(
            Code::ownership_cycle, start.where,
            fmt::format("'{}' owns itself through '{}'", base.parties[static_cast<std::size_t>(start.owned)].id,
                        base.parties[static_cast<std::size_t>(start.owner)].id));
        break;
      }
      if (!seen.insert(party).second) continue;
      for (const Ownership& row : base.ownership) {
        if (row.owned == party && row.span.overlaps(start.span)) open.push_back(row.owner);
      }
    }
  }
}

}  // namespace

void check_ownership(const RuleBase& base, Diagnostics& diagnostics) {
  check_sums(base, diagnostics);
  check_cycles(base, diagnostics);
}

int ultimate_parent(const RuleBase& base, int party, Day day) {
  // Circles were refused when the base was loaded.
  while (true) {
    const auto owners = owners_of(base, party, day);
    const auto majority =
        std::find_if(owners.begin(), owners.end(), [](const Ownership* owner) { return owner->share >= half; });
    if (majority == owners.end()) {
      const bool is_open = !party_of(base, party).owners_are_known && rest_of(owners) >= half;
      return is_open ? -1 : party;
    }
    party = (*majority)->owner;
  }
}

bool is_listed(const RuleBase& base, int party, Day day) {
  const Party& it = party_of(base, party);
  return !it.list.empty() && it.listed.holds(day);
}

Value listed_owner_share(const RuleBase& base, int party, Day day) {
  Shares known;
  return listed_share(base, party, day, known);
}

Value indirect_share(const RuleBase& base, int party, Day day, const std::function<bool(int)>& is_counted) {
  Shares known;
  return counted_share(base, party, day, is_counted, known);
}

}  // namespace pinchpoint::rules
