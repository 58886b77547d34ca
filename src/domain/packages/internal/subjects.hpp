// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <vector>

#include "domain/packages/chains.hpp"
#include "domain/packages/content.hpp"
#include "domain/packages/predicates.hpp"
#include "domain/packages/transfers.hpp"
#include "domain/rules/snapshot.hpp"

namespace pinchpoint::packages::internal {

/// A thing that predicates are asked of, with its facts in the order of its scope's vocabulary.
struct Subject {
  std::string name;
  rules::Facts facts;
  SourceSpan where;
};

/// Everything that is known of a package before its predicates are asked.
struct Evidence {
  const Package& package;
  const PredicateBase& predicates;
  const rules::Snapshot& snapshot;
  const Concern& concern;
  const Content& content;
  const TransferAnswers& answers;
};

using Subjects = std::array<std::vector<Subject>, scope_count>;
[[nodiscard]] Subjects subjects_of(const Evidence& evidence);

}  // namespace pinchpoint::packages::internal
