// SPDX-License-Identifier: Apache-2.0
#include "optim/interior/interior_point.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include "optim/interior/newton.hpp"

namespace pinchpoint::optim {

using interior::BarrierProblem;
using interior::Index;
using interior::Iterate;
using interior::Newton;
using interior::Residuals;
using interior::SymmetricFactor;

namespace {

constexpr double to_the_boundary = 0.9995;
constexpr int most_correctors = 2;

double largest(const std::vector<double>& vector) {
  double size = 0;
  for (const double entry : vector) size = std::max(size, std::abs(entry));
  return size;
}

struct StepLengths {
  double primal = 1, dual = 1;
};

class Solver {
 public:
  Solver(const BarrierProblem& problem, SymmetricFactor factor, const InteriorLimits& limits);
  InteriorPoint run();
  [[nodiscard]] const Iterate& best() const { return best_; }

 private:
  bool start();
  void shift_inside();
  void find_residuals();
  void measure();
  [[nodiscard]] bool is_done();
  bool step();
  void find_direction();
  void predict();
  void correct(double target);
  void center(double target);
  void advance(const StepLengths& lengths);
  [[nodiscard]] StepLengths step_lengths(const Iterate& step) const;
  [[nodiscard]] double complementarity(const StepLengths& lengths, const Iterate& step) const;
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
  }

  const BarrierProblem& problem_;
  const InteriorLimits& limits_;
  Newton newton_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  std::vector<std::uint8_t> has_lower_, has_upper_;
  double pairs_ = 0;
  double cost_size_ = 0, side_size_ = 0;
  Iterate point_, step_, trial_, best_;
  Residuals residual_, correction_;
  double mu_ = 0;
  InteriorPoint found_, best_found_;
  double best_merit_ = infinity;  ///< the largest of residuals and gap
  double half_merit_ = infinity;  ///< when it was last halved
  int since_half_ = 0;            ///< iterations since then
};

Iterate zero_iterate(const BarrierProblem& problem) {
  const auto variables = static_cast<std::size_t>(problem.variables());
  const std::vector<double> zeros(variables, 0.0);
  return {zeros, zeros, zeros, zeros, zeros, std::vector<double>(static_cast<std::size_t>(problem.rows), 0.0)};
}

Residuals zero_residuals(const BarrierProblem& problem) {
  const std::vector<double> zeros(static_cast<std::size_t>(problem.variables()), 0.0);
  return {std::vector<double>(static_cast<std::size_t>(problem.rows), 0.0), zeros, zeros, zeros, zeros, zeros};
}

Solver::Solver(const BarrierProblem& problem, SymmetricFactor factor, const InteriorLimits& limits)
    : problem_(problem),
      limits_(limits),
      newton_(problem, std::move(factor)),
      point_(zero_iterate(problem)),
      step_(point_),
      trial_(point_),
      residual_(zero_residuals(problem)),
      correction_(residual_) {
  for (Index at = 0; at < problem.variables(); ++at) {
    has_lower_.push_back(problem.has_lower(at) ? 1 : 0);
    has_upper_.push_back(problem.has_upper(at) ? 1 : 0);
    pairs_ += has_lower_.back() + has_upper_.back();
    if (has_lower_.back()) side_size_ = std::max(side_size_, std::abs(problem.lower[at]));
    if (has_upper_.back()) side_size_ = std::max(side_size_, std::abs(problem.upper[at]));
  }
  side_size_ = 1 + std::max(side_size_, largest(problem.side));
  cost_size_ = 1 + largest(problem.cost);
}

/// Mehrotra's: least squares for values and for prices, then off the bounds.
bool Solver::start() {
  if (!newton_.factorise_evenly()) return false;
  const Index columns = problem_.columns;
  for (Index at = 0; at < problem_.variables(); ++at) {
    if (!problem_.is_used(at)) continue;
    point_.x[at] = std::clamp(0.0, problem_.lower[at], problem_.upper[at]);
  }
  std::vector<double> shift(static_cast<std::size_t>(columns), 0.0);
  std::vector<double> rows = problem_.side;
  problem_.add_activity(point_.x.data(), -1, rows);
  for (Index row = 0; row < problem_.rows; ++row) rows[row] += point_.x[columns + row];
  newton_.solve(shift, rows);
  for (Index column = 0; column < columns; ++column) point_.x[column] += shift[column];
  for (Index row = 0; row < problem_.rows; ++row)
    if (!problem_.is_equation[row]) point_.x[columns + row] -= rows[row];
  std::vector<double> prices = problem_.cost;
  std::fill(point_.y.begin(), point_.y.end(), 0.0);
  newton_.solve(prices, point_.y);
  for (Index at = 0; at < problem_.variables(); ++at) {
    if (!problem_.is_used(at)) continue;
    const double price = at < columns ? -prices[at] : point_.y[at - columns];
    const double share = has_lower_[at] && has_upper_[at] ? 0.5 : 1.0;
    if (has_lower_[at]) {
      point_.to_lower[at] = point_.x[at] - problem_.lower[at];
      point_.z_lower[at] = share * price;
    }
    if (has_upper_[at]) {
      point_.to_upper[at] = problem_.upper[at] - point_.x[at];
      point_.z_upper[at] = -share * price;
    }
  }
  shift_inside();
  return true;
}

void Solver::shift_inside() {
  double least_distance = infinity, least_price = infinity;
  for (Index at = 0; at < problem_.variables(); ++at) {
    if (has_lower_[at]) {
      least_distance = std::min(least_distance, point_.to_lower[at]);
      least_price = std::min(least_price, point_.z_lower[at]);
    }
    if (has_upper_[at]) {
      least_distance = std::min(least_distance, point_.to_upper[at]);
      least_price = std::min(least_price, point_.z_upper[at]);
    }
  }
  const double by_distance = std::max(-1.5 * least_distance, 0.0);
  const double by_price = std::max(-1.5 * least_price, 0.0);
  double products = 0, distances = 0, prices = 0;
  const auto add = [&](double& distance, double& price) {
    distance += by_distance;
    price += by_price;
    products += distance * price;
    distances += distance;
    prices += price;
  };
  for (Index at = 0; at < problem_.variables(); ++at) {
    if (has_lower_[at]) add(point_.to_lower[at], point_.z_lower[at]);
    if (has_upper_[at]) add(point_.to_upper[at], point_.z_upper[at]);
  }
  const double more_distance = prices > 0 ? 0.5 * products / prices : 1.0;
  const double more_price = distances > 0 ? 0.5 * products / distances : 1.0;
  for (Index at = 0; at < problem_.variables(); ++at) {
    if (has_lower_[at]) {
      point_.to_lower[at] += std::max(more_distance, 1e-3);
      point_.z_lower[at] += std::max(more_price, 1e-3);
    }
    if (has_upper_[at]) {
      point_.to_upper[at] += std::max(more_distance, 1e-3);
      point_.z_upper[at] += std::max(more_price, 1e-3);
    }
  }
}

void Solver::find_residuals() {
  const Index columns = problem_.columns;
  residual_.rows = problem_.side;
  problem_.add_activity(point_.x.data(), -1, residual_.rows);
  for (Index row = 0; row < problem_.rows; ++row) {
    if (problem_.is_equation[row]) continue;
    residual_.rows[row] += point_.x[columns + row];
    residual_.dual[columns + row] = point_.y[row];
  }
  std::copy(problem_.cost.begin(), problem_.cost.end(), residual_.dual.begin());
  problem_.add_prices(point_.y, -1, residual_.dual.data());
  double products = 0;
  for (Index at = 0; at < problem_.variables(); ++at) {
    if (has_lower_[at]) {
      residual_.lower[at] = problem_.lower[at] - point_.x[at] + point_.to_lower[at];
      residual_.dual[at] -= point_.z_lower[at];
      products += point_.to_lower[at] * point_.z_lower[at];
    }
    if (has_upper_[at]) {
      residual_.upper[at] = problem_.upper[at] - point_.x[at] - point_.to_upper[at];
      residual_.dual[at] += point_.z_upper[at];
      products += point_.to_upper[at] * point_.z_upper[at];
    }
  }
  mu_ = pairs_ > 0 ? products / pairs_ : 0;
  measure();
}

void Solver::measure() {
  double primal = problem_.fixed_cost, dual = problem_.fixed_cost;
  for (Index column = 0; column < problem_.columns; ++column) primal += problem_.cost[column] * point_.x[column];
  for (Index row = 0; row < problem_.rows; ++row) dual += problem_.side[row] * point_.y[row];
  for (Index at = 0; at < problem_.variables(); ++at) {
    if (has_lower_[at]) dual += problem_.lower[at] * point_.z_lower[at];
    if (has_upper_[at]) dual -= problem_.upper[at] * point_.z_upper[at];
  }
  found_.objective = primal;
  found_.gap = std::abs(primal - dual) / (1 + std::abs(primal));
  found_.primal_residual =
      std::max({largest(residual_.rows), largest(residual_.lower), largest(residual_.upper)}) / side_size_;
  found_.dual_residual = largest(residual_.dual) / cost_size_;
  if (limits_.on_iteration) limits_.on_iteration(found_.iterations, primal, dual);
}

bool Solver::is_done() {
  constexpr int most_in_vain = 20, most_for_more = 2;
  const double merit = std::max({found_.primal_residual, found_.dual_residual, found_.gap});
  ++since_half_;
  if (merit < 0.5 * half_merit_) {
    half_merit_ = merit;
    since_half_ = 0;
  }
  if (merit < best_merit_) {
    best_merit_ = merit;
    best_ = point_;
    best_found_ = found_;
    best_found_.is_optimal = merit <= limits_.tolerance;
  }
  return best_merit_ <= limits_.aim || !std::isfinite(merit) ||
         since_half_ > (best_found_.is_optimal ? most_for_more : most_in_vain) ||
         found_.iterations >= limits_.iterations || seconds() > limits_.seconds ||
         (limits_.interrupt != nullptr && limits_.interrupt->load());
}

StepLengths Solver::step_lengths(const Iterate& step) const {
  StepLengths lengths;
  const auto limit = [](double value, double change, double& length) {
    if (change < 0 && value + length * change < 0) length = -value / change;
  };
  for (Index at = 0; at < problem_.variables(); ++at) {
    if (has_lower_[at]) {
      limit(point_.to_lower[at], step.to_lower[at], lengths.primal);
      limit(point_.z_lower[at], step.z_lower[at], lengths.dual);
    }
    if (has_upper_[at]) {
      limit(point_.to_upper[at], step.to_upper[at], lengths.primal);
      limit(point_.z_upper[at], step.z_upper[at], lengths.dual);
    }
  }
  return lengths;
}

double Solver::complementarity(const StepLengths& lengths, const Iterate& step) const {
  double sum = 0;
  for (Index at = 0; at < problem_.variables(); ++at) {
    if (has_lower_[at])
      sum += (point_.to_lower[at] + lengths.primal * step.to_lower[at]) *
             (point_.z_lower[at] + lengths.dual * step.z_lower[at]);
    if (has_upper_[at])
      sum += (point_.to_upper[at] + lengths.primal * step.to_upper[at]) *
             (point_.z_upper[at] + lengths.dual * step.z_upper[at]);
  }
  return pairs_ > 0 ? sum / pairs_ : 0;
}

void Solver::predict() {
  for (Index at = 0; at < problem_.variables(); ++at) {
    residual_.lower_product[at] = -point_.to_lower[at] * point_.z_lower[at];
    residual_.upper_product[at] = -point_.to_upper[at] * point_.z_upper[at];
  }
  newton_.solve(point_, residual_, step_);
}

void Solver::correct(double target) {
  for (Index at = 0; at < problem_.variables(); ++at) {
    if (has_lower_[at])
      residual_.lower_product[at] =
          target - point_.to_lower[at] * point_.z_lower[at] - step_.to_lower[at] * step_.z_lower[at];
    if (has_upper_[at])
      residual_.upper_product[at] =
          target - point_.to_upper[at] * point_.z_upper[at] - step_.to_upper[at] * step_.z_upper[at];
  }
  newton_.solve(point_, residual_, step_);
}

/// Gondzio's: products that a longer step would leave far from the target are drawn back to it.
void Solver::center(double target) {
  constexpr double near = 0.1, far = 10, longer = 0.1, worth = 0.1;
  for (int round = 0; round < most_correctors; ++round) {
    const StepLengths now = step_lengths(step_);
    if (now.primal > 0.95 && now.dual > 0.95) return;
    const double primal = std::min(1.0, now.primal + longer + 0.08 * now.primal);
    const double dual = std::min(1.0, now.dual + longer + 0.08 * now.dual);
    const auto pull = [&](double distance, double price) {
      const double product = distance * price;
      if (product < near * target) return near * target - product;
      if (product > far * target) return std::max(far * target - product, -far * target);
      return 0.0;
    };
    for (Index at = 0; at < problem_.variables(); ++at) {
      if (has_lower_[at])
        correction_.lower_product[at] =
            pull(point_.to_lower[at] + primal * step_.to_lower[at], point_.z_lower[at] + dual * step_.z_lower[at]);
      if (has_upper_[at])
        correction_.upper_product[at] =
            pull(point_.to_upper[at] + primal * step_.to_upper[at], point_.z_upper[at] + dual * step_.z_upper[at]);
    }
    newton_.solve(point_, correction_, trial_);
    const auto add = [](std::vector<double>& to, const std::vector<double>& more) {
      for (std::size_t at = 0; at < to.size(); ++at) to[at] += more[at];
    };
    add(trial_.x, step_.x);
    add(trial_.to_lower, step_.to_lower);
    add(trial_.to_upper, step_.to_upper);
    add(trial_.z_lower, step_.z_lower);
    add(trial_.z_upper, step_.z_upper);
    add(trial_.y, step_.y);
    const StepLengths then = step_lengths(trial_);
    if (then.primal + then.dual < now.primal + now.dual + worth * longer) return;
    std::swap(step_, trial_);
  }
}

void Solver::advance(const StepLengths& lengths) {
  const auto move = [](std::vector<double>& of, const std::vector<double>& by, double length) {
    for (std::size_t at = 0; at < of.size(); ++at) of[at] += length * by[at];
  };
  move(point_.x, step_.x, lengths.primal);
  move(point_.to_lower, step_.to_lower, lengths.primal);
  move(point_.to_upper, step_.to_upper, lengths.primal);
  move(point_.y, step_.y, lengths.dual);
  move(point_.z_lower, step_.z_lower, lengths.dual);
  move(point_.z_upper, step_.z_upper, lengths.dual);
}

void Solver::find_direction() {
  predict();
  const double after = complementarity(step_lengths(step_), step_);
  const double ratio = mu_ > 0 ? after / mu_ : 0;
  const double target = mu_ * std::clamp(ratio * ratio * ratio, 1e-6, 1.0);
  correct(target);
  center(target);
}

/// With a factor that is good enough, or the best there is. False if there is none.
bool Solver::step() {
  bool has_factor = false;
  do {
    has_factor = newton_.factorise(point_);
    if (has_factor) find_direction();
  } while ((!has_factor || newton_.is_poor()) && newton_.hold_tighter());
  if (!has_factor) return false;
  StepLengths lengths = step_lengths(step_);
  lengths.primal = lengths.primal < 1 ? to_the_boundary * lengths.primal : 1;
  lengths.dual = lengths.dual < 1 ? to_the_boundary * lengths.dual : 1;
  advance(lengths);
  newton_.adapt_hold();
  ++found_.iterations;
  return true;
}

InteriorPoint Solver::run() {
  if (!start()) return best_found_;
  find_residuals();
  while (!is_done() && step()) find_residuals();
  best_found_.iterations = found_.iterations;
  return best_found_;
}

}  // namespace

std::optional<InteriorPoint> solve_by_interior_point(const Model& model, const InteriorLimits& limits) {
  const BarrierProblem problem(model);
  std::optional<SymmetricFactor> factor =
      SymmetricFactor::make(problem.pattern(), problem.value, limits.most_work, limits.threads);
  if (!factor) return std::nullopt;
  Solver solver(problem, *std::move(factor), limits);
  InteriorPoint found = solver.run();
  const Iterate& point = solver.best();
  if (point.x.size() != static_cast<std::size_t>(problem.variables())) return found;  // there was not even a start
  found.value = model.lower;
  found.reduced_cost = model.cost;
  found.row_dual.assign(model.row_lower.size(), 0.0);
  for (Index column = 0; column < problem.columns; ++column)
    found.value[problem.model_column[column]] = point.x[column];
  for (Index row = 0; row < problem.rows; ++row) found.row_dual[problem.model_row[row]] = point.y[row];
  for (Index column = 0; column < model.column_count(); ++column) {
    for (Index at = model.matrix.start[column]; at < model.matrix.start[column + 1]; ++at)
      found.reduced_cost[column] -= model.matrix.value[at] * found.row_dual[model.matrix.row[at]];
  }
  return found;
}

}  // namespace pinchpoint::optim
