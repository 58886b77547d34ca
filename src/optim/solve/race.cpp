// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/race.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>

#include "optim/solve/own_methods.hpp"
#include "optim/solve/polish.hpp"

namespace pinchpoint::optim {

namespace {

constexpr double rough_tolerance = 1e-6;

double outside(double number, double lower, double upper) {
  return std::max({lower - number, number - upper, 0.0}) / std::max(1.0, std::abs(number));
}

/// Amount by which a dual has a sign that no finite bound allows.
double wrong_sign(double dual, double lower, double upper) {
  if (dual > 0 && lower == -infinity) return dual;
  if (dual < 0 && upper == infinity) return -dual;
  return 0;
}

bool is_settled(const Model& model, const Solution& solution) {
  if (solution.status == Status::infeasible || solution.status == Status::unbounded) return true;
  return solution.status == Status::optimal && passes_residual_check(model, solution);
}

std::int64_t simplex_limit(const Model& model, const SolveOptions& options, const RaceRules& rules) {
  if (!options.deterministic) return options.simplex_iteration_limit;
  const auto allowed = static_cast<std::int64_t>(rules.simplex_iterations_per_row * model.row_count());
  return std::min(options.simplex_iteration_limit, std::max<std::int64_t>(allowed, 1));
}

/// One method on its own session, with a flag of its own to stop it.
class Runner {
 public:
  Runner(const Model& model, SolveOptions options) : model_(model), options_(std::move(options)) {}
  void run() {
    if (options_.method == Method::interior_point && options_.own_methods) {
      if (std::optional<Solution> own = solve_by_own_crossover(model_, options_)) {
        solution_ = std::move(*own);
        return;
      }
    }
    if (!session_) {
      session_ = backends().front().open();
      session_->load(model_);
    }
    solution_ = session_->solve(options_);
  }
  void change_limits(std::int64_t simplex_iterations, double seconds) {
    options_.simplex_iteration_limit = simplex_iterations;
    options_.time_limit = seconds;
  }
  void listen_to_own_flag() { options_.interrupt = &stop_; }
  void listen_to(const std::atomic<bool>* interrupt) { options_.interrupt = interrupt; }
  void stop() { stop_ = true; }
  [[nodiscard]] bool has_settled() const { return is_settled(model_, solution_); }
  [[nodiscard]] Solution& solution() { return solution_; }

 private:
  const Model& model_;
  SolveOptions options_;
  std::atomic<bool> stop_ = false;
  std::unique_ptr<Session> session_;
  Solution solution_;
};

class Race {
 public:
  Race(const Model& model, const SolveOptions& options, const RaceRules& rules)
      : options_(options),
        simplex_iterations_(simplex_limit(model, options, rules)),
        simplex_(model, runner_options(Method::simplex)),
        interior_(model, runner_options(Method::interior_point)) {}

  Solution run() {
    if (options_.threads > 1)
      run_side_by_side();
    else
      run_in_turn();
    Solution solution = decide();
    solution.seconds = seconds();
    return solution;
  }

 private:
  SolveOptions runner_options(Method method);
  void run_in_turn();
  void run_side_by_side();
  void run_one(Runner& runner, bool& is_done);
  void wait_for_runners();
  void stop_loser();
  Solution decide();
  Solution go_on_with_simplex();
  [[nodiscard]] bool is_interrupted() const { return options_.interrupt != nullptr && options_.interrupt->load(); }
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
  }
  [[nodiscard]] double remaining_time() const { return std::max(0.0, options_.time_limit - seconds()); }

  const SolveOptions& options_;
  std::int64_t simplex_iterations_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_simplex_done_ = false;
  bool is_interior_done_ = false;
  bool is_interior_first_ = false;
  std::exception_ptr error_;
  Runner simplex_;
  Runner interior_;
};

SolveOptions Race::runner_options(Method method) {
  SolveOptions own = options_;
  own.method = method;
  if (method == Method::simplex) own.simplex_iteration_limit = simplex_iterations_;
  if (!own.log_file.empty() && method == Method::interior_point) own.log_file += ".interior_point";
  if (options_.on_progress) {
    own.on_progress = [this](const Progress& progress) {
      const std::lock_guard lock(mutex_);
      options_.on_progress(progress);
    };
  }
  return own;
}

void Race::run_in_turn() {
  simplex_.run();
  if (simplex_.has_settled() || is_interrupted() || remaining_time() == 0) return;
  interior_.change_limits(options_.simplex_iteration_limit, remaining_time());
  interior_.run();
}

void Race::run_one(Runner& runner, bool& is_done) {
  std::exception_ptr error;
  try {
    runner.run();
  } catch (...) {
    error = std::current_exception();
  }
  const std::lock_guard lock(mutex_);
  is_done = true;
  if (error) error_ = error;
  changed_.notify_one();
}

/// Called with the mutex held: stops a runner whose answer can no longer count.
void Race::stop_loser() {
  if (error_ || is_interrupted()) {
    simplex_.stop();
    interior_.stop();
  } else if (is_simplex_done_ && simplex_.has_settled()) {
    interior_.stop();
  } else if (is_interior_done_ && !options_.deterministic && interior_.has_settled()) {
    is_interior_first_ = true;
    simplex_.stop();
  }
}

void Race::wait_for_runners() {
  std::unique_lock lock(mutex_);
  int done_before = 0;
  while (done_before < 2) {
    changed_.wait_for(lock, std::chrono::milliseconds(50));
    const int done = static_cast<int>(is_simplex_done_) + static_cast<int>(is_interior_done_);
    if (done > done_before || is_interrupted()) stop_loser();
    done_before = done;
  }
}

void Race::run_side_by_side() {
  simplex_.listen_to_own_flag();
  interior_.listen_to_own_flag();
  std::thread simplex([this] { run_one(simplex_, is_simplex_done_); });
  std::thread interior([this] { run_one(interior_, is_interior_done_); });
  wait_for_runners();
  simplex.join();
  interior.join();
  if (error_) std::rethrow_exception(error_);
}

Solution Race::decide() {
  if (is_interior_first_) return std::move(interior_.solution());
  if (simplex_.has_settled()) return std::move(simplex_.solution());
  if (interior_.has_settled()) return std::move(interior_.solution());
  const bool may_go_on = simplex_iterations_ < options_.simplex_iteration_limit && !is_interrupted() &&
                         simplex_.solution().status == Status::limit_reached && remaining_time() > 0;
  return may_go_on ? go_on_with_simplex() : std::move(simplex_.solution());
}

Solution Race::go_on_with_simplex() {
  simplex_.listen_to(options_.interrupt);
  simplex_.change_limits(options_.simplex_iteration_limit - simplex_iterations_, remaining_time());
  simplex_.run();
  return std::move(simplex_.solution());
}

}  // namespace

bool passes_residual_check(const Model& model, const Solution& solution) {
  std::vector<double> activity(model.row_lower.size(), 0.0);
  double worst = 0;
  for (std::size_t column = 0; column < model.cost.size(); ++column) {
    const double value = solution.value[column];
    worst = std::max(worst, outside(value, model.lower[column], model.upper[column]));
    double reduced_cost = model.cost[column];
    for (auto at = static_cast<std::size_t>(model.matrix.start[column]);
         at < static_cast<std::size_t>(model.matrix.start[column + 1]); ++at) {
      const auto row = static_cast<std::size_t>(model.matrix.row[at]);
      activity[row] += model.matrix.value[at] * value;
      if (solution.has_duals) reduced_cost -= model.matrix.value[at] * solution.row_dual[row];
    }
    const double scale = std::max(1.0, std::abs(model.cost[column]));
    if (solution.has_duals)
      worst = std::max(worst, wrong_sign(reduced_cost, model.lower[column], model.upper[column]) / scale);
  }
  for (std::size_t row = 0; row < activity.size(); ++row) {
    worst = std::max(worst, outside(activity[row], model.row_lower[row], model.row_upper[row]));
    if (solution.has_duals)
      worst = std::max(worst, wrong_sign(solution.row_dual[row], model.row_lower[row], model.row_upper[row]));
  }
  return worst <= rough_tolerance;
}

Solution race(const Model& model, const SolveOptions& options, const RaceRules& rules) {
  if (!model.has_integers()) {
    if (std::optional<Solution> own = solve_by_own_methods(model, options, rules.own)) return std::move(*own);
    if (options.method == Method::automatic && model.column_count() >= rules.least_columns)
      return Race(model, options, rules).run();
  }
  const std::unique_ptr<Session> session = backends().front().open();
  session->load(model);
  Solution solution = session->solve(options);
  if (model.has_integers() && solution.has_values) polish_integers(model, options, solution);
  return solution;
}

Solution solve(const Model& model, const SolveOptions& options) { return race(model, options, RaceRules{}); }

}  // namespace pinchpoint::optim
