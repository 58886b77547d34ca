// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "analysis/compare/run_data.hpp"

namespace pinchpoint::compare {

/// Speaks of what two runs have by the names that either has; the first run's come first. An id without a name is its
/// own name. Keeps references.
class Speaker {
 public:
  Speaker(const NameBook& first, const NameBook& second) : first_(first), second_(second) {}

  [[nodiscard]] std::string name(std::string_view table, std::string_view id) const;
  /// "HBM stacking in South Korea (Donghae Memory)", "HBM3E from Taiwan to the world market", "shortage, Lone Star
  /// Compute"
  [[nodiscard]] std::string of(Table table, const Ids& key) const;
  /// "HBM stacking in South Korea (Donghae Memory)"
  [[nodiscard]] std::string asset(const Ids& key) const;
  /// " in South Korea (Donghae Memory)"; nothing for empty ids
  [[nodiscard]] std::string place(std::string_view region, std::string_view owner) const;

 private:
  [[nodiscard]] std::string flow(const Ids& key) const;
  [[nodiscard]] std::string end_of_flow(std::string_view commodity, std::string_view id) const;
  const NameBook& first_;
  const NameBook& second_;
};

}  // namespace pinchpoint::compare
