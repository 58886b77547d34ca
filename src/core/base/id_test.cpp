// SPDX-License-Identifier: Apache-2.0
#include "core/base/id.hpp"

#include <gtest/gtest.h>

#include <string>
#include <type_traits>
#include <unordered_set>

namespace pinchpoint {
namespace {

struct FruitTag;
struct StoneTag;
using FruitId = Id<FruitTag>;
using StoneId = Id<StoneTag>;

static_assert(!std::is_convertible_v<FruitId, StoneId>);
static_assert(!std::is_convertible_v<int, FruitId>);

TEST(Id, is_invalid_until_it_is_given_an_index) {
  EXPECT_FALSE(FruitId().is_valid());
  EXPECT_TRUE(FruitId(0).is_valid());
  EXPECT_LT(FruitId(1), FruitId(2));
}

TEST(Id, can_be_a_key) {
  const std::unordered_set<FruitId> fruits = {FruitId(1), FruitId(1), FruitId(2)};
  EXPECT_EQ(fruits.size(), 2U);
}

TEST(IdVector, gives_the_id_of_what_is_added) {
  IdVector<FruitTag, std::string> fruits;
  const FruitId apple = fruits.push_back("apple");
  const FruitId pear = fruits.push_back("pear");
  EXPECT_EQ(fruits[apple], "apple");
  EXPECT_EQ(fruits[pear], "pear");
  EXPECT_EQ(fruits.size(), 2U);
}

TEST(IdVector, refuses_an_id_beyond_its_end) {
  const IdVector<FruitTag, int> fruits(3);
  EXPECT_THROW(static_cast<void>(fruits[FruitId(3)]), std::out_of_range);
  EXPECT_THROW(static_cast<void>(fruits[FruitId()]), std::out_of_range);
}

TEST(IdVector, ids_run_through_all_in_order) {
  const IdVector<FruitTag, int> fruits(3);
  std::vector<int> seen;
  for (const FruitId fruit : ids(fruits)) seen.push_back(fruit.index());
  EXPECT_EQ(seen, (std::vector{0, 1, 2}));
}

TEST(IdRange, may_start_later) {
  std::vector<int> seen;
  for (const FruitId fruit : IdRange<FruitId>(FruitId(5), 2)) seen.push_back(fruit.index());
  EXPECT_EQ(seen, (std::vector{5, 6}));
}

}  // namespace
}  // namespace pinchpoint
