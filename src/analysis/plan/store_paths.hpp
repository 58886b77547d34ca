// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "analysis/plan/chronology.hpp"
#include "domain/world/world.hpp"

namespace pinchpoint::plan {

/// Levels of a store of this technology in a period. requires: kind store
[[nodiscard]] StorePath path_of(const World& world, const Technology& technology, PeriodId period);

/// Names of the moments that stores of a world have levels at, each once.
class Moments {
 public:
  /// Adds the points and checks of all periods of the technology's paths.
  void add(const World& world, const Technology& technology);
  /// requires: a label of a path that was added
  [[nodiscard]] int find(const std::string& label) const { return at_.at(label); }
  [[nodiscard]] bool contains(const std::string& label) const { return at_.contains(label); }
  [[nodiscard]] const std::vector<std::string>& labels() const { return labels_; }

 private:
  void add(const std::string& label);
  std::vector<std::string> labels_;
  std::map<std::string, int> at_;
};

}  // namespace pinchpoint::plan
