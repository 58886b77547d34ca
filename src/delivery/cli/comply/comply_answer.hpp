// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "domain/rules/verdict.hpp"

namespace pinchpoint::cli {

/// A question with its verdict, ready to be shown.
struct ComplyAnswer {
  const rules::RuleBase& base;
  const rules::Question& question;
  const rules::Case& asked;
  const rules::Verdict& verdict;
};

/// {verdict, posture, text, enforced, classes, rules, nearly, missing, taken, flags, regimes, …}
[[nodiscard]] nlohmann::ordered_json comply_json(const ComplyAnswer& answer);
[[nodiscard]] std::string comply_text(const ComplyAnswer& answer);
/// One line: item, route, date, verdict, posture, flags.
[[nodiscard]] std::string comply_line(const ComplyAnswer& answer);

/// "licence required, presumption of denial", "cannot tell (no licence; or exception NAC)"
[[nodiscard]] std::string ruling_text(const rules::RuleBase& base, const rules::Ruling& ruling);

}  // namespace pinchpoint::cli
