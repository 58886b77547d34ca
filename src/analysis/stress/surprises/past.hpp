// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analysis/stress/operating_problem.hpp"

namespace pinchpoint::stress {

/// A value that a column of the plan has been given in place of the plan's, as rows of periods from `from` on see it;
/// from -1: as all rows do. An order that is given up later has one value for each time it was.
struct Decision {
  std::int32_t column = 0;
  std::int32_t from = -1;
  double value = 0;

  friend auto operator<=>(const Decision&, const Decision&) = default;
};

/// What a column that is not of the plan has put into a row of it: factor · value.
struct Extra {
  std::int32_t row = 0;
  double factor = 1;
  double value = 0;

  friend auto operator<=>(const Extra&, const Extra&) = default;
};

/// What a scenario has decided so far, where it differs from the plan and is still felt, and what it cost.
struct Past {
  std::vector<Decision> decisions;  ///< by column, then `from`
  std::vector<Extra> extras;
  double spent_lower = 0, spent_upper = 0;  ///< enclose the cost of what was decided since the first surprise
  double relief = 0;                        ///< money of it for rules that had to give way
  std::vector<double> forms;                ///< see Metrics; of periods to come: as the last stage meant them
  std::int64_t iterations = 0;
  bool is_certified = true;  ///< every stage so far
  bool is_lost = false;      ///< a stage has no plan: nothing is known of the scenario from there on
  std::string message{};     ///< of the first stage that is not certified

  friend bool operator==(const Past&, const Past&) = default;
};

/// Up to when what is decided is felt: the last period in which a column that may still be open stands in a row with
/// it. Rows without a period are felt for ever.
class Reach {
 public:
  explicit Reach(const plan::Plan& plan);

  [[nodiscard]] bool is_felt(const Decision& decision, std::int32_t period) const {
    return column_[static_cast<std::size_t>(decision.column)] >= period;
  }
  [[nodiscard]] bool is_felt(const Extra& extra, std::int32_t period) const {
    return row_[static_cast<std::size_t>(extra.row)] >= period;
  }

 private:
  std::vector<std::int32_t> row_, column_;
};

/// The past after a stage that decided by `value` (by column of the problem) all periods before `end`.
[[nodiscard]] Past after_stage(Past before, const plan::Plan& plan, const Reach& reach, const OperatingProblem& problem,
                               const std::vector<double>& value, std::int32_t end);

}  // namespace pinchpoint::stress
