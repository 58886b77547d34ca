// SPDX-License-Identifier: Apache-2.0
// Verdicts of every product, country and so many days of the shipped base, from the United States. A sample is asked
// again one by one; each must agree before any time counts.
//   rules_bench [VERDICTS] [THREADS] [SAMPLE]
#include <fmt/format.h>
#include <sys/resource.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <numeric>

#include "domain/rules/bulk.hpp"

namespace {

using namespace pinchpoint::rules;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

BulkQuestion question_of(const RuleBase& base, std::size_t verdicts, unsigned threads) {
  BulkQuestion question;
  question.products.resize(base.products.size());
  question.countries.resize(base.vocabulary.countries.size());
  std::iota(question.products.begin(), question.products.end(), 0);
  std::iota(question.countries.begin(), question.countries.end(), 0);
  question.from = base.vocabulary.find_country("US");
  question.threads = threads;
  const std::size_t a_day = question.products.size() * question.countries.size();
  const std::size_t days = (verdicts + a_day - 1) / a_day;
  const int first = parse_day("2022-10-07")->days;
  const int span = parse_day("2026-12-31")->days - first;
  for (std::size_t day = 0; day < days; ++day)
    question.days.push_back(
        {first + static_cast<int>(static_cast<std::size_t>(span) * day / std::max<std::size_t>(days - 1, 1))});
  return question;
}

}  // namespace

int main(int count, char** words) {
  const auto number = [&](int place, unsigned otherwise) {
    return count > place ? static_cast<unsigned>(std::strtoul(words[place], nullptr, 10)) : otherwise;
  };
  const auto base = load_rule_base(shipped_rules());
  if (!base) return 2;
  const BulkQuestion question = question_of(*base, number(1, 1'000'000), number(2, 2));
  const unsigned sample = number(3, 400);
  const std::size_t a_day = question.products.size() * question.countries.size();
  std::array<std::size_t, 5> answers{};
  std::size_t wrong = 0, asked_again = 0;
  double checking = 0;
  const auto begin = Clock::now();
  judge_all(*base, question, [&](std::size_t day, const std::vector<ShortVerdict>& verdicts) {
    for (const ShortVerdict& verdict : verdicts) ++answers.at(verdict.answer);
    const auto check_begin = Clock::now();
    const Snapshot snapshot(*base, question.days[day]);
    for (std::size_t turn = 0; turn < sample / question.days.size() + 1; ++turn) {
      const std::size_t place = (day * 7919 + turn * 104'729) % a_day;
      const int product = question.products[place / question.countries.size()];
      const int country = question.countries[place % question.countries.size()];
      ++asked_again;
      if (judge_one(snapshot, product, question.from, country) != verdicts[place]) ++wrong;
    }
    checking += seconds_since(check_begin);
  });
  const double seconds = seconds_since(begin);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  fmt::print("{} products x {} countries x {} days = {} verdicts\n", question.products.size(),
             question.countries.size(), question.days.size(), a_day * question.days.size());
  fmt::print("{:.2f} s on {} threads, of which {:.2f} s asking {} of them again: {} differ; peak {:.0f} MB\n", seconds,
             question.threads, checking, asked_again, wrong, static_cast<double>(usage.ru_maxrss) / 1024);
  for (std::size_t answer = 0; answer < answers.size(); ++answer)
    fmt::print("  {:<18}{}\n", answer_text(static_cast<std::uint8_t>(answer)), answers[answer]);
  return wrong == 0 ? 0 : 1;
}
