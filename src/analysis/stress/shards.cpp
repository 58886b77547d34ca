// SPDX-License-Identifier: Apache-2.0
#include "analysis/stress/shards.hpp"

#include <algorithm>

#include "core/base/ensure.hpp"

namespace pinchpoint::stress {

namespace {

void append(StressResult& whole, StressResult part) {
  const std::size_t before = whole.outcomes.size();
  const auto weight = static_cast<double>(part.outcomes.size());
  whole.mean_forms.resize(std::max(whole.mean_forms.size(), part.mean_forms.size()), 0.0);
  for (std::size_t form = 0; form < part.mean_forms.size(); ++form)
    whole.mean_forms[form] += weight * part.mean_forms[form];
  for (Outcome& outcome : part.outcomes) whole.outcomes.push_back(std::move(outcome));
  for (ColdCheck& check : part.checks) {
    check.scenario += before;
    whole.checks.push_back(std::move(check));
  }
  for (auto& [scenario, problem] : part.failed) whole.failed.emplace_back(before + scenario, std::move(problem));
  whole.certified_share += weight * part.certified_share;
  whole.max_gap = std::max(whole.max_gap, part.max_gap);
  whole.resumed += part.resumed;
}

}  // namespace

std::vector<Scenario> scenarios_of(const std::vector<Scenario>& all, Shard shard) {
  ensure(shard.number < shard.count, "no such shard");
  const auto place = [&](std::size_t number) {
    return all.begin() + static_cast<std::ptrdiff_t>(all.size() * number / shard.count);
  };
  return {place(shard.number), place(shard.number + 1)};
}

StressResult join_shards(std::vector<StressResult> shards) {
  StressResult whole;
  for (StressResult& shard : shards) {
    if (!shard.is_complete) return std::move(shard);
    append(whole, std::move(shard));
  }
  whole.is_complete = true;
  const auto count = static_cast<double>(std::max<std::size_t>(1, whole.outcomes.size()));
  whole.certified_share /= count;
  for (double& form : whole.mean_forms) form /= count;
  whole.loss = distribution_of(whole.outcomes);
  return whole;
}

}  // namespace pinchpoint::stress
