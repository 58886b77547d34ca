// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/own_methods.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "optim/interior/interior_point.hpp"
#include "optim/reduction/reduction.hpp"
#include "optim/reduction/two_way.hpp"
#include "optim/resident/crossover/crossover.hpp"
#include "optim/resident/resident_simplex.hpp"
#include "optim/solve/race.hpp"
#include "optim/solve/scaling.hpp"

namespace pinchpoint::optim {

namespace {

constexpr double own_tolerance = 1e-9;
constexpr std::int32_t few_rows = 500;
constexpr int pivots_per_row = 4;  // of few rows: several times what published models take
// From an interior point: one that is only near has a basis near by, or one from which a general solver is quicker.
constexpr int of_optimal_point = 4, of_near_point = 32;
constexpr double least_seconds = 1;

bool is_interrupted(const SolveOptions& options) { return options.interrupt != nullptr && options.interrupt->load(); }

bool asks_for_a_general_solver(const SolveOptions& options) {
  return !options.own_methods || options.method == Method::interior_point || !options.log_file.empty() ||
         options.feasibility_tolerance < own_tolerance || options.time_limit < least_seconds || is_interrupted(options);
}

/// Numbers and bounds as a simplex method needs them; what is wrong with others, the general solver says.
bool is_sound(const Model& model) {
  double sum = model.offset;
  for (const double cost : model.cost) sum += cost;
  for (const double entry : model.matrix.value) sum += entry;
  if (!std::isfinite(sum)) return false;
  const auto fit = [](double lower, double upper) { return lower <= upper && lower < infinity && upper > -infinity; };
  return std::equal(model.lower.begin(), model.lower.end(), model.upper.begin(), model.upper.end(), fit) &&
         std::equal(model.row_lower.begin(), model.row_lower.end(), model.row_upper.begin(), model.row_upper.end(),
                    fit);
}

BasisCode all_rows(const Model& model) {
  constexpr std::uint8_t basic = 1, at_some_bound = 4;
  return {std::vector<std::uint8_t>(model.cost.size(), at_some_bound),
          std::vector<std::uint8_t>(model.row_lower.size(), basic)};
}

/// An LP without what its optimum does not need, and the way back.
class Smaller {
 public:
  explicit Smaller(const Model& whole) : whole_(whole), first_(Reduction::make(whole, {})) {
    merged_ = TwoWay::make(first_ ? first_->model() : whole_);
    if (merged_) second_ = Reduction::make(merged_->model(), {});
  }
  [[nodiscard]] const Model& model() const {
    if (second_) return second_->model();
    if (merged_) return merged_->model();
    return first_ ? first_->model() : whole_;
  }
  [[nodiscard]] bool is_whole() const { return !first_ && !merged_; }
  /// Values and duals of model() become those of the whole; returns the basis there.
  [[nodiscard]] BasisCode restore(BasisCode basis, std::vector<double>& value, std::vector<double>& row_dual) const {
    if (second_) restore_by(*second_, basis, value, row_dual);
    if (merged_) {
      value = merged_->whole_values(value);
      row_dual = merged_->whole_duals(row_dual);
      basis = merged_->whole_basis(basis, value);
    }
    if (first_) restore_by(*first_, basis, value, row_dual);
    return basis;
  }

 private:
  static void restore_by(const Reduction& reduction, BasisCode& basis, std::vector<double>& value,
                         std::vector<double>& row_dual) {
    value = reduction.whole_values({}, value);
    row_dual = reduction.whole_duals({}, row_dual);
    basis = reduction.whole_basis(basis, value, row_dual);
  }

  const Model& whole_;
  std::optional<Reduction> first_;
  std::optional<TwoWay> merged_;
  std::optional<Reduction> second_;
};

class OwnSolve {
 public:
  OwnSolve(const Model& model, const SolveOptions& options)
      : whole_(model), options_(options), smaller_(model), model_(smaller_.model()) {}

  std::optional<Solution> run(const OwnRules& rules) {
    const bool is_small = model_.row_count() <= rules.simplex_rows && model_.column_count() < rules.simplex_columns;
    if (is_small && by_simplex()) return checked();
    if (options_.method == Method::automatic && by_interior_point(rules.factor_work)) return checked();
    return std::nullopt;
  }
  std::optional<Solution> run_crossover() { return by_crossover() ? checked() : std::nullopt; }

 private:
  bool by_simplex();
  bool by_interior_point(double factor_work);
  bool by_crossover();
  [[nodiscard]] bool finish_from_point(const std::vector<double>& value, const std::vector<double>& row_dual,
                                       int rows_per_pivot);
  [[nodiscard]] bool finish(const BasisCode& start, std::int64_t most_pivots);
  [[nodiscard]] std::optional<BasisCode> run_simplex(const Model& model, const BasisCode& start,
                                                     std::int64_t most_pivots);
  [[nodiscard]] std::optional<Solution> checked();
  void fill_in();
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
  }

  const Model& whole_;
  const SolveOptions& options_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  const Smaller smaller_;
  const Model& model_;  ///< the smaller one
  Solution solution_;
  std::int64_t last_pivots_ = 0;  ///< of the last run of the simplex method
};

bool OwnSolve::by_simplex() {
  solution_ = {};
  solution_.method = Method::own_simplex;
  const std::int64_t per_row = model_.row_count() <= few_rows ? pivots_per_row : 1;
  return finish(all_rows(model_), per_row * (model_.row_count() + 1));
}

bool OwnSolve::by_interior_point(double factor_work) {
  InteriorLimits limits;
  limits.most_work = factor_work * static_cast<double>(model_.nonzero_count());
  limits.seconds = options_.time_limit - seconds();
  limits.threads = options_.threads;
  limits.interrupt = options_.interrupt;
  if (options_.on_progress) {
    limits.on_iteration = [this](int iterations, double objective, double bound) {
      options_.on_progress({"interior point", iterations, objective, bound, seconds()});
    };
  }
  const std::optional<InteriorPoint> point = solve_by_interior_point(model_, limits);
  if (!point || !(point->is_optimal || point->is_near()) || is_interrupted(options_)) return false;
  solution_ = {};
  solution_.method = Method::own_interior_point;
  solution_.iterations = point->iterations;
  return finish_from_point(point->value, point->row_dual, point->is_optimal ? of_optimal_point : of_near_point);
}

bool OwnSolve::by_crossover() {
  SolveOptions options = options_;
  options.method = Method::interior_point;
  options.crossover = false;
  const std::unique_ptr<Session> session = backends().front().open();
  const ScaledModel scaled = scale_for_interior_point(model_);
  session->load(scaled.model);
  const Solution point = unscale(session->solve(options), scaled.scaling);
  if (point.status != Status::optimal) return false;
  solution_ = {};
  solution_.method = Method::interior_point;
  solution_.iterations = point.iterations;
  return finish_from_point(point.value, point.row_dual, of_optimal_point);
}

bool OwnSolve::finish_from_point(const std::vector<double>& value, const std::vector<double>& row_dual,
                                 int rows_per_pivot) {
  const std::optional<BasisCode> basis = cross_over(model_, value, row_dual, options_.interrupt);
  return basis && finish(*basis, model_.row_count() / rows_per_pivot + few_rows);
}

/// To the optimum by simplex, and to the whole LP.
bool OwnSolve::finish(const BasisCode& start, std::int64_t most_pivots) {
  std::optional<BasisCode> end = run_simplex(model_, start, most_pivots);
  if (!end) return false;
  if (!smaller_.is_whole()) {
    end = smaller_.restore(*std::move(end), solution_.value, solution_.row_dual);
    // What the reduction puts together from the rest misses bounds by more than the vertex itself does.
    end = run_simplex(whole_, *end, few_rows);
    if (!end) return false;
  }
  // Values that pivots carried along are less exact than those of a fresh factor.
  if (last_pivots_ > 0) end = run_simplex(whole_, *end, few_rows);
  if (!end) return false;
  solution_.column_basis = std::move(end->column_basis);
  solution_.row_basis = std::move(end->row_basis);
  return true;
}

std::optional<BasisCode> OwnSolve::run_simplex(const Model& model, const BasisCode& start, std::int64_t most_pivots) {
  std::optional<ResidentSimplex> made = ResidentSimplex::if_basis(model, start);
  if (!made) return std::nullopt;
  ResidentSimplex& simplex = *made;
  ResidentSimplex::Limits limits;
  limits.iterations = static_cast<int>(std::min(most_pivots, options_.simplex_iteration_limit));
  limits.is_only_solve = true;
  if (simplex.solve({}, limits) != ResidentSimplex::Outcome::optimal) return std::nullopt;
  last_pivots_ = simplex.iterations();
  solution_.iterations += last_pivots_;
  solution_.objective = simplex.objective();
  solution_.value = simplex.values();
  solution_.row_dual = simplex.row_duals();
  return simplex.basis();
}

std::optional<Solution> OwnSolve::checked() {
  solution_.status = Status::optimal;
  solution_.has_values = true;
  solution_.has_duals = true;
  solution_.mip_bound = solution_.objective;
  fill_in();
  const auto basics = std::ranges::count(solution_.column_basis, 1) + std::ranges::count(solution_.row_basis, 1);
  if (basics != whole_.row_count() || !passes_residual_check(whole_, solution_)) return std::nullopt;
  solution_.seconds = seconds();
  return std::move(solution_);
}

void OwnSolve::fill_in() {
  solution_.reduced_cost = whole_.cost;
  solution_.activity.assign(whole_.row_lower.size(), 0.0);
  for (std::size_t column = 0; column < whole_.cost.size(); ++column) {
    for (auto at = static_cast<std::size_t>(whole_.matrix.start[column]);
         at < static_cast<std::size_t>(whole_.matrix.start[column + 1]); ++at) {
      const auto row = static_cast<std::size_t>(whole_.matrix.row[at]);
      solution_.activity[row] += whole_.matrix.value[at] * solution_.value[column];
      solution_.reduced_cost[column] -= whole_.matrix.value[at] * solution_.row_dual[row];
    }
  }
}

}  // namespace

std::optional<Solution> solve_by_own_methods(const Model& model, const SolveOptions& options, const OwnRules& rules) {
  if (asks_for_a_general_solver(options) || !is_sound(model)) return std::nullopt;
  return OwnSolve(model, options).run(rules);
}

std::optional<Solution> solve_by_own_crossover(const Model& model, const SolveOptions& options) {
  if (!is_sound(model)) return std::nullopt;
  return OwnSolve(model, options).run_crossover();
}

}  // namespace pinchpoint::optim
