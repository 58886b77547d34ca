// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "optim/interior/dense.hpp"
#include "optim/interior/panels.hpp"

namespace pinchpoint::optim::interior {

/// L D L' by panels, which are kept and reckoned with as dense blocks, on several threads. Left-looking: a panel takes
/// what earlier ones owe it, then is factorised. The same numbers on any number of threads.
class PanelFactor {
 public:
  PanelFactor(const Elimination& elimination, int threads);
  /// False if a pivot is zero or no number.
  [[nodiscard]] bool factorise(const std::vector<double>& diagonal);
  /// right := K⁻¹ right
  void solve(std::vector<double>& right) const;

 private:
  /// What a thread needs for itself.
  struct Scratch {
    std::vector<Index> place;  ///< by row: where in the panel
    std::vector<double> factors, product;
  };
  /// Some of a panel's rows.
  struct Share {
    Index begin = 0, end = 0;
  };

  [[nodiscard]] bool factorise_apart(const PanelRange& range, const std::vector<double>& diagonal, Scratch& scratch);
  void begin_panel(const Panel& panel, const std::vector<double>& diagonal);
  void take(const Panel& panel, const Share& share, Scratch& scratch);
  void take(const Panel& panel, const Update& update, const Share& share, Scratch& scratch);
  [[nodiscard]] bool factorise_corner(const Panel& panel);
  void divide(const Panel& panel, const Share& share);

  [[nodiscard]] Block block(const Panel& panel, Index first, Index last) const {
    return {number_.data() + panel.first_number + first, last - first, panel.width(), panel.rows};
  }

  const DenseLoops& loops_ = DenseLoops::fastest();
  Panels panels_;
  PanelShares shares_;
  std::vector<double> number_;
  std::vector<Scratch> scratch_;                     ///< by thread
  mutable std::vector<double> permuted_, gathered_;  ///< scratch
};

}  // namespace pinchpoint::optim::interior
