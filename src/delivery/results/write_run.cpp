// SPDX-License-Identifier: Apache-2.0
#include "delivery/results/write_run.hpp"

#include <fmt/format.h>

#include <chrono>
#include <system_error>

#include "delivery/results/basis_file.hpp"
#include "delivery/results/tables/result_tables.hpp"
#include "delivery/results/text_file.hpp"
#include "delivery/results/write_error.hpp"

namespace pinchpoint::results {

namespace {

void make_folder(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::create_directory(path, error);
  if (error) throw WriteError(fmt::format("cannot write to {}: {}", path.string(), error.message()));
}

}  // namespace

std::filesystem::path write_run(RunRecord& record, std::string_view log, bool with_csv, RunFolder& folder) {
  const auto begin = std::chrono::steady_clock::now();
  const std::filesystem::path database = folder.path() / "results.sqlite";
  write_results(record.world, record.plan, run_facts(record), *folder.take_results(record.program.empty_results));
  if (with_csv) {
    make_folder(folder.path() / "tables");
    write_csv_tables(database, folder.path() / "tables");
  }
  if (record.plan.end) write_text_file(folder.path() / basis_file, render_basis(*record.plan.end));
  write_text_file(folder.path() / "log.txt", log);
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin;
  record.seconds.write = passed.count();
  record.seconds.total += passed.count();
  const std::string id = run_id(record);
  write_text_file(folder.path() / "run.toml", render_run_toml(record, id));
  return folder.publish(id);
}

}  // namespace pinchpoint::results
