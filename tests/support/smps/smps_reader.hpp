// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "optim/stochastic/staged_program.hpp"

namespace pinchpoint::test_support {

struct SmpsProgram {
  optim::StagedProgram program;
  std::vector<std::string> notes;  ///< what was done where the files say something odd
};

/// What is done with probabilities that do not add up to 1. Published optima of files with rounded probabilities rest
/// on them as written.
enum class Probabilities { divided_by_sum, as_written };

/// Reads a stochastic program in SMPS: a core file (MPS), a time file and a stoch file.
///
/// - Time: PERIODS, implicit (first column and first row of each period, in the core's order; the objective's name may
///   stand for the first row) or EXPLICIT with sections ROWS and COLUMNS.
/// - Stoch: INDEP, BLOCKS and SCENARIOS, DISCRETE; ADD, MULTIPLY and REPLACE. Sides, costs, the objective's constant,
///   entries, and bounds (LO, UP, FX). A block's later realisations inherit what its first one says and they do not, a
///   zero that is written being a zero; a scenario inherits from its parent. Independent parts are multiplied out. What
///   becomes known before the period of its row holds until then.
/// - Scenarios share the core's path, or their parent's, until they branch; they may give data of the first period if
///   all give the same. NAME may stand for STOCH and TIME.
/// - Probabilities that do not add up to 1 are divided by their sum, and a note says so. Scenarios that add up to 1 may
///   lack ENDATA; a note says so, too.
/// - Not read, and refused by name: NODES, DISTRIB, CHANCE, ICC, continuous distributions, random ranges, random data
///   of the first period, data that become known after the period of their row, scenarios that differ where they are
///   one.
///
/// errors   as for read_mps; FIL-002 for what cannot be read, TAB-005 bad number, TAB-010 unknown row, column or period
/// source   Birge, Dempster, Gassmann, Gunn, King & Wallace, A standard input format for multiperiod stochastic linear
///          programs, COAL newsletter 17 (1987); Gassmann & Schweitzer, A comprehensive input format for stochastic
///          linear programs, Annals of OR 104 (2001)
[[nodiscard]] Result<SmpsProgram> read_smps(const std::string& core, const std::string& time, const std::string& stoch,
                                            Probabilities probabilities = Probabilities::divided_by_sum);

/// The three files that begin with `stem`: .cor or .core, .tim or .time, .sto or .stoch, with or without .gz.
[[nodiscard]] Result<SmpsProgram> read_smps(const std::string& stem,
                                            Probabilities probabilities = Probabilities::divided_by_sum);

}  // namespace pinchpoint::test_support
