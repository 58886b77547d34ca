// SPDX-License-Identifier: Apache-2.0
#include "optim/interdiction/cover/set_sampler.hpp"

#include <algorithm>

namespace pinchpoint::optim {

namespace {

// Draws in a row that do not fit before a set counts as full.
constexpr int most_misses = 4;

}  // namespace

OpenSets SetSampler::draw(const std::vector<std::int32_t>& chosen, const std::vector<std::int32_t>& open, double left,
                          int enough, int most) {
  OpenSets result;
  while (result.drawn < most && result.found < enough) {
    ++result.drawn;
    std::vector<std::int32_t> set = chosen;
    double rest = left;
    for (int misses = 0; misses < most_misses && !open.empty();) {
      const std::int32_t target = open[random_.below(open.size())];
      const double cost = targets_[static_cast<std::size_t>(target)].cost;
      if (cost > rest || std::find(set.begin(), set.end(), target) != set.end()) {
        ++misses;
        continue;
      }
      set.push_back(target);
      rest -= cost;
    }
    if (pool_.has_unhurt(set)) continue;
    ++result.found;
    std::sort(set.begin(), set.end());
    result.sets.push_back(std::move(set));
  }
  return result;
}

}  // namespace pinchpoint::optim
