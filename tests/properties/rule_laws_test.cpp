// SPDX-License-Identifier: Apache-2.0
// Laws of verdicts that hold for every chip, destination and day, tried on random ones.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <rapidcheck/gtest.h>

#include <algorithm>

#include "domain/rules/verdict.hpp"

namespace pinchpoint::rules {
namespace {

const RuleBase& shipped() {
  static const Result<RuleBase> loaded = load_rule_base(shipped_rules());
  return loaded.value();
}

const Day first = *parse_day("2022-10-07");
const Day last = *parse_day("2027-12-31");

Question random_question(const RuleBase& base) {
  const auto& countries = base.vocabulary.countries;
  Question question;
  question.from = *rc::gen::element<std::string>("US", "TW", "KR", "NL");
  question.to = countries[*rc::gen::inRange<std::size_t>(0, countries.size())].id;
  question.date = Day{*rc::gen::inRange(first.days, last.days)};
  question.facts = {{"kind", "accelerator"},
                    {"tpp", std::to_string(*rc::gen::inRange(1, 30'000))},
                    {"area", std::to_string(*rc::gen::inRange(1, 4'000))},
                    {"dram_bw", std::to_string(*rc::gen::inRange(0, 9'000))},
                    {"io_bw", std::to_string(*rc::gen::inRange(0, 2'000))},
                    {"datacenter", *rc::gen::element<std::string>("yes", "no")},
                    {"us_direct_product", "yes"},
                    {"us_on_sale_2026_01_15", *rc::gen::element<std::string>("yes", "no", "unknown")},
                    {"exporter", *rc::gen::element<std::string>("NVIDIA", "other")},
                    {"parent_hq", countries[*rc::gen::inRange<std::size_t>(0, countries.size())].id}};
  return question;
}

Verdict verdict_of(const RuleBase& base, const Question& question) {
  const auto asked = make_case(base, question);
  RC_ASSERT(asked.has_value());
  return comply(Snapshot(base, question.date), *asked);
}

/// 0 to 3 by answer, then by posture.
int strictness(const Outcome& outcome) {
  return static_cast<int>(outcome.answer) * 10 + static_cast<int>(outcome.posture);
}

RC_GTEST_PROP(RuleLaws, more_performance_never_loosens_a_verdict, ()) {
  const RuleBase& base = shipped();
  Question question = random_question(base);
  const Verdict before = verdict_of(base, question);
  question.facts["tpp"] = std::to_string(std::stoi(question.facts["tpp"]) + *rc::gen::inRange(1, 10'000));
  const Verdict after = verdict_of(base, question);
  RC_ASSERT(strictness(after.overall.outcomes.front()) >= strictness(before.overall.outcomes.front()));
  RC_ASSERT(strictness(after.regimes.front().text.outcomes.back()) >=
            strictness(before.regimes.front().text.outcomes.back()));
}

RC_GTEST_PROP(RuleLaws, a_parent_in_china_never_loosens_a_verdict, ()) {
  const RuleBase& base = shipped();
  Question question = random_question(base);
  const Verdict before = verdict_of(base, question);
  question.facts["parent_hq"] = "CN";
  const Verdict after = verdict_of(base, question);
  RC_ASSERT(after.overall.outcomes.front().answer >= before.overall.outcomes.front().answer ||
            before.overall.outcomes.front().answer == Answer::licence_required);
}

RC_GTEST_PROP(RuleLaws, an_unknown_fact_leaves_the_known_verdict_possible, ()) {
  const RuleBase& base = shipped();
  Question question = random_question(base);
  const Verdict known = verdict_of(base, question);
  question.facts[*rc::gen::element<std::string>("tpp", "area", "dram_bw", "io_bw", "datacenter", "parent_hq")] =
      "unknown";
  const Verdict open = verdict_of(base, question);
  const auto& outcomes = open.overall.outcomes;
  const auto is_like = [&](const Outcome& outcome) {
    return strictness(outcome) == strictness(known.overall.outcomes.front());
  };
  RC_ASSERT(std::any_of(outcomes.begin(), outcomes.end(), is_like));
}

RC_GTEST_PROP(RuleLaws, the_order_of_rules_does_not_matter, ()) {
  const RuleBase& base = shipped();
  static const Result<RuleBase> turned = [] {
    RuleFiles files = shipped_rules();
    std::vector<std::string> lines;
    std::string header, line;
    for (const char letter : files["rules.csv"]) {
      line.push_back(letter);
      if (letter != '\n') continue;
      if (header.empty()) {
        header = line;
      } else {
        lines.push_back(line);
      }
      line.clear();
    }
    std::string text = header;
    for (auto place = lines.rbegin(); place != lines.rend(); ++place) text += *place;
    files["rules.csv"] = text;
    return load_rule_base(files);
  }();
  RC_ASSERT(turned.has_value());
  const Question question = random_question(base);
  const Verdict one = verdict_of(base, question);
  const Verdict other = verdict_of(*turned, question);
  RC_ASSERT(strictness(one.overall.outcomes.front()) == strictness(other.overall.outcomes.front()));
  RC_ASSERT(one.flags.size() == other.flags.size());
}

}  // namespace
}  // namespace pinchpoint::rules
