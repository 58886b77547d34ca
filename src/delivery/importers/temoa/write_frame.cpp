// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "delivery/importers/temoa/draft.hpp"

namespace pinchpoint::importers::temoa {

namespace {

std::string model_toml(const Draft& draft, const std::string& name) {
  const TemoaData& data = draft.data();
  const std::string options = draft.options.file.empty()
                                  ? "assumed, for no configuration names this database"
                                  : "from " + std::filesystem::path(draft.options.file).filename().string();
  std::vector<int> years;
  for (const Period& period : data.periods) years.push_back(period.year);
  std::string text = fmt::format(
      "# Made by `pinchpoint import temoa` of {}. Options {}: time_sequencing = {}, days_per_period = {},\n"
      "# reserve_margin = {}.\n"
      "name = {}\n"
      "title = {}\n\n"
      "[horizon]\nperiods = [{}]\nend = {}\n\n"
      "[money]\ncurrency = {}\nprice_year = {}\ndiscount_rate = {}\n"
      "capital = \"salvage\"       # only payments inside the horizon count\n"
      "capital_paid = \"start\"\nrunning_paid = \"end\"\n",
      std::filesystem::path(data.file).filename().string(), options, draft.options.sequencing,
      number_text(draft.options.days_per_period), draft.options.reserve_is_dynamic ? "dynamic" : "static",
      toml_text(name), toml_text(fmt::format("{}, from Temoa", name)), fmt::join(years, ", "), data.end - 1,
      toml_text(draft.currency), data.periods.front().year, number_text(data.discount_rate));
  if (!draft.network.own_units().empty()) text += "\n[units]\n";
  for (const auto& [unit, meaning] : draft.network.own_units())
    text += fmt::format("{} = {}\n", unit, toml_text(meaning));
  return text;
}

void write_places(const Draft& draft) {
  for (const std::string& region : draft.data().regions) {
    draft.folder.add("regions", {{"id", draft.network.regions.id(region)},
                                 {"name", draft.network.regions.name_if_changed(region)},
                                 {"kind", "country"}});
  }
  draft.folder.add("organisations", {{"id", std::string(owner_id)}, {"name", "the system"}, {"kind", "aggregate"}});
  draft.folder.add("layers", {{"id", "energy"}, {"name", "Energy and goods"}, {"position", "1"}});
  draft.folder.add("layers", {{"id", "emissions"}, {"name", "Emissions"}, {"position", "2"}});
  draft.folder.add("sources", {{"id", std::string(source_id)},
                               {"publisher", "Temoa model"},
                               {"title", std::filesystem::path(draft.data().file).filename().string()}});
}

/// With seasons that return to their beginning a store sees days: as many a year as the season has.
void write_slices(const Draft& draft) {
  const TemoaData& data = draft.data();
  double sum = 0;
  for (std::size_t slice = 0; slice < data.slice_count(); ++slice) sum += data.share(slice);
  for (std::size_t slice = 0; slice < data.slice_count(); ++slice) {
    const Season& season = data.season(slice);
    FolderText::Cells cells{{"id", draft.network.slice_id(slice)}, {"season", season.name}, {"day", season.name}};
    if (draft.options.sequence() == Sequence::seasons) {
      // A span is 1/8760 of a year here, and there a day is a share of days_per_period.
      constexpr double hours_a_year = 8760;
      cells.emplace_back("days", number_text(season.share * draft.options.days_per_period));
      cells.emplace_back("span_hours", number_text(hours_a_year / draft.options.days_per_period *
                                                   data.time(slice).hours / data.hours_a_day()));
    }
    draft.figure("slices", std::move(cells), data.share(slice) / sum, "1");
  }
}

/// What Temoa says no to: how seasonal storage goes through the year has to be clear.
void check_visits(const Draft& draft) {
  const TemoaData& data = draft.data();
  if (data.visits.empty() && draft.options.sequencing == "representative_periods") {
    draft.complain(
        Code::import_clash,
        "there is seasonal storage with time_sequencing = representative_periods, and time_season_sequential "
        "is empty");
  }
  if (draft.options.sequence() != Sequence::year) return;
  const bool has_other = std::any_of(data.technologies.begin(), data.technologies.end(), [](const auto& technology) {
    return technology.second.is_storage && !technology.second.is_seasonal;
  });
  if (has_other && !data.visits.empty()) {
    draft.complain(Code::import_unsupported,
                   "time_season_sequential beside consecutive_days: seasonal storage would go through other seasons "
                   "than the rest");
  }
  constexpr double tolerance = 0.001;  // Temoa's
  for (std::size_t at = 1; at < data.seasons.size() && data.visits.empty(); ++at) {
    const Season &before = data.seasons[at - 1], &season = data.seasons[at];
    if (std::abs(season.share - before.share) < tolerance) continue;
    draft.complain(Code::import_clash,
                   fmt::format("there is seasonal storage with time_sequencing = consecutive_days, and seasons {} and "
                               "{} are {} and {} of the year: they must be equally long",
                               before.name, season.name, number_text(before.share), number_text(season.share)));
  }
}

/// Only stores that carry over from season to season see them; where none are listed, these are the seasons in turn.
void write_visits(const Draft& draft) {
  const TemoaData& data = draft.data();
  const bool is_needed = std::any_of(data.technologies.begin(), data.technologies.end(),
                                     [](const auto& technology) { return technology.second.is_seasonal; });
  if (!is_needed) return;
  check_visits(draft);
  std::vector<Visit> visits = data.visits;
  if (visits.empty() && draft.options.sequence() == Sequence::seasons) {
    for (const Season& season : data.seasons) visits.push_back({season.name, season.name, season.share});
  }
  for (const Visit& visit : visits)
    draft.figure("visits", {{"id", draft.network.visits.id(visit.name)}, {"season", visit.season}}, visit.share, "1");
}

}  // namespace

void write_frame(const Draft& draft, const std::string& name) {
  draft.folder.set_model_toml(model_toml(draft, name));
  write_places(draft);
  write_slices(draft);
  write_visits(draft);
}

}  // namespace pinchpoint::importers::temoa
