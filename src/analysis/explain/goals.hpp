// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analysis/explain/shown_values.hpp"

namespace pinchpoint::explain {

/// What is asked of the plan: what a programme gets in one period, as a rate people know (MW on line).
struct Goal {
  ProgrammeId programme;
  PeriodId due;
  double asked = 0, met = 0;                ///< in `due`, in `unit`
  double asked_in_all = 0, met_in_all = 0;  ///< over the horizon, in the commodity's unit
  double peak_asked = 0;                    ///< largest rate asked for, in `unit`
  std::optional<PeriodId> reached;          ///< first period in which the peak is met; nothing if never
  PeriodId first_short, last_short;         ///< invalid if nothing is short
  double worth_short = 0;                   ///< what the shortage costs in the objective
  std::string unit;                         ///< "MW"
  double factor = 1;                        ///< amount of one period × factor = rate in `unit`
  std::vector<std::size_t> columns;         ///< of what is met in `due`
  std::vector<std::size_t> all_columns;     ///< of what is met in any period

  [[nodiscard]] bool is_short() const { return first_short.is_valid(); }
  [[nodiscard]] double measure(const std::vector<double>& values) const;
  /// Over the whole horizon, in the commodity's unit.
  [[nodiscard]] double measure_all(const std::vector<double>& values) const;
  /// One weight a column of the model.
  [[nodiscard]] std::vector<double> weights(std::size_t columns_in_all) const;
};

/// Every programme that asks for something, in the world's order. `due` is the first period in which it asks for its
/// most, or, if it gets that, the period in which it is shortest; `at` overrides both.
[[nodiscard]] std::vector<Goal> find_goals(const World& world, const plan::Plan& plan, const ShownValues& values,
                                           std::optional<PeriodId> at = {});

/// Those to explain: the programmes named; without names those of the folder itself that are short, or all own ones,
/// or, where all are inherited, the shortest; at most `most` of them, greatest worth of shortage first.
[[nodiscard]] std::vector<Goal> choose_goals(const World& world, const std::vector<Goal>& all,
                                             const std::vector<ProgrammeId>& named, std::size_t most = 3);

}  // namespace pinchpoint::explain
