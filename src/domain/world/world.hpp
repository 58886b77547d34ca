// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/tables/model_folder.hpp"
#include "domain/world/entities.hpp"
#include "domain/world/figures.hpp"
#include "domain/world/limit.hpp"
#include "domain/world/ruled/ruled_flow.hpp"
#include "domain/world/shocks/shock.hpp"

namespace pinchpoint {

/// A checked model folder as things, not rows. Built once by load_world and never changed: pass it by const reference.
struct World {
  std::string name, title;
  Timeline timeline{Date{0}, Step::year, 1};
  double discount_rate = 0;
  tables::CapitalCharge capital = tables::CapitalCharge::annuity;
  PaymentTime capital_paid = PaymentTime::middle;
  PaymentTime running_paid = PaymentTime::middle;
  std::string currency;
  int price_year = 0;
  std::shared_ptr<const UnitSystem> units;

  IdVector<LayerTag, Layer> layers;
  IdVector<RegionTag, Region> regions;
  IdVector<OrganisationTag, Organisation> organisations;
  IdVector<GroupTag, Group> groups;
  IdVector<CommodityTag, Commodity> commodities;
  IdVector<TechnologyTag, Technology> technologies;
  IdVector<FacilityTag, Facility> facilities;
  IdVector<OptionTag, Option> options;
  std::vector<Stock> stocks;
  IdVector<LaneTag, Lane> lanes;
  IdVector<MeasureTag, Measure> measures;
  IdVector<ProgrammeTag, Programme> programmes;
  std::vector<Budget> budgets;
  IdVector<SliceTag, Slice> slices;  ///< at least one, in their order
  std::vector<Visit> visits;         ///< of seasons, in order; empty = slices follow one another
  IdVector<ModeTag, Mode> modes;
  IdVector<LimitTag, Limit> limits;
  IdVector<FactTag, Fact> facts;
  std::vector<RuleItem> rule_items;
  std::vector<LicenceOutcome> licence_outcomes;
  std::vector<RulePlace> rule_places;
  std::vector<RuledFlow> ruled_flows;  ///< by commodity, origin, destination, month; load_world leaves it empty
  Shocks shocks;                       ///< those of the model folder

  /// The region, its parent, and so on outwards; empty without a region.
  [[nodiscard]] std::span<const RegionId> lineage(RegionId region) const;
  /// True if `region` or one of its ancestors is a member of the set on that date.
  [[nodiscard]] bool contains(const RegionSet& set, RegionId region, Date date) const;
  /// True if the organisation is `owner` or a subsidiary of it.
  [[nodiscard]] bool belongs_to(OrganisationId organisation, OrganisationId owner) const;
  /// Availability (technology) or demand (programme) factor of a slice; 1 where no profile is given.
  [[nodiscard]] double profile(TechnologyId technology, RegionId region, SliceId slice, Date date) const;
  [[nodiscard]] double profile(ProgrammeId programme, SliceId slice, Date date) const;
  /// Share of a period's hours that a slice stands for.
  [[nodiscard]] double weight(SliceId slice, PeriodId period) const;
  /// The curve that capacity in a region follows; nothing if it lasts whole to the end of its lifetime.
  [[nodiscard]] const SurvivalCurve* survival(TechnologyId technology, RegionId region) const;
  /// Amount of a recipe line for a facility in the region; 0 where no row applies.
  [[nodiscard]] double amount_of(const RecipeLine& line, RegionId region, Date date) const;

  /// Present value, at the start of the horizon, of one unit of money paid `years` after it.
  [[nodiscard]] double discount(double years) const;
  /// The same of running money spread over a period and paid at running_paid of each of its years.
  [[nodiscard]] double discount(PeriodId period) const;

  // A figure of a technology at a place for an owner, on the first day of a period; its default where none is given.
  [[nodiscard]] double figure_at(const RegionalValue& value, RegionId region, OrganisationId owner, Date date,
                                 double otherwise) const;
};

/// Turns tables into a world: converts units, resolves names, and checks what tables alone cannot (dimensions of
/// commodities, roles of recipes, cycles of parents, forms of measures). Reports all problems.
[[nodiscard]] Result<World> load_world(const tables::ModelFolder& folder);

/// Sound tables that make no sense together: commodities nobody makes, technologies whose inputs cannot be reached,
/// programmes nobody can serve, growth from nothing. Warnings only.
[[nodiscard]] Diagnostics check_structure(const World& world, const tables::ModelFolder& folder);

/// Place of the first row of a table whose first key column is `id`; the file alone if there is none.
[[nodiscard]] SourceSpan place_of(const tables::ModelFolder& folder, std::string_view table, std::string_view id);

/// Every figure of the tables, in reading order. No plan needs them, so a World does not keep them.
[[nodiscard]] std::vector<Figure> list_figures(const tables::ModelFolder& folder);
/// What each figure is about, in names for people, in the order of list_figures(): "Copper refining, variable cost".
[[nodiscard]] std::vector<std::string> name_figures(const tables::ModelFolder& folder);
/// "publisher: title" of a source; its id if the table has no such row.
[[nodiscard]] std::string source_text(const tables::ModelFolder& folder, std::string_view source);

/// How well figures are sourced. Refers to them.
struct ProvenanceSummary {
  struct Line {
    std::string table;
    std::size_t figures = 0, sourced = 0, assumed = 0, unsourced = 0;
  };
  std::vector<Line> tables;
  Line total;
  std::vector<const Figure*> assumed;    ///< confidence = assumed
  std::vector<const Figure*> unsourced;  ///< neither a source nor marked assumed
  std::size_t distinct_sources = 0;
};
[[nodiscard]] ProvenanceSummary summarise_provenance(const std::vector<Figure>& figures);
/// Assumed figures without band or reason, figures without source.
[[nodiscard]] Diagnostics check_provenance(const std::vector<Figure>& figures);

}  // namespace pinchpoint
