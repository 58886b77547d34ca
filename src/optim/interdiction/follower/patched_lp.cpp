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

/// Calls put_back(index) for what only the old list changes and set(change) for what the new one has otherwise.
template <class PutBack, class Set>
void move_changes(const std::vector<BoundChange>& old_list, const std::vector<BoundChange>& new_list,
                  const PutBack& put_back, const Set& set) {
  auto old_entry = old_list.begin();
  for (const BoundChange& change : new_list) {
    for (; old_entry != old_list.end() && old_entry->index < change.index; ++old_entry) put_back(old_entry->index);
    const bool is_same = old_entry != old_list.end() && *old_entry == change;
    if (old_entry != old_list.end() && old_entry->index == change.index) ++old_entry;
    if (!is_same) set(change);
  }
  for (; old_entry != old_list.end(); ++old_entry) put_back(old_entry->index);
}

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

class SessionLp {
 public:
  SessionLp(const Model& model, const Solution& base) : model_(model), base_(base) { open(); }

  Solution solve(const Patch& patch, const SolveOptions& options) {
    apply(patch);
    start_from_base();
    Solution solution = solve_warm(*session_, model_.row_count(), options);
    if (solution.status != Status::failed) return solution;
    // HiGHS may lose itself from a warm basis, and its simplex may end unsure, warm or cold, where there is no answer.
    SolveOptions cold = options;
    for (const Method method : {Method::simplex, Method::interior_point}) {
      open();
      apply(patch);
      cold.method = method;
      solution = session_->solve(cold);
      if (solution.status != Status::failed) break;
    }
    open();
    return solution;
  }

 private:
  void start_from_base() {
    if (!base_.column_basis.empty()) session_->set_basis(base_);
  }

  void open() {
    session_ = backends().front().open();
    session_->load(model_);
    applied_ = {};
  }

  void apply(const Patch& patch) {
    move_changes(
        applied_.columns, patch.columns,
        [this](std::int32_t index) {
          const auto at = static_cast<std::size_t>(index);
          session_->set_column_bounds(ColumnId(index), model_.lower[at], model_.upper[at]);
        },
        [this](const BoundChange& change) {
          session_->set_column_bounds(ColumnId(change.index), change.lower, change.upper);
        });
    move_changes(
        applied_.rows, patch.rows,
        [this](std::int32_t index) {
          const auto at = static_cast<std::size_t>(index);
          session_->set_row_bounds(RowId(index), model_.row_lower[at], model_.row_upper[at]);
        },
        [this](const BoundChange& change) {
          session_->set_row_bounds(RowId(change.index), change.lower, change.upper);
        });
    applied_ = patch;
  }

  const Model& model_;
  const Solution& base_;
  std::unique_ptr<Session> session_;
  Patch applied_;
};

/// The resident simplex; the session takes what rounding spoils.
class ResidentLp final : public PatchedLp {
 public:
  ResidentLp(const Model& model, const Solution& base) : model_(model), session_(model, base) {
    if (!base.column_basis.empty()) simplex_.emplace(model, base);
  }

  Solution solve(const Patch& patch, const SolveOptions& options, double enough,
                 const std::shared_ptr<const BasisCode>& start) override {
    if (!simplex_) return session_.solve(patch, options);
    start_from(start);
    using Outcome = ResidentSimplex::Outcome;
    Solution solution;
    switch (simplex_->solve(patch, {.target = enough, .iterations = most_resident_pivots})) {
      case Outcome::optimal:
        return read();
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
    return session_.solve(patch, options);
  }

  Solution solve_again(const Patch& patch, const SolveOptions& options) override {
    return session_.solve(patch, options);
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

  [[nodiscard]] Solution read() const {
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
    return solution;
  }

  const Model& model_;
  SessionLp session_;
  std::optional<ResidentSimplex> simplex_;
  std::shared_ptr<const BasisCode> kept_;
};

}  // namespace

std::unique_ptr<PatchedLp> open_patched_lp(const Model& model, const Solution& base) {
  return std::make_unique<ResidentLp>(model, base);
}

}  // namespace pinchpoint::optim
