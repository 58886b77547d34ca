// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "analysis/compose/composer.hpp"

namespace pinchpoint::compose {

namespace {

/// At least as good in all three, and better in one.
bool beats(const Composed& left, const Composed& right, std::size_t reading) {
  const bool is_as_good =
      left.cost <= right.cost && *left.content[reading] >= *right.content[reading] && left.ready <= right.ready;
  const bool is_better =
      left.cost < right.cost || *left.content[reading] > *right.content[reading] || left.ready < right.ready;
  return is_as_good && is_better;
}

bool is_same(const Composed& left, const Composed& right, std::size_t reading) {
  return left.cost == right.cost && left.content[reading] == right.content[reading] && left.ready == right.ready;
}

/// from + (to - from) x part / parts
std::optional<Exact> between(const Exact& from, const Exact& to, int part, int parts) {
  const auto negative = Exact::product(from, Exact(-1));
  const auto width = negative ? Exact::sum(to, *negative) : std::nullopt;
  const auto share = Exact::quotient(Exact(part), Exact(parts));
  const auto step = width && share ? Exact::product(*width, *share) : std::nullopt;
  return step ? Exact::sum(from, *step) : std::nullopt;
}

}  // namespace

Front Composer::front(const Wish& wish, int points) const {
  const auto reading = static_cast<std::size_t>(wish.reading);
  std::set<Day> days;
  for (const int offer : offers_of(wish)) days.insert(catalogue_.offers[static_cast<std::size_t>(offer)].ready);
  Front found;
  std::optional<Composed> last_cheapest, last_fullest;
  for (const Day day : days) {
    Wish by_day = wish;
    by_day.latest = day;
    by_day.aim = Aim::cost;
    Answer cheap = cheapest(by_day);
    if (!cheap.package) continue;
    by_day.aim = Aim::content;
    Answer full = fullest(by_day);
    if (!full.package) continue;
    const bool is_known = last_cheapest && last_fullest && is_same(*last_cheapest, *cheap.package, reading) &&
                          is_same(*last_fullest, *full.package, reading);
    if (is_known) continue;
    last_cheapest = *cheap.package;
    last_fullest = *full.package;
    found.push_back(*cheap.package);
    by_day.aim = Aim::cost;
    for (int part = 1; part < points; ++part) {
      by_day.least_content = between(*cheap.package->content[reading], *full.package->content[reading], part, points);
      if (Answer middle = cheapest(by_day); middle.package) found.push_back(std::move(*middle.package));
    }
    found.push_back(*full.package);
  }
  Front front;
  for (Composed& it : found) {
    const auto is_worse = [&](const Composed& other) { return beats(other, it, reading); };
    const auto is_twin = [&](const Composed& other) { return is_same(other, it, reading); };
    if (std::any_of(found.begin(), found.end(), is_worse) || std::any_of(front.begin(), front.end(), is_twin)) continue;
    judge(it);
    front.push_back(it);
  }
  std::stable_sort(front.begin(), front.end(), [](const Composed& left, const Composed& right) {
    return left.ready != right.ready ? left.ready < right.ready : left.cost < right.cost;
  });
  return front;
}

std::set<int> Composer::foreign_members() const {
  std::set<int> members;
  for (const int offer : offers_of({})) {
    const int party = catalogue_.offers[static_cast<std::size_t>(offer)].party;
    if (catalogue_.seat(party) != "US") members.insert(party);
  }
  return members;
}

Corner Composer::corner(Wish wish) const {
  Corner corner;
  wish.aim = Aim::cost;
  const Answer by_cost = cheapest(wish);
  if (!by_cost.package) {
    corner.why = by_cost.why;
    return corner;
  }
  corner.cost = by_cost.package->cost;
  corner.cheapest_content = by_cost.package->content[static_cast<std::size_t>(wish.reading)];
  corner.cheapest_ready = by_cost.package->ready;
  wish.aim = Aim::content;
  if (const Answer full = fullest(wish); full.package)
    corner.content = full.package->content[static_cast<std::size_t>(wish.reading)];
  wish.aim = Aim::date;
  if (const Answer early = earliest(wish); early.package) corner.ready = early.package->ready;
  return corner;
}

AllyTable Composer::allies(const Wish& wish) const {
  const std::set<int> foreign = foreign_members();
  const auto without = [&](std::set<int> parties) {
    Wish changed = wish;
    parties.insert(wish.left_out.begin(), wish.left_out.end());
    changed.left_out = std::move(parties);
    return corner(changed);
  };
  AllyTable table;
  table.all = without({});
  table.none = without(foreign);
  for (const int party : foreign) {
    std::set<int> others = foreign;
    others.erase(party);
    table.allies.push_back({party, without({party}), without(others)});
  }
  return table;
}

}  // namespace pinchpoint::compose
