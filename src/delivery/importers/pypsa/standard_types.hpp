// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace pinchpoint::importers::pypsa {

/// Series impedance of a line, ohm per km and circuit.
struct LineType {
  double resistance = 0;
  double reactance = 0;
};

struct TransformerType {
  double rating = 0;              ///< s_nom, MVA
  double short_circuit = 0;       ///< vsc, percent
  double short_circuit_real = 0;  ///< vscr, percent
  double phase_shift = 0;         ///< degrees
  double neutral_tap = 0;
  double tap_step = 0;  ///< percent
};

/// Nothing if PyPSA has no standard type of this name.
[[nodiscard]] const LineType* find_line_type(std::string_view name);
[[nodiscard]] const TransformerType* find_transformer_type(std::string_view name);

}  // namespace pinchpoint::importers::pypsa
