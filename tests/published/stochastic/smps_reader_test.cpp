// SPDX-License-Identifier: Apache-2.0
#include "support/smps/smps_reader.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "optim/stochastic/program_values.hpp"

namespace pinchpoint::test_support {
namespace {

namespace fs = std::filesystem;

/// A column bought now at 1, and one later at 2, of which together as much is needed as falls out.
constexpr const char* core =
    "NAME tiny\nROWS\n N cost\n L room\n G need\n N idle\nCOLUMNS\n x cost 1 room 1\n x need 1\n y cost 2 need 1\n"
    " y idle 7\nRHS\n RHS room 9 need 4\nBOUNDS\n UP bnd y 8\nENDATA\n";
constexpr const char* time = "TIME tiny\nPERIODS IMPLICIT\n x room now\n y need later\nENDATA\n";

class SmpsReader : public ::testing::Test {
 protected:
  Result<SmpsProgram> read(const std::string& stoch, const std::string& time_text = time,
                           const std::string& core_text = core,
                           Probabilities probabilities = Probabilities::divided_by_sum) {
    const fs::path folder = fs::path(::testing::TempDir()) / "smps_reader" /
                            ::testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::create_directories(folder);
    const auto write = [&](const char* name, const std::string& text) { std::ofstream(folder / name) << text; };
    write("tiny.cor", core_text);
    write("tiny.tim", time_text);
    write("tiny.sto", stoch);
    return read_smps((folder / "tiny").string(), probabilities);
  }

  double optimum(const std::string& stoch, const std::string& time_text = time, const std::string& core_text = core) {
    const Result<SmpsProgram> smps = read(stoch, time_text, core_text);
    EXPECT_TRUE(smps.has_value()) << (smps.has_value() ? "" : smps.error().all().front().message);
    if (!smps.has_value()) return 0;
    const optim::ProvedOptimum proved = optim::prove_optimum(optim::extensive_form(smps.value().program));
    EXPECT_TRUE(proved.is_certified);
    return proved.optimum.upper;
  }

  std::string complaint(const std::string& stoch, const std::string& time_text = time,
                        const std::string& core_text = core) {
    const Result<SmpsProgram> smps = read(stoch, time_text, core_text);
    return smps.has_value() ? "" : smps.error().all().front().message;
  }
};

// Needs of 2 or 6, each half: 2 at once, and the second unit bought now saves 2 in half of the cases: any mix, 2 + 4.
TEST_F(SmpsReader, reads_independent_sides_costs_bounds_and_entries) {
  EXPECT_NEAR(optimum("STOCH tiny\nINDEP DISCRETE\n RHS need 2 later 0.5\n RHS need 6 0.5\nENDATA\n"), 2 + 4, 1e-9);
  EXPECT_NEAR(optimum("STOCH tiny\nINDEP\n y cost 0.5 later 0.5\n y cost 1 later 0.5\nENDATA\n"), 0.75 * 4, 1e-9);
  EXPECT_NEAR(optimum("STOCH tiny\nINDEP\n UP bnd y 0 later 0.5\n UP bnd y 9 later 0.5\nENDATA\n"), 4, 1e-9);
  EXPECT_NEAR(optimum("STOCH tiny\nINDEP\n y need 4 0.5\n y need 8 0.5\nENDATA\n"), 0.5 * 2 + 0.5 * 1, 1e-9);
  EXPECT_NEAR(optimum("STOCH tiny\nINDEP\n y idle 3 0.5\n y idle 5 0.5\nENDATA\n"), 4, 1e-9) << "not the objective";
}

TEST_F(SmpsReader, adds_to_and_multiplies_the_core) {
  const double plain = optimum("STOCH tiny\nINDEP\n RHS need 2 0.5\n RHS need 6 0.5\nENDATA\n");
  EXPECT_NEAR(optimum("STOCH tiny\nINDEP DISCRETE ADD\n RHS need -2 0.5\n RHS need 2 0.5\nENDATA\n"), plain, 1e-9);
  EXPECT_NEAR(optimum("STOCH tiny\nINDEP DISCRETE MULTIPLY\n RHS need 0.5 0.5\n RHS need 1.5 0.5\nENDATA\n"), plain,
              1e-9);
}

TEST_F(SmpsReader, a_later_realisation_of_a_block_inherits_from_the_first) {
  const std::string whole =
      "STOCH tiny\nBLOCKS DISCRETE\n BL a later 0.5\n RHS need 6\n y cost 3\n BL a later 0.5\n RHS need 2\n y cost 3\n";
  const std::string short_form =
      "STOCH tiny\nBLOCKS DISCRETE\n BL a later 0.5\n RHS need 6\n y cost 3\n BL a later 0.5\n RHS need 2\n";
  EXPECT_NEAR(optimum(whole + "ENDATA\n"), optimum(short_form + "ENDATA\n"), 1e-9);
}

TEST_F(SmpsReader, a_scenario_inherits_from_its_parent_and_the_core) {
  EXPECT_NEAR(optimum("STOCH tiny\nSCENARIOS DISCRETE\n SC a ROOT 0.5 later\n RHS need 6\n y cost 3\n"
                      " SC b a 0.5 later\n RHS need 2\nENDATA\n"),
              optimum("STOCH tiny\nSCENARIOS DISCRETE\n SC a 'ROOT' 0.5 later\n RHS need 6\n y cost 3\n"
                      " SC b ROOT 0.5 later\n RHS need 2\n y cost 3\nENDATA\n"),
              1e-9);
}

TEST_F(SmpsReader, explicit_periods_are_the_same_as_implicit_ones) {
  const std::string stoch = "STOCH tiny\nINDEP\n RHS need 2 later 0.5\n RHS need 6 later 0.5\nENDATA\n";
  const std::string named =
      "TIME tiny\nPERIODS EXPLICIT\n now\n later\nROWS\n room now\n need later\nCOLUMNS\n x now\n y later\nENDATA\n";
  EXPECT_NEAR(optimum(stoch), optimum(stoch, named), 1e-9);
  EXPECT_NEAR(optimum(stoch), optimum(stoch, "TIME tiny\nPERIODS\n x cost now\n y need later\nENDATA\n"), 1e-9);
}

TEST_F(SmpsReader, whole_columns_between_markers_are_whole_in_every_scenario) {
  const std::string whole =
      "NAME tiny\nROWS\n N cost\n L room\n G need\nCOLUMNS\n M1 'MARKER' 'INTORG'\n x cost 1 room 1\n x need 1\n"
      " M2 'MARKER' 'INTEND'\n y cost 2 need 1\nRHS\n RHS room 9 need 4\nBOUNDS\n UP bnd y 8\nENDATA\n";
  const Result<SmpsProgram> smps =
      read("STOCH tiny\nINDEP\n RHS need 2.5 0.5\n RHS need 6.5 0.5\nENDATA\n", time, whole);
  ASSERT_TRUE(smps.has_value());
  const optim::ProvedOptimum proved = optim::prove_optimum(optim::extensive_form(smps.value().program));
  EXPECT_NEAR(proved.optimum.upper, 3 + 0.5 * 7, 1e-6);
}

TEST_F(SmpsReader, a_ranged_row_moves_with_its_side) {
  const std::string ranged = std::string(core).substr(0, std::string(core).find("BOUNDS")) +
                             "RANGES\n rng need 1\nBOUNDS\n UP bnd y 8\nENDATA\n";
  const Result<SmpsProgram> smps = read("STOCH tiny\nINDEP\n RHS need 2 0.5\n RHS need 6 0.5\nENDATA\n", time, ranged);
  ASSERT_TRUE(smps.has_value());
  const optim::Model model = optim::changed(smps.value().program.core, smps.value().program.nodes[2].changes);
  EXPECT_EQ(model.row_lower[1], 6);
  EXPECT_EQ(model.row_upper[1], 7);
}

TEST_F(SmpsReader, says_when_probabilities_do_not_add_up_and_divides_by_their_sum) {
  const Result<SmpsProgram> smps = read("STOCH tiny\nINDEP\n RHS need 2 0.4\n RHS need 6 0.4\nENDATA\n");
  ASSERT_TRUE(smps.has_value());
  ASSERT_EQ(smps.value().notes.size(), 1U);
  EXPECT_NE(smps.value().notes.front().find("add up to 0.8"), std::string::npos) << smps.value().notes.front();
  EXPECT_NEAR(smps.value().program.nodes[1].probability, 0.5, 1e-12);
}

TEST_F(SmpsReader, probabilities_can_be_kept_as_they_are_written) {
  const std::string stoch = "STOCH tiny\nINDEP\n RHS need 2 0.4\n RHS need 6 0.4\nENDATA\n";
  const Result<SmpsProgram> smps = read(stoch, time, core, Probabilities::as_written);
  ASSERT_TRUE(smps.has_value());
  EXPECT_EQ(smps.value().program.nodes[1].probability, 0.4);
  EXPECT_NE(smps.value().notes.front().find("they are left so"), std::string::npos);
}

/// Of a third column at 3, as much is needed in a third period as falls out.
constexpr const char* core_of_three =
    "NAME three\nROWS\n N cost\n G first\n G need\n G last\nCOLUMNS\n x cost 1 first 1\n x need 1\n y cost 2 need 1\n"
    " y last 1\n z cost 3 last 1\nRHS\n RHS need 4 last 4\nENDATA\n";
constexpr const char* time_of_three = "TIME three\nPERIODS\n x first a\n y need b\n z last c\nENDATA\n";

// Need of 0 or 8 in the last period: known before y, y = z's need if it is 8 (2 each), else nothing; known after it, y
// = 8 costs 16 and z of 8 costs 24 in half of the cases.
TEST_F(SmpsReader, what_is_known_early_holds_until_the_period_of_its_row) {
  const std::string early = "STOCH three\nINDEP\n RHS last 0 b 0.5\n RHS last 8 b 0.5\n RHS need 0 b 1\nENDATA\n";
  const std::string late = "STOCH three\nINDEP\n RHS last 0 c 0.5\n RHS last 8 c 0.5\n RHS need 0 b 1\nENDATA\n";
  const std::string block = "STOCH three\nBLOCKS\n BL k b 0.5\n RHS last 0 need 0\n BL k b 0.5\n RHS last 8\nENDATA\n";
  EXPECT_NEAR(optimum(early, time_of_three, core_of_three), 8, 1e-9);
  EXPECT_NEAR(optimum(block, time_of_three, core_of_three), 8, 1e-9);
  EXPECT_NEAR(optimum(late, time_of_three, core_of_three), 12, 1e-9);
  EXPECT_EQ(
      complaint("STOCH three\nINDEP\n RHS need 0 c 0.5\n RHS need 8 c 0.5\nENDATA\n", time_of_three, core_of_three),
      "a number of an earlier period than the one in which it becomes known");
}

TEST_F(SmpsReader, values_of_information_are_those_of_trees_of_any_depth) {
  const std::string late = "STOCH three\nINDEP\n RHS last 0 c 0.5\n RHS last 8 c 0.5\n RHS need 0 b 1\nENDATA\n";
  const Result<SmpsProgram> smps = read(late, time_of_three, core_of_three);
  ASSERT_TRUE(smps.has_value());
  const optim::ProgramValues values = optim::values_of(smps.value().program);
  EXPECT_TRUE(values.is_certified) << values.message;
  EXPECT_NEAR(values.recourse.upper, 12, 1e-9);
  EXPECT_NEAR(values.wait_and_see.upper, 0.5 * 16, 1e-9);
  EXPECT_NEAR(values.expected_value.upper, 2 * 4, 1e-9);
  EXPECT_NEAR(values.expected_cost.upper, 12, 1e-9) << "the first stage is nothing either way";
}

TEST_F(SmpsReader, scenarios_that_leave_the_core_later_share_its_path) {
  const std::string stoch =
      "STOCH three\nSCENARIOS\n SC s ROOT 0.5 c\n RHS last 0\n SC t ROOT 0.5 c\n RHS last 8\nENDATA\n";
  const Result<SmpsProgram> smps = read(stoch, time_of_three, core_of_three);
  ASSERT_TRUE(smps.has_value());
  EXPECT_EQ(smps.value().program.nodes.size(), 4U);
  // x at 1 meets the second period's need of 4, y at 2 that and 4 of the last one's, z at 3 what is left in half of the
  // cases: y = 4 is 8, z = 4 is 6; y = 8 would be 16, x = 4 and z = 8 would be 16.
  EXPECT_NEAR(optimum(stoch, time_of_three, core_of_three), 14, 1e-9);
}

TEST_F(SmpsReader, scenarios_may_give_data_of_the_first_period_if_all_give_the_same) {
  const std::string head = "NAME tiny\nSCENARIOS DISCRETE\n SC s ROOT 0.5 now\n x cost 0.5\n RHS need 2\n";
  EXPECT_NEAR(optimum(head + " SC t s 0.5 later\n RHS need 6\nENDATA\n"), 0.5 * 6, 1e-9);
  EXPECT_EQ(complaint(head + " SC t s 0.5 later\n RHS need 6\n x cost 1\nENDATA\n"),
            "scenario t changes data of period 1, which it shares with an earlier one");
}

TEST_F(SmpsReader, scenarios_that_are_all_there_need_no_end) {
  const std::string head = "SCENARIOS\n SC s ROOT 0.5 later\n RHS need 2\n";
  const Result<SmpsProgram> smps = read(head + " SC t ROOT 0.5 later\n RHS need 6\n");
  ASSERT_TRUE(smps.has_value());
  EXPECT_NE(smps.value().notes.front().find("ends without ENDATA"), std::string::npos);
  EXPECT_EQ(complaint(head), "the file ends without ENDATA");
}

TEST_F(SmpsReader, files_may_be_indented_as_a_whole) {
  const auto indented = [](const std::string& text) {
    std::string all(1, ' ');
    for (const char letter : text) {
      all += letter;
      if (letter == '\n') all += ' ';
    }
    return all;
  };
  const std::string stoch = "STOCH tiny\nINDEP\n RHS need 2 0.5\n RHS need 6 0.5\nENDATA\n";
  EXPECT_NEAR(optimum(indented(stoch), indented(time), indented(core)), optimum(stoch), 1e-9);
}

TEST_F(SmpsReader, refuses_by_name_what_it_cannot_read) {
  EXPECT_EQ(complaint("STOCH tiny\nINDEP NORMAL\n RHS need 2 0.4\nENDATA\n"),
            "only discrete distributions can be read, not NORMAL");
  EXPECT_EQ(complaint("STOCH tiny\nCHANCE\n G c need 0.6\nENDATA\n"),
            "no section of a stoch file that can be read: CHANCE");
  EXPECT_EQ(complaint("STOCH tiny\nNODES\nENDATA\n"), "no section of a stoch file that can be read: NODES");
  EXPECT_EQ(complaint("STOCH tiny\nINDEP\n z need 2 0.4\nENDATA\n"), "no such column, and no right-hand side: z");
  EXPECT_EQ(complaint("STOCH tiny\nINDEP\n RHS want 2 0.4\nENDATA\n"), "no such row: want");
  EXPECT_EQ(complaint("STOCH tiny\nINDEP\n RHS need two 0.4\nENDATA\n"), "no number: two");
  EXPECT_EQ(complaint("STOCH tiny\nINDEP\n RHS need 2 never 0.4\nENDATA\n"), "no such period: never");
  EXPECT_EQ(complaint("STOCH tiny\nINDEP\n RHS room 2 1\nENDATA\n"), "data of the first period cannot be random");
  EXPECT_EQ(complaint("STOCH tiny\nINDEP\n RHS need 2 1\n"), "the file ends without ENDATA");
}

}  // namespace
}  // namespace pinchpoint::test_support
