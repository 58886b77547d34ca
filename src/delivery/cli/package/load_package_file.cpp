// SPDX-License-Identifier: Apache-2.0
#include "delivery/cli/package/load_package_file.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "delivery/cli/comply/load_rules.hpp"

namespace pinchpoint::cli {

std::optional<PackageRules> load_package_rules(const std::string& folder, const OutputOptions& output) {
  auto base = load_rules(folder, output);
  if (!base) return std::nullopt;
  const Result<rules::RuleFiles> files =
      folder.empty() ? Result<rules::RuleFiles>(rules::shipped_rules()) : rules::read_rule_files(folder);
  auto predicates = files ? packages::load_predicates(*files, *base) : Result<packages::PredicateBase>(files.error());
  if (!predicates) {
    print_refusal(output, predicates.error(), "nothing was asked", folder);
    return std::nullopt;
  }
  return PackageRules{std::move(*base), std::move(*predicates)};
}

std::optional<std::string> read_text(const std::string& path, Diagnostics& diagnostics) {
  std::ifstream file(path, std::ios::binary);
  std::error_code ignored;
  if (!file || std::filesystem::is_directory(path, ignored)) {
    diagnostics.add(Code::file_unreadable, {path, 0, 0, 0}, fmt::format("'{}' cannot be read", path));
    return std::nullopt;
  }
  return std::string{std::istreambuf_iterator<char>(file), {}};
}

}  // namespace pinchpoint::cli
