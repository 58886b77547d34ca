// SPDX-License-Identifier: Apache-2.0
#include "delivery/importers/pypsa/passive_branches.hpp"

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <set>

#include "delivery/importers/pypsa/standard_types.hpp"

namespace pinchpoint::importers::pypsa {

namespace {

struct Impedance {
  double reactance = 0;
  double resistance = 0;
};

/// What is known of a branch before loops are looked for.
struct Electrical {
  Impedance impedance;         ///< per unit
  double phase_shift = 0;      ///< degrees
  bool is_shift_free = false;  ///< differs by snapshot, or is chosen by the optimisation
};

/// Buses joined by branches, as disjoint sets.
class Islands {
 public:
  void join(const std::string& one, const std::string& other) { parent_[root(one)] = root(other); }
  std::string root(const std::string& bus) {
    std::string at = bus;
    for (auto found = parent_.find(at); found != parent_.end() && found->second != at; found = parent_.find(at)) {
      at = found->second;
    }
    if (at != bus) parent_[bus] = at;
    return at;
  }

 private:
  std::map<std::string, std::string> parent_;
};

class BranchReader {
 public:
  BranchReader(const Network& network, Complaints& complaints) : network_(network), complaints_(complaints) {
    for (const Component& bus : components(network, "buses", complaints)) {
      voltage_.emplace(bus.name(), bus.number("v_nom", 1));
      if (bus.text("carrier", "AC") == "AC") are_on_ac_.insert(bus.name());
    }
    user_types("line_types", line_types_);
    user_types("transformer_types", transformer_types_);
  }

  std::vector<PassiveBranch> read() {
    for (const Component& line : components(network_, "lines", complaints_)) add(line, line_electrical(line));
    for (const Component& transformer : components(network_, "transformers", complaints_)) {
      const Electrical electrical = transformer_electrical(transformer);
      add(transformer, electrical);
      branches_.back().rating = rating_of(transformer);
    }
    find_islands();
    are_shifts_met_ = do_shifts_cancel();
    for (std::size_t branch = 0; branch < branches_.size(); ++branch) set_impedance(branch);
    return std::move(branches_);
  }

 private:
  void user_types(std::string_view list, std::map<std::string, Component>& types) {
    for (const Component& type : components(network_, list, complaints_)) types.emplace(type.name(), type);
  }

  void add(const Component& component, const Electrical& electrical) {
    branches_.push_back({component, component.text("bus0"), component.text("bus1"), component.number("s_nom", 0), {}});
    electricals_.push_back(electrical);
  }

  void report_type(const Component& component, const std::string& type, std::string_view list) {
    complaints_.add(
        Code::import_unknown_name, component.where("type"),
        fmt::format("type '{}' of {} is no standard type and not listed in {}.csv", type, component.described(), list),
        type, fmt::format("list it in {}.csv, or give x and r and no type", list));
  }

  std::optional<LineType> line_type(const Component& line, const std::string& name) {
    if (const auto user = line_types_.find(name); user != line_types_.end()) {
      return LineType{user->second.number("r_per_length", 0), user->second.number("x_per_length", 0)};
    }
    if (const LineType* const standard = find_line_type(name)) return *standard;
    report_type(line, name, "line_types");
    return std::nullopt;
  }

  std::optional<TransformerType> transformer_type(const Component& transformer, const std::string& name) {
    if (const auto user = transformer_types_.find(name); user != transformer_types_.end()) {
      const Component& type = user->second;
      return TransformerType{type.number("s_nom", 0),       type.number("vsc", 0),         type.number("vscr", 0),
                             type.number("phase_shift", 0), type.number("tap_neutral", 0), type.number("tap_step", 0)};
    }
    if (const TransformerType* const standard = find_transformer_type(name)) return *standard;
    report_type(transformer, name, "transformer_types");
    return std::nullopt;
  }

  Electrical line_electrical(const Component& line) {
    Impedance ohm{line.number("x", 0), line.number("r", 0)};
    if (const std::string name = line.text("type"); !name.empty()) {
      const LineType type = line_type(line, name).value_or(LineType{1, 1});
      const double length = line.number("length", 0) / line.number("num_parallel", 1);
      ohm = {type.reactance * length, type.resistance * length};
    }
    const auto voltage = voltage_.find(line.text("bus0"));
    const double squared = voltage == voltage_.end() ? 1 : voltage->second * voltage->second;
    return {{ohm.reactance / squared, ohm.resistance / squared}};
  }

  double rating_of(const Component& transformer) {
    const std::string name = transformer.text("type");
    if (name.empty()) return transformer.number("s_nom", 0);
    return transformer_type(transformer, name).value_or(TransformerType{}).rating;
  }

  Electrical transformer_electrical(const Component& transformer) {
    const std::string name = transformer.text("type");
    if (name.empty()) {
      const double scale = transformer.number("tap_ratio", 1) / transformer.number("s_nom", 0);
      return {{transformer.number("x", 0) * scale, transformer.number("r", 0) * scale},
              transformer.number("phase_shift", 0),
              is_shift_free(transformer)};
    }
    const TransformerType type = transformer_type(transformer, name).value_or(TransformerType{1, 1, 0, 0, 0, 0});
    const double tap = 1 + (transformer.number("tap_position", 0) - type.neutral_tap) * type.tap_step / 100;
    const double scale = tap / type.rating / transformer.number("num_parallel", 1);
    const double resistance = type.short_circuit_real / 100;
    const double total = type.short_circuit / 100;
    return {{std::sqrt(total * total - resistance * resistance) * scale, resistance * scale},
            type.phase_shift,
            is_shift_free(transformer)};
  }

  static bool is_shift_free(const Component& transformer) {
    const bool is_chosen = transformer.number("phase_shift_min", 0) < transformer.number("phase_shift_max", 0);
    return is_chosen || transformer.series("phase_shift", 0).varies();
  }

  void find_islands() {
    for (const PassiveBranch& branch : branches_) islands_.join(branch.bus0, branch.bus1);
    for (const Component& bus : components(network_, "buses", complaints_)) {
      is_ac_.emplace(islands_.root(bus.name()), bus.text("carrier", "AC") == "AC");  // the first bus decides
    }
  }

  [[nodiscard]] double impedance_of(std::size_t branch) {
    const auto is_ac = is_ac_.find(islands_.root(branches_[branch].bus0));
    const Impedance& impedance = electricals_[branch].impedance;
    return is_ac == is_ac_.end() || is_ac->second ? impedance.reactance : impedance.resistance;
  }

  /// Whether its ends stay joined without it.
  bool is_in_loop(std::size_t without) {
    Islands others;
    for (std::size_t branch = 0; branch < branches_.size(); ++branch) {
      if (branch != without && std::isfinite(impedance_of(branch))) {
        others.join(branches_[branch].bus0, branches_[branch].bus1);
      }
    }
    return others.root(branches_[without].bus0) == others.root(branches_[without].bus1);
  }

  /// Whether the fixed phase shifts add up to zero around every loop, so that they change no flow: then every bus has
  /// an angle from which each branch's shift is the difference.
  bool do_shifts_cancel() {
    std::map<std::string, std::vector<std::pair<std::string, double>>> neighbours;
    for (std::size_t branch = 0; branch < branches_.size(); ++branch) {
      if (!std::isfinite(impedance_of(branch))) continue;
      const PassiveBranch& ends = branches_[branch];
      const double shift = electricals_[branch].phase_shift;
      neighbours[ends.bus0].emplace_back(ends.bus1, shift);
      neighbours[ends.bus1].emplace_back(ends.bus0, -shift);
    }
    std::map<std::string, double> angles;
    for (const auto& [start, ignored] : neighbours) {
      if (!angles.emplace(start, 0).second) continue;
      std::vector<std::string> open = {start};
      while (!open.empty()) {
        const std::string at = open.back();
        open.pop_back();
        for (const auto& [next, shift] : neighbours[at]) {
          const double angle = angles[at] + shift;
          const auto [known, is_new] = angles.emplace(next, angle);
          if (is_new) open.push_back(next);
          if (std::abs(known->second - angle) > 1e-9) return false;
        }
      }
    }
    return true;
  }

  /// v_ang_max bounds reactance × flow, of lines on AC buses and of transformers, where their shift is known to be
  /// none.
  void set_widest_flow(std::size_t index) {
    PassiveBranch& branch = branches_[index];
    const Component& component = branch.component;
    const double degrees = component.number("v_ang_max", infinity);
    const bool is_line = component.list().name == "lines";
    if (!std::isfinite(degrees) || (is_line && !are_on_ac_.contains(branch.bus0))) return;
    const Electrical& electrical = electricals_[index];
    const double reactance = electrical.impedance.reactance;
    if (reactance > 0 && electrical.phase_shift == 0 && !electrical.is_shift_free) {
      branch.widest_flow = degrees * std::acos(-1.0) / 180 / reactance;
    } else {
      complaints_.add(Code::import_unsupported, component.where("v_ang_max"),
                      fmt::format("v_ang_max of {} cannot be imported with a phase shift or a reactance of {}",
                                  component.described(), reactance),
                      {}, "remove v_ang_max, or give a reactance above zero and no phase shift");
    }
  }

  void set_impedance(std::size_t index) {
    set_widest_flow(index);
    PassiveBranch& branch = branches_[index];
    const Electrical& electrical = electricals_[index];
    const double impedance = impedance_of(index);
    if (!std::isfinite(impedance)) return;
    const bool is_shifting = electrical.is_shift_free || (electrical.phase_shift != 0 && !are_shifts_met_);
    if (impedance > 0 && !is_shifting) {
      branch.impedance = impedance;
    } else if (is_in_loop(index)) {
      is_shifting ? report_shift(branch) : report_impedance(branch, impedance);
    }
  }

  void report_shift(const PassiveBranch& branch) {
    complaints_.add(Code::import_unsupported, branch.component.where("phase_shift"),
                    fmt::format("{} shifts the phase within a loop", branch.component.described()), {},
                    "set phase_shift to 0, also that of its type");
  }

  void report_impedance(const PassiveBranch& branch, double impedance) {
    complaints_.add(Code::import_unsupported, branch.component.where("x"),
                    fmt::format("{} stands in a loop with an impedance of {}", branch.component.described(), impedance),
                    {}, "give a reactance x (AC) or a resistance r (DC) above zero");
  }

  const Network& network_;
  Complaints& complaints_;
  std::map<std::string, double> voltage_;
  std::set<std::string> are_on_ac_;
  std::map<std::string, Component> line_types_, transformer_types_;
  std::vector<PassiveBranch> branches_;
  std::vector<Electrical> electricals_;
  Islands islands_;
  std::map<std::string, bool> is_ac_;
  bool are_shifts_met_ = true;
};

}  // namespace

std::vector<PassiveBranch> read_passive_branches(const Network& network, Complaints& complaints) {
  return BranchReader(network, complaints).read();
}

}  // namespace pinchpoint::importers::pypsa
