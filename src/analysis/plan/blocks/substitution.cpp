// SPDX-License-Identifier: Apache-2.0
#include "analysis/plan/blocks/blocks.hpp"

namespace pinchpoint::plan {

namespace {

/// Σ choices of the group − activity ≥ 0
RowId add_group(Assembly& assembly, ChoiceGroupId group, PeriodId period) {
  const AssetId asset = assembly.network.choice_groups[group].asset;
  const auto row = assembly.builder.add_row(assembly.key(Family::substitution_, {group.index(), period.index()}), 0,
                                            optim::infinity);
  const Technology& technology = assembly.world.technologies[assembly.network.assets[asset].technology];
  for (int slice = 0; slice < assembly.slice_count(technology); ++slice) {
    for (const ColumnId column : assembly.activity(asset, period, slice)) assembly.builder.add_entry(row, column, -1);
  }
  return row;
}

}  // namespace

void add_substitution(Assembly& assembly) {
  PeriodGrid<ChoiceGroupTag, RowId> rows;
  rows.resize(assembly.network.choice_groups.size(), assembly.timeline().count());
  for (const ChoiceGroupId group : ids(assembly.network.choice_groups)) {
    for (const PeriodId period : assembly.timeline().periods())
      rows(group, period) = add_group(assembly, group, period);
  }
  for (const ChoiceId id : ids(assembly.network.choices)) {
    const Choice& choice = assembly.network.choices[id];
    const Asset& asset = assembly.network.assets[assembly.network.choice_groups[choice.group].asset];
    const RecipeLine& line = assembly.world.technologies[asset.technology].recipe[choice.line];
    const NodeId node = assembly.network.find_node(line, asset);
    for (const PeriodId period : assembly.timeline().periods()) {
      const double amount = assembly.world.amount_of(line, asset.region, assembly.timeline().begin_of(period));
      if (amount == 0) continue;
      const auto key = assembly.key(Family::choice_, {id.index(), period.index()});
      const ColumnId column = assembly.builder.add_column(key, 0, 0, optim::infinity);
      assembly.choice(id, period) = column;
      assembly.builder.add_entry(rows(choice.group, period), column, 1);
      assembly.purchase(asset.owner, node, period, column, amount);
    }
  }
}

}  // namespace pinchpoint::plan
