// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "delivery/importers/pypsa/model_text.hpp"
#include "delivery/importers/pypsa/network.hpp"

namespace pinchpoint::importers::pypsa {

/// Hours that a snapshot stands for. A slice lasts as long as the stores' weighting says where anything is stored, else
/// as the objective's; other weightings are ratios to it.
struct Weights {
  Series hours = 1.0;       ///< of a slice
  double total_hours = 0;   ///< of all slices
  double years = 0;         ///< of 8760 hours, by the objective's weighting: what an overnight cost is spread over
  Series objective = 1.0;   ///< objective's weighting / hours
  Series generators = 1.0;  ///< generators' weighting / hours
};
[[nodiscard]] Weights read_weights(const Network& network, bool has_stores, Complaints& complaints);

/// What became of a component, for limits that speak of it.
struct Mapped {
  Terms flow;            ///< p, as terms of limits
  std::string capacity;  ///< technology whose capacity is p_nom, s_nom or e_nom
  Terms level;           ///< its energy, as terms of limits; of what stores nothing, none
  bool is_extendable = false;
};

/// What the parts of the mapping share.
struct Mapping {
  const Network& network;
  Complaints& complaints;
  ModelText& model;
  Weights weights;
  std::map<std::string, Good> goods = {};                             ///< by bus
  std::map<std::pair<std::string, std::string>, Mapped> mapped = {};  ///< by list and component

  /// The good of the bus that an attribute names; complains where no such bus is listed.
  [[nodiscard]] Good good(const Component& component, std::string_view attribute) const;
  /// Capacity of a component whose nominal attribute is "p_nom", "s_nom" or "e_nom".
  [[nodiscard]] Capacity capacity(const Component& component, const std::string& nominal) const;
  /// Cost of one unit of capacity over the hours modelled, less its fom_cost.
  [[nodiscard]] double capital_cost(const Component& component) const;
  /// Money per MWh of p, times the ratio of the objective's weighting to the slice's hours.
  [[nodiscard]] Series marginal_cost(const Component& component) const;
  void refuse_flag(const Component& component, std::string_view attribute, std::string_view what) const;
  void refuse_unless(const Component& component, std::string_view attribute, double usual, std::string_view what) const;
  /// p = set points, and at most so much more or less than a snapshot before.
  void add_set_points(const Component& component, std::string_view attribute, const Terms& terms,
                      const std::string& id) const;
  void add_ramps(const Component& component, const Terms& flow, const std::string& id) const;
};

/// Annuity of an overnight cost (PyPSA: costs.annuity) for a lifetime in years, which may be infinite.
[[nodiscard]] double annuity(double discount_rate, double lifetime);

void add_commodity(ModelText& model, const std::string& id, const std::string& name);

void add_buses(Mapping& mapping);
void add_generators(Mapping& mapping);
void add_loads(Mapping& mapping);
void add_stores(Mapping& mapping);
void add_storage_units(Mapping& mapping);
void add_links(Mapping& mapping);
void add_processes(Mapping& mapping);
void add_lines_and_transformers(Mapping& mapping);
void add_global_constraints(Mapping& mapping);

}  // namespace pinchpoint::importers::pypsa
