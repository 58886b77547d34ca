// SPDX-License-Identifier: Apache-2.0
// Any text is a condition or a complaint about a place inside it; a condition has a value whatever is known, and
// knowing nothing never decides what knowing everything would decide otherwise.
#include <cstdint>

#include "core/base/ensure.hpp"
#include "domain/rules/language/evaluate.hpp"

namespace {

using namespace pinchpoint;
using namespace pinchpoint::rules;

Vocabulary make_vocabulary() {
  Vocabulary vocabulary;
  const auto add = [&vocabulary](const char* name, FieldType type) {
    vocabulary.fields.push_back({name, type, Absence::unknown, "", "", "", {}, {}});
  };
  add("tpp", FieldType::number);
  add("pd", FieldType::number);
  add("datacenter", FieldType::truth);
  add("kind", FieldType::word);
  add("to", FieldType::country);
  add("date", FieldType::day);
  vocabulary.countries = {{"CN", "China", "", "", {}}, {"US", "United States", "", "", {}}};
  vocabulary.groups = {"D:5"};
  vocabulary.terms = {"d5m", "3A090.a"};
  vocabulary.index();
  return vocabulary;
}

Facts facts_of(std::uint8_t seed) {
  Facts facts(6);
  facts[0] = Value::number(Exact(seed * 40));
  facts[1] = Value::number(Exact(seed % 8));
  facts[2] = Value::truth(seed % 2 == 1);
  facts[3] = Value::of_word(other_word);
  facts[4] = Value::of_word(seed % 2);
  facts[5] = Value::number(Exact(20'000 + seed));
  return facts;
}

void check(std::string_view text, std::uint8_t seed) {
  Vocabulary vocabulary = make_vocabulary();
  Diagnostics diagnostics;
  const auto condition = parse_condition(text, {"rules.csv", 1, 1, 0}, vocabulary, diagnostics);
  ensure(condition.has_value() == diagnostics.empty(), "a condition or a complaint");
  for (const Diagnostic& item : diagnostics.all())
    ensure(item.where.column >= 1 && item.where.column <= static_cast<int>(text.size()) + 1, "a place inside the text");
  if (!condition) return;
  const std::vector<std::uint64_t> groups = {1, 0};
  const std::vector<Truth> known_terms = {truth_of(seed % 3 == 0), truth_of(seed % 5 == 0)};
  const std::vector<Truth> no_terms = {Truth::unknown, Truth::unknown};
  const Truth known = evaluate(*condition, {facts_of(seed), known_terms, groups});
  const Truth open = evaluate(*condition, {Facts(6), no_terms, groups});
  ensure(open == Truth::unknown || open == known, "what is decided without facts stays so with them");
  ensure(known != Truth::unknown, "where everything is known, everything is decided");
  static_cast<void>(mentions_of(*condition));
  static_cast<void>(conjuncts_of(*condition));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size > 0) check({reinterpret_cast<const char*>(bytes) + 1, size - 1}, bytes[0]);
  return 0;
}
