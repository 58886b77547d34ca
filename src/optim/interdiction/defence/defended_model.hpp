// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "optim/interdiction/defend.hpp"

namespace pinchpoint::optim {

/// By target: 1 if something bought protects it.
[[nodiscard]] std::vector<std::uint8_t> protected_targets(const DefenceProblem& problem,
                                                          const std::vector<std::int32_t>& bought);

/// The model with the relief of what was bought.
[[nodiscard]] Model relieved_model(const DefenceProblem& problem, const std::vector<std::int32_t>& bought);

/// All defences: 0 … n - 1.
[[nodiscard]] std::vector<std::int32_t> all_defences(const DefenceProblem& problem);

}  // namespace pinchpoint::optim
