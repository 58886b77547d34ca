// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "domain/rules/rule_base.hpp"

namespace pinchpoint::rules {

/// The printed text, and what is enforced of it.
enum class Column { text, enforced };
inline constexpr std::array columns = {Column::text, Column::enforced};

/// The rules of one day, ready to be asked many times. Holds a reference to its base. Threads may share it.
class Snapshot {
 public:
  Snapshot(const RuleBase& base, Day day);

  [[nodiscard]] const RuleBase& base() const { return base_; }
  [[nodiscard]] Day day() const { return day_; }
  /// Rules in force, ascending.
  [[nodiscard]] const std::vector<int>& rules(Column column) const { return part(column).rules; }
  /// Groups of every country as bits.
  [[nodiscard]] const std::vector<std::uint64_t>& groups() const { return groups_; }
  /// For every country, the first one that no condition can tell from it.
  [[nodiscard]] const std::vector<int>& alike() const { return alike_; }

  /// Values of all definitions and classes.
  void judge_terms(Column column, const Facts& facts, std::vector<Truth>& terms) const;
  /// Value of one of them, after those that it rests on.
  void judge_term(Column column, int term, const Facts& facts, std::vector<Truth>& terms) const;
  /// Conditions that make a term true.
  [[nodiscard]] const std::vector<const Condition*>& conditions_of(Column column, int term) const {
    return part(column).terms[static_cast<std::size_t>(term)];
  }

 private:
  struct Part {
    std::vector<int> rules;
    std::vector<std::vector<const Condition*>> terms;
  };
  [[nodiscard]] const Part& part(Column column) const { return parts_[static_cast<std::size_t>(column)]; }
  void find_groups();
  void find_alike();

  const RuleBase& base_;
  Day day_;
  std::array<Part, 2> parts_;
  std::vector<std::uint64_t> groups_;
  std::vector<int> alike_;
};

}  // namespace pinchpoint::rules
