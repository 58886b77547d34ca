// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "analysis/plan/blocks/blocks.hpp"
#include "analysis/plan/facts/meter.hpp"

namespace pinchpoint::plan {

namespace {

// Where a row has no column, its constants may miss its value by so much of the largest of them: rounding.
constexpr double rounding = 1e-9;
// And so much of it is no difference anywhere: a row of 0.1 + 0.2 at most 0.3 must not ask for less than nothing.
constexpr double last_digits = 1e-15;

/// The rows of one limit.
class LimitRows {
 public:
  LimitRows(Assembly& assembly, LimitId id) : assembly_(assembly), id_(id), limit_(assembly.world.limits[id]) {
    for (const LimitTerm& term : limit_.terms) terms_.push_back(counted(assembly, term));
  }

  void add();

 private:
  void add_term(Sum& sum, const Counted& term, Window window) const;
  void add_row(const Sum& sum, Window window, double value) const;

  Assembly& assembly_;
  LimitId id_;
  const Limit& limit_;
  std::vector<Counted> terms_;
};

void LimitRows::add() {
  const int slices = limit_.per == LimitPer::slice ? static_cast<int>(assembly_.world.slices.size()) : 1;
  Sum over_horizon;
  std::optional<double> value_over_horizon;
  for (const PeriodId period : assembly_.timeline().periods()) {
    for (int slice = 0; slice < slices; ++slice) {
      const Window window{period, limit_.per == LimitPer::slice ? slice : -1};
      const auto value = limit_.value_in(assembly_.timeline(), period, SliceId(window.slice));
      if (!value) continue;
      Sum in_window;
      Sum& sum = limit_.per == LimitPer::horizon ? over_horizon : in_window;
      for (const Counted& term : terms_) add_term(sum, term, window);
      if (limit_.per == LimitPer::horizon) {
        value_over_horizon = value;
      } else {
        add_row(sum, window, *value);
      }
    }
  }
  if (value_over_horizon) add_row(over_horizon, {PeriodId(), -1}, *value_over_horizon);
}

void LimitRows::add_term(Sum& sum, const Counted& counted, Window window) const {
  const LimitTerm& term = counted.term;
  const double amount = term.amount_at(SliceId(window.slice), assembly_.timeline().begin_of(window.period));
  if (amount == 0) return;
  if (limit_.per == LimitPer::slice) {
    const int slices = static_cast<int>(assembly_.world.slices.size());
    window.slice = (window.slice + slices - term.lag % slices) % slices;
  } else {
    window.period = PeriodId(window.period.index() - term.lag);
  }
  if (window.period.index() >= 0) return add_measured(assembly_, counted, limit_.per, window, amount, sum);
  // Before the first period there is what stands, and nothing flows.
  if (term.what != LimitMeasure::capacity) return;
  for (const Counted::CountedAsset& asset : counted.assets) {
    sum.add_constant(amount * asset.scale * assembly_.network.assets[asset.id].standing[0]);
  }
}

void LimitRows::add_row(const Sum& sum, Window window, double value) const {
  const double largest = std::max(std::abs(value), sum.largest);
  const double hair = rounding * largest;
  const double left = std::abs(value - sum.constant) <= last_digits * largest ? 0 : value - sum.constant;
  const double lower = limit_.sense == LimitSense::at_most ? -optim::infinity : left;
  const double upper = limit_.sense == LimitSense::at_least ? optim::infinity : left;
  if (sum.entries.empty() && lower <= hair && upper >= -hair) return;
  const auto row = assembly_.builder.add_row(
      assembly_.key(Family::limit_, {id_.index(), window.period.index(), window.slice}), lower, upper);
  for (const Sum::Entry& entry : sum.entries) assembly_.builder.add_entry(row, entry.column, entry.value);
}

}  // namespace

void add_limit(Assembly& assembly) {
  for (const LimitId id : ids(assembly.world.limits)) LimitRows(assembly, id).add();
}

}  // namespace pinchpoint::plan
