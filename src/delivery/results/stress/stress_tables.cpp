// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>
#include <map>

#include "analysis/explain/number_text.hpp"
#include "delivery/results/stress/write_stress.hpp"
#include "delivery/results/tables/database.hpp"

namespace pinchpoint::results {

namespace {

constexpr CellType number = CellType::number;
constexpr CellType integer = CellType::integer;
// Losses below this share of the largest of their kind are rounding.
constexpr double rounding = 1e-9;

constexpr const char* views = R"sql(
CREATE VIEW stress_worst AS
  SELECT s.scenario, s.loss_lower, s.loss_upper, s.peak_share, s.weeks_to_first_loss, s.weeks_to_recover, s.reached,
         group_concat(h.shock || CASE WHEN h.facility IS NULL THEN '' ELSE ' (' || h.facility || ')' END, '; ') AS shocks
    FROM stress_scenarios s LEFT JOIN stress_hits h ON h.scenario = s.scenario
   GROUP BY s.scenario ORDER BY s.loss_upper DESC, s.scenario LIMIT 100;
)sql";

Cell view(const std::string& text) { return std::string_view(text); }
Cell whole(std::size_t count) { return static_cast<std::int64_t>(count); }
Cell text_or_none(const std::string& text) { return text.empty() ? Cell() : Cell(std::string_view(text)); }
Cell flag(bool is_so) { return static_cast<std::int64_t>(is_so ? 1 : 0); }
Cell weeks(double count) { return count < 0 ? Cell() : Cell(count); }

/// "2026-07": the month of a moment.
std::string month_text(double months) { return to_string(Date{static_cast<int>(std::floor(months))}); }

class StressTables {
 public:
  StressTables(const StressRecord& record, Database& database)
      : record_(record),
        world_(record.run.world),
        outcomes_(record.result.outcomes),
        database_(database),
        detailed_(stress::worst_of(outcomes_, record.request.details)) {
    std::sort(detailed_.begin(), detailed_.end());
  }

  void write() {
    write_summary();
    write_scenarios();
    write_hits();
    write_losses("stress_programmes", "programme", &stress::Outcome::programmes, world_.programmes);
    write_losses("stress_layers", "layer", &stress::Outcome::layers, world_.layers);
    write_losses("stress_countries", "country", &stress::Outcome::countries, world_.regions);
    write_curves();
    write_mean();
    write_shocks();
    write_pinches();
    write_checks();
    database_.execute(views);
  }

 private:
  void write_summary() {
    const stress::StressResult& result = record_.result;
    TableWriter table(database_, {"stress_summary", {{"key"}, {"value", number}, {"upper", number}, {"unit"}}});
    const auto row = [&](std::string_view key, Cell value, Cell upper, const std::string& unit) {
      table.row({key, value, upper, text_or_none(unit)});
    };
    row("scenarios", static_cast<double>(outcomes_.size()), {}, "");
    row("certified_share", result.certified_share, {}, "");
    row("max_gap", result.max_gap, {}, "");
    row("tolerance", record_.request.options.tolerance, {}, "");
    row("probability_of_any", record_.request.probability_of_any, {}, "");
    const auto bracket = [&](std::string_view key, const stress::Bracket& value) {
      row(key, value.lower, value.upper, world_.currency);
    };
    bracket("loss_mean", result.loss.mean);
    bracket("loss_p50", result.loss.p50);
    bracket("loss_p95", result.loss.p95);
    bracket("loss_p99", result.loss.p99);
    bracket("loss_cvar90", result.loss.cvar90);
    row("loss_mean_standard_error", result.loss.standard_error, {}, world_.currency);
  }

  void write_scenarios() {
    TableWriter table(database_, {"stress_scenarios",
                                  {{"scenario", integer},
                                   {"start"},
                                   {"loss_lower", number},
                                   {"loss_upper", number},
                                   {"cost_lower", number},
                                   {"cost_upper", number},
                                   {"gap", number},
                                   {"is_certified", integer},
                                   {"reached"},
                                   {"iterations", integer},
                                   {"peak_share", number},
                                   {"weeks_to_first_loss", number},
                                   {"weeks_to_recover", number},
                                   {"is_lasting", integer},
                                   {"relief", number},
                                   {"message"}}});
    for (std::size_t at = 0; at < outcomes_.size(); ++at) {
      const stress::Outcome& outcome = outcomes_[at];
      const std::string start = outcome.start < 0 ? "" : world_.timeline.label(PeriodId(outcome.start));
      table.row({whole(at), text_or_none(start), outcome.loss_lower, outcome.loss_upper, outcome.lower, outcome.upper,
                 outcome.gap(), flag(outcome.is_certified), std::string_view(to_string(outcome.reached)),
                 outcome.iterations, outcome.peak_share, weeks(outcome.weeks_to_first_loss),
                 weeks(outcome.weeks_to_recover), flag(outcome.is_lasting), outcome.relief,
                 text_or_none(outcome.message)});
    }
  }

  void write_hits() {
    TableWriter table(database_, {"stress_hits",
                                  {{"scenario", integer},
                                   {"shock"},
                                   {"facility"},
                                   {"begin"},
                                   {"depth", number},
                                   {"duration_months", number},
                                   {"recovery"},
                                   {"recovery_months", number}}});
    for (std::size_t at = 0; at < record_.scenarios.size(); ++at) {
      for (const stress::Hit& hit : record_.scenarios[at].hits) {
        const std::string begin = month_text(hit.begin_months);
        const std::string facility = hit.facility.is_valid() ? world_.facilities[hit.facility].id : "";
        const Cell duration = std::isfinite(hit.duration_months) ? Cell(hit.duration_months) : Cell();
        table.row({whole(at), view(record_.shocks[hit.shock].id), text_or_none(facility), view(begin), hit.depth,
                   duration, std::string_view(to_string(hit.recovery)), hit.recovery_months});
      }
    }
  }

  template <class Things>
  void write_losses(const char* name, const char* thing, std::vector<double> stress::Outcome::*list,
                    const Things& things) {
    const bool is_of_programmes = std::string_view(thing) == "programme";
    TableWriter table(database_, {name, {{"scenario", integer}, {thing}, {"lost", number}, {"unit"}}});
    for (const std::size_t at : detailed_) {
      const std::vector<double>& lost = outcomes_[at].*list;
      for (const auto id : ids(things)) {
        const double amount = lost[static_cast<std::size_t>(id.index())];
        if (std::abs(amount) <= rounding * std::max(1.0, largest(list))) continue;
        const plan::Display shown =
            is_of_programmes ? display_of(ProgrammeId(id.index())) : plan::Display{world_.currency, 1};
        table.row({whole(at), view(things[id].id), amount * shown.factor, view(shown.unit)});
      }
    }
  }

  double largest(std::vector<double> stress::Outcome::*list) {
    const auto found = largest_.find(list == &stress::Outcome::programmes ? 0 : 1);
    if (found != largest_.end()) return found->second;
    double most = 0;
    for (const std::size_t at : detailed_) {
      for (const double amount : outcomes_[at].*list) most = std::max(most, std::abs(amount));
    }
    return largest_[list == &stress::Outcome::programmes ? 0 : 1] = most;
  }

  /// What amounts of a programme are shown in.
  [[nodiscard]] plan::Display display_of(ProgrammeId id) const {
    const optim::Key key = plan::Assembly::key(plan::Family::unmet_, {id.index(), 0});
    return plan::display_of(world_, record_.run.plan.problem.network, key);
  }

  void write_curves() {
    TableWriter table(database_,
                      {"stress_curves", {{"scenario", integer}, {"months", number}, {"lost", number}, {"unit"}}});
    for (const std::size_t at : detailed_) {
      for (std::size_t point = 0; point < stress::curve_months.size(); ++point)
        table.row({whole(at), stress::curve_months[point], outcomes_[at].curve[point], view(world_.currency)});
    }
  }

  void write_mean() {
    TableWriter table(database_, {"stress_mean", {{"kind"}, {"thing"}, {"period"}, {"lost", number}, {"unit"}}});
    const stress::Metrics metrics(world_);
    const std::vector<double>& mean = record_.result.mean_forms;
    for (const PeriodId period : world_.timeline.periods()) {
      const std::string label = world_.timeline.label(period);
      const auto row = [&](std::string_view kind, const std::string& thing, double lost, const std::string& unit) {
        if (std::abs(lost) > rounding) table.row({kind, view(thing), view(label), lost, view(unit)});
      };
      for (const ProgrammeId id : ids(world_.programmes)) {
        const plan::Display shown = display_of(id);
        const double lost = mean[metrics.programme_place(id, period.index())] * shown.factor;
        row("programme", world_.programmes[id].id, lost, shown.unit);
      }
      for (const LayerId id : ids(world_.layers))
        row("layer", world_.layers[id].id, -mean[metrics.layer_place(id, period.index())], world_.currency);
      for (const RegionId id : ids(world_.regions))
        row("country", world_.regions[id].id, -mean[metrics.country_place(id, period.index())], world_.currency);
    }
  }

  void write_shocks() {
    TableWriter table(database_, {"stress_shocks",
                                  {{"shock"},
                                   {"name"},
                                   {"kind"},
                                   {"scenarios", integer},
                                   {"mean_loss_lower", number},
                                   {"mean_loss_upper", number},
                                   {"worst_loss", number}}});
    for (const ShockId id : ids(record_.shocks)) {
      std::size_t count = 0;
      double lower = 0, upper = 0, worst = 0;
      for (std::size_t at = 0; at < record_.scenarios.size(); ++at) {
        const auto& hits = record_.scenarios[at].hits;
        if (std::none_of(hits.begin(), hits.end(), [id](const stress::Hit& hit) { return hit.shock == id; })) continue;
        ++count;
        lower += outcomes_[at].loss_lower;
        upper += outcomes_[at].loss_upper;
        worst = std::max(worst, outcomes_[at].loss_upper);
      }
      const Shock& shock = record_.shocks[id];
      const double all = static_cast<double>(std::max<std::size_t>(1, count));
      table.row({view(shock.id), text_or_none(shock.name), std::string_view(to_string(shock.kind)), whole(count),
                 lower / all, upper / all, worst});
    }
  }

  void write_pinches() {
    TableWriter table(database_, {"stress_pinches",
                                  {{"scenario", integer},
                                   {"role"},
                                   {"technology"},
                                   {"region"},
                                   {"owner"},
                                   {"rent", number},
                                   {"output", number},
                                   {"unit"}}});
    for (const stress::ScenarioPinch& pinch : record_.pinches) {
      const auto rows = [&](std::string_view role, const std::vector<stress::AssetShift>& shifts) {
        for (const stress::AssetShift& shift : shifts) {
          const plan::Asset& asset = record_.run.plan.problem.network.assets[shift.asset];
          const std::string owner = asset.owner.is_valid() ? world_.organisations[asset.owner].id : "";
          table.row({whole(pinch.scenario), role, view(world_.technologies[asset.technology].id),
                     view(world_.regions[asset.region].id), text_or_none(owner), shift.rent, shift.output,
                     view(world_.currency)});
        }
      };
      rows("pinch", pinch.pinches);
      rows("substitute", pinch.substitutes);
    }
  }

  void write_checks() {
    TableWriter table(
        database_,
        {"stress_checks",
         {{"scenario", integer}, {"agrees", integer}, {"cold_lower", number}, {"cold_upper", number}, {"message"}}});
    for (const stress::ColdCheck& check : record_.result.checks)
      table.row({whole(check.scenario), flag(check.agrees), check.lower, check.upper, text_or_none(check.message)});
  }

  const StressRecord& record_;
  const World& world_;
  const std::vector<stress::Outcome>& outcomes_;
  Database& database_;
  std::vector<std::size_t> detailed_;
  std::map<int, double> largest_;
};

}  // namespace

void write_stress_tables(const StressRecord& record, const std::filesystem::path& database) {
  Database added(database);
  StressTables(record, added).write();
  added.finish();
}

}  // namespace pinchpoint::results
