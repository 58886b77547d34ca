// SPDX-License-Identifier: Apache-2.0
#include "optim/ensemble/start_pool.hpp"

#include <gtest/gtest.h>

#include "optim/solve/solver.hpp"

namespace pinchpoint::optim {
namespace {

/// 10 of a good from makers of 6 each, at rising cost, and short at 100.
Model makers() {
  ModelBuilder builder;
  const RowId good = builder.add_row({}, 10, infinity);
  for (int maker = 0; maker < 4; ++maker) builder.add_entry(good, builder.add_column({}, 1.0 + maker, 0, 6), 1);
  builder.add_entry(good, builder.add_column({}, 100, 0, infinity), 1);
  return builder.build("makers", nullptr);
}

Patch limit(std::int32_t maker, double upper) { return {{{maker, 0, upper}}, {}}; }

ResidentSimplex::End nearest(const StartPool& pool, const std::vector<Change>& changes) {
  return pool.nearest(changes, std::vector<double>(pool.size(), 0));
}

class StartPoolTest : public testing::Test {
 protected:
  StartPoolTest() {
    for (std::int32_t maker = 0; maker < 4; ++maker) patches_.push_back(limit(maker, 0));
  }
  ResidentSimplex::End end_of(const Patch& patch) {
    EXPECT_EQ(simplex_.solve(patch), ResidentSimplex::Outcome::optimal);
    return simplex_.end();
  }
  [[nodiscard]] std::vector<Change> changes(const Patch& patch) const { return touched().changes(patch); }
  [[nodiscard]] const Touched& touched() const {
    if (!touched_) touched_.emplace(model_, patches_);
    return *touched_;
  }

  Model model_ = makers();
  std::vector<Patch> patches_;
  Solution base_ = solve(model_, {.method = Method::simplex, .threads = 1});
  ResidentSimplex simplex_{model_, base_.basis()};
  mutable std::optional<Touched> touched_;
};

TEST_F(StartPoolTest, the_nearest_is_that_of_least_change_of_bounds) {
  StartPool pool(touched(), 8, std::size_t{1} << 20);
  EXPECT_EQ(nearest(pool, changes(limit(0, 1))), nullptr) << "the model's own start";
  const auto first = end_of(limit(0, 0));
  const auto second = end_of(limit(1, 0));
  pool.add(changes(limit(0, 0)), first);
  pool.add(changes(limit(1, 0)), second);
  EXPECT_EQ(nearest(pool, changes(limit(0, 1))), first);
  EXPECT_EQ(nearest(pool, changes(limit(1, 1))), second);
  EXPECT_EQ(nearest(pool, changes(limit(0, 5))), nullptr) << "a sixth lost is nearer to none lost";
  EXPECT_EQ(nearest(pool, changes(limit(3, 0))), nullptr);
}

TEST_F(StartPoolTest, a_handicap_counts_as_distance) {
  StartPool pool(touched(), 8, std::size_t{1} << 20);
  const auto first = end_of(limit(0, 0));
  const auto second = end_of(limit(1, 0));
  pool.add(changes(limit(0, 0)), first);
  pool.add(changes(limit(1, 0)), second);
  const std::vector<Change> wanted =
      changes(limit(0, 1));  // 1/6 from the first, 11/6 from the second, 5/6 from the start
  EXPECT_EQ(pool.nearest(wanted, std::vector<double>{2, 0, 0}), first);
  EXPECT_EQ(pool.nearest(wanted, std::vector<double>{2, 2, 0}), second);
  EXPECT_EQ(pool.nearest(wanted, std::vector<double>{0, infinity, infinity}), nullptr) << "the model's own start";
  EXPECT_EQ(pool.nearest(wanted, std::vector<double>{2}), nullptr) << "the first only";
}

TEST_F(StartPoolTest, ends_beyond_the_memory_given_are_not_kept) {
  const auto end = end_of(limit(0, 0));
  StartPool pool(touched(), 8, ResidentSimplex::bytes(end));
  pool.add(changes(limit(0, 0)), end);
  pool.add(changes(limit(1, 0)), end);
  EXPECT_EQ(nearest(pool, changes(limit(0, 0))), end);
  EXPECT_EQ(nearest(pool, changes(limit(1, 0))), nullptr);
}

TEST_F(StartPoolTest, is_full_at_its_capacity) {
  StartPool pool(touched(), 2, std::size_t{1} << 20);
  pool.add(changes(limit(0, 0)), nullptr);
  EXPECT_EQ(pool.size(), pool.capacity());
  pool.add(changes(limit(1, 0)), end_of(limit(1, 0)));
  EXPECT_EQ(nearest(pool, changes(limit(1, 0))), nullptr);
}

}  // namespace
}  // namespace pinchpoint::optim
