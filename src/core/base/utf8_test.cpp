// SPDX-License-Identifier: Apache-2.0
#include "core/base/utf8.hpp"

#include <gtest/gtest.h>

#include <string>

namespace pinchpoint {
namespace {

constexpr std::size_t none = std::string_view::npos;

TEST(Utf8, takes_well_formed_text_of_every_length) {
  for (const char* text : {"", "a", "plain ascii, long enough for blocks", "é", "€", "𝄞", "\xEF\xBB\xBF",
                           "\u007F\u0080", "\u07FF\u0800", "\uD7FF\uE000", "\uFFFF\U00010000", "\U0010FFFF"}) {
    EXPECT_EQ(first_bad_utf8(text), none) << text;
  }
}

TEST(Utf8, refuses_what_unicode_calls_ill_formed) {
  for (const char* bad : {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC3", "\xC3(", "\xE2\x82", "\xE0\x80\x80",
                          "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x80\x80\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80",
                          "\xF5\x80\x80\x80", "\xFE", "\xFF", "\xF0\x90\x80"}) {
    EXPECT_EQ(first_bad_utf8(bad), 0U);
    EXPECT_EQ(first_bad_utf8(std::string("12345678ab") + bad), 10U);
  }
}

TEST(Utf8, refuses_nul_in_any_place_of_a_block) {
  for (std::size_t place = 0; place < 16; ++place) {
    std::string text(16, 'a');
    text[place] = '\0';
    EXPECT_EQ(first_bad_utf8(text), place);
  }
}

TEST(Utf8, is_made_printable) {
  EXPECT_EQ(printable("plain\ttext\n\u00E9"), "plain\ttext\n\u00E9");
  EXPECT_EQ(printable("a\xFFz\x1B[31m\x7F"), "a\uFFFDz\uFFFD[31m\uFFFD");
  EXPECT_EQ(printable(std::string_view("\0x", 2)), "\uFFFDx");
}

}  // namespace
}  // namespace pinchpoint
