// SPDX-License-Identifier: Apache-2.0
#include "delivery/cli/stress/sharded_run.hpp"

#include <fmt/format.h>

namespace pinchpoint::cli {

std::string ShardedRun::name(std::size_t number) const {
  return fmt::format("stress-{}-shard-{}-of-{}", id_, number + 1, count_);
}

std::filesystem::path ShardedRun::file(std::size_t number) const { return out_ / name(number); }

std::optional<stress::StressResult> ShardedRun::found_one(const std::vector<stress::Scenario>& part,
                                                          std::size_t number) {
  if (out_.empty() || !std::filesystem::exists(file(number))) return std::nullopt;
  results::StressJournal journal(file(number), name(number));
  std::optional<stress::StressResult> result = read_(part, journal);
  if (result) ++found_;
  return result;
}

stress::StressResult ShardedRun::one(const std::vector<stress::Scenario>& all, std::size_t number) {
  const std::vector<stress::Scenario> part = stress::scenarios_of(all, {number, count_});
  if (std::optional<stress::StressResult> known = found_one(part, number)) return std::move(*known);
  if (out_.empty()) return play_(part, nullptr);
  std::filesystem::create_directories(out_);
  results::StressJournal journal(out_ / fmt::format(".{}.journal", name(number)), name(number));
  stress::StressResult result = play_(part, &journal);
  if (result.is_complete) journal.rename(file(number));
  return result;
}

stress::StressResult ShardedRun::all(const std::vector<stress::Scenario>& all) {
  std::vector<stress::StressResult> shards;
  for (std::size_t number = 0; number < count_; ++number) {
    shards.push_back(one(all, number));
    if (!shards.back().is_complete) return std::move(shards.back());
  }
  return stress::join_shards(std::move(shards));
}

}  // namespace pinchpoint::cli
