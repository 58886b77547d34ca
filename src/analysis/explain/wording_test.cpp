// SPDX-License-Identifier: Apache-2.0
#include "analysis/explain/wording.hpp"

#include <gtest/gtest.h>

namespace pinchpoint::explain {
namespace {

TEST(Wording, units_are_said_as_people_say_them) {
  EXPECT_EQ(amount_text(1000, "wafer/month"), "1000 wafers a month");
  EXPECT_EQ(amount_text(1, "wafer/month"), "1 wafer a month");
  EXPECT_EQ(amount_text(2, "MW/year"), "2 MW a year");
  EXPECT_EQ(amount_text(3, "scanner"), "3 scanners");
  EXPECT_EQ(amount_text(5, "MW.month"), "5 MW-months");
  EXPECT_EQ(amount_text(1, "MW.month"), "1 MW-month");
  EXPECT_EQ(amount_text(5, "h100e.month/(MW.month)"), "5 h100e.month/(MW.month)");
  EXPECT_EQ(amount_text(2, "stack/package"), "2 stack/package");
  EXPECT_EQ(amount_text(2, "USD"), "2 USD");
}

TEST(Wording, reliefs_name_thing_and_amount) {
  EXPECT_EQ(relief_text("growth", "crews", "10 MW"), "room for 10 MW more growth of crews");
  EXPECT_EQ(relief_text("budget", "Oracle", "USD 1 bn"), "USD 1 bn more for Oracle to spend");
  EXPECT_EQ(relief_text("stock_floor", "gallium", "3 t"), "3 t less reserve of gallium");
}

TEST(Wording, every_pattern_can_be_filled) {
  for (const plan::FamilyInfo& family : plan::families()) {
    EXPECT_NE(noun_text(family.name, "it").find("it"), std::string::npos) << family.name;
    EXPECT_NE(binds_text(family.name, "it").find("it"), std::string::npos) << family.name;
    EXPECT_NE(relief_text(family.name, "it", "1 MW").find("1 MW"), std::string::npos) << family.name;
  }
}

}  // namespace
}  // namespace pinchpoint::explain
