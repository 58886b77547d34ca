// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/start/start_point.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "core/base/ensure.hpp"
#include "core/base/sha256.hpp"
#include "optim/solve/polish.hpp"

namespace pinchpoint::optim {

namespace {

constexpr std::uint8_t is_basic = 1;

template <class Number>
void append_bytes(std::string& bytes, const std::vector<Number>& numbers) {
  bytes.append(reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(Number));
}

std::string structure_sum(const Model& model) {
  std::string bytes;
  append_bytes(bytes, model.matrix.start);
  append_bytes(bytes, model.matrix.row);
  append_bytes(bytes, model.is_integer);
  return sha256_hex(bytes);
}

std::string number_sum(const Model& model) {
  std::string bytes;
  append_bytes(bytes, std::vector<double>{model.offset});
  for (const std::vector<double>* numbers :
       {&model.matrix.value, &model.cost, &model.lower, &model.upper, &model.row_lower, &model.row_upper})
    append_bytes(bytes, *numbers);
  return sha256_hex(bytes);
}

std::ptrdiff_t count_basic(const std::vector<std::uint8_t>& basis) {
  return std::count(basis.begin(), basis.end(), is_basic);
}

/// One value a column: those of the integers, and 0 elsewhere.
std::vector<double> spread_integers(const StartPoint& start, const Model& model) {
  std::vector<double> values(model.cost.size(), 0.0);
  std::size_t next = 0;
  for (std::size_t column = 0; column < values.size(); ++column) {
    if (model.is_integer[column] != 0) values[column] = start.integers[next++];
  }
  return values;
}

}  // namespace

Fingerprint fingerprint(const Model& model) {
  return {model.row_count(), model.column_count(), model.nonzero_count(), structure_sum(model), number_sum(model)};
}

std::optional<StartPoint> start_point(const Model& model, const Fingerprint& print, const Solution& solution) {
  const bool has_basis =
      solution.column_basis.size() == model.cost.size() && solution.row_basis.size() == model.row_lower.size();
  if (solution.status != Status::optimal || !has_basis || model.cost.empty()) return std::nullopt;
  StartPoint start{print, solution.column_basis, solution.row_basis, {}, 0};
  if (!model.has_integers()) return start;
  start.mip_bound = solution.mip_bound;
  for (std::size_t column = 0; column < model.cost.size(); ++column) {
    if (model.is_integer[column] != 0) start.integers.push_back(std::round(solution.value[column]));
  }
  return start;
}

bool fits(const StartPoint& start, const Model& model) {
  if (start.column_basis.size() != model.cost.size() || start.row_basis.size() != model.row_lower.size()) return false;
  if (count_basic(start.column_basis) + count_basic(start.row_basis) != model.row_count()) return false;
  if (start.model.structure != structure_sum(model)) return false;
  if (!model.has_integers()) return true;
  const auto integers =
      std::count_if(model.is_integer.begin(), model.is_integer.end(), [](auto it) { return it != 0; });
  return static_cast<std::ptrdiff_t>(start.integers.size()) == integers && start.model.numbers == number_sum(model);
}

Solution solve_from(const StartPoint& start, const Model& model, const SolveOptions& options) {
  ensure(fits(start, model), "a start of another model");
  const std::unique_ptr<Session> session = backends().front().open();
  Solution basis;
  basis.column_basis = start.column_basis;
  basis.row_basis = start.row_basis;
  SolveOptions from_basis = options;
  from_basis.method = Method::simplex;
  from_basis.few_pivots = true;
  const bool is_mip = model.has_integers();
  session->load(is_mip ? with_integers_fixed(model, spread_integers(start, model)) : model);
  session->set_basis(basis);
  Solution solution = session->solve(from_basis);
  if (is_mip) solution.mip_bound = start.mip_bound;
  return solution;
}

}  // namespace pinchpoint::optim
