// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <map>

#include "analysis/compare/internal/parts.hpp"
#include "analysis/explain/wording.hpp"

namespace pinchpoint::compare {

namespace {

std::vector<std::size_t> spans_of(const Pair& pair, const RunData& run, const BindingRow& row) {
  std::vector<std::size_t> spans;
  if (row.period) {
    const std::size_t span = span_of(pair.spans, run.periods[*row.period].begin);
    if (span < pair.spans.size()) spans.push_back(span);
    return spans;
  }
  for (std::size_t span = 0; span < pair.spans.size(); ++span) spans.push_back(span);
  return spans;
}

void add(const Pair& pair, bool is_first, std::map<Ids, BindingChange>& all) {
  const RunData& run = is_first ? pair.first : pair.second;
  for (const BindingRow& row : run.bindings) {
    const std::vector<std::size_t> spans = spans_of(pair, run, row);
    if (spans.empty()) continue;
    BindingChange& change = all[{row.family, row.thing, row.region, row.owner}];
    change.name = explain::noun_text(row.family, row.name + pair.speaker.place(row.region, row.owner));
    change.price_unit = row.price_unit;
    auto& known = is_first ? change.first_spans : change.second_spans;
    known.insert(known.end(), spans.begin(), spans.end());
    double& price = is_first ? change.first_price : change.second_price;
    price = std::max(price, row.price);
    (is_first ? change.first_worth : change.second_worth) += row.worth;
  }
}

void tidy(std::vector<std::size_t>& spans) {
  std::sort(spans.begin(), spans.end());
  spans.erase(std::unique(spans.begin(), spans.end()), spans.end());
}

}  // namespace

std::vector<BindingChange> compare_bindings(const Pair& pair) {
  std::map<Ids, BindingChange> all;
  add(pair, true, all);
  add(pair, false, all);
  std::vector<BindingChange> changes;
  for (auto& [key, change] : all) {
    change.key = key;
    tidy(change.first_spans);
    tidy(change.second_spans);
    if (change.first_spans == change.second_spans && !differs(change.first_worth, change.second_worth)) continue;
    changes.push_back(std::move(change));
  }
  std::stable_sort(changes.begin(), changes.end(), [](const BindingChange& left, const BindingChange& right) {
    return std::abs(left.second_worth - left.first_worth) > std::abs(right.second_worth - right.first_worth);
  });
  return changes;
}

}  // namespace pinchpoint::compare
