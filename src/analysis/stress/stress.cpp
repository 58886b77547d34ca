// SPDX-License-Identifier: Apache-2.0
#include "analysis/stress/stress.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "analysis/stress/effects.hpp"
#include "analysis/stress/forces/open_forces.hpp"
#include "analysis/stress/surprises.hpp"
#include "core/base/parallel.hpp"
#include "optim/ensemble/ensemble.hpp"

namespace pinchpoint::stress {

namespace {

/// Scenarios that begin in one period: one operating problem, one ensemble; or each played surprise by surprise.
struct Group {
  std::int32_t start = 0;
  bool is_staged = false;
  std::vector<std::size_t> scenarios;
};

std::vector<Group> group_by_start(const Timeline& timeline, const std::vector<Scenario>& scenarios,
                                  const StressOptions& options) {
  std::map<std::pair<bool, std::int32_t>, std::vector<std::size_t>> by_start;
  for (std::size_t at = 0; at < scenarios.size(); ++at) {
    const std::vector<std::int32_t> begins = surprises_of(timeline, scenarios[at]);
    const std::int32_t start = begins.empty() ? -1 : options.is_foreseen ? 0 : begins.front();
    by_start[{options.is_each_a_surprise && begins.size() > 1, start}].push_back(at);
  }
  std::vector<Group> groups;
  for (auto& [key, members] : by_start) groups.push_back({key.second, key.first, std::move(members)});
  return groups;
}

class Player {
 public:
  Player(const World& world, const Shocks& shocks, const plan::Plan& plan, const std::vector<Scenario>& scenarios,
         const StressOptions& options, RoundStore* store)
      : world_(world),
        shocks_(shocks),
        plan_(plan),
        scenarios_(scenarios),
        options_(options),
        store_(store),
        metrics_(world),
        sums_(metrics_.size(), 0) {
    result_.outcomes.resize(scenarios.size());
  }

  StressResult play() {
    for (const Group& group : group_by_start(world_.timeline, scenarios_, options_)) {
      const bool is_played = group.start < 0   ? play_nothing(group)
                             : group.is_staged ? play_staged(group)
                                               : play_group(group);
      if (!is_played) return std::move(result_);
    }
    // The store has the last round already where a whole run is played again.
    if (store_ != nullptr && !store_->next()) store_->append({{}, sums_, result_.checks});
    sum_up();
    return std::move(result_);
  }

  std::optional<StressResult> read() {
    for (const Group& group : group_by_start(world_.timeline, scenarios_, options_)) {
      const bool is_known = group.start < 0 ? play_nothing(group) : read_group(group);
      if (!is_known) return std::nullopt;
    }
    std::optional<Round> last = store_->next();
    if (!last || !last->outcomes.empty()) return std::nullopt;
    result_.checks = std::move(last->checks);
    sum_up();
    return std::move(result_);
  }

 private:
  [[nodiscard]] bool is_interrupted() const { return options_.interrupt != nullptr && *options_.interrupt; }

  bool play_nothing(const Group& group) {
    for (const std::size_t scenario : group.scenarios) {
      Outcome& outcome = result_.outcomes[scenario];
      outcome.programmes.assign(world_.programmes.size(), 0);
      outcome.layers.assign(world_.layers.size(), 0);
      outcome.countries.assign(world_.regions.size(), 0);
    }
    count(group.scenarios.size(), group.scenarios.size());
    return true;
  }

  void open_forces(OperatingProblem& problem, const Effects& effects, const Group& group) const {
    ForceChanges changes;
    for (const std::size_t scenario : group.scenarios) effects.note_forces(scenarios_[scenario], changes);
    stress::open_forces(problem, world_, plan_, changes);
  }

  bool play_group(const Group& group) {
    announce("operating problem from " + world_.timeline.label(PeriodId(group.start)));
    OperatingProblem problem = make_operating_problem(world_, plan_, PeriodId(group.start), options_.response);
    const Effects effects(world_, shocks_, plan_, problem);
    open_forces(problem, effects, group);
    std::vector<optim::Patch> patches;
    patches.reserve(group.scenarios.size());
    for (const std::size_t scenario : group.scenarios) patches.push_back(effects.patch(scenarios_[scenario]));
    optim::EnsembleOptions options;
    options.tolerance = options_.tolerance;
    options.threads = options_.threads;
    options.interrupt = options_.interrupt;
    optim::Ensemble ensemble(problem.model, patches, metrics_.forms(plan_, problem), options);
    if (is_interrupted()) return false;
    if (!ensemble.is_ready()) {
      result_.problem = world_.timeline.label(PeriodId(group.start)) + ": " + ensemble.base_message();
      return false;
    }
    announce("scenarios from " + world_.timeline.label(PeriodId(group.start)));
    for (std::size_t first = 0; first < group.scenarios.size(); first += options_.round_size) {
      const std::size_t size = std::min(options_.round_size, group.scenarios.size() - first);
      if (!take_known(&ensemble, group, first, size) && !play_round(ensemble, group, first, size)) return false;
    }
    check(ensemble, group);
    save_failed(group, [&](std::size_t at) { return ensemble.problem(at); });
    return !is_interrupted();
  }

  /// Each scenario by itself, against the plan's own cost from the same start.
  bool play_staged(const Group& group) {
    announce("scenarios of several surprises from " + world_.timeline.label(PeriodId(group.start)));
    const OperatingProblem problem = make_operating_problem(world_, plan_, PeriodId(group.start), options_.response);
    const optim::LinearForms forms = metrics_.forms(plan_, problem);
    optim::EnsembleOptions options;
    options.threads = options_.threads;
    options.interrupt = options_.interrupt;
    const optim::Ensemble alone(problem.model, {}, forms, options);
    if (is_interrupted()) return false;
    if (!alone.is_ready()) {
      result_.problem = world_.timeline.label(PeriodId(group.start)) + ": " + alone.base_message();
      return false;
    }
    for (std::size_t first = 0; first < group.scenarios.size(); first += options_.round_size) {
      const std::size_t size = std::min(options_.round_size, group.scenarios.size() - first);
      if (take_known(nullptr, group, first, size)) continue;
      const std::vector<optim::ScenarioBounds> bounds = bounds_of_stages(problem, forms, group, first, size);
      if (is_interrupted()) return false;
      keep_round(bounds, alone.base(), group, first);
    }
    save_failed(group, [&](std::size_t at) { return failed_stage(group.scenarios[at]); });
    return !is_interrupted();
  }

  std::vector<optim::ScenarioBounds> bounds_of_stages(const OperatingProblem& problem, const optim::LinearForms& forms,
                                                      const Group& group, std::size_t first, std::size_t size) const {
    std::vector<optim::ScenarioBounds> all(size);
    for_each_index(static_cast<std::size_t>(options_.threads), size, [&](std::size_t /*thread*/, std::size_t at) {
      if (is_interrupted()) return;
      const Scenario& scenario = scenarios_[group.scenarios[first + at]];
      const SurprisedPlan played = play_surprises(world_, shocks_, plan_, scenario, options_);
      optim::ScenarioBounds& bounds = all[at];
      bounds.message = played.message;
      bounds.iterations = played.iterations;
      if (played.failed) return;
      bounds.lower = played.lower;
      bounds.upper = played.upper;
      bounds.reached = played.is_certified ? optim::Reached::cold_solve : optim::Reached::failed;
      std::vector<double> value(problem.plan_column.size(), 0);
      for (std::size_t column = 0; column < value.size(); ++column) {
        const std::int32_t of_plan = problem.plan_column[column];
        if (of_plan >= 0) value[column] = played.value[static_cast<std::size_t>(of_plan)];
      }
      bounds.forms = forms.of(value);
      bounds.forms[metrics_.relief_place()] = played.relief;
    });
    return all;
  }

  [[nodiscard]] optim::Model failed_stage(std::size_t scenario) const {
    return play_surprises(world_, shocks_, plan_, scenarios_[scenario], options_).failed.value_or(optim::Model());
  }

  bool read_group(const Group& group) {
    bool has_failed = false;
    for (std::size_t first = 0; first < group.scenarios.size(); first += options_.round_size) {
      const std::size_t size = std::min(options_.round_size, group.scenarios.size() - first);
      std::optional<Round> known = store_->next();
      if (!known || known->outcomes.size() != size) return false;
      for (std::size_t at = 0; at < size; ++at) {
        has_failed = has_failed || known->outcomes[at].reached == optim::Reached::failed;
        result_.outcomes[group.scenarios[first + at]] = std::move(known->outcomes[at]);
      }
      sums_ = std::move(known->sums);
    }
    if (!has_failed) return true;
    if (group.is_staged) {
      save_failed(group, [&](std::size_t at) { return failed_stage(group.scenarios[at]); });
      return true;
    }
    OperatingProblem problem = make_operating_problem(world_, plan_, PeriodId(group.start), options_.response);
    const Effects effects(world_, shocks_, plan_, problem);
    open_forces(problem, effects, group);
    save_failed(group, [&](std::size_t at) {
      return optim::patched(problem.model, effects.patch(scenarios_[group.scenarios[at]]));
    });
    return true;
  }

  /// A round that the store knows is not played again; only what it left in the pools is.
  bool take_known(optim::Ensemble* ensemble, const Group& group, std::size_t first, std::size_t size) {
    std::optional<Round> known = store_ != nullptr ? store_->next() : std::nullopt;
    if (!known || known->outcomes.size() != size) return false;
    std::vector<std::uint8_t> is_pooled;
    std::size_t certified = 0;
    for (std::size_t at = 0; at < size; ++at) {
      is_pooled.push_back(known->outcomes[at].is_pooled ? 1 : 0);
      certified += known->outcomes[at].is_certified ? 1 : 0;
      result_.outcomes[group.scenarios[first + at]] = std::move(known->outcomes[at]);
    }
    sums_ = std::move(known->sums);
    if (ensemble != nullptr) ensemble->replay_round(first, is_pooled);
    result_.resumed += size;
    count(size, certified);
    return true;
  }

  bool play_round(optim::Ensemble& ensemble, const Group& group, std::size_t first, std::size_t size) {
    const std::vector<optim::ScenarioBounds> bounds = ensemble.solve_round(first, size);
    if (is_interrupted()) return false;
    keep_round(bounds, ensemble.base(), group, first);
    return true;
  }

  void keep_round(const std::vector<optim::ScenarioBounds>& bounds, const optim::ScenarioBounds& base,
                  const Group& group, std::size_t first) {
    Round round;
    std::size_t certified = 0;
    for (std::size_t at = 0; at < bounds.size(); ++at) {
      const std::size_t scenario = group.scenarios[first + at];
      Outcome outcome = outcome_of(bounds[at], base, group.start);
      if (!bounds[at].forms.empty()) {
        metrics_.fill(outcome, scenarios_[scenario], bounds[at].forms, base.forms);
        for (std::size_t form = 0; form < sums_.size(); ++form)
          sums_[form] += bounds[at].forms[form] - base.forms[form];
      }
      certified += outcome.is_certified ? 1 : 0;
      round.outcomes.push_back(outcome);
      result_.outcomes[scenario] = std::move(outcome);
    }
    round.sums = sums_;
    if (store_ != nullptr) store_->append(round);
    count(bounds.size(), certified);
  }

  [[nodiscard]] Outcome outcome_of(const optim::ScenarioBounds& bounds, const optim::ScenarioBounds& base,
                                   std::int32_t start) const {
    Outcome outcome;
    outcome.start = start;
    outcome.lower = bounds.lower;
    outcome.upper = bounds.upper;
    outcome.loss_lower = bounds.lower - base.upper;
    outcome.loss_upper = bounds.upper - base.lower;
    outcome.reached = bounds.reached;
    outcome.iterations = bounds.iterations;
    outcome.is_certified = bounds.reached != optim::Reached::failed && bounds.gap() <= options_.tolerance;
    outcome.is_pooled = bounds.is_pooled;
    outcome.message = bounds.message;
    outcome.programmes.assign(world_.programmes.size(), 0);
    outcome.layers.assign(world_.layers.size(), 0);
    outcome.countries.assign(world_.regions.size(), 0);
    return outcome;
  }

  /// Some scenarios, evenly spread over all, are solved again from nothing.
  void check(const optim::Ensemble& ensemble, const Group& group) {
    const std::size_t stride = std::max<std::size_t>(1, scenarios_.size() / std::max<std::size_t>(1, options_.checks));
    for (std::size_t at = 0; at < group.scenarios.size() && !is_interrupted(); ++at) {
      const std::size_t scenario = group.scenarios[at];
      if (options_.checks == 0 || scenario % stride != 0 || result_.checks.size() >= options_.checks) continue;
      const optim::Ensemble::Check cold = ensemble.check(at);
      const Outcome& outcome = result_.outcomes[scenario];
      const double slack = options_.tolerance * std::max(std::abs(cold.upper), std::abs(outcome.upper));
      const bool meets = cold.lower <= outcome.upper + slack && outcome.lower <= cold.upper + slack;
      result_.checks.push_back({scenario, cold.is_certified && meets, cold.lower, cold.upper, cold.message});
    }
  }

  /// problem_of(place in the group)
  template <class ProblemOf>
  void save_failed(const Group& group, const ProblemOf& problem_of) {
    constexpr std::size_t most_saved = 20;
    for (std::size_t at = 0; at < group.scenarios.size(); ++at) {
      if (result_.outcomes[group.scenarios[at]].reached != optim::Reached::failed) continue;
      if (result_.failed.size() < most_saved) result_.failed.emplace_back(group.scenarios[at], problem_of(at));
    }
  }

  void sum_up() {
    result_.is_complete = true;
    result_.loss = distribution_of(result_.outcomes);
    std::size_t certified = 0;
    for (const Outcome& outcome : result_.outcomes) {
      certified += outcome.is_certified ? 1 : 0;
      result_.max_gap = std::max(result_.max_gap, outcome.gap());
    }
    const auto all = static_cast<double>(result_.outcomes.size());
    result_.certified_share = static_cast<double>(certified) / all;
    result_.mean_forms = sums_;
    for (double& sum : result_.mean_forms) sum /= all;
  }

  void announce(const std::string& phase) const {
    if (options_.on_phase) options_.on_phase(phase);
  }

  void count(std::size_t done, std::size_t certified) {
    done_ += done;
    certified_ += certified;
    if (options_.on_progress) options_.on_progress(done_, scenarios_.size(), certified_);
  }

  const World& world_;
  const Shocks& shocks_;
  const plan::Plan& plan_;
  const std::vector<Scenario>& scenarios_;
  const StressOptions& options_;
  RoundStore* store_;
  Metrics metrics_;
  std::vector<double> sums_;
  StressResult result_;
  std::size_t done_ = 0, certified_ = 0;
};

}  // namespace

bool StressResult::is_proved() const {
  return certified_share == 1 &&
         std::all_of(checks.begin(), checks.end(), [](const ColdCheck& check) { return check.agrees; });
}

std::int32_t start_of(const Timeline& timeline, const Scenario& scenario) {
  const std::vector<std::int32_t> begins = surprises_of(timeline, scenario);
  return begins.empty() ? -1 : begins.front();
}

StressResult run_stress(const World& world, const Shocks& shocks, const plan::Plan& plan,
                        const std::vector<Scenario>& scenarios, const StressOptions& options, RoundStore* store) {
  return Player(world, shocks, plan, scenarios, options, store).play();
}

std::optional<StressResult> read_stress(const World& world, const Shocks& shocks, const plan::Plan& plan,
                                        const std::vector<Scenario>& scenarios, const StressOptions& options,
                                        RoundStore& store) {
  return Player(world, shocks, plan, scenarios, options, &store).read();
}

}  // namespace pinchpoint::stress
