// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "analysis/explain/number_text.hpp"
#include "delivery/cli/stress/stress_answer.hpp"

namespace pinchpoint::cli {

namespace {

using stress::Outcome;

/// One number, or an interval where its bounds differ in what is shown.
std::string bracket(const World& world, const stress::Bracket& value) {
  const std::string lower = money_text(world, value.lower);
  const std::string upper = money_text(world, value.upper);
  return lower == upper ? lower : fmt::format("{} to {}", lower, upper);
}

std::string weeks(double count) { return count < 0 ? "none" : fmt::format("{:.0f}", count); }

const std::string& name_of(const std::string& name, const std::string& id) { return name.empty() ? id : name; }

// Money below one unit is rounding.
constexpr double least_shown = 1;

/// The three largest of a list, as "Taiwan USD 3 bn, Japan USD 1 bn".
template <class Things>
std::string largest(const World& world, const Things& things, const std::vector<double>& amounts, double sign) {
  std::vector<std::pair<double, std::string>> ranked;
  for (const auto id : ids(things)) {
    const double amount = sign * amounts[static_cast<std::size_t>(id.index())];
    if (amount >= least_shown) ranked.emplace_back(amount, name_of(things[id].name, things[id].id));
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& left, const auto& right) { return left.first > right.first; });
  constexpr std::size_t shown = 3;
  constexpr double least_part = 0.01;
  std::vector<std::string> parts;
  for (const auto& [amount, name] : ranked) {
    if (parts.size() == shown || amount < least_part * ranked.front().first) break;
    parts.push_back(fmt::format("{} {}", name, money_text(world, amount)));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

class Screen {
 public:
  explicit Screen(const StressAnswer& answer)
      : answer_(answer),
        record_(answer.record),
        world_(answer.record.run.world),
        outcomes_(answer.record.result.outcomes) {}

  std::string render() {
    head();
    losses();
    ways();
    worst();
    shocks();
    for (const std::string& shock : answer_.left_out) text_ += fmt::format("\nnot played: {}", shock);
    if (!answer_.left_out.empty()) text_ += "\n";
    if (!answer_.run.empty()) text_ += fmt::format("\n{}\n", (answer_.run / "results.sqlite").string());
    return std::move(text_);
  }

 private:
  void head() {
    const stress::StressResult& result = record_.result;
    text_ +=
        fmt::format("{}: {} scenarios ({}), {:.1f} s for them, {:.1f} s in all\n", name_of(world_.title, world_.name),
                    outcomes_.size(), record_.request.sampling, answer_.ensemble_seconds, answer_.seconds);
    text_ += fmt::format("{:.2f} % certified within {:g}; largest gap {:.1e}\n", 100 * result.certified_share,
                         record_.request.options.tolerance, result.max_gap);
    if (record_.request.is_conditional)
      text_ += fmt::format("only futures in which something happens: {:.3g} % of all\n",
                           100 * record_.request.probability_of_any);
  }

  void losses() {
    const stress::LossDistribution& loss = record_.result.loss;
    text_ += "\nLoss: unmet demand at its value and extra cost, present value\n";
    const auto line = [&](const char* what, const stress::Bracket& value) {
      text_ += fmt::format("  {:<22}{}\n", what, bracket(world_, value));
    };
    line("mean", loss.mean);
    line("median", loss.p50);
    line("95 % (VaR)", loss.p95);
    line("99 % (VaR)", loss.p99);
    line("mean of worst tenth", loss.cvar90);
    if (record_.request.count > 0 && loss.standard_error > 0)
      text_ += fmt::format("  {:<22}{}\n", "sampling error (mean)", money_text(world_, loss.standard_error));
  }

  void ways() {
    std::array<std::size_t, 5> count{};
    for (const Outcome& outcome : outcomes_) ++count.at(static_cast<std::size_t>(outcome.reached));
    std::vector<std::string> parts;
    for (std::size_t way = 0; way < count.size(); ++way) {
      if (count[way] > 0)
        parts.push_back(fmt::format("{} {}", count[way], to_string(static_cast<optim::Reached>(way))));
    }
    text_ += fmt::format("\nReached by: {}", fmt::join(parts, ", "));
    const std::string checks = checks_text(record_.result.checks);
    if (!checks.empty()) text_ += "; " + checks;
    text_ += "\n";
  }

  void worst() {
    text_ += fmt::format("\nWorst (times are read by the plan's periods, of {} months at first)\n",
                         world_.timeline.months(PeriodId(0)));
    for (const std::size_t at : stress::worst_of(outcomes_, answer_.top)) {
      const Outcome& outcome = outcomes_[at];
      const auto& hits = record_.scenarios[at].hits;
      if (outcome.loss_upper <= 0 || hits.empty()) break;
      text_ += fmt::format("  {}", bracket(world_, {outcome.loss_lower, outcome.loss_upper}));
      constexpr std::size_t shown = 3;
      for (std::size_t hit = 0; hit < std::min(shown, hits.size()); ++hit)
        text_ += fmt::format("{}{}", hit == 0 ? "  " : "; ", render_hit(world_, record_.shocks, hits[hit]));
      if (hits.size() > shown) text_ += fmt::format("; and {} more", hits.size() - shown);
      text_ +=
          fmt::format("\n      first loss after {} weeks, over after {}{}, at most {:.2g} % of a period's demand\n",
                      weeks(outcome.weeks_to_first_loss), weeks(outcome.weeks_to_recover),
                      outcome.is_lasting ? " (end of the horizon)" : "", 100 * outcome.peak_share);
      const std::string losers = largest(world_, world_.regions, outcome.countries, 1);
      const std::string gainers = largest(world_, world_.regions, outcome.countries, -1);
      if (!losers.empty()) text_ += fmt::format("      output lost: {}\n", losers);
      if (!gainers.empty()) text_ += fmt::format("      steps in: {}\n", gainers);
      pinches(at);
    }
  }

  void pinches(std::size_t scenario) {
    for (const stress::ScenarioPinch& pinch : record_.pinches) {
      if (pinch.scenario != scenario || pinch.pinches.empty()) continue;
      std::vector<std::string> parts;
      for (const stress::AssetShift& shift : pinch.pinches) {
        if (parts.size() == 3) break;
        const plan::Asset& asset = record_.run.plan.problem.network.assets[shift.asset];
        const Technology& technology = world_.technologies[asset.technology];
        parts.push_back(fmt::format("{} in {}", name_of(technology.name, technology.id),
                                    name_of(world_.regions[asset.region].name, world_.regions[asset.region].id)));
      }
      text_ += fmt::format("      pinches: {}\n", fmt::join(parts, ", "));
    }
  }

  void shocks() {
    if (record_.shocks.size() < 2) return;
    struct Line {
      std::string name;
      std::size_t count = 0;
      double sum = 0;
    };
    std::vector<Line> lines;
    for (const ShockId id : ids(record_.shocks)) {
      Line line{name_of(record_.shocks[id].name, record_.shocks[id].id)};
      for (std::size_t at = 0; at < outcomes_.size(); ++at) {
        const auto& hits = record_.scenarios[at].hits;
        if (std::none_of(hits.begin(), hits.end(), [id](const stress::Hit& hit) { return hit.shock == id; })) continue;
        ++line.count;
        line.sum += outcomes_[at].loss_upper;
      }
      if (line.count > 0 && record_.request.count > 0) lines.push_back(line);
    }
    if (lines.empty()) return;
    std::stable_sort(lines.begin(), lines.end(),
                     [](const Line& left, const Line& right) { return left.sum > right.sum; });
    text_ += "\nShocks by loss in the scenarios in which they strike (others may strike with them)\n";
    for (std::size_t at = 0; at < std::min(answer_.top, lines.size()); ++at) {
      text_ += fmt::format("  {:<14} mean of {:>5}  {}\n",
                           money_text(world_, lines[at].sum / static_cast<double>(lines[at].count)), lines[at].count,
                           lines[at].name);
    }
  }

  const StressAnswer& answer_;
  const results::StressRecord& record_;
  const World& world_;
  const std::vector<Outcome>& outcomes_;
  std::string text_;
};

}  // namespace

std::string money_text(const World& world, double amount) {
  struct Size {
    double least;
    const char* name;
  };
  constexpr std::array<Size, 4> sizes = {{{1e12, " tn"}, {1e9, " bn"}, {1e6, " m"}, {1e3, " k"}}};
  for (const Size& size : sizes) {
    if (std::abs(amount) >= size.least)
      return fmt::format("{} {:.3g}{}", world.currency, amount / size.least, size.name);
  }
  return fmt::format("{} {:.3g}", world.currency, amount);
}

std::string checks_text(const std::vector<stress::ColdCheck>& checks) {
  if (checks.empty()) return "";
  const auto agree =
      std::count_if(checks.begin(), checks.end(), [](const stress::ColdCheck& check) { return check.agrees; });
  return fmt::format("{} of {} solved again from nothing agree", agree, checks.size());
}

std::string render_hit(const World& world, const Shocks& shocks, const stress::Hit& hit) {
  const Shock& shock = shocks[hit.shock];
  std::string text = name_of(shock.name, shock.id);
  if (hit.facility.is_valid()) {
    const Facility& facility = world.facilities[hit.facility];
    text += fmt::format(" ({})", name_of(facility.name, facility.id));
  }
  text += fmt::format(" from {}", to_string(Date{static_cast<int>(std::floor(hit.begin_months))}));
  if (hit.depth < 1) text += fmt::format(", {:.0f} %", 100 * hit.depth);
  if (std::isfinite(hit.duration_months)) text += fmt::format(", {:.3g} months", hit.duration_months);
  return text;
}

std::string render_text(const StressAnswer& answer) { return Screen(answer).render(); }

}  // namespace pinchpoint::cli
