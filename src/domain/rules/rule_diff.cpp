// SPDX-License-Identifier: Apache-2.0
#include "domain/rules/rule_diff.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace pinchpoint::rules {

namespace {

void compare_rules(const RuleBase& base, RuleDiff& diff) {
  for (std::size_t rule = 0; rule < base.rules.size(); ++rule) {
    const Rule& it = base.rules[rule];
    const auto differs = [&](const Span& span) { return span.holds(diff.before) != span.holds(diff.after); };
    if (!differs(it.in_force) && !differs(it.enforced)) continue;
    const bool is_enforced = differs(it.enforced);
    const Span& span = is_enforced ? it.enforced : it.in_force;
    diff.rules.push_back({static_cast<int>(rule), span.holds(diff.after), !is_enforced});
  }
}

void compare_groups(const RuleBase& base, RuleDiff& diff) {
  for (const Membership& row : base.memberships) {
    if (row.span.holds(diff.before) != row.span.holds(diff.after))
      diff.groups.push_back({row.country, row.group, row.span.holds(diff.after)});
  }
}

void add_change(RuleDiff& diff, int product, int country, const ShortVerdict& before, const ShortVerdict& after) {
  const auto is_same = [&](const VerdictChange& change) {
    return change.product == product && change.before == before && change.after == after;
  };
  auto found = std::find_if(diff.verdicts.begin(), diff.verdicts.end(), is_same);
  if (found == diff.verdicts.end()) found = diff.verdicts.insert(found, {product, before, after, {}});
  found->countries.push_back(country);
}

}  // namespace

RuleDiff compare_days(const RuleBase& base, Day before, Day after, int from, unsigned threads) {
  RuleDiff diff{before, after, {}, {}, {}, 0};
  compare_rules(base, diff);
  compare_groups(base, diff);
  BulkQuestion question;
  question.products.resize(base.products.size());
  question.countries.resize(base.vocabulary.countries.size());
  std::iota(question.products.begin(), question.products.end(), 0);
  std::iota(question.countries.begin(), question.countries.end(), 0);
  question.days = {before, after};
  question.from = from;
  question.threads = threads;
  std::array<std::vector<ShortVerdict>, 2> verdicts;
  judge_all(base, question, [&](std::size_t day, const std::vector<ShortVerdict>& found) { verdicts.at(day) = found; });
  diff.asked = verdicts[0].size();
  for (std::size_t place = 0; place < diff.asked; ++place) {
    if (verdicts[0][place] == verdicts[1][place]) continue;
    const int product = static_cast<int>(place / question.countries.size());
    const int country = static_cast<int>(place % question.countries.size());
    add_change(diff, product, country, verdicts[0][place], verdicts[1][place]);
  }
  return diff;
}

}  // namespace pinchpoint::rules
