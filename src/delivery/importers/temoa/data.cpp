// SPDX-License-Identifier: Apache-2.0
#include "delivery/importers/temoa/data.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "core/base/ensure.hpp"
#include "delivery/importers/temoa/schema.hpp"
#include "delivery/importers/temoa/words.hpp"

namespace pinchpoint::importers::temoa {

std::optional<double> Parameter::find(std::initializer_list<std::string_view> key) const {
  const auto row = rows_.find(Key(key.begin(), key.end()));
  if (row == rows_.end()) return {};
  return row->second.front();
}

const Parameter& TemoaData::parameter(std::string_view table) const {
  const auto found = parameters.find(table);
  ensure(found != parameters.end(), fmt::format("'{}' is no table of Temoa's", table));
  return found->second;
}

double TemoaData::hours_a_day() const {
  double sum = 0;
  for (const TimeOfDay& time : times) sum += time.hours;
  return sum;
}

double TemoaData::share(std::size_t slice) const { return season(slice).share * time(slice).hours / hours_a_day(); }

bool TemoaData::is_planned(int year) const {
  return std::any_of(periods.begin(), periods.end(), [&](const Period& period) { return period.year == year; });
}

namespace {

class DataReader {
 public:
  DataReader(const Database& database, const TemoaOptions& options, TemoaData& data, Diagnostics& problems)
      : database_(database), options_(options), data_(data), problems_(problems) {}

  void read();

 private:
  using Rows = std::vector<Database::Row>;

  Diagnostic& complain(Code code, std::string message) {
    return problems_.add(code, {data_.file, 0, 0, 0}, std::move(message));
  }
  [[nodiscard]] Rows rows(std::string_view table, std::string_view columns, std::string_view order_by = {});
  std::optional<double> number(const std::optional<std::string>& cell, const std::string& what);
  static std::string text(const std::optional<std::string>& cell) { return cell.value_or(""); }
  bool flag(const std::optional<std::string>& cell, const std::string& what);

  bool check_version();
  void read_periods();
  void move_years(std::vector<int>& future);
  [[nodiscard]] std::string key_text(std::string_view column, const std::optional<std::string>& cell) const;
  void read_slices();
  void read_names();
  void read_commodities();
  void read_technologies();
  void read_groups();
  void read_figures(const TableForm& form);
  void read_distribution_without_periods();
  void refuse_extensions();
  /// Since schema 4.1 a margin is asked of technologies by name, not of those with a flag.
  [[nodiscard]] bool has_later_reserves() const {
    return database_.has_column("planning_reserve_margin", "tech_or_group");
  }
  void check_names(const TableForm& form);
  void check_name(const TableForm& form, std::string_view column, const std::string& name);
  [[nodiscard]] bool is_region(std::string_view name) const;
  [[nodiscard]] bool is_known_year(int year) const;

  const Database& database_;
  const TemoaOptions& options_;
  TemoaData& data_;
  Diagnostics& problems_;
  int moved_ = 0;  ///< years
};

/// The rows of a table; nothing, reported, if a column is missing that must be there. A table that is not there has no
/// rows. Early databases of version 4 know no units, those of schema 4.1 no reserve technologies: nothing in each row.
DataReader::Rows DataReader::rows(std::string_view table, std::string_view columns, std::string_view order_by) {
  if (!database_.has_table(table)) return {};
  constexpr std::array optional = {std::string_view("description"), std::string_view("units"),
                                   std::string_view("reserve")};
  const std::vector<std::string_view> names = words(columns);
  std::vector<std::string_view> there;
  std::vector<std::size_t> places;
  for (std::size_t at = 0; at < names.size(); ++at) {
    if (database_.has_column(table, names[at])) {
      there.push_back(names[at]);
      places.push_back(at);
    } else if (std::find(optional.begin(), optional.end(), names[at]) == optional.end()) {
      complain(Code::import_syntax, fmt::format("table '{}' has no column '{}'", table, names[at])).expected =
          "a table of Temoa's database, version 4";
      return {};
    }
  }
  Rows found;
  for (Database::Row& row : database_.rows(table, there, order_by)) {
    Database::Row& whole = found.emplace_back(names.size());
    for (std::size_t at = 0; at < places.size(); ++at) whole[places[at]] = std::move(row[at]);
  }
  return found;
}

std::optional<double> DataReader::number(const std::optional<std::string>& cell, const std::string& what) {
  double value = 0;
  if (cell) {
    const auto end = std::from_chars(cell->data(), cell->data() + cell->size(), value);
    if (end.ec == std::errc() && end.ptr == cell->data() + cell->size() && std::isfinite(value)) return value;
  }
  Diagnostic& complaint = complain(Code::import_bad_value, what);
  complaint.found = cell.value_or("nothing");
  complaint.expected = "a number";
  return {};
}

bool DataReader::flag(const std::optional<std::string>& cell, const std::string& what) {
  return cell && number(cell, what).value_or(0) > 0;
}

bool DataReader::check_version() {
  const bool is_older = database_.has_table("CostInvest") || database_.has_table("MetaData");
  std::string version = is_older ? "3" : "";
  for (const auto& row : rows("metadata", "element value")) {
    if (row[0] == "DB_MAJOR") version = text(row[1]);
  }
  if (version == "4") return true;
  if (version.empty() && !database_.has_table("efficiency")) {
    complain(Code::import_not_found, "this database has none of Temoa's tables");
    return false;
  }
  Diagnostic& complaint =
      complain(Code::import_unsupported, version.empty() ? "a Temoa database that does not say which version it is"
                                                         : fmt::format("a Temoa database of version {}", version));
  complaint.expected = "version 4 (DB_MAJOR in table metadata)";
  complaint.fix = "convert it with Temoa: temoa migrate";
  return false;
}

/// Years that are only counted, from 0 or 1, become years of a calendar: costs depend on differences alone.
void DataReader::move_years(std::vector<int>& future) {
  constexpr int first_date = 1000, base = 2000;
  int first = first_date;
  for (const auto* years : {&data_.existing, &future}) {
    for (const int year : *years) first = std::min(first, year);
  }
  if (first >= first_date) return;
  moved_ = base;
  for (auto* years : {&data_.existing, &future}) {
    for (int& year : *years) year += moved_;
  }
  problems_.add_lenient(Code::import_unused, {data_.file, 0, 0, 0},
                        fmt::format("time_period: year {} is no date; {} is added to every year", first, moved_));
}

/// The key of a row's column, with a year moved like all.
std::string DataReader::key_text(std::string_view column, const std::optional<std::string>& cell) const {
  int year = 0;
  const std::string text = cell.value_or("");
  if (moved_ == 0 || (column != "period" && column != "vintage")) return text;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), year);
  return end.ec == std::errc() && end.ptr == text.data() + text.size() ? std::to_string(year + moved_) : text;
}

void DataReader::read_periods() {
  std::vector<int> future;
  for (const auto& row : rows("time_period", "period flag", "sequence")) {
    const auto year = number(row[0], "time_period: a period");
    if (!year) continue;
    if (row[1] == "e") data_.existing.push_back(static_cast<int>(*year));
    if (row[1] == "f") future.push_back(static_cast<int>(*year));
  }
  move_years(future);
  std::sort(data_.existing.begin(), data_.existing.end());
  std::sort(future.begin(), future.end());
  if (future.size() < 2) {
    complain(Code::import_bad_value,
             "time_period: at least two years with flag 'f' are needed: the last one ends the horizon");
    return;
  }
  if (!data_.existing.empty() && data_.existing.back() >= future.front()) {
    complain(Code::import_clash, fmt::format("time_period: existing year {} is not before the first future year {}",
                                             data_.existing.back(), future.front()));
  }
  for (std::size_t at = 0; at + 1 < future.size(); ++at) {
    data_.periods.push_back({future[at], future[at + 1] - future[at], std::to_string(future[at])});
  }
  data_.end = future.back();
}

void DataReader::read_slices() {
  for (const auto& row : rows("time_season", "season segment_fraction", "sequence")) {
    const std::string name = text(row[0]);
    if (const auto share = number(row[1], fmt::format("time_season: share of season {}", name)))
      data_.seasons.push_back({name, *share});
  }
  for (const auto& row : rows("time_of_day", "tod hours", "sequence")) {
    const std::string name = text(row[0]);
    if (const auto hours = number(row[1], fmt::format("time_of_day: hours of {}", name)))
      data_.times.push_back({name, *hours});
  }
  for (const auto& row : rows("time_season_sequential", "seas_seq season segment_fraction", "sequence")) {
    const std::string name = text(row[0]);
    if (const auto share = number(row[2], fmt::format("time_season_sequential: share of {}", name)))
      data_.visits.push_back({name, text(row[1]), *share});
  }
  // Temoa's own names where nothing is listed.
  if (data_.seasons.empty()) data_.seasons.push_back({"S", 1});
  if (data_.times.empty()) data_.times.push_back({"D", 24});
}

void DataReader::read_commodities() {
  for (const auto& row : rows("commodity", "name flag description units")) {
    const std::string flag = text(row[1]);
    const auto has = [&](char letter) { return flag.find(letter) != std::string::npos; };
    Commodity& commodity = data_.commodities[text(row[0])];
    commodity = {text(row[2]), text(row[3]), flag == "s", has('p') || flag == "s" || has('a'),
                 has('a'),     flag == "d",  flag == "e", has('w')};
    if (!commodity.is_physical && !commodity.is_sink() && !commodity.is_emission) {
      complain(Code::import_bad_value, fmt::format("commodity: '{}' has an unknown flag", text(row[0]))).found = flag;
    }
  }
}

void DataReader::read_technologies() {
  for (const auto& row :
       rows("technology", "tech flag unlim_cap annual reserve retire flex exchange seas_stor description curtail")) {
    const std::string name = text(row[0]);
    const std::string kind = text(row[1]);
    const auto is = [&](std::size_t at) { return flag(row[at], fmt::format("technology: a flag of '{}'", name)); };
    if (!kind.starts_with('p')) continue;  // Temoa reads no others
    Technology& technology = data_.technologies[name];
    technology = {text(row[9]), kind == "pb", kind == "ps", is(2), is(3), is(4), is(5), is(6), is(7), false, false};
    technology.is_seasonal = technology.is_storage && is(8);
    technology.is_curtailed = is(10);
  }
}

void DataReader::read_groups() {
  for (const auto& row : rows("tech_group", "group_name")) data_.groups[text(row[0])];
  for (const auto& row : rows("tech_group_member", "group_name tech")) {
    if (data_.technologies.contains(text(row[1]))) {
      data_.groups[text(row[0])].push_back(text(row[1]));
    } else {
      complain(Code::import_unknown_name, fmt::format("tech_group_member: there is no technology '{}'", text(row[1])));
    }
  }
}

void DataReader::read_names() {
  for (const auto& row : rows("region", "region")) {
    const std::string name = text(row[0]);
    data_.regions.push_back(name);
    if (name.empty() || name == "global" || name.find_first_of("-+") != std::string::npos)
      complain(Code::import_bad_value, fmt::format("region: '{}' cannot be the name of a region", name));
  }
  read_commodities();
  read_technologies();
  read_groups();
  for (const auto& row : rows("linked_tech", "primary_region primary_tech emis_comm driven_tech"))
    data_.links.push_back({text(row[0]), text(row[1]), text(row[2]), text(row[3])});
}

bool DataReader::is_region(std::string_view name) const {
  if (name == "global") return true;
  const char separator = name.find('-') != std::string_view::npos ? '-' : '+';
  const std::vector<std::string_view> parts = words(name, separator);
  return !parts.empty() && std::all_of(parts.begin(), parts.end(), [&](std::string_view part) {
    return std::find(data_.regions.begin(), data_.regions.end(), part) != data_.regions.end();
  });
}

bool DataReader::is_known_year(int year) const {
  return data_.is_planned(year) ||
         std::find(data_.existing.begin(), data_.existing.end(), year) != data_.existing.end();
}

void DataReader::check_name(const TableForm& form, std::string_view column, const std::string& name) {
  bool is_known = true;
  if (column == "region" || column == "primary_region") {
    is_known = is_region(name);
  } else if (column == "tech" || column == "primary_tech" || column == "driven_tech") {
    // What stood once and is no technology of the plan any more is bookkeeping.
    is_known = data_.technologies.contains(name) || form.name == "existing_capacity";
  } else if (column == "tech_or_group" || column == "sub_group" || column == "super_group" || column == "tech_group") {
    const std::vector<std::string_view> parts = words(name, '+');
    is_known = data_.groups.contains(name) || std::all_of(parts.begin(), parts.end(), [&](std::string_view part) {
                 return data_.technologies.contains(part);
               });
  } else if (column == "input_comm" || column == "output_comm" || column == "emis_comm" || column == "commodity" ||
             column == "demand_name") {
    is_known = data_.commodities.contains(name);
  } else if (column == "vintage") {
    int year = 0;
    std::from_chars(name.data(), name.data() + name.size(), year);
    is_known = is_known_year(year);
  } else if (column == "operator") {
    is_known = name == "le" || name == "ge" || name == "e";
  }
  if (!is_known)
    complain(Code::import_unknown_name, fmt::format("{}: {} '{}' is listed nowhere", form.name, column, name));
}

void DataReader::check_names(const TableForm& form) {
  const std::vector<std::string_view> columns = words(form.keys);
  for (std::size_t column = 0; column < columns.size(); ++column) {
    std::vector<std::string> names;
    for (const auto& [key, values] : data_.parameter(form.name).rows()) names.push_back(key[column]);
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    for (const std::string& name : names) check_name(form, columns[column], name);
  }
}

void DataReader::read_figures(const TableForm& form) {
  Parameter& parameter = data_.parameters[std::string(form.name)];
  const std::vector<std::string_view> columns = words(form.keys);
  const std::size_t keys = columns.size();
  for (const auto& row : rows(form.name, fmt::format("{} {}", form.keys, form.values))) {
    Key key;
    for (std::size_t at = 0; at < keys; ++at) key.push_back(key_text(columns[at], row[at]));
    std::vector<double> values;
    for (std::size_t at = keys; at < row.size(); ++at) {
      const auto value = number(row[at], fmt::format("{} of {}", form.name, fmt::join(key, ", ")));
      if (value) values.push_back(*value);
    }
    if (values.size() == row.size() - keys) parameter.set(std::move(key), std::move(values));
  }
}

/// Early databases of version 4 say how a demand is distributed once for all periods.
void DataReader::read_distribution_without_periods() {
  constexpr std::string_view table = "demand_specific_distribution";
  Parameter& parameter = data_.parameters[std::string(table)];
  for (const auto& row : rows(table, "region season tod demand_name dsd")) {
    const auto share = number(
        row[4], fmt::format("{} of {}, {}, {}, {}", table, text(row[0]), text(row[1]), text(row[2]), text(row[3])));
    for (const Period& period : data_.periods) {
      if (share) parameter.set({text(row[0]), period.text, text(row[1]), text(row[2]), text(row[3])}, {*share});
    }
  }
  if (parameter.empty()) return;
  problems_.add_lenient(
      Code::import_unused, {data_.file, 0, 0, 0},
      fmt::format("{} has no column 'period': its shares are taken for every period, where Temoa 4.0.1 "
                  "leaves them out",
                  table));
}

/// Tables that change the plan and are not read, if they hold anything.
void DataReader::refuse_extensions() {
  const auto refuse = [&](std::string_view table, std::string_view what) {
    if (!database_.has_table(table) || database_.rows(table, {"rowid"}).empty()) return;
    complain(Code::import_unsupported, fmt::format("{} (table {})", what, table));
  };
  for (const auto& [table, what, extension] : unsupported_tables()) {
    if (extension.empty() || !options_.extensions || options_.has_extension(extension)) {
      refuse(table, what);
    } else if (database_.has_table(table) && !database_.rows(table, {"rowid"}).empty()) {
      problems_.add_lenient(Code::import_unused, {data_.file, 0, 0, 0},
                            fmt::format("{} is left out, as by Temoa: {} does not switch its extension {} on", table,
                                        options_.file, extension));
    }
  }
  if (has_later_reserves()) refuse("planning_reserve_margin", later_reserves);
}

void DataReader::read() {
  if (!check_version()) return;
  read_periods();
  read_slices();
  read_names();
  for (const TableForm& form : table_forms()) {
    if (form.values.empty() || form.name == "metadata") continue;
    if (form.name == "planning_reserve_margin" && has_later_reserves()) {
      data_.parameters[std::string(form.name)];
      continue;
    }
    if (form.name == "demand_specific_distribution" && !database_.has_column(form.name, "period")) {
      read_distribution_without_periods();
    } else {
      read_figures(form);
    }
    if (form.name != "metadata_real") check_names(form);
  }
  for (const Link& link : data_.links) {
    const TableForm form{"linked_tech", {}, {}, {}};
    check_name(form, "primary_region", link.region);
    check_name(form, "primary_tech", link.technology);
    check_name(form, "emis_comm", link.emission);
    check_name(form, "driven_tech", link.driven);
  }
  refuse_extensions();
  const auto rate = data_.parameter("metadata_real").find({"global_discount_rate"});
  if (rate) {
    data_.discount_rate = *rate;
  } else {
    complain(Code::import_bad_value, "metadata_real: there is no global_discount_rate");
  }
}

}  // namespace

void read_data(const Database& database, const TemoaOptions& options, TemoaData& data, Diagnostics& problems) {
  DataReader(database, options, data, problems).read();
}

}  // namespace pinchpoint::importers::temoa
