// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <filesystem>
#include <string>
#include <string_view>

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
  /// Renames to parent/id, or parent/id-2, -3, … where that is taken: nothing is ever overwritten.
  std::filesystem::path publish(std::string_view id);
  /// Removes what was written. May be called from another thread when the program is about to end.
  void discard() noexcept;

 private:
  std::filesystem::path parent_, path_;
  int lock_ = -1;
  std::atomic<bool> is_open_ = false;
};

}  // namespace pinchpoint::results
