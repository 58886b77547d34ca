// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "optim/reduction/reduction.hpp"

namespace pinchpoint::optim {

/// Takes rows and columns away until nothing more goes. Bounds and sides are the loosest of all scenarios.
class Reduction::Shrinker {
 public:
  Shrinker(Reduction& made, const Model& model, std::span<const Patch> patches);

  /// False if bounds contradict each other.
  bool run();
  /// What is left, numbered anew.
  void build() const;

 private:
  void list_moves(const Model& model, const Patch& patch);
  bool run_pass(bool looks_at_all);
  bool visit_row(std::int32_t row);
  bool visit_column(std::int32_t column);
  bool drop_parallel_rows();
  [[nodiscard]] double factor_between(std::int32_t one, std::int32_t other);
  [[nodiscard]] bool contains(std::int32_t outer, std::int32_t inner, double factor) const;
  void make_single(std::int32_t row);
  void tighten(std::int32_t column, Range range);
  void fix(std::int32_t column, double value);
  void stand(std::int32_t column, bool is_at_upper);
  void drop_from_columns(std::int32_t row, std::int32_t but = -1);
  void drop_from_rows(std::int32_t column);

  /// Rows that keep a column off its lower bound (direction 1) or its upper one (-1): how many, and one of them.
  struct Holders {
    int count = 0;
    const Entry* one = nullptr;
  };
  [[nodiscard]] Holders holders(std::int32_t column, int direction) const;
  [[nodiscard]] bool stays_put(std::int32_t column) const;
  void loosen(std::int32_t column, int direction);
  bool substitute_by_holder(std::int32_t column, int direction, const Holders& holders);
  [[nodiscard]] bool is_worth_it(std::int32_t column, std::int32_t row, double pivot) const;
  void substitute(std::int32_t column, std::int32_t row, double side);
  void add_row(std::int32_t to, double factor, const std::vector<Entry>& entries);

  /// Least and largest activity in any scenario, of all columns but one.
  [[nodiscard]] Range activity(std::int32_t row, std::int32_t but = -1) const;
  void note(const Step& step, const std::vector<Entry>& column, const std::vector<Entry>& row);

  Reduction& made_;
  Model loosest_;  ///< without a matrix
  std::vector<std::vector<Entry>> rows_, columns_;
  std::vector<double> cost_;
  double offset_;
  /// Of a lower and an upper bound or side.
  struct Ends {
    bool lower = false, upper = false;
    [[nodiscard]] bool any() const { return lower || upper; }
  };
  std::vector<std::uint8_t> is_row_gone_, is_column_gone_;
  std::vector<Ends> row_moves_, column_moves_;            ///< other than the model's in some scenario
  std::vector<Ends> row_has_;                             ///< of those that move: finite in some scenario
  std::vector<std::uint8_t> is_row_due_, is_column_due_;  ///< changed since they were looked at
  std::vector<std::int32_t> position_;                    ///< of a column in the row at work, -1 elsewhere
  bool is_contradictory_ = false;
};

}  // namespace pinchpoint::optim
