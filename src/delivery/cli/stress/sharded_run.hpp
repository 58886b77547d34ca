// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "analysis/stress/shards.hpp"
#include "delivery/results/stress/stress_journal.hpp"

namespace pinchpoint::cli {

/// A stress run in shards. A shard that is whole lies in a file of its own below the folder for results, named after
/// the hash of everything it depends on; whoever plays it, and where, it is the same.
class ShardedRun {
 public:
  /// Runs scenarios with a store, or reads a whole run from it: what the command does of each shard.
  using Play = std::function<stress::StressResult(const std::vector<stress::Scenario>&, stress::RoundStore*)>;
  using Read =
      std::function<std::optional<stress::StressResult>(const std::vector<stress::Scenario>&, stress::RoundStore&)>;

  /// `id`: of the whole run. An empty folder keeps nothing.
  ShardedRun(std::filesystem::path out, std::string id, std::size_t count, Play play, Read read)
      : out_(std::move(out)), id_(std::move(id)), count_(count), play_(std::move(play)), read_(std::move(read)) {}

  /// <out>/stress-<id>-shard-<number>-of-<count>, numbers from 1.
  [[nodiscard]] std::filesystem::path file(std::size_t number) const;
  /// Plays one shard, from where it was left; or reads it, if it is whole. Incomplete after an interrupt.
  [[nodiscard]] stress::StressResult one(const std::vector<stress::Scenario>& all, std::size_t number);
  /// Reads shards that are whole, plays the others, and joins them.
  [[nodiscard]] stress::StressResult all(const std::vector<stress::Scenario>& all);
  /// Shards that were there already.
  [[nodiscard]] std::size_t found() const { return found_; }

 private:
  [[nodiscard]] std::string name(std::size_t number) const;
  [[nodiscard]] std::optional<stress::StressResult> found_one(const std::vector<stress::Scenario>& part,
                                                              std::size_t number);

  std::filesystem::path out_;
  std::string id_;
  std::size_t count_, found_ = 0;
  Play play_;
  Read read_;
};

}  // namespace pinchpoint::cli
