// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <filesystem>
#include <future>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "delivery/results/tables/database.hpp"

namespace pinchpoint::results {

/// A folder of results that appears whole or not at all: it is filled under a hidden name beside its place and renamed
/// at the end. What is not published is removed; what a killed program left is removed by the next one that opens a
/// run folder in the same place.
class RunFolder {
 public:
  /// Makes `parent` where needed and a hidden folder in it. Throws WriteError if that cannot be.
  explicit RunFolder(std::filesystem::path parent);
  ~RunFolder();
  RunFolder(const RunFolder&) = delete;
  RunFolder& operator=(const RunFolder&) = delete;

  /// Where to write until it is published.
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Takes a database that was begun before the folder was (begin_database()).
  void use(std::future<std::unique_ptr<Database>> begun) { results_ = std::move(begun); }
  /// results.sqlite, as it was begun or begun now; once. `empty`: see Database. Throws WriteError where the disk fails.
  [[nodiscard]] std::unique_ptr<Database> take_results(std::string_view empty);
  /// Renames to parent/id, or parent/id-2, -3, … where that is taken: nothing is ever overwritten.
  std::filesystem::path publish(std::string_view id);
  /// Removes what was written. May be called from another thread when the program is about to end.
  void discard() noexcept;

 private:
  std::filesystem::path parent_, path_;
  std::future<std::unique_ptr<Database>> results_;
  int lock_ = -1;
  std::atomic<bool> is_open_ = false;
};

}  // namespace pinchpoint::results
