// SPDX-License-Identifier: Apache-2.0
#include "optim/model/lp_writer.hpp"

#include <cmath>

#include "optim/model/file_names.hpp"
#include "optim/model/text_file.hpp"

namespace pinchpoint::optim {

namespace {

constexpr std::size_t terms_a_line = 6;

struct Term {
  std::size_t column;
  double factor;
};

class LpWriter {
 public:
  LpWriter(const Model& model, const std::string& path)
      : model_(model),
        file_(path),
        row_names_(row_file_names(model, lp_names)),
        column_names_(column_file_names(model, lp_names)) {}

  void write() {
    write_objective();
    write_rows();
    write_bounds();
    write_integers();
    file_.print("end\n");
    file_.close();
  }

 private:
  void write_objective() {
    file_.print("minimize\n cost:");
    std::vector<Term> terms;
    for (std::size_t column = 0; column < model_.cost.size(); ++column) {
      if (model_.cost[column] != 0) terms.push_back({column, model_.cost[column]});
    }
    write_terms(terms);
    if (model_.offset != 0) file_.print(" {:+}", model_.offset);
    file_.print("\n");
  }

  void write_terms(const std::vector<Term>& terms) {
    for (std::size_t at = 0; at < terms.size(); ++at) {
      if (at > 0 && at % terms_a_line == 0) file_.print("\n  ");
      file_.print(" {:+} {}", terms[at].factor, column_names_[terms[at].column]);
    }
  }

  void write_rows() {
    file_.print("subject to\n");
    const std::vector<std::vector<Term>> rows = terms_by_row();
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const double lower = model_.row_lower[row];
      const double upper = model_.row_upper[row];
      ensure(lower <= upper, "a row with crossed sides cannot be written as LP");
      if (rows[row].empty()) continue;
      if (lower == upper)
        write_row(row_names_[row], rows[row], "=", lower);
      else if (lower > -infinity)
        write_row(row_names_[row], rows[row], ">=", lower);
      if (lower != upper && upper < infinity) {
        write_row(row_names_[row] + (lower > -infinity ? "~range" : ""), rows[row], "<=", upper);
      }
    }
  }

  void write_row(const std::string& name, const std::vector<Term>& terms, const char* relation, double side) {
    file_.print(" {}:", name);
    write_terms(terms);
    file_.print(" {} {}\n", relation, side);
  }

  [[nodiscard]] std::vector<std::vector<Term>> terms_by_row() const {
    std::vector<std::vector<Term>> rows(row_names_.size());
    for (std::size_t column = 0; column < column_names_.size(); ++column) {
      const auto end = static_cast<std::size_t>(model_.matrix.start[column + 1]);
      for (auto at = static_cast<std::size_t>(model_.matrix.start[column]); at < end; ++at) {
        rows[static_cast<std::size_t>(model_.matrix.row[at])].push_back({column, model_.matrix.value[at]});
      }
    }
    return rows;
  }

  void write_bounds() {
    file_.print("bounds\n");
    for (std::size_t column = 0; column < column_names_.size(); ++column) {
      const double lower = model_.lower[column];
      const double upper = model_.upper[column];
      const std::string& name = column_names_[column];
      ensure(lower <= upper, "a column with crossed bounds cannot be written as LP");
      if (lower == 0 && upper == infinity) continue;
      if (lower == upper)
        file_.print(" {} = {}\n", name, lower);
      else if (lower == -infinity && upper == infinity)
        file_.print(" {} free\n", name);
      else if (upper == infinity)
        file_.print(" {} >= {}\n", name, lower);
      else
        file_.print(" {} <= {} <= {}\n", lower == -infinity ? "-inf" : fmt::format("{}", lower), name, upper);
    }
  }

  void write_integers() {
    if (!model_.has_integers()) return;
    file_.print("general\n");
    for (std::size_t column = 0; column < column_names_.size(); ++column) {
      if (model_.is_integer[column] != 0) file_.print(" {}\n", column_names_[column]);
    }
  }

  const Model& model_;
  TextFile file_;
  std::vector<std::string> row_names_, column_names_;
};

}  // namespace

void write_lp(const Model& model, const std::string& path) { LpWriter(model, path).write(); }

}  // namespace pinchpoint::optim
