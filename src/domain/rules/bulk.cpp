// SPDX-License-Identifier: Apache-2.0
#include "domain/rules/bulk.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <thread>

#include "domain/rules/question.hpp"

namespace pinchpoint::rules {

namespace {

/// The strictest over regimes; undecided if a regime in doubt may be stricter than what is sure.
std::pair<std::uint8_t, std::uint8_t> shortened(const Rulings& rulings) {
  Answer least = Answer::no_licence, most = Answer::no_licence;
  for (const Ruling& ruling : rulings) {
    least = std::max(least, ruling.outcomes.front().answer);
    most = std::max(most, ruling.outcomes.back().answer);
  }
  Posture posture = Posture::none;
  for (const Ruling& ruling : rulings) {
    for (const Outcome& outcome : ruling.outcomes) {
      if (outcome.answer >= least) posture = std::max(posture, outcome.posture);
    }
  }
  return {least == most ? static_cast<std::uint8_t>(least) : ShortVerdict::cannot_tell,
          static_cast<std::uint8_t>(posture)};
}

Facts facts_of(const Snapshot& snapshot, int product, int from) {
  const RuleBase& base = snapshot.base();
  const std::string& origin = base.vocabulary.countries[static_cast<std::size_t>(from)].id;
  Question question{base.products[static_cast<std::size_t>(product)].id, origin, origin, "", snapshot.day(), {}, {}};
  auto made = make_case(base, question);
  ensure(made.has_value(), "a product of the base makes a sound question");
  return std::move(made->facts);
}

class DayJudge {
 public:
  DayJudge(const RuleBase& base, Day day) : snapshot_(base, day), judge_(snapshot_), type_(base.field("type")) {}

  ShortVerdict judge(Facts& facts, int from, int to) {
    const RuleBase& base = snapshot_.base();
    const bool is_us = base.vocabulary.countries[static_cast<std::size_t>(from)].id == "US";
    set_route(base, facts, from, to);
    facts[static_cast<std::size_t>(type_)] = Value::of_word(base.vocabulary.word(is_us        ? "export_from_us"
                                                                                 : from == to ? "in_country"
                                                                                              : "reexport"));
    ShortVerdict verdict;
    judge_.judge(Column::enforced, facts, rulings_);
    std::tie(verdict.answer, verdict.posture) = shortened(rulings_);
    judge_.judge(Column::text, facts, rulings_);
    std::tie(verdict.text_answer, verdict.text_posture) = shortened(rulings_);
    return verdict;
  }

  /// The facts without a route, for every route that follows.
  void narrow(Facts facts) {
    for (const char* name : {"to", "hq", "parent_hq", "type"})
      facts[static_cast<std::size_t>(snapshot_.base().field(name))] = Value{};
    judge_.narrow(facts);
  }

  std::vector<ShortVerdict> judge_day(const BulkQuestion& question) {
    std::vector<ShortVerdict> verdicts;
    verdicts.reserve(question.products.size() * question.countries.size());
    for (const int product : question.products) {
      Facts facts = facts_of(snapshot_, product, question.from);
      narrow(facts);
      std::map<int, ShortVerdict> known;
      for (const int country : question.countries) {
        // A transfer inside the origin is of another type than one to a country like it.
        const int like = country == question.from ? country : snapshot_.alike()[static_cast<std::size_t>(country)];
        if (like == question.from && country != question.from) {
          verdicts.push_back(judge(facts, question.from, country));
          continue;
        }
        const auto [found, is_new] = known.try_emplace(like);
        if (is_new) found->second = judge(facts, question.from, like);
        verdicts.push_back(found->second);
      }
    }
    return verdicts;
  }

  [[nodiscard]] const Snapshot& snapshot() const { return snapshot_; }

 private:
  Snapshot snapshot_;
  Judge judge_;
  int type_;
  Rulings rulings_;
};

}  // namespace

const char* answer_text(std::uint8_t answer) {
  return answer == ShortVerdict::cannot_tell ? "cannot_tell" : answer_names[answer];
}

void judge_all(const RuleBase& base, const BulkQuestion& question, const TakeDay& take) {
  std::atomic<std::size_t> next = 0;
  std::mutex one_at_a_time;
  const auto work = [&] {
    for (std::size_t day = next++; day < question.days.size(); day = next++) {
      DayJudge judge(base, question.days[day]);
      const std::vector<ShortVerdict> verdicts = judge.judge_day(question);
      const std::lock_guard lock(one_at_a_time);
      take(day, verdicts);
    }
  };
  std::vector<std::thread> threads;
  for (unsigned thread = 1; thread < question.threads; ++thread) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
}

ShortVerdict judge_one(const Snapshot& snapshot, int product, int from, int to) {
  DayJudge judge(snapshot.base(), snapshot.day());
  Facts facts = facts_of(judge.snapshot(), product, from);
  return judge.judge(facts, from, to);
}

}  // namespace pinchpoint::rules
