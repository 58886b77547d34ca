// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "delivery/importers/importers.hpp"
#include "delivery/importers/pypsa/mapping.hpp"

namespace pinchpoint::importers {

namespace {

namespace fs = std::filesystem;

/// "2015-01-01 00:00:00" → "2015-01-01T00.00": ids have no colon.
std::string slice_wanted(std::string label) {
  if (label.ends_with(":00") && label.size() == 19) label.erase(16);
  for (char& letter : label) {
    if (letter == ' ') letter = 'T';
    if (letter == ':') letter = '.';
  }
  return label;
}

std::vector<std::string> slice_ids(const std::vector<std::string>& labels) {
  ForeignNames names;
  std::vector<std::string> ids;
  ids.reserve(labels.size());
  for (const std::string& label : labels) ids.push_back(names.fresh(slice_wanted(label)));
  return ids;
}

/// The year of the first snapshot; of networks without dates one that stands for none.
int year_of(const std::vector<std::string>& labels) {
  const std::string year = labels.front().substr(0, 4);
  const bool is_year = year.size() == 4 && year.find_first_not_of("0123456789") == std::string::npos;
  const bool is_date = is_year && labels.front().size() >= 10 && labels.front()[4] == '-';
  return is_date && year >= "1900" && year <= "2200" ? std::stoi(year) : 2000;
}

void add_frame(pypsa::ModelText& model, const std::string& name) {
  FolderText& folder = model.folder();
  folder.add("layers", {{"id", "energy"}, {"name", "Energy"}, {"position", "1"}});
  folder.add("organisations", {{"id", "system"}, {"name", "The whole system"}, {"kind", "aggregate"}});
  folder.add("sources", {{"id", "pypsa"}, {"publisher", name}, {"title", fmt::format("PyPSA network {}", name)}});
}

void add_slices(pypsa::ModelText& model, const pypsa::Network& network, const pypsa::Weights& weights) {
  for (std::size_t slice = 0; slice < model.slice_count(); ++slice) {
    const std::string& label = network.snapshots.labels[slice];
    model.add_row("slices", {{"id", model.slices()[slice]},
                             {"name", label == model.slices()[slice] ? std::string() : label},
                             {"weight", number_text(weights.hours.at(slice) / weights.total_hours)},
                             {"unit", "1"}});
  }
}

std::string model_toml(const std::string& name, const std::string& currency, int year, const pypsa::Weights& weights) {
  namespace unit = pypsa::unit;
  return fmt::format(
      "name = {0}\n"
      "title = {1}\n"
      "\n"
      "# One year stands for the hours of all snapshots; costs of capacity are for these hours.\n"
      "[horizon]\n"
      "start = \"{2}\"\n"
      "end = \"{2}\"\n"
      "step = \"year\"\n"
      "\n"
      "[money]\n"
      "currency = \"{3}\"\n"
      "price_year = {2}\n"
      "discount_rate = 0\n"
      "\n"
      "# Hours and megawatts in which the year has exactly the hours of the snapshots.\n"
      "[units]\n"
      "{4} = \"year/{5}\"\n"
      "{6} = \"{7}/{4}\"\n"
      "{8} = \"base\"\n",
      toml_text(name), toml_text(fmt::format("PyPSA network {}", name)), year, currency, unit::hour,
      number_text(weights.total_hours), unit::power, unit::energy, unit::metered_money);
}

std::string name_of(const fs::path& path, const pypsa::Network& network, const ImportOptions& options) {
  if (!options.name.empty()) return options.name;
  if (!network.name.empty()) return network.name;
  const fs::path last = path.has_filename() ? path.filename() : path.parent_path().filename();
  return last.empty() ? "network" : last.string();
}

std::vector<std::pair<std::string, std::size_t>> counts(const pypsa::Network& network, pypsa::Complaints& complaints) {
  std::vector<std::pair<std::string, std::size_t>> counts = {{"snapshots", network.snapshots.count()}};
  for (const auto& [list, ignored] : network.lists) {
    const std::size_t count = pypsa::components(network, list, complaints).size();
    if (count > 0) counts.emplace_back(list, count);
  }
  return counts;
}

}  // namespace

Result<Import> import_pypsa(const fs::path& path, const ImportOptions& options) {
  Diagnostics diagnostics;
  pypsa::Complaints complaints(diagnostics);
  const pypsa::Network network = pypsa::read_network(path, complaints);
  if (network.lists.empty()) return diagnostics;
  const bool has_stores = !pypsa::components(network, "stores", complaints).empty() ||
                          !pypsa::components(network, "storage_units", complaints).empty();
  pypsa::ModelText model(slice_ids(network.snapshots.labels), options.currency);
  pypsa::Mapping mapping{network, complaints, model, pypsa::read_weights(network, has_stores, complaints)};
  const std::string name = name_of(path, network, options);
  add_frame(model, name);
  add_slices(model, network, mapping.weights);
  for (const auto add :
       {pypsa::add_buses, pypsa::add_generators, pypsa::add_loads, pypsa::add_stores, pypsa::add_storage_units,
        pypsa::add_links, pypsa::add_processes, pypsa::add_lines_and_transformers, pypsa::add_global_constraints}) {
    add(mapping);
  }
  if (diagnostics.has_errors()) {
    diagnostics.sort_by_place();
    return diagnostics;
  }
  Import import;
  import.read = counts(network, complaints);
  import.folder = std::move(model).finish();
  import.folder.set_model_toml(model_toml(name, options.currency, year_of(network.snapshots.labels), mapping.weights));
  import.warnings = std::move(diagnostics);
  return import;
}

}  // namespace pinchpoint::importers
