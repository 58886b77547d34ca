// SPDX-License-Identifier: Apache-2.0
// Any text is a package or complaints with places inside it; whatever is a package can be judged, and nothing is better
// than pending designation.
#include <algorithm>
#include <cstdint>

#include "domain/packages/check_package.hpp"

namespace {

using namespace pinchpoint;

const rules::RuleBase& base() {
  static const rules::RuleBase shipped = rules::load_rule_base(rules::shipped_rules()).value();
  return shipped;
}
const packages::PredicateBase& predicates() {
  static const packages::PredicateBase shipped = packages::load_predicates(rules::shipped_rules(), base()).value();
  return shipped;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  const auto package = packages::load_package(text, "package.toml", base());
  if (!package) {
    const auto lines = std::count(text.begin(), text.end(), '\n') + 1;
    for (const Diagnostic& item : package.error().all())
      ensure(item.where.line >= 0 && item.where.line <= lines + 1, "a place inside the text");
    return 0;
  }
  const auto check = packages::check_package(*package, predicates(), *rules::parse_day("2026-11-22"));
  if (!check) return 0;
  ensure(check->overall <= packages::Overall::compliant_pending_designation, "the best there is");
  ensure(packages::overall_of(predicates(), check->findings) == check->overall,
         "the verdict follows from the findings");
  return 0;
}
