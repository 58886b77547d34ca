// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "delivery/importers/temoa/draft.hpp"
#include "delivery/importers/temoa/schema.hpp"
#include "delivery/importers/temoa/words.hpp"

namespace pinchpoint::importers::temoa {

namespace {

// Temoa's own tolerance for shares that add up to 1.
constexpr double tolerance = 0.001;

class Checker {
 public:
  Checker(const Network& network, Diagnostics& problems)
      : network_(network), data_(network.data()), problems_(problems) {}

  void check() {
    check_time();
    check_ranges();
    check_limits();
    check_flags();
    check_demands();
    for (const Process& process : network_.processes()) check_process(process);
    for (const Link& link : data_.links) check_link(link);
  }

 private:
  Diagnostic& complain(Code code, std::string message) {
    return problems_.add(code, {data_.file, 0, 0, 0}, std::move(message));
  }
  void check_time();
  void check_range(std::string_view table, double least, double most);
  void check_ranges();
  void check_limits();
  void check_bounds(const TableForm& form);
  void check_flags();
  void check_unlimited();
  void check_demands();
  void check_distribution(const std::string& region, const std::string& year, const std::string& name);
  void check_process(const Process& process);
  void check_survival(const Process& process);
  void check_retirement(const Process& process);
  void check_exchange(const Process& process);
  void check_link(const Link& link);

  const Network& network_;
  const TemoaData& data_;
  Diagnostics& problems_;
};

void Checker::check_time() {
  double sum = 0;
  for (std::size_t slice = 0; slice < data_.slice_count(); ++slice) {
    sum += data_.share(slice);
    if (data_.share(slice) > 0) continue;
    complain(Code::import_bad_value,
             fmt::format("season {} and time {} have {} of the year: it must be above 0", data_.season(slice).name,
                         data_.time(slice).name, number_text(data_.share(slice))));
  }
  if (std::abs(sum - 1) > tolerance) {
    complain(Code::import_clash, fmt::format("time_season: the shares of the seasons add up to {}", number_text(sum)))
        .expected = "a sum of 1";
  } else if (std::abs(sum - 1) > 1e-9) {
    problems_.add_lenient(
        Code::import_unused, {data_.file, 0, 0, 0},
        fmt::format("time_season: the shares of the seasons add up to {}; they are scaled to 1, where "
                    "Temoa takes them as they are",
                    number_text(sum)));
  }
  for (const Visit& visit : data_.visits) {
    const bool is_known = std::any_of(data_.seasons.begin(), data_.seasons.end(),
                                      [&](const Season& season) { return season.name == visit.season; });
    if (!is_known) {
      complain(Code::import_unknown_name,
               fmt::format("time_season_sequential: '{}' is of season '{}', which is listed nowhere", visit.name,
                           visit.season));
    }
  }
}

void Checker::check_range(std::string_view table, double least, double most) {
  for (const auto& [key, values] : data_.parameter(table).rows()) {
    if (values.front() >= least && values.front() <= most) continue;
    complain(Code::import_bad_value,
             fmt::format("{} of {} is {}", table, fmt::join(key, ", "), number_text(values.front())))
        .expected = std::isinf(most) ? fmt::format("at least {}", least) : fmt::format("{} to {}", least, most);
  }
}

void Checker::check_ranges() {
  constexpr double open = std::numeric_limits<double>::infinity();
  for (const std::string_view table :
       {"capacity_factor_tech", "capacity_factor_process", "capacity_credit", "demand_specific_distribution",
        "reserve_capacity_derate", "lifetime_survival_curve", "limit_storage_level_fraction", "ramp_up_hourly",
        "ramp_down_hourly", "limit_tech_input_split", "limit_tech_output_split", "limit_tech_input_split_annual",
        "limit_tech_output_split_annual", "limit_annual_capacity_factor", "limit_seasonal_capacity_factor",
        "rps_requirement"})
    check_range(table, 0, 1);
  for (const std::string_view table : {"demand", "existing_capacity", "storage_duration", "loan_rate"})
    check_range(table, 0, open);
  // What costs less than nothing to have would be built without end.
  for (const std::string_view table : {"cost_invest", "cost_fixed"}) check_range(table, 0, open);
  for (const auto& [key, values] : data_.parameter("capacity_to_activity").rows()) {
    if (values.front() > 0) continue;
    complain(Code::import_bad_value, fmt::format("capacity_to_activity of {} is {}: it must be above 0",
                                                 fmt::join(key, ", "), number_text(values.front())));
  }
  for (const auto& [key, values] : data_.parameter("loan_lifetime_process").rows()) {
    if (values.front() > 0) continue;
    complain(Code::import_bad_value, fmt::format("loan_lifetime_process of {} is {} years: it must be above 0",
                                                 fmt::join(key, ", "), number_text(values.front())));
  }
}

/// A lower limit above the upper one of the same thing.
void Checker::check_bounds(const TableForm& form) {
  const std::vector<std::string_view> columns = words(form.keys);
  const auto place = std::find(columns.begin(), columns.end(), "operator") - columns.begin();
  const Parameter& parameter = data_.parameter(form.name);
  for (const auto& [key, values] : parameter.rows()) {
    if (key[static_cast<std::size_t>(place)] == "le") continue;
    for (const std::string_view other : {"le", "e"}) {
      if (key[static_cast<std::size_t>(place)] == other) continue;
      Key twin = key;
      twin[static_cast<std::size_t>(place)].assign(other.data(), other.size());
      const auto found = parameter.rows().find(twin);
      if (found == parameter.rows().end() || values.front() <= found->second.front()) continue;
      std::vector<std::string> what;
      for (std::size_t column = 0; column < columns.size(); ++column) {
        if (columns[column] != "operator") what.push_back(key[column]);
      }
      complain(Code::import_clash,
               fmt::format("{}: for {} the lower limit {} is above the upper limit {}", form.name,
                           fmt::join(what, ", "), number_text(values.front()), number_text(found->second.front())));
    }
  }
}

void Checker::check_limits() {
  for (const TableForm& form : table_forms()) {
    const std::vector<std::string_view> columns = words(form.keys);
    const bool has_operator = std::find(columns.begin(), columns.end(), "operator") != columns.end();
    const bool is_figure = has_operator && !form.values.empty();
    if (is_figure && form.values.find("seed") == std::string_view::npos && form.name != "operator") check_bounds(form);
  }
}

/// What has no capacity cannot be paid for by capacity.
void Checker::check_unlimited() {
  for (const std::string_view table : {"cost_invest", "cost_fixed"}) {
    const std::size_t place = table == "cost_invest" ? 1 : 2;
    for (const auto& [key, values] : data_.parameter(table).rows()) {
      const auto technology = data_.technologies.find(key[place]);
      if (values.front() == 0 || technology == data_.technologies.end() || !technology->second.is_unlimited) continue;
      complain(Code::import_clash,
               fmt::format("{} of {} is {}, and the technology has unlim_cap = 1: it has no capacity to pay for", table,
                           fmt::join(key, ", "), number_text(values.front())));
    }
  }
}

void Checker::check_flags() {
  for (const auto& [name, technology] : data_.technologies) {
    const auto refuse = [&](bool is_both, std::string_view what) {
      if (is_both) complain(Code::import_clash, fmt::format("technology '{}' is {}", name, what));
    };
    refuse(technology.is_annual && technology.is_baseload, "both annual and baseload");
    refuse(technology.is_annual && technology.is_storage, "both annual and a storage");
    refuse(technology.is_annual && technology.is_curtailed, "both annual and curtailed");
    refuse(technology.is_flexible && technology.is_curtailed, "both flexible and curtailed");
    refuse(data_.groups.contains(name), "both a technology and a group of technologies");
    refuse(technology.is_unlimited && technology.is_reserve, "both unlimited in capacity and a reserve");
    refuse(technology.is_unlimited && technology.is_storage, "both unlimited in capacity and a storage");
  }
  for (const std::string_view table : {"ramp_up_hourly", "ramp_down_hourly"}) {
    for (const auto& [key, values] : data_.parameter(table).rows()) {
      const auto technology = data_.technologies.find(key[1]);
      if (technology == data_.technologies.end() || !technology->second.is_annual) continue;
      complain(Code::import_clash, fmt::format("{} of {} is {}, and the technology is annual: it has no hours", table,
                                               fmt::join(key, ", "), number_text(values.front())));
    }
  }
  check_unlimited();
  for (const auto& [key, values] : data_.parameter("efficiency_variable").rows()) {
    const auto technology = data_.technologies.find(key[4]);
    const bool is_annual = technology != data_.technologies.end() && technology->second.is_annual;
    if (values.front() > 0 && (!is_annual || values.front() == 1)) continue;
    complain(is_annual ? Code::import_unsupported : Code::import_bad_value,
             fmt::format("efficiency_variable of {} is {}{}", fmt::join(key, ", "), number_text(values.front()),
                         is_annual ? ", and the technology has no time slices" : ": it must be above 0"));
  }
}

void Checker::check_distribution(const std::string& region, const std::string& year, const std::string& name) {
  double sum = 0;
  bool is_given = false;
  for (std::size_t slice = 0; slice < data_.slice_count(); ++slice) {
    const auto share = data_.parameter("demand_specific_distribution")
                           .find({region, year, data_.season(slice).name, data_.time(slice).name, name});
    sum += share.value_or(0);
    is_given = is_given || share;
  }
  if (!is_given || std::abs(sum - 1) <= tolerance) return;
  complain(Code::import_clash, fmt::format("demand_specific_distribution of {} in {} in {} adds up to {}", name, region,
                                           year, number_text(sum)))
      .expected = "a sum of 1";
}

void Checker::check_demands() {
  for (const auto& [key, values] : data_.parameter("demand").rows()) {
    const std::string &region = key[0], &year = key[1], &name = key[2];
    if (!data_.commodities.contains(name)) continue;
    if (!network_.commodity(name).is_demand) {
      complain(Code::import_clash,
               fmt::format("demand: '{}' is asked for in {} in {}, and its flag says that it is no demand", name,
                           region, year));
      continue;
    }
    const auto period =
        std::find_if(data_.periods.begin(), data_.periods.end(), [&](const Period& one) { return one.text == year; });
    if (period == data_.periods.end()) {
      complain(Code::import_clash,
               fmt::format("demand of {} in {} is for {}, which is no year that is planned", name, region, year));
      continue;
    }
    check_distribution(region, year, name);
    const auto index = static_cast<std::size_t>(period - data_.periods.begin());
    if (values.front() > 0 && network_.makers(region, index, name).empty()) {
      complain(Code::import_clash,
               fmt::format("demand of {} in {} in {} is {}, and no technology that is there then makes it", name,
                           region, year, number_text(values.front())))
          .fix = "add a row to efficiency, or a longer lifetime";
    }
  }
}

void Checker::check_survival(const Process& process) {
  const auto curve = network_.survival(process);
  if (!curve) return;
  const auto complaint = [&](std::string what) {
    complain(Code::import_clash, fmt::format("lifetime_survival_curve of {} {}", network_.place_text(process), what));
  };
  const auto &first = *curve->begin(), &last = *curve->rbegin();
  if (first.first != process.vintage || first.second != 1)
    complaint(fmt::format("begins with {} in {}: it must be 1 in {}", number_text(first.second), first.first,
                          process.vintage));
  if (last.first != process.end() || last.second != 0) {
    complaint(fmt::format("ends with {} in {}: it must be 0 at the end of life, {}", number_text(last.second),
                          last.first, number_text(process.end())));
  }
  for (auto next = std::next(curve->begin()); next != curve->end(); ++next) {
    const auto before = std::prev(next);
    if (next->second > before->second + 1e-4) {
      complaint(fmt::format("rises from {} in {} to {} in {}", number_text(before->second), before->first,
                            number_text(next->second), next->first));
    }
  }
}

/// Goods of the end of life follow lifetimes, not decisions.
void Checker::check_retirement(const Process& process) {
  if (process.built.empty()) return;
  const auto refuse = [&](std::string_view what) {
    complain(Code::import_unsupported,
             fmt::format("early retirement (retire = 1) of {}, {}", network_.place_text(process), what));
  };
  if (network_.technology(process).is_storage) refuse("a storage");
  for (const std::string_view table : {"end_of_life_output", "emission_end_of_life"}) {
    const std::size_t place = table == "end_of_life_output" ? 1 : 2;
    const auto& all = data_.parameter(table).rows();
    const bool has = std::any_of(all.begin(), all.end(), [&](const auto& row) {
      return row.first[0] == process.region && row.first[place] == process.technology;
    });
    if (has) refuse(fmt::format("with figures in {}", table));
  }
}

void Checker::check_exchange(const Process& process) {
  const bool is_marked = network_.technology(process).is_exchange;
  if (is_marked != process.is_exchange()) {
    complain(Code::import_clash, fmt::format("{} is {}an exchange technology, and its region is '{}'",
                                             process.technology, is_marked ? "" : "not ", process.region));
    return;
  }
  if (!is_marked || process.is_unlimited || process.active.empty()) return;
  const std::string back = fmt::format("{}-{}", process.to(), process.from());
  if (const Process* other = network_.find(back, process.technology, process.vintage)) {
    if (process.from() < process.to() && process.active != other->active) {
      complain(Code::import_clash, fmt::format("{} lives {} years and {} years on the way back, {}: it is one line",
                                               network_.place_text(process), number_text(process.lifetime),
                                               number_text(other->lifetime), back));
    }
    return;
  }
  complain(Code::import_clash, fmt::format("{} has no efficiency for the way back, {}: one line is a row each way",
                                           network_.place_text(process), back));
}

void Checker::check_process(const Process& process) {
  for (const Flow& flow : process.flows) {
    const bool is_emission = data_.commodities.contains(flow.output) && network_.commodity(flow.output).is_emission;
    if (!is_emission) continue;
    complain(Code::import_clash,
             fmt::format("efficiency of {}: '{}' is an output, and its flag says that it is an emission",
                         network_.place_text(process), flow.output));
  }
  constexpr double months = 12;
  if (std::abs(process.lifetime * months - std::round(process.lifetime * months)) > 1e-6) {
    complain(Code::import_unsupported, fmt::format("lifetime of {} is {} years: no whole number of months",
                                                   network_.place_text(process), number_text(process.lifetime)));
  }
  check_survival(process);
  check_retirement(process);
  check_exchange(process);
}

void Checker::check_link(const Link& link) {
  for (const Process& process : network_.processes()) {
    if (process.region != link.region || process.technology != link.technology || process.active.empty()) continue;
    const Process* driven = network_.find(link.region, link.driven, process.vintage);
    if (driven == nullptr) {
      complain(Code::import_clash, fmt::format("linked_tech: {} has no efficiency of vintage {}, as {} has",
                                               link.driven, process.vintage_text, network_.place_text(process)));
    } else if (driven->lifetime != process.lifetime) {
      complain(Code::import_clash,
               fmt::format("linked_tech: {} lives {} years and {} {} years", network_.place_text(process),
                           number_text(process.lifetime), network_.place_text(*driven), number_text(driven->lifetime)));
    }
  }
}

}  // namespace

void check_data(const Network& network, Diagnostics& problems) { Checker(network, problems).check(); }

}  // namespace pinchpoint::importers::temoa
