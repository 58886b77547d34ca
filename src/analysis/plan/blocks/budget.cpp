// SPDX-License-Identifier: Apache-2.0
#include <vector>

#include "analysis/plan/blocks/blocks.hpp"

namespace pinchpoint::plan {

namespace {

/// What an owner may spend in each period, and whether the rest may be kept.
struct Purse {
  bool is_limited = false;
  std::vector<double> money;
  std::vector<bool> carries_over;
};

Purse purse_of(const Assembly& assembly, OrganisationId owner) {
  const auto periods = static_cast<std::size_t>(assembly.timeline().count());
  Purse purse{false, std::vector<double>(periods, 0), std::vector<bool>(periods, false)};
  for (const Budget& budget : assembly.world.budgets) {
    if (budget.owner != owner) continue;
    purse.is_limited = true;
    for (const PeriodId period : assembly.timeline().periods()) {
      const auto at = static_cast<std::size_t>(period.index());
      const double share = assembly.timeline().share_within(period, budget.from, budget.until);
      purse.money[at] += budget.per_year * assembly.years(period) * share;
      if (budget.carries_over) purse.carries_over[at] = true;
    }
  }
  return purse;
}

void add_owner(Assembly& assembly, OrganisationId owner, const Purse& purse) {
  optim::ModelBuilder& builder = assembly.builder;
  ColumnId carried;
  for (const PeriodId period : assembly.timeline().periods()) {
    const auto at = static_cast<std::size_t>(period.index());
    const auto row = builder.add_row(assembly.key(Family::budget_, {owner.index(), period.index()}), -optim::infinity,
                                     purse.money[at]);
    assembly.budget(owner, period) = row;
    if (carried.is_valid()) builder.add_entry(row, carried, -1);
    carried = ColumnId{};
    if (!purse.carries_over[at] || period.index() + 1 == assembly.timeline().count()) continue;
    carried = builder.add_column(assembly.key(Family::cash_, {owner.index(), period.index()}), 0, 0, optim::infinity);
    builder.add_entry(row, carried, 1);
  }
}

}  // namespace

void add_budget(Assembly& assembly) {
  for (const OrganisationId owner : ids(assembly.world.organisations)) {
    const Purse purse = purse_of(assembly, owner);
    if (purse.is_limited) add_owner(assembly, owner, purse);
  }
}

}  // namespace pinchpoint::plan
