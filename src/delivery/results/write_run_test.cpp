// SPDX-License-Identifier: Apache-2.0
#include "delivery/results/write_run.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "delivery/results/testing/written_run.hpp"

namespace pinchpoint::results {
namespace {

namespace fs = std::filesystem;
using test_support::TemporaryFolder;

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

/// A solved mine and what a run of it would say.
class Solved {
 public:
  Solved() : read_(read()), plan_(test_support::plan_of(read_.world)) {}
  [[nodiscard]] RunRecord record() const {
    return {program, request_, read_.folder, read_.world, plan_.plan(), {}, "2026-01-01T00:00:00Z"};
  }
  [[nodiscard]] const World& world() const { return read_.world; }
  [[nodiscard]] const plan::Plan& plan() const { return plan_.plan(); }
  inline static const Program program{"0", "test", "solver"};

 private:
  test_support::ReadWorld read() {
    testing::mine().write(place_.path());
    return test_support::read_world(place_.path());
  }
  TemporaryFolder place_;
  Request request_;
  test_support::ReadWorld read_;
  test_support::SolvedPlan plan_;
};

TEST(RunWriter, tables_written_ahead_and_anew_are_those_of_one_go) {
  const TemporaryFolder place;
  const Solved solved;
  RunFolder ahead_folder(place.path() / "ahead");
  RunWriter ahead(Solved::program, ahead_folder);
  plan::Plan rejected = solved.plan();
  for (double& value : rejected.solution.value) value *= 2;
  ahead.write_values(solved.world(), rejected);
  ahead.write_values(solved.world(), solved.plan());
  RunRecord record = solved.record();
  const fs::path run = ahead.write(record, "", false);
  EXPECT_GT(record.seconds.write, 0);

  RunFolder folder(place.path() / "at-once");
  RunRecord again = solved.record();
  const fs::path at_once = write_run(again, "", false, folder);
  EXPECT_EQ(bytes_of(run / "results.sqlite"), bytes_of(at_once / "results.sqlite"));
}

TEST(RunWriter, what_goes_wrong_ahead_is_said_at_the_end) {
  const TemporaryFolder place;
  const Solved solved;
  RunFolder folder(place.path() / "runs");
  fs::remove_all(folder.path());  // as if the disk were gone
  RunWriter writer(Solved::program, folder);
  EXPECT_NO_THROW(writer.write_values(solved.world(), solved.plan()));
  RunRecord record = solved.record();
  EXPECT_THROW(static_cast<void>(writer.write(record, "", false)), WriteError);
}

}  // namespace
}  // namespace pinchpoint::results
