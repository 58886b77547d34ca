// SPDX-License-Identifier: Apache-2.0
#include "optim/ensemble/start_pool.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/ensure.hpp"

namespace pinchpoint::optim {

namespace {

// Stands for infinity, so that two of them are no way apart.
constexpr double far = 1e30;

float finite(double bound) { return static_cast<float>(std::clamp(bound, -far, far)); }

double size_of(const Change& base) {
  double size = 0;
  for (const double bound : {base.lower, base.upper}) {
    if (std::isfinite(bound)) size = std::max(size, std::abs(bound));
  }
  return size;
}

/// Of bounds from others, in sizes of the model's own; at most 1.
float gap_of(float lower, float upper, float other_lower, float other_upper, float inverse_size) {
  const float gap = std::max(std::abs(lower - other_lower), std::abs(upper - other_upper));
  return std::min(1.0F, gap * inverse_size);
}

}  // namespace

StartPool::StartPool(const Touched& touched, std::size_t capacity, std::size_t bytes)
    : touched_(&touched),
      capacity_(capacity),
      bytes_left_(bytes),
      lower_(touched.size() * capacity),
      upper_(touched.size() * capacity),
      from_base_(touched.size() * capacity) {
  for (const Change& base : touched.base())
    inverse_size_.push_back(size_of(base) > 0 ? static_cast<float>(1 / size_of(base)) : 1.0F);
  for (const Change& base : touched.base()) {
    const std::size_t at = cell(static_cast<std::size_t>(base.place));
    std::fill_n(lower_.begin() + static_cast<std::ptrdiff_t>(at), capacity, finite(base.lower));
    std::fill_n(upper_.begin() + static_cast<std::ptrdiff_t>(at), capacity, finite(base.upper));
  }
  add({}, nullptr);
}

float StartPool::distance(std::size_t place, float lower, float upper, std::size_t member) const {
  const std::size_t at = cell(place) + member;
  return gap_of(lower, upper, lower_[at], upper_[at], inverse_size_[place]);
}

void StartPool::add(const std::vector<Change>& changes, ResidentSimplex::End end) {
  if (end_.size() == capacity_) return;
  const std::size_t member = end_.size();
  const auto keep = [&](const Change& change) {
    const std::size_t at = cell(static_cast<std::size_t>(change.place)) + member;
    lower_[at] = finite(change.lower);
    upper_[at] = finite(change.upper);
  };
  for (const Change& change : changes) keep(change);
  double total = 0;
  for (const Change& change : changes) {
    const auto place = static_cast<std::size_t>(change.place);
    const Change& base = touched_->base()[place];
    const float gap = distance(place, finite(base.lower), finite(base.upper), member);
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
  ensure(!handicap.empty() && handicap.size() <= end_.size(), "a handicap of each member that is asked for");
  std::vector<double> total(handicap.begin(), handicap.end());
  for (std::size_t member = 0; member < total.size(); ++member) total[member] += total_from_base_[member];
  for (const Change& change : changes) {
    const auto place = static_cast<std::size_t>(change.place);
    const float lower = finite(change.lower);
    const float upper = finite(change.upper);
    const float* lowers = lower_.data() + cell(place);
    const float* uppers = upper_.data() + cell(place);
    const float* from_base = from_base_.data() + cell(place);
    const float inverse_size = inverse_size_[place];
    for (std::size_t member = 0; member < total.size(); ++member)
      total[member] += gap_of(lower, upper, lowers[member], uppers[member], inverse_size) - from_base[member];
  }
  // Rounding must not part those that are equally near: the first is kept.
  constexpr double rounding = 1e-6;
  std::size_t best = 0;
  for (std::size_t member = 1; member < total.size(); ++member) {
    if (total[member] < total[best] - rounding) best = member;
  }
  return end_[best];
}

}  // namespace pinchpoint::optim
