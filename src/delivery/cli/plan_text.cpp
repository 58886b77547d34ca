// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>

#include "analysis/explain/number_text.hpp"
#include "analysis/explain/wording.hpp"
#include "delivery/cli/comply/ruled_flows_text.hpp"
#include "delivery/cli/plan_answer.hpp"

namespace pinchpoint::cli {

namespace {

using explain::money_text;
using explain::number_text;
using explain::share_text;
using plan::PlanStatus;

constexpr std::size_t most_pinches = 8;
constexpr std::size_t most_programmes = 12;
constexpr std::size_t most_own_programmes = 3;
constexpr std::size_t most_builds = 8;
constexpr std::size_t most_owners = 8;

const char* verdict(const plan::Plan& plan) {
  switch (plan.status) {
    case PlanStatus::optimal:
      return plan.certificate.upper_is_proved
                 ? "optimal, certified"
                 : "optimal, certified to rounding: no row or bound is violated by more than 1e-9 of its size";
    case PlanStatus::uncertified:
      return "NOT CERTIFIED: the solver says optimal, our own check does not bear it out";
    case PlanStatus::infeasible:
      return "infeasible: hard rules contradict one another";
    case PlanStatus::unbounded:
      return "unbounded: the model makes money from nothing";
    case PlanStatus::limit_reached:
      return plan.solution.has_values ? "stopped early: the best plan known, not the best there is"
                                      : "stopped early, before there was a plan";
    case PlanStatus::failed:
      return "failed";
  }
  return "";
}

std::string name_of(const std::string& name, const std::string& id) { return name.empty() ? id : name; }

/// Cut to so many characters, UTF-8 kept whole.
std::string fitted(const std::string& text, std::size_t width) {
  std::size_t characters = 0, end = 0;
  for (; end < text.size(); ++end) {
    const bool begins = (static_cast<unsigned char>(text[end]) & 0xC0) != 0x80;
    if (begins && characters++ == width) break;
  }
  if (end < text.size()) return text.substr(0, end);
  return text + std::string(width - characters, ' ');
}

class Screen {
 public:
  explicit Screen(const PlanAnswer& answer) : answer_(answer), plan_(answer.record.plan), world_(answer.record.world) {}

  std::string render() {
    add_verdict();
    if (!plan_.message.empty() && plan_.status != PlanStatus::optimal) line("", plan_.message);
    if (plan_.solution.has_values) add_proof();
    add_rules();
    add_effort();
    add_contradictions();
    if (plan_.solution.has_values) {
      add_programmes();
      add_ruled_flows();
      add_pinches();
      add_builds();
      add_owners();
      add_facts();
    }
    add_run();
    return std::move(text_);
  }

 private:
  void line(std::string_view label, std::string_view value) { text_ += fmt::format("{:<14}{}\n", label, value); }
  void title(std::string_view words) { text_ += fmt::format("\n{}\n", words); }
  void add_more(std::size_t all, std::size_t shown) {
    if (all > shown) text_ += fmt::format("  … and {} more\n", all - shown);
  }

  void add_verdict() {
    const Timeline& timeline = world_.timeline;
    text_ += fmt::format("{} ({} to {})\n", name_of(world_.title, world_.name), timeline.label(PeriodId(0)),
                         timeline.label(PeriodId(timeline.count() - 1)));
    line("status", verdict(plan_));
  }

  void add_proof() {
    const optim::Certificate& proof = plan_.certificate;
    line("objective", fmt::format("{} ({} money of {}, discounted at {:g} % a year)",
                                  money_text(plan_.solution.objective, world_.currency), world_.currency,
                                  world_.price_year, 100 * world_.discount_rate));
    std::string bounds = fmt::format("between {:.10g} and {:.10g}, gap {:.1e}", proof.lower, proof.upper, proof.gap);
    if (proof.is_mip) {
      bounds = fmt::format("at most {:.10g} (proved); branch and bound says at least {:.10g}, gap {:.1e}", proof.upper,
                           proof.mip_bound_claimed, proof.mip_gap_claimed);
    }
    line("certificate", bounds);
    std::string violation =
        fmt::format("largest violation of the solver's values: {:.1e} primal", proof.primal_violation_scaled);
    if (!proof.is_mip) violation += fmt::format(", {:.1e} dual", proof.dual_violation_scaled);
    line("", violation + " (scaled)");
    line("costs", plan_.cost_check.is_reconciled
                      ? "lines by payer and kind add up to the objective"
                      : fmt::format("lines do NOT add up to the objective: {:.3e} apart", plan_.cost_check.difference));
  }

  void add_rules() {
    if (const std::string rules = rules_line(answer_.record.folder, world_); !rules.empty()) line("rules", rules);
  }

  void add_ruled_flows() {
    if (world_.ruled_flows.empty()) return;
    constexpr std::size_t most = 8;
    const std::string flows = ruled_flows_text(world_, most);
    title("What the rules stop or limit (it follows from the facts given; nothing is cleared)");
    text_ += flows.empty() ? "  nothing\n" : flows;
  }

  void add_effort() {
    const optim::Model& model = plan_.problem.model;
    line("size", fmt::format("{} rows, {} columns, {} nonzeros", model.row_count(), model.column_count(),
                             model.nonzero_count()));
    add_conditioning();
    line("solved by", fmt::format("{}, {} iterations", to_string(plan_.solution.method),
                                  number_text(static_cast<double>(plan_.solution.iterations))));
    const results::Seconds& seconds = answer_.record.seconds;
    // A small plan takes milliseconds.
    const int digits = seconds.total < 1 ? 4 : 2;
    line("seconds", fmt::format("{1:.{0}f} read, {2:.{0}f} validate, {3:.{0}f} assemble, {4:.{0}f} solve, "
                                "{5:.{0}f} certify, {6:.{0}f} write; {7:.{0}f} in all",
                                digits, seconds.read, seconds.validate, seconds.assemble, seconds.solve,
                                seconds.certify, seconds.write, seconds.total));
    if (answer_.warnings > 0) {
      line("warnings",
           fmt::format("{} (pinchpoint check {} shows them)", answer_.warnings, answer_.record.folder.path.string()));
    }
  }

  void add_conditioning() {
    const optim::Conditioning& found = plan_.conditioning;
    const auto ends = [](const optim::CoefficientRanges::Range& range) {
      return fmt::format("{:.0e}..{:.0e}", range.smallest, range.largest);
    };
    const auto both = [&](std::string_view what, const optim::CoefficientRanges::Range& given,
                          const optim::CoefficientRanges::Range& scaled) {
      return fmt::format("{} {} → {}", what, ends(given), ends(scaled));
    };
    line("conditioning",
         fmt::format("{}; {}; {}; {} (given → scaled)", both("matrix", found.given.matrix, found.scaled.matrix),
                     both("cost", found.given.cost, found.scaled.cost),
                     both("bounds", found.given.bounds, found.scaled.bounds),
                     both("right-hand sides", found.given.right_hand_sides, found.scaled.right_hand_sides)));
    if (!found.is_poor()) return;
    line("", fmt::format("WARNING: the scaled matrix spans a factor of {:.0e} ({:.0e} or more): terms may be lost in",
                         found.spread(), optim::poor_spread));
    line("", "rounding. Look at the units and figures behind the entries at its ends:");
    add_extremes("smallest", found.smallest);
    add_extremes("largest", found.largest);
  }

  /// In words and, for who looks the row up in an exported file, as it is called there.
  void add_extremes(std::string_view end, const std::vector<optim::MatrixEntry>& entries) {
    const optim::Model& model = plan_.problem.model;
    const auto words = [&](const optim::Key& key) {
      return explain::noun_text(plan::info(explain::family_of(key)).name,
                                explain::text_of(world_, explain::thing_of(world_, plan_.problem, key)));
    };
    for (const optim::MatrixEntry& entry : entries) {
      line("", fmt::format("{} {:.1e} (given {:.3g}): {} in {}: {} in {}", end, std::abs(entry.scaled), entry.given,
                           words(model.column_key[static_cast<std::size_t>(entry.column.index())]),
                           words(model.row_key[static_cast<std::size_t>(entry.row.index())]),
                           model.column_name(entry.column), model.row_name(entry.row)));
    }
  }

  void add_contradictions() {
    if (plan_.contradictions.empty()) return;
    title("What cannot all hold; the cheapest way out gives way here");
    for (const plan::Contradiction& item : plan_.contradictions) text_ += fmt::format("  {}\n", item.sentence);
  }

  void add_programmes() {
    title("Programmes                                asked       met                   share   at the end");
    std::size_t shown = 0;
    for (const explain::ProgrammeLine& item : answer_.programmes) {
      if (shown++ == most_programmes) break;
      const Programme& programme = world_.programmes[item.programme];
      const plan::Display rate = explain::rate_display(world_, programme.commodity);
      text_ +=
          fmt::format("  {} {:>9} {:>9} {} {:>7}   {} of {} {} in {}\n",
                      fitted(name_of(programme.name, programme.id), 34), number_text(item.asked), number_text(item.met),
                      fitted(world_.commodities[programme.commodity].unit.text(), 12), share_text(item.share),
                      number_text(item.final_met * rate.factor), number_text(item.final_asked * rate.factor), rate.unit,
                      world_.timeline.label(item.final_period));
      if (shown <= most_own_programmes && is_own_question(programme)) add_year_ends(item, rate);
    }
    add_more(answer_.programmes.size(), most_programmes);
  }

  /// A study asks about the programmes of its own folder; those of the world it extends are the setting.
  [[nodiscard]] bool is_own_question(const Programme& programme) const {
    return !programme.is_inherited && world_.programmes[answer_.programmes.back().programme].is_inherited;
  }

  void add_year_ends(const explain::ProgrammeLine& item, const plan::Display& rate) {
    text_ += "      at the end of";
    for (const auto& [year, met] : item.year_ends)
      text_ += fmt::format(" {}: {},", year, number_text(met * rate.factor));
    text_.back() = ' ';
    text_ += rate.unit + "\n";
  }

  void add_pinches() {
    title("What pinches (worth of one unit more, money of the period, not discounted)");
    if (answer_.pinches.empty()) text_ += "  nothing: every limit has slack, or the plan has no duals\n";
    for (std::size_t at = 0; at < std::min(most_pinches, answer_.pinches.size()); ++at) {
      text_ += fmt::format("  {}. {}\n", at + 1, answer_.pinches[at].sentence);
    }
    add_more(answer_.pinches.size(), most_pinches);
  }

  void add_builds() {
    title("Largest builds                                                     capacity       capex");
    if (answer_.builds.empty()) text_ += "  none\n";
    for (std::size_t at = 0; at < std::min(most_builds, answer_.builds.size()); ++at) {
      const explain::BuildLine& build = answer_.builds[at];
      const plan::Asset& asset = plan_.problem.network.assets[build.asset];
      const plan::Display display = explain::capacity_display(world_, asset);
      const Technology& technology = world_.technologies[asset.technology];
      const std::string what = fmt::format("{}, {} ({})", name_of(technology.name, technology.id),
                                           world_.regions[asset.region].id, world_.organisations[asset.owner].id);
      text_ += fmt::format("  {} {:>10} {} {:>15}  from {}\n", fitted(what, 54),
                           number_text(build.capacity * display.factor), fitted(display.unit, 12),
                           money_text(build.capex, world_.currency), world_.timeline.label(build.on_line));
    }
    add_more(answer_.builds.size(), most_builds);
  }

  void add_owners() {
    title("Money by owner (paid over the horizon, not discounted)              spent  of it capital        budget");
    for (std::size_t at = 0; at < std::min(most_owners, answer_.owners.size()); ++at) {
      const explain::OwnerLine& owner = answer_.owners[at];
      const Organisation& organisation = world_.organisations[owner.owner];
      text_ += fmt::format("  {} {:>15} {:>15} {:>15}\n", fitted(name_of(organisation.name, organisation.id), 54),
                           money_text(owner.spent, world_.currency), money_text(owner.capital, world_.currency),
                           owner.has_budget ? money_text(owner.allowed, world_.currency) : "no limit");
    }
    add_more(answer_.owners.size(), most_owners);
  }

  void add_facts() {
    if (plan_.facts.empty()) return;
    const plan::FactScore all = plan::score(world_, plan_.facts, true);
    const plan::FactScore free = plan::score(world_, plan_.facts, false);
    title(fmt::format("Beside the facts: {} of {} within tolerance; of those the input was not set to, {} of {}",
                      all.within, all.compared, free.within, free.compared));
    text_ += fmt::format("  {:<54} {:>17} {:>12} {:>12} {:>7}\n", "", "", "plan", "fact", "ratio");
    for (const plan::ComparedFact& compared : plan_.facts) {
      if (compared.planned) add_fact(compared);
    }
    const auto missing = plan_.facts.size() - all.compared;
    if (missing > 0) text_ += fmt::format("  {} more, whose dates are not whole periods of this plan\n", missing);
  }

  void add_fact(const plan::ComparedFact& compared) {
    const Fact& fact = world_.facts[compared.fact];
    const FactValue& stated = fact.values[compared.value];
    const std::string mark = *compared.is_within ? "" : "  <";
    text_ +=
        fmt::format("  {} {:>8}..{:<7} {:>12} {:>12} {:>7} {}{}{}\n", fitted(fact.sum.name, 54), to_string(stated.from),
                    to_string(Date{stated.until.months - 1}), number_text(*compared.planned), number_text(stated.value),
                    compared.ratio ? fmt::format("{:.2f}", *compared.ratio) : "", fact.sum.unit.text(),
                    fact.is_given ? " (given)" : "", mark);
  }

  void add_run() {
    if (!answer_.run.empty()) text_ += fmt::format("\nrun           {}\n", answer_.run.string());
    if (!answer_.run_problem.empty()) text_ += fmt::format("\nnot saved: {}\n", answer_.run_problem);
  }

  const PlanAnswer& answer_;
  const plan::Plan& plan_;
  const World& world_;
  std::string text_;
};

}  // namespace

std::string render_text(const PlanAnswer& answer) { return Screen(answer).render(); }

std::string render_line(const PlanAnswer& answer) {
  const plan::Plan& plan = answer.record.plan;
  std::string line = to_string(plan.status);
  if (plan.solution.has_values) line += "  " + money_text(plan.solution.objective, answer.record.world.currency);
  if (!answer.run.empty()) line += "  " + answer.run.string();
  return line + "\n";
}

}  // namespace pinchpoint::cli
