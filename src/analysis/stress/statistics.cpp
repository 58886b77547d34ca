// SPDX-License-Identifier: Apache-2.0
#include "analysis/stress/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/ensure.hpp"

namespace pinchpoint::stress {

namespace {

double mean_of(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// `sorted` ascending.
double quantile(const std::vector<double>& sorted, double share) {
  const double place = std::ceil(share * static_cast<double>(sorted.size()));
  return sorted[static_cast<std::size_t>(std::max(1.0, place)) - 1];
}

/// Mean of the worst share; a scenario on the edge counts in part.
double tail_mean(const std::vector<double>& sorted, double share) {
  double left = share * static_cast<double>(sorted.size());
  const double whole = left;
  double sum = 0;
  for (auto at = sorted.rbegin(); at != sorted.rend() && left > 0; ++at) {
    const double part = std::min(1.0, left);
    sum += part * *at;
    left -= part;
  }
  return sum / whole;
}

struct Losses {
  double mean, p50, p95, p99, cvar90;
  explicit Losses(std::vector<double> losses) {
    std::sort(losses.begin(), losses.end());
    mean = mean_of(losses);
    p50 = quantile(losses, 0.50);
    p95 = quantile(losses, 0.95);
    p99 = quantile(losses, 0.99);
    cvar90 = tail_mean(losses, 0.10);
  }
};

}  // namespace

LossDistribution distribution_of(std::span<const Outcome> outcomes) {
  ensure(!outcomes.empty(), "a distribution is of at least one outcome");
  std::vector<double> low, high;
  for (const Outcome& outcome : outcomes) {
    low.push_back(outcome.loss_lower);
    high.push_back(outcome.loss_upper);
  }
  const Losses lower(low);
  const Losses upper(high);
  LossDistribution made{{lower.mean, upper.mean}, {lower.p50, upper.p50},       {lower.p95, upper.p95},
                        {lower.p99, upper.p99},   {lower.cvar90, upper.cvar90}, 0};
  double squares = 0;
  for (const double loss : high) squares += (loss - upper.mean) * (loss - upper.mean);
  const auto count = static_cast<double>(high.size());
  if (high.size() > 1) made.standard_error = std::sqrt(squares / (count - 1) / count);
  return made;
}

std::vector<std::size_t> worst_of(std::span<const Outcome> outcomes, std::size_t count) {
  std::vector<std::size_t> order(outcomes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
    return outcomes[left].loss_upper > outcomes[right].loss_upper;
  });
  order.resize(std::min(count, order.size()));
  return order;
}

}  // namespace pinchpoint::stress
