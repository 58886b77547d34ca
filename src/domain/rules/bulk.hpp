// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "domain/rules/judge.hpp"

namespace pinchpoint::rules {

/// A verdict without its reasons.
struct ShortVerdict {
  static constexpr std::uint8_t cannot_tell = 4;
  std::uint8_t answer = 0;   ///< of Answer, or cannot_tell; enforced
  std::uint8_t posture = 0;  ///< strictest
  std::uint8_t text_answer = 0, text_posture = 0;
  friend bool operator==(const ShortVerdict&, const ShortVerdict&) = default;
};
[[nodiscard]] const char* answer_text(std::uint8_t answer);

/// Products times destinations times days, from one origin, each to somebody of the destination.
struct BulkQuestion {
  std::vector<int> products, countries;
  std::vector<Day> days;
  int from = -1;
  unsigned threads = 1;
};

/// Verdicts of one day: product by product, countries in the order of the question.
using TakeDay = std::function<void(std::size_t day, const std::vector<ShortVerdict>& verdicts)>;

/// Answers all of them, days in parallel and in any order; `take` is called by one thread at a time, and holds the
/// memory to one day a thread. Countries that no condition of the base can tell apart on the day are judged once.
void judge_all(const RuleBase& base, const BulkQuestion& question, const TakeDay& take);

/// What judge_all says of one of them, judged by itself. requires: a sound product
[[nodiscard]] ShortVerdict judge_one(const Snapshot& snapshot, int product, int from, int to);

}  // namespace pinchpoint::rules
