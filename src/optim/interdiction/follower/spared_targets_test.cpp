// SPDX-License-Identifier: Apache-2.0
#include "optim/interdiction/follower/spared_targets.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/random.hpp"
#include "optim/interdiction/follower/plan_check.hpp"
#include "optim/model/testing/dense_model.hpp"

namespace pinchpoint::optim {
namespace {

/// Two makers with a ready and a made column each, made ≤ ready, and 10 asked of both together.
struct Makers {
  Model model = make_dense("makers", {{-infinity, {-1, 1, 0, 0}, 0}, {-infinity, {0, 0, -1, 1}, 0}, {10, {0, 1, 0, 1}}},
                           {{0, 0, 12}, {1, 0, 12}, {0, 0, 12}, {2, 0, 12}});
  std::vector<Target> targets{{0, {{{0, 0, 0}}, {}}}, {1, {{{2, 0, 0}}, {}}}};

  std::vector<std::uint8_t> used_after(std::vector<double>& value, const Patch& lost = {}) const {
    std::vector<double> activity = check_plan(model, lost, value).activity;
    spare_targets(model, targets, lost, value, activity);
    EXPECT_EQ(activity, check_plan(model, lost, value).activity);
    return used_targets(targets, value, activity);
  }
};

TEST(SpareTargets, capacity_that_stands_idle_is_no_use) {
  std::vector<double> value{12, 10, 12, 0};
  EXPECT_EQ(Makers{}.used_after(value), (std::vector<std::uint8_t>{1, 0}));
  EXPECT_EQ(value, (std::vector<double>{12, 10, 0, 0}));
}

TEST(SpareTargets, what_costs_more_without_is_used) {
  Makers makers;
  makers.model.cost[2] = -0.1;
  std::vector<double> value{12, 10, 12, 0};
  EXPECT_EQ(makers.used_after(value), (std::vector<std::uint8_t>{1, 1}));
  EXPECT_EQ(value, (std::vector<double>{12, 10, 12, 0}));
}

TEST(SpareTargets, a_target_is_spared_whole_or_not_at_all) {
  Makers makers;
  makers.targets = {{0, {{{0, 0, 0}, {2, 0, 0}}, {}}}, {1, {{{2, 0, 0}, {0, 0, 0}}, {}}}};
  std::vector<double> value{12, 10, 12, 0};
  EXPECT_EQ(makers.used_after(value), (std::vector<std::uint8_t>{1, 1}));
  EXPECT_EQ(value, (std::vector<double>{12, 10, 12, 0}));
}

TEST(SpareTargets, what_is_lost_keeps_its_bounds_and_sides) {
  std::vector<double> value{12, 10, 12, 0};
  const Patch lost{{{2, 3, 12}}, {}};
  EXPECT_EQ(Makers{}.used_after(value, lost), (std::vector<std::uint8_t>{1, 1}));
  const Patch asked{{}, {{1, -infinity, -1}}};
  EXPECT_EQ(Makers{}.used_after(value, asked), (std::vector<std::uint8_t>{1, 1}));
  EXPECT_EQ(value, (std::vector<double>{12, 10, 12, 0}));
}

/// A point stays one, gets no dearer, and uses no target that it did not.
TEST(SpareTargets, random_points_stay_points) {
  Random random(5);
  const auto draw = [&] { return std::floor(5 * random.draw()) - 2; };
  int spared = 0;
  for (int round = 0; round < 300; ++round) {
    std::vector<double> value(5);
    std::generate(value.begin(), value.end(), [&] { return 4 * random.draw(); });
    std::vector<DenseColumn> columns;
    for (int at = 0; at < 5; ++at) columns.push_back({draw(), 0, 4});
    std::vector<DenseRow> rows(4);
    for (DenseRow& row : rows) {
      for (int at = 0; at < 5; ++at) row.factors.push_back(random.draw() < 0.5 ? 0 : draw());
      const double sum = std::inner_product(value.begin(), value.end(), row.factors.begin(), 0.0);
      row.lower = sum - 3 * random.draw();
      row.upper = sum + 3 * random.draw();
    }
    const Model model = make_dense("random", rows, columns);
    std::vector<Target> targets;
    for (std::int32_t at = 0; at < 5; ++at) targets.push_back({at, {{{at, 0, 0.5}, {(at + 1) % 5, 0, 3}}, {}}});
    const PlanCheck before = check_plan(model, {}, value);
    const auto used_before = used_targets(targets, value, before.activity);
    std::vector<double> activity = before.activity;
    spare_targets(model, targets, {}, value, activity);
    const PlanCheck after = check_plan(model, {}, value);
    EXPECT_LE(after.violation, 1e-12);
    EXPECT_LE(after.value, before.value + 1e-12);
    const auto used_after = used_targets(targets, value, after.activity);
    for (std::size_t at = 0; at < 5; ++at) {
      EXPECT_LE(used_after[at], used_before[at]);
      spared += used_before[at] - used_after[at];
    }
  }
  EXPECT_GT(spared, 100);
}

}  // namespace
}  // namespace pinchpoint::optim
