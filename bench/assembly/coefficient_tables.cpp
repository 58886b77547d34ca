// SPDX-License-Identifier: Apache-2.0
#include "coefficient_tables.hpp"

#include <fmt/format.h>
#include <fmt/os.h>

#include <cmath>

namespace pinchpoint::bench {

namespace {

std::string text_of(double number) {
  if (std::isinf(number)) return number > 0 ? "inf" : "-inf";
  return fmt::format("{}", number);
}

fmt::ostream open(const std::filesystem::path& folder, const char* name, const char* header) {
  fmt::ostream file = fmt::output_file((folder / name).string());
  file.print("{}\n", header);
  return file;
}

const std::string& family_of(const optim::Model& model, const optim::Key& key) {
  return model.names->family(key.family).name;
}

}  // namespace

void write_coefficient_tables(const optim::Model& model, const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  auto columns = open(folder, "columns.csv", "family,cost,lower,upper");
  for (std::size_t at = 0; at < model.cost.size(); ++at) {
    columns.print("{},{},{},{}\n", family_of(model, model.column_key[at]), text_of(model.cost[at]),
                  text_of(model.lower[at]), text_of(model.upper[at]));
  }
  auto rows = open(folder, "rows.csv", "family,lower,upper");
  for (std::size_t at = 0; at < model.row_lower.size(); ++at) {
    rows.print("{},{},{}\n", family_of(model, model.row_key[at]), text_of(model.row_lower[at]),
               text_of(model.row_upper[at]));
  }
  auto entries = open(folder, "entries.csv", "row,column,value");
  for (std::size_t column = 0; column < model.cost.size(); ++column) {
    for (auto at = static_cast<std::size_t>(model.matrix.start[column]);
         at < static_cast<std::size_t>(model.matrix.start[column + 1]); ++at) {
      entries.print("{},{},{}\n", model.matrix.row[at], column, text_of(model.matrix.value[at]));
    }
  }
  open(folder, "offset.csv", "offset").print("{}\n", text_of(model.offset));
}

}  // namespace pinchpoint::bench
