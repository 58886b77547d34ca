// SPDX-License-Identifier: Apache-2.0
#include "optim/ensemble/start_pool.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/ensure.hpp"

namespace pinchpoint::optim {

namespace {

// Stands for infinity, so that two of them are no way apart.
constexpr double far = 1e300;

double finite(double bound) { return std::clamp(bound, -far, far); }

double size_of(const Change& base) {
  double size = 0;
  for (const double bound : {base.lower, base.upper}) {
    if (std::isfinite(bound)) size = std::max(size, std::abs(bound));
  }
  return size;
}

}  // namespace

StartPool::StartPool(const Touched& touched, std::size_t capacity, std::size_t bytes)
    : touched_(&touched),
      capacity_(capacity),
      bytes_left_(bytes),
      lower_(touched.size() * capacity),
      upper_(touched.size() * capacity),
      from_base_(touched.size() * capacity) {
  for (const Change& base : touched.base()) inverse_size_.push_back(size_of(base) > 0 ? 1 / size_of(base) : 1);
  add({}, nullptr);
}

void StartPool::add(const std::vector<Change>& changes, ResidentSimplex::End end) {
  if (end_.size() == capacity_) return;
  const std::size_t member = end_.size();
  const auto keep = [&](const Change& change) {
    const std::size_t at = cell(static_cast<std::size_t>(change.place)) + member;
    lower_[at] = finite(change.lower);
    upper_[at] = finite(change.upper);
  };
  for (const Change& base : touched_->base()) keep(base);
  for (const Change& change : changes) keep(change);
  double total = 0;
  for (const Change& change : changes) {
    const auto place = static_cast<std::size_t>(change.place);
    const Change& base = touched_->base()[place];
    const double gap = distance(place, finite(base.lower), finite(base.upper), member);
    from_base_[cell(place) + member] = gap;
    total += gap;
  }
  total_from_base_.push_back(total);
  const std::size_t bytes = ResidentSimplex::bytes(end);
  if (bytes > bytes_left_) end = nullptr;
  if (end) bytes_left_ -= bytes;
  end_.push_back(std::move(end));
}

const ResidentSimplex::End& StartPool::nearest(const std::vector<Change>& changes,
                                               std::span<const double> handicap) const {
  ensure(handicap.empty() || handicap.size() == end_.size(), "a handicap a member");
  std::vector<double> total = total_from_base_;
  for (std::size_t member = 0; member < handicap.size(); ++member) total[member] += handicap[member];
  for (const Change& change : changes) {
    const auto place = static_cast<std::size_t>(change.place);
    const double lower = finite(change.lower);
    const double upper = finite(change.upper);
    const double* from_base = from_base_.data() + cell(place);
    for (std::size_t member = 0; member < total.size(); ++member)
      total[member] += distance(place, lower, upper, member) - from_base[member];
  }
  // Rounding must not part those that are equally near: the first is kept.
  constexpr double rounding = 1e-12;
  std::size_t best = 0;
  for (std::size_t member = 1; member < total.size(); ++member) {
    if (total[member] < total[best] - rounding) best = member;
  }
  return end_[best];
}

}  // namespace pinchpoint::optim
