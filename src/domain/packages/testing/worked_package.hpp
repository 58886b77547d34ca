// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "core/base/ensure.hpp"
#include "domain/packages/check_package.hpp"

namespace pinchpoint::packages::testing {

/// The shipped rules and predicates, read once.
inline const rules::RuleBase& shipped_base() {
  static const rules::RuleBase base = rules::load_rule_base(rules::shipped_rules()).value();
  return base;
}
inline const PredicateBase& shipped_predicates() {
  static const PredicateBase predicates = load_predicates(rules::shipped_rules(), shipped_base()).value();
  return predicates;
}

/// The text of a worked package, changed at one place a step. A step that changes nothing is a mistake of the test.
class ChangedPackage {
 public:
  /// `folder`: of the worked packages; `name` without ".toml".
  ChangedPackage(const std::string& folder, const std::string& name) {
    std::ifstream file(folder + "/" + name + ".toml", std::ios::binary);
    text_ = {std::istreambuf_iterator<char>(file), {}};
    ensure(!text_.empty(), "a worked package that is not there: " + name);
  }
  ChangedPackage& change(const std::string& from, const std::string& to) {
    const std::size_t place = text_.find(from);
    ensure(place != std::string::npos, "nothing to change: " + from);
    text_.replace(place, from.size(), to);
    return *this;
  }
  ChangedPackage& append(const std::string& more) {
    text_ += more;
    return *this;
  }
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] Result<Package> load() const { return load_package(text_, "package.toml", shipped_base()); }
  [[nodiscard]] PackageCheck check(const std::string& day = "2026-11-22",
                                   const std::set<std::string>& without = {}) const {
    const auto package = load();
    ensure(package.has_value(), package ? "" : render_text(package.error()));
    return check_package(*package, shipped_predicates(), *rules::parse_day(day), without).value();
  }
  [[nodiscard]] std::string finding(const std::string& predicate, const std::string& day = "2026-11-22") const {
    return finding_of(check(day), predicate);
  }
  [[nodiscard]] std::string overall(const std::string& day = "2026-11-22",
                                    const std::set<std::string>& without = {}) const {
    return overall_names[static_cast<std::size_t>(check(day, without).overall)];
  }

  static std::string finding_of(const PackageCheck& check, const std::string& predicate) {
    for (const PredicateFinding& it : check.findings) {
      if (shipped_predicates().predicates[static_cast<std::size_t>(it.predicate)].id == predicate)
        return finding_names[static_cast<std::size_t>(it.finding)];
    }
    return "";
  }
  static bool is_flagged(const PackageCheck& check, const std::string& predicate) {
    for (const PredicateFinding& it : check.findings) {
      if (shipped_predicates().predicates[static_cast<std::size_t>(it.predicate)].id == predicate) return it.is_flagged;
    }
    return false;
  }

 private:
  std::string text_;
};

}  // namespace pinchpoint::packages::testing
