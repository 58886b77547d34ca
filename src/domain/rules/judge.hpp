// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "domain/rules/snapshot.hpp"

namespace pinchpoint::rules {

/// What may follow, from the mildest. The engine decides on the facts it is given; it clears nothing.
enum class Answer { no_licence, exception, licence_required, prohibited };
inline constexpr std::array answer_names = {"no_licence", "exception", "licence_required", "prohibited"};

struct Outcome {
  Answer answer = Answer::no_licence;
  Posture posture = Posture::none;
  int exception = -1;  ///< the rule that lifts the licence
  friend auto operator<=>(const Outcome&, const Outcome&) = default;
};

/// All outcomes that the facts leave open, ascending: one = decided, several = cannot tell.
struct Ruling {
  std::vector<Outcome> outcomes;
  std::vector<int> missing;  ///< fields whose values would change the outcome

  [[nodiscard]] bool is_decided() const { return outcomes.size() == 1; }
  friend bool operator==(const Ruling&, const Ruling&) = default;
};

using Rulings = std::array<Ruling, regime_names.size()>;

/// Judges facts by the rules of a day. Not shared between threads: it keeps its scratch space.
///
/// Unknown facts are tried with every value that some rule in doubt can tell apart (a number: each threshold, between
/// them, below and above); an outcome is possible if some combination has it. Facts that must be proved are not tried:
/// what they would allow is not granted.
class Judge {
 public:
  explicit Judge(const Snapshot& snapshot) : snapshot_(snapshot) {}

  /// requires: one value a field of the base
  void judge(Column column, const Facts& facts, Rulings& rulings);
  /// Without rules that wait for confirmation: what holds if a lapsed suspension was prolonged after all.
  void judge_without_unconfirmed(Column column, const Facts& facts, Rulings& rulings);

  /// Before many questions that share most facts: what is decided by the shared ones alone (the others being unknown)
  /// is not evaluated again. Every later question must agree with them.
  void narrow(const Facts& shared);

  /// Values of rules and terms for the facts as they are, unknown where the facts leave them so.
  [[nodiscard]] const std::vector<Truth>& statuses() const { return statuses_; }
  [[nodiscard]] const std::vector<Truth>& terms() const { return terms_; }
  void evaluate_all(Column column, const Facts& facts);

  /// Most combinations that are tried; beyond, every outcome of a rule in doubt is possible.
  static constexpr std::size_t most_branches = 50'000;

 private:
  void decide(Column column, const Facts& facts, Rulings& rulings);
  [[nodiscard]] std::vector<int> open_fields(Column column, const Facts& facts) const;
  [[nodiscard]] std::vector<Value> candidates(Column column, int field, const Facts& facts) const;
  void try_all(Column column, Facts facts, const std::vector<int>& fields, Rulings& rulings);
  [[nodiscard]] Outcome resolve(Column column, Regime regime) const;
  [[nodiscard]] bool is_lifted(Column column, int rule, int& exception) const;
  [[nodiscard]] Posture softened(Column column, int rule) const;

  /// Rules of the day that may bear.
  [[nodiscard]] const std::vector<int>& rules(Column column) const {
    return is_narrow_ ? narrow_[static_cast<std::size_t>(column)].rules : snapshot_.rules(column);
  }

  /// What the shared facts leave open, and the values of terms that they decide.
  struct Narrow {
    std::vector<int> rules, open_terms;
    std::vector<Truth> terms;
  };

  const Snapshot& snapshot_;
  bool is_narrow_ = false;
  std::array<Narrow, 2> narrow_;
  bool skips_unconfirmed_ = false;
  std::vector<Truth> statuses_;
  std::vector<Truth> terms_;
};

/// Steps whose rules make an outcome.
[[nodiscard]] constexpr bool is_restriction(Step step) {
  return step == Step::embargo || step == Step::party || step == Step::destination || step == Step::end_use ||
         step == Step::letter;
}

}  // namespace pinchpoint::rules
