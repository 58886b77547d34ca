// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/explain/number_text.hpp"
#include "analysis/explain/wording.hpp"
#include "delivery/cli/compare/compare_answer.hpp"

namespace pinchpoint::cli {

namespace {

using compare::Table;
using explain::amount_text;
using explain::money_text;
using explain::number_text;
using explain::share_text;

class CompareScreen {
 public:
  explicit CompareScreen(const CompareAnswer& answer) : answer_(answer), result_(answer.comparison) {}

  std::string render() {
    text_ += fmt::format("{}\n", answer_.first.title.empty() ? answer_.first.model : answer_.first.title);
    add_run("from", answer_.first);
    add_run("to", answer_.second);
    for (const std::string& note : result_.notes) text_ += fmt::format("note: {}\n", note);
    text_ += fmt::format("\n{}", wrapped(result_.summary));
    add_inputs();
    if (!result_.is_same) {
      add_programmes();
      add_builds();
      add_bindings();
      for (const Table table : {Table::costs, Table::outlays, Table::budgets, Table::capacity, Table::activity,
                                Table::flows, Table::stocks, Table::prices})
        add_table(table);
    }
    if (!answer_.csv.empty()) text_ += fmt::format("\ntables        {}\n", answer_.csv);
    return std::move(text_);
  }

 private:
  void title(std::string_view words) { text_ += fmt::format("\n{}\n", words); }
  [[nodiscard]] bool is_shown(std::size_t at) const { return answer_.top == 0 || at < answer_.top; }
  void add_more(std::size_t all) {
    if (answer_.top > 0 && all > answer_.top) text_ += fmt::format("  … and {} more (--top 0)\n", all - answer_.top);
  }
  [[nodiscard]] const std::string& label(std::size_t span) const { return result_.spans[span].label; }

  void add_run(std::string_view word, const compare::RunData& run) {
    text_ += fmt::format("{:<14}{} ({}, {} to {})\n", word, run.path, run.status, run.periods.front().label,
                         run.periods.back().label);
  }

  /// Lines of at most 110 characters, cut between words.
  static std::string wrapped(const std::string& text) {
    constexpr std::size_t most = 110;
    std::string lines;
    std::size_t width = 0, from = 0;
    while (from < text.size()) {
      const std::size_t end = std::min(text.find(' ', from), text.size());
      const std::string word = text.substr(from, end - from);
      // A number and its sign stay together.
      if (width > 0 && width + 1 + word.size() > most && !word.starts_with('%')) {
        lines += '\n';
        width = 0;
      }
      if (width > 0) lines += ' ';
      lines += word;
      width += (width > 0 ? 1 : 0) + word.size();
      from = end + 1;
    }
    return lines + "\n";
  }

  void add_inputs() {
    title("What the runs were made from, where it differs");
    if (result_.inputs.empty()) text_ += "  nothing: same files, same options\n";
    for (std::size_t at = 0; at < result_.inputs.size() && is_shown(at); ++at) {
      const compare::InputDifference& it = result_.inputs[at];
      text_ += fmt::format("  {}: {} → {}\n", it.what, it.first, it.second);
    }
    add_more(result_.inputs.size());
  }

  void add_programmes() {
    title("Programmes (met of what is asked for, over the time compared)");
    std::size_t same = 0, shown = 0, changed = 0;
    for (const compare::ProgrammeChange& it : result_.programmes) {
      if (!it.is_changed) {
        ++same;
        continue;
      }
      ++changed;
      if (is_shown(shown++)) add_programme(it);
    }
    add_more(changed);
    if (same > 0) text_ += fmt::format("  {} get{} the same\n", same, same == 1 ? "s" : "");
  }

  void add_programme(const compare::ProgrammeChange& it) {
    const auto share = [](double met, double asked) { return asked > 0 ? share_text(met / asked) : "-"; };
    text_ += fmt::format("  {}: {} → {} {} ({} → {}), short {} → {}\n", it.name, number_text(it.first_met),
                         number_text(it.second_met), it.unit, share(it.first_met, it.first_asked),
                         share(it.second_met, it.second_asked), number_text(it.first_unmet()),
                         number_text(it.second_unmet()));
    if (it.first_full_from != it.second_full_from) {
      const auto from = [&](std::optional<std::size_t> span) { return span ? label(*span) : std::string("never"); };
      text_ += fmt::format("      met in full from {} → {}\n", from(it.first_full_from), from(it.second_full_from));
    }
    std::string by_period;
    std::size_t periods = 0;
    for (std::size_t at = 0; at < result_.spans.size(); ++at) {
      if (!compare::differs(it.first_met_rate[at], it.second_met_rate[at]) || !is_shown(periods++)) continue;
      by_period += fmt::format("{} {}: {} → {}", by_period.empty() ? "" : ",", label(at),
                               number_text(it.first_met_rate[at]), number_text(it.second_met_rate[at]));
    }
    if (!by_period.empty()) text_ += fmt::format("      met in{} {}\n", by_period, it.rate_unit);
  }

  void add_builds() {
    if (result_.builds.empty()) return;
    title("Builds (capacity ordered, capex not discounted, first on line)");
    for (std::size_t at = 0; at < result_.builds.size() && is_shown(at); ++at) add_build(result_.builds[at]);
    add_more(result_.builds.size());
  }

  void add_build(const compare::BuildChange& it) {
    const auto when = [&](std::optional<std::size_t> span) { return span ? label(*span) : std::string("never"); };
    std::string line =
        fmt::format("  {}: {} → {}", it.name, number_text(it.first_capacity), amount_text(it.second_capacity, it.unit));
    if (result_.has_money)
      line +=
          fmt::format(", {} → {}", money_text(it.first_capex, answer_.first.currency), number_text(it.second_capex));
    if (it.first_on_line == it.second_on_line) {
      line += ", from " + when(it.first_on_line);
    } else {
      line += fmt::format(", from {} → {}", when(it.first_on_line), when(it.second_on_line));
      if (it.delay_months) line += fmt::format(" ({})", compare::delay_text(*it.delay_months));
    }
    constexpr double worth_saying = 0.05;
    if (it.delay_months && std::abs(it.mean_delay_months - *it.delay_months) > worth_saying)
      line += fmt::format("; on average {:.1f} months {}", std::abs(it.mean_delay_months),
                          it.mean_delay_months > 0 ? "later" : "sooner");
    text_ += line + "\n";
  }

  void add_bindings() {
    if (result_.bindings.empty()) return;
    title("Limits that bind (+ came, - went, ~ changed), with the largest worth of one unit more and of all there is");
    for (std::size_t at = 0; at < result_.bindings.size() && is_shown(at); ++at) {
      const compare::BindingChange& it = result_.bindings[at];
      const auto side = [&](const std::vector<std::size_t>& spans, double price) {
        if (spans.empty()) return std::string("not binding");
        return fmt::format("{} at {} {}", compare::spans_text(result_.spans, spans), number_text(price), it.price_unit);
      };
      const std::string_view mark = it.came() ? "+" : it.went() ? "-" : "~";
      text_ += fmt::format("  {} {}: {} → {}", mark, it.name, side(it.first_spans, it.first_price),
                           side(it.second_spans, it.second_price));
      if (result_.has_money)
        text_ += fmt::format("; in all {} → {}", money_text(it.first_worth, answer_.first.currency),
                             number_text(it.second_worth));
      text_ += '\n';
    }
    add_more(result_.bindings.size());
  }

  void add_table(Table table) {
    // Where discounted costs do not compare, those not discounted are shown.
    if (table == Table::costs && !result_.has_objective) table = Table::payments;
    const auto& changes = result_.tables[static_cast<std::size_t>(table)].changes;
    if (changes.empty()) return;
    const compare::TableKind& kind = compare::table_kinds[static_cast<std::size_t>(table)];
    title(fmt::format("{}: {} of {} differ", kind.title, changes.size(),
                      result_.tables[static_cast<std::size_t>(table)].compared));
    for (std::size_t at = 0; at < changes.size() && is_shown(at); ++at) add_change(kind, changes[at]);
    add_more(changes.size());
  }

  void add_change(const compare::TableKind& kind, const compare::Change& it) {
    const double step = it.difference();
    const std::string sign = step < 0 ? "" : "+";
    std::string line =
        fmt::format("  {}: {} → {} {}", it.name, number_text(it.first_total), number_text(it.second_total), it.unit);
    line += compare::differs(it.first_total, it.second_total) ? fmt::format(" ({}{})", sign, number_text(step))
                                                              : " (at other times)";
    if (kind.worth != compare::Worth::money && result_.spans.size() > 1)
      line += fmt::format(", most in {}: {} → {}", label(it.peak), number_text(it.first[it.peak]),
                          number_text(it.second[it.peak]));
    text_ += line + "\n";
  }

  const CompareAnswer& answer_;
  const compare::Comparison& result_;
  std::string text_;
};

}  // namespace

std::string render_text(const CompareAnswer& answer) { return CompareScreen(answer).render(); }

}  // namespace pinchpoint::cli
