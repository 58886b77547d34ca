// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "delivery/importers/pypsa/complaints.hpp"
#include "delivery/importers/pypsa/series.hpp"
#include "delivery/importers/pypsa/source_table.hpp"

namespace pinchpoint::importers::pypsa {

inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// All components of one list ("generators"): generators.csv and generators-<attribute>.csv.
struct ComponentList {
  std::string name;
  SourceTable statics;
  std::map<std::string, SourceTable, std::less<>> series;  ///< by attribute
};

struct Snapshots {
  SourceTable table;
  int label_column = 0;
  std::vector<std::string> labels;
  Series objective = 1.0, stores = 1.0, generators = 1.0;  ///< weightings, hours

  [[nodiscard]] std::size_t count() const { return labels.size(); }
};

/// A PyPSA network as its CSV folder says it.
struct Network {
  std::string name;
  std::filesystem::path folder;
  Snapshots snapshots;
  std::map<std::string, ComponentList, std::less<>> lists;

  /// Empty where the folder has no such file.
  [[nodiscard]] const ComponentList& list(std::string_view name) const;
};

/// One row of a list. Cells that cannot be read are complained about, and the default is returned.
class Component {
 public:
  Component(const Network& network, const ComponentList& list, std::size_t row, Complaints& complaints);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const ComponentList& list() const { return list_; }
  /// "generator 'wind'"
  [[nodiscard]] std::string described() const;
  [[nodiscard]] std::string text(std::string_view attribute, std::string_view otherwise = "") const;
  /// A finite number, unless `otherwise` is infinite too.
  [[nodiscard]] double number(std::string_view attribute, double otherwise) const;
  [[nodiscard]] bool flag(std::string_view attribute, bool otherwise) const;
  /// From generators-<attribute>.csv if it has a column of this name, else the static figure.
  [[nodiscard]] Series series(std::string_view attribute, double otherwise) const;
  /// The same where empty cells mean "not set": they are not a number in the result.
  [[nodiscard]] Series set_points(std::string_view attribute) const;
  /// The attribute's cell, or the name's where there is none.
  [[nodiscard]] SourceSpan where(std::string_view attribute) const;
  [[nodiscard]] bool has(std::string_view attribute) const;
  [[nodiscard]] Complaints& complaints() const { return complaints_; }

 private:
  [[nodiscard]] const SourceTable* series_table(std::string_view attribute) const;
  [[nodiscard]] Series read_series(const SourceTable& table, double empty, bool may_be_empty) const;

  const Network& network_;
  const ComponentList& list_;
  std::size_t row_;
  Complaints& complaints_;
  std::string name_;
};

/// Components of a list that are active, in their order.
[[nodiscard]] std::vector<Component> components(const Network& network, std::string_view list, Complaints& complaints);

/// Reads a folder; what stands beside single components is checked here: snapshots, investment periods, scenarios,
/// piecewise curves, names that appear twice.
[[nodiscard]] Network read_network(const std::filesystem::path& folder, Complaints& complaints);

}  // namespace pinchpoint::importers::pypsa
