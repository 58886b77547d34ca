// SPDX-License-Identifier: Apache-2.0
#include "analysis/plan/families.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <initializer_list>

namespace pinchpoint::plan {

namespace {

FamilyInfo column_family(Family family, std::string_view name, Measured measured, std::string_view about,
                         std::initializer_list<Space> spaces) {
  return {family, name, false, {}, measured, about, spaces};
}

FamilyInfo row_family(Family family, std::string_view name, std::string_view slug, Measured measured,
                      std::string_view about) {
  return {family, name, true, slug, measured, about, {}};
}

FamilyInfo with_spaces(FamilyInfo info, std::initializer_list<Space> spaces) {
  info.spaces = spaces;
  return info;
}

std::vector<FamilyInfo> declared_families() {
  using enum Space;
  return {
#define PINCHPOINT_COLUMN_FAMILY(name, measured, about, ...) \
  column_family(Family::name##_, #name, Measured::measured, about, {__VA_ARGS__}),
#define PINCHPOINT_ROW_FAMILY(name, slug, measured, about, ...) \
  with_spaces(row_family(Family::name##_, #name, #slug, Measured::measured, about), {__VA_ARGS__}),
#include "analysis/plan/families.def"
#undef PINCHPOINT_COLUMN_FAMILY
#undef PINCHPOINT_ROW_FAMILY
  };
}

}  // namespace

const std::vector<FamilyInfo>& families() {
  static const std::vector<FamilyInfo> all = declared_families();
  return all;
}

const FamilyInfo& info(Family family) { return families().at(static_cast<std::size_t>(family)); }

std::int32_t period_of(const optim::Key& key) {
  const std::vector<Space>& spaces = info(family_of(key)).spaces;
  for (std::size_t at = 0; at < spaces.size(); ++at) {
    if (spaces[at] == Space::period) return key.index[at];
  }
  return -1;
}

std::optional<ActivityKey> activity_of(const optim::Key& key) {
  const auto& index = key.index;
  if (key.family == id_of(Family::activity_)) return ActivityKey{AssetId(index[0]), {}, PeriodId(index[1]), index[2]};
  if (key.family != id_of(Family::mode_activity_)) return std::nullopt;
  return ActivityKey{AssetId(index[0]), ModeId(index[1]), PeriodId(index[2]), index[3]};
}

namespace {

using Rows = std::vector<std::vector<std::string>>;

/// One row a thing of the space.
class SpaceRows {
 public:
  SpaceRows(const World& world, const Network& network) : world_(world), network_(network) {}

  [[nodiscard]] Rows assets() const {
    Rows rows;
    for (const Asset& asset : network_.assets) rows.push_back(asset_row(asset));
    return rows;
  }
  [[nodiscard]] Rows choices() const {
    Rows rows;
    for (const Choice& choice : network_.choices) {
      const Asset& asset = network_.assets[network_.choice_groups[choice.group].asset];
      auto row = asset_row(asset);
      row.push_back(commodity(world_.technologies[asset.technology].recipe[choice.line].commodity));
      rows.push_back(std::move(row));
    }
    return rows;
  }
  [[nodiscard]] Rows choice_groups() const {
    Rows rows;
    for (const ChoiceGroup& group : network_.choice_groups) {
      auto row = asset_row(network_.assets[group.asset]);
      row.push_back(group.group);
      rows.push_back(std::move(row));
    }
    return rows;
  }
  [[nodiscard]] Rows nodes() const {
    Rows rows;
    for (const Node& node : network_.nodes) rows.push_back({commodity(node.commodity), region(node.region)});
    return rows;
  }
  [[nodiscard]] Rows pools() const {
    Rows rows;
    for (const Pool& pool : network_.pools) rows.push_back({pool.label});
    return rows;
  }
  [[nodiscard]] Rows routes() const {
    Rows rows;
    for (const Route& route : network_.routes) {
      const Node& origin = network_.nodes[route.origin];
      rows.push_back({world_.lanes[route.lane].id, commodity(origin.commodity), region(origin.region),
                      region(network_.nodes[route.destination].region)});
    }
    return rows;
  }
  [[nodiscard]] Rows periods() const {
    Rows rows;
    for (const PeriodId period : world_.timeline.periods()) rows.push_back({world_.timeline.label(period)});
    return rows;
  }
  [[nodiscard]] Rows moments() const {
    Rows rows;
    for (const std::string& label : network_.moments.labels()) rows.push_back({label});
    return rows;
  }

 private:
  [[nodiscard]] std::string commodity(CommodityId id) const { return world_.commodities[id].id; }
  [[nodiscard]] std::string region(RegionId id) const { return world_.regions[id].id; }
  [[nodiscard]] std::vector<std::string> asset_row(const Asset& asset) const {
    return {world_.technologies[asset.technology].id, region(asset.region), world_.organisations[asset.owner].id};
  }

  const World& world_;
  const Network& network_;
};

template <class Things>
Rows ids_of(const Things& things) {
  Rows rows;
  for (const auto& thing : things) rows.push_back({thing.id});
  return rows;
}

}  // namespace

std::vector<SpaceTable> make_space_tables(const World& world, const Network& network) {
  const SpaceRows rows(world, network);
  return {{"asset", {"technology", "region", "owner"}, rows.assets()},
          {"choice", {"technology", "region", "owner", "commodity"}, rows.choices()},
          {"choice_group", {"technology", "region", "owner", "input_group"}, rows.choice_groups()},
          {"mode", {"mode"}, ids_of(world.modes)},
          {"node", {"commodity", "region"}, rows.nodes()},
          {"pool", {"pool"}, rows.pools()},
          {"route", {"lane", "commodity", "origin", "destination"}, rows.routes()},
          {"lane", {"lane"}, ids_of(world.lanes)},
          {"programme", {"programme"}, ids_of(world.programmes)},
          {"owner", {"owner"}, ids_of(world.organisations)},
          {"measure", {"measure"}, ids_of(world.measures)},
          {"limit", {"limit"}, ids_of(world.limits)},
          {"period", {"period"}, rows.periods()},
          {"slice", {"slice"}, ids_of(world.slices)},
          {"moment", {"moment"}, rows.moments()}};
}

std::shared_ptr<const optim::Names> make_names(const std::vector<SpaceTable>& spaces) {
  auto names = std::make_shared<optim::Names>();
  ensure(spaces.size() == space_count, "every index space needs a table");
  for (const SpaceTable& space : spaces) {
    std::vector<std::string> labels;
    for (const auto& row : space.rows) labels.push_back(fmt::format("{}", fmt::join(row, ",")));
    names->add_space(std::string(space.name), std::move(labels));
  }
  for (const FamilyInfo& family : families()) {
    std::vector<int> numbers;
    for (const Space space : family.spaces) numbers.push_back(static_cast<int>(space));
    names->add_family(std::string(family.name), std::move(numbers));
  }
  return names;
}

}  // namespace pinchpoint::plan
