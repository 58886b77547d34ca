// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "delivery/importers/pypsa/network.hpp"

namespace pinchpoint::importers::pypsa {

/// A line or transformer: its flow follows Kirchhoff's voltage law around loops.
struct PassiveBranch {
  Component component;
  std::string bus0, bus1;
  double rating = 0;                       ///< s_nom, MVA; of a transformer with a type, the type's
  std::optional<double> impedance;         ///< per unit of 1 MVA; nothing where it stands in no loop or is infinite
  std::optional<double> widest_flow = {};  ///< MW either way that v_ang_max leaves
};

/// Lines, then transformers, that are active.
///
/// impedance of a line         x / v_nom² in a sub-network whose first bus is AC, r / v_nom² in any other (v_nom of
/// bus0)
///           with a type       x and r per km × length / num_parallel
/// impedance of a transformer  x / s_nom × tap_ratio, r likewise; with a type r = vscr, x = √(vsc² − vscr²), over
///                             num_parallel
/// source    PyPSA, optimisation: "Kirchhoff's voltage law", components "Line" and "Transformer"
///
/// errors    IMP-003 a phase shift, or an impedance that is not above zero, in a loop; IMP-005 a type that is not
/// listed
[[nodiscard]] std::vector<PassiveBranch> read_passive_branches(const Network& network, Complaints& complaints);

}  // namespace pinchpoint::importers::pypsa
