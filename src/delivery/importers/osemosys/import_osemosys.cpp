// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "delivery/importers/importers.hpp"
#include "delivery/importers/osemosys/check_figures.hpp"
#include "delivery/importers/osemosys/map/mapping.hpp"
#include "delivery/importers/osemosys/read/readers.hpp"

namespace pinchpoint::importers {

namespace osemosys {

namespace {

namespace fs = std::filesystem;

/// Reads whichever of the three forms the path is.
void read_any(const fs::path& path, RawModel& raw, Diagnostics& problems) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) {
    const fs::path package = path / "datapackage.json";
    if (fs::is_regular_file(package, ignored)) return read_datapackage(package, raw, problems);
    return read_csv_folder(path, raw, problems);
  }
  if (!fs::is_regular_file(path, ignored)) {
    problems.add(Code::import_not_found, {path.string(), 0, 0, 0}, fmt::format("'{}' is not there", path.string()));
  } else if (path.extension() == ".json") {
    read_datapackage(path, raw, problems);
  } else {
    read_mathprog(path, raw, problems);
  }
}

std::string model_name(const fs::path& path, const ImportOptions& options) {
  if (!options.name.empty()) return options.name;
  const fs::path clean = (path / ".").lexically_normal().parent_path();
  const std::string name = clean.stem().string();
  return name.empty() ? "osemosys" : name;
}

std::string model_toml(const Mapping& mapping, const std::string& name) {
  std::string text = fmt::format(
      "# Made of an OSeMOSYS model, whose data name no units: {} stands for its money, activity_unit for its energy.\n"
      "name = {}\n"
      "title = {}\n\n"
      "[horizon]\nstart = {}\nend = {}\nstep = \"year\"\n\n"
      "[money]\ncurrency = \"{}\"\ndiscount_rate = {}\ncapital = \"{}\"\ncapital_paid = \"start\"\n"
      "running_paid = \"middle\"\n\n"
      "[units]\n{} = \"base\"\n{} = \"base\"\n",
      mapping.currency, toml_text(name), toml_text(name + ", an OSeMOSYS model"), mapping.foreign.years.front(),
      mapping.foreign.years.back(), mapping.currency, number_text(mapping.money.rate()),
      mapping.money.is_straight_line() ? "straight-line" : "salvage", Mapping::activity, Mapping::emission);
  for (const auto& [factor, unit] : mapping.capacity_units()) {
    text += fmt::format("{} = \"{} {}/year\"\n", unit, number_text(factor), Mapping::activity);
  }
  return text;
}

void map_all(Mapping& mapping, const fs::path& path) {
  const std::string file = path.has_filename() ? path.filename().string() : path.parent_path().filename().string();
  mapping.folder.add("sources", {{"id", Mapping::source},
                                 {"publisher", "the author of the OSeMOSYS model"},
                                 {"title", fmt::format("OSeMOSYS data: {}", file)}});
  map_places_and_goods(mapping);
  map_time(mapping);
  map_technologies(mapping);
  map_recipes(mapping);
  map_stores(mapping);
  map_demand(mapping);
  map_trade(mapping);
  map_capacity_and_activity_limits(mapping);
  map_emission_limits(mapping);
  map_shares(mapping);
  map_mode_limits(mapping);
  map_user_limits(mapping);
  map_inputs_of_capacity(mapping);
  warn_of_texts(mapping);
}

void count_read(const ForeignModel& foreign, Import& import) {
  constexpr std::array<std::pair<Set, const char*>, 8> words = {{{Set::region, "regions"},
                                                                 {Set::year, "years"},
                                                                 {Set::timeslice, "time slices"},
                                                                 {Set::technology, "technologies"},
                                                                 {Set::mode, "modes of operation"},
                                                                 {Set::fuel, "fuels"},
                                                                 {Set::emission, "emissions"},
                                                                 {Set::storage, "storages"}}};
  for (const auto& [set, word] : words) import.read.emplace_back(word, foreign.count(set));
  std::size_t values = 0;
  for (const auto& [name, parameter] : foreign.parameters) values += parameter.entries().size();
  import.read.emplace_back("values", values);
}

}  // namespace

}  // namespace osemosys

Result<Import> import_osemosys(const std::filesystem::path& path, const ImportOptions& options) {
  Import import;
  osemosys::RawModel raw;
  raw.is_lenient = options.is_lenient;
  osemosys::read_any(path, raw, import.warnings);
  if (raw.sets.empty() && !import.warnings.has_errors()) {
    import.warnings.add(Code::import_not_found, {path.string(), 0, 0, 0},
                        fmt::format("'{}' has no sets of an OSeMOSYS model", path.string()));
  }
  if (import.warnings.has_errors()) return import.warnings;
  Result<osemosys::ForeignModel> foreign = osemosys::resolve(raw);
  if (!foreign) return foreign.error();
  foreign->penalties_are_income = options.penalties_are_income || foreign->is_muio;
  osemosys::check_figures(*foreign, import.warnings);
  if (import.warnings.has_errors()) return import.warnings;
  osemosys::Mapping mapping(*foreign, options.currency, import);
  osemosys::map_all(mapping, path);
  if (import.warnings.has_errors()) return import.warnings;
  import.folder.set_model_toml(osemosys::model_toml(mapping, osemosys::model_name(path, options)));
  osemosys::count_read(*foreign, import);
  return import;
}

}  // namespace pinchpoint::importers
