// SPDX-License-Identifier: Apache-2.0
#include "optim/stochastic/master.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>

#include "core/base/ensure.hpp"
#include "optim/solve/certificate.hpp"
#include "optim/solve/proof/interval.hpp"
#include "optim/solve/scaling.hpp"
#include "optim/stochastic/implied_box.hpp"

namespace pinchpoint::optim {

namespace {

// A cut that held nothing up in so many solves is dropped; pooled duals make it again if it is missed.
constexpr int most_idle = 12;
constexpr std::uint8_t basic = 1;  // BasisCode
// Binary exponents: the size that an objective is raised to, and by how much at most.
constexpr int largest_objective = 4;
constexpr int most_raised = 30;

std::shared_ptr<const Names> names_of_master() {
  const auto names = std::make_shared<Names>();
  names->add_family("first", {});
  names->add_family("future", {});
  names->add_family("tail", {});
  names->add_family("cut", {});
  return names;
}

const Key first_key{FamilyId(0), {}};
const Key future_key{FamilyId(1), {}};
const Key tail_key{FamilyId(2), {}};
const Key cut_key{FamilyId(3), {}};

Solution solve_warm(const Model& model, const Solution& basis, const SolveOptions& options) {
  const auto session = backends().front().open();
  session->load(model);
  session->set_basis(basis);
  SolveOptions simplex = options;
  simplex.method = Method::simplex;
  simplex.simplex_iteration_limit = warm_iterations(model.row_count());
  return session->solve(simplex);
}

bool leaves_gap(const Certificate& certificate, double relative) {
  return !(certificate.upper - certificate.lower <= relative * std::abs(certificate.upper));
}

/// A solver's tolerances are absolute: with an objective of 0.006 and columns of 100, a basis that costs a thousandth
/// more passes for optimal. Where the proof leaves a gap, costs are made large beside the tolerances.
void solve_larger(ScaledModel& scaled, const SolveOptions& options, Solution& solution, Certificate& certificate) {
  const int size = certificate.upper == 0 ? 0 : std::ilogb(certificate.upper);
  const int raise = std::clamp(largest_objective - size, 0, most_raised);
  Model larger = scaled.model;
  for (double& cost : larger.cost) cost = std::ldexp(cost, raise);
  larger.offset = std::ldexp(larger.offset, raise);
  Solution again;
  if (raise > 0 && !solution.column_basis.empty()) again = solve_warm(larger, solution, options);
  if (again.status != Status::optimal) again = optim::solve(larger, options);
  if (again.status != Status::optimal) return;
  Certificate proved = certify(larger, again);
  if (!(std::ldexp(proved.lower, -raise) > certificate.lower)) return;
  scaled.model = std::move(larger);
  scaled.scaling.objective += raise;
  solution = std::move(again);
  certificate = std::move(proved);
}

ScaledModel unscaled(const Model& model) {
  ScaledModel same{model, {}};
  same.scaling.row.assign(model.row_lower.size(), 0);
  same.scaling.column.assign(model.cost.size(), 0);
  return same;
}

}  // namespace

Master::Master(const TwoStageProblem& problem, const Risk& risk) : problem_(problem), risk_(risk) {
  column_count_ = problem.first.column_count();
  for (std::size_t at = 0; at < problem.recourses.size(); ++at) spent_.push_back(column_count_++);
  total_floor_.assign(problem.futures.size(), -infinity);
  for (const Future& future : problem.futures) {
    const bool counts = future.probability > 0;
    const bool has_theta = counts && future.recourse >= 0;
    theta_.push_back(has_theta ? column_count_++ : -1);
    if (has_theta) thetas_.push_back({theta_.back(), future.probability, recourse_floor(problem, future)});
  }
  tail_.assign(problem.futures.size(), -1);
  if (!has_tail()) return;
  threshold_ = column_count_++;
  for (std::size_t at = 0; at < problem.futures.size(); ++at) {
    if (problem.futures[at].probability > 0) tail_[at] = column_count_++;
  }
}

void Master::set_clusters(const Clusters& clusters) {
  ensure(!has_tail(), "futures are counted together where their mean counts");
  clear();
  is_clustered_ = true;
  column_count_ = problem_.first.column_count() + static_cast<std::int32_t>(spent_.size());
  thetas_.clear();
  for (std::size_t at = 0; at < clusters.members.size(); ++at) {
    ExactSum floor;
    for (const std::size_t future : clusters.members[at]) {
      theta_[future] = column_count_;
      floor.add_product(std::ldexp(problem_.futures[future].probability, clusters.exponent[at]),
                        recourse_floor(problem_, problem_.futures[future]));
    }
    thetas_.push_back({column_count_++, clusters.factor(at), floor.enclosure().lower});
  }
}

void Master::add(std::size_t future, bool is_optimality, Cut cut) {
  rows_.push_back({future, is_optimality, std::move(cut), 0});
  if (has_basis_) basis_.row_basis.push_back(basic);
}

void Master::add_floor(std::size_t future, double bound) {
  total_floor_[future] = std::max(total_floor_[future], bound);
  has_basis_ = false;
}

void Master::clear() {
  rows_.clear();
  has_basis_ = false;
}

std::vector<double> Master::values_at(const std::vector<double>& first) const {
  std::vector<double> values(problem_.futures.size(), -infinity);
  for (std::size_t at = 0; at < values.size(); ++at) {
    if (is_clustered_ || total_floor_[at] == -infinity) continue;
    const std::vector<double>& cost = first_cost_of(problem_, problem_.futures[at]);
    values[at] =
        total_floor_[at] - problem_.first.offset - std::inner_product(cost.begin(), cost.end(), first.begin(), 0.0);
  }
  for (const Row& row : rows_) {
    if (row.is_optimality) values[row.future] = std::max(values[row.future], row.cut.at(first));
  }
  return values;
}

void Master::add_columns(ModelBuilder& builder) const {
  const Model& first = problem_.first;
  // Clustered: all futures count the same, and probabilities add up to 1.
  std::vector<double> cost = is_clustered_ ? first.cost : std::vector<double>(first.cost.size(), 0);
  for (const Future& future : problem_.futures) {
    if (future.probability <= 0 || is_clustered_) continue;
    const std::vector<double>& own = first_cost_of(problem_, future);
    for (std::size_t column = 0; column < cost.size(); ++column)
      cost[column] += mean_weight() * future.probability * own[column];
  }
  for (std::size_t column = 0; column < cost.size(); ++column)
    builder.add_column(first_key, cost[column], first.lower[column], first.upper[column],
                       first.is_integer[column] != 0);
  for (std::size_t at = 0; at < spent_.size(); ++at) builder.add_column(future_key, 0, -infinity, infinity);
  for (const Theta& theta : thetas_)
    builder.add_column(future_key, mean_weight() * theta.probability, theta.floor, infinity);
  builder.add_offset(mean_weight() * first.offset);
  if (!has_tail()) return;
  builder.add_column(tail_key, risk_.weight, -infinity, infinity);
  for (std::size_t at = 0; at < tail_.size(); ++at) {
    if (tail_[at] < 0) continue;
    builder.add_column(tail_key, risk_.weight * problem_.futures[at].probability / (1 - risk_.level), 0, infinity);
  }
}

/// spent - c'x = 0 for each recourse, and θ + spent ≥ floor - offset for each future that has one
void Master::add_spent_rows(ModelBuilder& builder) const {
  for (std::size_t at = 0; at < spent_.size(); ++at) {
    const RowId row = builder.add_row(first_key, 0, 0);
    builder.add_entry(row, ColumnId(spent_[at]), 1);
    const std::vector<double>& own = problem_.recourses[at].first_cost;
    const std::vector<double>& cost = own.empty() ? problem_.first.cost : own;
    for (std::size_t column = 0; column < cost.size(); ++column)
      builder.add_entry(row, ColumnId(static_cast<std::int32_t>(column)), -cost[column]);
  }
  for (std::size_t at = 0; at < theta_.size(); ++at) {
    if (is_clustered_ || theta_[at] < 0 || total_floor_[at] == -infinity) continue;
    const RowId row = builder.add_row(future_key, total_floor_[at] - problem_.first.offset, infinity);
    builder.add_entry(row, ColumnId(theta_[at]), 1);
    builder.add_entry(row, ColumnId(spent_[static_cast<std::size_t>(problem_.futures[at].recourse)]), 1);
  }
}

/// c'x + Σ factor Θ ≥ Σ p_k floor_k - offset: the objective's own coefficients, so that no rounding is left by which it
/// could fall for ever.
void Master::add_mean_row(ModelBuilder& builder) const {
  ExactSum floor;
  for (std::size_t at = 0; at < theta_.size(); ++at) {
    const double probability = problem_.futures[at].probability;
    if (probability <= 0) continue;
    if (theta_[at] < 0 || total_floor_[at] == -infinity) return;
    floor.add_product(probability, total_floor_[at]);
  }
  floor.add(-problem_.first.offset);
  const RowId row = builder.add_row(future_key, floor.enclosure().lower, infinity);
  for (std::size_t column = 0; column < problem_.first.cost.size(); ++column)
    builder.add_entry(row, ColumnId(static_cast<std::int32_t>(column)), problem_.first.cost[column]);
  for (const Theta& theta : thetas_) builder.add_entry(row, ColumnId(theta.column), theta.probability);
}

void Master::add_tail_rows(ModelBuilder& builder) const {
  for (std::size_t at = 0; at < tail_.size(); ++at) {
    if (tail_[at] < 0) continue;
    const RowId row = builder.add_row(tail_key, problem_.first.offset, infinity);
    builder.add_entry(row, ColumnId(tail_[at]), 1);
    builder.add_entry(row, ColumnId(threshold_), 1);
    if (theta_[at] >= 0) {
      builder.add_entry(row, ColumnId(theta_[at]), -1);
      builder.add_entry(row, ColumnId(spent_[static_cast<std::size_t>(problem_.futures[at].recourse)]), -1);
      continue;
    }
    const std::vector<double>& cost = first_cost_of(problem_, problem_.futures[at]);
    for (std::size_t column = 0; column < cost.size(); ++column)
      builder.add_entry(row, ColumnId(static_cast<std::int32_t>(column)), -cost[column]);
  }
}

/// optimality: θ - slope'x ≥ constant    feasibility: -slope'x ≥ constant
void Master::add_cut_rows(ModelBuilder& builder) const {
  for (const Row& stored : rows_) {
    const RowId row = builder.add_row(cut_key, stored.cut.constant, infinity);
    if (stored.is_optimality) builder.add_entry(row, ColumnId(theta_[stored.future]), 1);
    for (const auto& [column, factor] : stored.cut.slope) builder.add_entry(row, ColumnId(column), -factor);
  }
}

Model Master::build(bool with_integers) const {
  const Model& first = problem_.first;
  ModelBuilder builder;
  for (std::size_t row = 0; row < first.row_lower.size(); ++row)
    builder.add_row(first_key, first.row_lower[row], first.row_upper[row]);
  add_columns(builder);
  for (std::size_t column = 0; column < first.cost.size(); ++column) {
    for (auto at = first.matrix.start[column]; at < first.matrix.start[column + 1]; ++at) {
      const auto place = static_cast<std::size_t>(at);
      builder.add_entry(RowId(first.matrix.row[place]), ColumnId(static_cast<std::int32_t>(column)),
                        first.matrix.value[place]);
    }
  }
  add_spent_rows(builder);
  if (has_tail()) add_tail_rows(builder);
  if (is_clustered_) add_mean_row(builder);
  add_cut_rows(builder);
  Model model = builder.build("master", names_of_master());
  if (!with_integers) std::fill(model.is_integer.begin(), model.is_integer.end(), std::uint8_t{0});
  return model;
}

void Master::keep_basis(const Solution& solution) {
  has_basis_ = !solution.row_basis.empty() && !solution.column_basis.empty();
  if (!has_basis_) return;
  basis_ = {};
  basis_.column_basis = solution.column_basis;
  basis_.row_basis = solution.row_basis;
  const std::size_t before = basis_.row_basis.size() - rows_.size();
  std::vector<std::uint8_t> kept(basis_.row_basis.begin(),
                                 basis_.row_basis.begin() + static_cast<std::ptrdiff_t>(before));
  std::vector<Row> busy;
  for (std::size_t at = 0; at < rows_.size(); ++at) {
    const std::uint8_t code = basis_.row_basis[before + at];
    rows_[at].idle = code == basic ? rows_[at].idle + 1 : 0;
    if (rows_[at].idle > most_idle) continue;
    kept.push_back(code);
    busy.push_back(std::move(rows_[at]));
  }
  rows_ = std::move(busy);
  basis_.row_basis = std::move(kept);
}

Master::Point Master::solve(const SolveOptions& options, bool with_integers) {
  const Model model = build(with_integers);
  ScaledModel scaled = scale(model);
  const bool is_mip = scaled.model.has_integers();
  Solution solution;
  if (has_basis_ && !is_mip) solution = solve_warm(scaled.model, basis_, options);
  if (solution.status != Status::optimal) solution = optim::solve(scaled.model, options);
  if (solution.status != Status::optimal && is_clustered_ && !is_mip) {
    // Slopes of 1e-17 stretch scaling; as it stands, a solver leaves them out, and the proof does not.
    Solution again = optim::solve(model, options);
    if (again.status == Status::optimal) {
      scaled = unscaled(model);
      solution = std::move(again);
    }
  }
  Point point;
  point.status = solution.status;
  point.message = solution.message;
  if (solution.status != Status::optimal) return point;
  Certificate certificate = certify(scaled.model, solution);
  if (!is_mip && leaves_gap(certificate, options.relative_gap)) solve_larger(scaled, options, solution, certificate);
  Solution natural = solution;
  if (certificate.upper_is_proved) natural.value = certificate.repaired;
  natural = unscale(natural, scaled.scaling);
  point.first.assign(natural.value.begin(), natural.value.begin() + problem_.first.column_count());
  // Columns that move in a circle at no cost leave no bound in interval arithmetic: then the duals' word counts.
  const bool is_claimed = is_mip || certificate.lower == -infinity;
  const double claimed = is_mip ? certificate.mip_bound_claimed : certificate.dual_objective;
  point.lower = std::ldexp(is_claimed ? claimed : certificate.lower, -scaled.scaling.objective);
  point.is_proved =
      !is_claimed && std::all_of(rows_.begin(), rows_.end(), [](const Row& row) { return row.cut.is_proved; });
  if (!is_mip) keep_basis(solution);
  return point;
}

}  // namespace pinchpoint::optim
