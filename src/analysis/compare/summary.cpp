// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "analysis/compare/internal/parts.hpp"
#include "analysis/explain/number_text.hpp"
#include "analysis/explain/wording.hpp"

namespace pinchpoint::compare {

namespace {

using explain::amount_text;
using explain::money_text;
using explain::number_text;
using explain::share_text;

constexpr std::size_t most_named = 3;

/// "a", "a and b", "a, b and c"
std::string listed(const std::vector<std::string>& words) {
  if (words.size() < 2) return words.empty() ? "" : words.front();
  return fmt::format("{} and {}", fmt::join(words.begin(), words.end() - 1, ", "), words.back());
}

/// "two programmes", "one other programme"
std::string counted(std::size_t count, std::string_view adjective, std::string_view noun) {
  constexpr std::array words = {"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"};
  const std::string number = count < words.size() ? words[count] : std::to_string(count);
  return fmt::format("{}{}{} {}{}", number, adjective.empty() ? "" : " ", adjective, noun, count == 1 ? "" : "s");
}

std::string capitalised(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') text.front() = static_cast<char>(text.front() - 32);
  return text;
}

std::string more_or_less(double difference) { return difference > 0 ? "more" : "less"; }

class Summary {
 public:
  Summary(const Pair& pair, const Comparison& result) : pair_(pair), result_(result) {}

  std::string write() {
    if (result_.is_same) return same();
    add_programmes();
    add_money();
    add_moves();
    add_bindings();
    return std::move(text_);
  }

 private:
  void say(const std::string& sentence) {
    if (!text_.empty()) text_ += ' ';
    text_ += capitalised(sentence);
    text_ += '.';
  }
  [[nodiscard]] const std::string& label(std::size_t span) const { return pair_.spans[span].label; }
  [[nodiscard]] std::string money(double amount) const { return money_text(amount, pair_.first.currency); }

  [[nodiscard]] std::string same() const {
    const std::string plans =
        "No difference: programmes, costs, builds, activity, stocks, shipments, prices and binding limits are the same";
    if (result_.inputs.empty()) return plans + ", and so is all that the runs were made from.";
    return fmt::format("{}, though what the runs were made from differs in {}.", plans,
                       counted(result_.inputs.size(), "", "point"));
  }

  void add_programmes() {
    if (result_.programmes.empty()) return;
    std::size_t changed = 0;
    for (const ProgrammeChange& it : result_.programmes) {
      if (!it.is_changed) continue;
      if (changed++ < most_named) say(outcome(it));
    }
    const std::size_t rest = result_.programmes.size() - changed;
    if (changed > most_named) say(others(changed - most_named));
    if (changed == 0) {
      say(result_.programmes.size() == 1
              ? fmt::format("{} gets the same as before", result_.programmes.front().name)
              : fmt::format("all {} get the same as before", counted(result_.programmes.size(), "", "programme")));
    } else if (rest > 0) {
      say(fmt::format("{} {} the same as before", counted(rest, "other", "programme"), rest == 1 ? "gets" : "get"));
    }
  }

  [[nodiscard]] std::string others(std::size_t count) const {
    return fmt::format("{} {}, too", counted(count, "further", "programme"), count == 1 ? "changes" : "change");
  }

  /// "Prairie AI programme gets 84.1 % of what it asks for instead of 88.2 % (356,000 MWh less), most of all in
  /// 2027Q1: 451 MW instead of 499; it is met in full from 2027Q3 on, two quarters later"
  [[nodiscard]] std::string outcome(const ProgrammeChange& it) const {
    if (!(it.second_asked > 0)) return fmt::format("{} no longer asks for anything", it.name);
    if (!(it.first_asked > 0))
      return fmt::format("{}, which asked for nothing before, gets {}", it.name,
                         served(it.second_met, it.second_asked));
    std::string text =
        fmt::format("{} gets {} instead of {}", it.name, served(it.second_met, it.second_asked),
                    is_full(it.first_met, it.first_asked)     ? "all of it"
                    : is_full(it.second_met, it.second_asked) ? served(it.first_met, it.first_asked)
                                                              : share_text(it.first_met / it.first_asked));
    if (is_full(it.first_met, it.first_asked) && is_full(it.second_met, it.second_asked))
      text = it.name + " gets all it asks for, as before";
    const double difference = it.second_met - it.first_met;
    if (differs(it.first_met, it.second_met))
      text += fmt::format(" ({} {})", amount_text(std::abs(difference), it.unit), more_or_less(difference));
    if (differs(it.first_asked, it.second_asked))
      text += fmt::format(", asking for {} instead of {}", amount_text(it.second_asked, it.unit),
                          number_text(it.first_asked));
    if (differs(it.first_met_rate[it.peak], it.second_met_rate[it.peak]))
      text +=
          fmt::format(", most of all in {}: {} instead of {}", label(it.peak),
                      amount_text(it.second_met_rate[it.peak], it.rate_unit), number_text(it.first_met_rate[it.peak]));
    return text + lateness(it);
  }

  [[nodiscard]] static bool is_full(double met, double asked) { return met >= asked * (1 - tolerance); }
  [[nodiscard]] static std::string served(double met, double asked) {
    return is_full(met, asked) ? "all it asks for" : share_text(met / asked) + " of what it asks for";
  }

  [[nodiscard]] std::string lateness(const ProgrammeChange& it) const {
    const auto &first = it.first_full_from, &second = it.second_full_from;
    if (first == second) return "";
    if (!second) return fmt::format("; it is no longer met in full at the end, as it was from {} on", label(*first));
    if (!first) return fmt::format("; it is met in full from {} on, and was not before", label(*second));
    return fmt::format("; it is met in full from {} on, {}", label(*second),
                       delay_text(pair_.spans[*second].begin.months - pair_.spans[*first].begin.months));
  }

  void add_money() {
    if (!result_.has_money) return;
    const double difference = result_.second_cost - result_.first_cost;
    if (!differs(result_.first_cost, result_.second_cost)) {
      say(fmt::format("the plan costs as much as before, {}", money(result_.second_cost)));
      return;
    }
    const std::string share =
        result_.first_cost > 0 ? fmt::format(", {}", share_text(std::abs(difference) / result_.first_cost)) : "";
    std::string text = fmt::format("the plan costs {} instead of {} ({} {}{}{})", money(result_.second_cost),
                                   money(result_.first_cost), money(std::abs(difference)), more_or_less(difference),
                                   share, result_.has_objective ? "" : ", not discounted");
    std::vector<std::string> parts;
    for (const Change& line :
         result_.tables[static_cast<std::size_t>(result_.has_objective ? Table::costs : Table::payments)].changes) {
      if (parts.size() == most_named || !differs(line.first_total, line.second_total)) break;
      parts.push_back(
          fmt::format("{} {} {}", line.name, line.difference() > 0 ? "+" : "-", money(std::abs(line.difference()))));
    }
    if (!parts.empty()) text += ": " + listed(parts);
    say(text);
  }

  void add_moves() {
    std::vector<std::string> parts;
    for (const BuildChange& it : result_.builds) {
      if (parts.size() == most_named) break;
      parts.push_back(build(it));
    }
    if (!parts.empty()) say(fmt::format("what is built differs most in {}", fmt::join(parts, "; ")));
    const auto& activity = result_.tables[static_cast<std::size_t>(Table::activity)].changes;
    if (activity.empty()) return;
    const Change& most = activity.front();
    if (differs(most.first_total, most.second_total)) {
      say(fmt::format("of what is made and run, {} changes most: {} instead of {}", most.name,
                      amount_text(most.second_total, most.unit), number_text(most.first_total)));
    } else {
      say(fmt::format("of what is made and run, {} changes most: as much in all, but {} instead of {} in {}", most.name,
                      amount_text(most.second[most.peak], most.unit), number_text(most.first[most.peak]),
                      label(most.peak)));
    }
  }

  [[nodiscard]] std::string build(const BuildChange& it) const {
    if (!it.second_on_line)
      return fmt::format("{}: {} less, none at all", it.name, amount_text(it.first_capacity, it.unit));
    if (!it.first_on_line)
      return fmt::format("{}: {} from {} on, where there was none", it.name, amount_text(it.second_capacity, it.unit),
                         label(*it.second_on_line));
    std::string text = it.name + ": ";
    text +=
        differs(it.first_capacity, it.second_capacity)
            ? fmt::format("{} instead of {}", amount_text(it.second_capacity, it.unit), number_text(it.first_capacity))
            : fmt::format("the same {}", amount_text(it.second_capacity, it.unit));
    if (it.delay_months != 0) {
      text += fmt::format(", from {} on, {}", label(*it.second_on_line), delay_text(*it.delay_months));
    } else if (std::abs(it.mean_delay_months) >= 0.5) {
      text += fmt::format(", on average {:.1f} months {}", std::abs(it.mean_delay_months),
                          it.mean_delay_months > 0 ? "later" : "sooner");
    } else if (!differs(it.first_capacity, it.second_capacity)) {
      text += ", part of it at other times";
    }
    return text;
  }

  void add_bindings() {
    std::vector<std::string> came, went;
    for (const BindingChange& it : result_.bindings) {
      if (it.came()) came.push_back(fmt::format("{} ({})", it.name, spans_text(pair_.spans, it.second_spans)));
      if (it.went()) went.push_back(fmt::format("{} ({})", it.name, spans_text(pair_.spans, it.first_spans)));
    }
    if (!came.empty()) say("what binds now and did not before: " + cut(came));
    if (!went.empty()) say("what no longer binds: " + cut(went));
    if (came.empty() && went.empty() && has_bindings())
      say(result_.bindings.empty() ? "the same limits bind" : "the same limits bind, at other prices or times");
  }

  [[nodiscard]] bool has_bindings() const { return !pair_.first.bindings.empty() || !pair_.second.bindings.empty(); }

  [[nodiscard]] static std::string cut(std::vector<std::string> words) {
    if (words.size() > most_named + 1) {
      const std::size_t rest = words.size() - most_named;
      words.resize(most_named);
      words.push_back(counted(rest, "other", "limit"));
    }
    return listed(words);
  }

  const Pair& pair_;
  const Comparison& result_;
  std::string text_;
};

}  // namespace

std::string summarise(const Pair& pair, const Comparison& comparison) { return Summary(pair, comparison).write(); }

}  // namespace pinchpoint::compare
