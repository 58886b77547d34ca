// SPDX-License-Identifier: Apache-2.0
#include "optim/stochastic/l_shaped.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

#include "core/base/ensure.hpp"
#include "optim/ensemble/plan_pool.hpp"
#include "optim/ensemble/touched.hpp"
#include "optim/solve/certificate.hpp"
#include "optim/stochastic/dual_cuts.hpp"
#include "optim/stochastic/extensive_form.hpp"
#include "optim/stochastic/implied_box.hpp"
#include "optim/stochastic/master.hpp"
#include "optim/stochastic/recourse_solver.hpp"
#include "optim/stochastic/scaled_problem.hpp"

namespace pinchpoint::optim {

namespace {

constexpr double largest_violation = 1e-9;
constexpr double least_certified = 1e-6;
constexpr std::int32_t least_columns_for_floors = 100;
constexpr std::size_t most_duals = 512;  // a recourse; the latest are kept

double relative_gap(double lower, double upper) {
  const double difference = upper - lower;
  if (std::isnan(difference)) return infinity;
  return difference <= 0 ? 0 : difference / std::max(std::abs(upper), std::numeric_limits<double>::min());
}

std::vector<double> probabilities_of(const TwoStageProblem& problem) {
  std::vector<double> list;
  for (const Future& future : problem.futures) list.push_back(future.probability);
  return list;
}

/// Largest |x_j| that a bound allows.
std::vector<double> sizes_of(const ImpliedBounds& box) {
  std::vector<double> sizes;
  for (std::size_t at = 0; at < box.lower.size(); ++at)
    sizes.push_back(std::max(std::abs(box.lower[at]), std::abs(box.upper[at])));
  return sizes;
}

}  // namespace

double TwoStageSolution::gap() const { return relative_gap(lower, upper); }

/// One recourse with the futures that lead to it.
struct RecourseGroup {
  std::vector<std::size_t> futures;
  DualCuts cuts;
  RecourseSolver solver;
};

/// Everything in scaled units.
class LShaped::State {
 public:
  State(const TwoStageProblem& natural, const Risk& risk, LShapedOptions options)
      : scaled_(scale(natural)),
        problem_(scaled_.problem),
        risk_(risk),
        options_(std::move(options)),
        probabilities_(probabilities_of(problem_)),
        master_(problem_, risk) {
    for (std::size_t at = 0; at < problem_.recourses.size(); ++at) {
      ensure(!problem_.recourses[at].model.has_integers(), "the recourse of an L-shaped problem has no integers");
      std::vector<std::size_t> futures;
      for (std::size_t future = 0; future < problem_.futures.size(); ++future) {
        const Future& row = problem_.futures[future];
        if (row.recourse == static_cast<std::int32_t>(at) && row.probability > 0) futures.push_back(future);
      }
      const auto number = static_cast<std::int32_t>(at);
      groups_.push_back(std::make_unique<RecourseGroup>(
          RecourseGroup{futures, DualCuts(problem_, number, futures),
                        RecourseSolver(problem_, number, futures, options_.threads, options_.interrupt)}));
    }
  }

  TwoStageSolution solve();
  Evaluation evaluate_natural(const std::vector<double>& first);
  Between best_knowing(std::size_t future, double tolerance, int iterations);

 private:
  /// What was learnt of a future at a point.
  struct Learnt {
    RecourseAnswer answer;
    Cut own;
    bool has_cut = false;
  };

  [[nodiscard]] bool is_over() const;
  [[nodiscard]] std::vector<double> first_point();
  void find_boxes(double upper);
  std::vector<Learnt> learn(const std::vector<double>& first);
  Learnt learn_from(RecourseGroup& group, std::size_t place, RecourseAnswer answer, const std::vector<double>& first);
  void learn_group(RecourseGroup& group, const std::vector<double>& first, std::vector<Learnt>& learnt);
  Learnt learn_one(std::size_t future, const std::vector<double>& first);
  [[nodiscard]] Between cost_in(std::size_t future, const std::vector<double>& first, const Learnt& learnt) const;
  [[nodiscard]] Evaluation natural(Evaluation evaluation) const;
  [[nodiscard]] Evaluation judge(const std::vector<double>& first, const std::vector<Learnt>& learnt) const;
  std::size_t add_cuts(const std::vector<Learnt>& learnt, const std::vector<double>& first,
                       const std::vector<double>& outer);
  std::size_t add_pooled(RecourseGroup& group, const std::vector<double>& outer, std::vector<double>& known);
  bool add_floors(bool to_all);
  void add_joint_floors();
  [[nodiscard]] bool are_cuts_proved() const;
  [[nodiscard]] bool is_whole(const std::vector<double>& first) const;
  void visit(const std::vector<double>& first, const std::vector<double>& outer);
  bool search(bool with_integers);
  [[nodiscard]] std::vector<double> between(const std::vector<double>& outer, double level) const;
  [[nodiscard]] TwoStageSolution report(Status status);

  ScaledTwoStage scaled_;
  const TwoStageProblem& problem_;
  Risk risk_;
  LShapedOptions options_;
  std::vector<double> probabilities_;
  Master master_;
  std::vector<std::unique_ptr<RecourseGroup>> groups_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  TwoStageSolution best_;        ///< scaled
  std::vector<double> relaxed_;  ///< best point, integers broken
  double relaxed_upper_ = infinity;
  bool is_proved_ = true;
  std::size_t added_ = 0;  ///< cuts of the last visit
};

bool LShaped::State::is_over() const {
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin_;
  return (options_.interrupt != nullptr && *options_.interrupt) || passed.count() > options_.time_limit;
}

/// The likeliest future alone says where to begin.
std::vector<double> LShaped::State::first_point() {
  if (!options_.start.empty()) return scaled_.scaled_first(options_.start);
  const auto likeliest = std::max_element(probabilities_.begin(), probabilities_.end()) - probabilities_.begin();
  SolveOptions options;
  options.threads = options_.threads;
  options.interrupt = options_.interrupt;
  const Solution solution = optim::solve(extensive_form(alone(problem_, static_cast<std::size_t>(likeliest))), options);
  if (!solution.has_values || solution.status != Status::optimal) {
    best_.status = solution.status;
    best_.message = solution.message;
    return {};
  }
  std::vector<double> first(solution.value.begin(), solution.value.begin() + problem_.first.column_count());
  for (std::size_t at = 0; at < first.size(); ++at) {
    if (problem_.first.is_integer[at] != 0) first[at] = std::round(first[at]);
  }
  return first;
}

/// Ranges of columns for points that are no worse than the best one known; where there are none yet, for all points.
void LShaped::State::find_boxes(double upper) {
  for (std::size_t at = 0; at < groups_.size(); ++at) {
    const JointBox box = implied_box(problem_, static_cast<std::int32_t>(at), upper);
    groups_[at]->cuts.set_box(box.recourse.lower, box.recourse.upper, sizes_of(box.first));
  }
}

void LShaped::State::learn_group(RecourseGroup& group, const std::vector<double>& first, std::vector<Learnt>& learnt) {
  std::vector<std::size_t> places(group.futures.size());
  std::iota(places.begin(), places.end(), std::size_t{0});
  std::vector<RecourseAnswer> answers = group.solver.solve(first, places);
  best_.recourse_solves += static_cast<std::int64_t>(answers.size());
  for (const std::size_t place : places)
    learnt[group.futures[place]] = learn_from(group, place, std::move(answers[place]), first);
}

/// The cut of an answer's own duals.
LShaped::State::Learnt LShaped::State::learn_from(RecourseGroup& group, std::size_t place, RecourseAnswer answer,
                                                  const std::vector<double>& first) {
  Learnt here;
  here.answer = std::move(answer);
  if (here.answer.row_dual.empty()) return here;
  const bool is_optimal = here.answer.status == Status::optimal;
  here.own = group.cuts.cut(group.cuts.add(group.cuts.cleaned(here.answer.row_dual, place), is_optimal), place);
  if (!is_optimal && !(here.own.at(first) > 0)) {
    // A solver's ray may point the other way.
    for (double& dual : here.answer.row_dual) dual = -dual;
    here.own = group.cuts.cut(group.cuts.add(group.cuts.cleaned(here.answer.row_dual, place), false), place);
  }
  here.has_cut = here.own.constant > -infinity;
  return here;
}

std::vector<LShaped::State::Learnt> LShaped::State::learn(const std::vector<double>& first) {
  std::vector<Learnt> learnt(problem_.futures.size());
  for (const auto& group : groups_) {
    if (!group->futures.empty()) learn_group(*group, first, learnt);
  }
  return learnt;
}

/// c'x + Q(x) in one future.
Between LShaped::State::cost_in(std::size_t at, const std::vector<double>& first, const Learnt& learnt) const {
  const Future& future = problem_.futures[at];
  SafeSum own;
  own.add(problem_.first.offset);
  const std::vector<double>& cost = first_cost_of(problem_, future);
  for (std::size_t column = 0; column < first.size(); ++column) own.add(cost[column] * first[column]);
  Between sum{own.value - own.error(), own.value + own.error()};
  if (future.recourse < 0) return sum;
  const bool is_solved = learnt.answer.status == Status::optimal && learnt.has_cut;
  sum.lower += is_solved ? learnt.own.least_at(first) : -infinity;
  sum.upper += learnt.answer.upper;
  return sum;
}

Evaluation LShaped::State::judge(const std::vector<double>& first, const std::vector<Learnt>& learnt) const {
  Evaluation evaluation;
  evaluation.is_feasible = violation_of(problem_.first.matrix, Sides(problem_.first), first) <= largest_violation;
  if (!evaluation.is_feasible) evaluation.message = "the point violates a row of the first stage";
  std::vector<double> lower, upper;
  for (std::size_t at = 0; at < learnt.size(); ++at) {
    const Future& future = problem_.futures[at];
    FutureCost here;
    here.cost = cost_in(at, first, learnt[at]);
    const double tolerance = std::max(least_certified, options_.tolerance);
    here.is_certified = relative_gap(here.cost.lower, here.cost.upper) <= tolerance;
    if (future.probability > 0 && here.cost.upper == infinity) {
      if (evaluation.is_feasible)
        evaluation.message = std::string(to_string(learnt[at].answer.status)) + " in a future";
      evaluation.is_feasible = false;
    }
    lower.push_back(here.cost.lower);
    upper.push_back(here.cost.upper);
    evaluation.futures.push_back(here);
  }
  evaluation.risk = {risk_of(risk_, lower, probabilities_), risk_of(risk_, upper, probabilities_)};
  return evaluation;
}

/// Duals of other futures where they say more at `outer` than all cuts of a future do.
std::size_t LShaped::State::add_pooled(RecourseGroup& group, const std::vector<double>& outer,
                                       std::vector<double>& known) {
  const std::vector<double> slopes = group.cuts.slopes_at(outer);
  std::size_t added = 0;
  for (std::size_t place = 0; place < group.futures.size(); ++place) {
    double& value = known[group.futures[place]];
    double most = value + options_.tolerance * std::max(1e-3, std::abs(value));
    std::size_t member = group.cuts.size();
    for (std::size_t at = 0; at < group.cuts.size(); ++at) {
      if (!group.cuts.has_cost(at)) continue;
      const double here = group.cuts.value_at(at, place, outer) + slopes[at];
      if (!(here > most)) continue;
      most = here;
      member = at;
    }
    if (member == group.cuts.size()) continue;
    Cut cut = group.cuts.cut(member, place);
    if (cut.constant == -infinity) continue;
    value = most;
    master_.add(group.futures[place], true, std::move(cut));
    ++added;
  }
  return added;
}

std::size_t LShaped::State::add_cuts(const std::vector<Learnt>& learnt, const std::vector<double>& first,
                                     const std::vector<double>& outer) {
  const std::vector<double> known = master_.values_at(first);
  std::size_t added = 0;
  for (std::size_t at = 0; at < learnt.size(); ++at) {
    const Learnt& here = learnt[at];
    if (!here.has_cut) continue;
    const bool is_optimality = here.answer.status == Status::optimal;
    const double value = here.own.at(first);
    // What rounding alone would make.
    const double least = 1e-12 * std::max(1.0, std::abs(value));
    if (is_optimality ? value <= known[at] + least : value <= 0) continue;
    master_.add(at, is_optimality, here.own);
    ++added;
  }
  std::vector<double> known_outer = master_.values_at(outer);
  std::size_t pooled = 0;
  for (const auto& group : groups_) {
    if (!group->futures.empty()) pooled += add_pooled(*group, outer, known_outer);
    group->cuts.keep_last(most_duals);
  }
  best_.pooled_cuts += pooled;
  best_.cuts += added + pooled;
  return added + pooled;
}

/// A future without any cut gets a bound of its best cost if it were known: the problem of it alone. `to_all`: the
/// others do, too.
bool LShaped::State::add_floors(bool to_all) {
  const std::vector<double> known = master_.values_at(std::vector<double>(problem_.first.cost.size(), 0));
  for (std::size_t at = 0; at < known.size(); ++at) {
    const Future& future = problem_.futures[at];
    if (future.recourse < 0 || future.probability <= 0 || is_over()) continue;
    if (!to_all && (known[at] > -infinity || recourse_floor(problem_, future) > -infinity)) continue;
    Model model = extensive_form(alone(problem_, at));
    std::fill(model.is_integer.begin(), model.is_integer.end(), std::uint8_t{0});
    const Solution solution = optim::solve(model);
    if (solution.status != Status::optimal) {
      best_.status = solution.status;
      best_.message = std::string("one future alone is ") + to_string(solution.status);
      return false;
    }
    master_.add_floor(at, certify(model, solution).lower);
  }
  return true;
}

/// Solves all futures at `first`, keeps it if it is the best so far, and adds cuts.
void LShaped::State::visit(const std::vector<double>& first, const std::vector<double>& outer) {
  const std::vector<Learnt> learnt = learn(first);
  Evaluation evaluation = judge(first, learnt);
  if (evaluation.is_feasible && evaluation.risk.upper < relaxed_upper_) {
    relaxed_upper_ = evaluation.risk.upper;
    relaxed_ = first;
  }
  if (evaluation.is_feasible && is_whole(first) && evaluation.risk.upper < best_.upper) {
    best_.upper = evaluation.risk.upper;
    best_.first = first;
    best_.evaluation = std::move(evaluation);
  }
  added_ = add_cuts(learnt, first, outer);
}

/// No future of a recourse costs less than its loosest: one problem a recourse, worth many masters where the first
/// stage is wide.
void LShaped::State::add_joint_floors() {
  if (problem_.first.column_count() < least_columns_for_floors) return;
  SolveOptions options;
  options.threads = options_.threads;
  options.interrupt = options_.interrupt;
  for (std::size_t at = 0; at < groups_.size(); ++at) {
    if (is_over()) return;
    const ScaledModel joint = scale(joint_model(problem_, static_cast<std::int32_t>(at)));
    const Solution solution = optim::solve(joint.model, options);
    if (solution.status != Status::optimal) continue;
    const double floor = std::ldexp(certify(joint.model, solution).lower, -joint.scaling.objective);
    for (const std::size_t future : groups_[at]->futures) {
      if (floor > -infinity) master_.add_floor(future, floor);
    }
  }
}

bool LShaped::State::is_whole(const std::vector<double>& first) const {
  for (std::size_t at = 0; at < first.size(); ++at) {
    if (problem_.first.is_integer[at] != 0 && first[at] != std::round(first[at])) return false;
  }
  return true;
}

std::vector<double> LShaped::State::between(const std::vector<double>& outer, double level) const {
  if (relaxed_.empty() || level <= 0) return outer;
  std::vector<double> point(outer.size());
  for (std::size_t at = 0; at < point.size(); ++at) point[at] = outer[at] + level * (relaxed_[at] - outer[at]);
  return point;
}

/// True if the gap closed.
bool LShaped::State::search(bool with_integers) {
  double level = with_integers ? 0 : options_.level;
  SolveOptions options;
  options.threads = options_.threads;
  options.interrupt = options_.interrupt;
  options.relative_gap = options_.tolerance / 4;
  double bound = -infinity;
  for (; best_.iterations < options_.iterations && !is_over(); ++best_.iterations) {
    Master::Point point = master_.solve(options, with_integers);
    if (point.status == Status::unbounded && add_floors(true)) point = master_.solve(options, with_integers);
    if (point.status != Status::optimal) {
      best_.status = point.status;
      best_.message = point.message;
      return false;
    }
    const double before = bound;
    bound = std::max(bound, point.lower);
    if (point.lower > best_.lower) {
      best_.lower = point.lower;
      is_proved_ = point.is_proved;
    }
    const double reach = with_integers ? best_.upper : relaxed_upper_;
    if (options_.on_progress)
      options_.on_progress(best_.iterations, scaled_.natural_cost(best_.lower), scaled_.natural_cost(best_.upper));
    if (relative_gap(bound, reach) <= options_.tolerance) return true;
    // Where the bound stands still, futures are solved nearer to the master's optimum.
    const bool is_slow = bound - before < 0.05 * (reach - before);
    if (is_slow) level *= 0.7;
    visit(between(point.first, level), point.first);
    if (added_ > 0) continue;
    if (level == 0) break;
    level = 0;
  }
  return relative_gap(bound, with_integers ? best_.upper : relaxed_upper_) <= options_.tolerance;
}

TwoStageSolution LShaped::State::solve() {
  const std::vector<double> first = first_point();
  if (first.empty() && !problem_.first.cost.empty()) return report(best_.status);
  find_boxes(infinity);
  visit(first, first);
  if (!add_floors(false)) return report(best_.status);
  // A cost known to be possible bounds what had no bound.
  if (relaxed_upper_ < infinity) find_boxes(relaxed_upper_);
  if (relaxed_upper_ < infinity && !are_cuts_proved()) {
    // The same cuts again, proved.
    for (const auto& group : groups_) group->cuts.keep_last(0);
    master_.clear();
    visit(first, first);
    if (!add_floors(false)) return report(best_.status);
  }
  add_joint_floors();
  best_.status = Status::limit_reached;
  bool is_closed = search(false);
  if (problem_.first.has_integers()) is_closed = search(true);
  if (is_closed) return report(Status::optimal);
  return report(best_.status);
}

bool LShaped::State::are_cuts_proved() const {
  return std::all_of(master_.rows().begin(), master_.rows().end(),
                     [](const Master::Row& row) { return row.cut.is_proved; });
}

Evaluation LShaped::State::natural(Evaluation evaluation) const {
  const auto unscaled = [this](Between cost) {
    return Between{scaled_.natural_cost(cost.lower), scaled_.natural_cost(cost.upper)};
  };
  evaluation.risk = unscaled(evaluation.risk);
  for (FutureCost& future : evaluation.futures) future.cost = unscaled(future.cost);
  return evaluation;
}

TwoStageSolution LShaped::State::report(Status status) {
  TwoStageSolution natural = best_;
  natural.status = status;
  natural.first = scaled_.natural_first(best_.first);
  natural.lower = scaled_.natural_cost(best_.lower);
  natural.upper = scaled_.natural_cost(best_.upper);
  natural.lower_is_proved = is_proved_;
  natural.evaluation = this->natural(best_.evaluation);
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin_;
  natural.seconds = passed.count();
  return natural;
}

Evaluation LShaped::State::evaluate_natural(const std::vector<double>& first) {
  const std::vector<double> point = scaled_.scaled_first(first);
  return natural(judge(point, learn(point)));
}

Between LShaped::State::best_knowing(std::size_t future, double tolerance, int iterations) {
  const TwoStageProblem one = alone(problem_, future);
  Master master(one, {});
  bool has_cut = false;
  for (const Master::Row& row : master_.rows()) {
    if (row.future != future) continue;
    master.add(0, row.is_optimality, row.cut);
    has_cut = has_cut || row.is_optimality;
  }
  if (master_.floor_of(future) > -infinity) {
    master.add_floor(0, master_.floor_of(future));
    has_cut = true;
  }
  const bool is_relaxed = problem_.first.has_integers();
  Between best;
  std::vector<double> best_first = best_.first;
  if (!best_.evaluation.futures.empty()) best.upper = best_.evaluation.futures[future].cost.upper;
  if (one.futures.front().recourse >= 0 && !has_cut) return {-infinity, scaled_.natural_cost(best.upper)};
  SolveOptions options;
  options.threads = options_.threads;
  options.interrupt = options_.interrupt;
  for (int iteration = 0; iteration < iterations && !is_over(); ++iteration) {
    const Master::Point outer = master.solve(options, false);
    if (outer.status != Status::optimal) break;
    best.lower = std::max(best.lower, outer.lower);
    if (relative_gap(best.lower, best.upper) <= tolerance) break;
    const Learnt learnt = learn_one(future, outer.first);
    const double cost = cost_in(future, outer.first, learnt).upper;
    if (!is_relaxed || is_whole(outer.first)) best.upper = std::min(best.upper, cost);
    if (learnt.has_cut) master.add(0, learnt.answer.status == Status::optimal, learnt.own);
    if (relative_gap(best.lower, best.upper) <= tolerance || !learnt.has_cut) break;
  }
  return {scaled_.natural_cost(best.lower), scaled_.natural_cost(best.upper)};
}

/// One future at a point.
LShaped::State::Learnt LShaped::State::learn_one(std::size_t future, const std::vector<double>& first) {
  const std::int32_t recourse = problem_.futures[future].recourse;
  if (recourse < 0) return {};
  RecourseGroup& group = *groups_[static_cast<std::size_t>(recourse)];
  const auto place =
      static_cast<std::size_t>(std::find(group.futures.begin(), group.futures.end(), future) - group.futures.begin());
  std::vector<RecourseAnswer> answer = group.solver.solve(first, {place});
  ++best_.recourse_solves;
  return learn_from(group, place, std::move(answer.front()), first);
}

LShaped::LShaped(const TwoStageProblem& problem, const Risk& risk, LShapedOptions options)
    : state_(std::make_unique<State>(problem, risk, std::move(options))) {}
LShaped::~LShaped() = default;
TwoStageSolution LShaped::solve() { return state_->solve(); }
Evaluation LShaped::evaluate(const std::vector<double>& first) { return state_->evaluate_natural(first); }
Between LShaped::best_knowing(std::size_t future, double tolerance, int iterations) {
  return state_->best_knowing(future, tolerance, iterations);
}

}  // namespace pinchpoint::optim
