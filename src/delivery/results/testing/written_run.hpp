// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "delivery/results/write_run.hpp"
#include "support/solved_plan.hpp"

namespace pinchpoint::results::testing {

/// A mine of 6 t/year in 2025 that can be enlarged by 6 for 2026; 10 t/year are wanted, 100 USD/t are lost where ore is
/// short. `capacity_unit` is what capacities are shown in.
inline test_support::WorldText mine(std::string_view capacity_unit = "t/year", double discount_rate = 0) {
  test_support::WorldText world;
  world.regions("A").horizon("2025", "2026").money(discount_rate);
  world.commodity("ore", "t", "trade=local; name=Iron ore").technology("mine", "ore", capacity_unit);
  world.facility("mine", "A", "6 t/year").option("mine", "A", "figure=6 t/year");
  world.technology_figure("mine", "capex", "10 USD/(t/year)").technology_figure("mine", "build_time", "1 year");
  world.programme("use", "ore", "A", "10 t/year", "100 USD/t");
  return world;
}

/// A run folder of a world, made like the program's, beside the model folder that it names.
class WrittenRun {
 public:
  explicit WrittenRun(const test_support::WorldText& text) {
    text.write(model());
    const test_support::ReadWorld read = test_support::read_world(model());
    const test_support::SolvedPlan solved = test_support::plan_of(read.world);
    objective_ = solved.objective();
    const Program program{"0", "test", "solver"};
    const Request request;
    RunRecord record{program, request, read.folder, read.world, solved.plan(), {}, "2026-01-01T00:00:00Z"};
    RunFolder folder(place_.path() / "runs");
    path_ = write_run(record, "", false, folder);
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path model() const { return place_.path() / "model"; }
  [[nodiscard]] double objective() const { return objective_; }

 private:
  test_support::TemporaryFolder place_;
  std::filesystem::path path_;
  double objective_ = 0;
};

/// "RUN-001 RUN-002" of what was refused; empty of what was not.
template <class Value>
[[nodiscard]] std::string codes_of(const Result<Value>& result) {
  std::string codes;
  if (result) return codes;
  for (const std::string& code : test_support::codes_of(result.error())) codes += (codes.empty() ? "" : " ") + code;
  return codes;
}

}  // namespace pinchpoint::results::testing
