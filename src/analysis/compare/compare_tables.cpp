// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "analysis/compare/internal/parts.hpp"

namespace pinchpoint::compare {

namespace {

double largest(const std::vector<double>& values) {
  double size = 0;
  for (const double value : values) size = std::max(size, std::abs(value));
  return size;
}

/// Money a unit, and amounts a year, of a commodity: what a change is valued with.
struct Yardstick {
  std::map<std::string, double> price, volume;
};

/// Mean of the positive prices of a commodity over regions and periods, in the run where it is larger: a plan in which
/// there is enough of something has no price for it.
void add_prices(const RunData& run, Yardstick& yardstick) {
  std::map<std::string, std::pair<double, int>> sums;
  for (const auto& [key, series] : run.tables[static_cast<std::size_t>(Table::prices)]) {
    for (const double price : series.values) {
      if (!(price > 0)) continue;
      sums[key[0]].first += price;
      ++sums[key[0]].second;
    }
  }
  for (const auto& [commodity, sum] : sums) {
    double& price = yardstick.price[commodity];
    price = std::max(price, sum.first / sum.second);
  }
}

void add_volumes(const RunData& run, Yardstick& yardstick) {
  const double years = (run.periods.back().end.months - run.periods.front().begin.months) / 12.0;
  std::map<std::string, double> made;
  for (const auto& [key, series] : run.tables[static_cast<std::size_t>(Table::activity)]) {
    const auto output = run.outputs.find(key[0]);
    if (output == run.outputs.end() || output->second.second != series.unit) continue;
    for (const double value : series.values) made[output->second.first] += std::abs(value) / years;
  }
  for (const auto& [commodity, amount] : made)
    yardstick.volume[commodity] = std::max(yardstick.volume[commodity], amount);
}

double value_of(const std::map<std::string, double>& values, const std::string& key) {
  const auto found = values.find(key);
  return found == values.end() ? 0 : found->second;
}

/// Money a unit of a table's row; 0 where nothing says it.
double worth_of_one(const Pair& pair, const Yardstick& yardstick, const TableKind& kind, const Change& change) {
  switch (kind.worth) {
    case Worth::money:
      return 1;
    case Worth::commodity: {
      const auto place = std::find(kind.key.begin(), kind.key.end(), "commodity");
      return value_of(yardstick.price, change.key[static_cast<std::size_t>(place - kind.key.begin())]);
    }
    case Worth::output: {
      const RunData& run = pair.first.outputs.contains(change.key[0]) ? pair.first : pair.second;
      const auto output = run.outputs.find(change.key[0]);
      const bool is_same_unit = output != run.outputs.end() && output->second.second == change.unit;
      return is_same_unit ? value_of(yardstick.price, output->second.first) : 0;
    }
    case Worth::price:
      return value_of(yardstick.volume, change.key[0]);
    case Worth::none:
      return 0;
  }
  return 0;
}

class TableComparer {
 public:
  TableComparer(const Pair& pair, Table table)
      : pair_(pair), table_(table), kind_(table_kinds[static_cast<std::size_t>(table)]) {}

  TableComparison compare() {
    std::set<Ids> keys;
    for (const RunData* run : {&pair_.first, &pair_.second})
      for (const auto& [key, series] : run->tables[static_cast<std::size_t>(table_)]) keys.insert(key);
    for (const Ids& key : keys) add(key);
    TableComparison result{keys.size(), {}};
    std::map<std::string, double> largest_move, largest_size;
    for (const Change& change : all_) {
      double& move = largest_move[change.unit];
      move = std::max(move, change.moved);
      double& size = largest_size[change.unit];
      size = std::max({size, largest(change.first), largest(change.second)});
    }
    for (Change& change : all_) {
      const double step = std::abs(change.second[change.peak] - change.first[change.peak]);
      // What is far below the largest of its table is the solver's noise even where it doubles.
      constexpr double noise = 1e-9;
      const double size = std::max(largest(change.first), largest(change.second));
      if (step <= tolerance * size || step <= noise * largest_size[change.unit]) continue;
      change.share = change.moved / largest_move[change.unit];
      result.changes.push_back(std::move(change));
    }
    rank(result.changes);
    return result;
  }

 private:
  void add(const Ids& key) {
    const auto& first = pair_.first.tables[static_cast<std::size_t>(table_)];
    const auto& second = pair_.second.tables[static_cast<std::size_t>(table_)];
    const auto left = first.find(key), right = second.find(key);
    Change change;
    change.key = key;
    change.name = pair_.speaker.of(table_, key);
    change.unit = left != first.end() ? left->second.unit : right->second.unit;
    // The same id with another unit is another thing; the numbers cannot be set against each other.
    if (left != first.end() && right != second.end() && left->second.unit != right->second.unit) return;
    change.first =
        pair_.first_by_span(left != first.end() ? left->second.values : std::vector<double>(), kind_.summing);
    change.second =
        pair_.second_by_span(right != second.end() ? right->second.values : std::vector<double>(), kind_.summing);
    measure(change);
    all_.push_back(std::move(change));
  }

  void measure(Change& change) const {
    double years = 0;
    for (std::size_t at = 0; at < pair_.spans.size(); ++at) {
      const double length = kind_.summing == Summing::flow ? 1 : pair_.spans[at].years();
      const double step = std::abs(change.second[at] - change.first[at]);
      change.first_total += change.first[at] * length;
      change.second_total += change.second[at] * length;
      change.moved += step * length;
      years += length;
      if (step > std::abs(change.second[change.peak] - change.first[change.peak])) change.peak = at;
    }
    if (kind_.summing == Summing::flow) return;
    change.first_total /= years;
    change.second_total /= years;
  }

  void rank(std::vector<Change>& changes) const {
    Yardstick yardstick;
    for (const RunData* run : {&pair_.first, &pair_.second}) {
      add_prices(*run, yardstick);
      add_volumes(*run, yardstick);
    }
    for (Change& change : changes) {
      // Money that is paid at another time is the same money; what that does is in the discounted costs.
      const double moved = kind_.worth == Worth::money ? std::abs(change.difference()) : change.moved;
      change.worth = moved * worth_of_one(pair_, yardstick, kind_, change);
    }
    std::stable_sort(changes.begin(), changes.end(), [](const Change& left, const Change& right) {
      return std::pair(left.worth, left.share) > std::pair(right.worth, right.share);
    });
  }

  const Pair& pair_;
  Table table_;
  const TableKind& kind_;
  std::vector<Change> all_;
};

}  // namespace

TableComparison compare_table(const Pair& pair, Table table) { return TableComparer(pair, table).compare(); }

}  // namespace pinchpoint::compare
