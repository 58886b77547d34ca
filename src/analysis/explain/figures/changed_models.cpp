// SPDX-License-Identifier: Apache-2.0
#include "analysis/explain/figures/changed_models.hpp"

#include <mutex>

#include "core/base/ensure.hpp"

namespace pinchpoint::explain {

namespace {

// UDUNITS-2 parses with state of the whole program: worlds are loaded one at a time, assembled side by side.
std::mutex& units_mutex() {
  static std::mutex mutex;
  return mutex;
}

Figure discount_figure(const tables::ModelFolder& folder) {
  Figure figure;
  figure.table = "model.toml";
  figure.label = "discount_rate";
  figure.value = folder.settings.discount_rate;
  figure.unit = "1/year";
  return figure;
}

/// Calls `see` with the table and the row of every figure of the tables, in the order of list_figures().
template <class Folder, class See>
void for_each_place(Folder& folder, const See& see) {
  for (const tables::TableSchema& schema : tables::schemas()) {
    if (schema.figure.empty()) continue;
    auto& table = folder.tables.at(std::string(schema.name));
    const int column = table.column(schema.figure);
    for (std::size_t row = 0; row < table.row_count(); ++row) {
      if (table.has(row, column)) see(table, row, column);
    }
  }
}

std::string thing_of(const tables::Table& table, std::size_t row) {
  const tables::TableSchema& schema = table.schema();
  const int technology = schema.find_column("technology");
  if (technology < 0 || !table.has(row, technology))
    return std::string(table.text(row, table.column(schema.key.front())));
  std::string thing(table.text(row, technology));
  if (schema.key.front() != "id") return thing;
  for (const char* name : {"region", "owner"}) {
    if (const int column = schema.find_column(name); column >= 0) thing += ' ' + std::string(table.text(row, column));
  }
  return thing;
}

bool is_time(const tables::Table& table, std::size_t row) {
  const int column = table.schema().find_column("parameter");
  if (column < 0) return false;
  const tables::ParameterSchema* const parameter = table.schema().find_parameter(table.text(row, column));
  return parameter != nullptr && parameter->dimension == "time";
}

}  // namespace

std::vector<std::string> list_things(const tables::ModelFolder& folder) {
  std::vector<std::string> things;
  for_each_place(folder,
                 [&](const tables::Table& table, std::size_t row, int) { things.push_back(thing_of(table, row)); });
  things.emplace_back("discount_rate");
  return things;
}

std::vector<bool> list_times(const tables::ModelFolder& folder) {
  std::vector<bool> times;
  for_each_place(folder,
                 [&](const tables::Table& table, std::size_t row, int) { times.push_back(is_time(table, row)); });
  times.push_back(false);
  return times;
}

std::vector<Figure> all_figures(const tables::ModelFolder& folder) {
  std::vector<Figure> figures = list_figures(folder);
  figures.push_back(discount_figure(folder));
  return figures;
}

ChangedModels::ChangedModels(const tables::ModelFolder& folder, bool relax_integers)
    : folder_(folder), relax_integers_(relax_integers) {
  if (folder_.settings.rules) {
    Result<ruling::Ruler> ruler = ruling::Ruler::read(folder_);
    ensure(ruler.has_value(), "a model that was planned under rules has rules that can be read");
    ruler_ = std::move(*ruler);
  }
  for (auto& [name, table] : folder_.tables) table = table.copy();
  for_each_place(folder_, [this](tables::Table& table, std::size_t row, int column) {
    places_.push_back({&table, row, column});
    values_.push_back(table.number(row, column));
  });
}

void ChangedModels::set(const FigureChange& change, double value) {
  if (change.figure == places_.size()) {
    folder_.settings.discount_rate = value;
    return;
  }
  const Place& place = places_.at(change.figure);
  place.table->set_number(place.row, place.column, value);
}

std::optional<World> ChangedModels::world_with(std::span<const FigureChange> changes) {
  const double rate = folder_.settings.discount_rate;
  const std::shared_ptr<const UnitSystem> units = folder_.units;
  const std::lock_guard lock(units_mutex());
  bool has_deflator = false;
  for (const FigureChange& change : changes) {
    set(change, change.value);
    has_deflator = has_deflator ||
                   (change.figure < places_.size() && places_[change.figure].table == &folder_.tables.at("deflators"));
  }
  if (has_deflator) folder_.units = tables::make_unit_system(folder_.settings, folder_.table("deflators"));
  Result<World> world = load_world(folder_);
  if (world && ruler_) {
    Result<ruling::RuledWorld> ruled = ruler_->rule(std::move(world).value(), folder_);
    world = ruled ? Result<World>(std::move(ruled->world)) : Result<World>(ruled.error());
  }
  for (const FigureChange& change : changes)
    set(change, change.figure < values_.size() ? values_[change.figure] : rate);
  folder_.units = units;
  if (!world) return std::nullopt;
  return std::move(world).value();
}

std::optional<plan::PlanProblem> ChangedModels::problem_with(std::span<const FigureChange> changes) {
  const std::optional<World> world = world_with(changes);
  if (!world) return std::nullopt;
  return plan::assemble_plan(*world, relax_integers_);
}

}  // namespace pinchpoint::explain
