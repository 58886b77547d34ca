// SPDX-License-Identifier: Apache-2.0
#include "optim/interior/symmetric_factor.hpp"

namespace pinchpoint::optim::interior {

namespace {

constexpr double thin = 30;  // multiplications an entry of L

}  // namespace

std::optional<SymmetricFactor> SymmetricFactor::make(const SymmetricPattern& pattern, const std::vector<double>& value,
                                                     double most_work, int threads) {
  std::optional<Elimination> elimination = Elimination::make(pattern, value, most_work);
  if (!elimination) return std::nullopt;
  const double work = elimination->work;
  if (work <= thin * static_cast<double>(elimination->entries()))
    return SymmetricFactor(work, ThinFactor(*std::move(elimination)));
  return SymmetricFactor(work, PanelFactor(*elimination, threads));
}

}  // namespace pinchpoint::optim::interior
