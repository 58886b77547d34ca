// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "analysis/stress/stress.hpp"

namespace pinchpoint::results {

/// Rounds of a stress run in a file, each on the disk before the next begins, so that a run that was killed goes on
/// where it was. A round that was not written whole is as good as not played. The file is locked while it is open.
class StressJournal : public stress::RoundStore {
 public:
  /// Opens or makes the file. `id` names everything the rounds depend on: a file of another id is begun anew. Throws
  /// WriteError where the disk fails or another process has the file.
  StressJournal(std::filesystem::path path, const std::string& id);
  ~StressJournal() override;
  StressJournal(const StressJournal&) = delete;
  StressJournal& operator=(const StressJournal&) = delete;

  std::optional<stress::Round> next() override;
  void append(const stress::Round& round) override;
  /// Gives the file a name of its own: what it has is whole. Throws WriteError.
  void rename(const std::filesystem::path& path);
  /// Removes the file: the run is complete.
  void remove() noexcept;

 private:
  void read_rounds(const std::string& id);

  std::filesystem::path path_;
  int file_ = -1;
  std::vector<stress::Round> known_;
  std::size_t given_ = 0;
};

}  // namespace pinchpoint::results
