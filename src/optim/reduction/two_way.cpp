// SPDX-License-Identifier: Apache-2.0
#include "optim/reduction/two_way.hpp"

#include <algorithm>
#include <cmath>

namespace pinchpoint::optim {

namespace {

constexpr std::size_t longest_row = 6;     // of those in which pairs are looked for
constexpr std::size_t rows_per_pair = 20;  // with fewer pairs a copy of the LP is not worth its while

constexpr Key key{FamilyId(0)};
constexpr std::uint8_t at_lower = 0, basic = 1, at_upper = 2;

std::size_t place(std::int32_t index) { return static_cast<std::size_t>(index); }

/// Does the row keep a column with this factor from growing, and nothing from shrinking?
bool limits(const Model& model, std::int32_t row, double factor) {
  const bool has_lower = model.row_lower[place(row)] != -infinity;
  const bool has_upper = model.row_upper[place(row)] != infinity;
  return factor > 0 ? has_upper && !has_lower : has_lower && !has_upper;
}

/// Are the columns opposite in all rows but one?
bool are_opposite(std::span<const Entry> one, std::span<const Entry> other, std::int32_t but) {
  if (one.size() != other.size()) return false;
  for (std::size_t at = 0; at < one.size(); ++at) {
    if (one[at].index != other[at].index) return false;
    if (one[at].index != but && one[at].value != -other[at].value) return false;
  }
  return true;
}

}  // namespace

std::optional<TwoWay> TwoWay::make(const Model& model) {
  TwoWay made;
  made.find(model);
  if (made.pairs_.empty() || made.pairs_.size() * rows_per_pair < model.row_lower.size()) return std::nullopt;
  made.build(model);
  return made;
}

void TwoWay::find(const Model& model) {
  const MatrixView view(model);
  std::vector<std::uint8_t> is_taken(model.cost.size(), 0);
  for (std::int32_t row = 0; row < model.row_count(); ++row) {
    const std::optional<Pair> pair = pair_in(model, view, row, is_taken);
    if (!pair) continue;
    is_taken[place(pair->there)] = is_taken[place(pair->back)] = 1;
    pairs_.push_back(*pair);
  }
}

std::optional<TwoWay::Pair> TwoWay::pair_in(const Model& model, const MatrixView& view, std::int32_t row,
                                            const std::vector<std::uint8_t>& is_taken) {
  const std::span<const Entry> entries = view.row(place(row));
  if (entries.size() < 2 || entries.size() > longest_row) return std::nullopt;
  const auto may_be_of_pair = [&](const Entry& entry) {
    return is_taken[place(entry.index)] == 0 && model.lower[place(entry.index)] == 0 &&
           model.upper[place(entry.index)] >= 0 && limits(model, row, entry.value);
  };
  for (std::size_t one = 0; one < entries.size(); ++one) {
    if (!may_be_of_pair(entries[one])) continue;
    for (std::size_t other = one + 1; other < entries.size(); ++other) {
      const std::int32_t there = entries[one].index, back = entries[other].index;
      if (entries[one].value != entries[other].value || !may_be_of_pair(entries[other]) ||
          model.cost[place(there)] != -model.cost[place(back)] ||
          !are_opposite(view.column(place(there)), view.column(place(back)), row))
        continue;
      const double factor = entries[one].value;
      const double side = factor > 0 ? model.row_upper[place(row)] : model.row_lower[place(row)];
      Pair pair{there, back, row, factor, side / factor, entries.size() == 2};
      if (pair.is_bound && pair.most < 0) return std::nullopt;  // infeasible: that is not said here
      pair.binds_there = pair.is_bound && pair.most <= model.upper[place(there)];
      pair.binds_back = pair.is_bound && pair.most <= model.upper[place(back)];
      return pair;
    }
  }
  return std::nullopt;
}

void TwoWay::build(const Model& model) {
  ModelBuilder builder;
  builder.reserve(model.row_lower.size() + pairs_.size(), model.cost.size(), model.matrix.value.size());
  builder.add_offset(model.offset);
  std::vector<Pair*> pair_of_row(model.row_lower.size(), nullptr);
  for (Pair& pair : pairs_) pair_of_row[place(pair.row)] = &pair;
  add_rows(model, pair_of_row, builder);
  add_columns(model, pair_of_row, builder);
  auto names = std::make_shared<Names>();
  names->add_family("merged", {});
  merged_ = builder.build(model.name, names);
}

void TwoWay::add_rows(const Model& model, const std::vector<Pair*>& pair_of_row, ModelBuilder& builder) {
  row_place_.assign(model.row_lower.size(), -1);
  for (std::size_t row = 0; row < row_place_.size(); ++row) {
    const auto add = [&] { return builder.add_row(key, model.row_lower[row], model.row_upper[row]).index(); };
    Pair* const pair = pair_of_row[row];
    if (pair == nullptr) {
      row_place_[row] = add();
    } else if (!pair->is_bound) {
      pair->row_there = add();
      pair->row_back = add();
    }
  }
}

void TwoWay::add_columns(const Model& model, const std::vector<Pair*>& pair_of_row, ModelBuilder& builder) {
  std::vector<Pair*> pair_of_column(model.cost.size(), nullptr);
  for (Pair& pair : pairs_) pair_of_column[place(pair.there)] = pair_of_column[place(pair.back)] = &pair;
  column_place_.assign(model.cost.size(), -1);
  for (std::size_t column = 0; column < column_place_.size(); ++column) {
    Pair* const pair = pair_of_column[column];
    if (pair != nullptr && place(pair->back) == column) continue;
    double lower = model.lower[column], upper = model.upper[column];
    if (pair != nullptr) {
      lower = -(pair->binds_back ? pair->most : model.upper[place(pair->back)]);
      upper = pair->binds_there ? pair->most : upper;
    }
    const ColumnId made = builder.add_column(key, model.cost[column], lower, upper);
    (pair != nullptr ? pair->column : column_place_[column]) = made.index();
    for (std::int32_t at = model.matrix.start[column]; at < model.matrix.start[column + 1]; ++at) {
      const std::int32_t row = model.matrix.row[place(at)];
      const double value = model.matrix.value[place(at)];
      const Pair* const limit = pair_of_row[place(row)];
      if (limit == nullptr) builder.add_entry(RowId(row_place_[place(row)]), made, value);
      if (limit == nullptr || limit->is_bound) continue;
      builder.add_entry(RowId(limit->row_there), made, value);
      builder.add_entry(RowId(limit->row_back), made, limit == pair ? -value : value);
    }
  }
}

std::vector<double> TwoWay::whole_values(const std::vector<double>& value) const {
  std::vector<double> whole(column_place_.size(), 0);
  for (std::size_t column = 0; column < whole.size(); ++column) {
    if (column_place_[column] >= 0) whole[column] = value[place(column_place_[column])];
  }
  for (const Pair& pair : pairs_) {
    const double net = value[place(pair.column)];
    whole[place(net >= 0 ? pair.there : pair.back)] = std::abs(net);
  }
  return whole;
}

/// A row that limits both has the prices of the two rows that it became, or that of the bound.
std::vector<double> TwoWay::whole_duals(const std::vector<double>& row_dual) const {
  std::vector<double> whole(row_place_.size(), 0);
  for (std::size_t row = 0; row < whole.size(); ++row) {
    if (row_place_[row] >= 0) whole[row] = row_dual[place(row_place_[row])];
  }
  for (const Pair& pair : pairs_) {
    double& dual = whole[place(pair.row)];
    if (!pair.is_bound) {
      dual = row_dual[place(pair.row_there)] + row_dual[place(pair.row_back)];
      continue;
    }
    double reduced_cost = merged_.cost[place(pair.column)];
    for (std::int32_t at = merged_.matrix.start[place(pair.column)]; at < merged_.matrix.start[place(pair.column + 1)];
         ++at)
      reduced_cost -= merged_.matrix.value[place(at)] * row_dual[place(merged_.matrix.row[place(at)])];
    const bool binds = reduced_cost < 0 ? pair.binds_there : pair.binds_back;
    if (binds) dual = -std::abs(reduced_cost) / pair.factor;
  }
  return whole;
}

/// Codes of a pair's columns and row.
struct TwoWay::Ends {
  std::uint8_t there = at_lower, back = at_lower, row = basic;
};

TwoWay::Ends TwoWay::ends_of_bounded(const Pair& pair, std::uint8_t code, double net) {
  Ends ends;
  std::uint8_t& moved = net >= 0 ? ends.there : ends.back;
  if (code == basic) {
    moved = basic;
    return ends;
  }
  const bool is_high = code == at_upper;
  std::uint8_t& bounded = is_high ? ends.there : ends.back;
  if (is_high ? pair.binds_there : pair.binds_back) {
    bounded = basic;
    ends.row = pair.factor > 0 ? at_upper : at_lower;
  } else {
    bounded = at_upper;
  }
  return ends;
}

TwoWay::Ends TwoWay::ends_of_limited(const Pair& pair, const BasisCode& merged, double net) {
  const std::uint8_t code = merged.column_basis[place(pair.column)];
  const bool holds_there = merged.row_basis[place(pair.row_there)] != basic;
  const bool holds_back = merged.row_basis[place(pair.row_back)] != basic;
  Ends ends;
  if (holds_there || holds_back) ends.row = pair.factor > 0 ? at_upper : at_lower;
  if (code != basic) {
    if (net > 0) ends.there = at_upper;
    if (net < 0) ends.back = at_upper;
  } else if (holds_there != holds_back) {
    (holds_there ? ends.there : ends.back) = basic;
  } else if (!holds_there) {
    (net >= 0 ? ends.there : ends.back) = basic;
  }
  return ends;
}

BasisCode TwoWay::whole_basis(const BasisCode& merged, const std::vector<double>& whole_value) const {
  BasisCode whole{std::vector<std::uint8_t>(column_place_.size()), std::vector<std::uint8_t>(row_place_.size())};
  for (std::size_t column = 0; column < column_place_.size(); ++column) {
    if (column_place_[column] >= 0) whole.column_basis[column] = merged.column_basis[place(column_place_[column])];
  }
  for (std::size_t row = 0; row < row_place_.size(); ++row) {
    if (row_place_[row] >= 0) whole.row_basis[row] = merged.row_basis[place(row_place_[row])];
  }
  for (const Pair& pair : pairs_) {
    const double net = whole_value[place(pair.there)] - whole_value[place(pair.back)];
    const Ends ends = pair.is_bound ? ends_of_bounded(pair, merged.column_basis[place(pair.column)], net)
                                    : ends_of_limited(pair, merged, net);
    whole.column_basis[place(pair.there)] = ends.there;
    whole.column_basis[place(pair.back)] = ends.back;
    whole.row_basis[place(pair.row)] = ends.row;
  }
  return whole;
}

}  // namespace pinchpoint::optim
