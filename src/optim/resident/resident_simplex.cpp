// SPDX-License-Identifier: Apache-2.0
#include "optim/resident/resident_simplex.hpp"

#include "core/base/ensure.hpp"
#include "optim/resident/engine.hpp"

namespace pinchpoint::optim {

struct ResidentSimplex::Parts {
  explicit Parts(const Model& model) : problem(model), space(problem) {}
  resident::Problem problem;
  resident::Workspace space;
  std::vector<std::unique_ptr<resident::Engine>> engines;
  std::size_t current = 0;

  [[nodiscard]] resident::Engine& engine() const { return *engines[current]; }
};

ResidentSimplex::ResidentSimplex(const Model& model, const BasisCode& base) : parts_(std::make_unique<Parts>(model)) {
  add_start(base);
}
ResidentSimplex::ResidentSimplex(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

std::optional<ResidentSimplex> ResidentSimplex::if_basis(const Model& model, const BasisCode& base) {
  auto parts = std::make_unique<Parts>(model);
  std::optional<resident::LuFactor> factor = resident::factor_of(parts->problem, base);
  if (!factor) return std::nullopt;
  parts->engines.push_back(std::make_unique<resident::Engine>(parts->problem, base, parts->space, std::move(factor)));
  return ResidentSimplex(std::move(parts));
}

ResidentSimplex::~ResidentSimplex() = default;
ResidentSimplex::ResidentSimplex(ResidentSimplex&&) noexcept = default;
ResidentSimplex& ResidentSimplex::operator=(ResidentSimplex&&) noexcept = default;

ResidentSimplex::Outcome ResidentSimplex::solve(const Patch& patch, const Limits& limits) {
  return parts_->engine().solve(patch, limits);
}

ResidentSimplex::Outcome ResidentSimplex::solve_from(const End& from, const Patch& patch, const Limits& limits) {
  return parts_->engine().solve(patch, limits, from.get());
}

ResidentSimplex::End ResidentSimplex::end() const {
  return std::make_shared<const resident::End>(parts_->engine().end());
}

std::size_t ResidentSimplex::bytes(const End& end) { return end ? end->tableau.bytes() : 0; }

double ResidentSimplex::objective() const { return parts_->engine().objective(); }
int ResidentSimplex::iterations() const { return parts_->engine().iterations(); }
const std::vector<double>& ResidentSimplex::values() const { return parts_->engine().values(); }
const std::vector<double>& ResidentSimplex::row_duals() const { return parts_->engine().row_duals(); }
const std::vector<std::int32_t>& ResidentSimplex::changed_columns() const { return parts_->engine().changed_columns(); }
const std::vector<std::int32_t>& ResidentSimplex::changed_rows() const { return parts_->engine().changed_rows(); }
double ResidentSimplex::start_objective() const { return parts_->engine().start_objective(); }
BasisCode ResidentSimplex::basis() const { return parts_->engine().basis(); }

int ResidentSimplex::add_start(const BasisCode& basis) {
  parts_->engines.push_back(std::make_unique<resident::Engine>(parts_->problem, basis, parts_->space));
  return start_count() - 1;
}

void ResidentSimplex::replace_start(int start, const BasisCode& basis) {
  ensure(start >= 0 && start < start_count(), "no such start basis");
  parts_->engines[static_cast<std::size_t>(start)] =
      std::make_unique<resident::Engine>(parts_->problem, basis, parts_->space);
}

void ResidentSimplex::start_from(int start) {
  ensure(start >= 0 && start < start_count(), "no such start basis");
  parts_->current = static_cast<std::size_t>(start);
}

int ResidentSimplex::start_count() const { return static_cast<int>(parts_->engines.size()); }

}  // namespace pinchpoint::optim
