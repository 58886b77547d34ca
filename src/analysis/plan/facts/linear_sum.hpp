// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "domain/world/world_ids.hpp"
#include "optim/model/model.hpp"

namespace pinchpoint::plan {

using optim::ColumnId;

/// A linear form while it is added up.
struct Sum {
  struct Entry {
    ColumnId column;
    double value;
  };
  std::vector<Entry> entries;
  double constant = 0;
  double largest = 0;  ///< constant added, as an absolute value

  void add(ColumnId column, double value) { entries.push_back({column, value}); }
  void add_constant(double value) {
    constant += value;
    largest = std::max(largest, std::abs(value));
  }
};

/// A plan's answer to one value of a fact, as a linear form over the plan's columns, in the fact's unit.
struct FactForm {
  FactId fact;
  std::size_t value = 0;  ///< in Fact::values
  bool is_whole = false;  ///< the value's dates cover whole periods of the horizon; else nothing is added up
  std::vector<Sum::Entry> entries;
  double constant = 0;
};

}  // namespace pinchpoint::plan
