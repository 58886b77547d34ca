// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <vector>

#include "analysis/plan/plan.hpp"

namespace pinchpoint::plan {

namespace {

using optim::ColumnId;
using optim::RowId;

bool is_in(const RecipeLine& line, ModeId mode) { return !line.mode.is_valid() || line.mode == mode; }

/// A technology draws on other goods if it has inputs; one without (a mine, a wind farm) makes things out of nothing by
/// right and is no part of a loop.
bool has_inputs(const Technology& technology, ModeId mode) {
  for (const RecipeLine& line : technology.recipe) {
    if (line.role == RecipeRole::input && is_in(line, mode)) return true;
  }
  return false;
}

/// Calls `see` with every technology that has inputs, mode by mode.
template <class See>
void for_each_run(const World& world, const See& see) {
  for (const TechnologyId technology : ids(world.technologies)) {
    std::vector<ModeId> modes = world.technologies[technology].modes;
    if (modes.empty()) modes.emplace_back();
    for (const ModeId mode : modes) {
      if (has_inputs(world.technologies[technology], mode)) see(technology, mode);
    }
  }
}

/// Which goods lead to which by way of recipes.
class RecipeGraph {
 public:
  explicit RecipeGraph(const World& world) : goods_(world.commodities.size()), onward_(goods_) {
    for_each_run(world, [&](TechnologyId technology, ModeId mode) { add(world.technologies[technology], mode); });
  }

  /// By run: is it on a loop, or on the way from one to another? The rest neither feeds a loop from nothing nor is
  /// needed to show that one does. Empty if there is no loop.
  [[nodiscard]] std::vector<bool> runs_on_loops() const {
    std::vector<bool> is_left(onward_.size(), true);
    if (peel(onward_, is_left) == onward_.size()) return {};
    peel(turned_over(), is_left);
    return {is_left.begin() + static_cast<std::ptrdiff_t>(goods_), is_left.end()};
  }

 private:
  using Arcs = std::vector<std::vector<std::size_t>>;  // goods, then runs

  /// Takes away what nothing that is still there leads to; returns how much that is.
  static std::size_t peel(const Arcs& onward, std::vector<bool>& is_left) {
    std::vector<int> before(onward.size(), 0);
    for (std::size_t node = 0; node < onward.size(); ++node) {
      if (!is_left[node]) continue;
      for (const std::size_t to : onward[node]) ++before[to];
    }
    std::vector<std::size_t> first;
    for (std::size_t node = 0; node < onward.size(); ++node) {
      if (is_left[node] && before[node] == 0) first.push_back(node);
    }
    std::size_t taken = 0;
    for (; !first.empty(); ++taken) {
      const std::size_t node = first.back();
      first.pop_back();
      is_left[node] = false;
      for (const std::size_t to : onward[node]) {
        if (--before[to] == 0 && is_left[to]) first.push_back(to);
      }
    }
    return taken;
  }

  [[nodiscard]] Arcs turned_over() const {
    Arcs back(onward_.size());
    for (std::size_t from = 0; from < onward_.size(); ++from) {
      for (const std::size_t to : onward_[from]) back[to].push_back(from);
    }
    return back;
  }

  /// Goods lead to the run that uses them, and the run to what it makes.
  void add(const Technology& technology, ModeId mode) {
    const std::size_t run = onward_.size();
    onward_.emplace_back();
    const auto good = [](CommodityId commodity) { return static_cast<std::size_t>(commodity.index()); };
    if (technology.output.is_valid()) onward_[run].push_back(good(technology.output));
    for (const RecipeLine& line : technology.recipe) {
      if (!is_in(line, mode)) continue;
      if (line.role == RecipeRole::output) onward_[run].push_back(good(line.commodity));
      if (line.role == RecipeRole::input) onward_[good(line.commodity)].push_back(run);
    }
  }

  std::size_t goods_;
  Arcs onward_;
};

/// Amount of a line where it holds everywhere; a line that holds in some regions only is left out of account.
double amount_at_start(const World& world, const RecipeLine& line) {
  return line.amount.at({}, {}, world.timeline.start()).value_or(0);
}

/// max Σ gain  subject to  made − used − gain ≥ 0 for each commodity, 0 ≤ runs ≤ 1, 0 ≤ gain ≤ 1
/// of the runs on loops, with a column for each substitute. A positive optimum is a loop that feeds itself and leaves a
/// surplus.
class LoopProblem {
 public:
  LoopProblem(const World& world, const std::vector<bool>& is_on_loop) : world_(world) {
    for ([[maybe_unused]] const Commodity& commodity : world.commodities)
      rows_.push_back(builder_.add_row({}, 0, optim::infinity));
    std::size_t run = 0;
    for_each_run(world, [&](TechnologyId technology, ModeId mode) {
      if (is_on_loop[run++]) add(technology, mode);
    });
    for (const CommodityId commodity : ids(world.commodities)) {
      const ColumnId gain = builder_.add_column({}, -1, 0, 1);
      builder_.add_entry(row(commodity), gain, -1);
    }
    add_substitute_columns();
  }

  std::vector<FreeLoop> solve() {
    const optim::Model model = builder_.build("free loops", nullptr);
    const optim::Solution solution = optim::solve(model);
    constexpr double least_gain = 1e-6;
    if (solution.status != optim::Status::optimal || solution.objective > -least_gain) return {};
    FreeLoop loop;
    for (std::size_t at = 0; at < technologies_.size(); ++at) {
      if (solution.value[at] > least_gain) loop.technologies.push_back(technologies_[at]);
    }
    for (const CommodityId commodity : ids(world_.commodities)) {
      const auto at = technologies_.size() + static_cast<std::size_t>(commodity.index());
      if (solution.value[at] > least_gain) loop.gained.push_back(commodity);
    }
    return {loop};
  }

 private:
  [[nodiscard]] RowId row(CommodityId commodity) const { return rows_.at(static_cast<std::size_t>(commodity.index())); }

  void add(TechnologyId id, ModeId mode) {
    const Technology& technology = world_.technologies[id];
    const ColumnId column = builder_.add_column({}, 0, 0, 1);
    technologies_.push_back(id);
    if (technology.output.is_valid()) builder_.add_entry(row(technology.output), column, 1);
    for (const RecipeLine& line : technology.recipe) {
      if (!is_in(line, mode)) continue;
      const double amount = amount_at_start(world_, line);
      if (line.role == RecipeRole::output) builder_.add_entry(row(line.commodity), column, amount);
      if (line.role == RecipeRole::input && line.group.empty())
        builder_.add_entry(row(line.commodity), column, -amount);
      if (line.role == RecipeRole::input && !line.group.empty()) add_substitute(id, line, column, amount);
    }
  }

  /// Σ substitutes of a group − runs ≥ 0
  void add_substitute(TechnologyId id, const RecipeLine& line, ColumnId runs, double amount) {
    const auto [place, is_new] = groups_.try_emplace({id, line.group}, RowId{});
    if (is_new) {
      place->second = builder_.add_row({}, 0, optim::infinity);
      builder_.add_entry(place->second, runs, -1);
    }
    substitutes_.push_back({line.commodity, place->second, amount});
  }

  void add_substitute_columns() {
    for (const Substitute& substitute : substitutes_) {
      const ColumnId column = builder_.add_column({}, 0, 0, 1);
      builder_.add_entry(substitute.group, column, 1);
      builder_.add_entry(row(substitute.commodity), column, -substitute.amount);
    }
  }

  struct Substitute {
    CommodityId commodity;
    RowId group;
    double amount;
  };
  const World& world_;
  optim::ModelBuilder builder_;
  std::vector<RowId> rows_;
  std::vector<TechnologyId> technologies_;
  std::map<std::pair<TechnologyId, std::string>, RowId> groups_;
  std::vector<Substitute> substitutes_;
};

}  // namespace

std::vector<FreeLoop> find_free_loops(const World& world) {
  const std::vector<bool> on_loops = RecipeGraph(world).runs_on_loops();
  if (on_loops.empty()) return {};
  return LoopProblem(world, on_loops).solve();
}

Diagnostics check_free_loops(const World& world, const tables::ModelFolder& folder) {
  Diagnostics problems;
  for (const FreeLoop& loop : find_free_loops(world)) {
    std::vector<std::string> technologies, gained;
    for (const TechnologyId technology : loop.technologies) technologies.push_back(world.technologies[technology].id);
    for (const CommodityId commodity : loop.gained) gained.push_back(world.commodities[commodity].id);
    Diagnostic& problem = problems.add(Code::free_money_loop, place_of(folder, "technologies", technologies.front()),
                                       fmt::format("running {} together makes {} out of nothing",
                                                   fmt::join(technologies, ", "), fmt::join(gained, ", ")));
    problem.found = technologies.front();
    problem.fix = "correct the amounts in recipes.csv: somewhere on the loop more comes out than goes in";
  }
  return problems;
}

}  // namespace pinchpoint::plan
