// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "domain/packages/catalogue/catalogue.hpp"

namespace pinchpoint::packages {

namespace {

Line line_of(const Catalogue& catalogue, const Offer& offer, std::int64_t units) {
  Line line;
  line.id = offer.id;
  line.kind = catalogue.needs[static_cast<std::size_t>(offer.need)].kind;
  line.item = offer.item;
  line.from = offer.from;
  line.made_in_us = catalogue.frame.made_in_us_statement;
  line.quantity = Exact(units);
  line.value = Exact::product(offer.price, Exact(units));
  line.us_share = offer.us_share;
  line.facts = offer.facts;
  line.where = offer.where;
  return line;
}

Model model_of(const Catalogue& catalogue, const Offer& offer) {
  Model model;
  model.id = model.name = offer.id;
  model.developer_seat = catalogue.frame.parties[static_cast<std::size_t>(offer.party)].seat;
  model.is_open = offer.is_open;
  model.is_derived = !offer.base.empty();
  model.is_shipped = true;
  model.base = offer.base;
  model.where = offer.where;
  return model;
}

void add_provider(const Catalogue& catalogue, const Offer& offer, Package& package) {
  const Layer layer = catalogue.needs[static_cast<std::size_t>(offer.need)].layer;
  const auto row = std::find_if(package.layers.begin(), package.layers.end(),
                                [layer](const LayerRow& it) { return it.layer == layer; });
  if (row == package.layers.end()) {
    LayerRow added;
    added.layer = layer;
    added.providers = {offer.party};
    if (layer == Layer::security) {
      added.weight_protection = catalogue.weight_protection;
      added.responsible = offer.party;
    }
    added.where = offer.where;
    package.layers.push_back(std::move(added));
  } else if (std::find(row->providers.begin(), row->providers.end(), offer.party) == row->providers.end()) {
    row->providers.push_back(offer.party);
  }
}

}  // namespace

Package assemble(const Catalogue& catalogue, const std::vector<Take>& takes, int anchor, int target) {
  Package package = catalogue.frame;
  const CatalogueTarget& aim = catalogue.targets[static_cast<std::size_t>(target)];
  package.models = catalogue.models;
  package.anchors = {anchor};
  package.submitter = anchor;
  std::set<int> members = {anchor};
  Exact total(0);
  for (const Take& take : takes) {
    const Offer& offer = catalogue.offers[static_cast<std::size_t>(take.offer)];
    const Need& need = catalogue.needs[static_cast<std::size_t>(offer.need)];
    members.insert(offer.party);
    if (need.layer == Layer::hardware) package.lines.push_back(line_of(catalogue, offer, take.units));
    if (need.layer == Layer::models) package.models.push_back(model_of(catalogue, offer));
    if (need.layer == Layer::hardware && package.lines.back().is_hardware() && package.lines.back().value)
      total = Exact::sum(total, *package.lines.back().value).value_or(total);
    add_provider(catalogue, offer, package);
  }
  package.hardware_total = total;
  for (const int member : members)
    package.members.push_back({member,
                               catalogue.supplies[static_cast<std::size_t>(member)],
                               {},
                               package.parties[static_cast<std::size_t>(member)].where});
  package.targets.push_back({aim.country, "", aim.reason, package.where});
  package.sites.push_back(
      {"site", aim.country, aim.operator_party, aim.operator_party, anchor, {aim.operator_party}, {}, package.where});
  return package;
}

}  // namespace pinchpoint::packages
