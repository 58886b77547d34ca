// SPDX-License-Identifier: Apache-2.0
#include "domain/rules/rule_base.hpp"

#include <gtest/gtest.h>

namespace pinchpoint::rules {
namespace {

TEST(ShippedRules, are_sound) {
  const auto base = load_rule_base(shipped_rules());
  ASSERT_TRUE(base) << render_text(base.error());
  for (const Diagnostic& warning : base->warnings.all()) EXPECT_EQ(warning.code, Code::missing_fact) << warning.message;
  EXPECT_EQ(to_string(base->as_of()), "2026-09-22");
}

TEST(ShippedRules, cite_every_rule) {
  const auto base = load_rule_base(shipped_rules());
  ASSERT_TRUE(base) << render_text(base.error());
  for (const Rule& rule : base->rules)
    EXPECT_FALSE(rule.source.citation.empty() || rule.source.confidence.empty()) << rule.id;
}

TEST(ShippedRules, are_listed_by_step) {
  const auto base = load_rule_base(shipped_rules());
  ASSERT_TRUE(base) << render_text(base.error());
  EXPECT_TRUE(std::is_sorted(base->rules.begin(), base->rules.end(),
                             [](const Rule& left, const Rule& right) { return left.step < right.step; }));
}

}  // namespace
}  // namespace pinchpoint::rules
