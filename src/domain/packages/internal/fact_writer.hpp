// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "core/base/ensure.hpp"
#include "domain/packages/internal/subjects.hpp"

namespace pinchpoint::packages::internal {

/// Writes facts of one thing by name; what is not written stays unknown.
class FactWriter {
 public:
  FactWriter(const rules::Vocabulary& vocabulary, rules::Facts facts)
      : vocabulary_(vocabulary), facts_(std::move(facts)) {
    facts_.resize(vocabulary.fields.size());
  }
  void set(const char* name, const rules::Value& value) {
    const int field = vocabulary_.find_field(name);
    ensure(field >= 0, std::string("a fact that no table of facts has: ") + name);
    facts_[static_cast<std::size_t>(field)] = value;
  }
  void set_number(const char* name, const std::optional<Exact>& number) {
    if (number) set(name, rules::Value::number(*number));
  }
  void set_count(const char* name, std::size_t count) {
    set(name, rules::Value::number(Exact(static_cast<std::int64_t>(count))));
  }
  void set_truth(const char* name, bool is_so) { set(name, rules::Value::truth(is_so)); }
  void set_truth(const char* name, Truth truth) {
    if (truth != Truth::unknown) set_truth(name, truth == Truth::yes);
  }
  void set_word(const char* name, const std::string& word) { set(name, rules::Value::of_word(vocabulary_.word(word))); }
  void set_country(const char* name, int country) { set(name, rules::Value::of_word(country)); }
  [[nodiscard]] const rules::Facts& facts() const { return facts_; }

 private:
  const rules::Vocabulary& vocabulary_;
  rules::Facts facts_;
};

}  // namespace pinchpoint::packages::internal
