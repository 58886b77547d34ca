// SPDX-License-Identifier: Apache-2.0
#include "optim/stochastic/l_shaped.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

#include "core/base/parallel.hpp"
#include "optim/ensemble/plan_pool.hpp"
#include "optim/ensemble/touched.hpp"
#include "optim/stochastic/l_shaped_state.hpp"

namespace pinchpoint::optim {

namespace {

constexpr double largest_violation = 1e-9;
constexpr double least_certified = 1e-6;
// A pooled dual becomes a cut where it says this share of the tolerance more than the future's own cuts do.
constexpr double worth_a_row = 0.01;
constexpr std::size_t most_duals = 512;  // a recourse; the latest are kept

}  // namespace

double TwoStageSolution::gap() const { return relative_gap(lower, upper); }

bool LShaped::State::is_over() const {
  return (options_.interrupt != nullptr && *options_.interrupt) || seconds_left() <= 0;
}

double LShaped::State::seconds_left() const {
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin_;
  return std::max(0.0, options_.time_limit - passed.count());
}

void LShaped::State::learn_group(RecourseGroup& group, const std::vector<double>& first, int threads,
                                 std::vector<Learnt>& learnt) {
  std::vector<std::size_t> places(group.futures.size());
  std::iota(places.begin(), places.end(), std::size_t{0});
  std::vector<RecourseAnswer> answers = group.solver.solve(first, places, threads);
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
  for (const auto& group : groups_) best_.recourse_solves += static_cast<std::int64_t>(group->futures.size());
  // Many recourses: each by one thread.
  const auto threads = static_cast<std::size_t>(options_.threads);
  const bool is_wide = groups_.size() >= 4 * threads;
  for_each_index(is_wide ? threads : 1, groups_.size(), [&](std::size_t, std::size_t at) {
    if (!groups_[at]->futures.empty()) learn_group(*groups_[at], first, is_wide ? 1 : options_.threads, learnt);
  });
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
    here.is_certified = learnt[at].own.is_proved && relative_gap(here.cost.lower, here.cost.upper) <= tolerance;
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
    double most = value + worth_a_row * options_.tolerance * std::max(1e-3, std::abs(value));
    const std::size_t member = group.cuts.best_at(place, slopes, outer, most);
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
  if (is_first_visit_) make_clusters(learnt);
  is_first_visit_ = false;
  const std::vector<double> known = master_.values_at(first);
  std::size_t added = 0;
  for (std::size_t at = 0; at < learnt.size(); ++at) {
    const Learnt& here = learnt[at];
    if (!here.has_cut) continue;
    const bool is_optimality = here.answer.status == Status::optimal;
    if (is_optimality && master_.is_clustered()) {
      latest_[at] = here.own;
      continue;
    }
    const double value = here.own.at(first);
    // What rounding alone would make.
    const double least = 1e-12 * std::max(1.0, std::abs(value));
    if (is_optimality ? value <= known[at] + least : value <= 0) continue;
    master_.add(at, is_optimality, here.own);
    ++added;
  }
  for (const auto& group : groups_) group->cuts.keep_last(most_duals);  // first: each dual is tried in each future
  std::size_t pooled = 0;
  if (master_.is_clustered()) {
    added += add_cluster_cuts(latest_, first);
    pooled = add_pooled_clusters(outer);
  }
  std::vector<double> known_outer = master_.values_at(outer);
  for (const auto& group : groups_) {
    if (!group->futures.empty() && !master_.is_clustered()) pooled += add_pooled(*group, outer, known_outer);
  }
  best_.pooled_cuts += pooled;
  best_.cuts += added + pooled;
  return added + pooled;
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
    options.time_limit = seconds_left();
    Master::Point point = master_.solve(options, with_integers);
    if (point.status == Status::unbounded && add_floors(true)) point = master_.solve(options, with_integers);
    if (point.status != Status::optimal) {
      best_.status = point.status;
      best_.message = point.message;
      return false;
    }
    const double before = bound;
    bound = std::max(bound, point.lower);
    if (point.is_proved) proved_lower_ = std::max(proved_lower_, point.lower);
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
  if (!is_proved_ && !problem_.first.has_integers() && relative_gap(proved_lower_, best_.upper) <= options_.tolerance) {
    best_.lower = proved_lower_;
    is_proved_ = true;
  }
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
  if (!has_boxes_) find_boxes(infinity);
  const std::vector<double> point = scaled_.scaled_first(first);
  return natural(judge(point, learn(point)));
}

/// One future at a point.
LShaped::State::Learnt LShaped::State::learn_one(std::size_t future, const std::vector<double>& first) {
  const std::int32_t recourse = problem_.futures[future].recourse;
  if (recourse < 0) return {};
  RecourseGroup& group = *groups_[static_cast<std::size_t>(recourse)];
  const auto place =
      static_cast<std::size_t>(std::find(group.futures.begin(), group.futures.end(), future) - group.futures.begin());
  std::vector<RecourseAnswer> answer = group.solver.solve(first, {place}, 1);
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
