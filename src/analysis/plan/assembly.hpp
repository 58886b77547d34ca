// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <initializer_list>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "analysis/plan/capital.hpp"
#include "analysis/plan/facts/linear_sum.hpp"
#include "analysis/plan/families.hpp"
#include "analysis/plan/network.hpp"
#include "core/base/heap.hpp"
#include "optim/model/model.hpp"

namespace pinchpoint::plan {

using optim::ColumnId;
using optim::RowId;

/// Columns or rows by thing and period (and slice); invalid where there is none.
template <class Thing, class Element>
class PeriodGrid {
 public:
  void resize(std::size_t things, int periods, int slices = 1) {
    periods_ = periods;
    slices_ = slices;
    values_.assign(things * static_cast<std::size_t>(periods) * static_cast<std::size_t>(slices), Element{});
  }
  [[nodiscard]] Element& operator()(Id<Thing> thing, PeriodId period, int slice = 0) {
    return values_.at(place(thing, period, slice));
  }
  [[nodiscard]] const Element& operator()(Id<Thing> thing, PeriodId period, int slice = 0) const {
    return values_.at(place(thing, period, slice));
  }

 private:
  [[nodiscard]] std::size_t place(Id<Thing> thing, PeriodId period, int slice) const {
    return (static_cast<std::size_t>(thing.index()) * static_cast<std::size_t>(periods_) +
            static_cast<std::size_t>(period.index())) *
               static_cast<std::size_t>(slices_) +
           static_cast<std::size_t>(slice);
  }
  int periods_ = 0;
  int slices_ = 1;
  std::vector<Element> values_;
};

/// One column that brings a commodity from a region or class of origins to a destination.
struct Flow {
  ColumnId column;
  PoolId pool;    ///< valid for imports
  RouteId route;  ///< valid for shipments
  CommodityId commodity;
  RegionId origin;  ///< for imports: some origin of the class, which stands for all of them
  RegionId destination;
  PeriodId period;
};

/// One export column.
struct Export {
  ColumnId column;
  NodeId node;
  PeriodId period;
  int slice = 0;
};

/// Row that asks for a stock of so many periods of use; invalid row = none.
struct Cover {
  RowId row;
  double periods = 0;
};

/// Columns of one asset's activity in a period and slice: one, or one a mode in the order of the technology's modes.
struct ActivityColumns {
  ColumnId first;
  int count = 0;
  [[nodiscard]] ColumnId operator[](int mode) const { return ColumnId(first.index() + mode); }
  [[nodiscard]] IdRange<ColumnId> range() const { return {first, static_cast<std::size_t>(count)}; }
  [[nodiscard]] auto begin() const { return range().begin(); }
  [[nodiscard]] auto end() const { return range().end(); }
};

/// Money that was added to the objective's constant (invalid row) or to both sides of a row.
struct ConstantTerm {
  RowId row;
  double value = 0;
};

/// The model while its blocks are added. Blocks meet in four places only: balances, the objective, budgets, and the
/// columns that others refer to. Everything is in natural units; money in the objective is discounted here.
class Assembly {
 public:
  Assembly(const World& world, const Network& network, bool relax_integers);

  const World& world;
  const Network& network;
  const bool relax_integers;
  optim::ModelBuilder builder;
  CapitalBook capital;

  // Columns and rows that several blocks use.
  PeriodGrid<AssetTag, ActivityColumns> activity;  ///< slice 0 only, unless activity differs by slice; stores: none
  PeriodGrid<AssetTag, ColumnId> order;            ///< whole blocks where the asset has a block size
  PeriodGrid<AssetTag, ColumnId> available;
  PeriodGrid<AssetTag, ColumnId> level;  ///< of stores, at the end of the slice (on its first day in the period)
  /// Levels of stores by asset, period and moment of Network::moments ("<visit>/<slice>" at the end of one).
  std::map<std::tuple<AssetId, PeriodId, int>, ColumnId> level_at;
  PeriodGrid<NodeTag, ColumnId> stock;
  PeriodGrid<ChoiceTag, ColumnId> choice;
  PeriodGrid<ProgrammeTag, ColumnId> met, unmet;
  PeriodGrid<NodeTag, RowId> balance;
  PeriodGrid<NodeTag, Cover> cover;
  PeriodGrid<PoolTag, RowId> market;
  PeriodGrid<OrganisationTag, RowId> budget;
  PeriodGrid<NodeTag, RowId> origin;  ///< nodes that import and export only
  std::vector<Flow> flows;            ///< where measures may rule them, else empty
  std::vector<Export> exports;
  std::vector<ConstantTerm> constants;  ///< of all assets; what is added up can no longer be told apart

  [[nodiscard]] const Timeline& timeline() const { return world.timeline; }
  [[nodiscard]] double years(PeriodId period) const { return world.timeline.years(period); }
  [[nodiscard]] int slice_count(CommodityId commodity) const;
  [[nodiscard]] int slice_count(NodeId node) const { return node_slices_[node]; }
  [[nodiscard]] int slice_count(const Technology& technology) const;
  [[nodiscard]] double slice_weight(int slice, PeriodId period) const {
    return weights_[static_cast<std::size_t>(slice) * discounts_.size() + static_cast<std::size_t>(period.index())];
  }
  /// Capacity (amount per year) that one unit of the order column stands for.
  [[nodiscard]] double order_size(const Asset& asset) const { return asset.block > 0 ? asset.block : 1; }
  /// Present value at the start of the horizon of running money of a period.
  [[nodiscard]] double discount(PeriodId period) const { return discounts_[static_cast<std::size_t>(period.index())]; }
  /// Price of a commodity in a region and period; nothing if it has none.
  [[nodiscard]] std::optional<double> price(CommodityId commodity, RegionId region, PeriodId period) const;

  [[nodiscard]] static optim::Key key(Family family, std::initializer_list<std::int32_t> index) {
    optim::Key key;
    key.family = id_of(family);
    std::copy(index.begin(), index.end(), key.index.begin());
    return key;
  }
  /// Remembers what a column brings for the measures that rule it.
  void add_flow(const Flow& flow) {
    if (!world.measures.empty()) flows.push_back(flow);
  }

  /// Adds `amount` units per unit of the column to the balance: positive makes, negative uses. Spread over the slices
  /// of the node by their weights unless a slice is named.
  void supply(NodeId node, PeriodId period, ColumnId column, double amount, std::optional<int> slice = {});
  /// As supply(), of what is made at the node: it counts as the node's own output, which may be exported.
  void make(NodeId node, PeriodId period, ColumnId column, double amount, std::optional<int> slice = {});
  void supply_constant(NodeId node, PeriodId period, double amount);
  /// As supply_constant(), of what counts as the node's own output.
  void make_constant(NodeId node, PeriodId period, double amount);
  /// Running money spent per unit of the column: objective (discounted) only.
  void cost(ColumnId column, PeriodId period, double money);
  /// Money spent at one time per unit of the column: objective (discounted) only.
  void cost_at(ColumnId column, double at_years, double money);
  void cost_constant(PeriodId period, double money);
  /// Money spent per unit of the column: the owner's budget only.
  void outlay(OrganisationId owner, PeriodId period, ColumnId column, double money);
  void outlay_constant(OrganisationId owner, PeriodId period, double money);
  /// A use of `amount` per unit of the column, which stocks have to cover.
  void use(NodeId node, PeriodId period, ColumnId column, double amount, std::optional<int> slice = {});
  /// A use of `amount` per unit of the column, with its price charged to the owner's budget.
  void purchase(OrganisationId owner, NodeId node, PeriodId period, ColumnId column, double amount,
                std::optional<int> slice = {});

 private:
  void reserve();
  void ready(std::size_t rows, std::size_t columns);
  std::optional<ReadiedRoom> room_;  ///< of the builder
  std::vector<double> discounts_;    ///< by period
  std::vector<double> weights_;      ///< by slice and period
  IdVector<NodeTag, int> node_slices_;
};

/// A problem ready to be solved, with what its rows and columns mean.
struct PlanProblem {
  Network network;
  std::vector<SpaceTable> spaces;
  optim::Model model;  ///< natural units; optim::scale makes it fit for a solver
  std::vector<FactForm> facts;
  std::vector<ConstantTerm> constants;  ///< money in the objective's constant and in budgets' sides, term by term
};

[[nodiscard]] PlanProblem assemble_plan(const World& world, bool relax_integers = false);

}  // namespace pinchpoint::plan
