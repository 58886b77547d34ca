// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "domain/world/internal/loader.hpp"

namespace pinchpoint::internal {

namespace {

Slice slice_of(const Row& row) {
  Slice slice;
  slice.id = row.text("id");
  slice.name = row.has("name") ? row.text("name") : slice.id;
  slice.season = row.text("season");
  slice.day = row.text("day");
  if (row.has("days")) slice.days = row.number("days");
  if (row.has("span_hours")) slice.span_hours = row.number("span_hours");
  if (slice.days.has_value() != slice.span_hours.has_value()) {
    row.complain(Code::one_of_two, "days", "days and span_hours go together: both or neither must be filled");
  }
  return slice;
}

/// A period in which the weights do not add up to 1, told once at the first row.
void check_weights(Loader& loader) {
  const World& world = loader.world;
  for (const PeriodId period : world.timeline.periods()) {
    double sum = 0;
    for (const SliceId slice : ids(world.slices)) sum += world.weight(slice, period);
    if (std::abs(sum - 1) <= 1e-6) continue;
    const std::string when = period.index() == 0 ? "" : fmt::format(" in {}", world.timeline.label(period));
    for_each_row(loader, "slices", [&, told = false](const Row& row) mutable {
      if (std::exchange(told, true)) return;
      row.complain(Code::weights_do_not_add_up, "weight",
                   fmt::format("the weights of the slices add up to {}{}", sum, when), "1");
    });
    return;
  }
}

/// Days of all slices or of none, and of one length for each kind.
void check_days(const Row& row, const World& world, const Slice& slice) {
  if (slice.days.has_value() != world.slices.begin()->days.has_value()) {
    row.complain(Code::slices_without_order, "days", "days are given for some slices and not for others",
                 "days and span_hours of every slice, or of none");
  }
  if (!slice.days) return;
  for (const Slice& other : world.slices) {
    if (other.season != slice.season || other.day != slice.day || !other.days) continue;
    if (*other.days == *slice.days) continue;
    row.complain(
        Code::slices_without_order, "days",
        fmt::format("{} days, and {} for slice '{}' of the same kind of day", *slice.days, *other.days, other.id),
        "one number for all slices of a season and day");
    return;
  }
}

void load_visits(Loader& loader) {
  World& world = loader.world;
  double sum = 0;
  for_each_row(loader, "visits", [&](const Row& row) {
    const auto weight = row.figure(parsed_unit(loader, "1"));
    if (!weight) return;
    const Visit visit{row.text("id"), row.text("season"), *weight};
    sum += visit.weight;
    const bool is_known = std::any_of(world.slices.begin(), world.slices.end(),
                                      [&](const Slice& slice) { return slice.season == visit.season; });
    if (!is_known) {
      row.complain(Code::slices_without_order, "season", fmt::format("no slice is of season '{}'", visit.season),
                   "a season of the table slices");
      return;
    }
    world.visits.push_back(visit);
  });
  if (world.visits.empty() || std::abs(sum - 1) <= 1e-4) return;
  for_each_row(loader, "visits", [&, told = false](const Row& row) mutable {
    if (std::exchange(told, true)) return;
    row.complain(Code::weights_do_not_add_up, "weight", fmt::format("the weights of the visits add up to {}", sum),
                 "1");
  });
}

}  // namespace

void load_slices(Loader& loader) {
  World& world = loader.world;
  for_each_row(loader, "slices", [&](const Row& row) {
    const SliceId known = row.id("id", loader.slices);
    const SliceId slice = known.is_valid() ? known : world.slices.push_back(slice_of(row));
    if (!known.is_valid()) {
      loader.slices.add(world.slices[slice].id, slice);
      check_days(row, world, world.slices[slice]);
    }
    if (const auto weight = row.figure(parsed_unit(loader, "1"))) {
      world.slices[slice].weight.set(row.date("from"), *weight);
    }
  });
  if (world.slices.empty()) {
    Slice all;
    all.id = "all";
    all.name = "all hours";
    all.weight.set({}, 1);
    world.slices.push_back(all);
  } else {
    check_weights(loader);
    load_visits(loader);
  }
}

void load_profiles(Loader& loader) {
  World& world = loader.world;
  for_each_row(loader, "profiles", [&](const Row& row) {
    if (row.has("technology") == row.has("programme")) {
      row.complain(Code::one_of_two, "technology", "exactly one of technology and programme must be filled");
      return;
    }
    const auto value = row.figure(parsed_unit(loader, "1"));
    const SliceId slice = row.id("slice", loader.slices);
    if (!value || !slice.is_valid()) return;
    const auto at = static_cast<std::size_t>(slice.index());
    if (row.has("technology")) {
      std::vector<RegionalValue>& profile = world.technologies[row.id("technology", loader.technologies)].profile;
      profile.resize(world.slices.size());
      profile[at].entry(row.id("region", loader.regions), {}).set(row.date("from"), *value);
    } else {
      std::vector<DatedValue>& profile = world.programmes[row.id("programme", loader.programmes)].profile;
      profile.resize(world.slices.size());
      profile[at].set(row.date("from"), *value);
    }
  });
}

}  // namespace pinchpoint::internal
