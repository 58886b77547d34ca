// SPDX-License-Identifier: Apache-2.0
#include "package_cases.hpp"

#include <fstream>
#include <iterator>

#include "domain/packages/package.hpp"

namespace pinchpoint::packages {

Diagnostics check_package_case(const std::filesystem::path& file) {
  static const rules::RuleBase base = rules::load_rule_base(rules::shipped_rules()).value();
  std::ifstream stream(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  const auto package = load_package(text, file.string(), base);
  return package ? Diagnostics() : package.error();
}

}  // namespace pinchpoint::packages
