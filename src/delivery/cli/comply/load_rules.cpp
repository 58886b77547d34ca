// SPDX-License-Identifier: Apache-2.0
#include "delivery/cli/comply/load_rules.hpp"

namespace pinchpoint::cli {

std::optional<rules::RuleBase> load_rules(const std::string& folder, const OutputOptions& output) {
  const Result<rules::RuleFiles> files =
      folder.empty() ? Result<rules::RuleFiles>(rules::shipped_rules()) : rules::read_rule_files(folder);
  if (!files) {
    print_refusal(output, files.error(), "nothing was asked", "");
    return std::nullopt;
  }
  Result<rules::RuleBase> base = rules::load_rule_base(*files);
  if (!base) {
    print_refusal(output, base.error(), "nothing was asked", folder);
    return std::nullopt;
  }
  return std::move(*base);
}

}  // namespace pinchpoint::cli
