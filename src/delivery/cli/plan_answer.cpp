// SPDX-License-Identifier: Apache-2.0
#include "delivery/cli/plan_answer.hpp"

#include <algorithm>
#include <map>

namespace pinchpoint::cli {

namespace {

/// One line an asset, most money first.
std::vector<explain::BuildLine> sum_builds(const std::vector<explain::BuildLine>& builds) {
  std::vector<explain::BuildLine> sums;
  for (const explain::BuildLine& build : builds) {
    if (sums.empty() || sums.back().asset != build.asset) {
      sums.push_back(build);
      continue;
    }
    explain::BuildLine& sum = sums.back();
    sum.capacity += build.capacity;
    sum.blocks += build.blocks;
    sum.capex += build.capex;
    sum.on_line = std::min(sum.on_line, build.on_line);
  }
  std::stable_sort(sums.begin(), sums.end(),
                   [](const auto& left, const auto& right) { return left.capex > right.capex; });
  return sums;
}

}  // namespace

PlanAnswer make_answer(const results::RunRecord& record) {
  const explain::ShownValues values(record.world, record.plan);
  PlanAnswer answer{record, {}, {}, 0, {}, {}, {}, {}};
  answer.programmes = explain::sum_programmes(record.world, values, record.plan);
  answer.pinches = explain::sum_pinches(record.world, explain::find_pinches(record.world, record.plan, values));
  answer.builds = sum_builds(explain::list_builds(values, record.plan));
  answer.owners = explain::sum_owners(record.world, record.plan);
  return answer;
}

}  // namespace pinchpoint::cli
