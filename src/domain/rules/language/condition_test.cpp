// SPDX-License-Identifier: Apache-2.0
#include "domain/rules/language/condition.hpp"

#include <gtest/gtest.h>

#include "domain/rules/language/evaluate.hpp"

namespace pinchpoint::rules {
namespace {

Vocabulary small_vocabulary() {
  Vocabulary vocabulary;
  const auto add = [&vocabulary](const char* name, FieldType type, std::vector<std::string> words = {}) {
    vocabulary.fields.push_back({name, type, Absence::unknown, "", "", "", std::move(words), {}});
  };
  add("tpp", FieldType::number);
  add("pd", FieldType::number);
  add("datacenter", FieldType::truth);
  add("type", FieldType::word, {"export", "reexport"});
  add("to", FieldType::country);
  add("filed", FieldType::day);
  vocabulary.countries = {{"CN", "China", "", "", {}}, {"MO", "Macao", "", "", {}}, {"AE", "UAE", "", "", {}}};
  vocabulary.groups = {"D:5", "A:5"};
  vocabulary.terms = {"d5m", "3A090.a"};
  vocabulary.index();
  return vocabulary;
}

class ConditionTest : public testing::Test {
 protected:
  void set(const char* field, Value value) {
    facts_[static_cast<std::size_t>(vocabulary_.find_field(field))] = std::move(value);
  }
  void number(const char* field, const char* text) { set(field, Value::number(*parse_exact(text))); }
  Truth truth(std::string_view text) {
    Diagnostics diagnostics;
    const auto condition = parse_condition(text, {"rules.csv", 2, 10, 0}, vocabulary_, diagnostics);
    EXPECT_TRUE(condition) << text << '\n' << render_text(diagnostics);
    return condition ? evaluate(*condition, {facts_, terms_, groups_}) : Truth::unknown;
  }
  Diagnostic complaint(std::string_view text) {
    Diagnostics diagnostics;
    EXPECT_FALSE(parse_condition(text, {"rules.csv", 2, 10, 0}, vocabulary_, diagnostics)) << text;
    EXPECT_EQ(diagnostics.all().size(), 1U) << text;
    return diagnostics.empty() ? Diagnostic{} : diagnostics.all().front();
  }

  Vocabulary vocabulary_ = small_vocabulary();
  Facts facts_ = Facts(vocabulary_.fields.size());
  std::vector<Truth> terms_ = {Truth::yes, Truth::no};
  std::vector<std::uint64_t> groups_ = {1, 0, 2};
};

TEST_F(ConditionTest, compares_on_both_sides_of_a_boundary) {
  number("tpp", "4799.999999999999");
  EXPECT_EQ(truth("tpp >= 4800"), Truth::no);
  EXPECT_EQ(truth("2400 <= tpp < 4800"), Truth::yes);
  number("tpp", "4800");
  EXPECT_EQ(truth("tpp >= 4800"), Truth::yes);
  EXPECT_EQ(truth("2400 <= tpp < 4800"), Truth::no);
  EXPECT_EQ(truth("tpp == 4800.000 and not tpp > 4800"), Truth::yes);
}

TEST_F(ConditionTest, is_unknown_only_where_an_unknown_fact_matters) {
  number("tpp", "3152");
  EXPECT_EQ(truth("tpp >= 1600 and pd >= 5.92"), Truth::unknown);
  EXPECT_EQ(truth("tpp >= 4800 and pd >= 5.92"), Truth::no);
  EXPECT_EQ(truth("tpp >= 1600 or pd >= 5.92"), Truth::yes);
  EXPECT_EQ(truth("not datacenter"), Truth::unknown);
  EXPECT_EQ(truth("to in {CN}"), Truth::unknown);
  EXPECT_EQ(truth("filed < 2026-12-31"), Truth::unknown);
}

TEST_F(ConditionTest, judges_a_fact_by_the_bounds_that_are_known) {
  Value at_most = Value::number(Exact(4799));
  at_most.has_low = false;
  set("tpp", at_most);
  EXPECT_EQ(truth("tpp >= 4800"), Truth::no);
  EXPECT_EQ(truth("tpp >= 1600"), Truth::unknown);
  EXPECT_EQ(truth("tpp < 4799"), Truth::unknown);
  EXPECT_EQ(truth("tpp <= 4799"), Truth::yes);
}

TEST_F(ConditionTest, adds_and_scales_exactly) {
  number("tpp", "1028");
  number("pd", "671.9");
  EXPECT_EQ(truth("tpp + pd >= 1700"), Truth::no);
  number("pd", "672");
  EXPECT_EQ(truth("tpp + pd >= 1700"), Truth::yes);
  EXPECT_EQ(truth("pd <= 0.5 * tpp"), Truth::no);
  EXPECT_EQ(truth("2 * pd + 1 > tpp"), Truth::yes);
}

TEST_F(ConditionTest, knows_sets_groups_classes_and_days) {
  set("to", Value::of_word(1));
  set("filed", Value::number(Exact(20818)));  // 2026-12-31
  EXPECT_EQ(truth("to in {CN, MO}"), Truth::yes);
  EXPECT_EQ(truth("to in D:5"), Truth::no);
  EXPECT_EQ(truth("to == 'CN' or to != \"CN\""), Truth::yes);
  EXPECT_EQ(truth("d5m and not is 3A090.a"), Truth::yes);
  EXPECT_EQ(truth("is {3A090.a, 3A090.a}"), Truth::no);
  EXPECT_EQ(truth("filed < 2026-12-31"), Truth::no);
  EXPECT_EQ(truth("filed <= 2026-12-31"), Truth::yes);
  EXPECT_EQ(truth("type in {export}"), Truth::unknown);
  set("type", Value::of_word(vocabulary_.word("export")));
  EXPECT_EQ(truth("type == 'export'"), Truth::yes);
  EXPECT_EQ(truth("type != 'export'"), Truth::no);
  set("type", Value::of_word(vocabulary_.word("a word that no condition names")));
  EXPECT_EQ(truth("type == 'export'"), Truth::no);
}

TEST_F(ConditionTest, binds_and_closer_than_or_and_not_closest) {
  set("datacenter", Value::truth(true));
  EXPECT_EQ(truth("datacenter or datacenter and false"), Truth::yes);
  EXPECT_EQ(truth("(datacenter or datacenter) and false"), Truth::no);
  EXPECT_EQ(truth("not datacenter or true"), Truth::yes);
}

TEST_F(ConditionTest, complains_at_the_place_of_the_mistake) {
  const Diagnostic unknown = complaint("tpp >= 4800 and tdp > 3");
  EXPECT_EQ(unknown.code, Code::unknown_field);
  EXPECT_EQ(unknown.where.column, 10 + 16);
  EXPECT_EQ(unknown.where.length, 3);
  EXPECT_EQ(unknown.fix, "did you mean 'tpp'?");
  EXPECT_EQ(complaint("tpp >=").message, "the condition ends where a field, a number or a text was expected");
  EXPECT_EQ(complaint("tpp >= 4800 pd").code, Code::condition_syntax);
  EXPECT_EQ(complaint("to in {CN, XX}").code, Code::unknown_country);
  EXPECT_EQ(complaint("to in D:9").code, Code::unknown_field);
  EXPECT_EQ(complaint("is 3A999").code, Code::unknown_field);
  EXPECT_EQ(complaint("type == 'gift'").expected, "export, reexport");
}

TEST_F(ConditionTest, refuses_types_that_do_not_go_together) {
  for (const char* text : {"tpp", "tpp == datacenter", "type >= 'export'", "tpp in {1, 2}", "tpp * pd > 1",
                           "datacenter + 1 > 2", "tpp > 2026-01-01", "to == filed", "type in D:5"}) {
    EXPECT_EQ(complaint(text).code, Code::condition_type) << text;
  }
}

TEST_F(ConditionTest, refuses_nonsense_without_crashing) {
  for (const std::string& text :
       {std::string(""), std::string("("), std::string(200, '('), std::string("not not"), std::string("'open"),
        std::string("tpp > 1 ; drop"), std::string("{}"), std::string("tpp - 1 > 0"), std::string("f(x)")}) {
    EXPECT_FALSE(complaint(text).message.empty()) << text;
  }
}

TEST_F(ConditionTest, says_which_names_it_uses) {
  Diagnostics diagnostics;
  const auto condition = parse_condition("d5m and tpp + pd > 3 and to in D:5", {}, vocabulary_, diagnostics);
  const Mentions mentions = mentions_of(*condition);
  EXPECT_EQ(mentions.fields, (std::vector<int>{0, 1, 4}));
  EXPECT_EQ(mentions.terms, std::vector<int>{0});
  EXPECT_EQ(conjuncts_of(*condition).size(), 3U);
  EXPECT_EQ(condition->text_of(conjuncts_of(*condition)[1]), "tpp + pd > 3");
}

}  // namespace
}  // namespace pinchpoint::rules
