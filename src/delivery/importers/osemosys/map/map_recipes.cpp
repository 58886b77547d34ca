// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <set>

#include "delivery/importers/osemosys/map/mapping.hpp"

namespace pinchpoint::importers::osemosys {

namespace {

class RecipeRows {
 public:
  explicit RecipeRows(Mapping& mapping) : mapping_(mapping), foreign_(mapping.foreign) {}

  void add() {
    add_ratios("InputActivityRatio", "input", mapping_.fuels, "1");
    add_ratios("OutputActivityRatio", "output", mapping_.fuels, "1");
    add_ratios("EmissionActivityRatio", "output", mapping_.emissions,
               fmt::format("{}/{}", Mapping::emission, Mapping::activity));
    add_storage("TechnologyToStorage", "output");
    add_storage("TechnologyFromStorage", "input");
    add_idle_modes();
  }

 private:
  struct Line {
    int region, technology, mode;
    std::string_view role;
    const std::string& commodity;
  };

  void add_line(const Line& line, const std::string& from, double amount, const std::string& unit) {
    has_row_.emplace(line.technology, line.mode);
    mapping_.folder.add("recipes", {{"technology", mapping_.technologies[static_cast<std::size_t>(line.technology)]},
                                    {"commodity", line.commodity},
                                    {"role", std::string(line.role)},
                                    {"mode", mapping_.mode_text(line.technology, line.mode)},
                                    {"region", mapping_.region_filter(line.region)},
                                    {"from", from},
                                    {"amount", number_text(amount)},
                                    {"unit", unit},
                                    {"source", Mapping::source}});
  }

  void add_ratios(std::string_view parameter, std::string_view role, const std::vector<std::string>& goods,
                  const std::string& unit) {
    for (const Parameter::Series& ratio : foreign_.parameter(parameter).series()) {
      if (!foreign_.may_run(ratio.index[1], ratio.index[3])) continue;
      const Line line{ratio.index[0], ratio.index[1], ratio.index[3], role,
                      goods[static_cast<std::size_t>(ratio.index[2])]};
      Mapping::for_each_change(mapping_, ratio.values,
                               [&](const std::string& from, double value) { add_line(line, from, value, unit); });
    }
  }

  void add_storage(std::string_view name, std::string_view role) {
    const Parameter& parameter = foreign_.parameter(name);
    for (const Parameter::Entry& entry : parameter.entries()) {
      if (entry.value == 0) continue;
      const std::vector<int> at = parameter.indices_of(entry.key);
      if (!foreign_.may_run(at[1], at[3])) continue;
      add_line({at[0], at[1], at[3], role, mapping_.stored[static_cast<std::size_t>(at[2])]}, {}, entry.value, "1");
    }
  }

  /// A mode is known by its rows: one in which nothing is used or made has a row with an amount of zero.
  void add_idle_modes() {
    if (mapping_.fuels.empty()) return;
    for (int technology = 0; technology < foreign_.count(Set::technology); ++technology) {
      if (mapping_.modes(technology).size() <= 1) continue;
      for (const int mode : mapping_.modes(technology)) {
        if (has_row_.contains({technology, mode})) continue;
        mapping_.folder.add("recipes", {{"technology", mapping_.technologies[static_cast<std::size_t>(technology)]},
                                        {"commodity", mapping_.fuels.front()},
                                        {"role", "output"},
                                        {"mode", mapping_.mode_text(technology, mode)},
                                        {"amount", "0"},
                                        {"unit", "1"},
                                        {"source", Mapping::source},
                                        {"note", "running in a mode without ratios counts as activity"}});
      }
    }
  }

  Mapping& mapping_;
  const ForeignModel& foreign_;
  std::set<std::pair<int, int>> has_row_;
};

}  // namespace

void map_recipes(Mapping& mapping) { RecipeRows(mapping).add(); }

}  // namespace pinchpoint::importers::osemosys
