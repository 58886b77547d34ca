// SPDX-License-Identifier: Apache-2.0
// HiGHS behind its C API (the C++ API of the binary distribution has another ABI: docs/decisions/0002-highs.md).
// Not supported: quadratic costs, semicontinuous columns, several objectives, lazy constraints, start values of
// a MIP, rays of a MIP, PDLP and HiPO. Every run uses one thread, so that equal input gives equal output;
// SolveOptions::threads is used by race.cpp only. Bounds and sides of 1e20 and more are infinite to HiGHS.
// Interrupts are heard in every phase: within 0.1 s of CPU on a network of 66,000 columns.
#include "optim/solve/backends/highs/highs_session.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

#include "optim/solve/backends/highs/highs_library.hpp"
#include "optim/solve/backends/highs/highs_watch.hpp"

namespace pinchpoint::optim {

namespace {

static_assert(sizeof(HighsInt) == sizeof(std::int32_t), "indices are passed to HiGHS without a copy");

struct DestroyHighs {
  void operator()(void* highs) const { highs_api().destroy(highs); }
};

/// Sets options by name and refuses those HiGHS does not know.
class OptionSetter {
 public:
  explicit OptionSetter(void* highs) : highs_(highs) {}
  void set(const char* name, double value) const { check(name, highs_api().setDoubleOptionValue(highs_, name, value)); }
  void set(const char* name, int value) const { check(name, highs_api().setIntOptionValue(highs_, name, value)); }
  void set(const char* name, bool value) const { check(name, highs_api().setBoolOptionValue(highs_, name, value)); }
  void set(const char* name, const char* value) const {
    check(name, highs_api().setStringOptionValue(highs_, name, value));
  }

 private:
  static void check(const char* name, HighsInt status) {
    ensure(status == kHighsStatusOk, std::string("HiGHS refuses the option ") + name);
  }
  void* highs_;
};

int clamp_to_int(std::int64_t value) {
  return static_cast<int>(std::clamp<std::int64_t>(value, 0, std::numeric_limits<int>::max()));
}

class HighsSession final : public Session {
 public:
  HighsSession() : highs_(highs_api().create()) {
    const OptionSetter setter(highs_.get());
    setter.set("output_flag", false);
    setter.set("small_matrix_value",
               1e-12);  // HiGHS's least; at its default 1e-9 load() would drop what the model means
  }
  void load(const Model& model) override;
  Solution solve(const SolveOptions& options) override;
  void set_column_bounds(ColumnId column, double lower, double upper) override;
  void set_row_bounds(RowId row, double lower, double upper) override;
  void set_cost(ColumnId column, double cost) override;
  void set_basis(const Solution& from) override;
  std::vector<std::uint8_t> basic_columns() override;
  std::vector<double> row_rates(const std::vector<double>& weights) override;
  std::vector<double> column_movement(const std::vector<double>& shift) override;

 private:
  void set_options(const SolveOptions& options, bool with_presolve);
  [[nodiscard]] std::vector<HighsInt> basic_variables() const;
  HighsInt run(const SolveOptions& options);
  [[nodiscard]] bool empty_rows_hold() const;
  void read_values(Solution& solution) const;
  void read_basis(Solution& solution) const;
  void read_ray(Solution& solution) const;
  void read_counts(Solution& solution) const;
  [[nodiscard]] HighsInt int_info(const char* name) const;
  [[nodiscard]] double double_info(const char* name) const;

  std::unique_ptr<void, DestroyHighs> highs_;
  std::size_t rows_ = 0;
  std::size_t columns_ = 0;
  bool is_mip_ = false;
  bool is_loaded_ = false;
};

void check_sizes(const Model& model) {
  const auto columns = static_cast<std::size_t>(model.column_count());
  const auto rows = static_cast<std::size_t>(model.row_count());
  const SparseMatrix& matrix = model.matrix;
  ensure(model.lower.size() == columns && model.upper.size() == columns && model.is_integer.size() == columns,
         "a model's column vectors differ in length");
  ensure(model.row_upper.size() == rows, "a model's row vectors differ in length");
  ensure(matrix.start.size() == columns + 1 && matrix.row.size() == matrix.value.size() &&
             static_cast<std::size_t>(matrix.start.back()) == matrix.value.size(),
         "a model's matrix does not fit its columns");
}

// All numbers are looked at, whatever the first ones are, so that many are tested at once.
bool are_finite(const std::vector<double>& numbers) {
  bool all = true;
  for (const double number : numbers) all &= std::abs(number) <= std::numeric_limits<double>::max();
  return all;
}

bool have_no_nan(const std::vector<double>& numbers) {
  bool none = true;
  for (const double number : numbers) none &= number == number;
  return none;
}

/// HiGHS takes NaN for a number.
void check_numbers(const Model& model) {
  ensure(std::isfinite(model.offset) && are_finite(model.cost) && are_finite(model.matrix.value),
         "a model's constant, cost or entry is not finite");
  ensure(have_no_nan(model.lower) && have_no_nan(model.upper) && have_no_nan(model.row_lower) &&
             have_no_nan(model.row_upper),
         "a model's bound is not a number");
}

void HighsSession::load(const Model& model) {
  check_sizes(model);
  check_numbers(model);
  std::vector<HighsInt> integrality;
  is_mip_ = model.has_integers();
  if (is_mip_) integrality.assign(model.is_integer.begin(), model.is_integer.end());
  const HighsInt status = highs_api().passModel(
      highs_.get(), model.column_count(), model.row_count(), static_cast<HighsInt>(model.nonzero_count()), 0,
      kHighsMatrixFormatColwise, kHighsHessianFormatTriangular, kHighsObjSenseMinimize, model.offset, model.cost.data(),
      model.lower.data(), model.upper.data(), model.row_lower.data(), model.row_upper.data(), model.matrix.start.data(),
      model.matrix.row.data(), model.matrix.value.data(), nullptr, nullptr, nullptr,
      is_mip_ ? integrality.data() : nullptr);
  ensure(status != kHighsStatusError, "HiGHS refuses the model: a number is not finite or a row does not exist");
  rows_ = model.row_lower.size();
  columns_ = model.cost.size();
  is_loaded_ = true;
}

void HighsSession::set_column_bounds(ColumnId column, double lower, double upper) {
  ensure(!std::isnan(lower) && !std::isnan(upper), "a column's bound is not a number");
  ensure(highs_api().changeColBounds(highs_.get(), column.index(), lower, upper) != kHighsStatusError,
         "HiGHS refuses a column's bounds");
}

void HighsSession::set_row_bounds(RowId row, double lower, double upper) {
  ensure(!std::isnan(lower) && !std::isnan(upper), "a row's side is not a number");
  ensure(highs_api().changeRowBounds(highs_.get(), row.index(), lower, upper) != kHighsStatusError,
         "HiGHS refuses a row's bounds");
}

void HighsSession::set_cost(ColumnId column, double cost) {
  ensure(std::isfinite(cost), "a cost is not finite");
  ensure(highs_api().changeColCost(highs_.get(), column.index(), cost) != kHighsStatusError, "HiGHS refuses a cost");
}

void HighsSession::set_basis(const Solution& from) {
  ensure(from.column_basis.size() == columns_ && from.row_basis.size() == rows_, "a basis of another model");
  const std::vector<HighsInt> columns(from.column_basis.begin(), from.column_basis.end());
  const std::vector<HighsInt> rows(from.row_basis.begin(), from.row_basis.end());
  ensure(highs_api().setBasis(highs_.get(), columns.data(), rows.data()) != kHighsStatusError,
         "HiGHS refuses the basis");
}

/// Columns as themselves, the logical of row i as -1 - i.
std::vector<HighsInt> HighsSession::basic_variables() const {
  ensure(is_loaded_ && !is_mip_, "a MIP, or a session without a model, has no basis");
  std::vector<HighsInt> basic(rows_);
  ensure(highs_api().getBasicVariables(highs_.get(), basic.data()) != kHighsStatusError,
         "HiGHS has no basis: nothing was solved");
  return basic;
}

std::vector<std::uint8_t> HighsSession::basic_columns() {
  std::vector<std::uint8_t> is_basic(columns_, 0);
  for (const HighsInt variable : basic_variables()) {
    if (variable >= 0) is_basic[static_cast<std::size_t>(variable)] = 1;
  }
  return is_basic;
}

// HiGHS's basis matrix is of [A I] with A x + s = 0, so that the logical of a row is minus its activity.
std::vector<double> HighsSession::row_rates(const std::vector<double>& weights) {
  ensure(weights.size() == columns_, "one weight a column");
  const std::vector<HighsInt> basic = basic_variables();
  std::vector<double> of_basic(rows_, 0.0);
  for (std::size_t place = 0; place < rows_; ++place) {
    if (basic[place] >= 0) of_basic[place] = weights[static_cast<std::size_t>(basic[place])];
  }
  std::vector<double> rates(rows_, 0.0);
  ensure(highs_api().getBasisTransposeSolve(highs_.get(), of_basic.data(), rates.data(), nullptr, nullptr) !=
             kHighsStatusError,
         "HiGHS cannot solve with its basis");
  for (const HighsInt variable : basic) {
    if (variable < 0) rates[static_cast<std::size_t>(-1 - variable)] = 0;
  }
  return rates;
}

std::vector<double> HighsSession::column_movement(const std::vector<double>& shift) {
  ensure(shift.size() == rows_, "one shift a row");
  const std::vector<HighsInt> basic = basic_variables();
  std::vector<double> of_basic(rows_, 0.0);
  ensure(highs_api().getBasisSolve(highs_.get(), shift.data(), of_basic.data(), nullptr, nullptr) != kHighsStatusError,
         "HiGHS cannot solve with its basis");
  std::vector<double> movement(columns_, 0.0);
  for (std::size_t place = 0; place < rows_; ++place) {
    if (basic[place] >= 0) movement[static_cast<std::size_t>(basic[place])] = of_basic[place];
  }
  return movement;
}

void HighsSession::set_options(const SolveOptions& options, bool with_presolve) {
  const OptionSetter setter(highs_.get());
  const bool is_logged = !options.log_file.empty();
  setter.set("output_flag", is_logged);
  setter.set("log_to_console", false);
  setter.set("log_file", options.log_file.c_str());
  setter.set("threads", 1);
  setter.set("parallel", "off");
  setter.set("random_seed", options.seed);
  setter.set("presolve", with_presolve ? "choose" : "off");
  setter.set("time_limit", options.time_limit);
  setter.set("simplex_iteration_limit", clamp_to_int(options.simplex_iteration_limit));
  // A crossover of one's own wants the point as exact as HiGHS lets one ask for.
  const bool is_exact = !options.crossover && options.method == Method::interior_point;
  const double tolerance = is_exact ? 1e-10 : options.feasibility_tolerance;
  setter.set("primal_feasibility_tolerance", tolerance);
  setter.set("dual_feasibility_tolerance", tolerance);
  setter.set("ipm_optimality_tolerance", is_exact ? 1e-12 : 1e-8);
  setter.set("mip_rel_gap", options.relative_gap);
  setter.set("mip_abs_gap", 0.0);
  setter.set("run_crossover", options.crossover ? "on" : "off");
  // HiGHS names them in no header of its C API: 1 is the dual simplex, 4 the primal.
  setter.set("simplex_strategy", options.primal_simplex ? 4 : 1);
  // -1: HiGHS chooses, and computes steepest edge weights of any basis that is not all slack; 1: Devex.
  setter.set("simplex_dual_edge_weight_strategy", options.few_pivots ? 1 : -1);
  // With "simplex" or "ipx" HiGHS would solve a MIP's relaxation instead of the MIP.
  if (is_mip_)
    setter.set("solver", "choose");
  else
    setter.set("solver", options.method == Method::interior_point ? "ipx" : "simplex");
}

HighsInt HighsSession::run(const SolveOptions& options) {
  const HighsWatch watch(highs_.get(), options);
  highs_api().zeroAllClocks(highs_.get());
  highs_api().run(highs_.get());
  return highs_api().getModelStatus(highs_.get());
}

/// HiGHS calls every model without columns optimal.
bool HighsSession::empty_rows_hold() const {
  for (HighsInt row = 0; row < static_cast<HighsInt>(rows_); ++row) {
    HighsInt rows_read = 0;
    HighsInt entries_read = 0;
    double lower = 0;
    double upper = 0;
    highs_api().getRowsByRange(highs_.get(), row, row, &rows_read, &lower, &upper, &entries_read, nullptr, nullptr,
                               nullptr);
    if (lower > 0 || upper < 0) return false;
  }
  return true;
}

struct Outcome {
  Status status;
  const char* message;
};

Outcome to_outcome(HighsInt model_status) {
  switch (model_status) {
    case 6:
      return {Status::optimal, "the model is empty"};
    case 7:
      return {Status::optimal, ""};
    case 8:
      return {Status::infeasible, ""};
    case 9:
      return {Status::failed, "infeasible or unbounded: the solver cannot tell which"};
    case 10:
      return {Status::unbounded, ""};
    case 11:
      return {Status::limit_reached, "objective bound"};
    case 12:
      return {Status::limit_reached, "objective target"};
    case 13:
      return {Status::limit_reached, "time limit"};
    case 14:
      return {Status::limit_reached, "iteration limit"};
    case 16:
      return {Status::limit_reached, "solution limit"};
    case 17:
      return {Status::limit_reached, "interrupted"};
    case 15:
      return {Status::failed, "the solver ended without the accuracy asked for"};
    default:
      return {Status::failed, "the solver gave up"};
  }
}

Solution HighsSession::solve(const SolveOptions& options) {
  ensure(is_loaded_, "solve() before load()");
  const auto begin = std::chrono::steady_clock::now();
  set_options(options, true);
  HighsInt model_status = run(options);
  if (model_status == kHighsModelStatusUnboundedOrInfeasible) {
    set_options(options, false);
    model_status = run(options);
  }
  if (columns_ == 0) model_status = empty_rows_hold() ? kHighsModelStatusOptimal : kHighsModelStatusInfeasible;
  Solution solution;
  const Outcome outcome = to_outcome(model_status);
  solution.status = outcome.status;
  solution.message = outcome.message;
  solution.method = is_mip_ || options.method == Method::automatic ? Method::simplex : options.method;
  read_values(solution);
  read_basis(solution);
  if (!is_mip_) read_ray(solution);
  read_counts(solution);
  solution.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return solution;
}

HighsInt HighsSession::int_info(const char* name) const {
  HighsInt value = 0;
  ensure(highs_api().getIntInfoValue(highs_.get(), name, &value) != kHighsStatusError,
         std::string("HiGHS has no info ") + name);
  return value;
}

double HighsSession::double_info(const char* name) const {
  double value = 0;
  ensure(highs_api().getDoubleInfoValue(highs_.get(), name, &value) != kHighsStatusError,
         std::string("HiGHS has no info ") + name);
  return value;
}

void HighsSession::read_values(Solution& solution) const {
  const bool is_optimal = solution.status == Status::optimal;
  solution.has_values = is_optimal || (solution.status == Status::limit_reached &&
                                       int_info("primal_solution_status") == kHighsSolutionStatusFeasible);
  solution.has_duals = is_optimal && !is_mip_;
  if (!solution.has_values) return;
  solution.value.resize(columns_);
  solution.activity.resize(rows_);
  std::vector<double> reduced_cost(columns_);
  std::vector<double> row_dual(rows_);
  highs_api().getSolution(highs_.get(), solution.value.data(), reduced_cost.data(), solution.activity.data(),
                          row_dual.data());
  if (solution.has_duals) {
    solution.reduced_cost = std::move(reduced_cost);
    solution.row_dual = std::move(row_dual);
  }
  solution.objective = highs_api().getObjectiveValue(highs_.get());
  solution.mip_bound = solution.objective;
}

void HighsSession::read_basis(Solution& solution) const {
  if (columns_ == 0) {  // HiGHS calls it empty and has none
    constexpr std::uint8_t basic = 1;
    solution.row_basis.assign(rows_, basic);
    return;
  }
  if (is_mip_ || int_info("basis_validity") != kHighsBasisValidityValid) return;
  std::vector<HighsInt> columns(columns_);
  std::vector<HighsInt> rows(rows_);
  if (highs_api().getBasis(highs_.get(), columns.data(), rows.data()) == kHighsStatusError) return;
  solution.column_basis.assign(columns.begin(), columns.end());
  solution.row_basis.assign(rows.begin(), rows.end());
}

void HighsSession::read_ray(Solution& solution) const {
  const bool is_infeasible = solution.status == Status::infeasible;
  if (!is_infeasible && solution.status != Status::unbounded) return;
  // Presolve finds no ray: HiGHS then solves an LP for it, which gives none by interior point.
  OptionSetter(highs_.get()).set("solver", "simplex");
  HighsInt has_ray = 0;
  std::vector<double> ray(is_infeasible ? rows_ : columns_);
  const auto get_ray = is_infeasible ? highs_api().getDualRay : highs_api().getPrimalRay;
  if (get_ray(highs_.get(), &has_ray, ray.data()) == kHighsStatusError || has_ray == 0) return;
  solution.has_ray = true;
  solution.ray = std::move(ray);
}

void HighsSession::read_counts(Solution& solution) const {
  const std::int64_t crossover = std::max<HighsInt>(int_info("crossover_iteration_count"), 0);
  solution.iterations = std::max<HighsInt>(int_info("simplex_iteration_count"), 0);
  if (solution.method == Method::interior_point) {
    solution.iterations += crossover + std::max<HighsInt>(int_info("ipm_iteration_count"), 0);
  }
  if (is_mip_) solution.mip_bound = double_info("mip_dual_bound");
}

}  // namespace

Backend highs_backend() {
  return {"highs", highs_version(),
          Capabilities{.interior_point = true, .integers = true, .rays = true, .warm_start = true, .sensitivity = true},
          [] { return std::make_unique<HighsSession>(); }};
}

}  // namespace pinchpoint::optim
