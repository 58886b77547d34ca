// SPDX-License-Identifier: Apache-2.0
#include "delivery/importers/pypsa/network.hpp"

#include <fmt/format.h>

#include <cmath>

namespace pinchpoint::importers::pypsa {

namespace {

/// "storage_units" → "storage unit"
std::string singular(std::string_view list) {
  std::string word(list.substr(0, list.size() - 1));
  if (list == "buses") word = "bus";
  if (list == "processes") word = "process";
  for (char& letter : word) {
    if (letter == '_') letter = ' ';
  }
  return word;
}

constexpr const char* number_fix = "write a plain number, inf or -inf; an empty cell takes the attribute's default";

}  // namespace

const ComponentList& Network::list(std::string_view list_name) const {
  static const ComponentList none;
  const auto found = lists.find(list_name);
  return found == lists.end() ? none : found->second;
}

Component::Component(const Network& network, const ComponentList& list, std::size_t row, Complaints& complaints)
    : network_(network), list_(list), row_(row), complaints_(complaints), name_(list.statics.text(row, 0)) {}

std::string Component::described() const { return fmt::format("{} '{}'", singular(list_.name), name_); }

bool Component::has(std::string_view attribute) const {
  if (series_table(attribute) != nullptr) return true;
  const int column = list_.statics.find_column(attribute);
  return column >= 0 && !read_number(list_.statics.text(row_, column)).is_empty;
}

SourceSpan Component::where(std::string_view attribute) const {
  if (const SourceTable* const table = series_table(attribute)) return table->where_header(table->find_column(name_));
  const int column = list_.statics.find_column(attribute);
  return list_.statics.where(row_, column < 0 ? 0 : column);
}

std::string Component::text(std::string_view attribute, std::string_view otherwise) const {
  const int column = list_.statics.find_column(attribute);
  std::string text = column < 0 ? std::string() : list_.statics.text(row_, column);
  return text.empty() ? std::string(otherwise) : text;
}

double Component::number(std::string_view attribute, double otherwise) const {
  const int column = list_.statics.find_column(attribute);
  if (column < 0) return otherwise;
  const std::string text = list_.statics.text(row_, column);
  const ReadNumber number = read_number(text);
  if (number.value && (std::isfinite(*number.value) || std::isinf(otherwise))) return *number.value;
  if (!number.is_empty) {
    complaints_.add(Code::import_bad_value, list_.statics.where(row_, column),
                    fmt::format("{} of {} is not {}", attribute, described(), number.value ? "finite" : "a number"),
                    text, number.value ? "write a finite number" : number_fix);
  }
  return otherwise;
}

bool Component::flag(std::string_view attribute, bool otherwise) const {
  const std::string text = this->text(attribute);
  if (text.empty() || text == "nan") return otherwise;
  if (text == "True" || text == "true" || text == "TRUE" || text == "1" || text == "1.0") return true;
  if (text == "False" || text == "false" || text == "FALSE" || text == "0" || text == "0.0") return false;
  complaints_.add(Code::import_bad_value, where(attribute),
                  fmt::format("{} of {} is neither True nor False", attribute, described()), text,
                  "write True or False");
  return otherwise;
}

const SourceTable* Component::series_table(std::string_view attribute) const {
  const auto found = list_.series.find(attribute);
  if (found == list_.series.end() || found->second.find_column(name_) <= 0) return nullptr;
  return &found->second;
}

Series Component::read_series(const SourceTable& table, double empty, bool may_be_empty) const {
  const int column = table.find_column(name_);
  std::vector<double> values(network_.snapshots.count(), empty);
  for (std::size_t row = 0; row < values.size() && row < table.row_count(); ++row) {
    const std::string text = table.text(row, column);
    const ReadNumber number = read_number(text);
    const bool is_good = number.value && std::isfinite(*number.value);
    if (is_good) values[row] = *number.value;
    if (is_good || (number.is_empty && may_be_empty)) continue;
    complaints_.add(Code::import_bad_value, table.where(row, column),
                    fmt::format("{} has {} at a snapshot of {}", described(),
                                number.is_empty ? "no figure" : "no finite number", table.file()),
                    text, "write the figure of this snapshot");
  }
  return Series(std::move(values));
}

Series Component::series(std::string_view attribute, double otherwise) const {
  const SourceTable* const table = series_table(attribute);
  return table != nullptr ? read_series(*table, otherwise, false) : Series(number(attribute, otherwise));
}

Series Component::set_points(std::string_view attribute) const {
  const SourceTable* const table = series_table(attribute);
  return table != nullptr ? read_series(*table, not_a_number, true) : Series(number(attribute, not_a_number));
}

std::vector<Component> components(const Network& network, std::string_view list_name, Complaints& complaints) {
  std::vector<Component> found;
  const ComponentList& list = network.list(list_name);
  for (std::size_t row = 0; row < list.statics.row_count(); ++row) {
    const Component component(network, list, row, complaints);
    if (component.flag("active", true)) found.push_back(component);
  }
  return found;
}

}  // namespace pinchpoint::importers::pypsa
