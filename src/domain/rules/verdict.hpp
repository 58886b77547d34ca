// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/rules/judge.hpp"
#include "domain/rules/question.hpp"

namespace pinchpoint::rules {

/// How a rule stands to a case.
enum class Bearing {
  applies,   ///< its condition holds
  lifted,    ///< and an exception lifts it
  in_doubt,  ///< facts are missing
  possible,  ///< an exception or a relief, if what is unproved is shown
  nearly     ///< one part of its condition fails, or it is in force on other days only
};
inline constexpr std::array bearing_names = {"applies", "lifted", "in_doubt", "possible", "nearly"};

struct Finding {
  int rule = -1;
  Bearing bearing = Bearing::applies;
  bool is_text_only = false;  ///< bears by the printed text, and is not enforced
  std::string why;            ///< what is missing, must be shown, or fails
};

struct RegimeVerdict {
  Regime regime = Regime::us;
  Ruling text, enforced;
  std::optional<Ruling>
      unless_confirmed;           ///< enforced, if rules that wait for confirmation do not hold; only if it differs
  std::vector<Finding> findings;  ///< in the order of the rules, what applies first
};

/// The answer to a question, one verdict a regime that has a say.
struct Verdict {
  Day date;
  std::vector<RegimeVerdict> regimes;
  Ruling overall;  ///< enforced, of all regimes: goods go only if each lets them
  std::vector<std::string> classes, possible_classes;
  std::vector<std::string> missing;  ///< in words, with the values at which the verdict turns
  std::vector<std::string> flags;
};

/// "cannot_tell", or the answer's name.
[[nodiscard]] const char* answer_text(const Ruling& ruling);
/// The strictest posture among the outcomes.
[[nodiscard]] Posture posture_of(const Ruling& ruling);

[[nodiscard]] Verdict comply(const Snapshot& snapshot, const Case& asked);

}  // namespace pinchpoint::rules
