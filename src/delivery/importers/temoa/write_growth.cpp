// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "delivery/importers/temoa/draft.hpp"

namespace pinchpoint::importers::temoa {

namespace {

/// Limits on growth from one period to the next: of capacity, of what is built, or of the change in what is built.
/// With g = 1 + rate and x[0] of before the horizon:
///   growth    x[p] − g · x[p−1] compared to the seed
///   degrowth  x[p−1] − g · x[p] compared to the seed
/// Source: Temoa 4.1, extension growth_rates
class GrowthWriter {
 public:
  GrowthWriter(const Draft& draft, std::string_view table, const Key& key, double rate, double seed)
      : draft_(draft), network_(draft.network), table_(table), key_(key), growth_(1 + rate), seed_(seed) {}

  void write() {
    for (std::size_t period = 0; period < draft_.periods().size(); ++period) write(period);
  }

 private:
  void write(std::size_t period);
  /// Adds factor · x[period − back] to a limit; returns what it is where that lies before the horizon.
  double add(LimitDraft& limit, std::size_t period, std::size_t back, double factor) const;
  [[nodiscard]] bool is_of_capacity() const { return table_.find("new_capacity") == std::string_view::npos; }
  [[nodiscard]] bool is_of_change() const { return table_.ends_with("delta"); }
  [[nodiscard]] bool is_degrowth() const { return table_.find("degrowth") != std::string_view::npos; }
  [[nodiscard]] double before_horizon(std::size_t back) const;

  const Draft& draft_;
  const Network& network_;
  std::string_view table_;
  const Key& key_;
  double growth_, seed_;
};

/// Capacity that stood in the last year before the horizon, or what was built `back` years of that list ago.
double GrowthWriter::before_horizon(std::size_t back) const {
  const std::vector<int>& years = draft_.data().existing;
  if (back > years.size()) return 0;
  const int year = years[years.size() - back];
  const double until_start = draft_.periods().front().year - year;
  const auto regions = network_.regions_of(key_[0]), technologies = network_.technologies_of(key_[1]);
  const auto has = [](const std::vector<std::string>& list, const std::string& name) {
    return std::find(list.begin(), list.end(), name) != list.end();
  };
  double sum = 0;
  for (const auto& [key, values] : draft_.data().parameter("existing_capacity").rows()) {
    if (!has(regions, key[0]) || !has(technologies, key[1])) continue;
    int vintage = 0;
    std::from_chars(key[2].data(), key[2].data() + key[2].size(), vintage);
    if (!is_of_capacity()) {
      sum += vintage == year ? values.front() : 0;
      continue;
    }
    const double left = vintage + network_.lifetime(key[0], key[1], key[2]) - year;
    if (left > 0) sum += values.front() * std::min(1.0, left / until_start);
  }
  return sum;
}

double GrowthWriter::add(LimitDraft& limit, std::size_t period, std::size_t back, double factor) const {
  if (back > period) return factor * before_horizon(back - period);
  Term form{.what = is_of_capacity() ? "capacity" : "ordered", .technology = {}};
  form.lag = back;
  const std::size_t at = period - back;
  for (const Process* process : network_.processes_of(key_[0], key_[1], at)) {
    const bool counts = is_of_capacity() || process->vintage_text == draft_.begin(at);
    if (counts) limit.capacity(*process, factor, process->per_capacity(), form);
  }
  return 0;
}

void GrowthWriter::write(std::size_t period) {
  LimitDraft limit(draft_, fmt::format("{}.{}.{}", table_, fmt::join(key_, "."), draft_.begin(period)), key_[2],
                   "period");
  // Factors of x[p], x[p−1] and x[p−2].
  std::vector<double> factors =
      is_degrowth() ? std::vector<double>{-growth_, 1, 0} : std::vector<double>{1, -growth_, 0};
  if (is_of_change()) {
    factors =
        is_degrowth() ? std::vector<double>{-growth_, 1 + growth_, -1} : std::vector<double>{1, -1 - growth_, growth_};
  }
  double constant = 0;
  for (std::size_t back = 0; back < factors.size(); ++back) {
    if (factors[back] != 0) constant += add(limit, period, back, factors[back]);
  }
  limit.value(period, seed_ - constant);
  limit.write();
}

}  // namespace

void write_growth(const Draft& draft) {
  for (const std::string_view table :
       {"limit_growth_capacity", "limit_degrowth_capacity", "limit_growth_new_capacity", "limit_degrowth_new_capacity",
        "limit_growth_new_capacity_delta", "limit_degrowth_new_capacity_delta"}) {
    const auto& rows = draft.data().parameter(table).rows();
    if (!rows.empty() && !draft.options.has_extension("growth_rates")) {
      draft.warn_unused(
          fmt::format("{} is left out, as Temoa does unless its extension growth_rates is switched on "
                      "(extensions in config*.toml)",
                      table));
      continue;
    }
    for (const auto& [key, values] : rows) GrowthWriter(draft, table, key, values[0], values[1]).write();
  }
}

}  // namespace pinchpoint::importers::temoa
