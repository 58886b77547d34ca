// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "core/base/diagnostic.hpp"
#include "delivery/importers/foreign_names.hpp"
#include "delivery/importers/temoa/data.hpp"

namespace pinchpoint::importers::temoa {

/// One way of running a process: one unit of output from 1/efficiency of input.
struct Flow {
  std::string input, output;
  double efficiency = 1;
  std::string mode;          ///< empty if the process has no other flow
  std::vector<bool> slices;  ///< in which it may run; empty = in all
};

/// A technology of one region (or from one to another) and vintage, as Temoa plans it.
struct Process {
  std::string region, technology;
  int vintage = 0;
  std::string vintage_text;
  std::vector<Flow> flows;
  double lifetime = 0;              ///< years
  double existing = 0;              ///< capacity that stands
  bool is_new = false;              ///< may be built, in the period of its vintage
  bool is_unlimited = false;        ///< has no capacity
  bool is_annual = false;           ///< its activity has no time slices
  bool makes_demand = false;        ///< its technology serves a demand somewhere
  std::vector<std::size_t> active;  ///< periods in which it is there, by index

  std::string id;                            ///< as a technology of ours
  std::string activity_unit, capacity_unit;  ///< ours
  std::string store, stored;                 ///< storage: the technology that keeps, and what it keeps
  std::string built;                         ///< the technology that is paid for, where it may be retired early

  [[nodiscard]] bool is_exchange() const { return region.find('-') != std::string::npos; }
  /// Where it draws and delivers.
  [[nodiscard]] std::string_view from() const { return std::string_view(region).substr(0, region.find('-')); }
  [[nodiscard]] std::string_view to() const { return std::string_view(region).substr(region.find('-') + 1); }
  [[nodiscard]] bool is_active(std::size_t period) const;
  [[nodiscard]] double end() const { return vintage + lifetime; }
  /// A factor of terms that measure it: per rate of activity, or per unit of Temoa's capacity.
  [[nodiscard]] std::string per_rate() const { return "year/" + activity_unit; }
  [[nodiscard]] std::string per_capacity() const { return "1/(" + capacity_unit + ")"; }
};

/// One flow of a process.
struct FlowOf {
  const Process* process = nullptr;
  const Flow* flow = nullptr;
};

/// All processes, and the names and units they get.
class Network {
 public:
  Network(const TemoaData& data, Diagnostics& problems);

  [[nodiscard]] const TemoaData& data() const { return data_; }
  [[nodiscard]] const std::vector<Process>& processes() const { return processes_; }
  [[nodiscard]] const Process* find(std::string_view region, std::string_view technology, int vintage) const;
  /// Of the regions and technologies that Temoa's limits name: "global" or "A+B", a group or "t+u".
  [[nodiscard]] std::vector<std::string> regions_of(std::string_view region_or_group) const;
  [[nodiscard]] std::vector<std::string> technologies_of(std::string_view technology_or_group) const;
  [[nodiscard]] std::vector<const Process*> processes_of(std::string_view region_or_group,
                                                         std::string_view technology_or_group,
                                                         std::size_t period) const;
  /// Flows that make a commodity in a region and period, imports included.
  [[nodiscard]] std::vector<FlowOf> makers(std::string_view region, std::size_t period,
                                           std::string_view commodity) const;
  [[nodiscard]] const Technology& technology(const Process& process) const {
    return data_.technologies.find(process.technology)->second;
  }
  [[nodiscard]] const Commodity& commodity(std::string_view name) const { return data_.commodities.find(name)->second; }
  /// Activity that one unit of capacity allows in a year.
  [[nodiscard]] double capacity_to_activity(const Process& process) const;
  [[nodiscard]] double lifetime(std::string_view region, std::string_view technology, std::string_view vintage) const;
  [[nodiscard]] double capacity_factor(const Process& process, std::size_t slice) const;
  /// True if it may be retired before the end of its life, at the beginning of a period.
  [[nodiscard]] bool may_retire_in(const Process& process, std::size_t period) const;
  /// Share of its vintage's capacity that is there in a period.
  [[nodiscard]] double life_share(const Process& process, std::size_t period) const;
  /// Share left in a year by lifetime_survival_curve; nothing if the process has no curve.
  [[nodiscard]] std::optional<std::map<int, double>> survival(const Process& process) const;
  /// Share of a year's demand that falls into a slice; nothing if the demand has no distribution.
  [[nodiscard]] std::optional<std::vector<double>> distribution(std::string_view region, std::size_t period,
                                                                std::string_view demand) const;

  [[nodiscard]] std::string commodity_unit(std::string_view name) const { return commodity_units_.find(name)->second; }
  /// [units] of model.toml: names and what they mean.
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& own_units() const { return own_units_; }
  [[nodiscard]] const std::string& slice_id(std::size_t slice) const { return slice_ids_[slice]; }
  [[nodiscard]] std::string place_text(const Process& process) const;

  mutable ForeignNames visits, regions, commodities, technologies, programmes, limits;

 private:
  void take_units();
  void take_processes(Diagnostics& problems);
  void take_flow(const Key& key, double efficiency, Diagnostics& problems);
  void take_retiring(const std::string& region, const std::string& technology, const std::string& vintage);
  [[nodiscard]] bool is_there(const Process& process, Diagnostics& problems) const;
  void finish(Process& process, Diagnostics& problems);
  void vary_efficiencies(Process& process) const;
  std::string unit_of(const Process& process) const;
  std::string capacity_unit_of(const std::string& activity_unit, double factor);
  void check_existing(Diagnostics& problems) const;

  const TemoaData& data_;
  std::vector<Process> processes_;
  std::map<std::tuple<std::string, std::string, int>, std::size_t> place_;
  std::set<std::string> demand_technologies_;
  std::map<std::string, std::string, std::less<>> commodity_units_;
  std::vector<std::pair<std::string, std::string>> own_units_;
  std::vector<std::string> slice_ids_;
};

/// Name of the unit of what has no unit that can be read.
inline constexpr std::string_view plain_unit = "amount";

}  // namespace pinchpoint::importers::temoa
