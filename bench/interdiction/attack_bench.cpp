// SPDX-License-Identifier: Apache-2.0
// Prints docs/bench/attack.md: the worst cuts of the Stargate study by years, proven, and what one MIP of the dual
// makes of the same question: attack_bench [SECONDS OF THE MIP [THREADS]]
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <stdexcept>

#include "analysis/stress/attack.hpp"
#include "delivery/results/load_model.hpp"
#include "optim/interdiction/dualised_attack.hpp"

namespace {

using namespace pinchpoint;
using stress::TargetKind;

struct Question {
  std::string targets;  ///< in words
  std::vector<TargetKind> kinds;
  double cuts;
  double gap;
  bool is_raced;
};

constexpr const char* head = R"(# Attacks

Made by `make bench-attack`; not edited. Date {}, {} cores. The K losses that hurt `studies/stargate` most, by years, from 2027 to the end of the horizon; orders of
the plan may be given up, none added. *Lower* and *upper* bound the loss of the worst set, present value in trillions of USD by the values that
programmes state: the first from duals in interval arithmetic, the second from plans that avoid every other set, checked row by row. One run each, wall time
of the search.

| targets | K | gap asked | lower | upper | gap | s | LPs | plans | nodes | the worst set |
| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --- |
)";

constexpr const char* race_head = R"(
## Against one MIP

The same question as a single-level MIP (Wood 1993, `optim/interdiction/dualised_attack.hpp`), solved by HiGHS with as many threads and {:g} s at most. Its
bounds are the solver's word, and hold only if no price exceeds {:g} times the unit of the scaled problem. *Ratio*: its time over ours.

| targets | K | gap asked | ours, s | gap | MIP, s | its lower | its upper | its gap | ratio |
| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |
)";

constexpr const char* defence_head = R"(
## Defence

Stockpiles of six months and spare capacity of a tenth of the world's output, of what the targets make, for at most the budget.

| targets | K | budget, bn | protections on offer | worst set before | after: lower | upper | bought | rounds | s |
| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |
)";

constexpr const char* tail = R"(
Right on cases with known answers: ten bilevel assignment problems and the grid K = 0 to 4 (`tests/published/interdiction`), enumeration and the MIP on small
networks (`src/optim/interdiction/attack_test.cpp`), and all sets of two played one by one by `stress` on random worlds
(`tests/properties/stress_laws_test.cpp`).
)";

constexpr double trillion = 1e12;

class Study {
 public:
  explicit Study(int threads) : threads_(threads) {
    tables::ReadOptions read;
    read.step = Step::year;
    loaded_ = results::load_model(PINCHPOINT_SOURCE_DIR "/studies/stargate", read);
    if (!loaded_.is_sound()) throw std::runtime_error("the study cannot be read");
    plan_ = plan::make_plan(*loaded_.world, {});
    if (plan_.status != plan::PlanStatus::optimal) throw std::runtime_error("the study has no plan");
  }

  [[nodiscard]] stress::AttackWish wish(const Question& question) const {
    stress::AttackWish wish;
    wish.from = Date{2027 * 12};
    wish.targets = stress::targets_of(*loaded_.world, plan_, question.kinds, wish.from);
    wish.cost_limit = question.cuts;
    wish.search.relative_gap = question.gap;
    wish.search.time_limit = 600;
    wish.search.threads = threads_;
    return wish;
  }

  [[nodiscard]] stress::AttackAnswer answer(const stress::AttackWish& wish) const {
    stress::AttackAnswer answer = stress::attack(*loaded_.world, plan_, wish);
    if (!answer.is_ready) throw std::runtime_error(answer.problem);
    return answer;
  }
  [[nodiscard]] optim::Attack play(const stress::AttackWish& wish) const { return answer(wish).attack; }

  [[nodiscard]] std::string names(const stress::AttackWish& wish, const optim::Attack& attack) const {
    std::string text;
    for (const std::int32_t at : attack.chosen) {
      const stress::Target& target = wish.targets[static_cast<std::size_t>(at)];
      text += fmt::format("{}{}", text.empty() ? "" : "; ", target.name);
    }
    return text;
  }

 private:
  int threads_;
  results::LoadedModel loaded_;
  plan::Plan plan_;
};

double loss(double bound, const optim::Attack& attack) { return (bound - attack.base) / trillion; }

void print_row(const Study& study, const Question& question, const stress::AttackWish& wish,
               const optim::Attack& attack) {
  fmt::print("| {} {} | {:g} | {:g} % | {:.4g} | {:.4g} | {:.2g} % | {:.1f} | {} | {} | {} | {} |\n",
             wish.targets.size(), question.targets, question.cuts, 100 * question.gap, loss(attack.lower, attack),
             loss(attack.upper, attack), 100 * attack.gap, attack.seconds, attack.lps, attack.plans, attack.nodes,
             study.names(wish, attack));
  std::fflush(stdout);
}

/// Each lower bound lies below the other's upper one, or no time counts.
void expect_agreement(const optim::Attack& ours, const optim::Attack& mip) {
  const double rounding = 1e-6 * (ours.upper - ours.base);
  if (std::isfinite(mip.lower) && mip.lower > ours.upper + rounding)
    throw std::runtime_error("the MIP knows a worse set than our upper bound allows");
  if (std::isfinite(mip.upper) && mip.upper < ours.lower - rounding)
    throw std::runtime_error("the MIP's bound lies below our worst set");
}

std::string race_row(const Study& study, const Question& question, stress::AttackWish wish, const optim::Attack& ours,
                     double seconds) {
  wish.search.time_limit = seconds;
  wish.find = optim::dualise_attack;
  const optim::Attack mip = study.play(wish);
  expect_agreement(ours, mip);
  const bool is_done = mip.status == optim::AttackStatus::optimal;
  const bool has_set = std::isfinite(mip.lower);
  return fmt::format("| {} | {:g} | {:g} % | {:.1f} | {:.2g} % | {:.0f}{} | {} | {} | {} | {}{:.1f} |\n",
                     question.targets, question.cuts, 100 * question.gap, ours.seconds, 100 * ours.gap, mip.seconds,
                     is_done ? "" : " (its limit)", has_set ? fmt::format("{:.4g}", loss(mip.lower, mip)) : "no set",
                     has_set ? fmt::format("{:.4g}", loss(mip.upper, mip)) : "–",
                     has_set ? fmt::format("{:.2g} %", 100 * mip.gap) : "–", is_done ? "" : "> ",
                     mip.seconds / ours.seconds);
}

void print_defence(const Study& study, const Question& question, double budget) {
  stress::AttackWish wish = study.wish(question);
  wish.defence_budget = budget;
  const stress::AttackAnswer answer = study.answer(wish);
  const optim::DefencePlan& defence = answer.defence;
  fmt::print("| {} {} | {:g} | {:g} | {} | {:.4g} | {:.4g} | {:.4g} | {} | {} | {:.1f} |\n", wish.targets.size(),
             question.targets, question.cuts, budget / 1e9, answer.protections.size(),
             loss(defence.undefended.upper, defence.undefended), loss(defence.lower, defence.undefended),
             loss(defence.upper, defence.undefended), defence.bought.size(), defence.rounds, defence.seconds);
}

std::string today() {
  const std::time_t now = std::time(nullptr);
  return fmt::format("{:%Y-%m-%d}", fmt::gmtime(now));
}

}  // namespace

int main(int count, char** argument) {
  using enum TargetKind;
  const double seconds = count > 1 ? std::atof(argument[1]) : 300;
  const int threads = count > 2 ? std::atoi(argument[2]) : 2;
  const std::vector<TargetKind> all = {site, owner, country, commodity, lane, group};
  const std::vector<Question> questions = {
      {"sites", {site}, 1, 0, true},
      {"sites", {site}, 2, 0, true},
      {"sites", {site}, 3, 0.05, true},
      {"sites", {site}, 3, 0, false},
      {"commodities of countries", {commodity}, 3, 0, false},
      {"of all kinds but single facilities", all, 2, 0.05, false},
  };
  const Study study(threads);
  fmt::print(fmt::runtime(head), today(), threads);
  std::string races;
  for (const Question& question : questions) {
    const stress::AttackWish wish = study.wish(question);
    const optim::Attack attack = study.play(wish);
    print_row(study, question, wish, attack);
    if (question.is_raced) races += race_row(study, question, wish, attack, seconds);
  }
  fmt::print(fmt::runtime(race_head), seconds, optim::AttackOptions{}.largest_price);
  fmt::print("{}{}", races, defence_head);
  print_defence(study, {"commodities of countries", {commodity}, 1, 0.05, false}, 5e9);
  fmt::print("{}", tail);
  return 0;
}
