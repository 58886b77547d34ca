// SPDX-License-Identifier: Apache-2.0
#include "analysis/stress/stress.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "analysis/stress/surprises/kept_orders.hpp"
#include "analysis/stress/surprises/stage_problem.hpp"
#include "core/base/ensure.hpp"
#include "optim/ensemble/ensemble.hpp"
#include "optim/solve/proof/interval.hpp"

namespace pinchpoint::stress {

namespace {

/// Plays stages group by group: one ensemble for all that begin in one period.
class Player {
 public:
  Player(const World& world, const Shocks& shocks, const plan::Plan& plan, const std::vector<Scenario>& scenarios,
         const StressOptions& options, RoundStore* store)
      : stressed_{world, shocks, plan, scenarios, options.response},
        world_(world),
        scenarios_(scenarios),
        options_(options),
        store_(store),
        metrics_(world),
        groups_(stages_of(world.timeline, scenarios, options.surprises)),
        sums_(metrics_.size(), 0) {
    ensure(options.surprises != Surprises::each || options.response == Response::operate,
           "what was ordered anew after one surprise has no column after the next");
    result_.outcomes.resize(scenarios.size());
    if (options.surprises == Surprises::each) reach_.emplace(plan);
  }

  StressResult play() {
    for (const StageGroup& group : groups_) {
      const bool is_played = group.start < 0 ? play_nothing(group) : play_group(group);
      if (!is_played) return std::move(result_);
    }
    // The store has the last round already where a whole run is played again.
    if (store_ != nullptr && !store_->next()) store_->append({{}, {}, sums_, result_.checks});
    sum_up();
    return std::move(result_);
  }

  std::optional<StressResult> read() {
    for (const StageGroup& group : groups_) {
      const bool is_known = group.start < 0 ? play_nothing(group) : read_group(group);
      if (!is_known) return std::nullopt;
    }
    std::optional<Round> last = store_->next();
    if (!last || !last->outcomes.empty() || !last->stages.empty()) return std::nullopt;
    result_.checks = std::move(last->checks);
    sum_up();
    return std::move(result_);
  }

 private:
  /// What came out of a stage of the group at hand.
  struct Played {
    double lower = 0, upper = 0;  ///< of the stage; of the whole scenario where it is the last
    bool has_failed = false;      ///< in this stage
  };

  [[nodiscard]] bool is_interrupted() const { return options_.interrupt != nullptr && *options_.interrupt; }

  bool play_nothing(const StageGroup& group) {
    for (const Stage& stage : group.stages) fill_nothing(result_.outcomes[stage.scenario]);
    count(group.stages.size(), group.stages.size());
    return true;
  }

  void fill_nothing(Outcome& outcome) const {
    outcome.programmes.assign(world_.programmes.size(), 0);
    outcome.layers.assign(world_.layers.size(), 0);
    outcome.countries.assign(world_.regions.size(), 0);
  }

  bool play_group(const StageGroup& group) {
    const std::string label = world_.timeline.label(PeriodId(group.start));
    announce("operating problem from " + label);
    const StageProblem problem(stressed_, group, pasts_);
    optim::Ensemble ensemble(problem.problem().model, problem.patches(),
                             metrics_.forms(stressed_.plan, problem.problem()), ensemble_options(group));
    if (is_interrupted()) return false;
    if (!ensemble.is_ready()) {
      result_.problem = label + ": " + ensemble.base_message();
      return false;
    }
    bases_[group.start] = ensemble.base();
    announce("scenarios from " + label);
    const std::size_t end = group.stages.size();
    std::size_t known = 0;
    while (known < end && take_known(&ensemble, group, known, std::min(options_.round_size, end - known)))
      known += std::min(options_.round_size, end - known);
    ensemble.solve_rounds(known, end, options_.round_size,
                          [&](std::size_t first, const std::vector<optim::ScenarioBounds>& round) {
                            if (!is_interrupted()) keep_round(round, problem, group, first);
                          });
    if (is_interrupted()) return false;
    check(ensemble, group);
    save_failed(group, [&](std::size_t at) { return ensemble.problem(at); });
    close(group);
    return !is_interrupted();
  }

  [[nodiscard]] optim::EnsembleOptions ensemble_options(const StageGroup& group) const {
    optim::EnsembleOptions options;
    options.tolerance = options_.tolerance;
    options.threads = options_.threads;
    options.pool_size = options_.pool_size;
    options.interrupt = options_.interrupt;
    const bool is_any_decided =
        std::any_of(group.stages.begin(), group.stages.end(), [](const Stage& stage) { return !stage.is_last; });
    if (!is_any_decided) return options;
    for (const Stage& stage : group.stages) options.is_plan_wanted.push_back(stage.is_last ? 0 : 1);
    return options;
  }

  bool read_group(const StageGroup& group) {
    for (std::size_t first = 0; first < group.stages.size(); first += options_.round_size) {
      if (!take_known(nullptr, group, first, std::min(options_.round_size, group.stages.size() - first))) return false;
    }
    if (std::any_of(played_.begin(), played_.end(), [](const Played& played) { return played.has_failed; })) {
      const StageProblem problem(stressed_, group, pasts_);
      save_failed(group,
                  [&](std::size_t at) { return optim::patched(problem.problem().model, problem.patches()[at]); });
    }
    close(group);
    return true;
  }

  /// A round that the store knows is not played again; only what it left in the pools is.
  bool take_known(optim::Ensemble* ensemble, const StageGroup& group, std::size_t first, std::size_t size) {
    std::optional<Round> known = store_ != nullptr ? store_->next() : std::nullopt;
    if (!known || !fits(*known, group, first, size)) return false;
    std::vector<std::uint8_t> is_pooled;
    std::size_t certified = 0, outcomes = 0, stages = 0;
    for (std::size_t at = first; at < first + size; ++at) {
      const Stage& stage = group.stages[at];
      if (stage.is_last) {
        Outcome& outcome = known->outcomes[outcomes++];
        is_pooled.push_back(outcome.is_pooled ? 1 : 0);
        certified += outcome.is_certified ? 1 : 0;
        note(stage, std::move(outcome));
      } else {
        is_pooled.push_back(known->stages[stages].is_pooled ? 1 : 0);
        note(stage, std::move(known->stages[stages++]));
      }
    }
    sums_ = std::move(known->sums);
    if (ensemble != nullptr) ensemble->replay_round(first, is_pooled);
    result_.resumed += outcomes;
    count(outcomes, certified);
    return true;
  }

  static bool fits(const Round& round, const StageGroup& group, std::size_t first, std::size_t size) {
    std::size_t last = 0;
    for (std::size_t at = first; at < first + size; ++at) last += group.stages[at].is_last ? 1 : 0;
    return round.outcomes.size() == last && round.stages.size() == size - last;
  }

  void keep_round(const std::vector<optim::ScenarioBounds>& all, const StageProblem& problem, const StageGroup& group,
                  std::size_t first) {
    Round round;
    std::size_t certified = 0;
    for (std::size_t at = 0; at < all.size(); ++at) {
      const Stage& stage = group.stages[first + at];
      if (stage.is_last) {
        Outcome outcome = outcome_of(all[at], stage);
        certified += outcome.is_certified ? 1 : 0;
        round.outcomes.push_back(outcome);
        note(stage, std::move(outcome));
      } else {
        round.stages.push_back(end_of(all[at], problem, group, first + at));
        note(stage, round.stages.back());
      }
    }
    round.sums = sums_;
    if (store_ != nullptr) store_->append(round);
    count(round.outcomes.size(), certified);
  }

  void note(const Stage& stage, Outcome outcome) {
    const bool has_failed = outcome.reached == optim::Reached::failed && past_of(stage).is_certified;
    played_.push_back({outcome.lower, outcome.upper, has_failed});
    result_.outcomes[stage.scenario] = std::move(outcome);
  }

  void note(const Stage& stage, StageEnd end) {
    const bool has_failed = end.reached == optim::Reached::failed && !past_of(stage).is_lost;
    played_.push_back({end.lower, end.upper, has_failed});
    pasts_after_[stage.scenario] = std::move(end.past);
  }

  /// What was decided before the stage.
  [[nodiscard]] const Past& past_of(const Stage& stage) const {
    static const Past none;
    const auto found = pasts_.find(stage.scenario);
    return found != pasts_.end() ? found->second : none;
  }

  [[nodiscard]] Outcome outcome_of(const optim::ScenarioBounds& bounds, const Stage& stage) {
    const Past& past = past_of(stage);
    const optim::ScenarioBounds& base = bases_.at(stage.opening);
    Outcome outcome;
    outcome.start = stage.opening;
    outcome.lower = past.is_lost ? -optim::infinity : optim::add_down(past.spent_lower, bounds.lower);
    outcome.upper = past.is_lost ? optim::infinity : optim::add_up(past.spent_upper, bounds.upper);
    outcome.loss_lower = outcome.lower - base.upper;
    outcome.loss_upper = outcome.upper - base.lower;
    outcome.reached = past.is_certified ? bounds.reached : optim::Reached::failed;
    outcome.iterations = past.iterations + bounds.iterations;
    outcome.is_certified = outcome.reached != optim::Reached::failed && bounds.gap() <= options_.tolerance;
    outcome.is_pooled = bounds.is_pooled;
    outcome.message = past.is_certified ? bounds.message : past.message;
    fill_nothing(outcome);
    if (bounds.forms.empty() || past.is_lost) return outcome;
    const std::vector<double> forms = forms_of(bounds, stage);
    metrics_.fill(outcome, scenarios_[stage.scenario], forms, base.forms);
    for (std::size_t form = 0; form < sums_.size(); ++form) sums_[form] += forms[form] - base.forms[form];
    return outcome;
  }

  /// Of the whole scenario: periods before the stage as they were decided.
  [[nodiscard]] std::vector<double> forms_of(const optim::ScenarioBounds& bounds, const Stage& stage) const {
    const Past& past = past_of(stage);
    if (past.forms.empty()) return bounds.forms;
    std::vector<double> forms = metrics_.joined(past.forms, bounds.forms, stage.begin);
    forms[metrics_.relief_place()] += past.relief;
    return forms;
  }

  [[nodiscard]] StageEnd end_of(const optim::ScenarioBounds& bounds, const StageProblem& problem,
                                const StageGroup& group, std::size_t at) const {
    const Stage& stage = group.stages[at];
    StageEnd end{bounds.lower, bounds.upper, bounds.reached, bounds.is_pooled, past_of(stage)};
    end.past.iterations += bounds.iterations;
    if (bounds.reached == optim::Reached::failed && end.past.is_certified) {
      end.past.is_certified = false;
      end.past.message = "from " + world_.timeline.label(PeriodId(stage.begin)) + ": " + bounds.message;
    }
    if (bounds.plan.empty()) end.past.is_lost = true;
    if (end.past.is_lost) return end;
    end.past.forms = forms_of(bounds, stage);
    std::vector<double> value = bounds.plan;
    keep_orders(problem.problem(), problem.patches()[at], value);
    end.past = after_stage(std::move(end.past), stressed_.plan, *reach_, problem.problem(), value, stage.end);
    return end;
  }

  /// Some scenarios, evenly spread over all, are solved again from nothing, stage by stage.
  void check(const optim::Ensemble& ensemble, const StageGroup& group) {
    const std::size_t stride = std::max<std::size_t>(1, scenarios_.size() / std::max<std::size_t>(1, options_.checks));
    for (std::size_t at = 0; at < group.stages.size() && !is_interrupted(); ++at) {
      const Stage& stage = group.stages[at];
      const Past& past = past_of(stage);
      if (options_.checks == 0 || stage.scenario % stride != 0 || result_.checks.size() >= options_.checks) continue;
      if (past.is_lost) continue;
      const optim::Ensemble::Check cold = ensemble.check(at);
      const double lower = stage.is_last ? past.spent_lower + cold.lower : cold.lower;
      const double upper = stage.is_last ? past.spent_upper + cold.upper : cold.upper;
      const Played& played = played_[at];
      const double slack = options_.tolerance * std::max(std::abs(upper), std::abs(played.upper));
      const bool meets = lower <= played.upper + slack && played.lower <= upper + slack;
      const bool agrees = cold.is_certified && meets;
      if (!agrees) disagreeing_.insert(stage.scenario);
      if (stage.is_last)
        result_.checks.push_back({stage.scenario, !disagreeing_.contains(stage.scenario), lower, upper, cold.message});
    }
  }

  /// problem_of(place in the group)
  template <class ProblemOf>
  void save_failed(const StageGroup& group, const ProblemOf& problem_of) {
    constexpr std::size_t most_saved = 20;
    for (std::size_t at = 0; at < group.stages.size(); ++at) {
      if (played_[at].has_failed && result_.failed.size() < most_saved)
        result_.failed.emplace_back(group.stages[at].scenario, problem_of(at));
    }
  }

  /// What the group's scenarios have decided is what their next stages find.
  void close(const StageGroup& group) {
    for (const Stage& stage : group.stages) pasts_.erase(stage.scenario);
    pasts_.merge(pasts_after_);
    pasts_after_.clear();
    played_.clear();
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

  Stressed stressed_;
  const World& world_;
  const std::vector<Scenario>& scenarios_;
  const StressOptions& options_;
  RoundStore* store_;
  Metrics metrics_;
  std::vector<StageGroup> groups_;
  std::optional<Reach> reach_;
  std::map<std::int32_t, optim::ScenarioBounds> bases_;  ///< by start, of the plan
  Pasts pasts_, pasts_after_;                            ///< before the group at hand, and after it
  std::vector<Played> played_;                           ///< by stage of the group at hand
  std::set<std::size_t> disagreeing_;                    ///< scenarios with a stage whose check did not agree
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
  const std::vector<std::int32_t> begins = begins_of(timeline, scenario);
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
