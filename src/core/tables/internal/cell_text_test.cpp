// SPDX-License-Identifier: Apache-2.0
#include "core/tables/internal/cell_text.hpp"

#include <gtest/gtest.h>

namespace pinchpoint::tables::internal {
namespace {

using Parts = std::vector<std::string_view>;

TEST(CellText, numbers_are_finite_decimals_and_nothing_else) {
  EXPECT_EQ(parse_number("1250"), 1250);
  EXPECT_EQ(parse_number("-1.25e3"), -1250);
  EXPECT_EQ(parse_number("0"), 0);
  for (const char* text : {"",    " ",    "1 ",       " 1",    "1,250", "1_000", "0x10", "+5", "nan", "NaN",
                           "inf", "-inf", "infinity", "1e999", "1e",    "--1",   "12x",  "½",  "1/2", "5%"}) {
    EXPECT_FALSE(parse_number(text)) << text;
  }
}

TEST(CellText, integers_have_no_point_and_are_exact) {
  EXPECT_EQ(parse_integer("2025"), 2025);
  EXPECT_EQ(parse_integer("-3"), -3);
  for (const char* text : {"", "2025.0", "1e3", "9007199254740993", "3-", "2025a"}) {
    EXPECT_FALSE(parse_integer(text)) << text;
  }
}

TEST(CellText, booleans_are_yes_and_no) {
  EXPECT_EQ(parse_boolean("yes"), true);
  EXPECT_EQ(parse_boolean("no"), false);
  for (const char* text : {"", "Yes", "true", "1", "0", "no "}) EXPECT_FALSE(parse_boolean(text)) << text;
}

TEST(CellText, ids_have_few_characters) {
  for (const char* text : {"TW", "US-TX", "hbm3e", "a_b.c/d+e", "7"}) EXPECT_TRUE(is_id(text)) << text;
  for (const char* text : {"", " TW", "a b", "a;b", "a,b", "é", "a*", "a=b", "a|b"}) EXPECT_FALSE(is_id(text)) << text;
}

TEST(CellText, lists_are_split_at_semicolons) {
  EXPECT_EQ(split_list("a; b ;c"), (Parts{"a", "b", "c"}));
  EXPECT_EQ(split_list("a"), (Parts{"a"}));
  EXPECT_EQ(split_list(""), Parts{});
  EXPECT_EQ(split_list("a;"), (Parts{"a", ""}));
  EXPECT_EQ(split_list(";"), (Parts{"", ""}));
}

}  // namespace
}  // namespace pinchpoint::tables::internal
