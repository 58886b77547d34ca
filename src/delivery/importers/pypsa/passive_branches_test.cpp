// SPDX-License-Identifier: Apache-2.0
#include "delivery/importers/pypsa/passive_branches.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "delivery/importers/pypsa/mapping.hpp"
#include "support/world_text.hpp"

namespace pinchpoint::importers::pypsa {
namespace {

namespace fs = std::filesystem;

struct Read {
  Diagnostics diagnostics;
  std::vector<std::optional<double>> impedances;
};

Read impedances_of(const std::map<std::string, std::string>& files) {
  const test_support::TemporaryFolder scratch;
  for (const auto& [name, text] : files) std::ofstream(scratch.path() / name) << text;
  Read read;
  Complaints complaints(read.diagnostics);
  const Network network = read_network(scratch.path(), complaints);
  for (const PassiveBranch& branch : read_passive_branches(network, complaints)) {
    read.impedances.push_back(branch.impedance);
  }
  return read;
}

// A standard type has 0.246 ohm/km (380 kV): 100 km and two circuits are 12.3 ohm, over 380².
TEST(PassiveBranches, take_the_reactance_of_a_type_by_length_and_circuits) {
  const Read read = impedances_of(
      {{"buses.csv", "name,v_nom\na,380\nb,380\n"},
       {"lines.csv", "name,bus0,bus1,type,length,num_parallel\nab,a,b,Al/St 240/40 4-bundle 380.0,100,2\n"}});
  EXPECT_FALSE(read.diagnostics.has_errors());
  ASSERT_EQ(read.impedances.size(), 1U);
  EXPECT_NEAR(read.impedances[0].value(), 0.246 * 100 / 2 / (380.0 * 380.0), 1e-15);
}

TEST(PassiveBranches, take_the_resistance_where_the_first_bus_is_not_ac) {
  const Read read = impedances_of(
      {{"buses.csv", "name,v_nom,carrier\na,10,DC\nb,10,DC\n"}, {"lines.csv", "name,bus0,bus1,x,r\nab,a,b,0,5\n"}});
  ASSERT_EQ(read.impedances.size(), 1U);
  EXPECT_NEAR(read.impedances[0].value(), 0.05, 1e-15);
}

TEST(PassiveBranches, take_a_transformer_per_its_rating_and_tap) {
  const Read read = impedances_of({{"buses.csv", "name,v_nom\na,380\nb,110\n"},
                                   {"transformers.csv", "name,bus0,bus1,x,s_nom,tap_ratio\nab,a,b,0.1,200,1.05\n"}});
  ASSERT_EQ(read.impedances.size(), 1U);
  EXPECT_NEAR(read.impedances[0].value(), 0.1 / 200 * 1.05, 1e-15);
}

TEST(PassiveBranches, that_stand_in_no_loop_need_no_impedance) {
  const Read read = impedances_of({{"buses.csv", "name\na\nb\n"}, {"lines.csv", "name,bus0,bus1,x\nab,a,b,0\n"}});
  EXPECT_FALSE(read.diagnostics.has_errors());
  EXPECT_FALSE(read.impedances[0].has_value());
}

const std::string two_transformers = "name,bus0,bus1,x,s_nom,phase_shift\none,a,b,0.1,100,30\nother,a,b,0.1,100,";

TEST(PassiveBranches, may_shift_the_phase_if_the_shifts_cancel_around_each_loop) {
  const Read equal = impedances_of({{"buses.csv", "name\na\nb\n"}, {"transformers.csv", two_transformers + "30\n"}});
  EXPECT_FALSE(equal.diagnostics.has_errors());
  EXPECT_TRUE(equal.impedances[0].has_value());
  const Read unequal = impedances_of({{"buses.csv", "name\na\nb\n"}, {"transformers.csv", two_transformers + "0\n"}});
  ASSERT_TRUE(unequal.diagnostics.has_errors());
  EXPECT_EQ(unequal.diagnostics.all().front().code, Code::import_unsupported);
}

TEST(Annuity, spreads_an_overnight_cost_over_its_lifetime) {
  EXPECT_NEAR(annuity(0.07, 25), 0.07 / (1 - std::pow(1.07, -25)), 1e-15);
  EXPECT_DOUBLE_EQ(annuity(0, 20), 0.05);
  EXPECT_DOUBLE_EQ(annuity(0.05, infinity), 0.05);
}

TEST(ReadNumber, knows_what_pandas_writes) {
  EXPECT_EQ(read_number("1.5e3").value, 1500);
  EXPECT_EQ(read_number("inf").value, infinity);
  EXPECT_EQ(read_number("-inf").value, -infinity);
  EXPECT_TRUE(read_number("").is_empty);
  EXPECT_TRUE(read_number("nan").is_empty);
  EXPECT_FALSE(read_number("1OO").value.has_value());
}

}  // namespace
}  // namespace pinchpoint::importers::pypsa
