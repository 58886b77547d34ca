// SPDX-License-Identifier: Apache-2.0
#include "optim/interdiction/follower/patched_lp.hpp"

#include <algorithm>
#include <optional>

#include "optim/resident/resident_simplex.hpp"
#include "optim/solve/race.hpp"

namespace pinchpoint::optim {

namespace {

// Fewer pivots than this are quicker than any interior point, however few the rows.
constexpr std::int64_t least_pivots = 300;
// The session is quicker from here on, for it factorises anew.
constexpr int most_resident_pivots = 5000;

/// By simplex, and by interior point from nothing where a quarter of the rows in pivots did not do: the rule of
/// race.hpp, which does not look at the clock.
Solution solve_warm(Session& session, std::int32_t row_count, SolveOptions options) {
  const double rows = row_count;
  options.method = Method::simplex;
  options.simplex_iteration_limit =
      std::max(least_pivots, static_cast<std::int64_t>(RaceRules{}.simplex_iterations_per_row * rows));
  Solution solution = session.solve(options);
  if (solution.status != Status::limit_reached || solution.iterations < options.simplex_iteration_limit)
    return solution;
  const double seconds = solution.seconds;
  options.method = Method::interior_point;
  options.time_limit = std::max(0.0, options.time_limit - seconds);
  solution = session.solve(options);
  solution.seconds += seconds;
  return solution;
}

/// In sessions of their own: what a session remembers of earlier solves would make answers depend on them. HiGHS may
/// lose itself from a warm basis, and its simplex may end unsure, warm or cold, where there is no answer.
Solution solve_by_session(const Model& model, const Solution& base, const Patch& patch, SolveOptions options) {
  const Model changed = patched(model, patch);
  const auto open = [&] {
    auto session = backends().front().open();
    session->load(changed);
    return session;
  };
  const auto warm = open();
  if (!base.column_basis.empty()) warm->set_basis(base);
  Solution solution = solve_warm(*warm, model.row_count(), options);
  for (const Method method : {Method::simplex, Method::interior_point}) {
    if (solution.status != Status::failed) break;
    options.method = method;
    solution = open()->solve(options);
  }
  return solution;
}

/// The resident simplex; the session takes what rounding spoils.
class ResidentLp final : public PatchedLp {
 public:
  ResidentLp(const Model& model, const Solution& base, std::shared_ptr<const SmallerLp> smaller)
      : model_(model), base_(base), smaller_(std::move(smaller)) {
    if (smaller_)
      simplex_.emplace(smaller_->reduction.model(), smaller_->base.basis());
    else if (!base.column_basis.empty())
      simplex_.emplace(model, base.basis());
  }

  Solution solve(const Patch& patch, const SolveOptions& options, double enough,
                 const std::shared_ptr<const BasisCode>& start) override {
    if (!simplex_) return solve_again(patch, options);
    start_from(start);
    using Outcome = ResidentSimplex::Outcome;
    Solution solution;
    const Patch asked = smaller_ ? smaller_->reduction.reduced(patch) : patch;
    switch (simplex_->solve(asked, {.target = enough, .iterations = most_resident_pivots})) {
      case Outcome::optimal:
        return read(patch);
      case Outcome::infeasible:
        solution.status = Status::infeasible;
        return solution;
      case Outcome::limit:
        if (!(simplex_->objective() > enough)) break;
        solution.status = Status::limit_reached;
        solution.objective = simplex_->objective();
        return solution;
      default:
        break;
    }
    return smaller_ ? solve_smaller_again(patch, asked, options) : solve_again(patch, options);
  }

  /// Of the model: its basis is no start where the smaller LP is solved.
  Solution solve_again(const Patch& patch, const SolveOptions& options) override {
    Solution solution = solve_by_session(model_, base_, patch, options);
    if (smaller_) {
      solution.column_basis.clear();
      solution.row_basis.clear();
    }
    return solution;
  }

 private:
  void start_from(const std::shared_ptr<const BasisCode>& start) {
    if (start && start != kept_) {
      if (simplex_->start_count() == 1)
        simplex_->add_start(*start);
      else
        simplex_->replace_start(1, *start);
      kept_ = start;
    }
    simplex_->start_from(start ? 1 : 0);
  }

  /// Of the smaller LP, whose basis is a start for others; where that has no answer, of the model.
  Solution solve_smaller_again(const Patch& patch, const Patch& asked, const SolveOptions& options) {
    Solution solution = solve_by_session(smaller_->reduction.model(), smaller_->base, asked, options);
    if (solution.status != Status::optimal) return solve_again(patch, options);
    make_whole(patch, solution);
    return solution;
  }

  [[nodiscard]] Solution read(const Patch& patch) const {
    Solution solution;
    solution.status = Status::optimal;
    solution.has_values = solution.has_duals = true;
    solution.objective = simplex_->objective();
    solution.iterations = simplex_->iterations();
    BasisCode basis = simplex_->basis();
    solution.column_basis = std::move(basis.column_basis);
    solution.row_basis = std::move(basis.row_basis);
    solution.value = simplex_->values();
    solution.row_dual = simplex_->row_duals();
    make_whole(patch, solution);
    return solution;
  }

  /// All of the point and the duals of what was solved; the basis stays that of the smaller LP.
  void make_whole(const Patch& patch, Solution& solution) const {
    if (smaller_) {
      solution.value = smaller_->reduction.whole_values(patch, solution.value);
      solution.row_dual = smaller_->reduction.whole_duals(patch, solution.row_dual);
    }
    solution.activity.assign(model_.row_lower.size(), 0.0);
    solution.reduced_cost = model_.cost;
    for (std::size_t column = 0; column < model_.cost.size(); ++column) {
      for (auto at = model_.matrix.start[column]; at < model_.matrix.start[column + 1]; ++at) {
        const auto row = static_cast<std::size_t>(model_.matrix.row[static_cast<std::size_t>(at)]);
        const double entry = model_.matrix.value[static_cast<std::size_t>(at)];
        solution.activity[row] += entry * solution.value[column];
        solution.reduced_cost[column] -= entry * solution.row_dual[row];
      }
    }
  }

  const Model& model_;
  const Solution& base_;
  std::shared_ptr<const SmallerLp> smaller_;
  std::optional<ResidentSimplex> simplex_;
  std::shared_ptr<const BasisCode> kept_;
};

}  // namespace

std::shared_ptr<const SmallerLp> make_smaller_lp(const Model& model, std::span<const Patch> patches) {
  std::optional<Reduction> reduction = Reduction::make(model, patches);
  if (!reduction) return nullptr;
  Solution base = optim::solve(reduction->model());
  if (base.status != Status::optimal || base.column_basis.empty()) return nullptr;
  return std::make_shared<const SmallerLp>(SmallerLp{std::move(*reduction), std::move(base)});
}

std::unique_ptr<PatchedLp> open_patched_lp(const Model& model, const Solution& base,
                                           std::shared_ptr<const SmallerLp> smaller) {
  return std::make_unique<ResidentLp>(model, base, std::move(smaller));
}

}  // namespace pinchpoint::optim
