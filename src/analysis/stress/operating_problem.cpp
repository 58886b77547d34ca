// SPDX-License-Identifier: Apache-2.0
#include "analysis/stress/operating_problem.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "analysis/plan/families.hpp"

namespace pinchpoint::stress {

namespace {

using plan::Family;
using plan::family_of;
using plan::is_order;
using plan::period_of;

// Price of a relief: so many times the largest shadow price of its kind of row, so that it comes last.
constexpr double relief_price_factor = 100;
// Most of a relief, of the row's side and what doing nothing puts into it: demand may surge, budgets collapse.
constexpr double relief_room = 4;
// A free order is at most so many times the capacity that makes the same good in the plan's last period.
constexpr double order_room = 10;

/// By family of rows: what a unit of relief costs, so many times the plan's largest shadow price.
std::vector<double> relief_prices(const plan::Plan& plan) {
  std::vector<double> price(plan::families().size(), 1);
  for (std::size_t row = 0; row < plan.solution.row_dual.size(); ++row) {
    double& most = price[static_cast<std::size_t>(plan.problem.model.row_key[row].family.index())];
    most = std::max(most, std::abs(plan.solution.row_dual[row]));
  }
  for (double& most : price) most *= relief_price_factor;
  return price;
}

/// Builds the operating problem column by column, then row by row.
class Cutter {
 public:
  Cutter(const World& world, const plan::Plan& plan, PeriodId start, Response response)
      : world_(world), plan_(plan), model_(plan.problem.model), value_(plan.solution.value), start_(start.index()) {
    problem_.start = start;
    problem_.response = response;
  }

  OperatingProblem cut() {
    if (problem_.response == Response::rebuild) find_last_capacity();
    find_rows();
    find_columns();
    find_constants();
    keep_rows();
    make_model();
    find_capacity();
    add_reliefs();
    return std::move(problem_);
  }

 private:
  /// What becomes of a column of the plan.
  struct Fate {
    bool is_variable = false;
    double lower = 0, upper = 0, cost = 0;
  };

  [[nodiscard]] Fate fate_of(std::size_t column) const {
    const optim::Key& key = model_.column_key[column];
    const Family family = family_of(key);
    const double value = std::max(0.0, value_[column]);
    const bool is_past = period_of(key) < start_ && period_of(key) >= 0;
    if (is_order(family) || (family == Family::order_open_ && !is_past)) {
      if (is_past) return {value > 0, 0, value, 0};
      const bool is_free = problem_.response == Response::rebuild;
      const double most = is_free ? std::min(model_.upper[column], std::max(value, most_ordered(key))) : value;
      return {most > 0, 0, most, model_.cost[column]};
    }
    if (is_past) return {};
    return {true, model_.lower[column], model_.upper[column], model_.cost[column]};
  }

  /// Most that a free order may be, in the column's unit: some times all the capacity that makes the same good in the
  /// plan's last period. A bound nobody meets, but a finite one.
  [[nodiscard]] double most_ordered(const optim::Key& key) const {
    if (family_of(key) == Family::order_open_) return 1;
    const plan::Asset& asset = plan_.problem.network.assets[plan::AssetId(key.index[0])];
    const double size = asset.block > 0 ? asset.block : 1;
    return order_room * last_capacity_[static_cast<std::size_t>(asset.technology.index())] / size;
  }

  /// By technology: capacity of the last period of all technologies with the same output.
  void find_last_capacity() {
    const plan::Network& network = plan_.problem.network;
    std::map<std::int32_t, double> of_technology;
    std::map<std::int32_t, double> of_output;
    for (std::size_t column = 0; column < model_.cost.size(); ++column) {
      const optim::Key& key = model_.column_key[column];
      if (family_of(key) != Family::available_) continue;
      const plan::Asset& asset = network.assets[plan::AssetId(key.index[0])];
      if (key.index[1] + 1 == static_cast<std::int32_t>(asset.standing.size()))
        of_technology[asset.technology.index()] += value_[column];
    }
    for (const auto& [technology, amount] : of_technology) {
      const CommodityId output = world_.technologies[TechnologyId(technology)].output;
      if (output.is_valid()) of_output[output.index()] += amount;
    }
    for (const TechnologyId id : ids(world_.technologies)) {
      const CommodityId output = world_.technologies[id].output;
      last_capacity_.push_back(output.is_valid() ? of_output[output.index()] : of_technology[id.index()]);
    }
  }

  /// A row of the past is kept only where a later decision stands in it.
  void find_rows() {
    is_later_.assign(model_.row_lower.size(), 0);
    for (std::size_t row = 0; row < is_later_.size(); ++row) {
      const std::int32_t period = period_of(model_.row_key[row]);
      is_later_[row] = period < 0 || period >= start_ ? 1 : 0;
    }
  }

  void find_columns() {
    problem_.column_of.assign(model_.cost.size(), -1);
    for (std::size_t column = 0; column < model_.cost.size(); ++column) {
      fates_.push_back(fate_of(column));
      if (!fates_.back().is_variable) continue;
      problem_.column_of[column] = static_cast<std::int32_t>(problem_.plan_column.size());
      problem_.plan_column.push_back(static_cast<std::int32_t>(column));
      const bool is_new = period_of(model_.column_key[column]) >= start_;
      for (auto at = model_.matrix.start[column]; is_new && at < model_.matrix.start[column + 1]; ++at)
        is_later_[static_cast<std::size_t>(model_.matrix.row[static_cast<std::size_t>(at)])] = 1;
    }
  }

  /// What is decided before moves to the sides of rows; an order of the past keeps what it did in rows of the past.
  void find_constants() {
    constant_.assign(model_.row_lower.size(), 0);
    for (std::size_t column = 0; column < model_.cost.size(); ++column) {
      if (value_[column] == 0) continue;
      for (auto at = model_.matrix.start[column]; at < model_.matrix.start[column + 1]; ++at) {
        const auto place = static_cast<std::size_t>(at);
        const auto row = static_cast<std::size_t>(model_.matrix.row[place]);
        if (!stands(column, row)) constant_[row] += model_.matrix.value[place] * value_[column];
      }
    }
  }

  [[nodiscard]] bool is_row_of_the_past(std::size_t row) const {
    const std::int32_t period = period_of(model_.row_key[row]);
    return period >= 0 && period < start_;
  }

  /// True if the entry stays one of a variable.
  [[nodiscard]] bool stands(std::size_t column, std::size_t row) const {
    if (!fates_[column].is_variable) return false;
    const bool is_new = period_of(model_.column_key[column]) >= start_;
    return is_new || !is_row_of_the_past(row);
  }

  void keep_rows() {
    std::vector<std::uint8_t> has_variable(model_.row_lower.size(), 0);
    for (std::size_t column = 0; column < model_.cost.size(); ++column) {
      for (auto at = model_.matrix.start[column]; at < model_.matrix.start[column + 1]; ++at) {
        const auto row = static_cast<std::size_t>(model_.matrix.row[static_cast<std::size_t>(at)]);
        if (is_later_[row] != 0 && stands(column, row)) has_variable[row] = 1;
      }
    }
    problem_.row_of.assign(model_.row_lower.size(), -1);
    for (std::size_t row = 0; row < has_variable.size(); ++row) {
      if (has_variable[row] == 0) continue;
      problem_.row_of[row] = static_cast<std::int32_t>(problem_.plan_row.size());
      problem_.plan_row.push_back(static_cast<std::int32_t>(row));
    }
  }

  void make_model() {
    optim::ModelBuilder& builder = builder_;
    builder.reserve(problem_.plan_row.size(), problem_.plan_column.size(), model_.matrix.value.size());
    for (const std::int32_t row : problem_.plan_row) {
      const auto at = static_cast<std::size_t>(row);
      builder.add_row(model_.row_key[at], model_.row_lower[at] - constant_[at], model_.row_upper[at] - constant_[at]);
    }
    for (const std::int32_t column : problem_.plan_column) {
      const auto at = static_cast<std::size_t>(column);
      const Fate& fate = fates_[at];
      const auto made = builder.add_column(model_.column_key[at], fate.cost, fate.lower, fate.upper);
      for (auto entry = model_.matrix.start[at]; entry < model_.matrix.start[at + 1]; ++entry) {
        const auto place = static_cast<std::size_t>(entry);
        const auto row = static_cast<std::size_t>(model_.matrix.row[place]);
        if (problem_.row_of[row] >= 0 && stands(at, row))
          builder.add_entry(optim::RowId(problem_.row_of[row]), made, model_.matrix.value[place]);
      }
    }
  }

  /// available - Σ orders ≤ standing: what the rows of "build" leave an asset, and a row of its own where orders may
  /// add.
  void find_capacity() {
    const auto assets = plan_.problem.network.assets.size();
    const int periods = static_cast<int>(plan_.problem.network.assets[plan::AssetId(0)].standing.size());
    problem_.capacity.resize(assets, periods);
    problem_.available_column.resize(assets, periods);
    problem_.outage_row.resize(assets, periods);
    for (std::size_t asset = 0; asset < assets; ++asset) {
      const plan::AssetId id(static_cast<std::int32_t>(asset));
      for (PeriodId period(0); period.index() < periods; period = PeriodId(period.index() + 1)) {
        problem_.capacity(id, period) =
            plan_.problem.network.assets[id].standing[static_cast<std::size_t>(period.index())];
        problem_.available_column(id, period) = -1;
        problem_.outage_row(id, period) = -1;
      }
    }
    for (std::size_t column = 0; column < model_.cost.size(); ++column) {
      const optim::Key& key = model_.column_key[column];
      if (family_of(key) == Family::available_) {
        problem_.available_column(plan::AssetId(key.index[0]), PeriodId(key.index[1])) = problem_.column_of[column];
      }
      if (is_order(family_of(key))) count_order(column);
    }
    if (problem_.response == Response::rebuild) add_outage_rows();
  }

  void count_order(std::size_t column) {
    if (problem_.response == Response::rebuild && period_of(model_.column_key[column]) >= start_) return;
    for (auto at = model_.matrix.start[column]; at < model_.matrix.start[column + 1]; ++at) {
      const auto place = static_cast<std::size_t>(at);
      const optim::Key& row = model_.row_key[static_cast<std::size_t>(model_.matrix.row[place])];
      if (family_of(row) != Family::build_) continue;
      problem_.capacity(plan::AssetId(row.index[0]), PeriodId(row.index[1])) -=
          model_.matrix.value[place] * value_[column];
    }
  }

  void add_outage_rows() {
    std::vector<std::int32_t> made(model_.row_lower.size(), -1);
    for (std::size_t row = 0; row < made.size(); ++row) {
      const optim::Key& key = model_.row_key[row];
      if (family_of(key) != Family::build_ || problem_.row_of[row] < 0) continue;
      const plan::AssetId asset(key.index[0]);
      const PeriodId period(key.index[1]);
      const std::int32_t column = problem_.available_column(asset, period);
      if (column < 0) continue;
      const auto outage = builder_.add_row(key, -optim::infinity, problem_.capacity(asset, period));
      builder_.add_entry(outage, optim::ColumnId(column), 1);
      made[row] = outage.index();
      problem_.plan_row.push_back(-1);
      problem_.outage_row(asset, period) = outage.index();
    }
    for (std::size_t column = 0; column < model_.cost.size(); ++column) {
      const optim::Key& key = model_.column_key[column];
      if (!is_order(family_of(key)) || period_of(key) < start_ || problem_.column_of[column] < 0) continue;
      for (auto at = model_.matrix.start[column]; at < model_.matrix.start[column + 1]; ++at) {
        const auto place = static_cast<std::size_t>(at);
        const std::int32_t row = made[static_cast<std::size_t>(model_.matrix.row[place])];
        if (row >= 0)
          builder_.add_entry(optim::RowId(row), optim::ColumnId(problem_.column_of[column]),
                             model_.matrix.value[place]);
      }
    }
  }

  /// Rows that doing nothing breaks (all demand unmet, nothing made) get a column that mends them at a price.
  void add_reliefs() {
    std::vector<double> rest(problem_.plan_row.size(), 0);
    for (std::size_t at = 0; at < problem_.plan_column.size(); ++at) {
      const auto column = static_cast<std::size_t>(problem_.plan_column[at]);
      const Fate& fate = fates_[column];
      const bool is_unmet = family_of(model_.column_key[column]) == Family::unmet_;
      const double value = is_unmet ? fate.upper : (std::isfinite(fate.lower) ? fate.lower : std::min(0.0, fate.upper));
      problem_.rest_cost += fate.cost * value;
      for (auto entry = model_.matrix.start[column]; value != 0 && entry < model_.matrix.start[column + 1]; ++entry) {
        const auto place = static_cast<std::size_t>(entry);
        const auto row = static_cast<std::size_t>(model_.matrix.row[place]);
        if (problem_.row_of[row] >= 0 && stands(column, row))
          rest[static_cast<std::size_t>(problem_.row_of[row])] += model_.matrix.value[place] * value;
      }
    }
    const std::vector<double> prices = relief_prices(plan_);
    for (std::size_t at = 0; at < rest.size(); ++at) {
      if (problem_.plan_row[at] >= 0) add_relief(at, rest[at], prices);
    }
    problem_.rest = std::move(rest);
    problem_.model = builder_.build("operating problem", model_.names);
  }

  void add_relief(std::size_t at, double rest, const std::vector<double>& prices) {
    const auto row = static_cast<std::size_t>(problem_.plan_row[at]);
    const optim::Key& key = model_.row_key[row];
    const double lower = model_.row_lower[row] - constant_[row];
    const double upper = model_.row_upper[row] - constant_[row];
    const std::optional<ReliefNeed> need = relief_needed(key, rest, lower, upper);
    if (!need) return;
    const double price = prices[static_cast<std::size_t>(key.family.index())];
    const auto column = builder_.add_column(key, price, 0, need->most);
    builder_.add_entry(optim::RowId(static_cast<std::int32_t>(at)), column, need->direction);
    problem_.reliefs.push_back({row, static_cast<std::size_t>(column.index())});
    problem_.plan_column.push_back(-1);
    problem_.rest_cost += price * std::max(0.0, std::max(lower - rest, rest - upper));
  }

  const World& world_;
  const plan::Plan& plan_;
  const optim::Model& model_;
  const std::vector<double>& value_;
  std::int32_t start_;
  OperatingProblem problem_;
  optim::ModelBuilder builder_;
  std::vector<Fate> fates_;
  std::vector<std::uint8_t> is_later_;
  std::vector<double> constant_;
  std::vector<double> last_capacity_;  ///< by technology
};

}  // namespace

std::optional<ReliefNeed> relief_needed(const optim::Key& row, double rest, double lower, double upper) {
  // A budget may collapse in a scenario: what must be paid all the same is then borrowed.
  const bool may_need = family_of(row) == Family::budget_;
  if (rest >= lower && rest <= upper && !may_need) return std::nullopt;
  // Enough for what any scenario asks of doing nothing; a finite bound keeps every dual's bound finite.
  const double side = std::isfinite(lower) ? std::abs(lower) : std::abs(upper);
  return ReliefNeed{rest < lower ? 1 : -1, relief_room * (std::abs(rest) + side) + 1};
}

void add_reliefs(OperatingProblem& problem, const plan::Plan& plan,
                 const std::set<std::pair<std::int32_t, int>>& rows_and_directions) {
  const std::vector<double> prices = relief_prices(plan);
  optim::Model& model = problem.model;
  for (const auto& [row, direction] : rows_and_directions) {
    const auto at = static_cast<std::size_t>(row);
    const optim::Key& key = model.row_key[at];
    problem.reliefs.push_back({static_cast<std::size_t>(problem.plan_row[at]), model.cost.size()});
    problem.plan_column.push_back(-1);
    model.column_key.push_back(key);
    model.cost.push_back(prices[static_cast<std::size_t>(key.family.index())]);
    model.lower.push_back(0);
    model.upper.push_back(0);
    model.is_integer.push_back(0);
    model.matrix.row.push_back(row);
    model.matrix.value.push_back(direction);
    model.matrix.start.push_back(static_cast<std::int32_t>(model.matrix.value.size()));
  }
}

OperatingProblem make_operating_problem(const World& world, const plan::Plan& plan, PeriodId start, Response response) {
  return Cutter(world, plan, start, response).cut();
}

}  // namespace pinchpoint::stress
