// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "analysis/plan/assembly.hpp"

namespace pinchpoint::plan {

// What a term of a limit or of a fact measures in a plan, as a linear form over its columns
// (docs/formulation/limit.md).

/// What a row measures at: a slice or (−1) all of a period.
struct Window {
  PeriodId period;
  int slice = -1;
};

/// A term with the assets and programmes that its filters let through.
struct Counted {
  struct CountedAsset {
    AssetId id;
    double scale;  ///< of its technology's unit, see LimitTechnology
    std::vector<ChoiceId> choices;
  };
  const LimitTerm& term;
  std::vector<CountedAsset> assets;
  std::vector<ProgrammeId> programmes;
};

/// requires: the assembly has all columns that the term counts
[[nodiscard]] Counted counted(const Assembly& assembly, const LimitTerm& term);

/// Adds `factor` times what one term measures in one window.
void add_measured(const Assembly& assembly, const Counted& counted, LimitPer per, Window window, double factor,
                  Sum& sum);

}  // namespace pinchpoint::plan
