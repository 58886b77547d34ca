// SPDX-License-Identifier: Apache-2.0
#include "analysis/explain/figures/figure_effects.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "analysis/explain/figures/model_change.hpp"

namespace pinchpoint::explain {

namespace {

constexpr double hair = 1e-6;  // relative move of a figure
constexpr std::size_t group_size = 64;
constexpr std::size_t moves = 3;

/// Share of its hair by which member `at` of a group moves in each of the three moves: points of a curve on which no
/// point lies between two others, so that a number moved by two figures is taken for neither.
std::array<double, moves> pattern_of(std::size_t at, std::size_t count) {
  const double second = 1 + 2 * static_cast<double>(at) / static_cast<double>(count);
  return {1, second, second * second};
}

/// One worker: splits groups of figures until every number that moves has one mover.
class EffectWorker {
 public:
  EffectWorker(const tables::ModelFolder& folder, const std::vector<Figure>& figures, const ModelPrices& prices,
               const EffectOptions& options)
      : models_(folder, options.relax_integers), figures_(figures), prices_(prices), options_(options) {}

  void find(const std::vector<std::size_t>& group, std::vector<FigureEffect>& effects) {
    if (options_.interrupt != nullptr && options_.interrupt->load()) return;
    if (group.size() == 1) return find_one(group.front(), effects);
    std::vector<FigureEffect> found = effects_of(group);
    if (find_together(group, found)) {
      for (std::size_t at = 0; at < group.size(); ++at) effects[group[at]] = std::move(found[at]);
      return;
    }
    const auto middle = group.begin() + static_cast<std::ptrdiff_t>(group.size() / 2);
    find({group.begin(), middle}, effects);
    find({middle, group.end()}, effects);
  }

  /// Marks those of the figures whose band's ends make another model; figures are set together and told apart by
  /// halving.
  void find_steps(const std::vector<std::size_t>& group, std::vector<FigureEffect>& effects) {
    if (options_.interrupt != nullptr && options_.interrupt->load()) return;
    if (!changes_anything(group)) return;
    if (group.size() == 1) {
      effects[group.front()].is_step = true;
      return;
    }
    const auto middle = group.begin() + static_cast<std::ptrdiff_t>(group.size() / 2);
    find_steps({group.begin(), middle}, effects);
    find_steps({middle, group.end()}, effects);
  }

 private:
  [[nodiscard]] std::vector<FigureEffect> effects_of(const std::vector<std::size_t>& group) const {
    std::vector<FigureEffect> effects(group.size());
    for (std::size_t at = 0; at < group.size(); ++at) {
      effects[at].figure = group[at];
      effects[at].goal_slopes.assign(prices_.goal_count(), 0);
    }
    return effects;
  }
  [[nodiscard]] double step_of(std::size_t figure) const {
    const Figure& it = figures_[figure];
    if (it.value != 0) return hair * std::abs(it.value);
    const double band = it.low && it.high ? *it.high - *it.low : 0;
    return hair * (band > 0 ? band : 1);
  }
  [[nodiscard]] std::optional<plan::PlanProblem> moved(const std::vector<std::size_t>& group, std::size_t move) {
    std::vector<FigureChange> changes;
    for (std::size_t at = 0; at < group.size(); ++at) {
      const double share = group.size() == 1 ? 1 : pattern_of(at, group.size())[move];
      changes.push_back({group[at], figures_[group[at]].value + share * step_of(group[at])});
    }
    return models_.problem_with(changes);
  }

  /// True if the model with all of the group at one end of their bands, high or low, differs from the plan's.
  [[nodiscard]] bool changes_anything(const std::vector<std::size_t>& group) {
    for (const bool is_high : {true, false}) {
      std::vector<FigureChange> changes;
      for (const std::size_t at : group) {
        const std::optional<double>& end = is_high ? figures_[at].high : figures_[at].low;
        if (end && *end != figures_[at].value) changes.push_back({at, *end});
      }
      if (changes.empty()) continue;
      const auto problem = models_.problem_with(changes);
      if (!problem || differs(prices_.problem(), *problem)) return true;
    }
    return false;
  }

  void find_one(std::size_t figure, std::vector<FigureEffect>& effects) {
    FigureEffect effect = effects_of({figure}).front();
    const auto problem = moved({figure}, 0);
    if (!problem || !same_keys(prices_.problem().model, problem->model)) {
      effect.has_effect = effect.is_step = true;
    } else {
      for_each_difference(prices_.problem(), *problem, [&](const ModelNumber& number, double change) {
        effect.has_effect = true;
        effect.slope += prices_.of_objective(number) * change / step_of(figure);
        for (std::size_t goal = 0; goal < effect.goal_slopes.size(); ++goal)
          effect.goal_slopes[goal] += prices_.of_goal(goal, number) * change / step_of(figure);
      });
    }
    effects[figure] = std::move(effect);
  }

  /// False if the group has to be split.
  bool find_together(const std::vector<std::size_t>& group, std::vector<FigureEffect>& found) {
    std::array<std::optional<plan::PlanProblem>, moves> problems;
    for (std::size_t move = 0; move < moves; ++move) {
      problems[move] = moved(group, move);
      if (!problems[move] || !same_pattern(prices_.problem(), *problems[move])) return false;
      if (move == 0 && !differs(prices_.problem(), *problems[move])) return true;
    }
    bool is_clear = true;
    for_each_difference(prices_.problem(), *problems[0], [&](const ModelNumber& number, double first) {
      const double second = number.in(*problems[1]) - number.in(prices_.problem());
      const double third = number.in(*problems[2]) - number.in(prices_.problem());
      const std::optional<std::size_t> mover = mover_of(first, second, third, group.size());
      if (!mover) {
        is_clear = is_clear && prices_.is_negligible(number, first / hair);
        return;
      }
      FigureEffect& effect = found[*mover];
      const double step = step_of(group[*mover]);
      effect.has_effect = true;
      effect.slope += prices_.of_objective(number) * first / step;
      for (std::size_t goal = 0; goal < effect.goal_slopes.size(); ++goal)
        effect.goal_slopes[goal] += prices_.of_goal(goal, number) * first / step;
    });
    return is_clear;
  }

  /// The member whose pattern the three changes of a number follow.
  [[nodiscard]] static std::optional<std::size_t> mover_of(double first, double second, double third,
                                                           std::size_t count) {
    const double spacing = 2 / static_cast<double>(count);
    const double ratio = second / first;
    const double place = std::round((ratio - 1) / spacing);
    if (!(place >= 0) || place >= static_cast<double>(count)) return std::nullopt;
    const std::array<double, moves> pattern = pattern_of(static_cast<std::size_t>(place), count);
    constexpr double tolerance = 1e-5;
    if (std::abs(ratio - pattern[1]) > tolerance * pattern[1]) return std::nullopt;
    if (std::abs(third / first - pattern[2]) > tolerance * pattern[2]) return std::nullopt;
    return static_cast<std::size_t>(place);
  }

  ChangedModels models_;
  const std::vector<Figure>& figures_;
  const ModelPrices& prices_;
  const EffectOptions& options_;
};

/// Gives jobs to workers on threads of their own; the jobs' results do not depend on who does them.
template <class Job>
void run_jobs(std::size_t count, int threads, const std::function<std::unique_ptr<EffectWorker>()>& make_worker,
              const Job& job) {
  std::atomic<std::size_t> next = 0;
  std::exception_ptr error;
  std::mutex mutex;
  const auto work = [&] {
    try {
      const std::unique_ptr<EffectWorker> worker = make_worker();
      for (std::size_t at = next++; at < count; at = next++) job(*worker, at);
    } catch (...) {
      const std::lock_guard lock(mutex);
      error = std::current_exception();
    }
  };
  std::vector<std::thread> others;
  for (int number = 1; number < threads; ++number) others.emplace_back(work);
  work();
  for (std::thread& other : others) other.join();
  if (error) std::rethrow_exception(error);
}

/// So many that no two figures about one thing meet, unless that would make groups of a few.
std::size_t least_groups(const std::map<std::string, std::vector<std::size_t>>& by_thing) {
  std::size_t most = 0, all = 0;
  for (const auto& [thing, own] : by_thing) {
    most = std::max(most, own.size());
    all += own.size();
  }
  constexpr std::size_t few = 16;
  return std::min(most, std::max<std::size_t>(1, all / few));
}

/// Figures of one table seldom move one number, but for those about one thing (a technology, a lane): these go into
/// different groups of their table. What moves numbers everywhere (deflators, the discount rate) goes alone.
std::vector<std::vector<std::size_t>> make_groups(const std::vector<Figure>& figures,
                                                  const std::vector<std::string>& things) {
  std::map<std::string, std::map<std::string, std::vector<std::size_t>>> by_thing;  // of each table
  std::vector<std::vector<std::size_t>> groups;
  for (std::size_t at = 0; at < figures.size(); ++at) {
    const bool is_wide = figures[at].table == "deflators" || figures[at].table == "model.toml";
    if (is_wide) groups.push_back({at});
    // Moved off zero, a figure may add an entry to the matrix, which no group of others survives.
    const std::string table = figures[at].table + (figures[at].value == 0 ? " at zero" : "");
    if (!is_wide) by_thing[table][things[at]].push_back(at);
  }
  for (const auto& [table, members] : by_thing) {
    std::vector<std::size_t> in_order;
    for (const auto& [thing, own] : members) in_order.insert(in_order.end(), own.begin(), own.end());
    const std::size_t count = std::max((in_order.size() + group_size - 1) / group_size, least_groups(members));
    for (std::size_t first = 0; first < count; ++first) {
      std::vector<std::size_t> group;
      for (std::size_t at = first; at < in_order.size(); at += count) group.push_back(in_order[at]);
      if (!group.empty()) groups.push_back(std::move(group));
    }
  }
  return groups;
}

/// Figures with a band that move nothing by a hair. Times mostly act in steps and are looked at one by one; the others
/// hardly ever do, many together.
std::vector<std::vector<std::size_t>> make_still_groups(const std::vector<Figure>& figures,
                                                        const std::vector<FigureEffect>& effects,
                                                        const std::vector<bool>& is_time) {
  constexpr std::size_t together = 32;
  std::vector<std::vector<std::size_t>> groups;
  std::vector<std::size_t> others;
  for (std::size_t at = 0; at < figures.size(); ++at) {
    if (effects[at].has_effect || (!figures[at].low && !figures[at].high)) continue;
    if (is_time[at]) {
      groups.push_back({at});
      continue;
    }
    others.push_back(at);
    if (others.size() == together) groups.push_back(std::exchange(others, {}));
  }
  if (!others.empty()) groups.push_back(std::move(others));
  return groups;
}

void measure_bands(const std::vector<Figure>& figures, std::vector<FigureEffect>& effects) {
  for (std::size_t at = 0; at < effects.size(); ++at) {
    const Figure& figure = figures[at];
    FigureEffect& effect = effects[at];
    effect.figure = at;
    if (figure.low) effect.down = effect.slope * (*figure.low - figure.value);
    if (figure.high) effect.up = effect.slope * (*figure.high - figure.value);
    effect.swing = std::abs(effect.up - effect.down);
  }
}

}  // namespace

std::vector<FigureEffect> find_effects(const tables::ModelFolder& folder, const plan::PlanProblem& problem,
                                       const std::vector<Goal>& goals, LivePlan& live, const EffectOptions& options) {
  const std::vector<Figure> figures = all_figures(folder);
  const ModelPrices prices(problem, goals, live);
  std::vector<FigureEffect> effects(figures.size());
  const std::vector<std::vector<std::size_t>> groups = make_groups(figures, list_things(folder));
  const auto make_worker = [&] { return std::make_unique<EffectWorker>(folder, figures, prices, options); };
  std::atomic<std::size_t> done = 0;
  std::mutex mutex;
  const auto report = [&](std::size_t count) {
    done += count;
    if (!options.on_progress) return;
    const std::lock_guard lock(mutex);
    options.on_progress(done, figures.size());
  };
  run_jobs(groups.size(), options.threads, make_worker, [&](EffectWorker& worker, std::size_t at) {
    worker.find(groups[at], effects);
    report(groups[at].size());
  });
  const std::vector<std::vector<std::size_t>> still = make_still_groups(figures, effects, list_times(folder));
  run_jobs(still.size(), options.threads, make_worker,
           [&](EffectWorker& worker, std::size_t at) { worker.find_steps(still[at], effects); });
  measure_bands(figures, effects);
  return effects;
}

}  // namespace pinchpoint::explain
