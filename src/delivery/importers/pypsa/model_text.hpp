// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "delivery/importers/folder_text.hpp"
#include "delivery/importers/foreign_names.hpp"
#include "delivery/importers/pypsa/series.hpp"

namespace pinchpoint::importers::pypsa {

/// Units of a model made of a PyPSA network: one period is exactly the hours of its snapshots.
namespace unit {
inline constexpr const char* hour = "model_hour";
inline constexpr const char* power = "model_MW";
inline constexpr const char* energy = "MWh";
inline constexpr const char* metered_money = "metered_money";
}  // namespace unit

/// A commodity where it is made or used.
struct Good {
  std::string commodity;
  std::string region;
  friend bool operator==(const Good&, const Good&) = default;
};

/// What one unit of an activity adds to a good; below zero it is taken.
struct Port {
  Good good;
  Series coefficient = 1.0;
  bool is_apart = false;  ///< carried by a technology of its own, tied to p slice by slice
};

struct Capacity {
  double standing = 0;
  bool is_open = false;              ///< more may be built
  std::optional<double> room = {};   ///< most that may be built; nothing = no limit
  double fixed_cost = 0;             ///< money per unit over the hours modelled
  std::optional<double> block = {};  ///< built in whole multiples of this
};

/// p within [low, high] × capacity, at a cost per unit and with effects on goods: every PyPSA component that runs.
struct Activity {
  std::string id;
  std::string name;
  std::string region;
  std::vector<Port> ports;
  Series low = 0.0;
  Series high = 1.0;
  Capacity capacity = {};
  Series marginal_cost = 0.0;            ///< money per MWh, weighted already
  std::optional<double> reactance = {};  ///< of a lossless line
  std::string note = {};
};

struct Keeper {
  std::string id;
  std::string name;
  Good good;
  Capacity capacity = {};
  Series least = 0.0;  ///< of the level, as a share of capacity
  Series most = 1.0;
  bool is_cyclic = false;
  double opening_level = 0;
  double standing_loss = 0;  ///< share per hour, of the level at the hour's start
};

struct Term {
  std::string what;  ///< activity, capacity, level
  std::string technology;
  std::string mode = {};
  Series amount = 1.0;
  std::string unit = "1";
  int lag = 0;
};
using Terms = std::vector<Term>;
/// Each amount times a factor in a unit.
[[nodiscard]] Terms scaled(Terms terms, const Series& factor, std::string_view unit = "1");
[[nodiscard]] Terms joined(Terms left, const Terms& right);

struct Limit {
  std::string id;
  std::string name;
  std::string sense;  ///< at_most, at_least, exactly
  std::string per;    ///< slice, period, horizon
  Terms terms;
  Series value = 0.0;
  std::string unit = "1";
  std::vector<bool> slices = {};  ///< per slice: where the limit holds; empty = everywhere
};

/// Tables of a model folder in terms of activities, keepers and limits.
class ModelText {
 public:
  ModelText(std::vector<std::string> slices, std::string currency);

  /// An id of its own over all kinds of things: the foreign name, or "line-0" where that is taken or a number.
  [[nodiscard]] std::string fresh_id(std::string_view kind, std::string_view name);
  void add_row(std::string_view table, FolderText::Cells cells);

  /// Its net flow p as terms of limits.
  Terms add_activity(const Activity& activity);
  void add_keeper(const Keeper& keeper);
  void add_limit(const Limit& limit);
  /// Money per hour that the terms cost, where a cost differs by slice or is no cost of an activity.
  void add_metered_cost(const Terms& terms);
  /// The sum of terms over the horizon, where a limit per horizon cannot say it: amounts that differ by slice, levels.
  [[nodiscard]] Terms add_meters(const std::string& name, const Terms& terms, const std::string& unit);

  [[nodiscard]] const std::vector<std::string>& slices() const { return slices_; }
  [[nodiscard]] std::size_t slice_count() const { return slices_.size(); }
  /// Writes what was metered; no additions after it.
  FolderText finish() &&;
  [[nodiscard]] FolderText& folder() { return folder_; }

 private:
  void add_technology(const Activity& activity, bool is_two_way, const Port* primary);
  void add_recipes(const Activity& activity, bool is_two_way, const Port* primary);
  void add_recipe(const Activity& activity, const Port& port, double amount, const char* mode);
  void add_variable_cost(const Activity& activity, bool is_two_way, const Terms& net);
  void add_bounds(const Activity& activity, bool is_two_way, const Terms& net);
  void add_port_apart(const Activity& activity, const Port& port, const Terms& net);
  void add_capacity(const std::string& technology, const std::string& region, const Capacity& capacity,
                    const std::string& unit);
  void add_parameter(const std::string& technology, const char* parameter, double value, const std::string& unit,
                     const char* mode = "");
  void add_profile(const std::string& technology, const Series& profile);
  void add_term(const Limit& limit, const Term& term);
  /// A technology without goods whose activity is the sum of the terms, slice by slice; no such sum is below zero.
  std::string add_meter(const std::string& name, const Terms& terms, const std::string& unit);

  FolderText folder_;
  std::vector<std::string> slices_;
  std::string currency_;
  ForeignNames ids_;
  std::set<std::string, std::less<>> names_;  ///< foreign names that have an id
  Terms metered_cost_;
  bool has_meters_ = false;
};

}  // namespace pinchpoint::importers::pypsa
