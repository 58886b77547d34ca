// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "analysis/compare/comparison.hpp"
#include "analysis/compare/names.hpp"

namespace pinchpoint::compare {

/// Two runs that are being compared, over their common time. Keeps references.
struct Pair {
  const RunData& first;
  const RunData& second;
  const std::vector<Span>& spans;
  const Speaker& speaker;

  [[nodiscard]] std::vector<double> first_by_span(const std::vector<double>& values, Summing summing) const {
    return by_span(spans, first.periods, values, summing, true);
  }
  [[nodiscard]] std::vector<double> second_by_span(const std::vector<double>& values, Summing summing) const {
    return by_span(spans, second.periods, values, summing, false);
  }
};

// The parts of a comparison, one source file each.

[[nodiscard]] std::vector<InputDifference> compare_inputs(const RunData& first, const RunData& second);
[[nodiscard]] TableComparison compare_table(const Pair& pair, Table table);
[[nodiscard]] std::vector<ProgrammeChange> compare_programmes(const Pair& pair);
[[nodiscard]] std::vector<BuildChange> compare_builds(const Pair& pair);
[[nodiscard]] std::vector<BindingChange> compare_bindings(const Pair& pair);
/// One paragraph: programmes, money, what moved most, what came to bind or went.
[[nodiscard]] std::string summarise(const Pair& pair, const Comparison& comparison);

}  // namespace pinchpoint::compare
