// SPDX-License-Identifier: Apache-2.0
#include "delivery/results/write_run.hpp"

#include <fmt/format.h>

#include <chrono>
#include <system_error>

#include "core/base/seconds_since.hpp"
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

void RunWriter::write_values(const World& world, const plan::Plan& plan) {
  const auto begin = std::chrono::steady_clock::now();
  problem_.reset();
  database_.reset();
  try {
    database_ = folder_.take_results(program_.empty_results);
    write_value_tables(world, plan, *database_);
  } catch (const WriteError& error) {
    problem_ = error;
  }
  seconds_ += seconds_since(begin);
}

std::filesystem::path RunWriter::write(RunRecord& record, std::string_view log, bool with_csv) {
  const double ahead = seconds_;
  const auto begin = std::chrono::steady_clock::now();
  if (database_ == nullptr && !problem_) write_values(record.world, record.plan);
  if (problem_) throw WriteError(*problem_);
  write_proof_tables(record.world, record.plan, run_facts(record), *database_);
  database_->finish();
  const std::filesystem::path& path = folder_.path();
  if (with_csv) {
    make_folder(path / "tables");
    write_csv_tables(path / "results.sqlite", path / "tables");
  }
  if (record.plan.end) write_text_file(path / basis_file, render_basis(*record.plan.end));
  write_text_file(path / "log.txt", log);
  record.seconds.write = ahead + seconds_since(begin);
  record.seconds.total += seconds_since(begin);
  const std::string id = run_id(record);
  write_text_file(path / "run.toml", render_run_toml(record, id));
  return folder_.publish(id);
}

std::filesystem::path write_run(RunRecord& record, std::string_view log, bool with_csv, RunFolder& folder) {
  return RunWriter(record.program, folder).write(record, log, with_csv);
}

}  // namespace pinchpoint::results
