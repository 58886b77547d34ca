// SPDX-License-Identifier: Apache-2.0
#include "core/tables/toml_tables.hpp"

#include <gtest/gtest.h>

namespace pinchpoint::tables {
namespace {

TEST(TomlTables, numbers_and_dates_stay_as_they_were_written) {
  const auto tables = read_toml_tables(
      "[line]\nvalue = 0.510  # exact\nday = 2026-06-12\nyes = true\nnames = ['a', \"b\"]\n", "x.toml");
  ASSERT_TRUE(tables);
  const TomlRow& row = tables->at("line").front();
  ASSERT_EQ(row.cells.size(), 4U);
  EXPECT_EQ(row.cells[0].text, "0.510");
  EXPECT_EQ(row.cells[1].text, "2026-06-12");
  EXPECT_EQ(row.cells[2].text, "yes");
  EXPECT_EQ(row.cells[3].text, "a;b");
}

TEST(TomlTables, every_key_and_value_has_its_place) {
  const auto tables = read_toml_tables("[[a]]\nx = 1\n[[a]]\n\n  x = 22\n", "x.toml");
  ASSERT_TRUE(tables);
  ASSERT_EQ(tables->at("a").size(), 2U);
  EXPECT_EQ(tables->at("a")[1].cells[0].key_where, (SourceSpan{"x.toml", 5, 3, 1}));
  EXPECT_EQ(tables->at("a")[1].cells[0].where, (SourceSpan{"x.toml", 5, 7, 2}));
}

TEST(TomlTables, columns_are_bytes_where_letters_are_longer) {
  const auto tables = read_toml_tables("[a]\nx = [\"é\", 2.50]\n", "x.toml");
  ASSERT_TRUE(tables);
  EXPECT_EQ(tables->at("a")[0].cells[0].text, "é;2.50");
}

TEST(TomlTables, what_is_no_table_is_refused_at_its_place) {
  const auto bare = read_toml_tables("x = 1\n[a]\ny = {z = 1}\n", "x.toml");
  ASSERT_FALSE(bare);
  ASSERT_EQ(bare.error().all().size(), 2U);
  EXPECT_EQ(info(bare.error().all()[0].code).code, "MOD-004");
  const auto broken = read_toml_tables("[a\n", "x.toml");
  ASSERT_FALSE(broken);
  EXPECT_EQ(info(broken.error().all()[0].code).code, "MOD-001");
}

TEST(TomlTables, a_separator_inside_an_element_is_refused) {
  EXPECT_FALSE(read_toml_tables("[a]\nx = ['b;c']\n", "x.toml"));
}

}  // namespace
}  // namespace pinchpoint::tables
