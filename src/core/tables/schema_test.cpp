// SPDX-License-Identifier: Apache-2.0
#include "core/tables/schema.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace pinchpoint::tables {
namespace {

std::string file_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(Schemas, are_the_files_of_data_schema_to_the_byte) {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(PINCHPOINT_SOURCE_DIR "/data/schema")) {
    if (entry.is_directory()) continue;  // tables of rules, which are no part of a model folder
    const std::string table = entry.path().stem().string();
    EXPECT_EQ(schema_text(table), file_text(entry.path())) << table;
    EXPECT_EQ(find_schema(table) != nullptr, table != "provenance") << table;
    ++files;
  }
  EXPECT_EQ(schemas().size() + 1, files);
  EXPECT_EQ(schema_text("no-table"), "");
}

TEST(Schemas, come_after_those_they_refer_to) {
  std::set<std::string_view> seen;
  for (const TableSchema& schema : schemas()) {
    for (const ColumnSchema& column : schema.columns) {
      for (const std::string_view table : column.refers_to) {
        EXPECT_TRUE(seen.contains(table) || table == schema.name) << schema.name << " before " << table;
      }
    }
    seen.insert(schema.name);
  }
}

TEST(Schemas, carry_provenance_where_they_have_a_figure) {
  for (const TableSchema& schema : schemas()) {
    EXPECT_EQ(schema.find_column("confidence") >= 0, !schema.figure.empty()) << schema.name;
  }
}

TEST(Schemas, keep_what_the_file_says) {
  const TableSchema* const regions = find_schema("regions");
  ASSERT_NE(regions, nullptr);
  const ColumnSchema& latitude = regions->columns[static_cast<std::size_t>(regions->find_column("latitude"))];
  EXPECT_EQ(latitude.type, ColumnType::number);
  EXPECT_EQ(latitude.range.minimum, -90);
  EXPECT_EQ(latitude.range.maximum, 90);
  EXPECT_FALSE(latitude.required);
  const ParameterSchema* const lifetime = find_schema("technology_parameters")->find_parameter("lifetime");
  ASSERT_NE(lifetime, nullptr);
  EXPECT_EQ(lifetime->default_text, "30 years");
  EXPECT_EQ(lifetime->range.minimum_exclusive, 0);
  EXPECT_EQ(find_schema("technology_parameters")->find_parameter("nothing"), nullptr);
}

TEST(Schemas, name_column_types) {
  EXPECT_STREQ(to_string(ColumnType::id), "id");
  EXPECT_STREQ(to_string(ColumnType::unit), "unit");
}

}  // namespace
}  // namespace pinchpoint::tables
