// SPDX-License-Identifier: Apache-2.0
#include "analysis/explain/number_text.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace pinchpoint::explain {
namespace {

TEST(NumberText, shows_four_digits_and_a_word_for_the_size) {
  EXPECT_EQ(number_text(0), "0");
  EXPECT_EQ(number_text(0.0123467), "0.01235");
  EXPECT_EQ(number_text(999.96), "1000");
  EXPECT_EQ(number_text(12'343), "12,340");
  EXPECT_EQ(number_text(123'456), "123,500");
  EXPECT_EQ(number_text(999'999), "1 M");
  EXPECT_EQ(number_text(-1.2345e9), "-1.234 bn");
  EXPECT_EQ(number_text(5e11), "500 bn");
  EXPECT_EQ(number_text(2.5e12), "2.5 trn");
  EXPECT_EQ(number_text(std::numeric_limits<double>::infinity()), "infinite");
}

TEST(NumberText, nearly_everything_is_not_everything) {
  EXPECT_EQ(share_text(1), "100.0 %");
  EXPECT_EQ(share_text(1 - 1e-13), "100.0 %");
  EXPECT_EQ(share_text(0.99999), "99.9 %");
  EXPECT_EQ(share_text(0.821), "82.1 %");
}

TEST(NumberText, exact_text_reads_back_and_has_no_negative_zero) {
  EXPECT_EQ(exact_text(-0.0), "0");
  EXPECT_EQ(exact_text(0.1), "0.1");
  EXPECT_EQ(std::stod(exact_text(1.0 / 3)), 1.0 / 3);
  EXPECT_EQ(exact_text(std::numeric_limits<double>::quiet_NaN()), "");
}

}  // namespace
}  // namespace pinchpoint::explain
