// SPDX-License-Identifier: Apache-2.0
#include "delivery/results/stress/write_stress.hpp"
#include "delivery/results/tables/database.hpp"

namespace pinchpoint::results {

namespace {

constexpr CellType number = CellType::number;
constexpr CellType integer = CellType::integer;

Cell view(const std::string& text) { return std::string_view(text); }
Cell whole(std::size_t count) { return static_cast<std::int64_t>(count); }

void write_targets(const stress::Ranking& ranking, const World& world, Database& database) {
  TableForm form{"rank_targets",
                 {{"rank", integer},
                  {"kind"},
                  {"target"},
                  {"name"},
                  {"loss_lower", number},
                  {"loss_upper", number},
                  {"gap", number},
                  {"reached"},
                  {"lost_1_month", number},
                  {"lost_3_months", number},
                  {"lost_6_months", number},
                  {"lost_12_months", number},
                  {"lost_24_months", number},
                  {"commodity"},
                  {"share_of_output", number},
                  {"spare_elsewhere", number},
                  {"scenario", integer}}};
  TableWriter table(database, form);
  std::size_t place = 0;
  for (const std::size_t at : ranking.order()) {
    const stress::Target& target = ranking.targets[at];
    const stress::Outcome& outcome = ranking.result.outcomes[at];
    std::vector<Cell> row = {whole(++place),     std::string_view(to_string(target.kind)),
                             view(target.id),    view(target.name),
                             outcome.loss_lower, outcome.loss_upper,
                             outcome.gap(),      std::string_view(to_string(outcome.reached))};
    for (const double lost : outcome.curve) row.emplace_back(lost);
    const bool makes = target.commodity.is_valid();
    row.push_back(makes ? view(world.commodities[target.commodity].id) : Cell());
    row.push_back(makes ? Cell(target.share) : Cell());
    row.push_back(makes ? Cell(target.spare) : Cell());
    row.push_back(whole(at));
    table.row(row);
  }
}

void write_concentrations(const std::vector<stress::Concentration>& concentrations, const World& world,
                          Database& database) {
  TableWriter table(database, {"rank_concentration",
                               {{"commodity"},
                                {"countries_hhi", number},
                                {"owners_hhi", number},
                                {"top_3_countries", number},
                                {"top_3_owners", number},
                                {"countries"}}});
  for (const stress::Concentration& found : concentrations) {
    std::string countries;
    for (const RegionId country : found.countries)
      countries += (countries.empty() ? "" : " ") + world.regions[country].id;
    table.row({view(world.commodities[found.commodity].id), found.countries_hhi, found.owners_hhi, found.top_countries,
               found.top_owners, view(countries)});
  }
}

}  // namespace

void write_rank_tables(const stress::Ranking& ranking, const std::vector<stress::Concentration>& concentrations,
                       const World& world, const std::filesystem::path& database) {
  Database added(database);
  write_targets(ranking, world, added);
  write_concentrations(concentrations, world, added);
  added.finish();
}

}  // namespace pinchpoint::results
