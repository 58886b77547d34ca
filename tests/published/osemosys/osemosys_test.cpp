// SPDX-License-Identifier: Apache-2.0
// Optima of OSeMOSYS models. Two cases of OSeMOSYS_GNU_MathProg (Apache-2.0) are looked for in $PINCHPOINT_CASES, or in
// ../shared/cases beside the checkout. Those in data/ are of this project's own making; their optima are those of the
// official model text (OSeMOSYS_GNU_MathProg src/osemosys.txt, commit 9520268, the full text), of muio*.txt that of
// MUIO (OSeMOSYS_Model_MUIO_Ver5.4.txt, with what standing capacity costs, which glpsol leaves out of MPS files):
// below_zero.txt has that of the fast and short texts, which differ from the full one on figures below zero.
//   LPs   glpsol --wmps, then QSopt_ex's esolver, which solves in rational numbers
//   MIP   glpsol --mipgap 0 (GLPK 5.0)
#include <gtest/gtest.h>

#include <filesystem>

#include "delivery/importers/importers.hpp"
#include "support/cases_folder.hpp"
#include "support/solved_plan.hpp"

namespace pinchpoint {
namespace {

namespace fs = std::filesystem;
using test_support::cases_folder;
using test_support::plan_of;
using test_support::read_world;
using test_support::SolvedPlan;
using test_support::TemporaryFolder;

const fs::path own_data = fs::path(PINCHPOINT_SOURCE_DIR) / "tests" / "published" / "osemosys" / "data";

SolvedPlan imported_plan(const fs::path& model, const importers::ImportOptions& options = {}) {
  const Result<importers::Import> import = importers::import_osemosys(model, options);
  if (!import) throw std::runtime_error(render_text(import.error()));
  const TemporaryFolder scratch;
  const auto written = import->folder.write(scratch.path() / "model", false);
  if (!written) throw std::runtime_error(render_text(written.error()));
  return plan_of(read_world(scratch.path() / "model").world);
}

struct Published {
  std::string name;
  fs::path path;
  double optimum;
};

void PrintTo(const Published& published, std::ostream* out) { *out << published.name; }

class OsemosysOptimum : public testing::TestWithParam<Published> {};

TEST_P(OsemosysOptimum, is_reached) {
  if (!fs::exists(GetParam().path)) GTEST_SKIP() << "no " << GetParam().path << "; set PINCHPOINT_CASES to run it";
  const double optimum = GetParam().optimum;
  EXPECT_NEAR(imported_plan(GetParam().path).objective(), optimum, 1e-8 * optimum);
}

INSTANTIATE_TEST_SUITE_P(
    All, OsemosysOptimum,
    testing::Values(
        Published{"utopia", cases_folder(PINCHPOINT_SOURCE_DIR) / "osemosys_utopia" / "utopia.txt", 29446.862688149963},
        Published{"utopia_as_written_in_2017",
                  cases_folder(PINCHPOINT_SOURCE_DIR) / "osemosys_utopia" / "utopia_training_2017format.txt",
                  29446.862688149963},
        Published{"super_simple",
                  cases_folder(PINCHPOINT_SOURCE_DIR) / "osemosys_super_simple" / "super_simple_model.txt",
                  46.4312331679851},
        Published{"super_simple_as_csv", cases_folder(PINCHPOINT_SOURCE_DIR) / "osemosys_super_simple" / "csv",
                  46.4312331679851},
        Published{"storage_days", own_data / "storage_days.txt", 2487.2402738693927},
        Published{"two_regions", own_data / "two_regions.txt", 1947.258867006357},
        Published{"whole_units", own_data / "whole_units.txt", 5818.44821919044},
        Published{"below_zero", own_data / "below_zero.txt", 580.194220018317},
        Published{"muio", own_data / "muio.txt", 430.8163925290798},
        Published{"muio_storage", own_data / "muio_storage.txt", 668.413008029}),
    [](const auto& test) { return test.param.name; });

/// The optimum is that of the short text with DiscountedTechnologyEmissionsPenalty free instead of at least 0 (glpsol
/// --wmps, esolver: 55742046145315017133241/154e18), and 13.1137955380794 for standing capacity, which glpsol leaves
/// out.
TEST(OsemosysPenalties, are_income_if_asked_for) {
  constexpr double optimum = 55742046145315017133241.0 / 154e18 + 13.1137955380794;
  EXPECT_NEAR(imported_plan(own_data / "below_zero.txt", {.penalties_are_income = true}).objective(), optimum,
              1e-8 * optimum);
}

/// UTOPIA as a model folder of the tree, with the figures that OSeMOSYS' own tests expect (tests/test_gnu_mathprog.py).
class Utopia : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    plan_ = new SolvedPlan(plan_of(read_world(PINCHPOINT_SOURCE_DIR "/tests/published/osemosys/utopia").world));
  }
  static void TearDownTestSuite() {
    delete plan_;
    plan_ = nullptr;
  }
  /// Sum over the years of what has a name "family[…,year]".
  template <class Look>
  static double over_years(const Look& look) {
    double sum = 0;
    for (int year = 1990; year <= 2010; ++year) sum += look(std::to_string(year));
    return sum;
  }
  static double ordered(const std::string& technology) {
    return over_years(
        [&](const std::string& year) { return plan_->value("order[" + technology + ",UTOPIA,planner," + year + "]"); });
  }

  static SolvedPlan* plan_;
};

SolvedPlan* Utopia::plan_ = nullptr;

TEST_F(Utopia, reaches_the_published_cost) { EXPECT_NEAR(plan_->objective(), 29446.862688149963, 1e-8 * 29446.86); }

TEST_F(Utopia, builds_what_osemosys_builds) {
  constexpr double petajoules_a_gigawatt_year = 31.536;
  EXPECT_NEAR(ordered("E01") / petajoules_a_gigawatt_year, 2.279801, 1e-6);
  EXPECT_NEAR(ordered("TXD"), 17.79, 1e-6);
  EXPECT_NEAR(ordered("IMPDSL1"), 1717.805326, 1e-5);
  EXPECT_NEAR(ordered("TXD") * 1044, 18572.76, 1e-3) << "CapitalInvestment of TXD";
}

TEST_F(Utopia, emits_what_osemosys_emits) {
  const auto emitted = [&](const std::string& emission) {
    return over_years(
        [&](const std::string& year) { return plan_->activity("balance[" + emission + ",UTOPIA," + year + "]"); });
  };
  EXPECT_NEAR(emitted("CO2"), 163.516797, 1e-5);
  EXPECT_NEAR(emitted("NOX"), 170.895, 1e-5);
}

struct Refused {
  std::string name;
  std::string found;  ///< the two numbers that clash, with what they are of
};

void PrintTo(const Refused& refused, std::ostream* out) { *out << refused.name; }

class OsemosysBadData : public testing::TestWithParam<Refused> {};

TEST_P(OsemosysBadData, is_refused_with_both_numbers) {
  const fs::path file =
      cases_folder(PINCHPOINT_SOURCE_DIR) / "osemosys_bad_data" / ("data_simp_" + GetParam().name + "_check.txt");
  if (!fs::exists(file)) GTEST_SKIP() << "no " << file << "; set PINCHPOINT_CASES to run it";
  const Result<importers::Import> import = importers::import_osemosys(file, {});
  ASSERT_FALSE(import);
  const Diagnostic& first = import.error().all().front();
  EXPECT_EQ(info(first.code).code, "IMP-004");
  EXPECT_EQ(first.message, GetParam().found);
  EXPECT_GT(first.where.line, 0);
  EXPECT_GT(first.notes.at(0).where.line, 0);
}

INSTANTIATE_TEST_SUITE_P(
    All, OsemosysBadData,
    testing::Values(Refused{"annual_act",
                            "TotalTechnologyAnnualActivityLowerLimit[SIMPLICITY,RIVER,2014] = 15 is more than "
                            "TotalTechnologyAnnualActivityUpperLimit[SIMPLICITY,RIVER,2014] = 10"},
                    Refused{"capacity_1",
                            "ResidualCapacity[SIMPLICITY,HYD1,2015] = 0.1 is more than "
                            "TotalAnnualMaxCapacity[SIMPLICITY,HYD1,2015] = 0.02, and so in 8 other years"},
                    Refused{"capacity_inv",
                            "TotalAnnualMinCapacityInvestment[SIMPLICITY,HYD1,2020] = 0.03 is more than "
                            "TotalAnnualMaxCapacityInvestment[SIMPLICITY,HYD1,2020] = 0.02"}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace pinchpoint
