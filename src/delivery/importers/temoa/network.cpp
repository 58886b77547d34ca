// SPDX-License-Identifier: Apache-2.0
#include "delivery/importers/temoa/network.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/units/units.hpp"
#include "delivery/importers/folder_text.hpp"
#include "delivery/importers/temoa/words.hpp"

namespace pinchpoint::importers::temoa {

namespace {

constexpr double default_lifetime = 40;  // years, of Temoa's lifetime_tech

int year_of(std::string_view text) {
  int year = 0;
  std::from_chars(text.data(), text.data() + text.size(), year);
  return year;
}

Diagnostic& complain(Diagnostics& problems, const TemoaData& data, Code code, std::string message) {
  return problems.add(code, {data.file, 0, 0, 0}, std::move(message));
}

/// A unit of amounts that conversions do not move.
bool is_plain_unit(const UnitSystem& units, const std::string& text) {
  const auto unit = units.parse(text);
  return unit && units.factor(*unit, *unit) == 1.0 && units.dimension(*unit) != units.dimension(*units.parse("1"));
}

}  // namespace

bool Process::is_active(std::size_t period) const {
  return std::find(active.begin(), active.end(), period) != active.end();
}

Network::Network(const TemoaData& data, Diagnostics& problems) : data_(data) {
  for (std::size_t slice = 0; slice < data.slice_count(); ++slice) {
    const bool is_whole_season = data.times.size() == 1;
    slice_ids_.push_back(is_whole_season ? data.season(slice).name
                                         : fmt::format("{}-{}", data.season(slice).name, data.time(slice).name));
  }
  ForeignNames slices;
  for (std::string& id : slice_ids_) id = slices.fresh(id);
  take_units();
  take_processes(problems);
  check_existing(problems);
}

void Network::take_units() {
  const UnitSystem units{UnitSystem::Settings{}};
  bool needs_plain = false;
  for (const auto& [name, commodity] : data_.commodities) {
    const bool is_readable = !commodity.unit.empty() && is_plain_unit(units, commodity.unit);
    commodity_units_[name] = is_readable ? commodity.unit : std::string(plain_unit);
    needs_plain = needs_plain || !is_readable;
  }
  if (needs_plain) own_units_.emplace_back(plain_unit, "base");
}

void Network::take_processes(Diagnostics& problems) {
  for (const auto& [key, values] : data_.parameter("efficiency").rows()) take_flow(key, values.front(), problems);
  for (const std::string_view table : {"end_of_life_output", "emission_end_of_life"}) {
    for (const auto& [key, values] : data_.parameter(table).rows()) {
      const bool is_output = table == "end_of_life_output";
      take_retiring(key[0], is_output ? key[1] : key[2], is_output ? key[2] : key[3]);
    }
  }
  std::vector<Process> kept;
  for (Process& process : processes_) {
    if (is_there(process, problems)) kept.push_back(std::move(process));
  }
  processes_ = std::move(kept);
  for (Process& process : processes_) finish(process, problems);
  // References to processes stay good from here on.
  place_.clear();
  for (std::size_t at = 0; at < processes_.size(); ++at)
    place_[{processes_[at].region, processes_[at].technology, processes_[at].vintage}] = at;
}

void Network::take_flow(const Key& key, double efficiency, Diagnostics& problems) {
  const std::string &region = key[0], &input = key[1], &technology = key[2], &vintage = key[3], &output = key[4];
  if (!data_.technologies.contains(technology)) return;
  const std::string what =
      fmt::format("{} in {}, vintage {}, from {} to {}", technology, region, vintage, input, output);
  if (efficiency <= 0) {
    complain(problems, data_, Code::import_bad_value,
             fmt::format("efficiency of {} is {}: it must be above 0", what, number_text(efficiency)));
    return;
  }
  if (data_.commodities.contains(input) && !commodity(input).is_physical) {
    complain(problems, data_, Code::import_clash,
             fmt::format("efficiency of {}: '{}' is an input, and its flag says that it is no physical commodity", what,
                         input));
  }
  Process process;
  process.region = region;
  process.technology = technology;
  process.vintage = year_of(vintage);
  process.vintage_text = vintage;
  const auto [place, is_first] = place_.emplace(std::tuple(region, technology, process.vintage), processes_.size());
  if (is_first) processes_.push_back(std::move(process));
  processes_[place->second].flows.push_back({input, output, efficiency, {}, {}});
  if (data_.commodities.contains(output) && commodity(output).is_demand) demand_technologies_.insert(technology);
}

/// What retires just when the horizon begins sets materials free, and need not have an efficiency any more.
void Network::take_retiring(const std::string& region, const std::string& technology, const std::string& vintage) {
  if (place_.contains({region, technology, year_of(vintage)}) || !data_.technologies.contains(technology)) return;
  if (data_.periods.empty() || data_.parameter("existing_capacity").value({region, technology, vintage}, 0) <= 0)
    return;
  Process process;
  process.region = region;
  process.technology = technology;
  process.vintage = year_of(vintage);
  process.vintage_text = vintage;
  if (process.vintage + lifetime(region, technology, vintage) != data_.periods.front().year) return;
  place_.emplace(std::tuple(region, technology, process.vintage), processes_.size());
  processes_.push_back(std::move(process));
}

double Network::lifetime(std::string_view region, std::string_view technology, std::string_view vintage) const {
  const double of_technology = data_.parameter("lifetime_tech").value({region, technology}, default_lifetime);
  return data_.parameter("lifetime_process").value({region, technology, vintage}, of_technology);
}

/// False if Temoa leaves the process out.
bool Network::is_there(const Process& process, Diagnostics& problems) const {
  const bool is_old = !data_.is_planned(process.vintage);
  const bool is_unlimited = technology(process).is_unlimited;
  const auto existing =
      data_.parameter("existing_capacity").find({process.region, process.technology, process.vintage_text});
  if (!is_old || is_unlimited) return true;
  if (!existing) {
    problems.add_lenient(Code::import_unused, {data_.file, 0, 0, 0},
                         fmt::format("{} has an efficiency and no existing_capacity; it is left out, as Temoa does",
                                     place_text(process)));
  }
  return existing.has_value();
}

void Network::finish(Process& process, Diagnostics& problems) {
  const Technology& kind = technology(process);
  process.lifetime = lifetime(process.region, process.technology, process.vintage_text);
  process.existing =
      data_.parameter("existing_capacity").value({process.region, process.technology, process.vintage_text}, 0);
  process.is_new = data_.is_planned(process.vintage);
  process.is_unlimited = kind.is_unlimited;
  process.is_annual = kind.is_annual;
  if (process.lifetime <= 0) {
    complain(problems, data_, Code::import_bad_value,
             fmt::format("lifetime of {} is {} years: it must be above 0", place_text(process),
                         number_text(process.lifetime)));
  }
  for (std::size_t period = 0; period < data_.periods.size(); ++period) {
    const int year = data_.periods[period].year;
    if (process.vintage <= year && year < process.end()) process.active.push_back(period);
  }
  process.makes_demand = demand_technologies_.contains(process.technology);
  vary_efficiencies(process);
  const bool has_several = process.flows.size() > 1;
  for (Flow& flow : process.flows) {
    if (has_several) flow.mode = fmt::format("{}>{}", flow.input, flow.output);
    if (!flow.slices.empty()) flow.mode += fmt::format("@{}", number_text(flow.efficiency));
  }
  const std::string place = data_.regions.size() > 1 ? process.region + "." : "";
  process.id = technologies.id(fmt::format("{}{}-{}", place, process.technology, process.vintage_text));
  process.activity_unit = unit_of(process);
  process.capacity_unit = capacity_unit_of(process.activity_unit, capacity_to_activity(process));
  if (kind.is_storage) {
    process.store = technologies.fresh(process.id + "-store");
    process.stored = commodities.fresh(process.id + "-level");
  }
  const auto retires = [&](std::size_t period) { return may_retire_in(process, period); };
  if (std::any_of(process.active.begin(), process.active.end(), retires))
    process.built = technologies.fresh(process.id + "-built");
}

/// A flow whose efficiency changes with the time slice becomes one for each efficiency, in its slices only.
void Network::vary_efficiencies(Process& process) const {
  const Parameter& factors = data_.parameter("efficiency_variable");
  if (factors.empty()) return;
  std::vector<Flow> varied;
  for (const Flow& flow : process.flows) {
    std::map<double, std::vector<bool>> slices;  // by efficiency
    for (std::size_t slice = 0; slice < data_.slice_count(); ++slice) {
      const double factor = factors.value({process.region, data_.season(slice).name, data_.time(slice).name, flow.input,
                                           process.technology, process.vintage_text, flow.output},
                                          1);
      std::vector<bool>& at = slices[flow.efficiency * factor];
      at.resize(data_.slice_count());
      at[slice] = true;
    }
    for (auto& [efficiency, at] : slices) {
      if (slices.size() == 1) at.clear();
      varied.push_back({flow.input, flow.output, efficiency, {}, at});
    }
  }
  process.flows = std::move(varied);
}

bool Network::may_retire_in(const Process& process, std::size_t period) const {
  const Period& at = data_.periods[period];
  return technology(process).can_retire && !process.is_unlimited && process.is_active(period) &&
         process.vintage < at.year && at.year <= process.end() - at.length;
}

/// The unit of what the process makes, if it makes all of it in one.
std::string Network::unit_of(const Process& process) const {
  std::set<std::string> units;
  for (const Flow& flow : process.flows) {
    if (data_.commodities.contains(flow.output)) units.insert(commodity_unit(flow.output));
  }
  return units.size() == 1 ? *units.begin() : std::string(plain_unit);
}

/// Capacity is an activity per year, times a factor that becomes part of a unit of its own.
std::string Network::capacity_unit_of(const std::string& activity_unit, double factor) {
  const std::string meaning = fmt::format("{} {}/year", number_text(factor), activity_unit);
  if (factor == 1) return activity_unit + "/year";
  for (const auto& [name, definition] : own_units_) {
    if (definition == meaning) return name;
  }
  // Digits would be read as powers.
  std::string name = "capacity_";
  for (std::size_t rest = own_units_.size() + 1; rest > 0; rest /= 26) name += static_cast<char>('a' + rest % 26);
  own_units_.emplace_back(name, meaning);
  return name;
}

void Network::check_existing(Diagnostics& problems) const {
  const int start = data_.periods.empty() ? 0 : data_.periods.front().year;
  for (const auto& [key, values] : data_.parameter("existing_capacity").rows()) {
    const std::string &region = key[0], &technology = key[1], &vintage = key[2];
    const double capacity = values.front();
    const double end = year_of(vintage) + lifetime(region, technology, vintage);
    if (!data_.technologies.contains(technology) || end <= start) continue;
    const bool has_efficiency = find(region, technology, year_of(vintage)) != nullptr;
    if (capacity <= 0 && has_efficiency) {
      complain(problems, data_, Code::import_bad_value,
               fmt::format("existing_capacity of {} in {}, vintage {}, is {}: it must be above 0", technology, region,
                           vintage, number_text(capacity)));
    } else if (capacity > 0 && !has_efficiency) {
      complain(
          problems, data_, Code::import_clash,
          fmt::format("existing_capacity of {} in {}, vintage {}, is {} and lasts to {}, after the horizon's start "
                      "{}, but it has no efficiency",
                      technology, region, vintage, number_text(capacity), number_text(end), start));
    }
  }
}

const Process* Network::find(std::string_view region, std::string_view technology, int vintage) const {
  const auto found = place_.find({std::string(region), std::string(technology), vintage});
  return found == place_.end() ? nullptr : &processes_[found->second];
}

std::vector<std::string> Network::regions_of(std::string_view region_or_group) const {
  if (region_or_group == "global") return data_.regions;
  std::vector<std::string> found;
  for (const std::string_view part : words(region_or_group, '+')) found.emplace_back(part);
  return found;
}

std::vector<std::string> Network::technologies_of(std::string_view technology_or_group) const {
  const auto group = data_.groups.find(technology_or_group);
  if (group != data_.groups.end()) return group->second;
  std::vector<std::string> found;
  for (const std::string_view part : words(technology_or_group, '+')) found.emplace_back(part);
  return found;
}

std::vector<const Process*> Network::processes_of(std::string_view region_or_group,
                                                  std::string_view technology_or_group, std::size_t period) const {
  const std::vector<std::string> all_regions = regions_of(region_or_group);
  const std::vector<std::string> all_technologies = technologies_of(technology_or_group);
  const auto has = [](const std::vector<std::string>& list, const std::string& name) {
    return std::find(list.begin(), list.end(), name) != list.end();
  };
  std::vector<const Process*> found;
  for (const Process& process : processes_) {
    if (has(all_regions, process.region) && has(all_technologies, process.technology) && process.is_active(period))
      found.push_back(&process);
  }
  return found;
}

std::vector<FlowOf> Network::makers(std::string_view region, std::size_t period, std::string_view commodity) const {
  std::vector<FlowOf> found;
  for (const Process& process : processes_) {
    if (process.to() != region || !process.is_active(period)) continue;
    for (const Flow& flow : process.flows) {
      if (flow.output == commodity) found.push_back({&process, &flow});
    }
  }
  return found;
}

double Network::capacity_to_activity(const Process& process) const {
  return data_.parameter("capacity_to_activity").value({process.region, process.technology}, 1);
}

double Network::capacity_factor(const Process& process, std::size_t slice) const {
  const std::string &season = data_.season(slice).name, &time = data_.time(slice).name;
  const double of_technology =
      data_.parameter("capacity_factor_tech").value({process.region, season, time, process.technology}, 1);
  return data_.parameter("capacity_factor_process")
      .value({process.region, season, time, process.technology, process.vintage_text}, of_technology);
}

std::optional<std::map<int, double>> Network::survival(const Process& process) const {
  std::map<int, double> given;
  const Parameter& curve = data_.parameter("lifetime_survival_curve");
  for (int year = process.vintage; year <= process.end(); ++year) {
    const auto share = curve.find({process.region, std::to_string(year), process.technology, process.vintage_text});
    if (share) given[year] = *share;
  }
  if (given.empty()) return {};
  std::map<int, double> filled = given;
  for (auto next = std::next(given.begin()); next != given.end(); ++next) {
    const auto before = std::prev(next);
    for (int year = before->first + 1; year < next->first; ++year) {
      const double part = static_cast<double>(year - before->first) / (next->first - before->first);
      filled[year] = before->second + part * (next->second - before->second);
    }
  }
  return filled;
}

double Network::life_share(const Process& process, std::size_t period) const {
  const Period& at = data_.periods[period];
  double years = process.end() - at.year;
  if (const auto curve = survival(process)) {
    years = 0;
    for (int year = at.year; year < at.year + at.length; ++year) {
      const auto share = curve->find(year);
      years += share == curve->end() ? 0 : share->second;
    }
  }
  return years >= at.length ? 1 : years / at.length;
}

std::optional<std::vector<double>> Network::distribution(std::string_view region, std::size_t period,
                                                         std::string_view demand) const {
  std::vector<double> shares;
  bool is_given = false;
  for (std::size_t slice = 0; slice < data_.slice_count(); ++slice) {
    const auto share =
        data_.parameter("demand_specific_distribution")
            .find({region, data_.periods[period].text, data_.season(slice).name, data_.time(slice).name, demand});
    is_given = is_given || share.has_value();
    shares.push_back(share.value_or(0));
  }
  if (!is_given) return {};
  return shares;
}

std::string Network::place_text(const Process& process) const {
  return fmt::format("{} in {}, vintage {}", process.technology, process.region, process.vintage_text);
}

}  // namespace pinchpoint::importers::temoa
