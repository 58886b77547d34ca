// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "delivery/importers/temoa/draft.hpp"

namespace pinchpoint::importers::temoa {

namespace {

std::optional<std::size_t> period_of(const Draft& draft, const std::string& year) {
  for (std::size_t period = 0; period < draft.periods().size(); ++period) {
    if (draft.periods()[period].text == year) return period;
  }
  return {};
}

/// Tables whose rows are limits: each row becomes one, or one a period.
class LimitWriter {
 public:
  explicit LimitWriter(const Draft& draft) : draft_(draft), network_(draft.network), data_(draft.data()) {}

  void write();

 private:
  using Processes = std::vector<const Process*>;

  template <class Visit>
  void for_each_row(std::string_view table, Visit visit);
  [[nodiscard]] LimitDraft begin(std::string_view table, const Key& key, std::string_view sense,
                                 std::string_view per) const {
    return {draft_, fmt::format("{}.{}", table, fmt::join(key, ".")), sense, per, {}};
  }
  [[nodiscard]] Processes of(const std::string& region, const std::string& technology, std::size_t period) const {
    return network_.processes_of(region, technology, period);
  }

  void write_capacity();
  void write_new_capacity();
  void write_activity();
  void write_shares();
  void write_new_capacity_share();
  void write_resource();
  void write_emission();
  void write_annual_factor();
  void write_seasonal_factor();
  void add_seasonal_rate(LimitDraft& limit, const Process& process, std::size_t season) const;
  void write_input_split(bool is_annual_table);
  void write_output_split(bool is_annual_table);
  void write_split(LimitDraft& limit, const Process& process, std::string_view input, std::string_view output,
                   double share) const;
  void write_renewable_share();

  const Draft& draft_;
  const Network& network_;
  const TemoaData& data_;
};

/// Rows of periods that are planned; `period` stands in the column before the names, or nowhere.
template <class Visit>
void LimitWriter::for_each_row(std::string_view table, Visit visit) {
  for (const auto& [key, values] : data_.parameter(table).rows()) visit(key, values.front());
}

void LimitWriter::write_capacity() {
  for_each_row("limit_capacity", [&](const Key& key, double value) {
    const auto period = period_of(draft_, key[1]);
    if (!period) return;
    LimitDraft limit = begin("capacity", key, key[3], "period");
    limit.value(*period, value);
    for (const Process* process : of(key[0], key[2], *period)) limit.capacity(*process, 1, process->per_capacity());
    limit.write();
  });
}

void LimitWriter::write_new_capacity() {
  for_each_row("limit_new_capacity", [&](const Key& key, double value) {
    const auto period = period_of(draft_, key[2]);
    if (!period) return;
    LimitDraft limit = begin("new-capacity", key, key[3], "period");
    limit.value(*period, value);
    for (const Process* process : of(key[0], key[1], *period)) {
      if (process->vintage_text == key[2])
        limit.capacity(*process, 1, process->per_capacity(), {.what = "ordered", .technology = {}});
    }
    limit.write();
  });
}

void LimitWriter::write_activity() {
  for_each_row("limit_activity", [&](const Key& key, double value) {
    const auto period = period_of(draft_, key[1]);
    if (!period) return;
    LimitDraft limit = begin("activity", key, key[3], "period");
    limit.value(*period, value);
    for (const Process* process : of(key[0], key[2], *period)) limit.activity(*process, 1);
    limit.write();
  });
}

/// Of capacity, or of activity: sub-group − share · super-group, compared to 0.
void LimitWriter::write_shares() {
  for (const bool is_capacity : {true, false}) {
    for_each_row(is_capacity ? "limit_capacity_share" : "limit_activity_share", [&](const Key& key, double share) {
      const auto period = period_of(draft_, key[1]);
      if (!period) return;
      LimitDraft limit = begin(is_capacity ? "capacity-share" : "activity-share", key, key[4], "period");
      limit.value(*period, 0);
      const auto add = [&](const std::string& group, double factor) {
        for (const Process* process : of(key[0], group, *period)) {
          if (is_capacity) {
            limit.capacity(*process, factor, process->per_capacity());
          } else {
            limit.activity(*process, factor);
          }
        }
      };
      add(key[2], 1);
      add(key[3], -share);
      limit.write();
    });
  }
}

void LimitWriter::write_new_capacity_share() {
  for_each_row("limit_new_capacity_share", [&](const Key& key, double share) {
    const auto period = period_of(draft_, key[3]);
    if (!period) return;
    LimitDraft limit = begin("new-capacity-share", key, key[4], "period");
    limit.value(*period, 0);
    const auto add = [&](const std::string& group, double factor) {
      for (const Process* process : of(key[0], group, *period)) {
        if (process->vintage_text == key[3])
          limit.capacity(*process, factor, process->per_capacity(), {.what = "ordered", .technology = {}});
      }
    };
    add(key[1], 1);
    add(key[2], -share);
    limit.write();
  });
}

/// Temoa adds up the activity of one year of each period, whatever its length.
void LimitWriter::write_resource() {
  for_each_row("limit_resource", [&](const Key& key, double value) {
    LimitDraft limit = begin("resource", key, key[2], "horizon");
    limit.value_over_horizon(value);
    for (std::size_t period = 0; period < draft_.periods().size(); ++period) {
      for (const Process* process : of(key[0], key[1], period)) {
        Term form{.what = {}, .technology = {}};
        form.period = period;
        limit.activity(*process, 1.0 / draft_.periods()[period].length, {}, {}, form);
      }
    }
    limit.write();
  });
}

void LimitWriter::write_emission() {
  const auto& processes = network_.processes();
  const bool has_unpriced = std::any_of(processes.begin(), processes.end(),
                                        [&](const Process& process) { return !is_priced(draft_, process); });
  for_each_row("limit_emission", [&](const Key& key, double value) {
    const auto period = period_of(draft_, key[1]);
    if (!period) return;
    LimitDraft limit = begin("emission", key, key[3], "period");
    limit.value(*period, value);
    const std::string unit = "year/" + network_.commodity_unit(key[2]);
    for (const std::string& region : network_.regions_of(key[0])) {
      Term term{.what = "made", .technology = {}};
      term.region = network_.regions.id(region);
      term.unit = unit;
      term.commodity = network_.commodities.id(key[2]);
      limit.term(term);
      term.commodity = unpriced_id(draft_, key[2]);
      if (has_unpriced) limit.term(term);
    }
    limit.write();
  });
}

/// Σ activity that makes o, compared to factor · what the capacity allows.
void LimitWriter::write_annual_factor() {
  for_each_row("limit_annual_capacity_factor", [&](const Key& key, double factor) {
    LimitDraft limit = begin("annual-factor", key, key[4], "period");
    for (std::size_t period = 0; period < draft_.periods().size(); ++period) {
      bool is_there = false;
      for (const Process* process : of(key[0], key[1], period)) {
        if (process->vintage_text != key[2]) continue;
        is_there = is_there || std::any_of(process->flows.begin(), process->flows.end(),
                                           [&](const Flow& flow) { return flow.output == key[3]; });
      }
      if (is_there) limit.value(period, 0);
    }
    for (const std::string& region : network_.regions_of(key[0])) {
      for (const std::string& technology : network_.technologies_of(key[1])) {
        int vintage = 0;
        std::from_chars(key[2].data(), key[2].data() + key[2].size(), vintage);
        const Process* process = network_.find(region, technology, vintage);
        if (process == nullptr || process->active.empty()) continue;
        limit.activity(*process, 1, key[3]);
        limit.capacity(*process, -factor, process->per_rate());
      }
    }
    limit.write();
  });
}

/// Rate of a process in a season, in the row of its last slice. That of annual technologies is the year's, also where
/// they follow a demand.
void LimitWriter::add_seasonal_rate(LimitDraft& limit, const Process& process, std::size_t season) const {
  const std::size_t times = data_.times.size(), slices = data_.slice_count();
  const std::size_t last = (season + 1) * times - 1;
  double all = 0;
  for (std::size_t slice = 0; slice < slices; ++slice) all += data_.share(slice);
  const std::size_t first = process.is_annual ? 0 : last + 1 - times;
  const std::size_t count = process.is_annual ? slices : times;
  for (std::size_t slice = first; slice < first + count; ++slice) {
    Term form{.what = {}, .technology = {}};
    form.lag = (last + slices - slice) % slices;
    limit.activity(process, data_.share(slice) / (process.is_annual ? all : data_.seasons[season].share), {}, {}, form);
  }
}

/// A sum over the slices of a season: rates of its slices, weighted by their share of it, in the row of the last one.
void LimitWriter::write_seasonal_factor() {
  for_each_row("limit_seasonal_capacity_factor", [&](const Key& key, double factor) {
    const std::size_t times = data_.times.size();
    for (std::size_t season = 0; season < data_.seasons.size(); ++season) {
      if (data_.seasons[season].name != key[1]) continue;
      const std::size_t last = (season + 1) * times - 1;
      for (std::size_t period = 0; period < draft_.periods().size(); ++period) {
        Key id = key;
        id.push_back(draft_.begin(period));
        LimitDraft limit = begin("seasonal-factor", id, key[3], "slice");
        limit.value(period, 0, last);
        for (const Process* process : of(key[0], key[2], period)) {
          add_seasonal_rate(limit, *process, season);
          limit.capacity(*process, -factor, process->per_rate());
        }
        limit.write();
      }
    }
  });
}

/// Terms of one input or output among all of a process, less its share of all. `input` empty: outputs are meant.
void LimitWriter::write_split(LimitDraft& limit, const Process& process, std::string_view input,
                              std::string_view output, double share) const {
  for (const Flow& flow : process.flows) {
    const double per_activity = input.empty() ? 1 : 1 / flow.efficiency;
    const bool is_meant = input.empty() ? flow.output == output : flow.input == input;
    limit.flow(process, flow, per_activity * ((is_meant ? 1 : 0) - share));
  }
}

/// By slice from the one table; by year from the other. Temoa leaves annual technologies of the first out.
void LimitWriter::write_input_split(bool is_annual_table) {
  const std::string_view table = is_annual_table ? "limit_tech_input_split_annual" : "limit_tech_input_split";
  for_each_row(table, [&](const Key& key, double share) {
    const auto period = period_of(draft_, key[1]);
    if (!period) return;
    for (const Process* process : of(key[0], key[3], *period)) {
      const bool has = std::any_of(process->flows.begin(), process->flows.end(),
                                   [&](const Flow& flow) { return flow.input == key[2]; });
      if (!has || (!is_annual_table && process->is_annual)) continue;
      Key id = key;
      id.push_back(process->vintage_text);
      LimitDraft limit = begin(is_annual_table ? "input-split-annual" : "input-split", id, key[4],
                               is_annual_table ? "period" : "slice");
      limit.value(*period, 0);
      write_split(limit, *process, key[2], {}, share);
      limit.write();
    }
  });
}

void LimitWriter::write_output_split(bool is_annual_table) {
  const std::string_view table = is_annual_table ? "limit_tech_output_split_annual" : "limit_tech_output_split";
  for_each_row(table, [&](const Key& key, double share) {
    const auto period = period_of(draft_, key[1]);
    if (!period) return;
    for (const Process* process : of(key[0], key[2], *period)) {
      const bool has = std::any_of(process->flows.begin(), process->flows.end(),
                                   [&](const Flow& flow) { return flow.output == key[3]; });
      if (!has || (!is_annual_table && process->is_annual)) continue;
      Key id = key;
      id.push_back(process->vintage_text);
      LimitDraft limit = begin(is_annual_table ? "output-split-annual" : "output-split", id, key[4],
                               is_annual_table ? "period" : "slice");
      limit.value(*period, 0);
      write_split(limit, *process, {}, key[3], share);
      limit.write();
    }
  });
}

/// Share of a group in what all technologies of the reserve make.
void LimitWriter::write_renewable_share() {
  for_each_row("rps_requirement", [&](const Key& key, double share) {
    const auto period = period_of(draft_, key[1]);
    if (!period) return;
    LimitDraft limit = begin("renewable-share", key, "ge", "period");
    limit.value(*period, 0);
    const std::vector<std::string> group = network_.technologies_of(key[2]);
    for (const Process& process : network_.processes()) {
      if (process.region != key[0] || !process.is_active(*period) || process.is_annual) continue;
      if (!network_.technology(process).is_reserve) continue;
      const bool is_member = std::find(group.begin(), group.end(), process.technology) != group.end();
      limit.activity(process, (is_member ? 1 : 0) - share);
    }
    limit.write();
  });
}

void LimitWriter::write() {
  write_capacity();
  write_new_capacity();
  write_activity();
  write_shares();
  write_new_capacity_share();
  write_resource();
  write_emission();
  write_annual_factor();
  write_seasonal_factor();
  for (const bool is_annual_table : {false, true}) {
    write_input_split(is_annual_table);
    write_output_split(is_annual_table);
  }
  write_renewable_share();
}

}  // namespace

void write_limits(const Draft& draft) { LimitWriter(draft).write(); }

}  // namespace pinchpoint::importers::temoa
