// SPDX-License-Identifier: Apache-2.0
// Standard types that every PyPSA network knows without listing them (PyPSA 1.x, documentation "Standard Types"). The
// figures go back to pandapower's basic types and to Oeding and Oswald, Elektrische Kraftwerke und Netze, 2011,
// chapter 9.
#include "delivery/importers/pypsa/standard_types.hpp"

#include <algorithm>
#include <array>

namespace pinchpoint::importers::pypsa {

namespace {

struct NamedLineType {
  std::string_view name;
  LineType type;  // ohm per km
};

constexpr std::array line_types = {
    NamedLineType{"149-AL1/24-ST1A 10.0", {.resistance = 0.194, .reactance = 0.315}},
    NamedLineType{"149-AL1/24-ST1A 110.0", {.resistance = 0.194, .reactance = 0.41}},
    NamedLineType{"149-AL1/24-ST1A 20.0", {.resistance = 0.194, .reactance = 0.337}},
    NamedLineType{"15-AL1/3-ST1A 0.4", {.resistance = 1.8769, .reactance = 0.35}},
    NamedLineType{"184-AL1/30-ST1A 110.0", {.resistance = 0.1571, .reactance = 0.4}},
    NamedLineType{"184-AL1/30-ST1A 20.0", {.resistance = 0.1571, .reactance = 0.33}},
    NamedLineType{"24-AL1/4-ST1A 0.4", {.resistance = 1.2012, .reactance = 0.335}},
    NamedLineType{"243-AL1/39-ST1A 110.0", {.resistance = 0.1188, .reactance = 0.39}},
    NamedLineType{"243-AL1/39-ST1A 20.0", {.resistance = 0.1188, .reactance = 0.32}},
    NamedLineType{"305-AL1/39-ST1A 110.0", {.resistance = 0.0949, .reactance = 0.38}},
    NamedLineType{"34-AL1/6-ST1A 10.0", {.resistance = 0.8342, .reactance = 0.36}},
    NamedLineType{"34-AL1/6-ST1A 20.0", {.resistance = 0.8342, .reactance = 0.382}},
    NamedLineType{"48-AL1/8-ST1A 0.4", {.resistance = 0.5939, .reactance = 0.3}},
    NamedLineType{"48-AL1/8-ST1A 10.0", {.resistance = 0.5939, .reactance = 0.35}},
    NamedLineType{"48-AL1/8-ST1A 20.0", {.resistance = 0.5939, .reactance = 0.372}},
    NamedLineType{"48-AL1/8-ST1A 110.0", {.resistance = 0.5939, .reactance = 0.46}},
    NamedLineType{"70-AL1/11-ST1A 10.0", {.resistance = 0.4132, .reactance = 0.339}},
    NamedLineType{"70-AL1/11-ST1A 20.0", {.resistance = 0.4132, .reactance = 0.36}},
    NamedLineType{"70-AL1/11-ST1A 110.0", {.resistance = 0.4132, .reactance = 0.45}},
    NamedLineType{"94-AL1/15-ST1A 0.4", {.resistance = 0.306, .reactance = 0.29}},
    NamedLineType{"94-AL1/15-ST1A 10.0", {.resistance = 0.306, .reactance = 0.33}},
    NamedLineType{"94-AL1/15-ST1A 20.0", {.resistance = 0.306, .reactance = 0.35}},
    NamedLineType{"94-AL1/15-ST1A 110.0", {.resistance = 0.306, .reactance = 0.44}},
    NamedLineType{"122-AL1/20-ST1A 10.0", {.resistance = 0.2376, .reactance = 0.323}},
    NamedLineType{"122-AL1/20-ST1A 20.0", {.resistance = 0.2376, .reactance = 0.344}},
    NamedLineType{"122-AL1/20-ST1A 110.0", {.resistance = 0.2376, .reactance = 0.43}},
    NamedLineType{"490-AL1/64-ST1A 220.0", {.resistance = 0.059, .reactance = 0.285}},
    NamedLineType{"490-AL1/64-ST1A 380.0", {.resistance = 0.059, .reactance = 0.253}},
    NamedLineType{"490-AL1/64-ST1A 110.0", {.resistance = 0.059, .reactance = 0.37}},
    NamedLineType{"679-AL1/86-ST1A 110.0", {.resistance = 0.042, .reactance = 0.36}},
    NamedLineType{"679-AL1/86-ST1A 220.0", {.resistance = 0.042, .reactance = 0.275}},
    NamedLineType{"679-AL1/86-ST1A 380.0", {.resistance = 0.042, .reactance = 0.25}},
    NamedLineType{"N2XS(FL)2Y 1x120 RM/35 64/110 kV", {.resistance = 0.153, .reactance = 0.166}},
    NamedLineType{"N2XS(FL)2Y 1x185 RM/35 64/110 kV", {.resistance = 0.099, .reactance = 0.156}},
    NamedLineType{"N2XS(FL)2Y 1x240 RM/35 64/110 kV", {.resistance = 0.075, .reactance = 0.149}},
    NamedLineType{"N2XS(FL)2Y 1x300 RM/35 64/110 kV", {.resistance = 0.06, .reactance = 0.144}},
    NamedLineType{"NA2XS2Y 1x95 RM/25 6/10 kV", {.resistance = 0.313, .reactance = 0.123}},
    NamedLineType{"NA2XS2Y 1x185 RM/25 6/10 kV", {.resistance = 0.161, .reactance = 0.11}},
    NamedLineType{"NA2XS2Y 1x240 RM/25 6/10 kV", {.resistance = 0.122, .reactance = 0.105}},
    NamedLineType{"NA2XS2Y 1x150 RM/25 12/20 kV", {.resistance = 0.206, .reactance = 0.116}},
    NamedLineType{"NA2XS2Y 1x185 RM/25 12/20 kV", {.resistance = 0.161, .reactance = 0.117}},
    NamedLineType{"NA2XS2Y 1x240 RM/25 12/20 kV", {.resistance = 0.122, .reactance = 0.112}},
    NamedLineType{"NA2XS2Y 1x120 RM/25 12/20 kV", {.resistance = 0.253, .reactance = 0.119}},
    NamedLineType{"NA2XS2Y 1x70 RM/25 12/20 kV", {.resistance = 0.443, .reactance = 0.132}},
    NamedLineType{"NA2XS2Y 1x95 RM/25 12/20 kV", {.resistance = 0.313, .reactance = 0.132}},
    NamedLineType{"NA2XS2Y 1x150 RM/25 6/10 kV", {.resistance = 0.206, .reactance = 0.11}},
    NamedLineType{"NA2XS2Y 1x120 RM/25 6/10 kV", {.resistance = 0.253, .reactance = 0.113}},
    NamedLineType{"NA2XS2Y 1x70 RM/25 6/10 kV", {.resistance = 0.443, .reactance = 0.123}},
    NamedLineType{"NAYY 4x120 SE", {.resistance = 0.225, .reactance = 0.08}},
    NamedLineType{"NAYY 4x150 SE", {.resistance = 0.208, .reactance = 0.08}},
    NamedLineType{"NAYY 4x50 SE", {.resistance = 0.642, .reactance = 0.083}},
    NamedLineType{"Al/St 240/40 2-bundle 220.0", {.resistance = 0.06, .reactance = 0.301}},
    NamedLineType{"Al/St 240/40 3-bundle 300.0", {.resistance = 0.04, .reactance = 0.265}},
    NamedLineType{"Al/St 240/40 4-bundle 380.0", {.resistance = 0.03, .reactance = 0.246}},
    NamedLineType{"Al/St 490/64 4-bundle 380.0", {.resistance = 0.015, .reactance = 0.16}},
    NamedLineType{"HTLS 4-bundle 380.0", {.resistance = 0.02, .reactance = 0.26}},
    NamedLineType{"Al/St 560/50 4-bundle 750.0", {.resistance = 0.013, .reactance = 0.276}},
    NamedLineType{"HVDC XLPE 1000", {.resistance = 0.0022, .reactance = 1e-06}},
    NamedLineType{"HVDC Oil filled 1400", {.resistance = 0.00264, .reactance = 1e-06}},
};

struct NamedTransformerType {
  std::string_view name;
  TransformerType type;
};

constexpr std::array transformer_types = {
    NamedTransformerType{"0.25 MVA 10/0.4 kV", {0.25, 4, 1.2, 150, 0, 2.5}},
    NamedTransformerType{"0.25 MVA 20/0.4 kV", {0.25, 6, 1.44, 150, 0, 2.5}},
    NamedTransformerType{"0.4 MVA 10/0.4 kV", {0.4, 4, 1.325, 150, 0, 2.5}},
    NamedTransformerType{"0.4 MVA 20/0.4 kV", {0.4, 6, 1.425, 150, 0, 2.5}},
    NamedTransformerType{"0.63 MVA 10/0.4 kV", {0.63, 4, 1.0794, 150, 0, 2.5}},
    NamedTransformerType{"0.63 MVA 20/0.4 kV", {0.63, 6, 1.206, 150, 0, 2.5}},
    NamedTransformerType{"100 MVA 220/110 kV", {100, 12, 0.26, 0, 0, 1.5}},
    NamedTransformerType{"160 MVA 380/110 kV", {160, 12.2, 0.25, 0, 0, 1.5}},
    NamedTransformerType{"25 MVA 110/10 kV", {25, 10.04, 0.276, 150, 0, 1.5}},
    NamedTransformerType{"25 MVA 110/20 kV", {25, 11.2, 0.282, 150, 0, 1.5}},
    NamedTransformerType{"40 MVA 110/10 kV", {40, 10.04, 0.295, 150, 0, 1.5}},
    NamedTransformerType{"40 MVA 110/20 kV", {40, 11.2, 0.302, 150, 0, 1.5}},
    NamedTransformerType{"63 MVA 110/10 kV", {63, 10.04, 0.31, 150, 0, 1.5}},
    NamedTransformerType{"63 MVA 110/20 kV", {63, 11.2, 0.322, 150, 0, 1.5}},
};

template <class Table>
auto find(const Table& table, std::string_view name) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const auto& row) { return row.name == name; });
  return found == table.end() ? nullptr : &found->type;
}

}  // namespace

const LineType* find_line_type(std::string_view name) { return find(line_types, name); }
const TransformerType* find_transformer_type(std::string_view name) { return find(transformer_types, name); }

}  // namespace pinchpoint::importers::pypsa
