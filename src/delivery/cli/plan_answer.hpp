// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "analysis/explain/headlines.hpp"
#include "analysis/explain/pinch.hpp"
#include "delivery/results/record.hpp"

namespace pinchpoint::cli {

/// What the screen and the JSON object say of a plan.
struct PlanAnswer {
  const results::RunRecord& record;
  std::filesystem::path run;  ///< empty if nothing was written
  std::string run_problem;    ///< why, if it should have been
  std::size_t warnings = 0;
  std::vector<explain::ProgrammeLine> programmes;
  std::vector<explain::Pinch> pinches;
  std::vector<explain::BuildLine> builds;  ///< one an asset: capacity and money added up, first order and first period
  std::vector<explain::OwnerLine> owners;
};
[[nodiscard]] PlanAnswer make_answer(const results::RunRecord& record);

/// One screen for people.
[[nodiscard]] std::string render_text(const PlanAnswer& answer);
/// One line: status, objective, run.
[[nodiscard]] std::string render_line(const PlanAnswer& answer);
[[nodiscard]] nlohmann::ordered_json to_json(const PlanAnswer& answer, const Diagnostics& problems);

}  // namespace pinchpoint::cli
