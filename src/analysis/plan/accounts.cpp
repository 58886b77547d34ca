// SPDX-License-Identifier: Apache-2.0
#include "analysis/plan/accounts.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "analysis/plan/capital.hpp"

namespace pinchpoint::plan {

const char* to_string(CostKind kind) {
  switch (kind) {
    case CostKind::capital:
      return "capital";
    case CostKind::fixed:
      return "fixed";
    case CostKind::variable:
      return "variable";
    case CostKind::transport:
      return "transport";
    case CostKind::tariff:
      return "tariff";
    case CostKind::subsidy:
      return "subsidy";
    case CostKind::holding:
      return "holding";
    case CostKind::shortage:
      return "shortage";
    case CostKind::penalty:
      return "penalty";
  }
  return "";
}

const char* to_string(OutlayKind kind) {
  switch (kind) {
    case OutlayKind::capital:
      return "capital";
    case OutlayKind::fixed:
      return "fixed";
    case OutlayKind::variable:
      return "variable";
    case OutlayKind::purchases:
      return "purchases";
    case OutlayKind::subsidy:
      return "subsidy";
    case OutlayKind::penalty:
      return "penalty";
  }
  return "";
}

namespace {

/// A column of the plan that is not zero, with the things its key names.
struct Entry {
  Family family;
  const optim::Key& key;
  double value;
  [[nodiscard]] std::int32_t first() const { return key.index[0]; }
  [[nodiscard]] PeriodId period(std::size_t place = 1) const { return PeriodId(key.index[place]); }
};

template <class Visit>
void for_each_entry(const PlanProblem& problem, const std::vector<double>& values, Visit visit) {
  for (std::size_t column = 0; column < values.size(); ++column) {
    if (values[column] == 0) continue;
    const optim::Key& key = problem.model.column_key[column];
    visit(Entry{static_cast<Family>(key.family.index()), key, values[column]});
  }
}

/// What both accounts need of the world.
class Bookkeeper {
 public:
  Bookkeeper(const World& world, const PlanProblem& problem)
      : world_(world), network_(problem.network), capital_(world) {}

 protected:
  [[nodiscard]] double years(PeriodId period) const { return world_.timeline.years(period); }
  [[nodiscard]] Date begin(PeriodId period) const { return world_.timeline.begin_of(period); }
  [[nodiscard]] const Asset& asset(std::int32_t index) const { return network_.assets[AssetId(index)]; }
  [[nodiscard]] double price(CommodityId commodity, RegionId region, PeriodId period) const {
    return world_.figure_at(world_.commodities[commodity].price, region, {}, begin(period), 0);
  }
  [[nodiscard]] double capacity_ordered(const Entry& entry) const {
    return entry.value * (entry.family == Family::block_order_ ? asset(entry.first()).block : 1);
  }
  /// An activity column: whose, in which mode (invalid: none) and period.
  struct Run {
    const Asset& asset;
    const Technology& technology;
    ModeId mode;
    PeriodId period;
  };
  [[nodiscard]] std::optional<Run> run_of(const Entry& entry) const {
    const auto activity = activity_of(entry.key);
    if (!activity) return std::nullopt;
    const Asset& maker = network_.assets[activity->asset];
    return Run{maker, world_.technologies[maker.technology], activity->mode, activity->period};
  }
  [[nodiscard]] double variable_cost(const Run& run) const {
    const auto at = static_cast<std::size_t>(run.period.index());
    const std::vector<ModeId>& modes = run.technology.modes;
    const auto mode = static_cast<std::size_t>(std::find(modes.begin(), modes.end(), run.mode) - modes.begin());
    return run.mode.is_valid() ? run.asset.mode_variable_cost[mode][at] : run.asset.variable_cost[at];
  }
  /// Penalties on what one unit of the run makes.
  [[nodiscard]] double penalties(const Run& run) const {
    const Date date = begin(run.period);
    const auto rate = [&](CommodityId commodity, RegionId region) {
      return world_.figure_at(world_.commodities[commodity].penalty, region, {}, date, 0);
    };
    double sum = run.technology.output.is_valid() ? rate(run.technology.output, run.asset.region) : 0;
    for (const RecipeLine& line : run.technology.recipe) {
      if (line.role != RecipeRole::output || (line.mode.is_valid() && line.mode != run.mode)) continue;
      sum += rate(line.commodity, place_of(line, run.asset)) * world_.amount_of(line, run.asset.region, date);
    }
    return sum;
  }
  [[nodiscard]] RegionId place_of(const RecipeLine& line, const Asset& asset) const {
    return line.at.is_valid() ? line.at : asset.region;
  }
  [[nodiscard]] bool is_order(const Entry& entry) const {
    return entry.family == Family::order_ || entry.family == Family::block_order_;
  }
  /// Subsidy in force for what an asset makes there and then, as a share of capital and as money per unit made.
  struct Support {
    double share = 0, per_unit = 0;
  };
  [[nodiscard]] Support support(const Asset& asset, PeriodId period) const {
    Support total;
    for (const Measure& measure : world_.measures) {
      if (measure.kind != MeasureKind::subsidy || !is_in_force(world_, measure, period)) continue;
      if (!is_about(measure, world_.technologies[asset.technology].output)) continue;
      if (measure.destination.is_given && !world_.contains(measure.destination, asset.region, begin(period))) continue;
      (measure.value_is_share ? total.share : total.per_unit) += measure.value;
    }
    return total;
  }
  /// Calls visit(period, capacity on line) for an order's whole life inside the horizon.
  template <class Visit>
  void for_each_period_on_line(const Asset& asset, PeriodId ordered, Visit visit) const {
    const int online = ordered.index() + asset.build_periods[static_cast<std::size_t>(ordered.index())];
    for (int now = online; now < world_.timeline.count(); ++now) {
      visit(PeriodId(now), ordered_share(world_, asset, ordered, PeriodId(now)));
    }
  }

  const World& world_;
  const Network& network_;
  CapitalBook capital_;
};

class CostBook : Bookkeeper {
 public:
  using Bookkeeper::Bookkeeper;

  std::vector<CostLine> write(const PlanProblem& problem, const std::vector<double>& values) {
    for (const PeriodId period : world_.timeline.periods()) discounts_.push_back(world_.discount(period));
    for (const Asset& asset : network_.assets) add_standing(asset);
    for_each_entry(problem, values, [&](const Entry& entry) { add(entry); });
    std::vector<CostLine> lines;
    for (const auto& [key, sum] : book_) {
      if (sum.money == 0 && sum.discounted == 0) continue;
      const auto& [payer, kind, period] = key;
      lines.push_back({payer, kind, period, sum.money, sum.discounted});
    }
    return lines;
  }

 private:
  struct Sum {
    double money = 0, discounted = 0;
  };
  /// Running money of a period.
  void charge(const Payer& payer, CostKind kind, PeriodId period, double money) {
    add_to(book_[{payer, kind, period}], money, discounts_[static_cast<std::size_t>(period.index())]);
  }
  void charge(const Payer& payer, CostKind kind, const CapitalPayment& payment, double part) {
    add_to(book_[{payer, kind, payment.period}], payment.money * part, world_.discount(payment.at_years));
  }
  static void add_to(Sum& sum, double money, double worth) {
    sum.money += money;
    sum.discounted += money * worth;
  }
  void add(const Entry& entry);
  void add_standing(const Asset& asset);
  void add_activity(const Run& run, double amount);
  void add_order(const Entry& entry);
  void add_discharge(const Entry& entry);
  void add_stock(const Entry& entry);
  void add_import(const Entry& entry);
  void add_shipment(const Entry& entry);
  void add_tariffs(CommodityId commodity, RegionId origin, RegionId destination, PeriodId period, double amount);
  void add_unmet(const Entry& entry);

  std::map<std::tuple<Payer, CostKind, PeriodId>, Sum> book_;
  std::vector<double> discounts_;  ///< by period
};

void CostBook::add(const Entry& entry) {
  if (const auto run = run_of(entry)) add_activity(*run, entry.value);
  if (is_order(entry)) add_order(entry);
  if (entry.family == Family::discharge_) add_discharge(entry);
  if (entry.family == Family::stock_) add_stock(entry);
  if (entry.family == Family::import_) add_import(entry);
  if (entry.family == Family::shipment_) add_shipment(entry);
  if (entry.family == Family::unmet_) add_unmet(entry);
}

void CostBook::add_standing(const Asset& asset) {
  for (const PeriodId period : world_.timeline.periods()) {
    const auto at = static_cast<std::size_t>(period.index());
    charge({asset.owner, {}}, CostKind::fixed, period, asset.fixed_cost[at] * asset.standing[at] * years(period));
    charge({asset.owner, {}}, CostKind::penalty, period,
           retirement_penalty(world_, asset, period) * asset.retiring[at]);
  }
}

void CostBook::add_activity(const Run& run, double amount) {
  const Payer payer{run.asset.owner, {}};
  charge(payer, CostKind::variable, run.period, variable_cost(run) * amount);
  charge(payer, CostKind::penalty, run.period, penalties(run) * amount);
  charge(payer, CostKind::subsidy, run.period, -support(run.asset, run.period).per_unit * amount);
}

void CostBook::add_order(const Entry& entry) {
  const Asset& built = asset(entry.first());
  const PeriodId ordered = entry.period();
  const double capacity = capacity_ordered(entry);
  const double share = support(built, ordered).share;
  for (const CapitalPayment& payment : capital_.of(built, ordered).charged) {
    charge({built.owner, {}}, CostKind::capital, payment, capacity);
    charge({built.owner, {}}, CostKind::subsidy, payment, -share * capacity);
  }
  for (const PeriodMoney& penalty : order_penalties(world_, built, ordered))
    charge({built.owner, {}}, CostKind::penalty, penalty.period, penalty.money * capacity);
  for_each_period_on_line(built, ordered, [&](PeriodId period, double online) {
    const double fixed = built.fixed_cost[static_cast<std::size_t>(period.index())];
    charge({built.owner, {}}, CostKind::fixed, period, fixed * online * capacity * years(period));
  });
}

void CostBook::add_discharge(const Entry& entry) {
  const Asset& store = asset(entry.first());
  const double cost = store.variable_cost[static_cast<std::size_t>(entry.period().index())];
  charge({store.owner, {}}, CostKind::variable, entry.period(), cost * entry.value);
}

void CostBook::add_stock(const Entry& entry) {
  const Node& node = network_.nodes[NodeId(entry.first())];
  const double holding =
      world_.figure_at(world_.commodities[node.commodity].holding_cost, node.region, {}, begin(entry.period()), 0);
  charge({{}, node.region}, CostKind::holding, entry.period(), holding * years(entry.period()) * entry.value);
}

void CostBook::add_tariffs(CommodityId commodity, RegionId origin, RegionId destination, PeriodId period,
                           double amount) {
  for (const Measure& measure : world_.measures) {
    if (measure.kind != MeasureKind::tariff || !is_about(measure, commodity) || !is_in_force(world_, measure, period))
      continue;
    if (!covers(world_, measure, origin, destination, begin(period))) continue;
    const double rate = measure.value_is_share ? measure.value * price(commodity, destination, period) : measure.value;
    charge({{}, destination}, CostKind::tariff, period, rate * amount);
  }
}

void CostBook::add_import(const Entry& entry) {
  const Node& node = network_.nodes[NodeId(entry.first())];
  const Pool& pool = network_.pools[PoolId(entry.key.index[1])];
  if (!pool.is_market) return;
  const PeriodId period = entry.period(2);
  const double transport =
      world_.figure_at(world_.commodities[node.commodity].transport_cost, node.region, {}, begin(period), 0);
  charge({{}, node.region}, CostKind::transport, period, transport * entry.value);
  add_tariffs(node.commodity, network_.nodes[pool.origins.front()].region, node.region, period, entry.value);
}

void CostBook::add_shipment(const Entry& entry) {
  const Route& route = network_.routes[RouteId(entry.first())];
  const Node& origin = network_.nodes[route.origin];
  const Node& destination = network_.nodes[route.destination];
  const PeriodId period = entry.period();
  const double cost = world_.lanes[route.lane].cost.at(begin(period)).value_or(0);
  charge({{}, destination.region}, CostKind::transport, period, cost * entry.value);
  add_tariffs(origin.commodity, origin.region, destination.region, period, entry.value);
}

void CostBook::add_unmet(const Entry& entry) {
  const Programme& programme = world_.programmes[ProgrammeId(entry.first())];
  const double value = programme.value.at(begin(entry.period())).value_or(0);
  charge({programme.payer, {}}, CostKind::shortage, entry.period(), value * entry.value);
}

class OutlayBook : Bookkeeper {
 public:
  using Bookkeeper::Bookkeeper;

  std::vector<OutlayLine> write(const PlanProblem& problem, const std::vector<double>& values) {
    for (const Asset& asset : network_.assets) add_standing(asset);
    for_each_entry(problem, values, [&](const Entry& entry) { add(entry); });
    std::vector<OutlayLine> lines;
    for (const auto& [key, money] : book_) {
      const auto& [owner, kind, period] = key;
      if (money != 0) lines.push_back({owner, kind, period, money});
    }
    return lines;
  }

 private:
  void spend(OrganisationId owner, OutlayKind kind, PeriodId period, double money) {
    book_[{owner, kind, period}] += money;
  }
  void add(const Entry& entry);
  void add_standing(const Asset& asset);
  void add_activity(const Run& run, double made);
  void add_discharge(const Entry& entry);
  void add_choice(const Entry& entry);
  void add_order(const Entry& entry);

  std::map<std::tuple<OrganisationId, OutlayKind, PeriodId>, double> book_;
};

void OutlayBook::add(const Entry& entry) {
  if (const auto run = run_of(entry)) add_activity(*run, entry.value);
  if (entry.family == Family::discharge_) add_discharge(entry);
  if (entry.family == Family::choice_) add_choice(entry);
  if (is_order(entry)) add_order(entry);
}

void OutlayBook::add_standing(const Asset& asset) {
  for (const PeriodId period : world_.timeline.periods()) {
    const auto at = static_cast<std::size_t>(period.index());
    spend(asset.owner, OutlayKind::fixed, period, asset.fixed_cost[at] * asset.standing[at] * years(period));
    spend(asset.owner, OutlayKind::penalty, period, retirement_penalty(world_, asset, period) * asset.retiring[at]);
  }
}

void OutlayBook::add_activity(const Run& run, double made) {
  const Asset& maker = run.asset;
  spend(maker.owner, OutlayKind::variable, run.period, variable_cost(run) * made);
  spend(maker.owner, OutlayKind::penalty, run.period, penalties(run) * made);
  spend(maker.owner, OutlayKind::subsidy, run.period, -support(maker, run.period).per_unit * made);
  for (const RecipeLine& line : run.technology.recipe) {
    if (line.role != RecipeRole::input || !line.group.empty()) continue;
    if (line.mode.is_valid() && line.mode != run.mode) continue;
    const double amount = world_.amount_of(line, maker.region, begin(run.period)) * made;
    spend(maker.owner, OutlayKind::purchases, run.period,
          amount * price(line.commodity, place_of(line, maker), run.period));
  }
}

void OutlayBook::add_discharge(const Entry& entry) {
  const Asset& store = asset(entry.first());
  const double cost = store.variable_cost[static_cast<std::size_t>(entry.period().index())];
  spend(store.owner, OutlayKind::variable, entry.period(), cost * entry.value);
}

void OutlayBook::add_choice(const Entry& entry) {
  const Choice& choice = network_.choices[ChoiceId(entry.first())];
  const Asset& user = network_.assets[network_.choice_groups[choice.group].asset];
  const RecipeLine& line = world_.technologies[user.technology].recipe[choice.line];
  const PeriodId period = entry.period();
  const double amount = world_.amount_of(line, user.region, begin(period)) * entry.value;
  spend(user.owner, OutlayKind::purchases, period, amount * price(line.commodity, place_of(line, user), period));
}

void OutlayBook::add_order(const Entry& entry) {
  const Asset& built = asset(entry.first());
  const PeriodId ordered = entry.period();
  const double capacity = capacity_ordered(entry);
  const double share = support(built, ordered).share;
  for (const CapitalPayment& payment : capital_.of(built, ordered).spent) {
    spend(built.owner, OutlayKind::capital, payment.period, payment.money * capacity);
    spend(built.owner, OutlayKind::subsidy, payment.period, -share * payment.money * capacity);
  }
  for (const RecipeLine& line : world_.technologies[built.technology].recipe) {
    if (line.role != RecipeRole::build) continue;
    const double amount = world_.amount_of(line, built.region, begin(ordered)) * capacity;
    for (const Draw& draw : draws_of(world_, built, ordered, line)) {
      spend(built.owner, OutlayKind::purchases, draw.period,
            amount * draw.share * price(line.commodity, place_of(line, built), draw.period));
    }
  }
  for (const PeriodMoney& penalty : order_penalties(world_, built, ordered))
    spend(built.owner, OutlayKind::penalty, penalty.period, penalty.money * capacity);
  for_each_period_on_line(built, ordered, [&](PeriodId period, double online) {
    const double fixed = built.fixed_cost[static_cast<std::size_t>(period.index())];
    spend(built.owner, OutlayKind::fixed, period, fixed * online * capacity * years(period));
  });
}

}  // namespace

std::vector<CostLine> account_costs(const World& world, const PlanProblem& problem, const std::vector<double>& values) {
  return CostBook(world, problem).write(problem, values);
}

std::vector<OutlayLine> account_outlays(const World& world, const PlanProblem& problem,
                                        const std::vector<double>& values) {
  return OutlayBook(world, problem).write(problem, values);
}

}  // namespace pinchpoint::plan
