// SPDX-License-Identifier: Apache-2.0
#include "optim/model/mps_writer.hpp"

#include <algorithm>
#include <cmath>

#include "optim/model/file_names.hpp"
#include "optim/model/text_file.hpp"

namespace pinchpoint::optim {

namespace {

/// How a row stands in the file: its letter, right-hand side and range (0: none).
struct RowForm {
  char letter;
  double side;
  double range;
};

RowForm row_form(double lower, double upper) {
  if (lower == -infinity && upper == infinity) return {'N', 0, 0};
  if (lower == upper) return {'E', lower, 0};
  if (lower == -infinity) return {'L', upper, 0};
  if (upper == infinity) return {'G', lower, 0};
  const double range = upper - lower;
  // Either form is right but for rounding: take the one that reads back exactly, if there is one.
  return lower + range == upper ? RowForm{'G', lower, range} : RowForm{'L', upper, range};
}

class MpsWriter {
 public:
  MpsWriter(const Model& model, const std::string& path)
      : model_(model),
        file_(path),
        row_names_(row_file_names(model, mps_names)),
        column_names_(column_file_names(model, mps_names)) {
    while (std::find(row_names_.begin(), row_names_.end(), objective_) != row_names_.end()) objective_ += '_';
  }

  void write() {
    file_.print("NAME {}\nROWS\n N {}\n", model_.name.empty() ? "model" : one_word(model_.name), objective_);
    for (std::size_t row = 0; row < row_names_.size(); ++row)
      file_.print(" {} {}\n", form(row).letter, row_names_[row]);
    write_columns();
    write_sides();
    write_ranges();
    write_bounds();
    file_.print("ENDATA\n");
    file_.close();
  }

 private:
  static std::string one_word(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](char letter) { return letter <= ' '; }, '_');
    return text;
  }
  [[nodiscard]] RowForm form(std::size_t row) const {
    ensure(model_.row_lower[row] <= model_.row_upper[row], "a row with crossed sides cannot be written as MPS");
    return row_form(model_.row_lower[row], model_.row_upper[row]);
  }

  void write_columns() {
    file_.print("COLUMNS\n");
    bool is_integer = false;
    for (std::size_t column = 0; column < column_names_.size(); ++column) {
      if (is_integer != (model_.is_integer[column] != 0)) switch_marker(is_integer);
      write_column(column);
    }
    if (is_integer) switch_marker(is_integer);
  }

  void switch_marker(bool& is_integer) {
    is_integer = !is_integer;
    file_.print(" MARKER{} 'MARKER' '{}'\n", ++markers_, is_integer ? "INTORG" : "INTEND");
  }

  void write_column(std::size_t column) {
    const auto begin = static_cast<std::size_t>(model_.matrix.start[column]);
    const auto end = static_cast<std::size_t>(model_.matrix.start[column + 1]);
    // A column without entries is declared by a zero.
    if (model_.cost[column] != 0 || begin == end) {
      file_.print(" {} {} {}\n", column_names_[column], objective_, model_.cost[column]);
    }
    for (std::size_t at = begin; at < end; ++at) {
      file_.print(" {} {} {}\n", column_names_[column], row_names_[static_cast<std::size_t>(model_.matrix.row[at])],
                  model_.matrix.value[at]);
    }
  }

  void write_sides() {
    file_.print("RHS\n");
    if (model_.offset != 0) file_.print(" RHS {} {}\n", objective_, -model_.offset);
    for (std::size_t row = 0; row < row_names_.size(); ++row) {
      if (form(row).side != 0) file_.print(" RHS {} {}\n", row_names_[row], form(row).side);
    }
  }

  void write_ranges() {
    file_.print("RANGES\n");
    for (std::size_t row = 0; row < row_names_.size(); ++row) {
      if (form(row).range != 0) file_.print(" RNG {} {}\n", row_names_[row], form(row).range);
    }
  }

  void write_bounds() {
    file_.print("BOUNDS\n");
    for (std::size_t column = 0; column < column_names_.size(); ++column) {
      write_bounds_of(column_names_[column], model_.lower[column], model_.upper[column],
                      model_.is_integer[column] != 0);
    }
  }

  void write_bounds_of(const std::string& name, double lower, double upper, bool is_integer) {
    ensure(lower <= upper, "a column with crossed bounds cannot be written as MPS");
    if (lower == upper) return file_.print(" FX BND {} {}\n", name, lower);
    if (lower == -infinity && upper == infinity) return file_.print(" FR BND {}\n", name);
    if (lower == -infinity)
      file_.print(" MI BND {}\n", name);
    else if (lower != 0)
      file_.print(" LO BND {} {}\n", name, lower);
    if (upper < infinity) file_.print(" UP BND {} {}\n", name, upper);
    // Readers differ on what an integer column without an upper bound means.
    else if (is_integer)
      file_.print(" PL BND {}\n", name);
  }

  const Model& model_;
  TextFile file_;
  std::vector<std::string> row_names_, column_names_;
  std::string objective_ = "COST";
  int markers_ = 0;
};

}  // namespace

void write_mps(const Model& model, const std::string& path) { MpsWriter(model, path).write(); }

}  // namespace pinchpoint::optim
