// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "delivery/importers/temoa/draft.hpp"
#include "delivery/importers/temoa/loan.hpp"

namespace pinchpoint::importers::temoa {

namespace {

/// What is the same for every technology that stands for one process.
class ProcessWriter {
 public:
  ProcessWriter(const Draft& draft, const Process& process)
      : draft_(draft), process_(process), kind_(draft.network.technology(process)) {}

  void write() {
    write_technology();
    write_costs();
    if (process_.built.empty()) {
      write_life(process_.id, process_.is_unlimited ? 0 : process_.existing);
    } else {
      write_built();
    }
    write_profile();
    write_goods_of_building();
    for (const Flow& flow : process_.flows) {
      if (kind_.is_storage) continue;
      write_flow(flow);
      write_emissions(flow, flow.mode);
    }
    if (!kind_.is_storage) return;
    for (const Flow& flow : process_.flows) {
      write_storage_flow(flow);
      write_emissions(flow, discharge_mode(flow));
    }
    write_store();
  }

 private:
  void write_technology();
  void write_costs();
  void write_capital();
  void write_life(const std::string& technology, double existing);
  void write_built();
  void write_survival(const std::string& technology);
  void write_profile();
  void write_flow(const Flow& flow);
  void write_emissions(const Flow& flow, const std::string& mode);
  void write_goods_of_building();
  void write_storage_flow(const Flow& flow);
  void write_store();

  void parameter(const std::string& technology, std::string_view name, double value, std::string unit,
                 std::string note = {});
  void recipe(std::string_view role, const std::string& commodity, const std::string& mode, double amount,
              std::string_view at = {});
  void recipe_of(std::string_view role, const std::string& good, const std::string& unit, const std::string& mode,
                 double amount, std::string_view at = {});
  [[nodiscard]] std::string region() const { return draft_.network.regions.id(process_.from()); }
  [[nodiscard]] double figure_of(std::string_view table, std::size_t period) const {
    return draft_.data().parameter(table).value(
        {process_.region, draft_.begin(period), process_.technology, process_.vintage_text}, 0);
  }
  /// The technology that is built and paid for.
  [[nodiscard]] const std::string& paid() const { return process_.built.empty() ? process_.id : process_.built; }
  [[nodiscard]] std::vector<double> by_period(std::string_view table) const;

  const Draft& draft_;
  const Process& process_;
  const Technology& kind_;
};

void ProcessWriter::parameter(const std::string& technology, std::string_view name, double value, std::string unit,
                              std::string note) {
  draft_.figure("technology_parameters",
                {{"technology", technology}, {"parameter", std::string(name)}, {"note", std::move(note)}}, value,
                std::move(unit));
}

void ProcessWriter::recipe_of(std::string_view role, const std::string& good, const std::string& unit,
                              const std::string& mode, double amount, std::string_view at) {
  const bool is_elsewhere = !at.empty() && at != process_.from();
  const bool is_per_capacity = role == "build" || role == "retire";
  const std::string& per = is_per_capacity ? process_.capacity_unit : process_.activity_unit;
  draft_.figure("recipes",
                {{"technology", is_per_capacity ? paid() : process_.id},
                 {"commodity", good},
                 {"role", std::string(role)},
                 {"mode", mode},
                 {"at", is_elsewhere ? draft_.network.regions.id(at) : ""}},
                amount, fmt::format("({})/({})", unit, per));
}

void ProcessWriter::recipe(std::string_view role, const std::string& commodity, const std::string& mode, double amount,
                           std::string_view at) {
  recipe_of(role, draft_.network.commodities.id(commodity), draft_.network.commodity_unit(commodity), mode, amount, at);
}

void ProcessWriter::write_technology() {
  const std::string about = kind_.about.empty() ? process_.technology : kind_.about;
  // Annual technologies that serve a demand follow its shape: write_operation.
  const bool is_by_slice = !process_.is_annual || process_.makes_demand;
  draft_.folder.add("technologies", {{"id", process_.id},
                                     {"name", fmt::format("{}, {}", about, process_.vintage_text)},
                                     {"activity_unit", process_.activity_unit},
                                     {"capacity_unit", process_.capacity_unit},
                                     {"by_slice", is_by_slice ? "yes" : "no"}});
}

std::vector<double> ProcessWriter::by_period(std::string_view table) const {
  std::vector<double> figures;
  for (std::size_t period = 0; period < draft_.periods().size(); ++period)
    figures.push_back(process_.is_active(period) ? figure_of(table, period) : 0);
  return figures;
}

void ProcessWriter::write_capital() {
  const auto cost =
      draft_.data().parameter("cost_invest").find({process_.region, process_.technology, process_.vintage_text});
  if (!cost || *cost == 0 || !process_.is_new) return;
  const double factor = loan_factor(draft_.network, process_);
  const std::string note =
      factor == 1 ? "" : fmt::format("{} times {} for its loan", number_text(*cost), number_text(factor));
  parameter(paid(), "capex", *cost * factor, draft_.money_per(process_.capacity_unit), note);
}

void ProcessWriter::write_costs() {
  const FolderText::Cells fixed{{"technology", process_.id}, {"parameter", "fixed_cost"}};
  const FolderText::Cells variable{{"technology", process_.id}, {"parameter", "variable_cost"}};
  if (!process_.is_unlimited) {
    write_capital();
    draft_.dated_figures("technology_parameters", fixed, by_period("cost_fixed"),
                         draft_.money_per(process_.capacity_unit) + "/year");
  }
  const std::string unit = draft_.money_per(process_.activity_unit);
  if (!kind_.is_storage)
    return draft_.dated_figures("technology_parameters", variable, by_period("cost_variable"), unit);
  for (const Flow& flow : process_.flows) {
    FolderText::Cells of_mode = variable;
    of_mode.emplace_back("mode", discharge_mode(flow));
    draft_.dated_figures("technology_parameters", of_mode, by_period("cost_variable"), unit);
  }
}

/// Lifetime, and what stands or may be built; `existing`: capacity in the technology's unit.
void ProcessWriter::write_life(const std::string& technology, double existing) {
  if (process_.active.empty() && existing == 0) return;
  const std::string first = draft_.begin(process_.active.empty() ? 0 : process_.active.front());
  const bool stands = existing > 0 && !process_.is_new;
  // What is unlimited and older than the horizon is built, for nothing, at its start.
  const double begin = process_.is_unlimited && !process_.is_new ? draft_.periods().front().year : process_.vintage;
  parameter(technology, "lifetime", process_.end() - begin, "years");
  write_survival(technology);
  FolderText::Cells cells{
      {"id", technology}, {"technology", technology}, {"region", region()}, {"owner", std::string(owner_id)}};
  if (stands) {
    cells.insert(cells.end(), {{"status", "existing"}, {"from", process_.vintage_text}});
    return draft_.figure("facilities", std::move(cells), existing,
                         technology == process_.store ? process_.activity_unit : process_.capacity_unit);
  }
  const std::size_t period = process_.active.front();
  cells.insert(cells.end(), {{"from", first}, {"until", draft_.begin(period + 1)}});
  draft_.folder.add("options", cells);
}

/// Where capacity may be retired early, one technology is built and paid for, and of it another is kept from period to
/// period (write_operation ties them).
void ProcessWriter::write_built() {
  draft_.folder.add("technologies", {{"id", process_.built},
                                     {"name", fmt::format("{}, as built", process_.id)},
                                     {"activity_unit", process_.activity_unit},
                                     {"capacity_unit", process_.capacity_unit},
                                     {"by_slice", "no"}});
  write_life(process_.built, process_.existing);
  for (const std::size_t period : process_.active) {
    draft_.figure("technology_parameters",
                  {{"technology", process_.id}, {"parameter", "lifetime"}, {"from", draft_.begin(period)}},
                  draft_.periods()[period].length, "years");
    draft_.folder.add("options", {{"id", fmt::format("{}-{}", process_.id, draft_.begin(period))},
                                  {"technology", process_.id},
                                  {"region", region()},
                                  {"owner", std::string(owner_id)},
                                  {"from", draft_.begin(period)},
                                  {"until", draft_.begin(period + 1)}});
  }
}

void ProcessWriter::write_survival(const std::string& technology) {
  const auto curve = draft_.network.survival(process_);
  if (!curve || process_.is_unlimited) return;
  for (const auto& [year, share] : *curve) {
    draft_.figure(
        "survival",
        {{"technology", technology}, {"age_years", std::to_string(year - process_.vintage)}, {"path", "step"}}, share,
        "1");
  }
}

/// Annual technologies have no capacity factors, unless they follow a demand.
void ProcessWriter::write_profile() {
  if (process_.is_unlimited || (process_.is_annual && !process_.makes_demand)) return;
  std::vector<double> factors;
  for (std::size_t slice = 0; slice < draft_.data().slice_count(); ++slice)
    factors.push_back(draft_.network.capacity_factor(process_, slice));
  if (std::all_of(factors.begin(), factors.end(), [](double factor) { return factor == 1; })) return;
  for (std::size_t slice = 0; slice < factors.size(); ++slice) {
    draft_.figure("profiles", {{"technology", process_.id}, {"slice", draft_.network.slice_id(slice)}}, factors[slice],
                  "1");
  }
}

void ProcessWriter::write_flow(const Flow& flow) {
  recipe("input", flow.input, flow.mode, 1 / flow.efficiency, process_.from());
  recipe("output", flow.output, flow.mode, 1, process_.to());
}

void ProcessWriter::write_emissions(const Flow& flow, const std::string& mode) {
  if (process_.is_exchange()) return;  // Temoa counts none
  for (const auto& [name, commodity] : draft_.data().commodities) {
    if (!commodity.is_emission) continue;
    const auto amount =
        draft_.data()
            .parameter("emission_activity")
            .find({process_.region, name, flow.input, process_.technology, process_.vintage_text, flow.output});
    if (!amount || *amount == 0) continue;
    recipe_of("output", emission_id(draft_, process_, name), draft_.network.commodity_unit(name), mode, *amount);
  }
}

/// Materials and emissions of building and of the end of life.
void ProcessWriter::write_goods_of_building() {
  if (process_.is_unlimited || process_.is_exchange()) return;
  for (const auto& [name, commodity] : draft_.data().commodities) {
    const auto figure = [&](std::string_view table, bool is_good_last) {
      const Parameter& parameter = draft_.data().parameter(table);
      return is_good_last ? parameter.value({process_.region, process_.technology, process_.vintage_text, name}, 0)
                          : parameter.value({process_.region, name, process_.technology, process_.vintage_text}, 0);
    };
    const std::string good = draft_.network.commodities.id(name), unit = draft_.network.commodity_unit(name);
    const auto add = [&](std::string_view role, double amount) {
      if (amount != 0) recipe_of(role, good, unit, {}, amount);
    };
    if (process_.is_new) add("build", figure("construction_input", false) - figure("emission_embodied", false));
    add("retire", figure("end_of_life_output", true) + figure("emission_end_of_life", false));
  }
}

/// Charging fills the store with what is left after losses; both ways share the capacity (Temoa's throughput limit).
void ProcessWriter::write_storage_flow(const Flow& flow) {
  const std::string& unit = process_.activity_unit;
  recipe("input", flow.input, charge_mode(flow), 1 / flow.efficiency);
  recipe_of("output", process_.stored, unit, charge_mode(flow), 1);
  recipe_of("input", process_.stored, unit, discharge_mode(flow), 1);
  recipe("output", flow.output, discharge_mode(flow), 1);
}

/// The store's size is hours of the capacity. Its own commodity is charged and discharged by the technology above.
void ProcessWriter::write_store() {
  const TemoaData& data = draft_.data();
  const double hours = data.parameter("storage_duration").value({process_.region, process_.technology}, 4);
  const double share = hours / (24 * draft_.options.days_per_period);
  const double size = draft_.network.capacity_to_activity(process_) * share;
  draft_.folder.add("commodities", {{"id", process_.stored},
                                    {"name", fmt::format("kept in {}", process_.id)},
                                    {"layer", "energy"},
                                    {"unit", process_.activity_unit},
                                    {"trade", "local"},
                                    {"by_slice", "yes"},
                                    {"disposal", "none"}});
  const bool is_daily = draft_.options.sequence() == Sequence::seasons && !kind_.is_seasonal;
  draft_.folder.add("technologies", {{"id", process_.store},
                                     {"name", fmt::format("{} hours of {}", number_text(hours), process_.id)},
                                     {"kind", "store"},
                                     {"output", process_.stored},
                                     {"capacity_unit", process_.activity_unit},
                                     {"chain", is_daily ? "daily" : "cyclic"}});
  write_life(process_.store, process_.existing * size);
  // Temoa adds up the days of a season where days follow each other, and lets the store be as large as they are many.
  // Temoa measures the level at the beginning of a slice, and here it is at the end of the one before.
  for (std::size_t slice = 0; slice < data.slice_count(); ++slice) {
    const std::size_t next = (slice + 1) % data.slice_count();
    const double days = data.season(next).share * draft_.options.days_per_period;
    if (draft_.options.sequence() == Sequence::seasons || kind_.is_seasonal || std::abs(days - 1) < 1e-12) continue;
    draft_.figure("profiles", {{"technology", process_.store}, {"slice", draft_.network.slice_id(slice)}}, days, "1");
  }
  if (!process_.is_new) return;
  LimitDraft limit(draft_, process_.store, "e", "period", fmt::format("{} hours of capacity", number_text(hours)));
  for (const std::size_t period : process_.active) limit.value(period, 0);
  limit.term({.what = "capacity", .technology = process_.store, .unit = "1/(" + process_.activity_unit + ")"});
  limit.term({.what = "capacity", .technology = process_.id, .amount = -share, .unit = process_.per_rate()});
  limit.write();
}

}  // namespace

void write_processes(const Draft& draft) {
  const int start = draft.periods().front().year;
  for (const Process& process : draft.network.processes()) {
    // What retires just when the horizon begins may set materials free.
    const bool retires_at_start = process.end() == start && process.existing > 0;
    if (!process.active.empty() || retires_at_start) ProcessWriter(draft, process).write();
  }
}

}  // namespace pinchpoint::importers::temoa
