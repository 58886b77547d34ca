// SPDX-License-Identifier: Apache-2.0
#include "analysis/explain/break_even.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "analysis/explain/figures/changed_models.hpp"
#include "analysis/explain/figures/model_change.hpp"
#include "analysis/explain/headlines.hpp"
#include "analysis/explain/number_text.hpp"
#include "analysis/explain/wording.hpp"

namespace pinchpoint::explain {

namespace {

constexpr double hair = 1e-6;

bool is_capex(const Figure& figure) {
  // The label is the row's key: technology, parameter, …
  const auto space = figure.label.find(' ');
  return figure.table == "technology_parameters" && space != std::string::npos &&
         (figure.label + ' ').compare(space + 1, 6, "capex ") == 0;
}

/// By column: change of its reduced cost if all capex rose by its own amount.
std::optional<std::vector<double>> capex_burden(const tables::ModelFolder& folder, const plan::Plan& plan,
                                                const LivePlan& live) {
  std::vector<FigureChange> changes;
  const std::vector<Figure> figures = list_figures(folder);
  for (std::size_t at = 0; at < figures.size(); ++at) {
    if (is_capex(figures[at])) changes.push_back({at, figures[at].value * (1 + hair)});
  }
  const optim::Model& model = plan.problem.model;
  const auto dearer = ChangedModels(folder, !model.has_integers()).problem_with(changes);
  if (!dearer || !same_keys(model, dearer->model)) return std::nullopt;
  std::vector<double> burden(model.cost.size(), 0.0);
  for_each_difference(plan.problem, *dearer, [&](const ModelNumber& number, double change) {
    if (number.kind == ModelNumber::Kind::cost) burden[number.column] += change / hair;
    if (number.kind == ModelNumber::Kind::entry)
      burden[number.column] -= live.solution().row_dual[number.row] * change / hair;
  });
  return burden;
}

/// Reduced costs once a hair of every kind of capacity that nobody has stands there. Where nothing stands, the plan's
/// own duals may put the loss on the order, on the output, or anywhere between; with a hair of it they say what more
/// capacity is worth. Empty if that cannot be solved.
std::vector<double> losses_of(const plan::Plan& plan, const ShownValues& values, LivePlan& live) {
  const optim::Model& model = plan.problem.model;
  std::set<std::int32_t> ordered;
  for (const plan::Family family : {plan::Family::order_, plan::Family::block_order_}) {
    for (const std::size_t column : values.members(family)) {
      if (values.natural(column) > 0) ordered.insert(model.column_key[column].index[0]);
    }
  }
  Shift shift;
  for (const std::size_t row : values.members(plan::Family::build_)) {
    if (!ordered.contains(model.row_key[row].index[0])) shift.rows.emplace_back(row, live.hair_of(row));
  }
  const Trial trial = live.try_shift(shift, 1);
  return trial.is_optimal ? trial.reduced_cost : std::vector<double>();
}

std::string sentence_of(const World& world, const BreakEven& item, const std::string& thing) {
  const std::string per = fmt::format(
      "{}/{}", world.currency, item.unit.find_first_of("/. ") == std::string::npos ? item.unit : "(" + item.unit + ")");
  const std::string when = world.timeline.label(item.period);
  if (item.break_even <= 1e-6 * item.capex)
    return fmt::format("{} would not be ordered even for nothing: what it would make is worth less than what it needs",
                       thing);
  const double fall = 1 - item.break_even / item.capex;
  if (item.is_tie()) return fmt::format("{} is as good as ordered in {}: it neither gains nor loses", thing, when);
  return fmt::format("{} would be ordered in {} if its capex fell by {}, from {} to {} {}", thing, when,
                     share_text(fall), number_text(item.capex), number_text(item.break_even), per);
}

}  // namespace

std::vector<BreakEven> find_break_evens(const tables::ModelFolder& folder, const World& world, const plan::Plan& plan,
                                        const ShownValues& values, LivePlan& live) {
  const auto burden = capex_burden(folder, plan, live);
  if (!burden) return {};
  std::vector<double> losses = losses_of(plan, values, live);
  if (losses.empty()) losses = live.solution().reduced_cost;
  const plan::Network& network = plan.problem.network;
  struct Nearest {
    bool is_ordered = false;
    double share = 0;
    std::optional<std::size_t> column;
  };
  std::map<std::int32_t, Nearest> by_asset;
  for (const plan::Family family : {plan::Family::order_, plan::Family::block_order_}) {
    for (const std::size_t column : values.members(family)) {
      Nearest& nearest = by_asset[plan.problem.model.column_key[column].index[0]];
      if (values.natural(column) > 0) nearest.is_ordered = true;
      if ((*burden)[column] <= 0) continue;
      const double share = std::max(0.0, losses[column]) / (*burden)[column];
      if (nearest.column && share >= nearest.share) continue;
      nearest.share = share;
      nearest.column = column;
    }
  }
  std::vector<BreakEven> found;
  for (const auto& [index, nearest] : by_asset) {
    if (nearest.is_ordered || !nearest.column) continue;
    const optim::Key& key = plan.problem.model.column_key[*nearest.column];
    const plan::Asset& asset = network.assets[plan::AssetId(index)];
    const plan::Display display = capacity_display(world, asset);
    BreakEven item;
    item.asset = plan::AssetId(index);
    item.period = values.period(key);
    item.capex = asset.capex[static_cast<std::size_t>(item.period.index())] / display.factor;
    const double size = family_of(key) == plan::Family::block_order_ ? asset.block : 1;
    item.loss = std::max(0.0, losses[*nearest.column]) / size / display.factor;
    item.break_even = item.capex * (1 - nearest.share);
    item.unit = display.unit;
    item.sentence = sentence_of(world, item, text_of(world, thing_of(world, plan.problem, key)));
    found.push_back(std::move(item));
  }
  std::stable_sort(found.begin(), found.end(), [](const BreakEven& left, const BreakEven& right) {
    return std::pair(left.is_tie(), -left.break_even / left.capex) <
           std::pair(right.is_tie(), -right.break_even / right.capex);
  });
  return found;
}

}  // namespace pinchpoint::explain
