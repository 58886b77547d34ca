// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <interfaces/highs_c_api.h>

#include <string>

namespace pinchpoint::optim {

// Functions of HiGHS's C API that are used here: Highs_<name>.
#define PINCHPOINT_HIGHS_FUNCTIONS(X) \
  X(changeColBounds)                  \
  X(changeColCost)                    \
  X(changeRowBounds)                  \
  X(create)                           \
  X(destroy)                          \
  X(getBasicVariables)                \
  X(getBasis)                         \
  X(getBasisSolve)                    \
  X(getBasisTransposeSolve)           \
  X(getDoubleInfoValue)               \
  X(getDualRay)                       \
  X(getIntInfoValue)                  \
  X(getModelStatus)                   \
  X(getObjectiveValue)                \
  X(getPrimalRay)                     \
  X(getRowsByRange)                   \
  X(getSolution)                      \
  X(passModel)                        \
  X(run)                              \
  X(setBasis)                         \
  X(setBoolOptionValue)               \
  X(setCallback)                      \
  X(setDoubleOptionValue)             \
  X(setIntOptionValue)                \
  X(setStringOptionValue)             \
  X(startCallback)                    \
  X(stopCallback)                     \
  X(version)                          \
  X(zeroAllClocks)

/// The shared library of HiGHS, loaded when first asked for: to load and to initialise it takes longer than to solve
/// what own_methods.hpp solves.
struct HighsLibrary {
#define PINCHPOINT_DECLARE(name) decltype(&::Highs_##name) name = nullptr;
  PINCHPOINT_HIGHS_FUNCTIONS(PINCHPOINT_DECLARE)
#undef PINCHPOINT_DECLARE
};

/// errors    std::system_error, with the loader's words, if the library is not where it was at build time, is another
///           release, or lacks a function
[[nodiscard]] const HighsLibrary& highs_api();

/// Of the release that this was built with, "1.15.1"; loads nothing.
[[nodiscard]] std::string highs_version();

}  // namespace pinchpoint::optim
