// SPDX-License-Identifier: Apache-2.0
#include "delivery/results/open_run.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "delivery/results/basis_file.hpp"
#include "delivery/results/testing/written_run.hpp"

namespace pinchpoint::results {
namespace {

namespace fs = std::filesystem;
using testing::mine;
using testing::WrittenRun;

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// A mine in lots of 2.5 t/year: two of them meet what is asked for.
test_support::WorldText mine_in_lots() { return mine().technology_figure("mine", "block", "2.5 t/year"); }

TEST(OpenRun, is_planned_again_from_its_basis_without_a_search) {
  const WrittenRun written(mine());
  const OpenRun run = open_run(written.path());
  ASSERT_TRUE(run.is_sound()) << render_text(run.model.problems);
  const PlannedRun planned = plan_again(run, {});
  EXPECT_TRUE(planned.plan.is_from_start);
  EXPECT_EQ(planned.plan.solution.iterations, 0);
  EXPECT_EQ(planned.plan.status, plan::PlanStatus::optimal);
  EXPECT_NEAR(planned.plan.solution.objective, written.objective(), 1e-9 * written.objective());
  EXPECT_TRUE(planned.plan.certificate.holds(1e-9));
  EXPECT_TRUE(planned.plan.solution.has_duals);
  EXPECT_TRUE(planned.notes.empty());
}

TEST(OpenRun, keeps_whole_lots_and_their_bound) {
  const WrittenRun written(mine_in_lots());
  const OpenRun run = open_run(written.path());
  const PlannedRun planned = plan_again(run, {});
  EXPECT_TRUE(planned.plan.is_from_start);
  EXPECT_EQ(planned.plan.status, plan::PlanStatus::optimal);
  EXPECT_NEAR(planned.plan.solution.objective, written.objective(), 1e-9 * written.objective());
  EXPECT_TRUE(planned.plan.certificate.is_mip);
  EXPECT_TRUE(planned.notes.empty());
}

TEST(OpenRun, without_a_basis_that_fits_it_is_solved_from_nothing_and_says_so) {
  const WrittenRun written(mine());
  const std::string basis = text_of(written.path() / basis_file);
  const auto note_with = [&](const std::string& text) {
    std::ofstream(written.path() / basis_file, std::ios::binary) << text;
    const PlannedRun planned = plan_again(open_run(written.path()), {});
    EXPECT_FALSE(planned.plan.is_from_start);
    EXPECT_NEAR(planned.plan.solution.objective, written.objective(), 1e-9 * written.objective());
    return planned.notes.empty() ? std::string() : planned.notes.front();
  };
  std::string of_another = basis;
  of_another.replace(of_another.find("structure ") + 10, 4, "0000");
  EXPECT_EQ(note_with(of_another),
            "the run has a basis.txt that does not fit the problem made of its model: solved from nothing");
  EXPECT_EQ(note_with("no basis"), "the run has a basis.txt that cannot be read: solved from nothing");
  EXPECT_EQ(note_with(basis.substr(0, basis.size() / 2)),
            "the run has a basis.txt that cannot be read: solved from nothing");
  fs::remove(written.path() / basis_file);
  EXPECT_EQ(plan_again(open_run(written.path()), {}).notes.front(), "the run keeps no basis.txt: solved from nothing");
}

TEST(OpenRun, of_a_model_that_has_changed_is_refused) {
  const WrittenRun written(mine());
  test_support::WorldText other = mine();
  other.change("facilities", "technology=mine", "figure=7 t/year").write(written.model());
  const OpenRun run = open_run(written.path());
  EXPECT_FALSE(run.is_sound());
  EXPECT_EQ(test_support::codes_of(run.model.problems), std::vector<std::string>{"RUN-007"});
}

TEST(BasisFile, reads_back_what_it_writes) {
  for (const test_support::WorldText& text : {mine(), mine_in_lots()}) {
    const test_support::SolvedPlan solved = test_support::plan_of(text);
    ASSERT_TRUE(solved.plan().end);
    const std::string written = render_basis(*solved.plan().end);
    const auto read = read_basis(written);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->model, solved.plan().end->model);
    EXPECT_EQ(read->integers, solved.plan().end->integers);
    EXPECT_EQ(render_basis(*read), written);
  }
}

TEST(BasisFile, is_the_same_for_the_same_question) {
  EXPECT_EQ(text_of(WrittenRun(mine()).path() / basis_file), text_of(WrittenRun(mine()).path() / basis_file));
}

TEST(BasisFile, with_a_letter_too_much_or_unknown_is_none) {
  const test_support::SolvedPlan solved = test_support::plan_of(mine());
  const std::string text = render_basis(*solved.plan().end);
  EXPECT_FALSE(read_basis(text.substr(0, text.size() - 1) + "l\n"));
  std::string unknown = text;
  unknown[unknown.size() - 2] = 'x';
  EXPECT_FALSE(read_basis(unknown));
}

}  // namespace
}  // namespace pinchpoint::results
