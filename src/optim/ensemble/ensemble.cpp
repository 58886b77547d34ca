// SPDX-License-Identifier: Apache-2.0
#include "optim/ensemble/ensemble.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/ensure.hpp"
#include "core/base/parallel.hpp"
#include "optim/ensemble/near_base.hpp"
#include "optim/ensemble/patched_solver.hpp"
#include "optim/ensemble/pools.hpp"
#include "optim/model/matrix_view.hpp"
#include "optim/solve/scaling.hpp"

namespace pinchpoint::optim {

namespace {

constexpr double largest_violation = 1e-9;  // docs/decisions/0006: feasible to rounding
constexpr double certificate_tolerance = 1e-6;
// A scenario sees what those so far before it left, while the pools have room: far enough for many threads, and for one
// scenario that takes long; near enough that the first serve the next.
constexpr std::size_t lag = 32;
// From so many on a better start is worth half a second more for the base.
constexpr std::size_t many_scenarios = 1000;
// A plan that is good enough stays so when its cost is summed up once more.
constexpr double share_of_tolerance = 0.9;

std::vector<Patch> scaled_all(std::span<const Patch> patches, const Scaling& scaling) {
  std::vector<Patch> all;
  all.reserve(patches.size());
  for (const Patch& patch : patches) all.push_back(scaled(patch, scaling));
  return all;
}

LinearForms scaled_forms(LinearForms forms, const Scaling& scaling) {
  for (std::size_t at = 0; at < forms.weight.size(); ++at)
    forms.weight[at] = std::ldexp(forms.weight[at], scaling.column[static_cast<std::size_t>(forms.column[at])]);
  return forms;
}

/// Bounds that hold in every scenario for all points of a cost of at most `cutoff`.
ImpliedBounds box_of(const Model& model, std::span<const Patch> patches, double cutoff) {
  const Model widest = loosest(model, patches);
  return propagate_bounds(widest, MatrixView(widest), cutoff);
}

/// A cost that the optimum does not exceed; infinite if none is found.
double most_of_optimum(const Model& model, const SolveOptions& options) {
  const Solution solution = optim::solve(model, options);
  if (solution.status != Status::optimal) return infinity;
  const Certificate certificate = certify(model, solution);
  if (certificate.upper_is_proved) return certificate.upper;
  // Feasible to rounding: a millionth more is room for it.
  constexpr double room = 1e-6;
  return certificate.upper + room * std::max(1.0, std::abs(certificate.upper));
}

/// A cost that no scenario's optimum exceeds: that of a point which keeps all of them at once, or, where there is none,
/// the largest of their own; infinite if none is found.
double worst_cost(const Model& model, std::span<const Patch> patches, const SolveOptions& options) {
  const double at_once = most_of_optimum(tightest(model, patches), options);
  if (at_once < infinity) return at_once;
  SolveOptions alone = options;
  alone.threads = 1;
  std::vector<double> most(patches.size() + 1, -infinity);
  most.back() = most_of_optimum(model, alone);
  for_each_index(static_cast<std::size_t>(std::max(1, options.threads)), patches.size(),
                 [&](std::size_t /*thread*/, std::size_t at) {
                   const bool is_stopped = options.interrupt != nullptr && *options.interrupt;
                   most[at] = is_stopped ? infinity : most_of_optimum(patched(model, patches[at]), alone);
                 });
  return *std::max_element(most.begin(), most.end());
}

}  // namespace

const char* to_string(Reached reached) {
  switch (reached) {
    case Reached::base_plan:
      return "base plan";
    case Reached::bound_pool:
      return "bound pool";
    case Reached::warm_solve:
      return "warm solve";
    case Reached::cold_solve:
      return "cold solve";
    case Reached::failed:
      return "failed";
  }
  return "";
}

double ScenarioBounds::gap() const {
  const double difference = upper - lower;
  return difference <= 0 ? 0 : difference / std::max(std::abs(upper), smallest_cost);
}

/// Everything in scaled units.
class Ensemble::State {
 public:
  State(const Model& natural, std::span<const Patch> patches, LinearForms forms, const EnsembleOptions& options)
      : natural_(natural),
        natural_patches_(patches),
        options_(options),
        scaled_(scale(natural)),
        patches_(scaled_all(patches, scaled_.scaling)),
        forms_(scaled_forms(std::move(forms), scaled_.scaling)),
        touched_(scaled_.model, patches_),
        reduction_(Reduction::make(scaled_.model, patches_)),
        box_(box_of(scaled_.model, patches_, infinity)),
        pools_(std::in_place, scaled_.model, touched_, box_, forms_, options_) {
    solve_base();
  }

  /// One scenario, and what of it the pools may keep.
  struct Answer {
    ScenarioBounds bounds;
    Pools::Found found;
    std::unique_ptr<Pools::Member> member;
  };

  /// What one thread works with.
  struct Bench {
    std::unique_ptr<PatchedSolver> solver;
    NearBase proof;
  };

  void solve_base();
  bool solve_base_with(SolveOptions options);
  [[nodiscard]] bool is_base_proved() const {
    return certificate_.holds(certificate_tolerance) || certificate_.holds_to_rounding(certificate_tolerance);
  }
  Answer answer(std::size_t scenario, Bench& bench, const Pools::Sizes& seen) const;
  bool prove(std::size_t scenario, const PatchedEnd& end, Bench& bench, ScenarioBounds& bounds) const;
  void answer_warm(std::size_t scenario, const ResidentSimplex::End& from, bool is_kept, Bench& bench,
                   Answer& answer) const;
  void answer_cold(std::size_t scenario, Answer& answer) const;
  void take_from_pool(const std::vector<Change>& changes, bool is_wanted, const Pools::Sizes& seen,
                      ScenarioBounds& bounds) const;
  [[nodiscard]] bool is_plan_wanted(std::size_t scenario) const {
    return scenario < options_.is_plan_wanted.size() && options_.is_plan_wanted[scenario] != 0;
  }
  [[nodiscard]] Bench open_bench() const;
  template <class IsAsked, class Take>
  void answer_in_turn(std::size_t first, std::size_t count, const IsAsked& is_asked, const Take& take);
  void solve_rounds(std::size_t first, std::size_t end, std::size_t size, const KeepRound& keep);
  void replay_round(std::size_t first, std::span<const std::uint8_t> is_pooled);
  [[nodiscard]] Check check(std::size_t scenario) const;
  [[nodiscard]] Model problem(std::size_t scenario) const { return patched(natural_, natural_patches_[scenario]); }
  [[nodiscard]] ScenarioBounds to_natural(ScenarioBounds bounds) const;

  const Model& natural_;
  std::span<const Patch> natural_patches_;
  EnsembleOptions options_;
  ScaledModel scaled_;
  std::vector<Patch> patches_;
  LinearForms forms_;
  Touched touched_;
  std::optional<Reduction> reduction_;  ///< none if it is not worth it
  ImpliedBounds box_;
  std::optional<Pools> pools_;
  std::vector<Pools::Sizes> sizes_;  ///< of the pools, by how many scenarios were taken
  bool is_ready_ = false;
  std::string message_;
  Certificate certificate_;
  Solution base_;   ///< values and duals of the model
  Solution start_;  ///< of what is solved: the smaller LP, or the model
  ScenarioBounds scaled_base_, base_bounds_;
  std::vector<Bench> benches_;  ///< by thread
};

/// False if the base is not solved and proved. Of many optimal vertices that next to the middle of all optima is the
/// better start: pivots of the world's 1,456 removals 86 thousand from an interior point's, 100 and 111 thousand from
/// those of the general solver's dual simplex and of the own; of 10,000 futures 66 and 89 thousand. It takes longer.
bool Ensemble::State::solve_base_with(SolveOptions options) {
  options.own_methods = false;
  if (patches_.size() >= many_scenarios) options.method = Method::interior_point;
  start_ = optim::solve(reduction_ ? reduction_->model() : scaled_.model, options);
  base_ = start_;
  if (base_.status != Status::optimal) return false;
  if (reduction_) {
    base_.value = reduction_->whole_values({}, start_.value);
    base_.row_dual = reduction_->whole_duals({}, start_.row_dual);
  }
  certificate_ = certify(scaled_.model, base_);
  return is_base_proved();
}

void Ensemble::State::solve_base() {
  SolveOptions options;
  options.threads = options_.threads;
  options.interrupt = options_.interrupt;
  if (!solve_base_with(options) && reduction_) {
    reduction_.reset();
    solve_base_with(options);
  }
  if (base_.status != Status::optimal) {
    message_ = std::string("the base: ") + to_string(base_.status) + " " + base_.message;
    return;
  }
  if (!is_base_proved()) {
    message_ = "the base was solved, but its proof leaves a gap";
    return;
  }
  const Pools::Found found{certificate_.upper_is_proved ? certificate_.repaired : base_.value, base_.row_dual, nullptr};
  std::unique_ptr<Pools::Member> member = pools_->prepare({}, found);
  if (!member->dual) {
    // Some column has no upper bound in the rows alone: costs give it one.
    box_ = box_of(scaled_.model, patches_, worst_cost(scaled_.model, patches_, options));
    pools_.emplace(scaled_.model, touched_, box_, forms_, options_);
    member = pools_->prepare({}, found);
  }
  if (!member->dual) {
    message_ = "columns without an upper bound leave the duals of the base without a bound";
    return;
  }
  pools_->add(std::move(*member));
  sizes_.assign(patches_.size() + 1, pools_->sizes());
  is_ready_ = true;
  scaled_base_ = {certificate_.lower, certificate_.upper, Reached::base_plan, 0, pools_->first_forms(), {}, false, {}};
  base_bounds_ = to_natural(scaled_base_);
}

/// The upper bound first: where it meets the lower one that is known, the duals need no proof. False if the plan does
/// not keep the scenario's rows and bounds.
bool Ensemble::State::prove(std::size_t scenario, const PatchedEnd& end, Bench& bench, ScenarioBounds& bounds) const {
  const Patch& patch = patches_[scenario];
  bounds.iterations += end.iterations;
  bounds.message = end.message;
  if (end.status != Status::optimal) return false;
  const std::vector<double>& value = bench.solver->value();
  const auto [violation, cost] = bench.proof.plan(patch, value);
  const bool is_plan = violation <= largest_violation;
  if (is_plan) {
    bounds.reached = Reached::warm_solve;
    if (cost < bounds.upper) {
      bounds.upper = cost;
      bounds.forms = forms_.of(value);
      if (is_plan_wanted(scenario)) bounds.plan = value;
    }
  }
  if (end.has_duals && (bounds.reached != Reached::warm_solve || bounds.gap() > options_.tolerance))
    bounds.lower = std::max(bounds.lower, bench.proof.lower(patch, bench.solver->row_dual()));
  return is_plan;
}

/// What the pools keep must be an optimum; elsewhere a plan will do that is within the tolerance of the known bound.
void Ensemble::State::answer_warm(std::size_t scenario, const ResidentSimplex::End& from, bool is_kept, Bench& bench,
                                  Answer& answer) const {
  ScenarioBounds& bounds = answer.bounds;
  const bool is_optimum_wanted = is_kept || is_plan_wanted(scenario);
  const double room = share_of_tolerance * options_.tolerance * std::max(std::abs(bounds.lower), smallest_cost);
  const double enough = is_optimum_wanted ? -infinity : bounds.lower + room;
  const auto is_done = [&] { return bounds.reached == Reached::warm_solve && bounds.gap() <= options_.tolerance; };
  bool is_plan = prove(scenario, bench.solver->solve(patches_[scenario], from, enough), bench, bounds);
  if (!is_done()) is_plan = prove(scenario, bench.solver->solve_again(patches_[scenario]), bench, bounds);
  if (is_kept && is_plan) answer.found = {bench.solver->value(), bench.solver->row_dual(), bench.solver->end()};
}

void Ensemble::State::answer_cold(std::size_t scenario, Answer& answer) const {
  ScenarioBounds& bounds = answer.bounds;
  const Model model = patched(scaled_.model, patches_[scenario]);
  SolveOptions options;
  options.threads = 1;
  options.interrupt = options_.interrupt;
  options.own_methods = false;  // another program than the one that bounds scenarios
  const Solution solved = optim::solve(model, options);
  if (solved.status != Status::optimal) {
    bounds.message = std::string("a cold solve says ") + to_string(solved.status) + " " + solved.message;
    bounds.reached = Reached::failed;
    return;
  }
  const Certificate certificate = certify(model, solved);
  bounds.iterations += solved.iterations;
  bounds.lower = std::max(bounds.lower, certificate.lower);
  const bool is_feasible = certificate.upper_is_proved || certificate.primal_violation_scaled <= largest_violation;
  if (is_feasible && certificate.upper < bounds.upper) {
    bounds.upper = certificate.upper;
    bounds.forms = forms_.of(solved.value);
    if (is_plan_wanted(scenario)) bounds.plan = solved.value;
  }
  bounds.reached = bounds.gap() <= options_.tolerance ? Reached::cold_solve : Reached::failed;
  if (bounds.reached == Reached::failed) bounds.message = "solved from nothing, but the proof leaves a gap";
}

void Ensemble::State::take_from_pool(const std::vector<Change>& changes, bool is_wanted, const Pools::Sizes& seen,
                                     ScenarioBounds& bounds) const {
  Pools::Plan plan = pools_->cheapest(changes, is_wanted, seen);
  bounds.upper = plan.cost;
  if (plan.cost == infinity) return;
  bounds.forms = std::move(plan.forms);
  if (is_wanted) bounds.plan = std::move(plan.value);
  if (bounds.gap() <= options_.tolerance) bounds.reached = plan.is_base ? Reached::base_plan : Reached::bound_pool;
}

Ensemble::State::Answer Ensemble::State::answer(std::size_t scenario, Bench& bench, const Pools::Sizes& seen) const {
  Answer answer;
  ScenarioBounds& bounds = answer.bounds;
  const std::vector<Change> changes = touched_.changes(patches_[scenario]);
  const bool is_wanted = is_plan_wanted(scenario);
  if (changes.empty()) {
    bounds = scaled_base_;
    if (is_wanted) bounds.plan = pools_->first_plan();
    return answer;
  }
  const std::vector<double> lower_bounds = pools_->lower_bounds(changes, seen);
  bounds.lower = *std::ranges::max_element(lower_bounds);
  if (!is_wanted) take_from_pool(changes, false, seen, bounds);
  if (bounds.reached != Reached::failed) return answer;
  answer_warm(scenario, pools_->nearest(changes, lower_bounds, seen), pools_->has_room(seen), bench, answer);
  if (bounds.reached != Reached::warm_solve || bounds.gap() > options_.tolerance) answer_cold(scenario, answer);
  if (is_wanted && bounds.plan.empty()) {
    take_from_pool(changes, true, seen, bounds);
    bounds.reached = Reached::failed;
  }
  if (bounds.reached == Reached::warm_solve && !answer.found.value.empty())
    answer.member = pools_->prepare(changes, answer.found);
  return answer;
}

/// What scenarios are compared with is the base as this solver has it, for the rounding of others would differ all
/// over.
Ensemble::State::Bench Ensemble::State::open_bench() const {
  auto solver = reduction_ ? open_patched_solver(*reduction_, start_, options_.interrupt)
                           : open_patched_solver(scaled_.model, start_, options_.interrupt);
  const bool is_known = solver->solve(Patch{}).status == Status::optimal;
  NearBase proof(scaled_.model, box_, is_known ? solver->value() : base_.value,
                 is_known ? solver->row_dual() : base_.row_dual);
  return {std::move(solver), std::move(proof)};
}

/// Scenarios first … first+count-1 that are asked for, in turn: take(place, bounds, is pooled).
template <class IsAsked, class Take>
void Ensemble::State::answer_in_turn(std::size_t first, std::size_t count, const IsAsked& is_asked, const Take& take) {
  const auto threads = static_cast<std::size_t>(std::max(1, options_.threads));
  while (benches_.size() < threads) benches_.push_back(open_bench());
  std::vector<Answer> answers(count);
  const std::size_t ahead = pools_->has_room(sizes_[first]) ? lag : count + 1;
  for_each_in_turn(
      threads, count, ahead,
      [&](std::size_t thread, std::size_t at, std::size_t taken) {
        const bool is_stopped = options_.interrupt != nullptr && *options_.interrupt;
        if (!is_asked(at) || is_stopped) return;
        const std::size_t scenario = first + at;
        const std::size_t before = scenario < lag ? 0 : scenario - lag + 1;
        answers[at] = answer(scenario, benches_[thread], sizes_[std::min(before, first + taken)]);
      },
      [&](std::size_t at) {
        Answer done = std::move(answers[at]);
        const bool is_pooled = done.member && pools_->has_room(sizes_[first + at]);
        if (is_pooled) pools_->add(std::move(*done.member));
        sizes_[first + at + 1] = pools_->sizes();
        take(at, std::move(done.bounds), is_pooled);
        return pools_->has_room(sizes_[first + at + 1]);
      });
}

void Ensemble::State::solve_rounds(std::size_t first, std::size_t end, std::size_t size, const KeepRound& keep) {
  std::vector<ScenarioBounds> round;
  answer_in_turn(
      first, end - first, [](std::size_t) { return true; },
      [&](std::size_t at, ScenarioBounds bounds, bool is_pooled) {
        bounds.is_pooled = is_pooled;
        round.push_back(to_natural(std::move(bounds)));
        const std::size_t next = first + at + 1;
        const std::size_t begin = next - round.size();
        if (round.size() == size || next == end) keep(begin, std::exchange(round, {}));
      });
}

void Ensemble::State::replay_round(std::size_t first, std::span<const std::uint8_t> is_pooled) {
  answer_in_turn(
      first, is_pooled.size(), [&](std::size_t at) { return is_pooled[at] != 0; },
      [&](std::size_t at, const ScenarioBounds&, bool is_pooled_again) {
        ensure(is_pooled_again == (is_pooled[at] != 0), "a pooled scenario is solved the same way again");
      });
}

Ensemble::Check Ensemble::State::check(std::size_t scenario) const {
  const Model model = patched(scaled_.model, patches_[scenario]);
  SolveOptions options;
  options.threads = options_.threads;
  options.interrupt = options_.interrupt;
  options.own_methods = false;  // another program than the one that bounds scenarios
  const Solution solved = optim::solve(model, options);
  Check check;
  check.message = solved.message;
  if (solved.status != Status::optimal) return check;
  const Certificate certificate = certify(model, solved);
  check.is_certified = certificate.holds(certificate_tolerance) || certificate.holds_to_rounding(certificate_tolerance);
  check.lower = std::ldexp(certificate.lower, -scaled_.scaling.objective);
  check.upper = std::ldexp(certificate.upper, -scaled_.scaling.objective);
  return check;
}

ScenarioBounds Ensemble::State::to_natural(ScenarioBounds bounds) const {
  bounds.lower = std::ldexp(bounds.lower, -scaled_.scaling.objective);
  bounds.upper = std::ldexp(bounds.upper, -scaled_.scaling.objective);
  for (std::size_t column = 0; column < bounds.plan.size(); ++column)
    bounds.plan[column] = std::ldexp(bounds.plan[column], scaled_.scaling.column[column]);
  return bounds;
}

Ensemble::Ensemble(const Model& model, std::span<const Patch> patches, LinearForms forms,
                   const EnsembleOptions& options)
    : state_(std::make_unique<State>(model, patches, std::move(forms), options)) {
  ensure(!model.has_integers(), "an ensemble is of an LP");
}
Ensemble::~Ensemble() = default;

bool Ensemble::is_ready() const { return state_->is_ready_; }
const std::string& Ensemble::base_message() const { return state_->message_; }
const Certificate& Ensemble::base_certificate() const { return state_->certificate_; }
const ScenarioBounds& Ensemble::base() const { return state_->base_bounds_; }
void Ensemble::solve_rounds(std::size_t first, std::size_t end, std::size_t size, const KeepRound& keep) {
  state_->solve_rounds(first, end, size, keep);
}
void Ensemble::replay_round(std::size_t first, std::span<const std::uint8_t> is_pooled) {
  state_->replay_round(first, is_pooled);
}
Ensemble::Check Ensemble::check(std::size_t scenario) const { return state_->check(scenario); }
Model Ensemble::problem(std::size_t scenario) const { return state_->problem(scenario); }

}  // namespace pinchpoint::optim
