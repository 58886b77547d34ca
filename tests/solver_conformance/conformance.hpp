// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include "optim/solve/certificate.hpp"
#include "optim/solve/solver.hpp"

namespace pinchpoint::optim {

inline void PrintTo(const Backend& backend, std::ostream* out) { *out << backend.name << ' ' << backend.version; }

/// A suite that runs once for every backend. What a backend cannot do is skipped and said so.
class Conformance : public testing::TestWithParam<Backend> {
 protected:
  [[nodiscard]] Solution solve_with(const Model& model, const SolveOptions& options = {}) const {
    const std::unique_ptr<Session> session = GetParam().open();
    session->load(model);
    return session->solve(options);
  }
};

inline std::string backend_name(const testing::TestParamInfo<Backend>& info) { return info.param.name; }

#define PINCHPOINT_NEEDS(capability) \
  if (!GetParam().can.capability) GTEST_SKIP() << GetParam().name << " does not offer " #capability

#define PINCHPOINT_CONFORMANCE(suite)  \
  class suite : public Conformance {}; \
  INSTANTIATE_TEST_SUITE_P(All, suite, testing::ValuesIn(backends()), backend_name)

/// max 3x + 5y with x ≤ 4, 2y ≤ 12, 3x + 2y ≤ 18 as a minimisation: -36 at (2, 6), row duals 0, -3/2, -1
/// (Hillier & Lieberman, Introduction to Operations Research, the Wyndor Glass example).
[[nodiscard]] Model make_wyndor(bool is_integer = false);

/// Knapsack: max 8a + 11b + 6c + 4d, 5a + 7b + 4c + 3d ≤ 14, binary. Optimum 21 at (0, 1, 1, 1); relaxation 22.
[[nodiscard]] Model make_knapsack();

/// x + y ≥ 3 with x, y ≤ 1: no solution.
[[nodiscard]] Model make_infeasible();

/// min -x with x - y ≤ 1: no finite optimum.
[[nodiscard]] Model make_unbounded();

}  // namespace pinchpoint::optim
