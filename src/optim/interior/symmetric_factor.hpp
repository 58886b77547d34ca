// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "optim/interior/panel_factor.hpp"
#include "optim/interior/thin_factor.hpp"

namespace pinchpoint::optim::interior {

/// L D L' of a symmetric quasidefinite matrix whose diagonal changes and nothing else (Vanderbei 1995: any order of
/// elimination will do).
class SymmetricFactor {
 public:
  /// Nothing if to factorise takes more than `most_work` multiplications.
  [[nodiscard]] static std::optional<SymmetricFactor> make(const SymmetricPattern& pattern,
                                                           const std::vector<double>& value, double most_work,
                                                           int threads = 1);
  /// Multiplications of one factorisation.
  [[nodiscard]] double work() const { return work_; }
  [[nodiscard]] bool has_panels() const { return std::holds_alternative<PanelFactor>(factor_); }
  /// False if a pivot is zero or no number.
  [[nodiscard]] bool factorise(const std::vector<double>& diagonal) {
    return std::visit([&](auto& factor) { return factor.factorise(diagonal); }, factor_);
  }
  /// right := K⁻¹ right
  void solve(std::vector<double>& right) const {
    std::visit([&](const auto& factor) { factor.solve(right); }, factor_);
  }

 private:
  using Factor = std::variant<ThinFactor, PanelFactor>;
  SymmetricFactor(double work, Factor factor) : work_(work), factor_(std::move(factor)) {}

  double work_;
  Factor factor_;
};

}  // namespace pinchpoint::optim::interior
