// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "analysis/plan/assembly.hpp"

namespace pinchpoint::plan {

/// One form for each value of each fact, in their order.
[[nodiscard]] std::vector<FactForm> make_fact_forms(const Assembly& assembly);

/// A value beside the plan's answer.
struct ComparedFact {
  FactId fact;
  std::size_t value = 0;
  std::optional<double> planned;  ///< nothing: the value's dates are not whole periods of the plan
  std::optional<double> ratio;    ///< planned over stated; nothing if zero is stated
  std::optional<bool> is_within;  ///< planned within the fact's tolerance of the stated value
};
[[nodiscard]] std::vector<ComparedFact> compare_facts(const World& world, const std::vector<FactForm>& forms,
                                                      const std::vector<double>& values);

/// How a plan does against all facts, or against those that its input was not set to.
struct FactScore {
  std::size_t compared = 0, within = 0;
};
[[nodiscard]] FactScore score(const World& world, const std::vector<ComparedFact>& facts, bool with_given);

}  // namespace pinchpoint::plan
