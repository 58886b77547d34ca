// SPDX-License-Identifier: Apache-2.0
#include "delivery/importers/osemosys/foreign_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/base/ensure.hpp"
#include "delivery/importers/folder_text.hpp"

namespace pinchpoint::importers::osemosys {

std::optional<double> parse_number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || stopped != end || !std::isfinite(number)) return std::nullopt;
  return number;
}

std::string canonical(std::string_view text) {
  const auto number = parse_number(text);
  return number ? number_text(*number) : std::string(text);
}

bool Members::add(std::string_view text) {
  std::string name = canonical(text);
  if (!index_.emplace(name, count()).second) return false;
  texts_.push_back(std::move(name));
  return true;
}

int Members::find(std::string_view text) const {
  if (const auto found = index_.find(text); found != index_.end()) return found->second;
  const auto found = index_.find(canonical(text));
  return found == index_.end() ? -1 : found->second;
}

void Members::sort_numbers() {
  std::sort(texts_.begin(), texts_.end(), [](const std::string& left, const std::string& right) {
    return parse_number(left).value() < parse_number(right).value();
  });
  for (int index = 0; index < count(); ++index) index_[texts_[static_cast<std::size_t>(index)]] = index;
}

Parameter::Parameter(const ParameterSpec& spec, const std::array<Members, set_count>& sets, double default_value)
    : spec_(&spec), default_(default_value) {
  for (const Set index : spec.indices) {
    sizes_.push_back(static_cast<std::uint64_t>(std::max(1, sets[static_cast<std::size_t>(index)].count())));
  }
}

std::uint64_t Parameter::key_of(const int* indices) const {
  std::uint64_t key = 0;
  for (std::size_t at = 0; at < sizes_.size(); ++at) key = key * sizes_[at] + static_cast<std::uint64_t>(indices[at]);
  return key;
}

std::uint64_t Parameter::key_of(std::initializer_list<int> indices) const {
  ensure(indices.size() == sizes_.size(), "a parameter is asked for with the wrong number of indices");
  return key_of(indices.begin());
}

std::vector<int> Parameter::indices_of(std::uint64_t key) const {
  std::vector<int> indices(sizes_.size());
  for (std::size_t at = sizes_.size(); at-- > 0; key /= sizes_[at]) indices[at] = static_cast<int>(key % sizes_[at]);
  return indices;
}

const Parameter::Entry* Parameter::find(std::uint64_t key) const {
  const auto found = std::lower_bound(entries_.begin(), entries_.end(), key,
                                      [](const Entry& entry, std::uint64_t wanted) { return entry.key < wanted; });
  return found == entries_.end() || found->key != key ? nullptr : &*found;
}

double Parameter::at_key(std::uint64_t key) const {
  const Entry* const entry = find(key);
  return entry == nullptr ? default_ : entry->value;
}

Place Parameter::place(std::initializer_list<int> indices) const {
  const Entry* const entry = find(key_of(indices));
  return entry == nullptr ? default_place_ : entry->place;
}

std::vector<std::pair<Parameter::Entry, Parameter::Entry>> Parameter::settle() {
  std::stable_sort(entries_.begin(), entries_.end(),
                   [](const Entry& left, const Entry& right) { return left.key < right.key; });
  std::vector<std::pair<Entry, Entry>> twice;
  for (std::size_t at = 1; at < entries_.size(); ++at) {
    if (entries_[at - 1].key == entries_[at].key) twice.emplace_back(entries_[at - 1], entries_[at]);
  }
  return twice;
}

bool Parameter::Series::is_all(double value) const {
  return std::all_of(values.begin(), values.end(), [value](double item) { return item == value; });
}

std::vector<Parameter::Series> Parameter::series(double neutral) const {
  ensure(!spec_->indices.empty() && spec_->indices.back() == Set::year, "a series runs over years");
  const std::uint64_t years = sizes_.back();
  std::vector<Series> all;
  const auto add_series = [&](std::uint64_t prefix, std::size_t& next) {
    Series series;
    series.values.assign(years, default_);
    for (; next < entries_.size() && entries_[next].key / years == prefix; ++next) {
      series.values[entries_[next].key % years] = entries_[next].value;
    }
    if (series.is_all(neutral)) return;
    series.index = indices_of(prefix * years);
    series.index.pop_back();
    all.push_back(std::move(series));
  };
  std::size_t next = 0;
  if (default_ == neutral) {
    while (next < entries_.size()) add_series(entries_[next].key / years, next);
    return all;
  }
  std::uint64_t count = 1;
  for (const std::uint64_t size : sizes_) count *= size;
  for (std::uint64_t prefix = 0; prefix < count / years; ++prefix) add_series(prefix, next);
  return all;
}

std::string Parameter::name(std::uint64_t key, const std::array<Members, set_count>& sets) const {
  std::string text;
  const std::vector<int> indices = indices_of(key);
  for (std::size_t at = 0; at < indices.size(); ++at) {
    const Members& members = sets[static_cast<std::size_t>(spec_->indices[at])];
    text += fmt::format("{}{}", at == 0 ? "" : ",", members[indices[at]]);
  }
  return fmt::format("{}[{}]", spec_->name, text);
}

const Parameter& ForeignModel::parameter(std::string_view name) const {
  const auto found = parameters.find(name);
  ensure(found != parameters.end(), fmt::format("OSeMOSYS has no parameter '{}'", name));
  return found->second;
}

bool ForeignModel::may_run(int technology, int mode) const {
  const auto found = modes.find(technology);
  return found == modes.end() || found->second.contains(mode);
}

bool ForeignModel::is_given(std::string_view name) const { return given.contains(name); }

SourceSpan ForeignModel::where(const Place& place) const {
  const auto file = static_cast<std::size_t>(std::max(0, place.file));
  return {files.empty() ? std::string() : files.at(file), place.line, place.column, place.length};
}

}  // namespace pinchpoint::importers::osemosys
