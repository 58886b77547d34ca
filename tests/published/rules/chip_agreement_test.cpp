// SPDX-License-Identifier: Apache-2.0
// chip_examples.csv: what others said of parts, and what follows by the rule book, date by date. See its columns
// stated_by, url and confidence. PINCHPOINT_APPROVE=1 writes docs/guide/chip-agreement.md anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "agreement.hpp"

namespace pinchpoint::rules {
namespace {

std::string text_of(const std::string& path) {
  std::ifstream file(std::string(PINCHPOINT_SOURCE_DIR) + "/" + path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class ChipExamples : public testing::Test {
 protected:
  Result<RuleBase> base_ = load_rule_base(shipped_rules());
  std::vector<AgreementRow> rows_ =
      compare_with_examples(base_.value(), text_of("tests/published/rules/chip_examples.csv"));
};

TEST_F(ChipExamples, agree_for_every_date_and_destination) {
  EXPECT_EQ(rows_.size(), 56U);
  for (const AgreementRow& row : rows_) {
    for (const Agreement& cell : row.cells)
      EXPECT_TRUE(cell.agrees) << cell.chip << ' ' << cell.column << ": table " << cell.expected << ", we "
                               << cell.said;
  }
}

TEST_F(ChipExamples, agree_in_class) {
  for (const AgreementRow& row : rows_) {
    if (row.expected_class.starts_with("undetermined")) {
      EXPECT_TRUE(row.said_class.starts_with("undetermined")) << row.chip << ": " << row.said_class;
    } else {
      EXPECT_EQ(row.said_class, row.expected_class) << row.chip;
    }
  }
}

TEST_F(ChipExamples, stand_in_the_guide_as_they_are) {
  const std::string page = agreement_page(rows_, base_->as_of());
  const std::string path = "docs/guide/chip-agreement.md";
  if (std::getenv("PINCHPOINT_APPROVE") != nullptr)
    std::ofstream(std::string(PINCHPOINT_SOURCE_DIR) + "/" + path, std::ios::binary) << page;
  EXPECT_EQ(page, text_of(path)) << "if the new page is right: PINCHPOINT_APPROVE=1 published_rules_test";
}

}  // namespace
}  // namespace pinchpoint::rules
