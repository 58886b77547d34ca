// SPDX-License-Identifier: Apache-2.0
#include "core/base/diagnostic.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

namespace pinchpoint {
namespace {

/// A folder of its own for one test, removed at its end.
class DiagnosticText : public testing::Test {
 protected:
  void SetUp() override {
    const auto* const test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::temp_directory_path() / fmt::format("pinchpoint_diagnostic_{}", test->name());
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  void write(const std::string& file, const std::string& text) const { std::ofstream(folder_ / file) << text; }
  [[nodiscard]] std::string render(const SourceSpan& where) const {
    Diagnostics diagnostics;
    diagnostics.add(Code::unknown_name, where, "region 'TWN' is not listed").fix = "did you mean 'TW'?";
    return render_text(diagnostics, folder_.string());
  }

 private:
  std::filesystem::path folder_;
};

TEST(DiagnosticCodes, each_code_is_used_once_and_explained) {
  std::set<std::string_view> codes;
  for (const CodeInfo& kind : all_codes()) {
    EXPECT_TRUE(codes.insert(kind.code).second) << kind.code;
    EXPECT_EQ(kind.code.size(), 7U) << kind.code;
    EXPECT_FALSE(kind.about.empty() || kind.fix.empty()) << kind.code;
  }
  EXPECT_EQ(info(Code::missing_value).code, "TAB-004");
}

TEST(Diagnostics, keeps_the_first_and_counts_the_rest) {
  Diagnostics diagnostics(2);
  for (int round = 0; round < 5; ++round) diagnostics.add(Code::bad_number, {"a.csv", 1, 1, 1}, "no number");
  EXPECT_EQ(diagnostics.all().size(), 2U);
  EXPECT_EQ(diagnostics.left_out(), 3U);
  EXPECT_EQ(diagnostics.error_count(), 5U);
  EXPECT_TRUE(render_text(diagnostics).ends_with("… and 3 more\n"));
}

TEST(Diagnostics, appending_keeps_counts) {
  Diagnostics first;
  first.add(Code::figure_without_source, {}, "a warning");
  EXPECT_FALSE(first.has_errors());
  Diagnostics second;
  second.add(Code::bad_number, {}, "an error");
  first.append(std::move(second));
  EXPECT_EQ(first.all().size(), 2U);
  EXPECT_EQ(first.error_count(), 1U);
}

TEST(Diagnostics, can_be_sorted_by_place) {
  Diagnostics diagnostics;
  diagnostics.add(Code::bad_number, {"b.csv", 1, 1, 1}, "last");
  diagnostics.add(Code::bad_number, {"a.csv", 10, 1, 1}, "third");
  diagnostics.add(Code::bad_number, {"a.csv", 2, 5, 1}, "second");
  diagnostics.add(Code::bad_number, {"a.csv", 2, 1, 1}, "first");
  diagnostics.sort_by_place();
  std::vector<std::string> messages;
  for (const Diagnostic& item : diagnostics.all()) messages.push_back(item.message);
  EXPECT_EQ(messages, (std::vector<std::string>{"first", "second", "third", "last"}));
}

TEST(Diagnostics, what_is_taken_leniently_is_a_warning) {
  Diagnostics diagnostics;
  diagnostics.add_lenient(Code::unknown_file, {"x.csv", 0, 0, 0}, "'x.csv' is no table");
  EXPECT_FALSE(diagnostics.has_errors());
  EXPECT_TRUE(render_text(diagnostics).starts_with("x.csv: warning[FIL-003]: 'x.csv' is no table\n"));
}

TEST_F(DiagnosticText, shows_the_line_with_carets) {
  write("facilities.csv", "id,region\nf18,TWN\r\n");
  EXPECT_EQ(render({"facilities.csv", 2, 5, 3}),
            "facilities.csv:2:5: error[TAB-010]: region 'TWN' is not listed\n"
            "    2 | f18,TWN\n"
            "      |     ^^^\n"
            "        fix: did you mean 'TW'?\n");
}

TEST_F(DiagnosticText, counts_characters_under_text_that_is_not_ascii) {
  write("a.csv", "Österreich,TWN\n");
  EXPECT_NE(render({"a.csv", 1, 13, 3}).find("    1 | Österreich,TWN\n      |            ^^^\n"), std::string::npos);
}

TEST_F(DiagnosticText, cuts_long_lines_around_the_place) {
  write("a.csv", fmt::format("{:x<300}TWN{:y<300}\n", "", ""));
  const std::string text = render({"a.csv", 1, 301, 3});
  EXPECT_NE(text.find("    1 | …x"), std::string::npos) << text;
  EXPECT_NE(text.find("xTWNy"), std::string::npos) << text;
  EXPECT_LT(text.size(), 400U);
}

TEST_F(DiagnosticText, does_without_the_line_where_there_is_none) {
  EXPECT_EQ(render({"missing.csv", 7, 0, 0}),
            "missing.csv:7: error[TAB-010]: region 'TWN' is not listed\n        fix: did you mean 'TW'?\n");
  write("short.csv", "a\n");
  EXPECT_EQ(render({"short.csv", 1, 9, 3}).find('|'), std::string::npos);
}

TEST_F(DiagnosticText, gives_expectation_usual_fix_and_notes) {
  Diagnostics diagnostics;
  Diagnostic& item = diagnostics.add(Code::duplicate_key, {"b.csv", 4, 1, 1}, "two rows have id 'a'");
  item.expected = "one row";
  item.notes.emplace_back(Note{SourceSpan{"b.csv", 2, 1, 1}, "the other one"});
  EXPECT_EQ(render_text(diagnostics),
            "b.csv:4:1: error[TAB-011]: two rows have id 'a'\n"
            "        expected: one row\n"
            "        fix: remove one; to change a row of a base folder use a patch\n"
            "b.csv:2:1: note: the other one\n");
}

TEST(ClosestName, forgives_case_and_a_few_letters) {
  const std::vector<std::string> names = {"capacity", "availability", "region"};
  EXPECT_EQ(closest_name("capcity", names), "capacity");
  EXPECT_EQ(closest_name("REGION", names), "region");
  EXPECT_EQ(closest_name("xyz", names), "");
  EXPECT_EQ(closest_name("", names), "");
  EXPECT_EQ(closest_name("US", {"TW", "id"}), "");
  EXPECT_EQ(closest_name("TX", {"TW"}), "TW");
  EXPECT_EQ(closest_name("capacity", {}), "");
  EXPECT_EQ(closest_name("H20", {"l20", "h200-sxm", "h20-96gb-pair", "h20-96gb"}), "h20-96gb");
}

}  // namespace
}  // namespace pinchpoint
