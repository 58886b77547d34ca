// SPDX-License-Identifier: Apache-2.0
#include "delivery/importers/osemosys/map/money_factors.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace pinchpoint::importers::osemosys {
namespace {

/// Two regions A and B, one technology, one storage, three years; parameters without a year are set by their values.
class Factors {
 public:
  Factors() {
    add_set("REGION", {"A", "B"});
    add_set("TECHNOLOGY", {"t"});
    add_set("TIMESLICE", {"l"});
    add_set("MODE_OF_OPERATION", {"1"});
    add_set("STORAGE", {"s"});
    add_set("YEAR", {"2000", "2001", "2002"});
  }
  Factors& set(const char* parameter, std::vector<std::string_view> keys, double value) {
    RawModel::Parameter& raw = raw_.parameters[parameter];
    raw.values.push_back({value, {-1, 1, 1, 1}});
    raw.keys.insert(raw.keys.end(), keys.begin(), keys.end());
    return *this;
  }
  [[nodiscard]] ForeignModel model() const { return resolve(raw_).value(); }

 private:
  void add_set(const char* name, const std::vector<const char*>& members) {
    for (const char* member : members) raw_.sets[name].push_back({member, {}});
  }
  RawModel raw_;
};

TEST(MoneyFactors, are_one_where_all_agree) {
  const ForeignModel model =
      Factors().set("OperationalLife", {"A", "t"}, 20).set("OperationalLifeStorage", {"A", "s"}, 20).model();
  const MoneyFactors money(model);
  EXPECT_EQ(money.capital(0, 0, 1), 1);
  EXPECT_EQ(money.storage_capital(0, 0, 1), 1);
  EXPECT_EQ(money.running(1, 2), 1);
}

// CapitalRecoveryFactor(10 %, 20) = (1 − 1/1.1) / (1 − 1.1^-20) = 0.1067814; PvAnnuity(5 %, 20) = 13.0853209.
TEST(MoneyFactors, spread_capital_over_life_at_a_rate_of_its_own) {
  const ForeignModel model =
      Factors().set("OperationalLife", {"A", "t"}, 20).set("DiscountRateIdv", {"A", "t"}, 0.1).model();
  EXPECT_NEAR(MoneyFactors(model).capital(0, 0, 0), 0.1067814 * 13.0853209, 1e-6);
}

// Half a year's payment is earlier money in the dearer region.
TEST(MoneyFactors, discount_running_costs_of_a_region_at_its_own_rate) {
  const ForeignModel model = Factors().set("DiscountRate", {"A"}, 0.05).set("DiscountRate", {"B"}, 0.1).model();
  EXPECT_NEAR(MoneyFactors(model).running(1, 2), std::pow(1.05 / 1.1, 2.5), 1e-12);
  EXPECT_EQ(MoneyFactors(model).running(0, 2), 1);
}

// Bought in the second of three years with six years of life: 4/6 are left; the plan counts a sinking fund at 5 %.
TEST(MoneyFactors, turn_straight_lines_into_the_plans_own_salvage) {
  const ForeignModel model =
      Factors().set("OperationalLife", {"B", "t"}, 6).set("DepreciationMethod", {"B"}, 2).model();
  const double g = 1.05;
  const double straight = 1 - 4.0 / 6 / (g * g);
  const double sinking = 1 - (1 - (g * g - 1) / (std::pow(g, 6) - 1)) / (g * g);
  EXPECT_NEAR(MoneyFactors(model).capital(1, 0, 1), straight / sinking, 1e-12);
}

// 2.5 years of life: there for three years, and nothing is left of it after them.
TEST(MoneyFactors, count_part_of_a_year_of_life_as_a_year_of_use) {
  const ForeignModel model = Factors().set("OperationalLife", {"A", "t"}, 2.5).model();
  EXPECT_NEAR(MoneyFactors(model).capital(0, 0, 0), 1, 1e-12);
  const double g = 1.05;
  const double left = 1 - (g - 1) / (std::pow(g, 2.5) - 1);
  const double left_of_three = 1 - (g - 1) / (std::pow(g, 3) - 1);
  EXPECT_NEAR(MoneyFactors(model).capital(0, 0, 2), (1 - left / g) / (1 - left_of_three / g), 1e-12);
}

}  // namespace
}  // namespace pinchpoint::importers::osemosys
