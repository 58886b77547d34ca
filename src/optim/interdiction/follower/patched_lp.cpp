// SPDX-License-Identifier: Apache-2.0
#include "optim/interdiction/follower/patched_lp.hpp"

#include <algorithm>

#include "optim/solve/race.hpp"

namespace pinchpoint::optim {

namespace {

// Fewer pivots than this are quicker than any interior point, however few the rows.
constexpr std::int64_t least_pivots = 300;

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

class SessionLp final : public PatchedLp {
 public:
  SessionLp(const Model& model, const Solution& base) : model_(model), base_(base) {
    open();
    start_from(base_);
  }

  Solution solve(const Patch& patch, const SolveOptions& options) override {
    apply(patch);
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
    start_from(base_);
    return solution;
  }

  void start_from(const Solution& solution) override {
    if (!solution.column_basis.empty()) session_->set_basis(solution);
  }

 private:
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
  Solution base_;
  std::unique_ptr<Session> session_;
  Patch applied_;
};

}  // namespace

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

std::unique_ptr<PatchedLp> open_patched_lp(const Model& model, const Solution& base) {
  return std::make_unique<SessionLp>(model, base);
}

}  // namespace pinchpoint::optim
