// SPDX-License-Identifier: Apache-2.0
#include "analysis/plan/facts/meter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "analysis/plan/capital.hpp"
#include "analysis/plan/store_paths.hpp"

namespace pinchpoint::plan {

Counted counted(const Assembly& assembly, const LimitTerm& term) {
  const World& world = assembly.world;
  Counted found{term, {}, {}};
  std::map<AssetId, std::size_t> place_of;
  for (const AssetId id : ids(assembly.network.assets)) {
    const Asset& asset = assembly.network.assets[id];
    const auto technology =
        std::find_if(term.technologies.begin(), term.technologies.end(),
                     [&](const LimitTechnology& one) { return one.technology == asset.technology; });
    if (technology == term.technologies.end() || !term.is_about(world, asset.region, asset.owner)) continue;
    found.assets.push_back({id, technology->scale, {}});
    place_of[id] = found.assets.size() - 1;
  }
  for (const ChoiceId id : ids(assembly.network.choices)) {
    const auto place = place_of.find(assembly.network.choice_groups[assembly.network.choices[id].group].asset);
    if (place != place_of.end()) found.assets[place->second].choices.push_back(id);
  }
  for (const ProgrammeId id : ids(world.programmes)) {
    if (term.counts(world, world.programmes[id])) found.programmes.push_back(id);
  }
  return found;
}

namespace {

/// Adds what one term measures in one window, times a factor, to a sum.
class Meter {
 public:
  Meter(const Assembly& assembly, const Counted& counted, LimitPer per, Window window)
      : assembly_(assembly),
        world_(assembly.world),
        counted_(counted),
        term_(counted.term),
        per_(per),
        window_(window),
        date_(assembly.timeline().begin_of(window.period)) {}

  void add_to(Sum& sum, double factor) {
    for (const Counted::CountedAsset& asset : counted_.assets) {
      add_asset(sum, asset.id, factor * asset.scale);
      if (term_.what == LimitMeasure::used) add_choices(sum, asset, factor * asset.scale);
    }
    for (const ProgrammeId id : counted_.programmes) add_met(sum, id, factor);
  }

 private:
  void add_asset(Sum& sum, AssetId id, double factor);
  void add_activity(Sum& sum, AssetId id, double factor);
  void add_goods(Sum& sum, AssetId id, double factor);
  void add_choices(Sum& sum, const Counted::CountedAsset& counted, double factor);
  void add_building(Sum& sum, AssetId id, const RecipeLine& line, double factor);
  void add_retiring(Sum& sum, AssetId id, const RecipeLine& line, double factor);
  void add_capacity(Sum& sum, AssetId id, double factor);
  void add_ordered(Sum& sum, AssetId id, double factor);
  void add_level(Sum& sum, AssetId id, double factor);
  void add_met(Sum& sum, ProgrammeId id, double factor);
  [[nodiscard]] double good_amount(const Asset& asset, ModeId mode) const;
  [[nodiscard]] double measured_share(int slice, int slices) const;
  [[nodiscard]] bool is_in_mode(ModeId mode) const { return !term_.mode.is_valid() || term_.mode == mode; }

  const Assembly& assembly_;
  const World& world_;
  const Counted& counted_;
  const LimitTerm& term_;
  LimitPer per_;
  Window window_;
  Date date_;
};

/// How much a unit of a column counts: a column of one of `slices` slices, or of the period as a whole (1).
double Meter::measured_share(int slice, int slices) const {
  if (per_ == LimitPer::horizon) return 1;
  const double years = assembly_.years(window_.period);
  if (per_ == LimitPer::period || slices == 1) return 1 / years;
  return slice == window_.slice ? 1 / (years * assembly_.slice_weight(slice, window_.period)) : 0;
}

void Meter::add_asset(Sum& sum, AssetId id, double factor) {
  switch (term_.what) {
    case LimitMeasure::activity:
      return add_activity(sum, id, factor);
    case LimitMeasure::made:
    case LimitMeasure::used:
      return add_goods(sum, id, factor);
    case LimitMeasure::capacity:
      return add_capacity(sum, id, factor);
    case LimitMeasure::ordered:
      return add_ordered(sum, id, factor);
    case LimitMeasure::level:
      return add_level(sum, id, factor);
    case LimitMeasure::met:
      return;
  }
}

void Meter::add_activity(Sum& sum, AssetId id, double factor) {
  const Asset& asset = assembly_.network.assets[id];
  const Technology& technology = world_.technologies[asset.technology];
  const int slices = assembly_.slice_count(technology);
  std::vector<ModeId> modes = technology.modes;
  if (modes.empty()) modes.emplace_back();
  for (std::size_t mode = 0; mode < modes.size(); ++mode) {
    if (!is_in_mode(modes[mode])) continue;
    const double amount = term_.what == LimitMeasure::activity ? 1 : good_amount(asset, modes[mode]);
    if (amount == 0) continue;
    for (int slice = 0; slice < slices; ++slice) {
      const double share = measured_share(slice, slices);
      if (share == 0) continue;
      const ActivityColumns& columns = assembly_.activity(id, window_.period, slice);
      sum.add(columns[static_cast<int>(mode)], factor * amount * share);
    }
  }
}

/// Of the term's commodity, per unit of activity in a mode; substitutes are left out.
double Meter::good_amount(const Asset& asset, ModeId mode) const {
  const Technology& technology = world_.technologies[asset.technology];
  const bool is_made = term_.what == LimitMeasure::made;
  double amount = is_made && technology.output == term_.commodity ? 1 : 0;
  for (const RecipeLine& line : technology.recipe) {
    const bool is_of_role = line.role == (is_made ? RecipeRole::output : RecipeRole::input) && line.group.empty();
    const bool is_of_mode = !line.mode.is_valid() || line.mode == mode;
    if (!is_of_role || !is_of_mode || line.commodity != term_.commodity) continue;
    amount += world_.amount_of(line, asset.region, date_);
  }
  return amount;
}

void Meter::add_goods(Sum& sum, AssetId id, double factor) {
  const Asset& asset = assembly_.network.assets[id];
  const Technology& technology = world_.technologies[asset.technology];
  if (technology.kind != TechnologyKind::store) add_activity(sum, id, factor);
  if (term_.mode.is_valid()) return;
  for (const RecipeLine& line : technology.recipe) {
    if (line.commodity != term_.commodity) continue;
    if (line.role == RecipeRole::build) add_building(sum, id, line, factor);
    if (line.role == RecipeRole::retire) add_retiring(sum, id, line, factor);
  }
}

void Meter::add_choices(Sum& sum, const Counted::CountedAsset& counted, double factor) {
  const Asset& asset = assembly_.network.assets[counted.id];
  for (const ChoiceId id : counted.choices) {
    const RecipeLine& line = world_.technologies[asset.technology].recipe[assembly_.network.choices[id].line];
    const ColumnId column = assembly_.choice(id, window_.period);
    if (line.commodity != term_.commodity || !column.is_valid()) continue;
    sum.add(column, factor * measured_share(0, 1) * world_.amount_of(line, asset.region, date_));
  }
}

/// A positive amount is used by building, a negative one set free.
void Meter::add_building(Sum& sum, AssetId id, const RecipeLine& line, double factor) {
  const Asset& asset = assembly_.network.assets[id];
  const double sign = term_.what == LimitMeasure::used ? 1 : -1;
  for (int at = 0; at <= window_.period.index(); ++at) {
    const PeriodId ordered(at);
    const ColumnId column = assembly_.order(id, ordered);
    if (!column.is_valid()) continue;
    const double drawn = world_.amount_of(line, asset.region, assembly_.timeline().begin_of(ordered));
    const double amount = std::max(0.0, sign * drawn);
    if (amount == 0) continue;
    for (const Draw& draw : draws_of(world_, asset, ordered, line)) {
      if (draw.period != window_.period) continue;
      sum.add(column, factor * measured_share(0, 1) * amount * draw.share * assembly_.order_size(asset));
    }
  }
}

/// A positive amount is set free by retiring, a negative one used.
void Meter::add_retiring(Sum& sum, AssetId id, const RecipeLine& line, double factor) {
  const Asset& asset = assembly_.network.assets[id];
  const double sign = term_.what == LimitMeasure::made ? 1 : -1;
  const auto amount_on = [&](PeriodId period) {
    return std::max(0.0, sign * world_.amount_of(line, asset.region, assembly_.timeline().begin_of(period)));
  };
  const double retired = asset.retiring[static_cast<std::size_t>(window_.period.index())];
  sum.add_constant(factor * measured_share(0, 1) * amount_on(window_.period) * retired);
  for (int at = 0; at <= window_.period.index(); ++at) {
    const PeriodId ordered(at);
    const ColumnId column = assembly_.order(id, ordered);
    if (!column.is_valid() || amount_on(ordered) == 0) continue;
    for (const Retirement& part : retirements_of(world_, asset, ordered)) {
      if (part.period != window_.period) continue;
      sum.add(column, factor * measured_share(0, 1) * amount_on(ordered) * part.share * assembly_.order_size(asset));
    }
  }
}

/// Standing capacity is a constant and orders are columns: `available` is only bounded by them and would let a plan
/// call capacity unavailable to keep a limit.
void Meter::add_capacity(Sum& sum, AssetId id, double factor) {
  const Asset& asset = assembly_.network.assets[id];
  sum.add_constant(factor * asset.standing[static_cast<std::size_t>(window_.period.index())]);
  for (int at = 0; at <= window_.period.index(); ++at) {
    const PeriodId ordered(at);
    const ColumnId column = assembly_.order(id, ordered);
    if (!column.is_valid() || at + asset.build_periods[static_cast<std::size_t>(at)] > window_.period.index()) continue;
    const double share = ordered_share(world_, asset, ordered, window_.period);
    if (share > 0) sum.add(column, factor * share * assembly_.order_size(asset));
  }
}

void Meter::add_ordered(Sum& sum, AssetId id, double factor) {
  const ColumnId column = assembly_.order(id, window_.period);
  if (column.is_valid()) sum.add(column, factor * assembly_.order_size(assembly_.network.assets[id]));
}

void Meter::add_level(Sum& sum, AssetId id, double factor) {
  ColumnId column = assembly_.level(id, window_.period, window_.slice);
  if (!term_.visit.empty()) {
    const std::string moment = fmt::format("{}/{}", term_.visit, world_.slices[SliceId(window_.slice)].id);
    const int at = assembly_.network.moments.contains(moment) ? assembly_.network.moments.find(moment) : -1;
    const auto place = assembly_.level_at.find({id, window_.period, at});
    if (place != assembly_.level_at.end()) column = place->second;
  }
  if (column.is_valid()) sum.add(column, factor);
}

void Meter::add_met(Sum& sum, ProgrammeId id, double factor) {
  const int slices = assembly_.slice_count(world_.programmes[id].commodity);
  for (int slice = 0; slice < slices; ++slice) {
    const ColumnId column = assembly_.met(id, window_.period, slice);
    const double share = measured_share(slice, slices);
    if (column.is_valid() && share != 0) sum.add(column, factor * share);
  }
}

}  // namespace

void add_measured(const Assembly& assembly, const Counted& counted, LimitPer per, Window window, double factor,
                  Sum& sum) {
  Meter(assembly, counted, per, window).add_to(sum, factor);
}

}  // namespace pinchpoint::plan
