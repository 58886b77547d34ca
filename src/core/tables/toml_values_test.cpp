// SPDX-License-Identifier: Apache-2.0
#include "core/tables/toml_values.hpp"

#include <gtest/gtest.h>

namespace pinchpoint::tables {
namespace {

TEST(TomlValues, keys_are_dotted_and_tables_of_an_array_numbered) {
  const auto values =
      read_toml_values("a = \"x\"\n[m]\nn = 3\nf = true\nl = [\"p\", \"q\"]\n[[input]]\npath = \"b\"\n");
  ASSERT_TRUE(values);
  EXPECT_EQ(values->at("a"), std::vector<std::string>{"x"});
  EXPECT_EQ(values->at("m.n"), std::vector<std::string>{"3"});
  EXPECT_EQ(values->at("m.f"), std::vector<std::string>{"yes"});
  EXPECT_EQ(values->at("m.l"), (std::vector<std::string>{"p", "q"}));
  EXPECT_EQ(values->at("input.0.path"), std::vector<std::string>{"b"});
}

TEST(TomlValues, what_is_no_toml_has_no_values) { EXPECT_FALSE(read_toml_values("a = ")); }

}  // namespace
}  // namespace pinchpoint::tables
