// SPDX-License-Identifier: Apache-2.0
#include "optim/stochastic/program_values.hpp"

#include <cmath>

#include "optim/solve/proved_solution.hpp"
#include "optim/stochastic/extensive_form.hpp"

namespace pinchpoint::optim {

namespace {

/// Adds weight · part to a sum of bounds.
void add(Between& sum, double weight, const Between& part) {
  sum.lower += weight * part.lower;
  sum.upper += weight * part.upper;
}

/// Mean cost of a first-stage point; infinite where a future has no way out.
Between expected_cost(const TwoStageProblem& problem, const std::vector<double>& first, const SolveOptions& options,
                      bool& is_certified) {
  Between sum{0, 0};
  TwoStageProblem fixed = problem;
  fixed.first.lower = fixed.first.upper = first;
  for (std::size_t at = 0; at < problem.futures.size(); ++at) {
    if (problem.futures[at].probability <= 0) continue;
    const ProvedOptimum one = prove_optimum(extensive_form(alone(fixed, at)), options);
    if (one.status == Status::infeasible) return {infinity, infinity};
    is_certified = is_certified && one.is_certified;
    add(sum, problem.futures[at].probability, one.optimum);
  }
  return sum;
}

Between wait_and_see(const TwoStageProblem& problem, const SolveOptions& options, bool& is_certified) {
  Between sum{0, 0};
  for (std::size_t at = 0; at < problem.futures.size(); ++at) {
    if (problem.futures[at].probability <= 0) continue;
    const ProvedOptimum one = prove_optimum(extensive_form(alone(problem, at)), options);
    is_certified = is_certified && one.is_certified;
    add(sum, problem.futures[at].probability, one.optimum);
  }
  return sum;
}

std::vector<double> first_part(const TwoStageProblem& problem, const std::vector<double>& value) {
  std::vector<double> first(value.begin(), value.begin() + problem.first.column_count());
  for (std::size_t at = 0; at < first.size(); ++at) {
    if (problem.first.is_integer[at] != 0) first[at] = std::round(first[at]);
  }
  return first;
}

ProgramValues values_of_two(const StagedProgram& program, const SolveOptions& options) {
  const TwoStageProblem problem = two_stage_of(program);
  ProgramValues values;
  const ProvedOptimum recourse = prove_optimum(extensive_form(problem), options);
  if (recourse.status != Status::optimal) {
    values.message = std::string("the recourse problem is ") + to_string(recourse.status);
    return values;
  }
  values.is_certified = recourse.is_certified;
  values.recourse = recourse.optimum;
  values.first = first_part(problem, recourse.value);
  const TwoStageProblem mean = two_stage_of(mean_program(program));
  const ProvedOptimum expected = prove_optimum(extensive_form(mean), options);
  values.wait_and_see = wait_and_see(problem, options, values.is_certified);
  if (expected.status != Status::optimal) {
    values.message = std::string("the problem of the mean future is ") + to_string(expected.status);
    values.is_certified = false;
    return values;
  }
  values.is_certified = values.is_certified && expected.is_certified;
  values.expected_value = expected.optimum;
  values.expected_cost = expected_cost(problem, first_part(mean, expected.value), options, values.is_certified);
  return values;
}

Between wait_and_see(const StagedProgram& program, const SolveOptions& options, bool& is_certified) {
  Between sum{0, 0};
  for (std::size_t at = 0; at < program.nodes.size(); ++at) {
    const StagedProgram::Node& node = program.nodes[at];
    if (node.stage + 1 != program.stages || node.probability <= 0) continue;
    const ProvedOptimum one = prove_optimum(extensive_form(path_to(program, static_cast<std::int32_t>(at))), options);
    is_certified = is_certified && one.is_certified;
    add(sum, node.probability, one.optimum);
  }
  return sum;
}

/// Columns of the first stage come first in the extensive form.
std::vector<double> first_part(const StagedProgram& program, const std::vector<double>& value) {
  std::vector<double> first;
  for (std::size_t column = 0; column < program.column_stage.size(); ++column) {
    if (program.column_stage[column] != 0) continue;
    const double here = value[first.size()];
    first.push_back(program.core.is_integer[column] != 0 ? std::round(here) : here);
  }
  return first;
}

ProgramValues values_of_tree(const StagedProgram& program, const SolveOptions& options) {
  ProgramValues values;
  const ProvedOptimum recourse = prove_optimum(extensive_form(program), options);
  if (recourse.status != Status::optimal) {
    values.message = std::string("the recourse problem is ") + to_string(recourse.status);
    return values;
  }
  values.is_certified = recourse.is_certified;
  values.recourse = recourse.optimum;
  values.first = first_part(program, recourse.value);
  values.wait_and_see = wait_and_see(program, options, values.is_certified);
  const ProvedOptimum expected = prove_optimum(extensive_form(mean_program(program)), options);
  if (expected.status != Status::optimal) {
    values.message = std::string("the problem of the mean future is ") + to_string(expected.status);
    values.is_certified = false;
    return values;
  }
  values.expected_value = expected.optimum;
  const StagedProgram fixed = with_first(program, first_part(program, expected.value));
  const ProvedOptimum cost = prove_optimum(extensive_form(fixed), options);
  values.is_certified = values.is_certified && expected.is_certified && cost.is_certified;
  values.expected_cost = cost.optimum;
  if (cost.status == Status::infeasible) values.expected_cost = {infinity, infinity};
  return values;
}

}  // namespace

Between difference(const Between& a, const Between& b) { return {a.lower - b.upper, a.upper - b.lower}; }

Between ProgramValues::value_of_stochastic_solution() const { return difference(expected_cost, recourse); }
Between ProgramValues::value_of_perfect_information() const { return difference(recourse, wait_and_see); }

ProvedOptimum prove_optimum(const Model& model, const SolveOptions& options) {
  ProvedSolution solved = solve_and_prove(model, options);
  if (solved.status != Status::optimal) return {solved.status, {}, false, {}};
  return {solved.status, {solved.lower, solved.upper}, solved.is_certified, std::move(solved.value)};
}

ProgramValues values_of(const StagedProgram& program, const SolveOptions& options) {
  return program.stages == 2 ? values_of_two(program, options) : values_of_tree(program, options);
}

}  // namespace pinchpoint::optim
