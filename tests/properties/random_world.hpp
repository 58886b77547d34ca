// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <rapidcheck.h>

#include <ostream>

#include "support/world_text.hpp"

namespace pinchpoint::properties {

using test_support::WorldText;

/// What may occur in a random world besides regions, a chain of goods, makers, options and programmes.
struct Features {
  bool integers = false;  ///< blocks and smallest orders
  bool budgets = true;
  bool lanes = false;  ///< at least one
};

/// A small random world, made of choices that RapidCheck can shrink: fewer periods, regions, goods and rules, smaller
/// numbers. Every one is feasible: floors are no higher than what lies there, and owners with a budget own nothing that
/// stands. None is unbounded: subsidies are lower than what they subsidise.
[[nodiscard]] rc::Gen<WorldText> random_world(Features features = {});

}  // namespace pinchpoint::properties

namespace pinchpoint::test_support {
/// Prints tables as they are written to files; RapidCheck shows a counterexample with it.
void showValue(const WorldText& world, std::ostream& stream);
}  // namespace pinchpoint::test_support
