// SPDX-License-Identifier: Apache-2.0
#include "coefficient_tables.hpp"

#include <fmt/format.h>

#include <cmath>
#include <fstream>

namespace pinchpoint::bench {

namespace {

std::string text_of(double number) {
  if (std::isinf(number)) return number > 0 ? "inf" : "-inf";
  return fmt::format("{}", number);
}

/// A table that is written line by line. Throws where the disk fails.
class Table {
 public:
  Table(const std::filesystem::path& folder, const char* name, const char* header) {
    file_.exceptions(std::ios::failbit | std::ios::badbit);
    file_.open(folder / name);
    line("{}", header);
  }
  template <typename... Values>
  void line(fmt::format_string<Values...> form, Values&&... values) {
    file_ << fmt::format(form, std::forward<Values>(values)...) << '\n';
  }

 private:
  std::ofstream file_;
};

const std::string& family_of(const optim::Model& model, const optim::Key& key) {
  return model.names->family(key.family).name;
}

}  // namespace

void write_coefficient_tables(const optim::Model& model, const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  Table columns(folder, "columns.csv", "family,cost,lower,upper");
  for (std::size_t at = 0; at < model.cost.size(); ++at) {
    columns.line("{},{},{},{}", family_of(model, model.column_key[at]), text_of(model.cost[at]),
                 text_of(model.lower[at]), text_of(model.upper[at]));
  }
  Table rows(folder, "rows.csv", "family,lower,upper");
  for (std::size_t at = 0; at < model.row_lower.size(); ++at) {
    rows.line("{},{},{}", family_of(model, model.row_key[at]), text_of(model.row_lower[at]),
              text_of(model.row_upper[at]));
  }
  Table entries(folder, "entries.csv", "row,column,value");
  for (std::size_t column = 0; column < model.cost.size(); ++column) {
    for (auto at = static_cast<std::size_t>(model.matrix.start[column]);
         at < static_cast<std::size_t>(model.matrix.start[column + 1]); ++at) {
      entries.line("{},{},{}", model.matrix.row[at], column, text_of(model.matrix.value[at]));
    }
  }
  Table(folder, "offset.csv", "offset").line("{}", text_of(model.offset));
}

}  // namespace pinchpoint::bench
