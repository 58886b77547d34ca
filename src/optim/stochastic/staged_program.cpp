// SPDX-License-Identifier: Apache-2.0
#include "optim/stochastic/staged_program.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <tuple>

#include "core/base/ensure.hpp"

namespace pinchpoint::optim {

namespace {

using What = DataChange::What;

/// Place of an entry; -1 if the matrix has none there.
std::int64_t place_of(const SparseMatrix& matrix, std::int32_t row, std::int32_t column) {
  const auto begin = matrix.row.begin() + matrix.start[static_cast<std::size_t>(column)];
  const auto end = matrix.row.begin() + matrix.start[static_cast<std::size_t>(column) + 1];
  const auto found = std::lower_bound(begin, end, row);
  return found != end && *found == row ? found - matrix.row.begin() : -1;
}

void insert_entry(SparseMatrix& matrix, const DataChange& change) {
  const auto column = static_cast<std::size_t>(change.column);
  const auto begin = matrix.row.begin() + matrix.start[column];
  const auto end = matrix.row.begin() + matrix.start[column + 1];
  const auto at = std::lower_bound(begin, end, change.row) - matrix.row.begin();
  matrix.row.insert(matrix.row.begin() + at, change.row);
  matrix.value.insert(matrix.value.begin() + at, change.value);
  for (std::size_t later = column + 1; later < matrix.start.size(); ++later) ++matrix.start[later];
}

double& number_at(Model& model, const DataChange& change) {
  const auto row = static_cast<std::size_t>(change.row);
  const auto column = static_cast<std::size_t>(change.column);
  switch (change.what) {
    case What::cost:
      return model.cost[column];
    case What::entry:
      if (place_of(model.matrix, change.row, change.column) < 0)
        insert_entry(model.matrix, {What::entry, change.row, change.column, 0});
      return model.matrix.value[static_cast<std::size_t>(place_of(model.matrix, change.row, change.column))];
    case What::row_lower:
      return model.row_lower[row];
    case What::row_upper:
      return model.row_upper[row];
    case What::column_lower:
      return model.lower[column];
    case What::column_upper:
      return model.upper[column];
    case What::offset:
      return model.offset;
  }
  ensure(false, "every kind of change is handled");
  return model.offset;
}

/// Every row and column of a stage, numbered within it.
struct Numbering {
  std::vector<std::int32_t> row, column;  ///< by row, column of the core: place within its stage
  explicit Numbering(const StagedProgram& program) {
    std::vector<std::int32_t> rows(static_cast<std::size_t>(program.stages), 0);
    std::vector<std::int32_t> columns = rows;
    for (const std::int32_t stage : program.row_stage) row.push_back(rows[static_cast<std::size_t>(stage)]++);
    for (const std::int32_t stage : program.column_stage) column.push_back(columns[static_cast<std::size_t>(stage)]++);
  }
};

/// Writes the copy of one stage for one node.
class TreeWriter {
 public:
  explicit TreeWriter(const StagedProgram& program) : program_(program), numbers_(program) {
    names_ = std::make_shared<Names>();
    family_ = names_->add_family("node", {});
  }

  Model write() {
    for (std::size_t node = 0; node < program_.nodes.size(); ++node) add_node(static_cast<std::int32_t>(node));
    builder_.add_offset(offset_);
    return builder_.build("extensive form", names_);
  }

 private:
  void add_node(std::int32_t number) {
    const StagedProgram::Node& node = program_.nodes[static_cast<std::size_t>(number)];
    const Model model = changed(program_.core, node.changes);
    first_column_.push_back(builder_.column_count());
    const std::int32_t first_row = builder_.row_count();
    for (std::size_t row = 0; row < model.row_lower.size(); ++row) {
      if (program_.row_stage[row] == node.stage)
        builder_.add_row({family_, {}}, model.row_lower[row], model.row_upper[row]);
    }
    for (std::size_t column = 0; column < model.cost.size(); ++column) {
      if (program_.column_stage[column] != node.stage) continue;
      builder_.add_column({family_, {}}, node.probability * model.cost[column], model.lower[column],
                          model.upper[column], model.is_integer[column] != 0);
    }
    add_entries(number, model, first_row);
    if (node.stage == 0) offset_ += program_.core.offset;
    offset_ += node.probability * (model.offset - program_.core.offset);
  }

  void add_entries(std::int32_t number, const Model& model, std::int32_t first_row) {
    const std::int32_t stage = program_.nodes[static_cast<std::size_t>(number)].stage;
    for (std::size_t column = 0; column < model.cost.size(); ++column) {
      if (program_.column_stage[column] > stage) continue;
      const std::int32_t owner = ancestor(number, program_.column_stage[column]);
      const ColumnId here(first_column_[static_cast<std::size_t>(owner)] + numbers_.column[column]);
      for (auto at = model.matrix.start[column]; at < model.matrix.start[column + 1]; ++at) {
        const auto place = static_cast<std::size_t>(at);
        const auto row = static_cast<std::size_t>(model.matrix.row[place]);
        if (program_.row_stage[row] == stage)
          builder_.add_entry(RowId(first_row + numbers_.row[row]), here, model.matrix.value[place]);
      }
    }
  }

  [[nodiscard]] std::int32_t ancestor(std::int32_t node, std::int32_t stage) const {
    while (program_.nodes[static_cast<std::size_t>(node)].stage > stage)
      node = program_.nodes[static_cast<std::size_t>(node)].parent;
    return node;
  }

  const StagedProgram& program_;
  Numbering numbers_;
  std::shared_ptr<Names> names_;
  FamilyId family_;
  ModelBuilder builder_;
  std::vector<std::int32_t> first_column_;  ///< by node
  double offset_ = 0;
};

/// Rows and columns of one stage; entries that tie its rows to the first stage become links.
Recourse part_of(const StagedProgram& program, const Numbering& numbers, const Model& model, std::int32_t stage) {
  ModelBuilder builder;
  Recourse part;
  for (std::size_t row = 0; row < model.row_lower.size(); ++row) {
    if (program.row_stage[row] == stage)
      builder.add_row(model.row_key[row], model.row_lower[row], model.row_upper[row]);
  }
  for (std::size_t column = 0; column < model.cost.size(); ++column) {
    const bool is_own = program.column_stage[column] == stage;
    ColumnId here(numbers.column[column]);
    if (is_own)
      here = builder.add_column(model.column_key[column], model.cost[column], model.lower[column], model.upper[column],
                                model.is_integer[column] != 0);
    for (auto at = model.matrix.start[column]; at < model.matrix.start[column + 1]; ++at) {
      const auto place = static_cast<std::size_t>(at);
      const auto row = static_cast<std::size_t>(model.matrix.row[place]);
      if (program.row_stage[row] != stage) continue;
      if (is_own)
        builder.add_entry(RowId(numbers.row[row]), here, model.matrix.value[place]);
      else
        part.links.push_back({numbers.row[row], here.index(), model.matrix.value[place]});
    }
  }
  part.model = builder.build(stage == 0 ? "first stage" : "recourse", model.names);
  return part;
}

bool is_side(What what) { return what != What::cost && what != What::entry && what != What::offset; }

/// What a node changes besides bounds and sides, the last of several changes of one number, ordered; empty: nothing
/// that asks for a recourse other than the core's.
std::vector<DataChange> recourse_changes(const StagedProgram& program, const std::vector<DataChange>& changes) {
  std::map<std::tuple<What, std::int32_t, std::int32_t>, double> last;
  bool has_own = false;
  for (const DataChange& change : changes) {
    if (is_side(change.what)) continue;
    last[{change.what, change.row, change.column}] = change.value;
    has_own =
        has_own || change.what != What::entry || program.column_stage[static_cast<std::size_t>(change.column)] == 1;
  }
  std::vector<DataChange> own;
  if (!has_own) return own;
  for (const auto& [at, value] : last) own.push_back({std::get<0>(at), std::get<1>(at), std::get<2>(at), value});
  return own;
}

/// Bounds and sides of a future; links, too, if it has the core's recourse.
Future future_of(const StagedProgram& program, const Numbering& numbers, const StagedProgram::Node& node,
                 std::int32_t recourse) {
  std::vector<DataChange> sides;
  std::copy_if(node.changes.begin(), node.changes.end(), std::back_inserter(sides),
               [](const DataChange& change) { return is_side(change.what); });
  const Model model = changed(program.core, sides);
  Future future{node.probability, recourse, {}, {}};
  for (std::size_t row = 0; row < model.row_lower.size(); ++row) {
    const bool is_same =
        model.row_lower[row] == program.core.row_lower[row] && model.row_upper[row] == program.core.row_upper[row];
    if (program.row_stage[row] == 1 && !is_same)
      future.patch.rows.push_back({numbers.row[row], model.row_lower[row], model.row_upper[row]});
  }
  for (std::size_t column = 0; column < model.cost.size(); ++column) {
    const bool is_same =
        model.lower[column] == program.core.lower[column] && model.upper[column] == program.core.upper[column];
    if (program.column_stage[column] == 1 && !is_same)
      future.patch.columns.push_back({numbers.column[column], model.lower[column], model.upper[column]});
  }
  if (recourse > 0) return future;
  std::map<std::pair<std::int32_t, std::int32_t>, double> last;
  for (const DataChange& change : node.changes) {
    if (change.what == What::entry) last[{change.row, change.column}] = change.value;
  }
  for (const auto& [at, value] : last) {
    const std::int64_t place = place_of(program.core.matrix, at.first, at.second);
    const double core = place < 0 ? 0 : program.core.matrix.value[static_cast<std::size_t>(place)];
    if (value != core)
      future.links.push_back({numbers.row[static_cast<std::size_t>(at.first)],
                              numbers.column[static_cast<std::size_t>(at.second)], value - core});
  }
  return future;
}

}  // namespace

Model changed(Model core, const std::vector<DataChange>& changes) {
  for (const DataChange& change : changes) number_at(core, change) = change.value;
  return core;
}

Model extensive_form(const StagedProgram& program) { return TreeWriter(program).write(); }

TwoStageProblem two_stage_of(const StagedProgram& program) {
  ensure(program.stages == 2, "a program of two stages");
  const Numbering numbers(program);
  const Model first = changed(program.core, program.nodes.front().changes);
  TwoStageProblem problem;
  problem.first = part_of(program, numbers, first, 0).model;
  problem.first.offset = first.offset;
  problem.recourses.push_back(part_of(program, numbers, program.core, 1));
  std::map<std::vector<DataChange>, std::int32_t> numbered;
  for (const StagedProgram::Node& node : program.nodes) {
    if (node.stage == 0) continue;
    const std::vector<DataChange> own = recourse_changes(program, node.changes);
    std::int32_t recourse = 0;
    if (!own.empty()) {
      const auto [place, is_new] = numbered.try_emplace(own, static_cast<std::int32_t>(problem.recourses.size()));
      recourse = place->second;
      if (is_new) {
        const Model model = changed(program.core, own);
        problem.recourses.push_back(part_of(program, numbers, model, 1));
        problem.recourses.back().model.offset = model.offset - program.core.offset;
      }
    }
    problem.futures.push_back(future_of(program, numbers, node, recourse));
  }
  return problem;
}

StagedProgram mean_program(const StagedProgram& program) {
  using Place = std::tuple<What, std::int32_t, std::int32_t>;
  std::vector<std::map<Place, double>> mean(static_cast<std::size_t>(program.stages));  // less the core's number
  Model core = program.core;
  for (const StagedProgram::Node& node : program.nodes) {
    if (node.stage == 0) continue;
    std::map<Place, double> last;
    for (const DataChange& change : node.changes) last[{change.what, change.row, change.column}] = change.value;
    for (const auto& [at, value] : last) {
      const double own = number_at(core, {std::get<0>(at), std::get<1>(at), std::get<2>(at), 0});
      if (value != own) mean[static_cast<std::size_t>(node.stage)][at] += node.probability * (value - own);
    }
  }
  StagedProgram one{program.core, program.row_stage, program.column_stage, program.stages, {program.nodes.front()}};
  for (std::int32_t stage = 1; stage < program.stages; ++stage) {
    StagedProgram::Node node{stage - 1, stage, 1, {}};
    for (const auto& [at, difference] : mean[static_cast<std::size_t>(stage)]) {
      DataChange change{std::get<0>(at), std::get<1>(at), std::get<2>(at), 0};
      change.value = number_at(core, change) + difference;
      node.changes.push_back(change);
    }
    one.nodes.push_back(std::move(node));
  }
  return one;
}

StagedProgram path_to(const StagedProgram& program, std::int32_t node) {
  StagedProgram path{program.core, program.row_stage, program.column_stage, program.stages, {}};
  for (; node >= 0; node = program.nodes[static_cast<std::size_t>(node)].parent)
    path.nodes.push_back(program.nodes[static_cast<std::size_t>(node)]);
  std::reverse(path.nodes.begin(), path.nodes.end());
  for (std::size_t at = 0; at < path.nodes.size(); ++at) {
    path.nodes[at].parent = static_cast<std::int32_t>(at) - 1;
    path.nodes[at].probability = 1;
  }
  return path;
}

StagedProgram with_first(StagedProgram program, const std::vector<double>& first) {
  std::size_t place = 0;
  for (std::size_t column = 0; column < program.column_stage.size(); ++column) {
    if (program.column_stage[column] != 0) continue;
    const double value = first.at(place++);
    const auto index = static_cast<std::int32_t>(column);
    program.nodes.front().changes.push_back({What::column_lower, -1, index, value});
    program.nodes.front().changes.push_back({What::column_upper, -1, index, value});
  }
  return program;
}

}  // namespace pinchpoint::optim
