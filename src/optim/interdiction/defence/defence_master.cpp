// SPDX-License-Identifier: Apache-2.0
#include "optim/interdiction/defence/defence_master.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "optim/interdiction/defence/defended_model.hpp"
#include "optim/solve/solver.hpp"

namespace pinchpoint::optim {

namespace {

// Duals smaller than this are the solver's rounding.
constexpr double dual_tolerance = 1e-9;
constexpr double least_gap = 1e-9;
// Of the gap that is asked for.
constexpr double share_of_gap = 0.1;

}  // namespace

/// A bound or side that a dual pays for, as an affine function of what is bought.
struct DefenceMaster::Side {
  double constant = 0;
  std::vector<std::pair<std::int32_t, double>> slope;  ///< by defence; may be infinite
};

DefenceMaster::DefenceMaster(const DefenceProblem& problem, double least)
    : problem_(problem),
      least_(least),
      widest_(relieved_model(problem, all_defences(problem))),
      protectors_(problem.attack.targets.size()) {
  for (std::size_t defence = 0; defence < problem.defences.size(); ++defence) {
    for (const std::int32_t target : problem.defences[defence].protects) {
      std::vector<std::int32_t>& list = protectors_[static_cast<std::size_t>(target)];
      if (list.empty() || list.back() != static_cast<std::int32_t>(defence)) {
        list.push_back(static_cast<std::int32_t>(defence));
      }
    }
  }
}

void DefenceMaster::add_term(Cut& cut, double dual, const Side& side) const {
  cut.constant += dual * side.constant;
  for (const auto& [defence, slope] : side.slope) cut.slope[static_cast<std::size_t>(defence)] += dual * slope;
}

void DefenceMaster::add_terms(Cut& cut, bool is_rows, const std::vector<std::int32_t>& bought,
                              const std::vector<std::int32_t>& lost, const std::vector<double>& dual) const {
  const Model& model = *problem_.attack.model;
  const Model now = relieved_model(problem_, bought);
  const std::vector<std::uint8_t> is_protected = protected_targets(problem_, bought);
  std::map<std::int32_t, std::vector<std::pair<std::int32_t, BoundChange>>> changes;
  for (const std::int32_t target : lost) {
    if (is_protected[static_cast<std::size_t>(target)] != 0) continue;
    const Patch& patch = problem_.attack.targets[static_cast<std::size_t>(target)].patch;
    for (const BoundChange& change : is_rows ? patch.rows : patch.columns) {
      changes[change.index].emplace_back(target, change);
    }
  }
  std::map<std::int32_t, std::vector<std::pair<std::int32_t, Relief>>> reliefs;
  for (std::size_t defence = 0; defence < problem_.defences.size(); ++defence) {
    const Defence& given = problem_.defences[defence];
    for (const Relief& relief : is_rows ? given.rows : given.columns) {
      reliefs[relief.index].emplace_back(static_cast<std::int32_t>(defence), relief);
    }
  }
  for (std::size_t at = 0; at < dual.size(); ++at) {
    if (std::abs(dual[at]) <= dual_tolerance) continue;
    const auto index = static_cast<std::int32_t>(at);
    const bool is_upper = dual[at] < 0;
    const auto bound_of = [&](const Model& of) {
      if (is_rows) return is_upper ? of.row_upper[at] : of.row_lower[at];
      return is_upper ? of.upper[at] : of.lower[at];
    };
    Side side{bound_of(model), {}};
    double tightest = bound_of(now);
    std::int32_t breaker = -1;
    for (const auto& [target, change] : changes[index]) {
      const double cut_to = is_upper ? change.upper : change.lower;
      if (is_upper ? cut_to >= tightest : cut_to <= tightest) continue;
      tightest = cut_to;
      breaker = target;
    }
    if (breaker >= 0) {
      side.constant = tightest;
      for (const std::int32_t defence : protectors_[static_cast<std::size_t>(breaker)]) {
        side.slope.emplace_back(defence, bound_of(widest_) - tightest);
      }
    } else {
      for (const auto& [defence, relief] : reliefs[index]) {
        side.slope.emplace_back(defence, is_upper ? relief.upper : relief.lower);
      }
    }
    add_term(cut, dual[at], side);
  }
}

void DefenceMaster::add_cut(const std::vector<std::int32_t>& bought, const std::vector<std::int32_t>& lost,
                            const Solution& solution) {
  Cut cut{problem_.attack.model->offset, std::vector<double>(problem_.defences.size(), 0.0)};
  add_terms(cut, false, bought, lost, solution.reduced_cost);
  add_terms(cut, true, bought, lost, solution.row_dual);
  // Where one defence alone brings the cut below the least value there is, that value says the same with smaller
  // numbers.
  for (double& slope : cut.slope) slope = std::max(slope, std::min(0.0, least_ - cut.constant));
  cuts_.push_back(std::move(cut));
}

void DefenceMaster::require_more_than(const std::vector<std::int32_t>& bought) {
  std::vector<std::int32_t> others;
  for (const std::int32_t defence : all_defences(problem_)) {
    if (!std::binary_search(bought.begin(), bought.end(), defence)) others.push_back(defence);
  }
  required_.push_back(std::move(others));
}

DefenceMaster::Choice DefenceMaster::choose(const AttackOptions& options, double seconds_left) const {
  ModelBuilder builder;
  const ColumnId above_least = builder.add_column({}, 1, 0, infinity);
  const RowId limit = builder.add_row({}, -infinity, problem_.cost_limit);
  std::vector<ColumnId> buy;
  for (const Defence& defence : problem_.defences) {
    buy.push_back(builder.add_column({}, 0, 0, 1, true));
    builder.add_entry(limit, buy.back(), defence.cost);
  }
  for (const Cut& cut : cuts_) {
    const RowId row = builder.add_row({}, cut.constant - least_, infinity);
    builder.add_entry(row, above_least, 1);
    for (std::size_t at = 0; at < buy.size(); ++at) builder.add_entry(row, buy[at], -cut.slope[at]);
  }
  for (const std::vector<std::int32_t>& list : required_) {
    const RowId row = builder.add_row({}, 1, infinity);
    for (const std::int32_t defence : list) builder.add_entry(row, buy[static_cast<std::size_t>(defence)], 1);
  }
  const Solution solution = solve(builder.build("defence", nullptr),
                                  {.time_limit = seconds_left,
                                   .relative_gap = std::max(least_gap, share_of_gap * options.relative_gap),
                                   .threads = options.threads,
                                   .interrupt = options.interrupt});
  Choice choice;
  choice.is_stopped = solution.status == Status::limit_reached;
  if (choice.is_stopped) {
    // Its bound holds however far it came.
    if (std::isfinite(solution.mip_bound)) choice.bound = least_ + solution.mip_bound;
    return choice;
  }
  if (solution.status != Status::optimal && solution.status != Status::infeasible) choice.failure = solution.message;
  choice.is_feasible = solution.status == Status::optimal;
  if (!choice.is_feasible) return choice;
  choice.bound = least_ + solution.mip_bound;
  choice.value = least_ + solution.objective;
  for (std::size_t at = 0; at < buy.size(); ++at) {
    const double bought = solution.value[static_cast<std::size_t>(buy[at].index())];
    if (bought > 0.5) choice.bought.push_back(static_cast<std::int32_t>(at));
  }
  return choice;
}

}  // namespace pinchpoint::optim
