// SPDX-License-Identifier: Apache-2.0
#include "optim/ensemble/plan_pool.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "optim/solve/proof/interval.hpp"

namespace pinchpoint::optim {

namespace {

// What solvers are asked for here, and what "feasible to rounding" means everywhere (docs/decisions/0006).
constexpr double rounding = 1e-9;

double allowance(double side) { return rounding * std::max(1.0, std::abs(side)); }

/// Least share of the safe plan that brings the mix within the bounds; above 1: none does.
double share_needed(double cheap, double safe, double lower, double upper) {
  if (keeps(cheap, lower, upper)) return 0;
  const double side = cheap > upper ? upper : lower;
  const double way = safe - cheap;
  if (way == 0) return infinity;
  return (side - cheap) / way;
}

}  // namespace

bool keeps(double value, double lower, double upper) {
  return value >= lower - allowance(lower) && value <= upper + allowance(upper);
}

double cost_of(const Model& model, const std::vector<double>& value) {
  ExactSum sum;
  sum.add(model.offset);
  for (std::size_t column = 0; column < value.size(); ++column) {
    if (model.cost[column] != 0 && value[column] != 0) sum.add_product(model.cost[column], value[column]);
  }
  return sum.enclosure().upper;
}

double violation_of(const SparseMatrix& matrix, const Sides& sides, const std::vector<double>& value) {
  std::vector<double> activity(sides.row_lower.size(), 0);
  std::vector<double> largest(sides.row_lower.size(), 0);
  double worst = 0;
  const auto judge = [&worst](double at, double lower, double upper, double size) {
    const double out = std::max(lower - at, at - upper);
    if (out > 0) worst = std::max(worst, out / std::max(1.0, size));
  };
  for (std::size_t column = 0; column < value.size(); ++column) {
    const double x = value[column];
    judge(x, sides.lower[column], sides.upper[column], std::abs(x));
    if (x == 0) continue;
    for (auto at = matrix.start[column]; at < matrix.start[column + 1]; ++at) {
      const auto place = static_cast<std::size_t>(at);
      const double term = matrix.value[place] * x;
      const auto row = static_cast<std::size_t>(matrix.row[place]);
      activity[row] += term;
      largest[row] = std::max(largest[row], std::abs(term));
    }
  }
  for (std::size_t row = 0; row < activity.size(); ++row)
    judge(activity[row], sides.row_lower[row], sides.row_upper[row], largest[row]);
  return worst;
}

/// Which members keep a scenario's bounds, and which break the model's own bounds where the scenario does not loosen.
struct PlanPool::Fits {
  std::vector<std::uint8_t> keeps_all;
  std::vector<std::uint8_t> is_outside;  ///< elsewhere: of no use even in a mix
};

PlanPool::PlanPool(const Model& model, const Touched& touched, std::size_t capacity)
    : model_(model), touched_(touched), capacity_(capacity), value_(touched.size() * capacity) {}

PlanPool::Member PlanPool::prepare(const std::vector<double>& value, double cost) const {
  Member member{cost, {}};
  member.value.reserve(touched_.size());
  for (const std::int32_t column : touched_.columns()) member.value.push_back(value[static_cast<std::size_t>(column)]);
  if (touched_.rows().empty()) return member;
  std::vector<double> activity(model_.row_lower.size(), 0);
  for (std::size_t column = 0; column < value.size(); ++column) {
    if (value[column] == 0) continue;
    for (auto at = model_.matrix.start[column]; at < model_.matrix.start[column + 1]; ++at)
      activity[static_cast<std::size_t>(model_.matrix.row[static_cast<std::size_t>(at)])] +=
          model_.matrix.value[static_cast<std::size_t>(at)] * value[column];
  }
  for (const std::int32_t row : touched_.rows()) member.value.push_back(activity[static_cast<std::size_t>(row)]);
  return member;
}

bool PlanPool::add(const Member& member) {
  if (cost_.size() == capacity_) return false;
  const std::size_t at = cost_.size();
  for (std::size_t place = 0; place < member.value.size(); ++place) value_[cell(place) + at] = member.value[place];
  cost_.push_back(member.cost);
  std::vector<std::int32_t>& outside = outside_.emplace_back();
  for (const Change& base : touched_.base()) {
    if (!keeps(member.value[static_cast<std::size_t>(base.place)], base.lower, base.upper))
      outside.push_back(base.place);
  }
  return true;
}

/// Most members fall out at the first changes: those that are left are listed.
PlanPool::Fits PlanPool::judge(const std::vector<Change>& changes, std::size_t count) const {
  std::vector<std::size_t> left(count);
  std::iota(left.begin(), left.end(), 0);
  std::vector<std::uint8_t> is_changed(touched_.size(), 0);
  for (const Change& change : changes) {
    is_changed[static_cast<std::size_t>(change.place)] = 1;
    const double* value = value_.data() + cell(static_cast<std::size_t>(change.place));
    std::erase_if(left, [&](std::size_t member) { return !keeps(value[member], change.lower, change.upper); });
  }
  Fits fits{std::vector<std::uint8_t>(count, 0), std::vector<std::uint8_t>(count, 0)};
  for (const std::size_t member : left) fits.keeps_all[member] = 1;
  for (std::size_t member = 0; member < count; ++member) {
    const bool is_outside = std::ranges::any_of(
        outside_[member], [&](std::int32_t place) { return is_changed[static_cast<std::size_t>(place)] == 0; });
    if (!is_outside) continue;
    fits.is_outside[member] = 1;
    fits.keeps_all[member] = 0;
  }
  return fits;
}

void PlanPool::mix(const std::vector<Change>& changes, const Fits& fits, Best& best) const {
  const std::size_t safe = best.safe;
  for (std::size_t cheap = 0; cheap < fits.keeps_all.size(); ++cheap) {
    if (fits.keeps_all[cheap] != 0 || fits.is_outside[cheap] != 0 || !(cost_[cheap] < cost_[safe])) continue;
    double share = 0;
    for (const Change& change : changes) {
      const double* value = value_.data() + cell(static_cast<std::size_t>(change.place));
      share = std::max(share, share_needed(value[cheap], value[safe], change.lower, change.upper));
      if (share >= 1) break;
    }
    if (share >= 1) continue;
    share = std::min(1.0, share * (1 + 4 * std::numeric_limits<double>::epsilon()));
    const double mixed = next_up(next_up(cost_[cheap] + share * (cost_[safe] - cost_[cheap])));
    if (mixed < best.value) best = {mixed, cheap, safe, share};
  }
}

PlanPool::Best PlanPool::best(const std::vector<Change>& changes, std::size_t count) const {
  const Fits fits = judge(changes, count);
  Best best;
  for (std::size_t member = 0; member < count; ++member) {
    if (fits.keeps_all[member] != 0 && cost_[member] < best.value) best = {cost_[member], member, member, 1};
  }
  if (best.value < infinity) mix(changes, fits, best);
  return best;
}

}  // namespace pinchpoint::optim
