// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "domain/packages/package.hpp"
#include "domain/rules/verdict.hpp"

namespace pinchpoint::packages {

/// The answer of the rule engine to one question, without what only its own command shows.
struct Licence {
  std::string answer, posture;            ///< as enforced; words of answer_names and posture_names, cannot_tell, none
  std::string text_answer, text_posture;  ///< by the printed text of the US regime
  std::string exception;
  bool exception_has_conditions = false;
  bool text_differs = false;
  std::vector<std::string> rules;    ///< that apply or are in doubt: id and citation
  std::vector<std::string> missing;  ///< in words
  std::vector<std::string> flags;
};

/// A line or model that goes to a site, for one of its users.
struct Transfer {
  int line = -1, model = -1;  ///< one of them
  int site = -1, user = -1;
  Licence licence;
};

/// A hardware line and a target country, for somebody of that country.
struct LineAnswer {
  int line = -1, country = -1;
  Licence licence;
};

struct TransferAnswers {
  std::vector<Transfer> transfers;
  std::vector<LineAnswer> targets;
};

/// Asks the rule engine about every line and model on its way to every site and user, and about every hardware line in
/// every target country. What only a licence ledger tells (units granted and drawn) is added to the facts.
///
/// requires  a snapshot of package.base
/// errors    RUL-013 a line that the rule engine cannot understand, or a day before the base
[[nodiscard]] Result<TransferAnswers> judge_transfers(const Package& package, const rules::Snapshot& snapshot);

/// What of the package's accelerators goes to the user of a grant.
struct LedgerEntry {
  int grant = -1;
  Exact asked;                ///< units of lines with a product inside that go to sites with this user
  std::optional<Exact> sum;   ///< drawn and asked
  std::optional<Exact> over;  ///< above the limit; not above zero = inside
};
[[nodiscard]] std::vector<LedgerEntry> ledger_of(const Package& package);

}  // namespace pinchpoint::packages
