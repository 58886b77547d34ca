// SPDX-License-Identifier: Apache-2.0
#include "analysis/explain/relief.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "analysis/explain/headlines.hpp"
#include "analysis/explain/number_text.hpp"

namespace pinchpoint::explain {

namespace {

using plan::Family;
using plan::Measured;
using plan::Space;

// Steps are round numbers of at most this share of what there is: large enough to be read, small enough to be likely.
constexpr double largest_step = 0.05;

/// Unit of a relief, and how much of the row's natural unit one of it is in one period.
struct Measure {
  std::string unit;
  double natural = 1;
  bool is_once = false;  ///< given once, in the first period, and not in every period from it on
};

class ReliefFinder {
 public:
  ReliefFinder(const World& world, const plan::Plan& plan, const ShownValues& values,
               const std::vector<PinchRow>& pinches, const std::vector<Goal>& goals, LivePlan& live)
      : world_(world), plan_(plan), model_(plan.problem.model), values_(values), pinches_(pinches), live_(live) {
    for (const Goal& goal : goals) rates_.push_back(goal_rates(goal));
  }

  std::vector<Relief> find() {
    std::map<std::pair<std::int32_t, std::int32_t>, std::vector<std::size_t>> groups;  // by family and first index
    for (std::size_t at = 0; at < pinches_.size(); ++at) {
      const optim::Key& key = key_of(pinches_[at]);
      groups[{key.family.index(), key.index[0]}].push_back(at);
    }
    std::vector<Relief> reliefs;
    for (auto& [group, members] : groups) reliefs.push_back(make(std::move(members)));
    add_opening_stocks(reliefs);
    std::stable_sort(reliefs.begin(), reliefs.end(), [](const Relief& left, const Relief& right) {
      return std::pair(percent_gain(left), left.worth * left.amount) >
             std::pair(percent_gain(right), right.worth * right.amount);
    });
    return reliefs;
  }

 private:
  struct Rates {
    std::vector<double> row, column;
  };
  [[nodiscard]] Rates goal_rates(const Goal& goal) {
    const std::vector<double> weights = goal.weights(model_.cost.size());
    Rates rates;
    rates.row = live_.row_rates(weights);
    rates.column = optim::column_rates(live_.model(), weights, rates.row);
    return rates;
  }
  /// A gain that rounding could have made counts as none, so that such reliefs are ranked by worth.
  static double percent_gain(const Relief& relief) {
    if (relief.goals.empty()) return 0;
    const double gain = relief.goals.front().at_basis * relief.amount / 100;
    return gain > 1e-6 ? gain : 0;
  }
  [[nodiscard]] const optim::Key& key_of(const PinchRow& pinch) const {
    return pinch.row >= 0 ? model_.row_key[static_cast<std::size_t>(pinch.row)]
                          : model_.column_key[static_cast<std::size_t>(pinch.column)];
  }

  /// Capacities and flows are known as rates (wafers a month), money and stocks as they are.
  [[nodiscard]] Measure measure_of(const optim::Key& key) const {
    const plan::FamilyInfo& family = plan::info(family_of(key));
    const plan::Display& display = values_.display(key);
    if (family.measured == Measured::capacity) return {display.unit, 1 / display.factor, false};
    const bool is_stock = family.spaces.front() == Space::node;
    if (family.measured != Measured::amount || is_stock)
      return {display.unit, 1 / display.factor, family.measured == Measured::money};
    const plan::Display rate = rate_of(family.spaces.front(), key.index[0]);
    return rate.unit.empty() ? Measure{display.unit, 1 / display.factor, false}
                             : Measure{rate.unit, years_of(key) / rate.factor, false};
  }
  /// Length of the key's period; of the horizon if it has none.
  [[nodiscard]] double years_of(const optim::Key& key) const {
    const PeriodId period = values_.period(key);
    return period.is_valid() ? world_.timeline.years(period) : world_.timeline.years_until(world_.timeline.end());
  }
  /// Empty unit: the space has no rate of its own.
  [[nodiscard]] plan::Display rate_of(Space space, std::int32_t index) const {
    const plan::Network& network = plan_.problem.network;
    if (space == Space::asset) return capacity_display(world_, network.assets[plan::AssetId(index)]);
    if (space == Space::lane) return rate_display(world_, world_.lanes[LaneId(index)].commodities.front());
    if (space == Space::measure) return rate_display(world_, world_.measures[MeasureId(index)].commodities.front());
    return {"", 1};
  }

  /// Share of a period's relief that falls into the row's slice.
  [[nodiscard]] double slice_share(const optim::Key& key) const {
    const int place = place_of(family_of(key), Space::slice);
    if (place < 0 || key.index[static_cast<std::size_t>(place)] < 0) return 1;
    return world_.weight(SliceId(key.index[static_cast<std::size_t>(place)]), values_.period(key));
  }

  [[nodiscard]] Relief make(std::vector<std::size_t> members) const {
    std::stable_sort(members.begin(), members.end(), [&](std::size_t left, std::size_t right) {
      return pinches_[left].period < pinches_[right].period;
    });
    const PinchRow& front = pinches_[members.front()];
    const optim::Key& key = key_of(front);
    const Measure measure = measure_of(key);
    Relief relief;
    relief.family = front.family;
    relief.thing = {front.thing, front.name, front.region, front.owner};
    relief.first = front.period;
    relief.last = pinches_[members.back()].period;
    relief.unit = measure.unit;
    relief.price_unit = front.price_unit;
    PeriodId before;
    for (const std::size_t at : members) {
      const PinchRow& pinch = pinches_[at];
      relief.price = std::max(relief.price, pinch.price);
      relief.amount += pinch.amount / values_.display(key).factor / measure.natural;
      if (pinch.period != before) ++relief.periods;
      before = pinch.period;
    }
    relief.amount /= relief.periods;
    relief.pinches = std::move(members);
    relief.shift = shift_from(key, relief.first, measure, front.row < 0);
    relief.cost = cost_of(key, relief.first);
    rate(relief);
    return relief;
  }

  /// Every row (column) of the family and thing from the first binding period on.
  [[nodiscard]] Shift shift_from(const optim::Key& key, PeriodId first, const Measure& measure, bool is_column) const {
    Shift shift;
    for (const std::size_t at : values_.members(family_of(key))) {
      const optim::Key& other = is_column ? model_.column_key[at] : model_.row_key[at];
      if (other.index[0] != key.index[0]) continue;
      const PeriodId period = values_.period(other);
      if (period < first || (measure.is_once && period != first)) continue;
      // A row with a lower side asks for something: relief is less of it.
      const double sign = !is_column && std::isfinite(model_.row_lower[at]) ? -1 : 1;
      (is_column ? shift.columns : shift.rows).emplace_back(at, sign * measure.natural * slice_share(other));
    }
    return shift;
  }

  [[nodiscard]] double cost_of(const optim::Key& key, PeriodId first) const {
    const plan::FamilyInfo& family = plan::info(family_of(key));
    if (family.measured == Measured::money) return 1;
    if (family.spaces.front() != Space::asset || family_of(key) != Family::capacity_) return 0;
    const plan::Asset& asset = plan_.problem.network.assets[plan::AssetId(key.index[0])];
    return asset.capex[static_cast<std::size_t>(first.index())] / capacity_display(world_, asset).factor;
  }

  void rate(Relief& relief) const {
    for (const auto& [row, amount] : relief.shift.rows) relief.worth -= live_.solution().row_dual[row] * amount;
    for (const auto& [column, amount] : relief.shift.columns)
      relief.worth -= live_.solution().reduced_cost[column] * amount;
    for (const Rates& rates : rates_) {
      GoalGain gain;
      for (const auto& [row, amount] : relief.shift.rows) gain.at_basis += rates.row[row] * amount;
      for (const auto& [column, amount] : relief.shift.columns) gain.at_basis += rates.column[column] * amount;
      relief.goals.push_back(gain);
    }
    relief.step = std::pow(10.0, std::floor(std::log10(std::max(largest_step * relief.amount, 1e-9))));
    relief.range = live_.range(relief.shift);
  }

  /// What is in stock at the start limits, too: it stands in the first period's balance.
  void add_opening_stocks(std::vector<Relief>& reliefs) const {
    for (const std::size_t row : values_.members(Family::balance_)) {
      const optim::Key& key = model_.row_key[row];
      const plan::Node& node = plan_.problem.network.nodes[plan::NodeId(key.index[0])];
      if (values_.period(key) != PeriodId(0) || node.stock == nullptr || node.stock->opening <= 0) continue;
      if (values_.price(row) * node.stock->opening <= 1e-9 * std::abs(plan_.solution.objective)) continue;
      Relief relief;
      relief.family = "opening_stock";
      relief.thing = thing_of(world_, plan_.problem, key);
      relief.first = relief.last = PeriodId(0);
      relief.periods = 1;
      relief.unit = values_.display(key).unit;
      relief.amount = node.stock->opening;
      relief.price = values_.price(row);
      relief.price_unit = values_.price_unit(key);
      relief.shift.rows.emplace_back(row, -slice_share(key));
      rate(relief);
      reliefs.push_back(std::move(relief));
    }
  }

  const World& world_;
  const plan::Plan& plan_;
  const optim::Model& model_;
  const ShownValues& values_;
  const std::vector<PinchRow>& pinches_;
  LivePlan& live_;
  std::vector<Rates> rates_;
};

/// Limits on orders are on all of them up to a period; growth counts in every period anew.
std::string when_text(const World& world, const Relief& relief) {
  const std::string first = world.timeline.label(relief.first);
  if (relief.family == "build_limit") return fmt::format("by {}", first);
  if (relief.family == "growth") return fmt::format("in each period from {} on", first);
  const bool is_once = relief.shift.rows.size() + relief.shift.columns.size() == 1;
  return is_once ? fmt::format("in {}", first) : fmt::format("from {} on", first);
}

/// "bring 3.2 MW to …", "take 1.2 MW from …"; what was not tried is about so much.
std::string change_text(const Relief& relief, double amount, std::string_view unit, const Programme& programme) {
  return fmt::format("{}{} {} {} {}", amount < 0 ? "take" : "bring", relief.is_tried ? "" : " about",
                     amount_text(std::abs(amount), unit), amount < 0 ? "from" : "to", name_of(programme));
}

/// "bring 3.2 MW to … in 2028Q4", "take 120 MW-months from … over the whole horizon"; empty if nothing changes.
std::string gain_text(const World& world, const Goal& goal, const Relief& relief, const GoalGain& gain) {
  constexpr double least = 1e-6;
  const Programme& programme = world.programmes[goal.programme];
  const double when_due = (relief.is_tried ? gain.more : gain.at_basis) * relief.step;
  if (std::abs(when_due) > least * std::max(1e-9, goal.peak_asked))
    return fmt::format("{} in {}", change_text(relief, when_due, goal.unit, programme), world.timeline.label(goal.due));
  const double in_all = gain.more_in_all * relief.step;
  if (!relief.is_tried || std::abs(in_all) < least * std::max(1e-9, goal.asked_in_all)) return "";
  return change_text(relief, in_all, world.commodities[programme.commodity].unit.text(), programme) +
         " over the whole horizon";
}

std::string range_text(const Relief& relief) {
  const double most = relief.range.most;
  if (!std::isfinite(most)) return "however much of it there is";
  if (most < 1e-6 * relief.amount) return "";
  return fmt::format("for at least {}", amount_text(most, relief.unit));
}

/// The objective is convex along the shift: where it fell by as much as its slope at the end says, the slope was the
/// same on the way, whatever bases there were. Tries the step, then shorter ones.
void find_range(LivePlan& live, const Trial& whole, Relief& relief) {
  constexpr double same = 1e-6;
  const double before = live.solution().objective;
  Trial trial = whole;
  double step = relief.step;
  for (int shorter = 0; shorter < 3 && trial.is_optimal; ++shorter) {
    const double fallen = (before - trial.objective) / step;
    // Below the noise of the objective there is nothing to compare.
    if (std::abs(fallen * step) < 1e-12 * std::abs(before)) return;
    if (std::abs(fallen + trial.slope) <= same * std::abs(trial.slope)) {
      relief.worth = -trial.slope;
      relief.range.most = std::max({relief.range.most, step, trial.range.most});
      return;
    }
    step /= 10;
    trial = live.try_shift(relief.shift, step);
  }
}

}  // namespace

std::vector<Relief> find_reliefs(const World& world, const plan::Plan& plan, const ShownValues& values,
                                 const std::vector<PinchRow>& pinches, const std::vector<Goal>& goals, LivePlan& live) {
  return ReliefFinder(world, plan, values, pinches, goals, live).find();
}

void try_relief(const std::vector<Goal>& goals, LivePlan& live, Relief& relief) {
  const double before = live.solution().objective;
  const Trial more = live.try_shift(relief.shift, relief.step);
  const Trial less = live.try_shift(relief.shift, -relief.step);
  relief.is_tried = more.is_optimal;
  if (!relief.is_tried) return;
  relief.worth_more = (before - more.objective) / relief.step;
  if (less.is_optimal) relief.worth_less = (less.objective - before) / relief.step;
  for (std::size_t at = 0; at < goals.size(); ++at) {
    const double met = goals[at].measure(live.solution().value);
    relief.goals[at].more = (goals[at].measure(more.value) - met) / relief.step;
    relief.goals[at].more_in_all =
        (goals[at].measure_all(more.value) - goals[at].measure_all(live.solution().value)) / relief.step;
    if (less.is_optimal) relief.goals[at].less = (met - goals[at].measure(less.value)) / relief.step;
  }
  find_range(live, more, relief);
}

std::string relief_sentence(const World& world, const std::vector<Goal>& goals, const Relief& relief) {
  const std::string amount = amount_text(relief.step, relief.unit);
  std::string text = relief_text(relief.family, text_of(world, relief.thing), amount);
  text += fmt::format(" {} would ", when_text(world, relief));
  std::vector<std::string> gains;
  for (std::size_t at = 0; at < goals.size(); ++at) {
    if (auto gain = gain_text(world, goals[at], relief, relief.goals[at]); !gain.empty())
      gains.push_back(std::move(gain));
  }
  const bool has_gain = !gains.empty();
  text += has_gain ? fmt::format("{}", fmt::join(gains, ", ")) : "bring nothing to the programmes asked about";
  const double worth = (relief.is_tried ? relief.worth_more : relief.worth) * relief.step;
  text += fmt::format("{} save {}", has_gain ? " and" : ", but", money_text(worth, world.currency));
  const std::string range = range_text(relief);
  return range.empty() ? text : text + "; its worth holds " + range;
}

}  // namespace pinchpoint::explain
