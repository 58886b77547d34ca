// SPDX-License-Identifier: Apache-2.0
#include "analysis/explain/explanation.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "analysis/explain/number_text.hpp"

namespace pinchpoint::explain {

namespace {

void announce(const ExplainOptions& options, std::string_view phase) {
  if (options.on_phase) options.on_phase(phase);
}

/// Rates of each pinch's own row or bound, per display unit of relief in its period alone.
std::vector<std::vector<double>> rates_of(const plan::Plan& plan, const ShownValues& values,
                                          const std::vector<PinchRow>& pinches, const std::vector<Goal>& goals,
                                          LivePlan& live) {
  const optim::Model& model = plan.problem.model;
  std::vector<std::vector<double>> rates(pinches.size());
  for (const Goal& goal : goals) {
    const std::vector<double> weights = goal.weights(model.cost.size());
    const std::vector<double> by_row = live.row_rates(weights);
    const std::vector<double> by_column = optim::column_rates(live.model(), weights, by_row);
    for (std::size_t at = 0; at < pinches.size(); ++at) {
      const PinchRow& pinch = pinches[at];
      const auto row = static_cast<std::size_t>(std::max(0, pinch.row));
      const auto column = static_cast<std::size_t>(std::max(0, pinch.column));
      const bool is_row = pinch.row >= 0;
      const double sign = is_row && std::isfinite(model.row_lower[row]) ? -1 : 1;
      const optim::Key& key = is_row ? model.row_key[row] : model.column_key[column];
      rates[at].push_back(sign * (is_row ? by_row[row] : by_column[column]) / values.display(key).factor);
    }
  }
  return rates;
}

void try_reliefs(const ExplainOptions& options, LivePlan& live, Explanation& explanation) {
  const std::size_t count = std::min(options.top, explanation.reliefs.size());
  for (std::size_t at = 0; at < count; ++at) {
    if (options.interrupt != nullptr && options.interrupt->load()) return;
    if (options.on_progress) options.on_progress("pinch", at, count);
    try_relief(explanation.goals, live, explanation.reliefs[at]);
  }
}

std::vector<std::size_t> by_strength(const std::vector<FigureEffect>& effects) {
  std::vector<std::size_t> order;
  for (std::size_t at = 0; at < effects.size(); ++at) {
    if (effects[at].slope != 0) order.push_back(at);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t left, std::size_t right) { return effects[left].swing > effects[right].swing; });
  return order;
}

/// The objective and the goals of the plan with one figure at another value.
bool plan_again(ChangedModels& models, const Explanation& explanation, const FigureChange& change, double& objective,
                std::vector<double>& goals, const ExplainOptions& options) {
  const auto world = models.world_with({&change, 1});
  if (!world) return false;
  plan::PlanOptions plan_options;
  plan_options.relax_integers = !explanation.has_integers;
  plan_options.solve.threads = options.threads;
  plan_options.solve.interrupt = options.interrupt;
  const plan::Plan plan = plan::make_plan(*world, plan_options);
  if (plan.status != plan::PlanStatus::optimal) return false;
  objective = plan.solution.objective;
  const ShownValues values(*world, plan);
  for (const Goal& goal : explanation.goals) {
    for (const Goal& now : find_goals(*world, plan, values, goal.due)) {
      if (now.programme == goal.programme) goals.push_back(now.met);
    }
  }
  return true;
}

void plan_ends(const tables::ModelFolder& folder, const plan::Plan& plan, const ExplainOptions& options,
               Explanation& explanation) {
  std::vector<std::size_t> chosen(explanation.strongest.begin(),
                                  explanation.strongest.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                                      options.exact, explanation.strongest.size())));
  for (std::size_t at = 0; at < explanation.effects.size() && chosen.size() < 2 * options.exact; ++at) {
    if (explanation.effects[at].is_step) chosen.push_back(at);
  }
  ChangedModels models(folder, !plan.problem.model.has_integers());
  std::size_t done = 0;
  for (const std::size_t at : chosen) {
    if (options.interrupt != nullptr && options.interrupt->load()) return;
    if (options.on_progress) options.on_progress("figures", done++, chosen.size());
    const Figure& figure = explanation.figures[at];
    FigureEffect::Exact exact;
    double objective = plan.solution.objective;
    if (figure.low && plan_again(models, explanation, {at, *figure.low}, objective, exact.goals_down, options))
      exact.down = objective - plan.solution.objective;
    if (figure.high && plan_again(models, explanation, {at, *figure.high}, objective, exact.goals_up, options))
      exact.up = objective - plan.solution.objective;
    explanation.effects[at].exact = std::move(exact);
  }
}

void find_figures(const tables::ModelFolder& folder, const plan::Plan& plan, const ExplainOptions& options,
                  LivePlan& live, Explanation& explanation) {
  announce(options, "figures");
  EffectOptions effects;
  effects.threads = options.threads;
  effects.relax_integers = !plan.problem.model.has_integers();
  effects.interrupt = options.interrupt;
  if (options.on_progress) {
    effects.on_progress = [&options](std::size_t done, std::size_t all) { options.on_progress("figures", done, all); };
  }
  explanation.figures = all_figures(folder);
  explanation.figure_names = name_figures(folder);
  explanation.figure_names.emplace_back("discount rate");
  for (const Figure& figure : explanation.figures) {
    std::vector<std::string> sources;
    for (const std::string& source : figure.sources) sources.push_back(source_text(folder, source));
    explanation.figure_sources.push_back(fmt::format("{}", fmt::join(sources, "; ")));
  }
  explanation.effects = find_effects(folder, plan.problem, explanation.goals, live, effects);
  explanation.strongest = by_strength(explanation.effects);
  if (options.exact > 0) plan_ends(folder, plan, options, explanation);
}

}  // namespace

Explanation explain_plan(const tables::ModelFolder& folder, const World& world, const plan::Plan& plan,
                         const ExplainOptions& options) {
  Explanation explanation;
  const bool is_solved = plan.status == plan::PlanStatus::optimal || plan.status == plan::PlanStatus::uncertified;
  if (!is_solved || !plan.solution.has_values) {
    explanation.problem = fmt::format("the plan is {}: there is no optimum to explain", to_string(plan.status));
    return explanation;
  }
  explanation.has_integers = plan.problem.model.has_integers();
  announce(options, "pinch");
  LivePlan live(plan, options.interrupt);
  if (!live.is_ready()) {
    explanation.problem = "the plan's linear program could not be solved again from its basis";
    return explanation;
  }
  const ShownValues values(world, plan);
  explanation.goals = choose_goals(world, find_goals(world, plan, values, options.at), options.programmes);
  explanation.pinches = find_pinches(world, plan, values);
  explanation.pinch_rates = rates_of(plan, values, explanation.pinches, explanation.goals, live);
  explanation.reliefs = find_reliefs(world, plan, values, explanation.pinches, explanation.goals, live);
  try_reliefs(options, live, explanation);
  for (Relief& relief : explanation.reliefs) relief.sentence = relief_sentence(world, explanation.goals, relief);
  announce(options, "why");
  for (const Goal& goal : explanation.goals) explanation.causes.push_back(find_cause(world, plan, values, goal, live));
  announce(options, "break-even");
  explanation.break_evens = find_break_evens(folder, world, plan, values, live);
  if (options.with_figures) find_figures(folder, plan, options, live, explanation);
  explanation.is_complete = true;
  return explanation;
}

BestReliefs best_reliefs(const std::vector<Relief>& reliefs, std::size_t goal) {
  BestReliefs best;
  double most = 0, cheapest = 0;
  for (std::size_t at = 0; at < reliefs.size(); ++at) {
    const Relief& relief = reliefs[at];
    if (!relief.is_tried || goal >= relief.goals.size()) continue;
    const double gain = relief.goals[goal].more;
    if (!(gain * relief.step > 1e-9)) continue;
    if (gain * relief.amount > most) {
      most = gain * relief.amount;
      best.strongest = at;
    }
    if (relief.cost > 0 && (!best.cheapest || relief.cost / gain < cheapest)) {
      cheapest = relief.cost / gain;
      best.cheapest = at;
    }
  }
  return best;
}

std::vector<std::string> relief_advice(const World& world, const Explanation& explanation, std::size_t goal) {
  const BestReliefs best = best_reliefs(explanation.reliefs, goal);
  const std::string& unit = explanation.goals.at(goal).unit;
  const auto gain_text = [&](const Relief& relief) {
    return relief_text(relief.family, text_of(world, relief.thing), amount_text(relief.step, relief.unit));
  };
  std::vector<std::string> advice;
  if (best.strongest) {
    const Relief& relief = explanation.reliefs[*best.strongest];
    advice.push_back(fmt::format("strongest relief: {} would bring {}", gain_text(relief),
                                 amount_text(relief.goals[goal].more * relief.step, unit)));
  }
  if (best.cheapest) {
    const Relief& relief = explanation.reliefs[*best.cheapest];
    const double price = relief.cost / relief.goals[goal].more;
    advice.push_back(fmt::format("cheapest relief with a price: {} would bring {}, at {} per {}", gain_text(relief),
                                 amount_text(relief.goals[goal].more * relief.step, unit),
                                 money_text(price, world.currency), unit));
  }
  return advice;
}

}  // namespace pinchpoint::explain
