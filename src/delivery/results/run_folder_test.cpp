// SPDX-License-Identifier: Apache-2.0
#include "delivery/results/run_folder.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

#include <fstream>

#include "delivery/results/text_file.hpp"
#include "delivery/results/write_error.hpp"
#include "support/world_text.hpp"

namespace pinchpoint::results {
namespace {

namespace fs = std::filesystem;
using test_support::TemporaryFolder;

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

fs::path publish(const fs::path& parent, const std::string& text) {
  RunFolder folder(parent);
  write_text_file(folder.path() / "a.txt", text);
  return folder.publish("abc");
}

TEST(RunFolder, appears_under_its_name_when_published) {
  const TemporaryFolder place;
  const fs::path path = publish(place.path() / "runs", "one");
  EXPECT_EQ(path, place.path() / "runs" / "abc");
  EXPECT_EQ(names_in(place.path() / "runs"), std::vector<std::string>{"abc"});
}

TEST(RunFolder, never_overwrites_what_is_there) {
  const TemporaryFolder place;
  publish(place.path(), "one");
  EXPECT_EQ(publish(place.path(), "two").filename(), "abc-2");
  EXPECT_EQ(publish(place.path(), "three").filename(), "abc-3");
  std::string text;
  std::getline(std::ifstream(place.path() / "abc/a.txt"), text);
  EXPECT_EQ(text, "one");
}

TEST(RunFolder, leaves_nothing_where_it_is_not_published) {
  const TemporaryFolder place;
  {
    const RunFolder folder(place.path());
    write_text_file(folder.path() / "a.txt", "half");
    EXPECT_EQ(names_in(place.path()).size(), 1U);
  }
  EXPECT_TRUE(names_in(place.path()).empty());
}

TEST(RunFolder, removes_what_a_killed_program_left_and_nothing_else) {
  const TemporaryFolder place;
  const pid_t child = fork();
  if (child == 0) {
    const RunFolder folder(place.path());
    write_text_file(folder.path() / "a.txt", "half");
    ::kill(::getpid(), SIGKILL);
  }
  ::waitpid(child, nullptr, 0);
  fs::create_directory(place.path() / "mine");
  const RunFolder other(place.path());  // still being written: holds its lock
  EXPECT_EQ(names_in(place.path()).size(), 2U);
  publish(place.path(), "one");
  EXPECT_EQ(names_in(place.path()), (std::vector<std::string>{other.path().filename().string(), "abc", "mine"}));
}

TEST(RunFolder, a_place_that_cannot_be_written_to_is_named) {
  const TemporaryFolder place;
  write_text_file(place.path() / "file", "");
  try {
    const RunFolder folder(place.path() / "file" / "runs");
    FAIL() << "made a folder inside a file";
  } catch (const WriteError& error) {
    EXPECT_NE(std::string(error.what()).find("file/runs"), std::string::npos) << error.what();
  }
}

TEST(TextFile, a_full_disk_is_an_error) {
  EXPECT_THROW(write_text_file("/dev/full/x", "x"), WriteError);
  const TemporaryFolder place;
  write_text_file(place.path() / "a.txt", "x");
  EXPECT_THROW(write_text_file(place.path() / "a.txt", "y"), WriteError) << "an existing file was overwritten";
}

}  // namespace
}  // namespace pinchpoint::results
