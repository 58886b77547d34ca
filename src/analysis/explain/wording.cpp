// SPDX-License-Identifier: Apache-2.0
#include "analysis/explain/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "analysis/explain/number_text.hpp"

namespace pinchpoint::explain {

namespace {

using plan::Space;

constexpr std::array known = {
    // Rows that pass a price on.
    FamilyWords{"balance", "{}", "{} is short", "{1} more {0}", "", true},
    FamilyWords{"market", "{}", "{} is short", "{1} more {0}", "", true},
    FamilyWords{"origin", "{} of one's own making", "only what is made of {} may be exported", "{1} more {0}", "",
                true},
    FamilyWords{"capacity", "capacity of {}", "{} runs at capacity", "capacity for {1} more of {0}", "", true},
    FamilyWords{"substitution", "inputs of {}", "{} needs its inputs", "{1} more inputs of {0}", "", true},
    FamilyWords{"build", "capacity of {} on line", "{} is not on line sooner", "{1} more of {0} on line", "", true},
    FamilyWords{"minimum_size", "the smallest order of {}", "an order of {} has a smallest size",
                "smallest orders of {0} lower by {1}", "", true},
    FamilyWords{"maximum_size", "the decision to order {}", "{} is not ordered at all", "{1} more of {0}", "", true},
    FamilyWords{"demand", "demand of {}", "{} is not met in full", "{1} less asked for by {0}", "", true},
    // Rows and bounds that limit.
    FamilyWords{"build_limit", "the right to order {}", "{}: all that may be ordered is ordered",
                "the right to order {1} more of {0}", ""},
    FamilyWords{"growth", "the pace at which {} can grow", "{} cannot grow faster", "room for {1} more growth of {0}",
                ""},
    FamilyWords{"lane_capacity", "room on {}", "{} is full", "room for {1} more on {0}", ""},
    FamilyWords{"quota", "{}", "{} binds", "{1} more under {0}", ""},
    FamilyWords{"licence_share", "{}", "{} binds", "{1} more under {0}", ""},
    FamilyWords{"content", "{}", "{} binds", "{1} less of value asked for by {0}", ""},
    FamilyWords{"budget", "money of {}", "{} has spent its budget", "{1} more for {0} to spend", ""},
    FamilyWords{"stock_floor", "the reserve of {}", "{}: the reserve may not be touched", "{1} less reserve of {0}",
                ""},
    FamilyWords{"stock_cover", "the cover of {}", "{}: the cover asked for ties up stock", "{1} less cover of {0}", ""},
    FamilyWords{"opening_stock", "the opening stock of {}", "{}: the opening stock is used up",
                "{1} more of {0} in stock at the start", ""},
    FamilyWords{"limit", "{}", "{} binds", "{1} more under {0}", ""},
    FamilyWords{"annual_availability", "output of {} over the period", "{} has run all it may over the period",
                "{1} more output of {0} over the period", "", true},
    FamilyWords{"store", "what {} keeps", "{} keeps all it is given", "{1} more kept in {0}", "", true},
    FamilyWords{"store_full", "room in {}", "{} is full", "room for {1} more in {0}", "", true},
    FamilyWords{"store_least", "the least level of {}", "{} is at its least level", "{1} less kept in {0}", "", true},
    FamilyWords{"charge_limit", "the pace of filling {}", "{} cannot be filled faster", "{1} more into {0}", "", true},
    FamilyWords{"discharge_limit", "the pace of emptying {}", "{} cannot be emptied faster", "{1} more out of {0}", "",
                true},
    FamilyWords{"power_flow", "the voltage law around the loop of {}", "{} shares its flow with other lines",
                "{1} more around the loop of {0}", "", true},
    // Columns.
    FamilyWords{"stock", "stock of {}", "{}: the store is full", "room to store {1} more of {0}", "comes from stock"},
    FamilyWords{"activity", "output of {}", "{} is held down", "{1} more output of {0}", "is made by {}"},
    FamilyWords{"mode_activity", "output of {}", "{} is held down", "{1} more output of {0}", "is made by {}"},
    FamilyWords{"charge", "filling of {}", "{} cannot be filled faster", "{1} more into {0}", "is kept for {}"},
    FamilyWords{"discharge", "emptying of {}", "{} cannot be emptied faster", "{1} more out of {0}", "comes out of {}"},
    FamilyWords{"level", "the level of {}", "{} is full or empty", "room for {1} more in {0}", "comes out of {}"},
    FamilyWords{"choice", "inputs of {}", "{} is held down", "{1} more inputs of {0}", "is one of the inputs of {}"},
    FamilyWords{"order", "orders of {}", "no more of {} can be ordered", "{1} more of {0}",
                "comes from an order of {}"},
    FamilyWords{"block_order", "blocks of {}", "no more blocks of {} are ordered", "{1} more of {0}",
                "comes from a block of {}"},
    FamilyWords{"order_open", "the decision to order {}", "{} is not ordered at all", "{1} more of {0}",
                "comes from an order of {}"},
    FamilyWords{"available", "capacity of {}", "{}: what stands is all there is, and no more can be built",
                "{1} more of {0}", "needs {} on line"},
    FamilyWords{"export", "exports of {}", "{} cannot be exported", "{1} more of {0}", ""},
    FamilyWords{"import", "imports of {}", "{} cannot be imported", "{1} more of {0}", ""},
    FamilyWords{"exportable", "{}", "{} cannot be exported", "{1} more of {0}", ""},
    FamilyWords{"shipment", "shipments of {}", "{} cannot be shipped", "{1} more of {0}", "comes by {}"},
    FamilyWords{"met", "demand of {}", "{} gets all it asks for", "{1} more asked for by {0}", ""},
    FamilyWords{"unmet", "the shortage of {}", "{} gets nothing", "{1} less for {0}", ""},
    FamilyWords{"cash", "money of {}", "{} cannot carry over money", "{1} more for {0}", ""},
};

constexpr FamilyWords in_general = {"", "the limit on {}", "a limit on {} binds", "{1} more for {0}",
                                    "comes by way of {}"};

std::string filled(std::string_view pattern, std::string_view thing, std::string_view amount = {}) {
  // Patterns with one place use {}, those with an amount {0} and {1}.
  return fmt::format(fmt::runtime(pattern), thing, amount);
}

Thing thing_of_asset(const World& world, const plan::Network& network, plan::AssetId id) {
  const plan::Asset& asset = network.assets[id];
  const Technology& technology = world.technologies[asset.technology];
  return {technology.id, name_of(technology), asset.region, asset.owner};
}

Thing thing_of_node(const World& world, const plan::Network& network, plan::NodeId id) {
  const plan::Node& node = network.nodes[id];
  const Commodity& commodity = world.commodities[node.commodity];
  return {commodity.id, name_of(commodity), node.region, {}};
}

}  // namespace

bool has_words(std::string_view family) {
  return std::any_of(known.begin(), known.end(), [&](const FamilyWords& words) { return words.family == family; });
}

const FamilyWords& words_of(std::string_view family) {
  const auto* const found =
      std::find_if(known.begin(), known.end(), [&](const FamilyWords& words) { return words.family == family; });
  return found == known.end() ? in_general : *found;
}

std::string noun_text(std::string_view family, std::string_view thing) { return filled(words_of(family).noun, thing); }
std::string binds_text(std::string_view family, std::string_view thing) {
  return filled(words_of(family).binds, thing);
}
std::string relief_text(std::string_view family, std::string_view thing, std::string_view amount) {
  return filled(words_of(family).relief, thing, amount);
}

Thing thing_of(const World& world, const plan::PlanProblem& problem, const optim::Key& key) {
  const plan::FamilyInfo& family = plan::info(static_cast<plan::Family>(key.family.index()));
  const plan::Network& network = problem.network;
  const std::int32_t index = key.index[0];
  switch (family.spaces.front()) {
    case Space::asset:
      return thing_of_asset(world, network, plan::AssetId(index));
    case Space::choice:
      return thing_of_asset(world, network, network.choice_groups[network.choices[plan::ChoiceId(index)].group].asset);
    case Space::choice_group:
      return thing_of_asset(world, network, network.choice_groups[plan::ChoiceGroupId(index)].asset);
    case Space::node:
      return thing_of_node(world, network, plan::NodeId(index));
    case Space::pool: {
      const Commodity& commodity = world.commodities[network.pools[plan::PoolId(index)].commodity];
      const bool is_market = network.pools[plan::PoolId(index)].is_market;
      return {commodity.id, name_of(commodity) + (is_market ? " on the world market" : " within the country"), {}, {}};
    }
    case Space::route: {
      const Lane& lane = world.lanes[network.routes[plan::RouteId(index)].lane];
      return {lane.id, "lane " + name_of(lane), {}, {}};
    }
    case Space::lane:
      return {world.lanes[LaneId(index)].id, "lane " + name_of(world.lanes[LaneId(index)]), {}, {}};
    case Space::programme:
      return {world.programmes[ProgrammeId(index)].id, name_of(world.programmes[ProgrammeId(index)]), {}, {}};
    case Space::owner:
      return {
          world.organisations[OrganisationId(index)].id, name_of(world.organisations[OrganisationId(index)]), {}, {}};
    case Space::measure:
      return {world.measures[MeasureId(index)].id,
              fmt::format("the rule '{}'", name_of(world.measures[MeasureId(index)])),
              {},
              {}};
    case Space::limit: {
      const Limit& limit = world.limits[LimitId(index)];
      return {limit.id, fmt::format("the limit '{}'", name_of(limit)), {}, {}};
    }
    default:
      break;
  }
  // Spaces that came later: the rendered key at least says which row it is.
  const std::string name = problem.model.names->render(key);
  return {name, name, {}, {}};
}

std::string text_of(const World& world, const Thing& thing) {
  std::string text = thing.name;
  if (thing.region.is_valid()) text += " in " + name_of(world.regions[thing.region]);
  if (thing.owner.is_valid()) text += fmt::format(" ({})", name_of(world.organisations[thing.owner]));
  return text;
}

std::string unit_text(std::string_view unit, bool is_plural) {
  const std::string_view thing = unit.substr(0, unit.find('/'));
  std::string text(thing);
  // MW.month is what a megawatt is worth over a month: a MW-month.
  for (const std::string_view time : {".year", ".quarter", ".month", ".week", ".day", ".hour"}) {
    if (!unit.ends_with(time) || thing.size() != unit.size()) continue;
    text[text.size() - time.size()] = '-';
    return is_plural ? text + "s" : text;
  }
  // Names of things get a plural, symbols (MW, kt, USD) and compounds do not.
  const bool is_word = thing.size() > 3 && std::all_of(thing.begin(), thing.end(),
                                                       [](char letter) { return letter >= 'a' && letter <= 'z'; });
  if (is_word && is_plural && text.back() != 's') text += text.ends_with("ch") ? "es" : "s";
  if (thing.size() == unit.size()) return text;
  const std::string_view per = unit.substr(thing.size() + 1);
  for (const std::string_view time : {"year", "quarter", "month", "week", "day"}) {
    if (per == time) return fmt::format("{} a {}", text, per);
  }
  if (per == "hour") return text + " an hour";
  return std::string(unit);
}

std::string amount_text(double amount, std::string_view unit) {
  return fmt::format("{} {}", number_text(amount), unit_text(unit, amount != 1));
}

}  // namespace pinchpoint::explain
