// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "domain/rules/verdict.hpp"

namespace pinchpoint::rules {

/// One cell of chip_examples.csv: a chip, a destination and a date, what the table expects, and what the engine says.
struct Agreement {
  std::string chip, column, expected, said;
  bool is_asked = true;  ///< false for parts that were not there yet
  bool agrees = false;
};

/// A row: its stated classification, and its cells.
struct AgreementRow {
  std::string chip, expected_class, said_class, stated, stated_by, url;
  bool has_outside_statement = false;
  std::vector<Agreement> cells;
};

/// Asks everything that the table holds.
[[nodiscard]] std::vector<AgreementRow> compare_with_examples(const RuleBase& base, const std::string& csv);

/// docs/guide/chip-agreement.md
[[nodiscard]] std::string agreement_page(const std::vector<AgreementRow>& rows, Day as_of);

}  // namespace pinchpoint::rules
