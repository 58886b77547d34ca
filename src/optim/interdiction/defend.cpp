// SPDX-License-Identifier: Apache-2.0
#include "optim/interdiction/defend.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "core/base/ensure.hpp"
#include "optim/interdiction/defence/defence_master.hpp"
#include "optim/interdiction/defence/defended_model.hpp"
#include "optim/interdiction/follower/patched_lp.hpp"
#include "optim/solve/solver.hpp"

namespace pinchpoint::optim {

namespace {

// Of the gap that is asked for, for each attack.
constexpr double share_of_gap = 0.8;

// The master's cuts and the sets' values agree to this, relative to the values.
constexpr double agree_tolerance = 1e-7;

void check_defence(const DefenceProblem& problem) {
  ensure(problem.attack.no_answer == NoAnswer::endless_loss,
         "a defence where sets without an answer are forbidden could allow the leader more");
  for (const Defence& defence : problem.defences) {
    ensure(defence.cost > 0 && std::isfinite(defence.cost), "a defence's cost is not above 0");
    for (const std::int32_t target : defence.protects) {
      ensure(target >= 0 && static_cast<std::size_t>(target) < problem.attack.targets.size(),
             "a defence protects a target that does not exist");
    }
    for (const std::vector<Relief>* reliefs : {&defence.columns, &defence.rows}) {
      for (const Relief& relief : *reliefs) {
        ensure(std::isfinite(relief.lower) && std::isfinite(relief.upper) && relief.lower <= 0 && relief.upper >= 0,
               "relief is finite, and never tightens");
      }
    }
  }
}

class DefenceSearch {
 public:
  DefenceSearch(const DefenceProblem& problem, const AttackOptions& options)
      : problem_(problem), options_(options), begin_(std::chrono::steady_clock::now()) {}

  DefencePlan run() {
    const std::vector<std::int32_t> all = all_defences(problem_);
    const Solution best = solve(relieved_model(problem_, all), {.method = Method::simplex});
    if (problem_.attack.base.status != Status::optimal || best.status != Status::optimal) {
      plan_.status = AttackStatus::no_answer;
      return plan_;
    }
    least_ = best.objective;
    DefenceMaster master(problem_, least_);
    plan_.undefended = attack_against({}, master);
    std::vector<std::int32_t> bought;
    while (!is_done() && choose(master, bought)) try_out(bought, master);
    finish();
    return plan_;
  }

 private:
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
  }
  [[nodiscard]] double seconds_left() const { return std::max(0.0, options_.time_limit - seconds()); }
  [[nodiscard]] double tolerance() const {
    return agree_tolerance * std::max({1.0, std::abs(least_), std::abs(plan_.undefended.base)});
  }
  [[nodiscard]] double loss() const {
    // Where nothing bought leaves a set without an answer, the defended loss is all there is to measure by.
    const double worst = std::isfinite(plan_.undefended.upper) ? plan_.undefended.upper : plan_.upper;
    return worst - plan_.undefended.base;
  }
  [[nodiscard]] bool is_done() const {
    const bool is_interrupted = options_.interrupt != nullptr && options_.interrupt->load();
    const bool is_closed =
        std::isfinite(plan_.upper) && plan_.upper - plan_.lower <= options_.relative_gap * loss() + tolerance();
    return is_stuck_ || is_closed || is_interrupted || seconds() > options_.time_limit || !plan_.message.empty();
  }

  bool choose(const DefenceMaster& master, std::vector<std::int32_t>& bought) {
    ++plan_.rounds;
    const DefenceMaster::Choice choice = master.choose(options_, seconds_left());
    plan_.message = choice.failure;
    if (choice.is_stopped) {
      plan_.lower = std::max(plan_.lower, choice.bound);
      return false;
    }
    if (!choice.is_feasible) {
      is_endless_ = choice.failure.empty();
      return false;
    }
    plan_.lower = std::max(plan_.lower, choice.bound);
    value_ = choice.value;
    bought = choice.bought;
    return true;
  }

  /// Sets that were worst before come first: a cut of one of them saves a search.
  void try_out(const std::vector<std::int32_t>& bought, DefenceMaster& master) {
    const Model model = relieved_model(problem_, bought);
    const Solution base = solve(model, {.method = Method::simplex});
    const std::unique_ptr<PatchedLp> lp = open_patched_lp(model, base);
    bool is_cut = false;
    for (const std::vector<std::int32_t>& known : known_) is_cut = add_cut(bought, known, *lp, model, master) || is_cut;
    if (is_cut) return;
    const Attack attack = attack_against(bought, master);
    // Nothing more to learn of this choice: what is left is the attack's own gap.
    is_stuck_ = attack.lower <= value_ + tolerance();
  }

  /// True if the cut raises the master's value at `bought`.
  bool add_cut(const std::vector<std::int32_t>& bought, const std::vector<std::int32_t>& lost, PatchedLp& lp,
               const Model& model, DefenceMaster& master) {
    const std::vector<std::uint8_t> is_protected = protected_targets(problem_, bought);
    std::vector<std::int32_t> left;
    for (const std::int32_t target : lost) {
      if (is_protected[static_cast<std::size_t>(target)] == 0) left.push_back(target);
    }
    const Patch patch = combine_patches(model, problem_.attack.targets, left);
    Solution solution;
    solution.status = Status::infeasible;
    if (!is_crossed(patch)) solution = lp.solve(patch, {.time_limit = seconds_left(), .interrupt = options_.interrupt});
    if (solution.status == Status::infeasible) {
      master.require_more_than(bought);
      return true;
    }
    if (solution.status != Status::optimal || solution.objective <= value_ + tolerance()) return false;
    master.add_cut(bought, left, solution);
    return true;
  }

  Attack attack_against(const std::vector<std::int32_t>& bought, DefenceMaster& master) {
    ++plan_.attacks;
    const Model model = relieved_model(problem_, bought);
    const std::vector<std::uint8_t> is_protected = protected_targets(problem_, bought);
    AttackProblem problem = problem_.attack;
    problem.model = &model;
    problem.base = solve(model, {.method = Method::simplex});
    problem.targets.clear();
    std::vector<std::int32_t> original;
    for (std::size_t at = 0; at < is_protected.size(); ++at) {
      if (is_protected[at] != 0) continue;
      problem.targets.push_back(problem_.attack.targets[at]);
      original.push_back(static_cast<std::int32_t>(at));
    }
    AttackOptions options = options_;
    options.time_limit = seconds_left();
    // The master takes a share of the gap, too.
    options.relative_gap *= share_of_gap;
    Attack attack = find_attack(problem, options);
    for (std::int32_t& target : attack.chosen) target = original[static_cast<std::size_t>(target)];
    learn(bought, attack, model, problem.base, master);
    return attack;
  }

  void learn(const std::vector<std::int32_t>& bought, const Attack& attack, const Model& model, const Solution& base,
             DefenceMaster& master) {
    if (attack.upper < plan_.upper) {
      plan_.upper = attack.upper;
      plan_.bought = bought;
      plan_.worst = attack;
    }
    known_.push_back(attack.chosen);
    const double before = value_;
    value_ = -infinity;
    (void)add_cut(bought, attack.chosen, *open_patched_lp(model, base), model, master);
    value_ = before;
  }

  void finish() {
    plan_.seconds = seconds();
    if (is_endless_) {
      plan_.status = AttackStatus::endless;
      return;
    }
    const double distance = std::max(0.0, plan_.upper - plan_.lower);
    plan_.gap = loss() <= tolerance() ? 0 : distance / loss();
    const bool is_closed = distance <= options_.relative_gap * loss() + tolerance();
    plan_.status = is_closed ? AttackStatus::optimal : AttackStatus::limit_reached;
    if (!plan_.message.empty()) plan_.status = AttackStatus::failed;
  }

  const DefenceProblem& problem_;
  const AttackOptions& options_;
  std::chrono::steady_clock::time_point begin_;
  DefencePlan plan_;
  std::vector<std::vector<std::int32_t>> known_;
  double least_ = -infinity;
  double value_ = -infinity;
  bool is_stuck_ = false;
  bool is_endless_ = false;
};

}  // namespace

DefencePlan find_defence(const DefenceProblem& problem, const AttackOptions& options) {
  check_defence(problem);
  return DefenceSearch(problem, options).run();
}

}  // namespace pinchpoint::optim
