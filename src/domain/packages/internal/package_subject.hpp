// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/packages/internal/subjects.hpp"

namespace pinchpoint::packages::internal {

/// Facts of the package itself, which every scope's vocabulary begins with.
[[nodiscard]] rules::Facts package_facts(const Evidence& evidence, const rules::Vocabulary& vocabulary);

}  // namespace pinchpoint::packages::internal
