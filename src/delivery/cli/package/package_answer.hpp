// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>

#include "domain/packages/check_package.hpp"

namespace pinchpoint::cli {

/// A package with what was found of it, ready to be shown.
struct PackageAnswer {
  const packages::Package& package;
  const packages::PredicateBase& predicates;
  const packages::PackageCheck& check;
  std::set<std::string> without;
};

/// {verdict, predicates, layers, members, content, models, hardware, transfers, grants, support, unsure, as_of, …}
[[nodiscard]] nlohmann::ordered_json package_json(const PackageAnswer& answer);
[[nodiscard]] std::string package_text(const PackageAnswer& answer);
/// A row for every predicate and thing that it was asked of; RFC 4180.
[[nodiscard]] std::string package_csv(const PackageAnswer& answer);
/// "needs human: a person has to decide what no rule does"
[[nodiscard]] std::string overall_text(packages::Overall overall);
/// Exact, in percent: "57.175 %"; digits that do not end are cut off and marked; "unknown".
[[nodiscard]] std::string percent_text(const std::optional<rules::Exact>& share);

}  // namespace pinchpoint::cli
