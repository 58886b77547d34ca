// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

#include "analysis/explain/number_text.hpp"
#include "delivery/cli/comply/ruled_flows_text.hpp"
#include "delivery/cli/explain_answer.hpp"

namespace pinchpoint::cli {

namespace {

using explain::money_text;
using explain::number_text;
using explain::share_text;

class ExplainScreen {
 public:
  explicit ExplainScreen(const ExplainAnswer& answer)
      : answer_(answer), explanation_(answer.explanation), world_(answer.world) {}

  std::string render() {
    const std::string& title = world_.title.empty() ? world_.name : world_.title;
    text_ += fmt::format("{}: why the plan is as it is\n", title);
    for (const std::string& note : answer_.notes) text_ += fmt::format("note: {}\n", note);
    if (!explanation_.is_complete) {
      text_ += explanation_.problem + "\n";
      return std::move(text_);
    }
    if (explanation_.has_integers) text_ += "note: whole blocks stay as the plan chose them in all that follows\n";
    for (std::size_t goal = 0; goal < explanation_.causes.size(); ++goal) add_cause(goal);
    add_reliefs();
    add_ruled_flows();
    add_figures();
    add_break_evens();
    if (!answer_.run.empty())
      text_ += fmt::format("\ntables explain_* in {}\n", (answer_.run / "results.sqlite").string());
    return std::move(text_);
  }

 private:
  void title(std::string_view words) { text_ += fmt::format("\n{}\n", words); }
  void add_more(std::size_t all, std::size_t shown) {
    if (all > shown) text_ += fmt::format("  … and {} more\n", all - shown);
  }

  void add_cause(std::size_t goal) {
    const explain::Cause& cause = explanation_.causes[goal];
    title(cause.verdict);
    add_chain("What holds it back:", cause.amount);
    add_chain("What makes it dear:", cause.price);
    for (const std::string& advice : explain::relief_advice(world_, explanation_, goal))
      text_ += fmt::format("  {}\n", advice);
  }

  void add_chain(std::string_view words, const explain::CauseChain& chain) {
    if (chain.conclusion.empty()) return;
    text_ += fmt::format("  {}\n", words);
    for (const explain::CauseLink& link : chain.links) text_ += fmt::format("  - {}\n", link.sentence);
    text_ += fmt::format("  - {}\n", chain.conclusion);
  }

  void add_reliefs() {
    if (explanation_.reliefs.empty()) return;
    title("What pinches, and what relief would do (planned anew with the relief given)");
    std::size_t shown = 0;
    for (const explain::Relief& relief : explanation_.reliefs) {
      if (shown == answer_.top) break;
      text_ += fmt::format("  {:2}. {}\n", ++shown, relief.sentence);
    }
    add_more(explanation_.reliefs.size(), shown);
  }

  void add_ruled_flows() {
    const std::string flows = ruled_flows_text(answer_.world, answer_.top);
    if (flows.empty()) return;
    title("What the rules stop or limit, and which rules (it follows from the facts given; nothing is cleared)");
    text_ += flows;
  }

  void add_figures() {
    if (explanation_.strongest.empty()) return;
    title("Sourced figures that drive the result: what each end of its band would do to the cost, to first order");
    std::size_t shown = 0, sourced = 0;
    for (const std::size_t at : explanation_.strongest) {
      const Figure& figure = explanation_.figures[at];
      if (figure.sources.empty() || explanation_.effects[at].swing == 0) continue;
      ++sourced;
      if (shown < answer_.figures) add_figure(++shown, at);
    }
    add_more(sourced, shown);
    std::size_t unsourced = 0;
    for (const std::size_t at : explanation_.strongest) {
      if (!explanation_.figures[at].sources.empty() || explanation_.effects[at].swing == 0) continue;
      if (unsourced == 0) title("The strongest figures without a source (assumed)");
      if (++unsourced > 5) break;
      add_figure(unsourced, at);
    }
    std::size_t steps = 0;
    for (const explain::FigureEffect& effect : explanation_.effects) steps += effect.is_step ? 1 : 0;
    if (steps > 0)
      text_ += fmt::format("  {} figures act in steps (times, dates, counts): --exact N plans them anew\n", steps);
  }

  void add_figure(std::size_t rank, std::size_t at) {
    const Figure& figure = explanation_.figures[at];
    const explain::FigureEffect& effect = explanation_.effects[at];
    const auto change = [&](double money) {
      return fmt::format("{}{}", money < 0 ? "-" : "+", money_text(std::abs(money), world_.currency));
    };
    text_ += fmt::format("  {:2}. {}: {}", rank, explanation_.figure_names[at], number_text(figure.value));
    if (figure.unit != "1") text_ += ' ' + figure.unit;
    if (figure.low) text_ += fmt::format("; at {}: {}", number_text(*figure.low), change(effect.down));
    if (figure.high) text_ += fmt::format("; at {}: {}", number_text(*figure.high), change(effect.up));
    if (effect.exact)
      text_ += fmt::format("; planned anew: {}, {}", change(effect.exact->down), change(effect.exact->up));
    if (!figure.sources.empty()) text_ += fmt::format(" [{}]", explanation_.figure_sources[at]);
    text_ += '\n';
  }

  void add_break_evens() {
    if (explanation_.break_evens.empty()) return;
    title("What is not built, and what it would take");
    std::size_t shown = 0;
    std::size_t ties = 0;
    for (const explain::BreakEven& item : explanation_.break_evens) {
      if (item.is_tie()) ++ties;
      if (item.is_tie() || shown == answer_.top) continue;
      ++shown;
      text_ += fmt::format("  {}\n", item.sentence);
    }
    add_more(explanation_.break_evens.size() - ties, shown);
    if (ties > 0) text_ += fmt::format("  {} more are as good as ordered: they neither gain nor lose\n", ties);
  }

  const ExplainAnswer& answer_;
  const explain::Explanation& explanation_;
  const World& world_;
  std::string text_;
};

}  // namespace

std::string render_text(const ExplainAnswer& answer) { return ExplainScreen(answer).render(); }

}  // namespace pinchpoint::cli
