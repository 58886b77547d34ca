// SPDX-License-Identifier: Apache-2.0
#include "delivery/importers/importers.hpp"
#include "delivery/importers/temoa/data.hpp"
#include "delivery/importers/temoa/database.hpp"
#include "delivery/importers/temoa/draft.hpp"
#include "delivery/importers/temoa/network.hpp"
#include "delivery/importers/temoa/options.hpp"

namespace pinchpoint::importers {

Result<Import> import_temoa(const std::filesystem::path& path, const ImportOptions& options) {
  const Result<temoa::Database> database = temoa::Database::open(path);
  if (!database) return database.error();
  Diagnostics problems;
  const temoa::TemoaOptions settings = temoa::read_options(path, problems);
  temoa::TemoaData data;
  data.file = path.string();
  temoa::read_data(*database, settings, data, problems);
  // What is not listed cannot be looked up.
  if (problems.has_errors() || data.periods.empty()) return problems;
  const temoa::Network network(data, problems);
  temoa::check_data(network, problems);
  if (problems.has_errors()) return problems;
  Import import;
  const temoa::Draft draft{network, settings, import.folder, problems, options.currency};
  temoa::write_frame(draft, options.name.empty() ? path.stem().string() : options.name);
  temoa::write_goods(draft);
  temoa::write_demands(draft);
  temoa::write_processes(draft);
  temoa::write_limits(draft);
  temoa::write_growth(draft);
  temoa::write_operation(draft);
  temoa::write_reserve(draft);
  if (problems.has_errors()) return problems;
  import.warnings = std::move(problems);
  import.read = {{"regions", data.regions.size()},          {"technologies", data.technologies.size()},
                 {"processes", network.processes().size()}, {"commodities", data.commodities.size()},
                 {"time slices", data.slice_count()},       { "periods", data.periods.size() }};
  return import;
}

}  // namespace pinchpoint::importers
