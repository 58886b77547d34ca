// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "domain/rules/verdict.hpp"
#include "domain/world/world.hpp"

namespace pinchpoint::ruling::internal {

/// A licence that one regime asks for.
struct Ask {
  std::string regime;
  std::string posture;             ///< "none" where no rule states one
  std::vector<std::string> rules;  ///< that ask
};

/// A verdict as far as a plan needs it.
struct Judgement {
  std::string verdict, posture, rules, citations, note;
  std::vector<std::string> prohibited_by;  ///< regimes
  std::vector<Ask> asks;
  std::string missing;           ///< facts without which the rules cannot tell
  bool is_undetermined = false;  ///< and the row of rule_items does not say which outcome counts
};

/// Asks the rule base about routes, and remembers: rules are judged once between two days on which any of them changes.
/// Not shared between threads.
class Verdicts {
 public:
  explicit Verdicts(std::shared_ptr<const rules::RuleBase> base);

  [[nodiscard]] const rules::RuleBase& base() const { return *base_; }
  /// Number of the stretch of days without any change that the day lies in.
  [[nodiscard]] int stretch(rules::Day day) const;
  /// Whether goods of the item may go between two countries of the base.
  ///
  /// errors    RUL-004, RUL-013, at the cells of the row of rule_items
  [[nodiscard]] Result<Judgement> judge(const RuleItem& item, const std::string& from, const std::string& to,
                                        rules::Day day);

 private:
  using Key = std::tuple<std::string, std::string, std::string, int>;
  [[nodiscard]] const rules::Snapshot& snapshot(rules::Day day);
  /// The first country that no condition tells from the destination.
  [[nodiscard]] std::string alike(const std::string& from, const std::string& to, rules::Day day);

  std::shared_ptr<const rules::RuleBase> base_;
  bool is_daily_ = false;  ///< some condition names the date itself
  std::set<rules::Day> changes_;
  std::map<int, std::unique_ptr<rules::Snapshot>> snapshots_;
  std::map<Key, Result<Judgement>> known_;
};

}  // namespace pinchpoint::ruling::internal
