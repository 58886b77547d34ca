// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/proof/lower/tied_rows.hpp"

#include <algorithm>
#include <cmath>

#include "optim/solve/proof/interval.hpp"
#include "optim/solve/proof/lower/strong_components.hpp"

namespace pinchpoint::optim {

namespace {

bool differ_by_a_power_of_two(double a, double b) {
  int exponent = 0;
  return std::frexp(std::abs(a), &exponent) == std::frexp(std::abs(b), &exponent);
}

/// y_from ≤ 2^exponent · y_to; not exact: some other positive factor.
struct Order {
  std::size_t from, to;
  int exponent = 0;
  bool is_exact = true;
};

/// What columns without cost and bound, and sides that are infinite, say of the multipliers' order. The number of rows
/// stands for a multiplier of 0.
std::vector<Order> find_orders(const Model& model, const MatrixView& matrix) {
  std::vector<Order> orders;
  const std::size_t zero = model.row_lower.size();
  for (std::size_t row = 0; row < zero; ++row) {
    if (model.row_upper[row] == infinity) orders.push_back({zero, row});
    if (model.row_lower[row] == -infinity) orders.push_back({row, zero});
  }
  for (std::size_t column = 0; column < model.cost.size(); ++column) {
    const std::span<const Entry> entries = matrix.column(column);
    if (model.cost[column] != 0 || entries.empty() || entries.size() > 2) continue;
    const bool has_pair = entries.size() == 2;
    if (has_pair && (entries[0].value > 0) == (entries[1].value > 0)) continue;
    // Σ a y ≤ 0: what stands with a positive entry is the smaller.
    const Entry none{static_cast<std::int32_t>(zero), has_pair ? 0.0 : -entries[0].value};
    const Entry& first = entries[0];
    const Entry& second = has_pair ? entries[1] : none;
    const Entry& positive = first.value > 0 ? first : second;
    const Entry& negative = first.value > 0 ? second : first;
    Order order{static_cast<std::size_t>(positive.index), static_cast<std::size_t>(negative.index)};
    order.exponent = std::ilogb(negative.value) - std::ilogb(positive.value);
    order.is_exact = differ_by_a_power_of_two(positive.value, negative.value);
    if (model.upper[column] == infinity) orders.push_back(order);
    if (model.lower[column] == -infinity) orders.push_back({order.to, order.from, -order.exponent, order.is_exact});
  }
  return orders;
}

/// Where each row goes: into which row, times which power of two; rows whose multiplier is 0 go nowhere.
class Ties {
 public:
  Ties(const Model& model, const MatrixView& matrix) : model_(model), matrix_(matrix), rows_(model.row_lower.size()) {
    for (std::size_t row = 0; row <= rows_; ++row) place_.push_back({row, 0});
    const std::vector<Order> orders = find_orders(model, matrix);
    std::vector<std::vector<Arc>> arcs(rows_ + 1);
    for (const Order& order : orders) arcs[order.from].push_back({order.to, order.exponent, order.is_exact});
    component_ = strong_components(rows_ + 1, [&arcs](std::size_t node, std::size_t at) {
      return at < arcs[node].size() ? arcs[node][at].to : no_node;
    });
    for (std::size_t row = 0; row < rows_; ++row) {
      if (component_[row] == component_[rows_]) place_[row].target = rows_;
    }
    tie_groups(arcs);
    untie_inexact_sums();
  }

  [[nodiscard]] bool is_any() const {
    for (std::size_t row = 0; row < rows_; ++row) {
      const bool had_sides = model_.row_lower[row] > -infinity || model_.row_upper[row] < infinity;
      if (place_[row].target != row && had_sides) return true;
    }
    return false;
  }
  [[nodiscard]] Model tied_model() const;

 private:
  struct Arc {
    std::size_t to;
    int exponent;
    bool is_exact;
  };
  struct Place {
    std::size_t target;
    int exponent;
  };

  void tie_groups(const std::vector<std::vector<Arc>>& arcs);
  void tie_group(const std::vector<std::size_t>& group, const std::vector<std::vector<Arc>>& arcs);
  void untie_inexact_sums();
  /// The column's entries in the rows that stay, added up and in order; sets `inexact` to a row whose sum is none.
  std::vector<Entry> tied_column(std::size_t column, std::size_t& inexact) const;

  const Model& model_;
  const MatrixView& matrix_;
  std::size_t rows_;
  std::vector<std::size_t> component_;
  std::vector<Place> place_;
};

void Ties::tie_groups(const std::vector<std::vector<Arc>>& arcs) {
  std::vector<std::vector<std::size_t>> groups(rows_ + 1);
  for (std::size_t row = 0; row < rows_; ++row) groups[component_[row]].push_back(row);
  for (const std::vector<std::size_t>& group : groups) {
    if (group.size() > 1 && component_[group.front()] != component_[rows_]) tie_group(group, arcs);
  }
}

/// Gives every row of the group its power of two, seen from the first; leaves them all alone if two ways differ.
void Ties::tie_group(const std::vector<std::size_t>& group, const std::vector<std::vector<Arc>>& arcs) {
  const std::size_t first = group.front();
  std::vector<std::size_t> queue{first};
  bool is_consistent = true;
  const auto is_placed = [&](std::size_t row) { return row == first || place_[row].target == first; };
  for (std::size_t at = 0; at < queue.size(); ++at) {
    const std::size_t row = queue[at];
    for (const Arc& arc : arcs[row]) {
      if (arc.to == rows_ || component_[arc.to] != component_[row]) continue;
      const int exponent = place_[row].exponent - arc.exponent;
      if (!is_placed(arc.to)) {
        place_[arc.to] = {first, exponent};
        queue.push_back(arc.to);
      }
      is_consistent = is_consistent && arc.is_exact && place_[arc.to].exponent == exponent;
    }
  }
  if (is_consistent) return;
  for (const std::size_t row : group) place_[row] = {row, 0};
}

void Ties::untie_inexact_sums() {
  for (std::size_t column = 0; column < model_.cost.size(); ++column) {
    std::size_t inexact = rows_;
    for (tied_column(column, inexact); inexact != rows_; tied_column(column, inexact)) {
      for (std::size_t row = 0; row < rows_; ++row) {
        if (place_[row].target == inexact) place_[row] = {row, 0};
      }
      inexact = rows_;
    }
  }
}

std::vector<Entry> Ties::tied_column(std::size_t column, std::size_t& inexact) const {
  std::vector<Entry> entries;
  for (const Entry& entry : matrix_.column(column)) {
    const Place& place = place_[static_cast<std::size_t>(entry.index)];
    if (place.target == rows_) continue;
    const double value = std::ldexp(entry.value, place.exponent);
    if (std::ldexp(value, -place.exponent) != entry.value) inexact = place.target;
    entries.push_back({static_cast<std::int32_t>(place.target), value});
  }
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.index < b.index; });
  std::vector<Entry> sums;
  for (const Entry& entry : entries) {
    if (sums.empty() || sums.back().index != entry.index) {
      sums.push_back(entry);
      continue;
    }
    const double sum = sums.back().value + entry.value;
    if (sum_error(sums.back().value, entry.value, sum) != 0) inexact = static_cast<std::size_t>(entry.index);
    sums.back().value = sum;
  }
  std::erase_if(sums, [](const Entry& entry) { return entry.value == 0; });
  return sums;
}

Model Ties::tied_model() const {
  Model tied = model_;
  tied.row_lower.assign(rows_, -infinity);
  tied.row_upper.assign(rows_, infinity);
  std::vector<std::uint8_t> is_begun(rows_, 0);
  for (std::size_t row = 0; row < rows_; ++row) {
    const auto [target, exponent] = place_[row];
    if (target == rows_) continue;
    const double lower = std::ldexp(model_.row_lower[row], exponent);
    const double upper = std::ldexp(model_.row_upper[row], exponent);
    tied.row_lower[target] = is_begun[target] != 0 ? add_down(tied.row_lower[target], lower) : lower;
    tied.row_upper[target] = is_begun[target] != 0 ? add_up(tied.row_upper[target], upper) : upper;
    is_begun[target] = 1;
  }
  tied.matrix = {};
  for (std::size_t column = 0; column < model_.cost.size(); ++column) {
    std::size_t inexact = rows_;
    for (const Entry& entry : tied_column(column, inexact)) {
      tied.matrix.row.push_back(entry.index);
      tied.matrix.value.push_back(entry.value);
    }
    tied.matrix.start.push_back(static_cast<std::int32_t>(tied.matrix.row.size()));
  }
  return tied;
}

}  // namespace

std::optional<Model> tie_rows(const Model& model, const MatrixView& matrix) {
  const Ties ties(model, matrix);
  if (!ties.is_any()) return std::nullopt;
  return ties.tied_model();
}

}  // namespace pinchpoint::optim
