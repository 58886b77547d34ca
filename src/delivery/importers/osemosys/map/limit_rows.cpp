// SPDX-License-Identifier: Apache-2.0
#include "delivery/importers/osemosys/map/limit_rows.hpp"

namespace pinchpoint::importers::osemosys {

LimitRows::LimitRows(Mapping& mapping, const Head& head) : mapping_(mapping), id_(mapping.limit_names.fresh(head.id)) {
  mapping.folder.add("limits", {{"id", id_}, {"name", head.name}, {"sense", head.sense}, {"per", head.per}});
}

void LimitRows::add_term(const std::string& what, const FolderText::Cells& where, const std::vector<double>& amounts,
                         const std::string& unit) {
  Mapping::for_each_change(mapping_, amounts, [&](const std::string& from, double amount) {
    FolderText::Cells cells = {{"limit", id_}, {"what", what},
                               {"from", from}, {"amount", number_text(amount)},
                               {"unit", unit}, {"source", Mapping::source}};
    cells.insert(cells.end(), where.begin(), where.end());
    mapping_.folder.add("limit_terms", cells);
  });
}

void LimitRows::add_values(const std::vector<std::optional<double>>& values, const std::string& unit) {
  const int years = static_cast<int>(values.size());
  for (int year = 0; year < years;) {
    const std::optional<double> value = values[static_cast<std::size_t>(year)];
    int end = year + 1;
    while (end < years && values[static_cast<std::size_t>(end)] == value) ++end;
    if (value) {
      const bool is_stopped = end < years && !values[static_cast<std::size_t>(end)];
      mapping_.folder.add("limit_values", {{"limit", id_},
                                           {"from", mapping_.from(year)},
                                           {"until", is_stopped ? mapping_.date(end) : std::string()},
                                           {"value", number_text(*value)},
                                           {"unit", unit},
                                           {"source", Mapping::source}});
    }
    year = end;
  }
}

void LimitRows::add_value(double value, const std::string& unit) {
  mapping_.folder.add("limit_values",
                      {{"limit", id_}, {"value", number_text(value)}, {"unit", unit}, {"source", Mapping::source}});
}

}  // namespace pinchpoint::importers::osemosys
