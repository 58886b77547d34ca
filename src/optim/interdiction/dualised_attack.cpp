// SPDX-License-Identifier: Apache-2.0
#include "optim/interdiction/dualised_attack.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/ensure.hpp"
#include "optim/interdiction/attack_checks.hpp"
#include "optim/solve/solver.hpp"

namespace pinchpoint::optim {

namespace {

// The solver's least: its gap is measured on the loss.
constexpr double least_gap = 1e-9;

/// A dual row entry: the multiplier of a column's bound, or of a row's side, stands in these rows.
using Entries = std::vector<std::pair<RowId, double>>;

class DualisedModel {
 public:
  explicit DualisedModel(const AttackProblem& problem, double largest_price)
      : problem_(problem), model_(*problem.model), largest_price_(largest_price) {
    add_leader();
    add_dual();
    if (problem.no_answer == NoAnswer::forbidden) add_answer();
  }
  Model build() { return builder_.build("dualised attack", nullptr); }

 private:
  void add_leader() {
    const RowId limit = builder_.add_row({}, -infinity, problem_.cost_limit);
    for (const Target& target : problem_.targets) {
      chosen_.push_back(builder_.add_column({}, 0, 0, 1, true));
      builder_.add_entry(limit, chosen_.back(), target.cost);
    }
  }

  void add_dual() {
    for (const double cost : model_.cost) dual_row_.push_back(builder_.add_row({}, cost, cost));
    std::vector<Entries> of_row(model_.row_lower.size());
    for (std::size_t column = 0; column < model_.cost.size(); ++column) {
      const Entries own{{dual_row_[column], 1}};
      add_sides(own, model_.lower[column], model_.upper[column]);
      for (auto at = model_.matrix.start[column]; at < model_.matrix.start[column + 1]; ++at) {
        const auto place = static_cast<std::size_t>(at);
        of_row[static_cast<std::size_t>(model_.matrix.row[place])].emplace_back(dual_row_[column],
                                                                                model_.matrix.value[place]);
      }
    }
    for (std::size_t row = 0; row < of_row.size(); ++row) {
      add_sides(of_row[row], model_.row_lower[row], model_.row_upper[row]);
    }
    for (std::size_t target = 0; target < problem_.targets.size(); ++target) add_losses(target, of_row);
    builder_.add_offset(problem_.base.objective - model_.offset);
  }

  void add_sides(const Entries& entries, double lower, double upper) {
    if (lower != -infinity) add_multiplier(entries, lower, 1, infinity);
    if (upper != infinity) add_multiplier(entries, upper, -1, infinity);
  }

  /// A lower side pays multiplier · side, an upper one takes it; the objective is minimised.
  ColumnId add_multiplier(const Entries& entries, double side, double sign, double most) {
    const ColumnId multiplier = builder_.add_column({}, -sign * side, 0, most);
    for (const auto& [row, entry] : entries) builder_.add_entry(row, multiplier, sign * entry);
    return multiplier;
  }

  void add_losses(std::size_t target, const std::vector<Entries>& of_row) {
    const Patch& patch = problem_.targets[target].patch;
    for (const BoundChange& change : patch.columns) {
      const auto at = static_cast<std::size_t>(change.index);
      add_loss(target, {{dual_row_[at], 1}}, change, model_.lower[at], model_.upper[at]);
    }
    for (const BoundChange& change : patch.rows) {
      const auto at = static_cast<std::size_t>(change.index);
      add_loss(target, of_row[at], change, model_.row_lower[at], model_.row_upper[at]);
    }
  }

  void add_loss(std::size_t target, const Entries& entries, const BoundChange& change, double lower, double upper) {
    if (change.lower > lower) link(target, add_multiplier(entries, change.lower, 1, largest_price_));
    if (change.upper < upper) link(target, add_multiplier(entries, change.upper, -1, largest_price_));
  }

  void link(std::size_t target, ColumnId multiplier) {
    const RowId row = builder_.add_row({}, -infinity, 0);
    builder_.add_entry(row, multiplier, 1);
    builder_.add_entry(row, chosen_[target], -largest_price_);
  }

  /// A point of the follower under the loss, so that a choice without one is infeasible.
  void add_answer() {
    std::vector<RowId> rows;
    for (std::size_t row = 0; row < model_.row_lower.size(); ++row) {
      rows.push_back(builder_.add_row({}, model_.row_lower[row], model_.row_upper[row]));
    }
    std::vector<Entries> of_row(rows.size());
    std::vector<ColumnId> columns;
    for (std::size_t column = 0; column < model_.cost.size(); ++column) {
      columns.push_back(builder_.add_column({}, 0, model_.lower[column], model_.upper[column]));
      for (auto at = model_.matrix.start[column]; at < model_.matrix.start[column + 1]; ++at) {
        const auto place = static_cast<std::size_t>(at);
        const auto row = static_cast<std::size_t>(model_.matrix.row[place]);
        builder_.add_entry(rows[row], columns.back(), model_.matrix.value[place]);
        answer_terms_.push_back({row, columns.back(), model_.matrix.value[place]});
      }
    }
    for (std::size_t target = 0; target < problem_.targets.size(); ++target) {
      for (const BoundChange& change : problem_.targets[target].patch.columns) {
        const auto at = static_cast<std::size_t>(change.index);
        bar(target, {{columns[at], 1}}, change, model_.lower[at], model_.upper[at]);
      }
      for (const BoundChange& change : problem_.targets[target].patch.rows) {
        const auto at = static_cast<std::size_t>(change.index);
        bar(target, terms_of(at), change, model_.row_lower[at], model_.row_upper[at]);
      }
    }
  }

  using Terms = std::vector<std::pair<ColumnId, double>>;
  [[nodiscard]] Terms terms_of(std::size_t row) const {
    Terms terms;
    for (const AnswerTerm& term : answer_terms_) {
      if (term.row == row) terms.emplace_back(term.column, term.entry);
    }
    return terms;
  }

  /// terms ≤ upper - (upper - its upper) z, and the same from below.
  void bar(std::size_t target, const Terms& terms, const BoundChange& change, double lower, double upper) {
    if (change.upper < upper) bar_side(target, terms, upper, upper - change.upper, -infinity, upper);
    if (change.lower > lower) bar_side(target, terms, lower, lower - change.lower, lower, infinity);
  }
  void bar_side(std::size_t target, const Terms& terms, double side, double factor, double lower, double upper) {
    ensure(std::isfinite(side), "a target changes a bound that is infinite, where answers must be left");
    const RowId row = builder_.add_row({}, lower, upper);
    for (const auto& [column, entry] : terms) builder_.add_entry(row, column, entry);
    builder_.add_entry(row, chosen_[target], factor);
  }

  struct AnswerTerm {
    std::size_t row;
    ColumnId column;
    double entry;
  };
  const AttackProblem& problem_;
  const Model& model_;
  double largest_price_;
  ModelBuilder builder_;
  std::vector<ColumnId> chosen_;
  std::vector<RowId> dual_row_;
  std::vector<AnswerTerm> answer_terms_;
};

}  // namespace

Attack dualise_attack(const AttackProblem& problem, const AttackOptions& options) {
  check_attack(problem, options);
  Attack attack;
  if (!read_base(problem, attack)) return attack;
  const Model dualised = DualisedModel(problem, options.largest_price).build();
  const Solution solution = solve(dualised, {.time_limit = options.time_limit,
                                             .relative_gap = std::max(options.relative_gap, least_gap),
                                             .threads = options.threads,
                                             .interrupt = options.interrupt});
  attack.seconds = solution.seconds;
  if (solution.status == Status::failed || solution.status == Status::unbounded) attack.message = solution.message;
  if (solution.has_values) {
    for (std::size_t target = 0; target < problem.targets.size(); ++target) {
      if (solution.value[target] > 0.5) attack.chosen.push_back(static_cast<std::int32_t>(target));
    }
    attack.lower = attack.base - solution.objective;
    attack.upper = std::max(attack.lower, attack.base - solution.mip_bound);
  }
  finish_attack(problem, options, false, attack);
  return attack;
}

}  // namespace pinchpoint::optim
