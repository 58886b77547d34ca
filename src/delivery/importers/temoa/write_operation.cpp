// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "delivery/importers/temoa/draft.hpp"

namespace pinchpoint::importers::temoa {

namespace {

/// Rules of running that hold in every slice.
class OperationWriter {
 public:
  explicit OperationWriter(const Draft& draft)
      : draft_(draft), network_(draft.network), data_(draft.data()), slices_(data_.slice_count()) {}

  void write() {
    for (std::size_t period = 0; period < draft_.periods().size(); ++period) write_shapes(period);
    for (const Process& process : network_.processes()) {
      if (process.active.empty()) continue;
      if (network_.technology(process).is_baseload) write_baseload(process);
      write_ramps(process, true);
      write_ramps(process, false);
      write_exchange(process);
      if (network_.technology(process).is_storage) write_levels(process);
      for (const Flow& flow : process.flows) write_slices_of(process, flow);
      if (!process.built.empty()) write_retirement(process);
    }
    for (const Link& link : data_.links) write_link(link);
  }

 private:
  void write_shapes(std::size_t period);
  void write_shapes_of(const Process& process, std::size_t period);
  void write_shape(const Process& process, std::size_t period, const std::string& output, std::string_view input,
                   const std::vector<double>& shape);
  [[nodiscard]] std::vector<double> shape_of(std::string_view region, std::size_t period,
                                             std::string_view demand) const;
  void write_baseload(const Process& process);
  void write_slices_of(const Process& process, const Flow& flow);
  void write_retirement(const Process& process);
  void write_ramps(const Process& process, bool is_up);
  void write_ramp(const Process& process, bool is_up, std::size_t from, std::size_t to, double rate);
  [[nodiscard]] std::size_t next(std::size_t slice) const;
  [[nodiscard]] std::size_t before(std::size_t slice) const;
  void write_exchange(const Process& process);
  void write_levels(const Process& process);
  void write_visited_level(const Process& process, const Key& key, double fraction);
  void write_level(const Process& process, const Key& key, std::size_t end_of, double fraction, std::string_view visit);
  void report_moment(const Key& key);
  [[nodiscard]] std::size_t season_place(const std::string& name) const;
  void write_link(const Link& link);

  const Draft& draft_;
  const Network& network_;
  const TemoaData& data_;
  std::size_t slices_;
};

/// Rate in each slice, 1 = the year's average.
std::vector<double> OperationWriter::shape_of(std::string_view region, std::size_t period,
                                              std::string_view demand) const {
  std::vector<double> shape(slices_, 1);
  const auto shares = network_.distribution(region, period, demand);
  for (std::size_t slice = 0; slice < slices_ && shares; ++slice) shape[slice] = (*shares)[slice] / data_.share(slice);
  return shape;
}

/// What serves a demand runs in its shape all year round: a house has one heater.
void OperationWriter::write_shapes(std::size_t period) {
  if (slices_ == 1) return;
  for (const std::string& region : data_.regions) {
    for (const auto& [name, commodity] : data_.commodities) {
      if (!commodity.is_demand) continue;
      const auto asked = data_.parameter("demand").find({region, draft_.begin(period), name});
      const std::vector<FlowOf> makers = network_.makers(region, period, name);
      // A single flow cannot but follow the demand.
      if (!asked || makers.size() == 1) continue;
      const std::vector<double> shape = shape_of(region, period, name);
      std::set<const Process*> done;
      for (const FlowOf& maker : makers) {
        if (!maker.process->is_annual && done.insert(maker.process).second)
          write_shape(*maker.process, period, name, {}, shape);
      }
    }
  }
  for (const Process& process : network_.processes()) {
    if (process.is_annual && process.makes_demand && process.is_active(period)) write_shapes_of(process, period);
  }
}

/// Each flow of an annual technology has a shape of its own: its demand's, or an even one.
void OperationWriter::write_shapes_of(const Process& process, std::size_t period) {
  for (const Flow& flow : process.flows) {
    const bool is_demand = network_.commodity(flow.output).is_demand;
    if (is_demand && network_.makers(process.to(), period, flow.output).size() == 1) continue;
    const std::vector<double> shape =
        is_demand ? shape_of(process.to(), period, flow.output) : std::vector<double>(slices_, 1);
    write_shape(process, period, flow.output, flow.input, shape);
  }
}

/// rate[slice] / shape[slice] is the same in all slices: each is compared to the one before that has a shape.
void OperationWriter::write_shape(const Process& process, std::size_t period, const std::string& output,
                                  std::string_view input, const std::vector<double>& shape) {
  LimitDraft limit(draft_, fmt::format("shape.{}.{}.{}", process.id, output, draft_.begin(period)), "exactly", "slice",
                   fmt::format("serves {} in its shape", output));
  std::optional<std::size_t> last;
  for (std::size_t slice = 0; slice < slices_; ++slice) {
    Term form{.what = {}, .technology = {}};
    form.slice = slice;
    if (shape[slice] == 0) {
      limit.activity(process, 1, output, input, form);
      limit.value(period, 0, slice);
      continue;
    }
    if (last) {
      const double most = std::max(shape[slice], shape[*last]);
      limit.activity(process, shape[*last] / most, output, input, form);
      form.lag = slice - *last;
      limit.activity(process, -shape[slice] / most, output, input, form);
      limit.value(period, 0, slice);
    }
    last = slice;
  }
  limit.write();
}

/// Output does not change within a season.
void OperationWriter::write_baseload(const Process& process) {
  LimitDraft limit(draft_, "baseload." + process.id, "exactly", "slice", "runs evenly through each season");
  for (std::size_t slice = 0; slice < slices_; ++slice) {
    if (slice % data_.times.size() == 0) continue;
    for (const std::size_t period : process.active) limit.value(period, 0, slice);
  }
  Term form{.what = {}, .technology = {}};
  limit.activity(process, 1, {}, {}, form);
  form.lag = 1;
  limit.activity(process, -1, {}, {}, form);
  limit.write();
}

/// A flow that has an efficiency only in some slices does not run in the others.
void OperationWriter::write_slices_of(const Process& process, const Flow& flow) {
  if (flow.slices.empty()) return;
  LimitDraft limit(draft_, fmt::format("slices.{}.{}", process.id, flow.mode), "exactly", "slice",
                   fmt::format("efficiency {} in other slices only", number_text(flow.efficiency)));
  for (std::size_t slice = 0; slice < slices_; ++slice) {
    if (flow.slices[slice]) continue;
    for (const std::size_t period : process.active) limit.value(period, 0, slice);
  }
  Term term{.what = "activity", .technology = process.id, .unit = process.per_rate()};
  term.mode = process.store.empty() ? flow.mode : charge_mode(flow);
  limit.term(term);
  limit.write();
}

/// What is kept of a capacity is a technology of its own, chosen anew in each period: what was built at first, then no
/// more than before; all of it where Temoa allows no early retirement.
void OperationWriter::write_retirement(const Process& process) {
  for (const std::size_t period : process.active) {
    const bool may_retire = network_.may_retire_in(process, period);
    const bool is_first = period == process.active.front();
    LimitDraft limit(draft_, fmt::format("kept.{}.{}", process.id, draft_.begin(period)),
                     may_retire ? "at_most" : "exactly", "period",
                     may_retire ? "may be retired early" : "may not be retired early");
    limit.value(period, 0);
    limit.capacity(process, 1, process.per_capacity());
    if (is_first) {
      limit.term({.what = "capacity", .technology = process.built, .amount = -1, .unit = process.per_capacity()});
    } else {
      const double share = network_.life_share(process, period) / network_.life_share(process, period - 1);
      Term before{.what = {}, .technology = {}};
      before.lag = 1;
      limit.capacity(process, -share, process.per_capacity(), before);
    }
    limit.write();
  }
}

std::size_t OperationWriter::next(std::size_t slice) const {
  if (draft_.options.sequence() == Sequence::year) return (slice + 1) % slices_;
  const std::size_t times = data_.times.size();
  return slice / times * times + (slice + 1) % times;
}

std::size_t OperationWriter::before(std::size_t slice) const {
  std::size_t other = 0;
  while (next(other) != slice) ++other;
  return other;
}

/// rate[to] − rate[from] ≤ rate per hour · hours · capacity (ramping down: the other way round), where `to` follows.
void OperationWriter::write_ramp(const Process& process, bool is_up, std::size_t from, std::size_t to, double rate) {
  const double hours = (data_.time(from).hours + data_.time(to).hours) / 2;
  if (from == to || rate * hours >= 1) return;  // Temoa leaves out what cannot bind
  LimitDraft limit(draft_,
                   fmt::format("ramp-{}.{}.{}.{}", is_up ? "up" : "down", process.id, network_.slice_id(from),
                               network_.slice_id(to)),
                   "at_most", "slice");
  for (const std::size_t period : process.active) limit.value(period, 0, to);
  Term form{.what = {}, .technology = {}};
  const double sign = is_up ? 1 : -1;
  limit.activity(process, sign, {}, {}, form);
  form.lag = (to + slices_ - from) % slices_;
  limit.activity(process, -sign, {}, {}, form);
  limit.capacity(process, -rate * hours, process.per_rate());
  limit.write();
}

void OperationWriter::write_ramps(const Process& process, bool is_up) {
  const auto rate =
      data_.parameter(is_up ? "ramp_up_hourly" : "ramp_down_hourly").find({process.region, process.technology});
  if (!rate) return;
  for (std::size_t slice = 0; slice < slices_; ++slice) write_ramp(process, is_up, slice, next(slice), *rate);
  if (!draft_.options.ramps_between_seasons()) return;
  const std::vector<Visit>& visited = data_.visits;
  std::set<std::pair<std::size_t, std::size_t>> done;
  const std::size_t times = data_.times.size();
  for (std::size_t at = 0; at < visited.size(); ++at) {
    const std::size_t from = season_place(visited[at].season);
    const std::size_t to = season_place(visited[(at + 1) % visited.size()].season);
    if (from == to || !done.emplace(from, to).second) continue;
    write_ramp(process, is_up, (from + 1) * times - 1, to * times, *rate);
  }
}

/// The line from A to B is the line from B to A.
void OperationWriter::write_exchange(const Process& process) {
  if (!process.is_exchange() || process.is_unlimited || process.from() > process.to()) return;
  const Process* back =
      network_.find(fmt::format("{}-{}", process.to(), process.from()), process.technology, process.vintage);
  if (back == nullptr) return;  // reported by check_data
  LimitDraft limit(draft_, fmt::format("both-ways.{}", process.id), "exactly", "period", "one line, both ways");
  for (const std::size_t period : process.active) limit.value(period, 0);
  limit.capacity(process, 1, process.per_capacity());
  limit.capacity(*back, -1, back->per_capacity());
  const bool stands_alike = !process.is_new && process.existing == back->existing;
  if (!stands_alike || !process.built.empty()) limit.write();
}

/// Level at the beginning of a slice as a share of what the store holds: the level at the end of the slice before.
void OperationWriter::write_levels(const Process& process) {
  const bool is_seasonal = network_.technology(process).is_seasonal;
  for (const auto& [key, values] : data_.parameter("limit_storage_level_fraction").rows()) {
    if (key[0] != process.region || key[3] != process.technology) continue;
    if (is_seasonal && season_place(key[1]) < data_.seasons.size()) {
      draft_.complain(Code::import_clash,
                      fmt::format("limit_storage_level_fraction of {} in {} is {} in season {}, which is one of "
                                  "time_season: seasonal storage goes through those of time_season_sequential",
                                  key[3], key[0], number_text(values.front()), key[1]));
      continue;
    }
    if (is_seasonal && !data_.visits.empty()) {
      write_visited_level(process, key, values.front());
      continue;
    }
    bool is_found = false;
    for (std::size_t slice = 0; slice < slices_; ++slice) {
      if (data_.season(slice).name != key[1] || data_.time(slice).name != key[2]) continue;
      // Where days follow each other Temoa's store is as large as its season has days: write_store.
      const bool is_scaled = draft_.options.sequence() == Sequence::year && !is_seasonal;
      const double days = is_scaled ? data_.season(slice).share * draft_.options.days_per_period : 1;
      const std::size_t end_of = is_seasonal ? (slice + slices_ - 1) % slices_ : before(slice);
      write_level(process, key, end_of, values.front() * days, {});
      is_found = true;
    }
    if (!is_found) report_moment(key);
  }
}

/// The first slice of a visit begins where the last one of the visit before ended.
void OperationWriter::write_visited_level(const Process& process, const Key& key, double fraction) {
  const std::size_t times = data_.times.size();
  for (std::size_t at = 0; at < data_.visits.size(); ++at) {
    if (data_.visits[at].name != key[1]) continue;
    for (std::size_t time = 0; time < times; ++time) {
      if (data_.times[time].name != key[2]) continue;
      const Visit& visit = data_.visits[time > 0 ? at : (at + data_.visits.size() - 1) % data_.visits.size()];
      const std::size_t end_of = season_place(visit.season) * times + (time + times - 1) % times;
      return write_level(process, key, end_of, fraction, visit.name);
    }
  }
  report_moment(key);
}

void OperationWriter::report_moment(const Key& key) {
  draft_
      .complain(
          Code::import_unknown_name,
          fmt::format("limit_storage_level_fraction of {}: there is no time {} in season {}", key[3], key[2], key[1]))
      .expected = "a season of time_season, or of time_season_sequential for seasonal storage";
}

std::size_t OperationWriter::season_place(const std::string& name) const {
  const auto found = std::find_if(data_.seasons.begin(), data_.seasons.end(),
                                  [&](const Season& season) { return season.name == name; });
  return static_cast<std::size_t>(found - data_.seasons.begin());
}

void OperationWriter::write_level(const Process& process, const Key& key, std::size_t end_of, double fraction,
                                  std::string_view visit) {
  LimitDraft limit(draft_, fmt::format("level.{}.{}.{}.{}", process.id, key[1], key[2], key[4]), key[4], "slice");
  for (const std::size_t period : process.active) limit.value(period, 0, end_of);
  const std::string unit = "1/(" + process.activity_unit + ")";
  Term level{.what = "level", .technology = process.store, .unit = unit};
  level.visit = visit;
  limit.term(level);
  limit.term({.what = "capacity", .technology = process.store, .amount = -fraction, .unit = unit});
  limit.write();
}

/// What one process emits another takes up, in every slice.
void OperationWriter::write_link(const Link& link) {
  for (const Process& process : network_.processes()) {
    if (process.region != link.region || process.technology != link.technology || process.active.empty()) continue;
    const Process* driven = network_.find(link.region, link.driven, process.vintage);
    if (driven == nullptr) continue;  // reported by check_data
    LimitDraft limit(draft_, fmt::format("link.{}.{}", process.id, link.emission), "exactly", "slice",
                     fmt::format("{} takes up {} of {}", link.driven, link.emission, link.technology));
    for (std::size_t slice = 0; slice < slices_; ++slice) {
      for (const std::size_t period : process.active) limit.value(period, 0, slice);
    }
    for (const Flow& flow : process.flows) {
      const double emitted =
          data_.parameter("emission_activity")
              .value({process.region, link.emission, flow.input, process.technology, process.vintage_text, flow.output},
                     0);
      limit.flow(process, flow, -emitted);
    }
    limit.activity(*driven, -1);
    limit.write();
  }
}

}  // namespace

void write_operation(const Draft& draft) { OperationWriter(draft).write(); }

}  // namespace pinchpoint::importers::temoa
