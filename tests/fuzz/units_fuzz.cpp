// SPDX-License-Identifier: Apache-2.0
// Any text is a unit or a problem; a unit converts into itself by 1, or not at all.
#include <cmath>
#include <cstdint>

#include "core/base/ensure.hpp"
#include "core/units/units.hpp"

namespace {

using namespace pinchpoint;

UnitSystem make_units() {
  return UnitSystem({.price_year = 2025, .deflators = {{2024, 100}, {2025, 103}}, .extra = {{"foup", "25 wafer"}}});
}

void check(const UnitSystem& units, std::string_view text) {
  UnitProblem problem = UnitProblem::none;
  const auto unit = units.parse(text, &problem);
  ensure(unit.has_value() == (problem == UnitProblem::none), "a unit or a problem");
  if (!unit) {
    const std::string near = units.closest(text);
    ensure(near.empty() || units.parse(near), "a suggestion can be read");
    return;
  }
  static_cast<void>(units.dimension(*unit));
  const auto factor = units.factor(*unit, *unit);
  ensure(!factor || std::abs(*factor - 1) < 1e-9, "a unit is one of itself");
  const Unit year = *units.parse("year");
  if (units.multiply(*unit, year).is_valid() && factor) {
    const auto back = units.factor(units.divide(units.multiply(*unit, year), year), *unit);
    ensure(!back || std::abs(*back - 1) < 1e-9, "what is multiplied and divided by a year is as before");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  // A system keeps what it has read: begin anew before that fills the memory.
  static UnitSystem units = make_units();
  static int runs = 0;
  if (++runs % 20'000 == 0) units = make_units();
  check(units, {reinterpret_cast<const char*>(bytes), size});
  return 0;
}
