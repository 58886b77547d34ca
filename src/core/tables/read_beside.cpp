// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <set>

#include "core/tables/internal/checks.hpp"
#include "core/tables/internal/input_files.hpp"
#include "core/tables/internal/read_part.hpp"
#include "core/tables/internal/table_data.hpp"
#include "core/tables/model_folder.hpp"

namespace pinchpoint::tables {

namespace fs = std::filesystem;
using namespace internal;

namespace {

/// Reads one table from files beside a folder. Each step goes on as far as it can.
class BesideReader {
 public:
  BesideReader(const ModelFolder& folder, const std::string& table)
      : folder_(folder),
        files_(folder.path, largest_csv_bytes),
        table_(table),
        sources_(folder.table("sources").copy()) {
    rows_ = std::make_shared<Table::Data>();
    rows_->schema = find_schema(table);
    ensure(rows_->schema != nullptr, fmt::format("there is no table '{}'", table));
  }

  Result<ModelFolder> read(const std::vector<fs::path>& paths) {
    for (const fs::path& path : paths) read_path(path);
    ModelFolder beside = folder_;
    beside.tables.insert_or_assign(table_, Table(rows_));
    beside.tables.insert_or_assign("sources", sources_);
    check(beside);
    diagnostics_.sort_by_place();
    if (diagnostics_.has_errors()) return std::move(diagnostics_);
    beside.inputs = files_.list();
    beside.warnings = std::move(diagnostics_);
    return beside;
  }

 private:
  void read_path(const fs::path& path) {
    std::error_code failed;
    if (fs::is_directory(path, failed)) return read_folder(path);
    if (fs::symlink_status(path, failed).type() == fs::file_type::not_found) {
      diagnostics_.add(Code::folder_not_found, {path.generic_string(), 0, 0, 0},
                       fmt::format("there is no file or folder '{}'", path.generic_string()));
      return;
    }
    add_part(*rows_, path);
    read_sources_of(path);
  }

  /// The sources of a table's file stand beside it, or beside its folder if that is named after the table. Those of a
  /// model folder belong to that model.
  void read_sources_of(const fs::path& file) {
    std::error_code failed;
    fs::path home = fs::weakly_canonical(file, failed).parent_path();
    if (home.filename() == table_) home = home.parent_path();
    if (failed || fs::exists(home / "model.toml", failed) || !homes_.insert(home).second) return;
    if (fs::is_regular_file(home / "sources.csv", failed)) add_part(TableAccess::data(sources_), home / "sources.csv");
    if (!fs::is_directory(home / "sources", failed)) return;
    std::set<fs::path> parts;
    for (const fs::directory_entry& entry : fs::directory_iterator(home / "sources", failed)) {
      if (entry.path().extension() == ".csv") parts.insert(entry.path());
    }
    for (const fs::path& part : parts) add_part(TableAccess::data(sources_), part);
  }

  void read_folder(const fs::path& path) {
    std::error_code failed;
    if (!homes_.insert(fs::weakly_canonical(path, failed)).second) return;
    const FolderFiles found = list_folder(path, files_, false, diagnostics_);
    if (!found.tables.contains(table_)) {
      diagnostics_.add(Code::folder_not_found, {files_.shown(path), 0, 0, 0},
                       fmt::format("'{}' has no {}.csv and no folder {}", path.generic_string(), table_, table_));
    }
    for (const auto& [table, parts] : found.tables) {
      if (table != table_ && table != "sources") {
        report_other(table, parts.front());
        continue;
      }
      for (const fs::path& part : parts) add_part(table == table_ ? *rows_ : TableAccess::data(sources_), part);
    }
  }

  void report_other(const std::string& table, const fs::path& path) {
    Diagnostic& item = diagnostics_.add(Code::unknown_file, {files_.shown(path), 0, 0, 0},
                                        fmt::format("'{}' is not read beside a model", table));
    item.found = table;
    item.expected = fmt::format("{} and sources", table_);
  }

  void add_part(Table::Data& data, const fs::path& path) {
    auto text = files_.read(path, diagnostics_);
    if (text) data.add_part(read_part(std::move(*text), files_.shown(path), *data.schema, false, diagnostics_));
  }

  void check(const ModelFolder& beside) {
    for (const std::string& name : {table_, std::string("sources")}) {
      const Table& table = beside.table(name);
      check_cells(table, diagnostics_);
      check_keys(table, diagnostics_);
      check_dates(table, beside.settings, diagnostics_);
      check_figures(table, *beside.units, beside.settings, diagnostics_);
    }
    check_names(beside.tables, diagnostics_);
  }

  const ModelFolder& folder_;
  InputFiles files_;
  std::string table_;
  Table sources_;
  std::shared_ptr<Table::Data> rows_;
  std::set<fs::path> homes_;  ///< folders whose sources were read
  Diagnostics diagnostics_;
};

}  // namespace

Result<ModelFolder> read_beside(const ModelFolder& folder, const std::string& table,
                                const std::vector<fs::path>& paths) {
  return BesideReader(folder, table).read(paths);
}

}  // namespace pinchpoint::tables
