// SPDX-License-Identifier: Apache-2.0
#include "core/tables/model_folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/heap.hpp"
#include "core/tables/internal/cell_text.hpp"
#include "core/tables/internal/checks.hpp"
#include "core/tables/internal/input_files.hpp"
#include "core/tables/internal/model_toml.hpp"
#include "core/tables/internal/patches.hpp"
#include "core/tables/internal/read_part.hpp"
#include "core/tables/internal/table_data.hpp"

namespace pinchpoint::tables {

namespace fs = std::filesystem;
using namespace internal;

namespace {

// What a plan makes of tables takes 20 to 200 times their text (the world, networks). So much memory is readied, once
// there is so much text, by a thread while the tables are read and checked; what a command does not use is in vain.
constexpr std::size_t much_text = std::size_t{256} << 10;
constexpr std::size_t memory_readied = std::size_t{32} << 20;

/// The steps of reading a model folder, in order. Each goes on as far as it can.
class ModelFolderReader {
 public:
  ModelFolderReader(fs::path folder, const ReadOptions& options)
      : folder_(std::move(folder)),
        options_(options),
        files_(folder_, std::min(options.largest_file_bytes, largest_csv_bytes)) {}

  Result<ModelFolder> read() {
    // Without a folder or its model.toml all that follows would only be noise.
    if (!read_chain(folder_, {folder_.generic_string(), {folder_.generic_string(), 0, 0, 0}})) return failure();
    settings_ = settings_of(keys_, options_, diagnostics_);
    read_tables();
    apply_patches();
    check_scenarios();
    make_units();
    check_tables();
    if (diagnostics_.has_errors()) return failure();
    diagnostics_.sort_by_place();
    return ModelFolder{folder_, settings_, units_, std::move(tables_), files_.list(), std::move(diagnostics_)};
  }

 private:
  Diagnostics failure() {
    diagnostics_.sort_by_place();
    return std::move(diagnostics_);
  }

  /// Folders from the furthest base to the one asked for, and their model.toml files laid over one another. False if
  /// one of them cannot be read.
  bool read_chain(const fs::path& folder, const Located<std::string>& asked) {
    std::error_code failed;
    if (!fs::is_directory(folder, failed)) {
      diagnostics_.add(Code::folder_not_found, asked.where, fmt::format("there is no folder '{}'", asked.value));
      return false;
    }
    const fs::path real = fs::canonical(folder);
    if (std::find(chain_.begin(), chain_.end(), real) != chain_.end()) {
      diagnostics_.add(Code::extends_cycle, asked.where, "the folder extends itself, by way of this one");
      return false;
    }
    chain_.push_back(real);
    auto keys = read_keys(folder / "model.toml");
    if (!keys) return false;
    // A base is named as seen from the folder that names it.
    if (keys->rules_base)
      keys->rules_base->value = (folder / keys->rules_base->value).lexically_normal().generic_string();
    if (keys->extends && !read_chain(folder / keys->extends->value, *keys->extends)) return false;
    lay_over(keys_, *keys);
    folders_.push_back(list_folder(folder, files_, options_.lenient, diagnostics_));
    folders_.back().is_inherited = chain_.front() != real;
    return true;
  }

  /// Nothing if the file is missing or no TOML.
  std::optional<ModelKeys> read_keys(const fs::path& path) {
    const std::string name = files_.shown(path);
    std::error_code failed;
    if (fs::symlink_status(path, failed).type() == fs::file_type::not_found) {
      diagnostics_.add(Code::model_file_missing, {name, 0, 0, 0}, "the model folder has no model.toml");
      return std::nullopt;
    }
    const auto text = files_.read(path, diagnostics_);
    if (!text) return std::nullopt;
    Diagnostics found;
    ModelKeys keys = read_model_toml(*text, name, found);
    const bool is_toml = found.all().empty() || found.all().front().code != Code::bad_toml;
    diagnostics_.append(std::move(found));
    return is_toml ? std::optional(std::move(keys)) : std::nullopt;
  }

  void read_tables() {
    for (const TableSchema& schema : schemas()) {
      auto data = std::make_shared<Table::Data>();
      data->schema = &schema;
      for (const FolderFiles& folder : folders_) {
        const auto found = folder.tables.find(std::string(schema.name));
        if (found == folder.tables.end()) continue;
        for (const fs::path& path : found->second) add_part(*data, path, folder.is_inherited);
      }
      const Table& table = tables_.emplace(schema.name, Table(std::move(data))).first->second;
      check_cells(table, diagnostics_);
    }
  }

  void add_part(Table::Data& data, const fs::path& path, bool is_inherited) {
    auto text = files_.read(path, diagnostics_);
    if (!text) return;
    if (text_size_ < much_text && text_size_ + text->size() >= much_text) ready_heap(memory_readied);
    text_size_ += text->size();
    TablePart part = read_part(std::move(*text), files_.shown(path), *data.schema, options_.lenient, diagnostics_);
    part.is_inherited = is_inherited;
    data.add_part(std::move(part));
  }

  [[nodiscard]] Names located(const std::vector<std::string>& names) const {
    Names located;
    for (const std::string& name : names) located.push_back({name, {keys_.file, 0, 0, 0}});
    return located;
  }

  void apply_patches() {
    if (keys_.patches) apply(*keys_.patches);
    for (const std::string& name : options_.scenarios) {
      const auto scenario = keys_.scenarios.find(name);
      if (scenario != keys_.scenarios.end()) {
        apply(scenario->second);
      } else {
        report_unknown_scenario(name);
      }
    }
    apply(located(options_.patches));
  }

  void report_unknown_scenario(const std::string& name) {
    std::vector<std::string> names;
    for (const auto& [known, patches] : keys_.scenarios) names.push_back(known);
    report_unknown(fmt::format("the model has no scenario '{}'", name), {name, {keys_.file, 0, 0, 0}}, names);
  }

  void report_unknown(const std::string& message, const Located<std::string>& name,
                      const std::vector<std::string>& names) {
    Diagnostic& item = diagnostics_.add(Code::unknown_scenario, name.where, message);
    item.found = name.value;
    item.expected = fmt::format("{}", fmt::join(names, ", "));
    if (names.empty()) item.fix = "remove the name: the model has none of its kind";
    const std::string near = closest_name(name.value, names);
    if (!near.empty()) item.fix = fmt::format("did you mean '{}'?", near);
  }

  void apply(const Names& names) {
    for (const Located<std::string>& name : names) {
      const auto path = find_patch(name);
      if (!path) continue;
      auto data = std::make_shared<Table::Data>();
      data->schema = &patch_schema();
      add_part(*data, *path, false);
      const Table patch(std::move(data));
      check_cells(patch, diagnostics_);
      apply_patch(patch, path->stem().string(), tables_, diagnostics_);
    }
  }

  /// A patch of the folder or of those it extends, nearest first; or a file, where the name is a path of one.
  std::optional<fs::path> find_patch(const Located<std::string>& name) {
    for (auto folder = folders_.rbegin(); folder != folders_.rend(); ++folder) {
      const auto found = folder->patches.find(name.value);
      if (found != folder->patches.end()) return found->second;
    }
    if (name.value.ends_with(".csv")) return fs::path(name.value);
    std::vector<std::string> names;
    for (const FolderFiles& folder : folders_) {
      for (const auto& [known, path] : folder.patches) names.push_back(known);
    }
    report_unknown(fmt::format("the model has no patch '{}'", name.value), name, names);
    return std::nullopt;
  }

  /// Scenarios that are not asked for must still name patches that exist.
  void check_scenarios() {
    for (const auto& [scenario, names] : keys_.scenarios) {
      const auto& asked = options_.scenarios;
      if (std::find(asked.begin(), asked.end(), scenario) != asked.end()) continue;
      for (const Located<std::string>& name : names) static_cast<void>(find_patch(name));
    }
  }

  void make_units() {
    units_ = make_unit_system(settings_, tables_.at("deflators"));
    for (const auto& [name, definition] : units_->bad_definitions()) report_bad_unit(name, definition);
  }

  void report_bad_unit(const std::string& name, const std::string& definition) {
    const auto found = keys_.units.find(name);
    if (found == keys_.units.end()) {
      const SourceSpan where = keys_.currency ? keys_.currency->where : SourceSpan{keys_.file, 0, 0, 0};
      diagnostics_.add(Code::unknown_unit, where, fmt::format("currency '{}' is the name of a unit", name)).fix =
          "use another name for the currency";
      return;
    }
    Diagnostic& item = diagnostics_.add(Code::unknown_unit, found->second.where,
                                        fmt::format("unit '{}' cannot be defined as '{}'", name, definition));
    item.expected = "a new name without digits at its end, and \"base\" or a definition by known units";
  }

  void check_tables() {
    for (const TableSchema& schema : schemas()) {
      const Table& table = tables_.at(std::string(schema.name));
      check_keys(table, diagnostics_);
      check_dates(table, settings_, diagnostics_);
      check_figures(table, *units_, settings_, diagnostics_);
    }
    check_names(tables_, diagnostics_);
  }

  fs::path folder_;
  const ReadOptions& options_;
  InputFiles files_;
  Diagnostics diagnostics_;
  std::vector<fs::path> chain_;
  ModelKeys keys_;
  ModelSettings settings_;
  std::vector<FolderFiles> folders_;
  std::size_t text_size_ = 0;  ///< of the tables so far
  Tables tables_;
  std::shared_ptr<const UnitSystem> units_;
};

}  // namespace

bool is_vintage(std::string_view text) {
  if (text == whole_path) return true;
  constexpr std::size_t month_size = 7, day_size = 10;
  if (text.size() != day_size || text[month_size] != '-') return false;
  const auto month = parse_date(text.substr(0, month_size));
  const auto day = parse_integer(text.substr(month_size + 1));
  if (!month || text[4] != '-' || !day || *day < 1) return false;
  constexpr std::array days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const int year = month->year();
  const bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  const int most = days.at(static_cast<std::size_t>(month->month() - 1)) + (is_leap && month->month() == 2 ? 1 : 0);
  return *day <= most;
}

std::shared_ptr<const UnitSystem> make_unit_system(const ModelSettings& settings, const Table& deflators) {
  UnitSystem::Settings wanted;
  wanted.currency = settings.currency;
  wanted.price_year = settings.price_year;
  wanted.extra = settings.extra_units;
  for (std::size_t row = 0; row < deflators.row_count(); ++row) {
    const auto year = parse_integer(deflators.text(row, deflators.column("year")));
    const auto index = parse_number(deflators.text(row, deflators.column("index")));
    if (year && index && *index > 0) wanted.deflators[static_cast<int>(*year)] = *index;
  }
  return std::make_shared<const UnitSystem>(wanted);
}

Result<ModelFolder> read_model_folder(const std::filesystem::path& folder, const ReadOptions& options) {
  return ModelFolderReader(folder, options).read();
}

}  // namespace pinchpoint::tables
