// SPDX-License-Identifier: Apache-2.0
#include "domain/rules/language/exact.hpp"

#include <gtest/gtest.h>

namespace pinchpoint::rules {
namespace {

Exact exact(std::string_view text) { return parse_exact(text).value(); }

TEST(Exact, compares_decimals_as_they_are_written) {
  EXPECT_LT(exact("3.196"), exact("3.2"));
  EXPECT_EQ(exact("3.20"), exact("3.2"));
  EXPECT_LT(exact("5.919999999999"), exact("5.92"));
  EXPECT_GT(exact("1e26"), exact("99999999999999999999999999"));
  EXPECT_LT(exact("-2"), exact("-1.9"));
}

TEST(Exact, keeps_a_quotient_exactly) {
  // 4800 / 5.92 = 810.810810…: at 810.81 mm² the density is above 5.92, at 810.82 below.
  EXPECT_GE(*Exact::quotient(exact("4800"), exact("810.81")), exact("5.92"));
  EXPECT_LT(*Exact::quotient(exact("4800"), exact("810.82")), exact("5.92"));
  EXPECT_EQ(*Exact::quotient(exact("592"), exact("100")), exact("5.92"));
  EXPECT_FALSE(Exact::quotient(exact("1"), exact("0")));
}

TEST(Exact, compares_numbers_whose_products_need_256_bits) {
  const Exact third = *Exact::quotient(exact("1e26"), exact("300000000000000000000000001"));
  const Exact other = *Exact::quotient(exact("1e26"), exact("300000000000000000000000002"));
  EXPECT_GT(third, other);
  EXPECT_LT(*Exact::product(third, exact("-1")), *Exact::product(other, exact("-1")));
}

TEST(Exact, refuses_what_is_no_plain_decimal) {
  for (const char* text : {"", "-", ".", "1.", ".5", "1,000", "0x10", "inf", "nan", "1e", "1e999", "1 ", "+1", "1..2",
                           "1234567890123456789012345678", "0.1234567890123"}) {
    EXPECT_FALSE(parse_exact(text)) << text;
  }
}

TEST(Exact, is_shown_in_full_or_cut_off_with_a_mark) {
  EXPECT_EQ(exact("2368.50").text(), "2368.5");
  EXPECT_EQ(exact("-0.001").text(), "-0.001");
  EXPECT_EQ(Exact::quotient(exact("2368"), exact("814"))->text(4), "2.9090…");
  EXPECT_EQ(exact("1e26").text(), "100000000000000000000000000");
}

TEST(Exact, has_no_sum_that_does_not_fit) {
  EXPECT_EQ(*Exact::sum(exact("1028"), exact("671.5")), exact("1699.5"));
  EXPECT_FALSE(Exact::product(exact("1e26"), exact("1e26")));
}

}  // namespace
}  // namespace pinchpoint::rules
