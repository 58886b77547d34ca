// SPDX-License-Identifier: Apache-2.0
#include "domain/packages/chains.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "domain/rules/ownership.hpp"

namespace pinchpoint::packages {

namespace {

const Exact half = *rules::parse_exact("0.5");

bool is_of_concern(const Package& package, const Concern& concern, int party) {
  const int seat = package.parties[static_cast<std::size_t>(party)].seat;
  const int hq = package.base.parties[static_cast<std::size_t>(party)].hq;
  return concern[static_cast<std::size_t>(seat)] || concern[static_cast<std::size_t>(hq)];
}

/// `seen`: parties that were looked at already.
bool is_controlled(const Package& package, const Concern& concern, int party, Day day, std::set<int>& seen) {
  if (!seen.insert(party).second) return false;
  const auto& rows = package.base.ownership;
  return std::any_of(rows.begin(), rows.end(), [&](const rules::Ownership& row) {
    if (row.owned != party || !row.span.holds(day)) return false;
    const bool is_marked = std::any_of(package.controls.begin(), package.controls.end(),
                                       [&](const Control& it) { return it.owned == party && it.owner == row.owner; });
    if (!is_marked && row.share < half) return false;
    return is_of_concern(package, concern, row.owner) || is_controlled(package, concern, row.owner, day, seen);
  });
}

/// A model that stands in the text already has its bases there.
std::string chain_text(const Package& package, int model, std::set<int>& seen) {
  const Model& it = package.models[static_cast<std::size_t>(model)];
  const std::string self =
      fmt::format("{} ({}, {})", it.name, it.is_open ? "open" : "closed", package.country_id(it.developer_seat));
  if (it.base.empty()) return it.is_derived ? self + " < a base that is not named" : self;
  if (!seen.insert(model).second) return self;
  std::vector<std::string> bases;
  for (const int base : it.base) bases.push_back(chain_text(package, base, seen));
  const std::string joined = fmt::format("{}", fmt::join(bases, "; "));
  return bases.size() == 1 ? self + " < " + joined : self + " < [" + joined + "]";
}

}  // namespace

Concern concern_on(const rules::RuleBase& base, Day day) {
  Concern concern(base.vocabulary.countries.size(), false);
  const int group = base.vocabulary.find_group("coc");
  for (const rules::Membership& row : base.memberships) {
    if (row.group == group && row.span.holds(day)) concern[static_cast<std::size_t>(row.country)] = true;
  }
  return concern;
}

ConcernShare concern_share(const Package& package, const Concern& concern, int party, Day day) {
  const auto counts = [&](int owner) { return is_of_concern(package, concern, owner); };
  std::set<int> seen;
  return {rules::indirect_share(package.base, party, day, counts), is_controlled(package, concern, party, day, seen)};
}

Truth has_barred_base(const Package& package, const Concern& concern, int model) {
  Truth truth = Truth::no;
  std::set<int> seen = {model};
  std::vector<int> open = {model};
  while (!open.empty()) {
    const Model& it = package.models[static_cast<std::size_t>(open.back())];
    open.pop_back();
    if (it.is_derived && it.base.empty()) truth = rules::either(truth, Truth::unknown);
    for (const int base : it.base) {
      const Model& above = package.models[static_cast<std::size_t>(base)];
      if (above.is_open && concern[static_cast<std::size_t>(above.developer_seat)]) return Truth::yes;
      if (seen.insert(base).second) open.push_back(base);
    }
  }
  return truth;
}

std::string chain_text(const Package& package, int model) {
  std::set<int> seen;
  return chain_text(package, model, seen);
}

}  // namespace pinchpoint::packages
