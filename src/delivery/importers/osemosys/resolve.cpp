// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

#include "delivery/importers/folder_text.hpp"
#include "delivery/importers/osemosys/foreign_model.hpp"

namespace pinchpoint::importers::osemosys {

namespace {

bool is_numeric(Set set) {
  return set == Set::year || set == Set::season || set == Set::daytype || set == Set::bracket;
}

class Resolver {
 public:
  explicit Resolver(const RawModel& raw) : raw_(raw) {
    model_.files = raw.files;
    model_.is_muio = raw.is_muio;
  }

  Result<ForeignModel> run() {
    for (std::size_t set = 0; set < set_count; ++set) read_set(static_cast<Set>(set));
    check_sets();
    if (problems_.has_errors()) return std::move(problems_);
    for (const auto& [technology, modes] : raw_.modes) read_modes(technology, modes);
    for (const auto& [name, members] : raw_.storage_rules) read_storage_rule(name, members);
    for (const ParameterSpec& spec : parameter_specs()) read_parameter(spec);
    if (problems_.has_errors()) {
      problems_.sort_by_place();
      return std::move(problems_);
    }
    return std::move(model_);
  }

 private:
  void complain(Code code, const Place& place, std::string message) {
    problems_.add(code, raw_.where(place), std::move(message));
  }

  void read_set(Set set) {
    const auto found = raw_.sets.find(name_of(set));
    if (found == raw_.sets.end()) return;
    Members& members = model_.sets[static_cast<std::size_t>(set)];
    for (const RawModel::Member& member : found->second) {
      if (is_numeric(set) && !parse_number(member.text)) {
        complain(Code::import_bad_value, member.place,
                 fmt::format("'{}' of set {} is no number", member.text, name_of(set)));
      } else if (!members.add(member.text)) {
        complain(Code::import_bad_value, member.place,
                 fmt::format("'{}' stands twice in set {}", member.text, name_of(set)));
      }
    }
    if (is_numeric(set) && !problems_.has_errors()) members.sort_numbers();
  }

  void check_sets() {
    for (const Set set : {Set::year, Set::region, Set::technology, Set::timeslice, Set::mode}) {
      if (model_.count(set) > 0 || problems_.has_errors()) continue;
      problems_.add(Code::import_bad_value, {raw_.files.empty() ? std::string() : raw_.files.front(), 0, 0, 0},
                    fmt::format("set {} has no members", name_of(set)));
    }
    if (problems_.has_errors()) return;
    const Members& years = model_.set(Set::year);
    const auto& places = raw_.sets.find(name_of(Set::year))->second;
    for (int index = 0; index < years.count(); ++index) {
      const double year = parse_number(years[index]).value();
      if (year != std::floor(year) || year < 1000 || year > 9999) {
        complain(Code::import_unsupported, places.front().place,
                 fmt::format("YEAR {}: only calendar years of four digits can be imported", years[index]));
        return;
      }
      model_.years.push_back(static_cast<int>(year));
      if (index > 0 && model_.years[static_cast<std::size_t>(index) - 1] + 1 != static_cast<int>(year)) {
        complain(Code::import_unsupported, places.front().place,
                 fmt::format("YEAR has a gap between {} and {}: OSeMOSYS would count each as one year",
                             years[index - 1], years[index]));
      }
    }
  }

  /// Names that are in no set say nothing of a technology that could run.
  void read_modes(const std::string& technology, const std::vector<RawModel::Member>& modes) {
    const int index = model_.set(Set::technology).find(technology);
    if (index < 0) return;
    std::set<int>& allowed = model_.modes[index];
    for (const RawModel::Member& mode : modes) {
      const int found = model_.set(Set::mode).find(mode.text);
      if (found >= 0) allowed.insert(found);
    }
  }

  void read_storage_rule(const std::string& name, const std::vector<RawModel::Member>& members) {
    model_.has_storage_rules = true;
    std::set<int>& even = name == "STORAGEINTRADAY" ? model_.even_by_day : model_.even_by_year;
    for (const RawModel::Member& member : members) {
      const int found = model_.set(Set::storage).find(member.text);
      if (found >= 0) {
        even.insert(found);
      } else {
        complain(Code::import_unknown_name, member.place,
                 fmt::format("'{}' of set {} is no STORAGE", member.text, name));
      }
    }
  }

  void read_parameter(const ParameterSpec& spec) {
    const auto found = raw_.parameters.find(spec.name);
    double default_value = spec.default_value;
    if (found != raw_.parameters.end() && found->second.default_value) {
      default_value = found->second.default_value->number;
    }
    Parameter parameter(spec, model_.sets, default_value);
    if (found != raw_.parameters.end()) {
      if (found->second.default_value) parameter.set_default_place(found->second.default_value->place);
      if (found->second.default_value || !found->second.values.empty()) model_.given[std::string(spec.name)] = true;
      add_values(spec, found->second, parameter);
    }
    for (const auto& [first, second] : parameter.settle()) report_twice(parameter, first, second);
    model_.parameters.emplace(std::string(spec.name), std::move(parameter));
  }

  void add_values(const ParameterSpec& spec, const RawModel::Parameter& raw, Parameter& parameter) {
    std::vector<int> indices(spec.indices.size());
    for (std::size_t at = 0; at < raw.values.size(); ++at) {
      bool is_known = true;
      for (std::size_t position = 0; position < indices.size(); ++position) {
        const std::string_view text = raw.keys[at * indices.size() + position];
        const Members& members = model_.set(spec.indices[position]);
        indices[position] = members.find(text);
        if (indices[position] >= 0) continue;
        is_known = false;
        report_unknown(spec, spec.indices[position], text, raw.values[at].place);
      }
      if (is_known) parameter.add({parameter.key_of(indices.data()), raw.values[at].number, raw.values[at].place});
    }
  }

  /// Once for a name in a parameter, however many values it has.
  void report_unknown(const ParameterSpec& spec, Set set, std::string_view text, const Place& place) {
    if (!unknown_.emplace(spec.name, set, text).second) return;
    Diagnostic& item =
        problems_.add(Code::import_unknown_name, raw_.where(place),
                      fmt::format("{} names '{}', which is no member of set {}", spec.name, text, name_of(set)));
    item.found = text;
    const std::string near = closest_name(text, model_.set(set).texts());
    if (!near.empty()) item.fix = fmt::format("did you mean '{}'?", near);
  }

  void report_twice(const Parameter& parameter, const Parameter::Entry& first, const Parameter::Entry& second) {
    Diagnostic& item =
        problems_.add(Code::import_clash, raw_.where(second.place),
                      fmt::format("{} is given twice: {} and {}", parameter.name(second.key, model_.sets),
                                  number_text(first.value), number_text(second.value)));
    item.notes.push_back({raw_.where(first.place), "the other value"});
  }

  const RawModel& raw_;
  ForeignModel model_;
  Diagnostics problems_;
  std::set<std::tuple<std::string_view, Set, std::string_view>> unknown_;
};

}  // namespace

Result<ForeignModel> resolve(const RawModel& raw) { return Resolver(raw).run(); }

}  // namespace pinchpoint::importers::osemosys
