// SPDX-License-Identifier: Apache-2.0
#include "core/base/result.hpp"

#include <gtest/gtest.h>

#include <string>

namespace pinchpoint {
namespace {

TEST(Result, holds_a_value) {
  Result<std::string> result = std::string("plan");
  ASSERT_TRUE(result);
  EXPECT_EQ(result->size(), 4U);
  EXPECT_THROW(static_cast<void>(result.error()), InternalError);
  EXPECT_EQ(std::move(result).value(), "plan");
}

TEST(Result, holds_complaints) {
  Diagnostics errors;
  errors.add(Code::bad_number, {}, "no number");
  const Result<int> result = errors;
  EXPECT_FALSE(result.has_value());
  EXPECT_EQ(result.error().error_count(), 1U);
  EXPECT_THROW(static_cast<void>(result.value()), InternalError);
}

TEST(Result, cannot_fail_without_an_error) {
  Diagnostics warnings;
  warnings.add(Code::figure_without_source, {}, "a warning");
  EXPECT_THROW(static_cast<void>(Result<int>(warnings)), InternalError);
}

TEST(Ensure, says_what_and_where) {
  try {
    ensure(false, "the sky is above");
    FAIL();
  } catch (const InternalError& error) {
    const std::string text = error.what();
    EXPECT_NE(text.find("result_test.cpp"), std::string::npos);
    EXPECT_NE(text.find("the sky is above"), std::string::npos);
  }
}

}  // namespace
}  // namespace pinchpoint
