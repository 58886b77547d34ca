// SPDX-License-Identifier: Apache-2.0
#include "analysis/stress/pinches.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "analysis/stress/effects.hpp"
#include "analysis/stress/forces/open_forces.hpp"
#include "optim/ensemble/touched.hpp"
#include "optim/solve/scaling.hpp"

namespace pinchpoint::stress {

namespace {

using plan::AssetId;
using plan::Family;

/// Rent and output of every asset at one solution.
using AssetMoney = std::map<AssetId, AssetShift>;

/// One operating problem kept warm.
class Desk {
 public:
  Desk(const World& world, const Shocks& shocks, const plan::Plan& plan, const std::vector<Scenario>& scenarios,
       std::int32_t start, const StressOptions& options)
      : world_(world),
        plan_(plan),
        problem_(make_operating_problem(world, plan, PeriodId(start), options.response)),
        effects_(world, shocks, plan, problem_),
        session_(optim::backends().front().open()) {
    ForceChanges changes;
    for (const Scenario& scenario : scenarios) effects_.note_forces(scenario, changes);
    open_forces(problem_, world, plan, changes);
    scaled_ = optim::scale(problem_.model);
    solve_options_.threads = options.threads;
    solve_options_.interrupt = options.interrupt;
    const optim::Solution base = optim::solve(scaled_.model, solve_options_);
    is_ready_ = base.status == optim::Status::optimal;
    if (!is_ready_) return;
    base_ = measure(optim::unscale(base, scaled_.scaling));
    session_->load(scaled_.model);
    session_->set_basis(base);
    solve_options_.method = optim::Method::simplex;
    solve_options_.few_pivots = true;
  }

  [[nodiscard]] bool is_ready() const { return is_ready_; }

  std::optional<ScenarioPinch> look(const Scenario& scenario, std::size_t place, std::size_t most) {
    const optim::Patch patch = effects_.patch(scenario);
    apply(patch);
    const optim::Solution solved = session_->solve(solve_options_);
    undo(patch);
    if (solved.status != optim::Status::optimal) return std::nullopt;
    AssetMoney now = measure(optim::unscale(solved, scaled_.scaling));
    std::vector<AssetShift> shifts;
    for (auto& [asset, shift] : now) {
      const AssetShift& before = base_.at(asset);
      shifts.push_back({asset, shift.rent - before.rent, shift.output - before.output});
    }
    ScenarioPinch pinch{place, top(shifts, &AssetShift::rent, most), top(shifts, &AssetShift::output, most)};
    return pinch;
  }

 private:
  static std::vector<AssetShift> top(std::vector<AssetShift> shifts, double AssetShift::*by, std::size_t most) {
    std::stable_sort(shifts.begin(), shifts.end(),
                     [by](const AssetShift& left, const AssetShift& right) { return left.*by > right.*by; });
    double largest = 0;
    for (const AssetShift& shift : shifts) largest = std::max(largest, shift.*by);
    constexpr double rounding = 1e-6;
    while (!shifts.empty() && (shifts.size() > most || shifts.back().*by <= rounding * largest)) shifts.pop_back();
    return shifts;
  }

  void apply(const optim::Patch& natural) {
    const optim::Patch patch = optim::scaled(natural, scaled_.scaling);
    for (const optim::BoundChange& change : patch.columns)
      session_->set_column_bounds(optim::ColumnId(change.index), change.lower, change.upper);
    for (const optim::BoundChange& change : patch.rows)
      session_->set_row_bounds(optim::RowId(change.index), change.lower, change.upper);
  }

  void undo(const optim::Patch& patch) {
    const optim::Model& model = scaled_.model;
    for (const optim::BoundChange& change : patch.columns) {
      const auto at = static_cast<std::size_t>(change.index);
      session_->set_column_bounds(optim::ColumnId(change.index), model.lower[at], model.upper[at]);
    }
    for (const optim::BoundChange& change : patch.rows) {
      const auto at = static_cast<std::size_t>(change.index);
      session_->set_row_bounds(optim::RowId(change.index), model.row_lower[at], model.row_upper[at]);
    }
  }

  [[nodiscard]] AssetMoney measure(const optim::Solution& solution) const {
    AssetMoney money;
    const optim::Model& model = problem_.model;
    for (std::size_t column = 0; column < solution.value.size(); ++column) {
      const auto activity =
          problem_.plan_column[column] < 0 ? std::nullopt : plan::activity_of(model.column_key[column]);
      if (!activity) continue;
      AssetShift& shift = money[activity->asset];
      shift.asset = activity->asset;
      const plan::Asset& asset = plan_.problem.network.assets[activity->asset];
      shift.output += solution.value[column] * output_price(world_, asset, activity->period);
      for (auto at = model.matrix.start[column]; at < model.matrix.start[column + 1]; ++at) {
        const auto row = static_cast<std::size_t>(model.matrix.row[static_cast<std::size_t>(at)]);
        if (static_cast<Family>(model.row_key[row].family.index()) == Family::capacity_)
          shift.rent += std::abs(solution.row_dual[row]) * solution.value[column];
      }
    }
    return money;
  }

  const World& world_;
  const plan::Plan& plan_;
  OperatingProblem problem_;
  Effects effects_;
  optim::ScaledModel scaled_;
  std::unique_ptr<optim::Session> session_;
  optim::SolveOptions solve_options_;
  AssetMoney base_;
  bool is_ready_ = false;
};

}  // namespace

std::vector<ScenarioPinch> find_pinches(const World& world, const Shocks& shocks, const plan::Plan& plan,
                                        const std::vector<Scenario>& scenarios, const PinchWish& wish,
                                        const StressOptions& options) {
  std::map<std::int32_t, std::vector<std::size_t>> by_start;
  for (const std::size_t scenario : wish.scenarios) {
    const std::int32_t start = start_of(world.timeline, scenarios[scenario]);
    if (start >= 0) by_start[options.surprises == Surprises::nothing ? 0 : start].push_back(scenario);
  }
  std::vector<ScenarioPinch> found;
  for (const auto& [start, members] : by_start) {
    std::vector<Scenario> here;
    for (const std::size_t scenario : members) here.push_back(scenarios[scenario]);
    Desk desk(world, shocks, plan, here, start, options);
    for (const std::size_t scenario : members) {
      if (!desk.is_ready()) break;
      if (auto pinch = desk.look(scenarios[scenario], scenario, wish.most)) found.push_back(std::move(*pinch));
    }
  }
  return found;
}

}  // namespace pinchpoint::stress
