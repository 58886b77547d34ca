// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "delivery/cli/comply/comply_answer.hpp"

namespace pinchpoint::cli {

namespace {

using namespace rules;

std::string words(std::string text) {
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

std::string outcome_text(const RuleBase& base, const Outcome& outcome) {
  std::string text = words(answer_names[static_cast<std::size_t>(outcome.answer)]);
  if (outcome.exception >= 0)
    text += fmt::format(" {}", base.rules[static_cast<std::size_t>(outcome.exception)].subject);
  if (outcome.posture != Posture::none)
    text += fmt::format(", {}", words(posture_names[static_cast<std::size_t>(outcome.posture)]));
  return text;
}

std::string item_text(const ComplyAnswer& answer) {
  if (answer.asked.product >= 0) return answer.base.products[static_cast<std::size_t>(answer.asked.product)].name;
  return "the item described";
}

std::string finding_text(const RuleBase& base, const Finding& finding) {
  const Rule& rule = base.rules[static_cast<std::size_t>(finding.rule)];
  std::string text = fmt::format("  {:<16}{}", rule.id, words(step_names[static_cast<std::size_t>(rule.step)]));
  if (!rule.subject.empty()) text += fmt::format(" {}", rule.subject);
  if (finding.bearing != Bearing::applies)
    text += fmt::format(", {}", words(bearing_names[static_cast<std::size_t>(finding.bearing)]));
  if (rule.posture != Posture::none)
    text += fmt::format(", {}", words(posture_names[static_cast<std::size_t>(rule.posture)]));
  if (finding.is_text_only) text += "; printed, not enforced on the day";
  if (rule.verify) text += "; VERIFY: not confirmed";
  if (!finding.why.empty()) text += fmt::format("\n{:18}{}", "", finding.why);
  text += fmt::format("\n{:18}{} [{}]", "", rule.source.citation, words(rule.source.confidence));
  if (!rule.source.url.empty()) text += fmt::format("\n{:18}{}", "", rule.source.url);
  return text + "\n";
}

std::string findings_text(const ComplyAnswer& answer, bool is_nearly) {
  std::string text;
  for (const RegimeVerdict& regime : answer.verdict.regimes) {
    for (const Finding& finding : regime.findings) {
      if ((finding.bearing == Bearing::nearly) == is_nearly) text += finding_text(answer.base, finding);
    }
  }
  return text;
}

std::string figures_text(const ComplyAnswer& answer) {
  std::vector<std::string> figures;
  for (const char* name : {"tpp", "pd", "area", "dram_bw", "io_bw", "mem_bw_density"}) {
    const int field = answer.base.field(name);
    const Value& value = answer.asked.facts[static_cast<std::size_t>(field)];
    if (value.has_low || value.has_high)
      figures.push_back(fmt::format("{} {}", name, value_text(answer.base.vocabulary, field, value)));
  }
  return fmt::format("{}", fmt::join(figures, ", "));
}

std::string taken_text(const ComplyAnswer& answer) {
  std::vector<std::string> taken;
  for (const int field : answer.asked.taken) {
    taken.push_back(
        fmt::format("{}={}", answer.base.vocabulary.fields[static_cast<std::size_t>(field)].name,
                    value_text(answer.base.vocabulary, field, answer.asked.facts[static_cast<std::size_t>(field)])));
  }
  return fmt::format("{}", fmt::join(taken, ", "));
}

std::string regimes_text(const ComplyAnswer& answer) {
  std::string text;
  for (const RegimeVerdict& regime : answer.verdict.regimes) {
    text +=
        fmt::format("  {}  enforced: {}\n      printed:  {}\n", regime_names[static_cast<std::size_t>(regime.regime)],
                    ruling_text(answer.base, regime.enforced), ruling_text(answer.base, regime.text));
    if (regime.unless_confirmed)
      text += fmt::format("      VERIFY: if what is not confirmed does not hold: {}\n",
                          ruling_text(answer.base, *regime.unless_confirmed));
  }
  return text;
}

std::string list_text(const char* title, const std::vector<std::string>& lines) {
  std::string text = lines.empty() ? "" : fmt::format("\n{}\n", title);
  for (const std::string& line : lines) text += fmt::format("  {}\n", line);
  return text;
}

}  // namespace

std::string ruling_text(const RuleBase& base, const Ruling& ruling) {
  if (ruling.is_decided()) return outcome_text(base, ruling.outcomes.front());
  std::vector<std::string> outcomes;
  for (const Outcome& outcome : ruling.outcomes) outcomes.push_back(outcome_text(base, outcome));
  const std::string answer = answer_text(ruling);
  return fmt::format("{} ({})", answer == "cannot_tell" ? "cannot tell" : words(answer), fmt::join(outcomes, "; or "));
}

std::string comply_line(const ComplyAnswer& answer) {
  const std::string item = answer.question.item.empty() ? "(facts)" : answer.question.item;
  return fmt::format("{:<28} {} > {}  {}  {}{}\n", item, answer.question.from, answer.question.to,
                     to_string(answer.question.date), ruling_text(answer.base, answer.verdict.overall),
                     answer.verdict.flags.empty() ? "" : fmt::format("  [{}]", fmt::join(answer.verdict.flags, ", ")));
}

std::string comply_text(const ComplyAnswer& answer) {
  const Verdict& verdict = answer.verdict;
  std::string text =
      fmt::format("{}, {} to {}{}, {}\n{}\n\n", item_text(answer), answer.question.from, answer.question.to,
                  answer.question.end_user.empty() ? "" : fmt::format(", for {}", answer.question.end_user),
                  to_string(answer.question.date), ruling_text(answer.base, verdict.overall));
  text += regimes_text(answer);
  text += fmt::format("\nClass: {}", verdict.classes.empty() ? "none of the classes in the base"
                                                             : fmt::format("{}", fmt::join(verdict.classes, ", ")));
  if (!verdict.possible_classes.empty())
    text += fmt::format("; possible: {}", fmt::join(verdict.possible_classes, ", "));
  if (const std::string figures = figures_text(answer); !figures.empty()) text += fmt::format("\nFigures: {}", figures);
  text += fmt::format("\n{}", list_text("Missing", verdict.missing));
  if (const std::string found = findings_text(answer, false); !found.empty()) text += fmt::format("\nRules\n{}", found);
  if (const std::string found = findings_text(answer, true); !found.empty()) text += fmt::format("\nNearly\n{}", found);
  text += list_text("Notes", answer.asked.notes);
  if (!answer.asked.taken.empty())
    text += fmt::format("\nTaken as given, because nobody said otherwise: {}\n", taken_text(answer));
  if (!verdict.flags.empty()) text += fmt::format("\nFlags: {}\n", fmt::join(verdict.flags, ", "));
  return text +
         fmt::format(
             "\nRule base as of {}. This follows from the facts given; it clears nothing, and is no legal advice.\n",
             to_string(answer.base.as_of()));
}

}  // namespace pinchpoint::cli
