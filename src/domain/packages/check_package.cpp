// SPDX-License-Identifier: Apache-2.0
#include "domain/packages/check_package.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "domain/packages/internal/subjects.hpp"

namespace pinchpoint::packages {

namespace {

using internal::Subject;
using rules::Condition;

/// Asks one predicate of one thing.
class Asker {
 public:
  Asker(const Predicate& predicate, const Subject& subject, const internal::Evidence& evidence)
      : predicate_(predicate),
        subject_(subject),
        vocabulary_(evidence.predicates.vocabularies[static_cast<std::size_t>(predicate.scope)]),
        scope_{subject.facts, no_terms_, evidence.snapshot.groups()} {}

  SubjectFinding ask() {
    SubjectFinding found{subject_.name, decide(), false, std::move(why_), std::move(missing_), subject_.where};
    if (found.finding != Finding::not_applicable && predicate_.flagged)
      found.is_flagged = rules::evaluate(*predicate_.flagged, scope_) == Truth::yes;
    if (found.is_flagged && found.why.empty()) found.why = values_in(*predicate_.flagged);
    return found;
  }

 private:
  /// A condition that may hold, and nobody can tell, makes the finding undetermined: worse than what comes after it.
  Finding decide() {
    if (predicate_.applies) {
      const Truth applies = rules::evaluate(*predicate_.applies, scope_);
      if (applies == Truth::no) return Finding::not_applicable;
      if (applies == Truth::unknown) return open(*predicate_.applies);
    }
    for (const auto& [condition, finding] :
         {std::pair(&predicate_.fail, Finding::fail), std::pair(&predicate_.undetermined, Finding::undetermined),
          std::pair(&predicate_.conditional, Finding::conditional)}) {
      if (!*condition) continue;
      const Truth truth = rules::evaluate(**condition, scope_);
      if (truth == Truth::unknown) return open(**condition);
      if (truth == Truth::no) continue;
      why_ = values_in(**condition);
      return finding;
    }
    return predicate_.otherwise;
  }

  Finding open(const Condition& condition) {
    for (const int field : rules::mentions_of(condition).fields) {
      const rules::Value& value = subject_.facts[static_cast<std::size_t>(field)];
      if (value.word >= 0 || value.is_known_number()) continue;
      const rules::Field& it = vocabulary_.fields[static_cast<std::size_t>(field)];
      missing_.push_back(value.has_low || value.has_high ? fmt::format("{} ({}): {}", it.name, it.about,
                                                                       rules::value_text(vocabulary_, field, value))
                                                         : fmt::format("{} ({})", it.name, it.about));
    }
    why_ = values_in(condition);
    return Finding::undetermined;
  }

  [[nodiscard]] std::string values_in(const Condition& condition) const {
    std::vector<std::string> values;
    for (const int field : rules::mentions_of(condition).fields)
      values.push_back(
          fmt::format("{} {}", vocabulary_.fields[static_cast<std::size_t>(field)].name,
                      rules::value_text(vocabulary_, field, subject_.facts[static_cast<std::size_t>(field)])));
    return fmt::format("{}", fmt::join(values, ", "));
  }

  const Predicate& predicate_;
  const Subject& subject_;
  const rules::Vocabulary& vocabulary_;
  std::vector<Truth> no_terms_;
  rules::Scope scope_;
  std::string why_;
  std::vector<std::string> missing_;
};

PredicateFinding find(int place, const internal::Evidence& evidence, const internal::Subjects& subjects) {
  const Predicate& predicate = evidence.predicates.predicates[static_cast<std::size_t>(place)];
  PredicateFinding found{place, Finding::not_applicable, false, {}};
  const std::vector<Subject>& asked = subjects[static_cast<std::size_t>(predicate.scope)];
  for (const Subject& subject : asked) {
    found.subjects.push_back(Asker(predicate, subject, evidence).ask());
    found.finding = std::max(found.finding, found.subjects.back().finding);
    found.is_flagged = found.is_flagged || found.subjects.back().is_flagged;
  }
  if (asked.empty()) found.finding = predicate.nothing;
  return found;
}

std::vector<Unsure> unsure_of(const PredicateBase& base, const PackageCheck& check) {
  std::vector<Unsure> unsure;
  for (const PredicateFinding& finding : check.findings) {
    const Predicate& predicate = base.predicates[static_cast<std::size_t>(finding.predicate)];
    if (!predicate.is_unsure() || finding.finding <= Finding::pass) continue;
    unsure.push_back({predicate.id, overall_of(base, check.findings, {predicate.id})});
  }
  return unsure;
}

}  // namespace

Overall overall_of(const PredicateBase& base, const std::vector<PredicateFinding>& findings,
                   const std::set<std::string>& without) {
  Finding worst = Finding::not_applicable;
  for (const PredicateFinding& finding : findings) {
    const Predicate& predicate = base.predicates[static_cast<std::size_t>(finding.predicate)];
    if (predicate.kind == Kind::information || without.contains(predicate.id)) continue;
    // Only a hard predicate sinks a package.
    const Finding counted =
        predicate.kind == Kind::hard ? finding.finding : std::min(finding.finding, Finding::undetermined);
    worst = std::max(worst, counted);
  }
  if (worst == Finding::fail) return Overall::not_compliant;
  if (worst == Finding::undetermined) return Overall::needs_human;
  return worst == Finding::conditional ? Overall::compliant_with_conditions : Overall::compliant_pending_designation;
}

Result<PackageCheck> check_package(const Package& package, const PredicateBase& base, Day day,
                                   const std::set<std::string>& without) {
  if (day < package.base.begins()) {
    Diagnostics diagnostics;
    diagnostics.add(Code::bad_question, {"--date", 0, 0, 0},
                    fmt::format("the rule base begins on {}: it has nothing to say of an earlier day",
                                to_string(package.base.begins())));
    return diagnostics;
  }
  const rules::Snapshot snapshot(package.base, day);
  auto answers = judge_transfers(package, snapshot);
  if (!answers) return answers.error();
  PackageCheck check;
  check.day = day;
  check.content = content_of(package);
  check.answers = std::move(*answers);
  check.ledger = ledger_of(package);
  const Concern concern = concern_on(package.base, day);
  const internal::Evidence evidence{package, base, snapshot, concern, check.content, check.answers};
  const internal::Subjects subjects = internal::subjects_of(evidence);
  for (const int place : base.on(day)) {
    if (!without.contains(base.predicates[static_cast<std::size_t>(place)].id))
      check.findings.push_back(find(place, evidence, subjects));
  }
  check.overall = overall_of(base, check.findings);
  check.unsure = unsure_of(base, check);
  return check;
}

}  // namespace pinchpoint::packages
