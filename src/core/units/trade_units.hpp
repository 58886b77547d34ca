// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "core/units/unit_database.hpp"

namespace pinchpoint::units_internal {

/// A unit of the trade. Names are read in any case, symbols only as written; both take SI prefixes (kwafer, GB).
struct TradeUnit {
  std::string_view name;
  std::string_view plural;      ///< empty = none
  std::string_view definition;  ///< "base" = a dimension of its own
  std::string_view about;
  bool is_symbol = false;
};

// Counts of different things are different dimensions, so that a die is never added to a wafer.
inline constexpr std::array trade_unit_table = {
    TradeUnit{"wafer", "wafers", "base", "a processed wafer, of the diameter that its commodity says"},
    TradeUnit{"die", "dies", "base", "a die, good unless its commodity says otherwise"},
    TradeUnit{"stack", "stacks", "base", "a stack of memory dies"},
    TradeUnit{"package", "packages", "base", "a packaged part"},
    TradeUnit{"chip", "chips", "base", "a chip as sold"},
    TradeUnit{"accelerator", "accelerators", "base", "an accelerator as sold: board, module or package"},
    TradeUnit{"h100e", "", "base", "computing power of one NVIDIA H100 (SXM) at dense 8-bit throughput, 1,979 TFLOPS"},
    TradeUnit{"server", "servers", "base", "a server"},
    TradeUnit{"rack", "racks", "base", "a rack of servers"},
    TradeUnit{"scanner", "scanners", "base", "a lithography scanner"},
    TradeUnit{"piece", "pieces", "base", "any other machine or part, counted"},
    TradeUnit{"person", "persons", "base", "a worker, full time"},
    TradeUnit{"people", "", "person", "same as person"},
    TradeUnit{"token", "tokens", "base", "a token read or written by a model"},
    TradeUnit{"FLOP", "", "base", "a floating-point operation (PFLOP/s is a rate)"},
    TradeUnit{"bit", "bits", "base", "a bit of memory or traffic"},
    TradeUnit{"byte", "bytes", "8 bit", "8 bits"},
    TradeUnit{"B", "", "byte", "byte: kB, GB, TB are powers of 1000", true},
    TradeUnit{"KiB", "", "1024 byte", "1024 bytes", true},
    TradeUnit{"MiB", "", "1048576 byte", "1024 KiB", true},
    TradeUnit{"GiB", "", "1073741824 byte", "1024 MiB", true},
    TradeUnit{"TiB", "", "1099511627776 byte", "1024 GiB", true},
    TradeUnit{"Mb", "", "1e6 bit", "million bits", true},
    TradeUnit{"Gb", "", "1e9 bit", "billion bits", true},
    TradeUnit{"Tb", "", "1e12 bit", "trillion bits", true},
    TradeUnit{"Wh", "", "watt hour", "watt-hour: kWh, MWh, GWh, TWh", true},
    TradeUnit{"kt", "", "1000 tonne", "thousand tonnes", true},
    TradeUnit{"quarter", "quarters", "0.25 year", "three months"},
    TradeUnit{"thousand", "", "1e3", "1000"},
    TradeUnit{"million", "", "1e6", "1000000"},
    TradeUnit{"billion", "", "1e9", "1000000000"},
    TradeUnit{"trillion", "", "1e12", "1000000000000"},
};

inline constexpr std::string_view base_definition = "base";

/// Names (all in lower case) or symbols, with plurals, of the units above that are defined by others; sorted by bytes.
template <bool is_symbol>
constexpr auto derived_trade_words() {
  constexpr auto is_meant = [](const TradeUnit& unit) {
    return unit.is_symbol == is_symbol && unit.definition != base_definition;
  };
  constexpr std::size_t count = [&] {
    std::size_t words = 0;
    for (const TradeUnit& unit : trade_unit_table) words += !is_meant(unit) ? 0 : unit.plural.empty() ? 1 : 2;
    return words;
  }();
  std::array<DatabaseWord, count> words{};
  auto next = words.begin();
  for (std::size_t place = 0; place < trade_unit_table.size(); ++place) {
    const TradeUnit& unit = trade_unit_table[place];
    if (!is_meant(unit)) continue;
    *next++ = {unit.name, place};
    if (!unit.plural.empty()) *next++ = {unit.plural, place};
  }
  std::ranges::sort(words, {}, &DatabaseWord::word);
  return words;
}
inline constexpr auto derived_trade_names = derived_trade_words<false>();
inline constexpr auto derived_trade_symbols = derived_trade_words<true>();

/// Words that UDUNITS reads as something nobody here means: a micro-nit, a short ton. Refused, with what to write.
struct RefusedWord {
  std::string_view word;
  std::string_view instead;
};
inline constexpr std::array refused_words = {RefusedWord{"unit", "piece"}, RefusedWord{"units", "pieces"},
                                             RefusedWord{"ton", "tonne"}, RefusedWord{"tons", "tonnes"}};

/// Words whose reading in UDUNITS gives way to the trade's: bits are plain numbers there, and kt is a knot.
inline constexpr std::array replaced_readings = {
    std::string_view{"bit"},   std::string_view{"bits"},   std::string_view{"byte"}, std::string_view{"bytes"},
    std::string_view{"octet"}, std::string_view{"octets"}, std::string_view{"kt"}};

/// Everyday units a misspelt one may have meant, besides the trade's own.
inline constexpr std::array common_units = {
    std::string_view{"1"},     std::string_view{"%"},      std::string_view{"percent"}, std::string_view{"g"},
    std::string_view{"kg"},    std::string_view{"t"},      std::string_view{"tonne"},   std::string_view{"tonnes"},
    std::string_view{"Mt"},    std::string_view{"m"},      std::string_view{"km"},      std::string_view{"mm"},
    std::string_view{"m2"},    std::string_view{"mm2"},    std::string_view{"cm2"},     std::string_view{"m3"},
    std::string_view{"litre"}, std::string_view{"litres"}, std::string_view{"W"},       std::string_view{"kW"},
    std::string_view{"MW"},    std::string_view{"GW"},     std::string_view{"kWh"},     std::string_view{"MWh"},
    std::string_view{"GWh"},   std::string_view{"TWh"},    std::string_view{"MVA"},     std::string_view{"GB"},
    std::string_view{"TB"},    std::string_view{"PB"},     std::string_view{"second"},  std::string_view{"minute"},
    std::string_view{"hour"},  std::string_view{"hours"},  std::string_view{"day"},     std::string_view{"days"},
    std::string_view{"week"},  std::string_view{"weeks"},  std::string_view{"month"},   std::string_view{"months"},
    std::string_view{"year"},  std::string_view{"years"},  std::string_view{"per"},
};

}  // namespace pinchpoint::units_internal
