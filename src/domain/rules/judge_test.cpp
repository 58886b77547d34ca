// SPDX-License-Identifier: Apache-2.0
// The law's boundaries, from both sides, by the shipped base.
#include "domain/rules/judge.hpp"

#include <gtest/gtest.h>

#include "domain/rules/bulk.hpp"
#include "domain/rules/verdict.hpp"

namespace pinchpoint::rules {
namespace {

const RuleBase& base() {
  static const Result<RuleBase> loaded = load_rule_base(shipped_rules());
  return loaded.value();
}

using FactTexts = std::map<std::string, std::string>;

Verdict verdict_on(const char* date, const char* to, FactTexts facts, const char* item = "", const char* from = "US",
                   const char* user = "") {
  const Question question{item, from, to, user, *parse_day(date), std::move(facts), {}};
  const auto asked = make_case(base(), question);
  EXPECT_TRUE(asked) << render_text(asked.error());
  return comply(Snapshot(base(), question.date), *asked);
}

FactTexts chip(const char* tpp, const char* area, const char* datacenter = "yes") {
  return {{"kind", "accelerator"},    {"tpp", tpp},       {"area", area},
          {"datacenter", datacenter}, {"dram_bw", "100"}, {"io_bw", "64"}};
}

std::string class_of(const char* tpp, const char* area, const char* datacenter = "yes") {
  const Verdict verdict = verdict_on("2026-09-01", "CN", chip(tpp, area, datacenter));
  return verdict.classes.empty() ? "none" : verdict.classes.front();
}

bool has(const std::vector<std::string>& list, const char* word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

TEST(ChipClass, turns_at_4800) {
  EXPECT_EQ(class_of("4800", "100000"), "3A090.a");
  EXPECT_EQ(class_of("4799.999999", "100000"), "none");
  EXPECT_EQ(class_of("4799.999999", "2000"), "3A090.b");
  EXPECT_EQ(class_of("4800", "0"), "3A090.a");
}

TEST(ChipClass, turns_at_a_density_of_5_92_without_rounding) {
  EXPECT_EQ(class_of("1600", "270.27"), "3A090.a");  // 5.92000…
  EXPECT_EQ(class_of("1600", "270.28"), "3A090.b");  // 5.91977…
  EXPECT_EQ(class_of("592", "100"), "none");
  EXPECT_EQ(class_of("1599.99", "270.27"), "none");
}

TEST(ChipClass, turns_at_3_2_from_1600_and_at_1_6_from_2400) {
  EXPECT_EQ(class_of("1600", "500"), "3A090.b");
  EXPECT_EQ(class_of("1600", "500.01"), "none");
  EXPECT_EQ(class_of("2400", "1500"), "3A090.b");
  EXPECT_EQ(class_of("2400", "1500.01"), "none");
  EXPECT_EQ(class_of("2399.99", "1000"), "none");
}

TEST(ChipClass, frees_what_is_not_for_data_centres_below_4800) {
  EXPECT_EQ(class_of("4799", "500", "no"), "none");
  EXPECT_EQ(class_of("4800", "500", "no"), "3A090.a");
}

TEST(ChipClass, has_no_density_where_all_dies_are_planar) { EXPECT_EQ(class_of("4799", "0"), "none"); }

TEST(ChipVerdict, says_what_is_missing_and_where_it_turns) {
  const Verdict verdict = verdict_on(
      "2026-09-01", "CN",
      {{"kind", "accelerator"}, {"tpp", "3152"}, {"datacenter", "yes"}, {"dram_bw", "819"}, {"io_bw", "400"}});
  EXPECT_STREQ(answer_text(verdict.overall), "cannot_tell");
  ASSERT_EQ(verdict.missing.size(), 1U);
  EXPECT_NE(verdict.missing.front().find("area"), std::string::npos);
  EXPECT_NE(verdict.missing.front().find("532.43"), std::string::npos) << verdict.missing.front();
  EXPECT_NE(verdict.missing.front().find("1970"), std::string::npos);
}

TEST(ChipVerdict, does_not_ask_for_what_cannot_change_it) {
  const Verdict verdict =
      verdict_on("2026-09-01", "CN", {{"kind", "accelerator"}, {"tpp", "5000"}, {"datacenter", "yes"}});
  EXPECT_STREQ(answer_text(verdict.overall), "licence_required");
  EXPECT_EQ(posture_of(verdict.overall), Posture::presumption_of_denial);
}

TEST(Memory, is_controlled_above_2_and_excepted_below_3_3) {
  const auto memory = [](const char* bandwidth, const char* owned) {
    return verdict_on("2026-09-01", "CN",
                      {{"kind", "hbm"}, {"dram_bw", bandwidth}, {"area", "100"}, {"ally_owned_packaging", owned}});
  };
  EXPECT_STREQ(answer_text(memory("200", "no").overall), "no_licence");
  EXPECT_STREQ(answer_text(memory("200.0001", "no").overall), "licence_required");
  EXPECT_STREQ(answer_text(memory("329.9999", "yes").overall), "exception");
  EXPECT_STREQ(answer_text(memory("330", "yes").overall), "licence_required");
  const Verdict unproved = memory("250", "unknown");
  EXPECT_STREQ(answer_text(unproved.overall), "licence_required");
  EXPECT_TRUE(has(unproved.flags, "exception_possible"));
}

TEST(Memory, is_printed_in_december_2024_and_enforced_from_its_last_day) {
  const auto on = [](const char* date) { return verdict_on(date, "CN", {}, "hbm3-stack"); };
  EXPECT_STREQ(answer_text(on("2024-12-01").regimes.front().text), "no_licence");
  EXPECT_STREQ(answer_text(on("2024-12-02").regimes.front().text), "licence_required");
  EXPECT_STREQ(answer_text(on("2024-12-30").regimes.front().enforced), "no_licence");
  EXPECT_STREQ(answer_text(on("2024-12-31").regimes.front().enforced), "licence_required");
}

/// What the US regime enforces for a tool that is the direct product of US technology.
std::string tool_from(const char* from, const char* date, FactTexts facts, const char* to = "CN") {
  facts.insert({{"kind", "tool"}, {"eccn", "3B991"}, {"us_direct_product", "yes"}, {"tool_list", "none"}});
  return answer_text(verdict_on(date, to, std::move(facts), "", from).regimes.front().enforced);
}

TEST(ForeignTools, for_advanced_fabs_are_under_us_rules_from_the_last_day_of_2024) {
  const FactTexts advanced{{"advanced_node_site", "yes"}};
  EXPECT_EQ(tool_from("US", "2022-10-20", advanced), "no_licence");
  EXPECT_EQ(tool_from("US", "2022-10-21", advanced), "licence_required");
  for (const char* from : {"KR", "MY", "SG", "TW", "IL"}) {
    EXPECT_EQ(tool_from(from, "2022-10-21", advanced), "no_licence") << from;
    EXPECT_EQ(tool_from(from, "2024-12-30", advanced), "no_licence") << from;
    EXPECT_EQ(tool_from(from, "2024-12-31", advanced), "licence_required") << from;
    EXPECT_EQ(tool_from(from, "2024-12-31", {{"advanced_node_site", "no"}}), "no_licence") << from;
  }
  EXPECT_EQ(tool_from("KR", "2024-12-31", {{"advanced_node_site", "yes"}, {"us_direct_product", "no"}}), "no_licence");
}

TEST(ForeignTools, from_states_with_equal_controls_are_exempt_and_others_have_to_be_known) {
  const FactTexts advanced{{"advanced_node_site", "yes"}};
  for (const char* from : {"JP", "NL", "AU", "GB"})
    EXPECT_EQ(tool_from(from, "2024-12-31", advanced), "no_licence") << from;
  EXPECT_EQ(tool_from("FR", "2024-12-31", advanced), "cannot_tell");
  EXPECT_EQ(tool_from("FR", "2024-12-31", {{"advanced_node_site", "yes"}, {"supp4_listed", "yes"}}), "no_licence");
  EXPECT_EQ(tool_from("FR", "2024-12-31", {{"advanced_node_site", "yes"}, {"supp4_listed", "no"}}), "licence_required");
}

TEST(ForeignTools, of_the_list_are_under_us_rules_whatever_the_fab_and_for_footnote_5_wherever_it_is) {
  EXPECT_EQ(tool_from("KR", "2024-12-30", {{"eccn", "3B001.c"}}), "no_licence");
  EXPECT_EQ(tool_from("KR", "2024-12-31", {{"eccn", "3B001.c"}}), "licence_required");
  EXPECT_EQ(tool_from("KR", "2024-12-31", {{"footnote", "5"}}, "DE"), "licence_required");
  EXPECT_EQ(tool_from("KR", "2024-12-31", {}, "DE"), "no_licence");
}

TEST(Headquarters, follow_the_end_user_home) {
  EXPECT_STREQ(answer_text(verdict_on("2026-09-01", "MY", {}, "b200").overall), "no_licence");
  EXPECT_STREQ(answer_text(verdict_on("2026-09-01", "MY", {{"parent_hq", "HK"}}, "b200").overall), "licence_required");
  EXPECT_STREQ(answer_text(verdict_on("2026-09-01", "IE", {{"hq", "MO"}}, "b200").overall), "licence_required");
  EXPECT_STREQ(answer_text(verdict_on("2026-09-01", "MY", {{"parent_hq", "CN"}}, "hbm3-stack").overall), "no_licence");
  EXPECT_STREQ(answer_text(verdict_on("2023-11-16", "MY", {{"parent_hq", "CN"}}, "b200").overall), "no_licence");
  EXPECT_STREQ(answer_text(verdict_on("2023-11-17", "MY", {{"parent_hq", "CN"}}, "b200").overall), "licence_required");
}

TEST(Headquarters, leave_the_verdict_open_where_the_chain_ends) {
  const Verdict verdict = verdict_on("2026-09-01", "MY", {{"hq", "MY"}}, "b200", "US", "Somebody Sdn Bhd");
  EXPECT_STREQ(answer_text(verdict.overall), "cannot_tell");
  ASSERT_EQ(verdict.missing.size(), 1U);
  EXPECT_EQ(verdict.missing.front().rfind("parent_hq", 0), 0U);
}

TEST(Affiliates, follow_the_dates_of_the_rule_and_its_suspension) {
  const auto on = [](const char* date) {
    return verdict_on(date, "NL", {{"kind", "accelerator"}, {"tpp", "10"}, {"area", "1"}}, "", "US", "nexperia");
  };
  EXPECT_STREQ(answer_text(on("2025-09-28").overall), "no_licence");
  EXPECT_STREQ(answer_text(on("2025-09-29").overall), "licence_required");
  EXPECT_STREQ(answer_text(on("2025-11-09").overall), "licence_required");
  EXPECT_STREQ(answer_text(on("2025-11-10").overall), "no_licence");
  EXPECT_STREQ(answer_text(on("2026-11-09").overall), "no_licence");
  const Verdict back = on("2026-11-10");
  EXPECT_STREQ(answer_text(back.overall), "licence_required");
  EXPECT_TRUE(has(back.flags, "verify"));
  ASSERT_TRUE(back.regimes.front().unless_confirmed);
  EXPECT_STREQ(answer_text(*back.regimes.front().unless_confirmed), "no_licence");
}

TEST(JanuaryBox, holds_only_for_exports_from_the_united_states_inside_all_its_bounds) {
  const auto posture = [](FactTexts facts, const char* from = "US") {
    FactTexts all = {{"kind", "accelerator"},
                     {"tpp", "20999.99"},
                     {"area", "800"},
                     {"datacenter", "yes"},
                     {"dram_bw", "6499.99"},
                     {"io_bw", "1"},
                     {"us_on_sale_2026_01_15", "yes"},
                     {"us_direct_product", "yes"}};
    for (const auto& [name, value] : facts) all[name] = value;
    return posture_of(verdict_on("2026-09-01", "CN", all, "", from).overall);
  };
  EXPECT_EQ(posture({}), Posture::case_by_case);
  EXPECT_EQ(posture({{"tpp", "21000"}}), Posture::presumption_of_denial);
  EXPECT_EQ(posture({{"dram_bw", "6500"}}), Posture::presumption_of_denial);
  EXPECT_EQ(posture({{"china_share", "0.5"}}), Posture::case_by_case);
  EXPECT_EQ(posture({{"china_share", "0.500001"}}), Posture::presumption_of_denial);
  EXPECT_EQ(posture({{"us_lab_test", "no"}}), Posture::presumption_of_denial);
  EXPECT_EQ(posture({{"us_on_sale_2026_01_15", "unknown"}}), Posture::presumption_of_denial);
  EXPECT_EQ(posture({{"military_end_use", "yes"}}), Posture::presumption_of_denial);
  EXPECT_EQ(posture({}, "TW"), Posture::presumption_of_denial);
}

TEST(Letters, bind_only_whom_they_are_addressed_to) {
  const FactTexts big = {{"kind", "accelerator"}, {"tpp", "1000"},  {"area", "800"},
                         {"datacenter", "yes"},   {"io_bw", "300"}, {"dram_bw", "1400"}};
  FactTexts addressee = big, other = big, below = big;
  addressee["exporter"] = "AMD";
  below["exporter"] = "AMD";
  below["dram_bw"] = "1399.999";
  EXPECT_STREQ(answer_text(verdict_on("2025-04-09", "CN", addressee).overall), "licence_required");
  EXPECT_STREQ(answer_text(verdict_on("2025-04-08", "CN", addressee).overall), "no_licence");
  EXPECT_STREQ(answer_text(verdict_on("2025-04-09", "CN", other).overall), "no_licence");
  EXPECT_STREQ(answer_text(verdict_on("2025-04-09", "CN", below).overall), "no_licence");
  below["io_bw"] = "300.001";
  EXPECT_STREQ(answer_text(verdict_on("2025-04-09", "CN", below).overall), "licence_required");
}

TEST(ChineseRules, come_back_on_the_day_after_their_suspension) {
  const auto on = [](const char* item, const char* date, const char* to) {
    return verdict_on(date, to, {}, item, "CN");
  };
  EXPECT_STREQ(answer_text(on("gallium", "2026-11-27", "US").overall), "licence_required");
  EXPECT_STREQ(answer_text(on("gallium", "2026-11-28", "US").overall), "prohibited");
  EXPECT_TRUE(has(on("gallium", "2026-11-28", "US").flags, "verify"));
  EXPECT_STREQ(answer_text(on("holmium", "2026-11-10", "DE").overall), "no_licence");
  EXPECT_STREQ(answer_text(on("holmium", "2026-11-11", "DE").overall), "licence_required");
  EXPECT_STREQ(answer_text(on("dysprosium", "2026-01-01", "DE").overall), "licence_required");
}

TEST(Bulk, says_what_single_questions_say) {
  BulkQuestion question{
      {}, {}, {*parse_day("2024-06-01"), *parse_day("2026-11-22")}, base().vocabulary.find_country("US"), 2};
  for (int product = 0; product < static_cast<int>(base().products.size()); product += 3)
    question.products.push_back(product);
  for (int country = 0; country < static_cast<int>(base().vocabulary.countries.size()); country += 7)
    question.countries.push_back(country);
  judge_all(base(), question, [&](std::size_t day, const std::vector<ShortVerdict>& verdicts) {
    const Snapshot snapshot(base(), question.days[day]);
    std::size_t place = 0;
    for (const int product : question.products) {
      for (const int country : question.countries) {
        const ShortVerdict alone = judge_one(snapshot, product, question.from, country);
        EXPECT_EQ(verdicts[place], alone) << base().products[static_cast<std::size_t>(product)].id;
        ++place;
      }
    }
  });
}

}  // namespace
}  // namespace pinchpoint::rules
