// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "delivery/importers/osemosys/foreign_model.hpp"

namespace pinchpoint::importers::osemosys {

/// The check statements of the GNU MathProg text (bounds below against bounds above, residual capacity against most
/// capacity, year split against one), and ranges without which a figure has no meaning.
///
/// errors    IMP-004 two figures that contradict each other, IMP-006 a figure outside its range
void check_figures(const ForeignModel& model, Diagnostics& problems);

}  // namespace pinchpoint::importers::osemosys
