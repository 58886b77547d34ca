// SPDX-License-Identifier: Apache-2.0
#include "optim/ensemble/dual_pool.hpp"

#include <algorithm>
#include <cmath>

#include "optim/ensemble/safe_sum.hpp"

namespace pinchpoint::optim {

Interval enclosed_reduced_cost(const Model& model, const std::vector<double>& row_dual, std::size_t column) {
  double value = model.cost[column];
  double sizes = std::abs(value);
  const auto begin = static_cast<std::size_t>(model.matrix.start[column]);
  const auto end = static_cast<std::size_t>(model.matrix.start[column + 1]);
  for (std::size_t at = begin; at < end; ++at) {
    const double term = model.matrix.value[at] * row_dual[static_cast<std::size_t>(model.matrix.row[at])];
    value -= term;
    sizes += std::abs(term);
  }
  const double error = 2.0 * static_cast<double>(end - begin + 2) * unit_roundoff * sizes;
  return {value - error, value + error};
}

DualBound dual_bound(const Model& model, const std::vector<double>& row_dual, const ImpliedBounds& box) {
  DualBound bound;
  std::vector<double> dual(row_dual.size());
  SafeSum sum;
  sum.add(model.offset);
  for (std::size_t row = 0; row < dual.size(); ++row) {
    dual[row] = allowed_dual(row_dual[row], model.row_lower[row], model.row_upper[row]);
    sum.add(least_term(dual[row], dual[row], model.row_lower[row], model.row_upper[row]));
  }
  bound.reduced_cost.reserve(model.cost.size());
  for (std::size_t column = 0; column < model.cost.size(); ++column) {
    const Interval d = enclosed_reduced_cost(model, dual, column);
    bound.reduced_cost.push_back(d);
    sum.add(least_term(d.lower, d.upper, box.lower[column], box.upper[column]));
  }
  if (std::isfinite(sum.value)) bound.value = sum.safe();
  return bound;
}

DualPool::DualPool(const Model& model, const Touched& touched, ImpliedBounds box, std::size_t capacity)
    : model_(&model), touched_(&touched), box_(std::move(box)), capacity_(capacity) {
  // Where a scenario leaves a bound alone the model's own holds, too, which may be tighter than that of all scenarios.
  own_ = box_;
  for (std::size_t column = 0; column < model.cost.size(); ++column) {
    own_.lower[column] = std::max(box_.lower[column], model.lower[column]);
    own_.upper[column] = std::min(box_.upper[column], model.upper[column]);
  }
  lowest_.resize(touched.size() * capacity);
  highest_.resize(touched.size() * capacity);
  term_.resize(touched.size() * capacity);
}

std::optional<DualPool::Member> DualPool::prepare(const std::vector<double>& row_dual) const {
  const DualBound bound = dual_bound(*model_, row_dual, own_);
  if (bound.value == -infinity) return std::nullopt;
  Member member{bound.value, {}};
  member.d.reserve(touched_->size());
  for (const std::int32_t column : touched_->columns())
    member.d.push_back(bound.reduced_cost[static_cast<std::size_t>(column)]);
  for (const std::int32_t row : touched_->rows()) {
    const auto at = static_cast<std::size_t>(row);
    const double dual = allowed_dual(row_dual[at], model_->row_lower[at], model_->row_upper[at]);
    member.d.push_back({dual, dual});
  }
  return member;
}

bool DualPool::add(const Member& member) {
  if (value_.size() == capacity_) return false;
  const std::size_t at = value_.size();
  value_.push_back(member.value);
  const auto keep = [&](std::size_t place, double lower, double upper) {
    const Interval d = member.d[place];
    lowest_[cell(place) + at] = d.lower;
    highest_[cell(place) + at] = d.upper;
    term_[cell(place) + at] = least_term(d.lower, d.upper, lower, upper);
  };
  std::size_t place = 0;
  for (const std::int32_t column : touched_->columns()) {
    const auto index = static_cast<std::size_t>(column);
    keep(place++, own_.lower[index], own_.upper[index]);
  }
  for (const std::int32_t row : touched_->rows()) {
    const auto index = static_cast<std::size_t>(row);
    keep(place++, model_->row_lower[index], model_->row_upper[index]);
  }
  return true;
}

std::vector<double> DualPool::bounds(const std::vector<Change>& changes, std::size_t count) const {
  std::vector<double> bound(value_.begin(), value_.begin() + static_cast<std::ptrdiff_t>(count));
  std::vector<double> sizes(count, 0);
  for (const Change& change : changes) {
    const auto place = static_cast<std::size_t>(change.place);
    const bool is_column = place < touched_->columns().size();
    double lower = change.lower;
    double upper = change.upper;
    if (is_column) {
      const auto column = static_cast<std::size_t>(touched_->columns()[place]);
      lower = std::max(lower, box_.lower[column]);
      upper = std::min(upper, box_.upper[column]);
    }
    const double* lowest = lowest_.data() + cell(place);
    const double* highest = highest_.data() + cell(place);
    const double* term = term_.data() + cell(place);
    const auto change_all = [&](const auto& least) {
      for (std::size_t member = 0; member < bound.size(); ++member) {
        const double now = least(lowest[member], highest[member]);
        bound[member] += now - term[member];
        sizes[member] += std::abs(now) + std::abs(term[member]);
      }
    };
    if (std::isfinite(lower) && std::isfinite(upper))
      change_all([lower, upper](double least, double most) { return least_finite_term(least, most, lower, upper); });
    else
      change_all([lower, upper](double least, double most) { return least_term(least, most, lower, upper); });
  }
  const double steps = 2.0 * static_cast<double>(2 * changes.size() + 3) * unit_roundoff;
  for (std::size_t member = 0; member < bound.size(); ++member)
    bound[member] = next_down(bound[member] - steps * (sizes[member] + std::abs(value_[member])));
  return bound;
}

}  // namespace pinchpoint::optim
