// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <fstream>

#include "delivery/importers/osemosys/foreign_model.hpp"
#include "delivery/importers/osemosys/read/readers.hpp"
#include "support/world_text.hpp"

namespace pinchpoint::importers::osemosys {
namespace {

namespace fs = std::filesystem;

constexpr const char* sets =
    "set REGION := A B; set TECHNOLOGY := 't one' \"t two\"; set YEAR := 2002, 2001; set TIMESLICE := l;\n"
    "set MODE_OF_OPERATION := 1 2; set FUEL := f g;\n";

class ReadMathprog : public testing::Test {
 protected:
  Diagnostics read(const std::string& text) {
    std::ofstream(folder_ / "data.txt", std::ios::binary) << text;
    raw_ = {};
    Diagnostics problems;
    read_mathprog(folder_ / "data.txt", raw_, problems);
    return problems;
  }
  /// requires: text without mistakes
  ForeignModel model(const std::string& text) {
    const Diagnostics problems = read(sets + text);
    EXPECT_TRUE(problems.empty()) << render_text(problems);
    Result<ForeignModel> found = resolve(raw_);
    EXPECT_TRUE(found) << render_text(found.error());
    return std::move(found).value();
  }

  const test_support::TemporaryFolder scratch_;
  const fs::path folder_ = scratch_.path();
  RawModel raw_;
};

TEST_F(ReadMathprog, takes_simple_data_with_a_default) {
  const ForeignModel found = model("param CapitalCost default 7 := A 't one' 2001 5, A 't one' 2002 -.5;");
  const Parameter& cost = found.parameter("CapitalCost");
  EXPECT_EQ(cost.at({0, 0, 0}), 5);
  EXPECT_EQ(cost.at({0, 0, 1}), -0.5);
  EXPECT_EQ(cost.at({1, 1, 1}), 7);
}

TEST_F(ReadMathprog, takes_tables_with_and_without_slices_and_transposed) {
  const ForeignModel found = model(
      "param YearSplit : 2001 2002 := l 0.25 0.75;\n"
      "param CapitalCost default 0 := [A,*,*] : 2001 2002 := 't one' 1 2 't two' 3 .\n"
      "[B,*,*] (tr) : 't one' 't two' := 2001 5 6 2002 7 8;");
  EXPECT_EQ(found.parameter("YearSplit").at({0, 1}), 0.75);
  const Parameter& cost = found.parameter("CapitalCost");
  EXPECT_EQ(cost.at({0, 0, 1}), 2);
  EXPECT_EQ(cost.at({0, 1, 0}), 3);
  EXPECT_EQ(cost.at({0, 1, 1}), 0) << "'.' is the default";
  EXPECT_EQ(cost.at({1, 0, 1}), 7);
  EXPECT_EQ(cost.at({1, 1, 0}), 6);
}

TEST_F(ReadMathprog, takes_open_indices_in_any_place_of_a_slice) {
  const ForeignModel found = model("param VariableCost default 0 := [*,'t one',2,*] A 2001 4 B 2002 5;");
  EXPECT_EQ(found.parameter("VariableCost").at({0, 0, 1, 0}), 4);
  EXPECT_EQ(found.parameter("VariableCost").at({1, 0, 1, 1}), 5);
}

TEST_F(ReadMathprog, takes_several_parameters_over_one_list_of_keys) {
  const ForeignModel found = model("param default 0.5 : REGION : DiscountRate DepreciationMethod := A 0.1 2 B . 1;");
  EXPECT_EQ(found.parameter("DiscountRate").at({0}), 0.1);
  EXPECT_EQ(found.parameter("DiscountRate").at({1}), 0.5);
  EXPECT_EQ(found.parameter("DepreciationMethod").at({0}), 2);
}

TEST_F(ReadMathprog, sorts_years_and_knows_numbers_however_they_are_written) {
  const ForeignModel found = model("param YearSplit := l 2.001e3 1 l +2002.0 3 ;");
  EXPECT_EQ(found.years, (std::vector<int>{2001, 2002}));
  EXPECT_EQ(found.parameter("YearSplit").at({0, 0}), 1);
  EXPECT_EQ(found.parameter("YearSplit").at({0, 1}), 3);
}

TEST_F(ReadMathprog, leaves_out_comments_the_model_text_and_what_follows_the_end) {
  const Diagnostics problems = read(
      "set YEAR; # set YEAR := 1;\nparam x{y in YEAR}, default 'a;b';\ndata; /* set YEAR := 1990;\n */\n"
      "data;\nset YEAR := 2000;\nend;\nset YEAR := 2010;");
  EXPECT_TRUE(problems.empty()) << render_text(problems);
  ASSERT_EQ(raw_.sets.at("YEAR").size(), 1U);
  EXPECT_EQ(raw_.sets.at("YEAR").front().text, "2000");
  EXPECT_EQ(raw_.sets.at("YEAR").front().place.line, 6);
}

TEST_F(ReadMathprog, goes_on_after_a_statement_that_it_cannot_read) {
  const Diagnostics problems = read("param CapitalCost := [A,*] 3;\nsolve;\nset YEAR := 2000;");
  ASSERT_EQ(problems.error_count(), 2U);
  EXPECT_EQ(problems.all()[0].where.line, 1);
  EXPECT_EQ(problems.all()[1].where.line, 2);
  EXPECT_EQ(raw_.sets.at("YEAR").size(), 1U);
}

TEST_F(ReadMathprog, says_where_the_text_breaks_off) {
  const Diagnostics problems = read("param CapitalCost := A 't one'");
  ASSERT_EQ(problems.error_count(), 1U);
  EXPECT_NE(problems.all().front().message.find("the text ends"), std::string::npos);
}

}  // namespace
}  // namespace pinchpoint::importers::osemosys
