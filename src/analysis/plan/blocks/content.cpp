// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "analysis/plan/blocks/blocks.hpp"

namespace pinchpoint::plan {

namespace {

/// A content requirement in one period: its row is made when the first good needs it.
class Requirement {
 public:
  Requirement(Assembly& assembly, MeasureId id, PeriodId period)
      : assembly_(assembly),
        measure_(assembly.world.measures[id]),
        id_(id),
        period_(period),
        date_(assembly.timeline().begin_of(period)) {}

  /// (from the origin ? 1 − share : −share) · price, for one unit that reaches or is made in the destination
  void add(ColumnId column, CommodityId commodity, RegionId origin, RegionId destination) {
    const double price = assembly_.price(commodity, destination, period_).value_or(0);
    const bool counts = assembly_.world.contains(measure_.origin, origin, date_);
    if (!row_.is_valid()) {
      row_ = assembly_.builder.add_row(assembly_.key(Family::content_, {id_.index(), period_.index()}), 0,
                                       optim::infinity);
    }
    assembly_.builder.add_entry(row_, column, price * (counts ? 1 - measure_.value : -measure_.value));
  }
  void add_flows() {
    for (const Flow& flow : assembly_.flows) {
      if (flow.period != period_ || !is_about(measure_, flow.commodity) || is_inside(flow.origin)) continue;
      if (is_inside(flow.destination)) add(flow.column, flow.commodity, flow.origin, flow.destination);
    }
  }
  void add_output() {
    for (const AssetId id : ids(assembly_.network.assets)) {
      const Asset& asset = assembly_.network.assets[id];
      const CommodityId output = assembly_.world.technologies[asset.technology].output;
      if (!is_about(measure_, output) || !is_inside(asset.region)) continue;
      for (int slice = 0; slice < assembly_.slice_count(assembly_.world.technologies[asset.technology]); ++slice) {
        for (const ColumnId column : assembly_.activity(id, period_, slice))
          add(column, output, asset.region, asset.region);
      }
    }
  }

 private:
  [[nodiscard]] bool is_inside(RegionId region) const {
    return assembly_.world.contains(measure_.destination, region, date_);
  }

  Assembly& assembly_;
  const Measure& measure_;
  MeasureId id_;
  PeriodId period_;
  Date date_;
  RowId row_;
};

}  // namespace

/// Σ price · supply from the origin ≥ share · Σ price · supply, over what is made in or brought to the destination
void add_content(Assembly& assembly) {
  for (const MeasureId id : ids(assembly.world.measures)) {
    if (assembly.world.measures[id].kind != MeasureKind::content) continue;
    for (const PeriodId period : assembly.timeline().periods()) {
      if (!is_in_force(assembly.world, assembly.world.measures[id], period)) continue;
      Requirement requirement(assembly, id, period);
      requirement.add_flows();
      requirement.add_output();
    }
  }
}

}  // namespace pinchpoint::plan
