// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

#include "delivery/importers/pypsa/network.hpp"

namespace pinchpoint::importers::pypsa {

namespace {

namespace fs = std::filesystem;

/// Lists that an optimisation uses. Shapes, shunt impedances and sub-networks have no part in it.
constexpr std::array used_lists = {
    "buses",     "carriers",      "generators", "global_constraints", "line_types",       "lines", "links", "loads",
    "processes", "storage_units", "stores",     "transformers",       "transformer_types"};

class NetworkReader {
 public:
  NetworkReader(fs::path folder, Complaints& complaints) : complaints_(complaints) {
    network_.folder = std::move(folder);
  }

  Network read() {
    std::error_code error;
    if (!fs::is_directory(network_.folder, error)) {
      complaints_.add(Code::import_not_found, {network_.folder.string(), 0, 0, 0},
                      fmt::format("'{}' is no folder of CSV files", network_.folder.string()));
      return std::move(network_);
    }
    read_files();
    if (network_.list("buses").statics.row_count() == 0) {
      complaints_.add(Code::import_not_found, {network_.folder.string(), 0, 0, 0},
                      fmt::format("'{}' has no buses.csv with a bus in it", network_.folder.string()));
    }
    check_series_lengths();
    check_names();
    return std::move(network_);
  }

 private:
  void read_files() {
    std::vector<std::string> files;
    for (const fs::directory_entry& entry : fs::directory_iterator(network_.folder)) {
      if (entry.path().extension() == ".csv") files.push_back(entry.path().filename().string());
    }
    std::sort(files.begin(), files.end());
    const bool has_snapshots = std::binary_search(files.begin(), files.end(), "snapshots.csv");
    if (!has_snapshots) network_.snapshots.labels = {"now"};
    for (const std::string& file : files) read_file(file);
  }

  SourceTable table_of(const std::string& file) {
    std::ifstream stream(network_.folder / file, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    if (stream.bad()) complaints_.add(Code::file_unreadable, {file, 0, 0, 0}, fmt::format("'{}' cannot be read", file));
    return {(network_.folder / file).string(), std::move(text), complaints_.all()};
  }

  void read_file(const std::string& file) {
    const std::string stem = file.substr(0, file.size() - 4);
    if (stem == "snapshots") return read_snapshots(table_of(file));
    if (stem == "network") return read_attributes(table_of(file));
    if (stem == "scenarios") return refuse_if_filled(table_of(file), "stochastic scenarios");
    if (stem == "investment_periods") return refuse_if_filled(table_of(file), "several investment periods");
    const std::size_t dash = stem.find('-');
    const std::string list = stem.substr(0, dash);
    if (std::find(used_lists.begin(), used_lists.end(), list) == used_lists.end()) return;
    ComponentList& components = network_.lists[list];
    components.name = list;
    if (dash == std::string::npos) {
      components.statics = table_of(file);
    } else if (stem.ends_with("-pw")) {
      refuse_if_filled(table_of(file), "piecewise linear curves");
    } else {
      components.series.emplace(stem.substr(dash + 1), table_of(file));
    }
  }

  void refuse(const SourceSpan& where, std::string_view what, std::string fix = {}) {
    complaints_.add(Code::import_unsupported, where, fmt::format("{} cannot be imported", what), {}, std::move(fix));
  }

  void refuse_if_filled(const SourceTable& table, std::string_view what) {
    if (table.row_count() > 0) refuse(table.where(0, 0), what);
  }

  void read_attributes(const SourceTable& table) {
    if (table.row_count() == 0) return;
    if (const int column = table.find_column("name"); column >= 0) network_.name = table.text(0, column);
    const int column = table.find_column("_multi_invest");
    if (column >= 0 && read_number(table.text(0, column)).value.value_or(0) != 0) {
      refuse(table.where(0, column), "several investment periods");
    }
  }

  void read_snapshots(SourceTable table) {
    Snapshots& snapshots = network_.snapshots;
    for (const std::string_view level : {"period", "timestep"}) {
      const int column = table.find_column(level);
      if (column >= 0) refuse(table.where_header(column), "snapshots of several investment periods");
    }
    snapshots.label_column = std::max(0, table.find_column("snapshot"));
    for (std::size_t row = 0; row < table.row_count(); ++row) {
      snapshots.labels.push_back(table.text(row, snapshots.label_column));
    }
    if (snapshots.labels.empty()) {
      complaints_.add(Code::import_bad_value, {table.file(), 1, 1, 0}, "there is no snapshot");
      snapshots.labels = {"now"};
    }
    const bool is_old =
        table.find_column("objective") < 0 && table.find_column("stores") < 0 && table.find_column("generators") < 0;
    const auto weighting = [&](const char* name) { return weighting_of(table, is_old ? "weightings" : name); };
    snapshots.objective = weighting("objective");
    snapshots.stores = weighting("stores");
    snapshots.generators = weighting("generators");
    snapshots.table = std::move(table);
  }

  Series weighting_of(const SourceTable& table, std::string_view name) {
    const int column = table.find_column(name);
    if (column < 0) return 1.0;
    std::vector<double> values(network_.snapshots.count(), 1.0);
    for (std::size_t row = 0; row < table.row_count(); ++row) {
      const std::string text = table.text(row, column);
      const ReadNumber number = read_number(text);
      const bool is_good = number.value && *number.value >= 0 && *number.value < infinity;
      if (is_good) values[row] = *number.value;
      if (is_good) continue;
      complaints_.add(Code::import_bad_value, table.where(row, column),
                      fmt::format("the weighting '{}' of a snapshot is no number of hours", name), text,
                      "write hours, 0 or more");
    }
    return Series(std::move(values));
  }

  void check_series_lengths() {
    for (const auto& [name, list] : network_.lists) {
      for (const auto& [attribute, table] : list.series) {
        if (table.row_count() == network_.snapshots.count()) continue;
        complaints_.add(Code::import_clash, {table.file(), 1, 1, 0},
                        fmt::format("{} has {} rows of figures, and there are {} snapshots", table.file(),
                                    table.row_count(), network_.snapshots.count()),
                        {}, "write one row a snapshot, in their order");
      }
    }
  }

  void check_names() {
    for (const auto& [name, list] : network_.lists) {
      std::set<std::string> names;
      for (std::size_t row = 0; row < list.statics.row_count(); ++row) {
        const std::string text = list.statics.text(row, 0);
        if (names.insert(text).second) continue;
        complaints_.add(Code::import_clash, list.statics.where(row, 0),
                        fmt::format("'{}' stands in {} twice", text, list.statics.file()), text,
                        "rename one of the two");
      }
      check_series_columns(list, names);
    }
  }

  void check_series_columns(const ComponentList& list, const std::set<std::string>& names) {
    for (const auto& [attribute, table] : list.series) {
      for (std::size_t column = 1; column < table.column_count(); ++column) {
        const std::string name = table.column_name(column);
        if (names.contains(name)) continue;
        complaints_.add(Code::import_unused, table.where_header(static_cast<int>(column)),
                        fmt::format("'{}' is not listed in {}.csv", name, list.name), name,
                        fmt::format("add it to {}.csv, or remove the column", list.name));
      }
    }
  }

  Network network_;
  Complaints& complaints_;
};

}  // namespace

Network read_network(const fs::path& folder, Complaints& complaints) {
  return NetworkReader(folder, complaints).read();
}

}  // namespace pinchpoint::importers::pypsa
