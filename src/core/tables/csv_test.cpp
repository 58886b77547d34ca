// SPDX-License-Identifier: Apache-2.0
#include "core/tables/csv.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace pinchpoint::tables {
namespace {

using Rows = std::vector<std::vector<std::string>>;

struct Reading {
  Rows rows;  ///< header first
  std::vector<std::string> complaints;
};

std::string value(std::string_view text, const CsvRow& row, const CsvField& field) {
  const std::string_view raw = raw_text(text, row, field);
  return field.has_doubled_quotes != 0 ? unescaped(raw) : std::string(raw);
}

Reading read(std::string_view text) {
  Diagnostics diagnostics;
  const Csv csv = read_csv(text, "a.csv", diagnostics);
  Reading reading;
  for (const Diagnostic& item : diagnostics.all()) {
    reading.complaints.push_back(
        fmt::format("{}:{}+{} {}", item.where.line, item.where.column, item.where.length, info(item.code).code));
  }
  if (csv.header.empty()) return reading;
  reading.rows.emplace_back();
  for (const CsvField& field : csv.header) reading.rows.back().push_back(value(text, csv.header_row, field));
  for (std::size_t row = 0; row < csv.rows.size(); ++row) {
    reading.rows.emplace_back();
    for (std::size_t column = 0; column < csv.header.size(); ++column) {
      reading.rows.back().push_back(value(text, csv.rows[row], csv.field(row, column)));
    }
  }
  return reading;
}

const Rows plain = {{"a", "b"}, {"1", "2"}, {"3", "4"}};

TEST(Csv, reads_either_line_end_with_or_without_the_last) {
  for (const char* text :
       {"a,b\n1,2\n3,4\n", "a,b\n1,2\n3,4", "a,b\r\n1,2\r\n3,4\r\n", "a,b\r\n1,2\r\n3,4", "a,b\r\n1,2\n3,4\r"}) {
    const Reading reading = read(text);
    EXPECT_EQ(reading.rows, plain) << text;
    EXPECT_TRUE(reading.complaints.empty()) << text;
  }
}

TEST(Csv, skips_a_byte_order_mark_and_blank_lines) {
  EXPECT_EQ(read("\xEF\xBB\xBF\n\r\na,b\n\n1,2\n\r\n3,4\n\n\n").rows, plain);
}

TEST(Csv, reads_quoted_fields) {
  const Reading reading = read("a,b\n\"x, y\",\"said \"\"no\"\"\"\n\"\",\"two\nlines\"\n");
  EXPECT_EQ(reading.rows, (Rows{{"a", "b"}, {"x, y", "said \"no\""}, {"", "two\nlines"}}));
  EXPECT_TRUE(reading.complaints.empty());
}

TEST(Csv, leaves_spaces_and_inner_quotes_as_they_are) {
  EXPECT_EQ(read("a,b\n 1 ,5\" disk\n").rows, (Rows{{"a", "b"}, {" 1 ", "5\" disk"}}));
}

TEST(Csv, fills_short_rows_with_empty_fields) {
  const Reading reading = read("a,b,c\n1\n1,\n1,2,3\n");
  EXPECT_EQ(reading.rows, (Rows{{"a", "b", "c"}, {"1", "", ""}, {"1", "", ""}, {"1", "2", "3"}}));
  EXPECT_TRUE(reading.complaints.empty());
}

TEST(Csv, complains_of_long_rows_once_and_goes_on) {
  const Reading reading = read("a,b\n1,2,33,4\n5,6\n");
  EXPECT_EQ(reading.rows, (Rows{{"a", "b"}, {"1", "2"}, {"5", "6"}}));
  EXPECT_EQ(reading.complaints, std::vector<std::string>{"2:5+2 CSV-002"});
}

TEST(Csv, complains_where_an_open_quote_begins) {
  const Reading reading = read("a,b\n1,\"2\n3,4\n");
  EXPECT_EQ(reading.rows, (Rows{{"a", "b"}}));
  EXPECT_EQ(reading.complaints, std::vector<std::string>{"2:3+1 CSV-001"});
}

TEST(Csv, complains_of_text_after_a_quote_and_goes_on) {
  const Reading reading = read("a,b\n\"1\"x ,2\n3,4\n");
  EXPECT_EQ(reading.rows, plain);
  EXPECT_EQ(reading.complaints, std::vector<std::string>{"2:4+2 CSV-005"});
}

TEST(Csv, complains_of_a_missing_header) {
  for (const char* text : {"", "\n\n", "\xEF\xBB\xBF", "\r\n"}) {
    EXPECT_EQ(read(text).complaints, std::vector<std::string>{"1:1+0 CSV-004"}) << text;
  }
}

TEST(Csv, complains_of_the_first_byte_that_is_not_utf8) {
  EXPECT_EQ(read("a,b\n1,\xE4hnlich\n\xFF,2\n").complaints, std::vector<std::string>{"2:3+1 CSV-003"});
  EXPECT_EQ(read("a,b\n1,\xE4hnlich\n").rows.size(), 2U);
  EXPECT_TRUE(read("a,b\nä,日本\n").complaints.empty());
}

TEST(Csv, reads_nothing_of_what_is_no_text) {
  const Reading reading = read(std::string_view("a,b\n1,\0\n", 8));
  EXPECT_TRUE(reading.rows.empty());
  EXPECT_EQ(reading.complaints, std::vector<std::string>{"2:3+1 CSV-003"});
}

TEST(Csv, knows_where_fields_stand_after_quoted_line_ends) {
  const std::string text = "a,b,c\n\"two\nlines\",22,\"x\ny\"\n";
  Diagnostics diagnostics;
  const Csv csv = read_csv(text, "a.csv", diagnostics);
  EXPECT_EQ(place_of(text, "a.csv", csv.rows[0], csv.field(0, 0)), (SourceSpan{"a.csv", 2, 2, 9}));
  EXPECT_EQ(place_of(text, "a.csv", csv.rows[0], csv.field(0, 1)), (SourceSpan{"a.csv", 3, 8, 2}));
  EXPECT_EQ(place_of(text, "a.csv", csv.rows[0], csv.field(0, 2)), (SourceSpan{"a.csv", 3, 12, 3}));
}

TEST(Csv, counts_lines_over_quoted_line_ends) {
  const Reading reading = read("a,b\n\"1\n\n\",2\n3,4,5\n");
  EXPECT_EQ(reading.complaints, std::vector<std::string>{"5:5+1 CSV-002"});
}

TEST(Csv, other_separators_are_one_error) {
  const Reading semicolons = read("a;b\n1,5;2\n3,25;4\n");
  EXPECT_EQ(semicolons.complaints, std::vector<std::string>{"1:2+1 CSV-002"});
  EXPECT_TRUE(semicolons.rows.empty());
  EXPECT_EQ(read("name\tb\n1\t2\n").complaints, std::vector<std::string>{"1:5+1 CSV-002"});
  EXPECT_TRUE(read("a\n1;2\n").complaints.empty()) << "text of a single column";
  EXPECT_TRUE(read("\"a;b\"\n1\n").complaints.empty()) << "quoted";
}

}  // namespace
}  // namespace pinchpoint::tables
