// SPDX-License-Identifier: Apache-2.0
#include "domain/world/internal/loader.hpp"

namespace pinchpoint::internal {

namespace {

void load_names(Loader& loader) {
  for_each_row(loader, "facts", [&](const Row& row) {
    Fact fact;
    fact.sum.id = row.text("id");
    fact.sum.name = row.has("name") ? row.text("name") : fact.sum.id;
    fact.sum.per = row.text("measure") == "rate" ? LimitPer::period : LimitPer::horizon;
    fact.tolerance = row.number("tolerance");
    fact.is_given = row.boolean("is_given");
    loader.facts.add(fact.sum.id, loader.world.facts.push_back(fact));
  });
}

void load_value(const Row& row, Fact& fact) {
  const auto value = row.figure(fact.sum.unit);
  if (!value) return;
  FactValue stated{*row.date("from"), *row.date("until"), *value,          {}, {},
                   row.confidence(),  row.ids("source"),  row.text("note")};
  const double factor = row.number("value") == 0 ? 1 : *value / row.number("value");
  if (row.has("low")) stated.low = row.number("low") * factor;
  if (row.has("high")) stated.high = row.number("high") * factor;
  fact.values.push_back(stated);
}

void load_values(Loader& loader) {
  for_each_row(loader, "fact_values", [&](const Row& row) {
    Fact& fact = loader.world.facts[row.id("fact", loader.facts)];
    if (!fact.sum.unit.is_valid()) {
      fact.sum.unit = loader.folder.units->parse(row.has("unit") ? row.text("unit") : "1").value_or(Unit{});
    }
    load_value(row, fact);
  });
}

}  // namespace

void load_facts(Loader& loader) {
  load_names(loader);
  load_values(loader);
  for_each_row(loader, "fact_terms", [&](const Row& row) {
    Limit& sum = loader.world.facts[row.id("fact", loader.facts)].sum;
    if (sum.unit.is_valid()) load_term(loader, row, sum);
  });
  check_sums(loader, "fact", "has nothing to be compared with",
             [&](const std::string& id) -> const Limit& { return loader.world.facts[loader.facts.find(id)].sum; });
}

}  // namespace pinchpoint::internal
