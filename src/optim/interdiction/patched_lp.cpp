// SPDX-License-Identifier: Apache-2.0
#include "optim/interdiction/patched_lp.hpp"

namespace pinchpoint::optim {

namespace {

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
  SessionLp(const Model& model, const Solution& base) : model_(model), base_(base) { open(); }

  Solution solve(const Patch& patch, const SolveOptions& options) override {
    apply(patch);
    Solution solution = session_->solve(options);
    if (solution.status != Status::failed) return solution;
    // A basis can be too bad to go on from: a fresh session has none of what led there.
    open();
    apply(patch);
    return session_->solve(options);
  }

  void start_from(const Solution& solution) override {
    if (!solution.column_basis.empty()) session_->set_basis(solution);
  }

 private:
  void open() {
    session_ = backends().front().open();
    session_->load(model_);
    applied_ = {};
    start_from(base_);
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

std::unique_ptr<PatchedLp> open_patched_lp(const Model& model, const Solution& base) {
  return std::make_unique<SessionLp>(model, base);
}

}  // namespace pinchpoint::optim
