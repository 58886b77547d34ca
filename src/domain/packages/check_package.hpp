// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <vector>

#include "domain/packages/content.hpp"
#include "domain/packages/predicates.hpp"
#include "domain/packages/transfers.hpp"

namespace pinchpoint::packages {

/// What a predicate found of one thing.
struct SubjectFinding {
  std::string subject;
  Finding finding = Finding::not_applicable;
  bool is_flagged = false;
  std::string why;                   ///< the condition that decided, with the values in it
  std::vector<std::string> missing;  ///< facts that nobody stated and that would decide
  SourceSpan where;
};

struct PredicateFinding {
  int predicate = -1;  ///< place in the base
  Finding finding = Finding::not_applicable;
  bool is_flagged = false;
  std::vector<SubjectFinding> subjects;
};

/// From the worst. The last is the best there is: designation is a decision of the Secretary of Commerce.
enum class Overall { not_compliant, needs_human, compliant_with_conditions, compliant_pending_designation };
inline constexpr std::array overall_names = {"not_compliant", "needs_human", "compliant_with_conditions",
                                             "compliant_pending_designation"};

/// What the verdict would be without a predicate that rests on the engine's reading or waits for confirmation.
struct Unsure {
  std::string predicate;
  Overall without = Overall::not_compliant;
};

struct PackageCheck {
  Day day;
  Overall overall = Overall::not_compliant;
  std::vector<PredicateFinding> findings;  ///< one a predicate in force, in the order of the base
  std::vector<Unsure> unsure;              ///< only where they make a difference to what is found
  Content content;
  TransferAnswers answers;
  std::vector<LedgerEntry> ledger;
};

/// any hard fail: not_compliant; else any undetermined: needs_human; else any conditional: compliant_with_conditions;
/// else compliant_pending_designation. Predicates for information have no effect.
[[nodiscard]] Overall overall_of(const PredicateBase& base, const std::vector<PredicateFinding>& findings,
                                 const std::set<std::string>& without = {});

/// Tests a package by the predicates of a day; those in `without` are left out.
///
/// errors    RUL-013 a day before the rule base, or a line that the rule engine cannot understand
[[nodiscard]] Result<PackageCheck> check_package(const Package& package, const PredicateBase& base, Day day,
                                                 const std::set<std::string>& without = {});

}  // namespace pinchpoint::packages
