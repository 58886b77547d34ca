// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "optim/model/basis_code.hpp"
#include "optim/resident/factor/basis_factor.hpp"
#include "optim/resident/problem.hpp"

namespace pinchpoint::optim::resident {

inline constexpr double primal_tolerance = 1e-9;
inline constexpr double dual_tolerance = 1e-9;

/// Where a variable stands.
enum class Place : std::uint8_t { at_lower, at_upper, at_zero, fixed, basic };

/// What a variable is but for its place and reduced cost, which are asked for more often and kept apart.
struct Variable {
  double lower = 0, upper = 0;
  Index slot = -1;  ///< of the basis, if basic
  bool is_touched = false;
  bool has_left = false;  ///< basic at the start, and once outside since
};

/// One place of the basis.
struct Slot {
  double value = 0, lower = 0, upper = 0;
  Index variable = -1;
  bool is_touched = false;
  bool is_listed = false;  ///< among the slots that may be infeasible

  [[nodiscard]] double infeasibility() const {  ///< below 0: so far under the lower bound
    return value < lower - primal_tolerance ? value - lower : value > upper + primal_tolerance ? value - upper : 0;
  }
};

/// Room for vectors, shared by the tableaus of one LP.
struct Workspace {
  explicit Workspace(const Problem& problem)
      : steps(problem.rows),
        by_row(problem.rows),
        unit(problem.rows),
        column(problem.rows),
        start_unit(problem.rows),
        row(problem.variables()) {}
  SparseVector steps;       ///< inside solves
  SparseVector by_row;      ///< right-hand sides
  SparseVector unit;        ///< row of B^-1, by row of the LP
  SparseVector column;      ///< by slot
  SparseVector start_unit;  ///< row of the start basis' B^-1
  PriceRow row;             ///< by variable
  SearchSpace space;
};

/// How a tableau differs from its start, to be brought there again: what other tableaus of the same LP and start basis
/// can be brought to, too.
struct Snapshot {
  struct Moved {
    Index at;
    Place place;
    Variable variable;
  };
  std::vector<Moved> variables;
  struct MovedSlot {
    Index at;
    Slot slot;
    double weight;
  };
  std::vector<std::pair<Index, double>> costs;
  std::vector<MovedSlot> slots;
  std::vector<Index> left;
  std::shared_ptr<const LuFactor> factor;  ///< none: that of the start
  Exchanges updates;

  /// About what it takes in memory.
  [[nodiscard]] std::size_t bytes() const {
    return sizeof(Moved) * variables.size() + sizeof(costs[0]) * costs.size() + sizeof(slots[0]) * slots.size() +
           updates.bytes() + (factor ? factor->bytes() : 0);
  }
};

/// Of the basis, whose variables take its places in their order; nothing if it is none, by its count or to rounding.
[[nodiscard]] std::optional<LuFactor> factor_of(const Problem& problem, const BasisCode& code);

/// A basis of an LP with everything the simplex method keeps of it, as it was at the start and as it is now. What
/// differs is listed, so that going back costs as much as was changed.
class Tableau {
 public:
  /// Throws InternalError where the codes are not a basis, or the basis is singular.
  /// `factor`: of the basis, if it is known.
  Tableau(const Problem& problem, const BasisCode& code, Workspace& space, std::optional<LuFactor> factor = {});

  void roll_back();
  [[nodiscard]] Snapshot take() const;
  /// requires  nothing has happened since roll_back()
  void bring_to(const Snapshot& snapshot);

  [[nodiscard]] const Variable& variable(Index at) const { return variables_[at]; }
  [[nodiscard]] Place place(Index variable) const { return places_[variable]; }
  [[nodiscard]] bool is_basic(Index variable) const { return places_[variable] == Place::basic; }
  [[nodiscard]] double reduced_cost(Index variable) const { return reduced_costs_[variable]; }
  [[nodiscard]] const Slot& slot(Index at) const { return slots_[at]; }
  [[nodiscard]] double start_reduced_cost(Index variable) const { return start_reduced_costs_[variable]; }
  [[nodiscard]] double start_objective() const { return start_objective_; }
  [[nodiscard]] double standing(Index variable) const { return standing_at(places_[variable], variables_[variable]); }
  [[nodiscard]] double value(Index variable) const {
    return is_basic(variable) ? slots_[variables_[variable].slot].value : standing(variable);
  }
  [[nodiscard]] double start_value(Index variable) const { return start_values_[variable]; }

  // What differs from the start, or may.
  [[nodiscard]] const std::vector<Index>& touched_variables() const { return touched_variables_; }
  [[nodiscard]] const std::vector<Index>& touched_costs() const { return touched_costs_; }
  [[nodiscard]] const std::vector<Index>& touched_slots() const { return touched_slots_; }
  /// Variables whose reduced cost has the wrong sign at the start.
  [[nodiscard]] const std::vector<Index>& dual_infeasible() const { return dual_infeasible_; }
  /// Does its reduced cost forbid a variable to stand where it stands?
  [[nodiscard]] bool is_wrong(Index variable, double tolerance) const;

  void set_reduced_cost(Index variable, double cost) {
    if (!is_cost_touched_[variable]) {
      is_cost_touched_[variable] = 1;
      touched_costs_.push_back(variable);
    }
    reduced_costs_[variable] = cost;
  }
  void set_place(Index variable, Place place) {
    touch(variable);
    places_[variable] = place;
  }
  void set_bounds(Index at, double lower, double upper) {
    Variable& variable = touch(at);
    variable.lower = lower;
    variable.upper = upper;
    if (is_basic(at)) set_slot_bounds(variable.slot, lower, upper);
  }
  void set_slot_value(Index at, double value) {
    Slot& changed = touch_slot(at);
    changed.value = value;
    list_if_infeasible(at, changed);
  }
  /// The slot whose infeasibility² / weight is largest, or -1.
  Index choose_row();

  void ftran(SparseVector& right);  ///< by row in, by slot out
  void btran(SparseVector& right);  ///< by slot in, by row out
  /// by_variable = rows of [A −I] times by_row, of basic variables too
  void price(const SparseVector& by_row, PriceRow& by_variable) const;
  /// The same for a pivot row: entries of basic variables, zero but for rounding, may be left out.
  void price_outside(const SparseVector& by_row, PriceRow& by_variable) const;

  /// The same for the columns that are basic now, and no others.
  void price_basic(const SparseVector& by_row, PriceRow& by_variable) const;

  /// `entering` becomes basic at `slot` with `value`; what leaves stands at `place`. `column` = B^-1 a of what enters.
  void exchange(Index slot, Index entering, double value, Place place, const SparseVector& column);
  /// Weights after that exchange, to be called before it: `unit` is the row of B^-1 at the slot, `row` that of B^-1 A.
  /// Exact at the start, then as in Devex (Harris 1973): on the LP "M" fewer pivots than steepest edge, and a solve
  /// less in each. They can only grow, and so after many pivots all begin at 1 again, with a framework of reference.
  void update_weights(Index slot, const SparseVector& column, const SparseVector& unit, const PriceRow& row);

  /// All weights begin at 1, without norms; but not from the basis of all rows, where these are 1, too.
  void start_with_framework();

  /// Factors the basis as it is now. False where it is singular.
  bool refactorise();
  [[nodiscard]] std::size_t exchange_count() const { return updates_.count(); }  ///< since the basis was factored
  [[nodiscard]] bool is_fresh() const { return exchange_count() == 0; }
  [[nodiscard]] bool wants_refactorisation() const;

 private:
  static double standing_at(Place place, const Variable& variable) {
    return place == Place::at_upper ? variable.upper : place == Place::at_zero ? 0 : variable.lower;
  }
  Variable& touch(Index variable) {
    Variable& touched = variables_[variable];
    if (!touched.is_touched) {
      touched.is_touched = true;
      touched_variables_.push_back(variable);
    }
    return touched;
  }
  Slot& touch_slot(Index at) {
    Slot& touched = slots_[at];
    if (!touched.is_touched) {
      touched.is_touched = true;
      touched_slots_.push_back(at);
    }
    return touched;
  }
  void set_slot_bounds(Index at, double lower, double upper) {
    Slot& changed = touch_slot(at);
    changed.lower = lower;
    changed.upper = upper;
    list_if_infeasible(at, changed);
  }
  void list_if_infeasible(Index at, Slot& slot) {
    const double amount = slot.infeasibility();
    excess_[at] = amount * amount;
    if (slot.is_listed || amount == 0) return;
    slot.is_listed = true;
    infeasible_.push_back(at);
  }
  void place_all(const BasisCode& code);
  void part_rows();
  void compute_values();
  void compute_reduced_costs();
  double weight(Index slot) {
    if (has_framework_) return in_framework_[slot];
    return weights_[slot] > 0 ? weights_[slot] : start_weight(slot);
  }
  void set_weight(Index slot, double weight);
  [[nodiscard]] double squared_in_framework(Index slot, const PriceRow& row) const;
  double start_weight(Index slot);
  std::optional<LuFactor> make_factor() const;

  const Problem& problem_;
  Workspace& space_;
  std::vector<Variable> variables_, start_variables_;
  std::vector<Place> places_, start_places_;
  std::vector<double> start_values_;  ///< by variable
  std::vector<double> reduced_costs_, start_reduced_costs_;
  std::vector<std::uint8_t> is_cost_touched_;
  std::vector<Slot> slots_, start_slots_;
  // By slot, apart because every pivot looks at those of all that are infeasible.
  std::vector<double> weights_, start_weights_;  ///< about ‖row of B^-1‖²; 0: not computed yet
  std::vector<double> excess_;                   ///< infeasibility²
  int exchanges_ = 0;                            ///< since roll_back()
  bool has_framework_ = false;
  bool is_of_rows_ = false;                  ///< at the start, B = −I
  std::vector<double> in_framework_;         ///< by slot: weight within the framework
  std::vector<std::uint8_t> is_referenced_;  ///< by variable: basic when the framework began
  std::vector<Index> touched_variables_, touched_costs_, touched_slots_;
  std::vector<Index> infeasible_, start_infeasible_, dual_infeasible_;
  // Rows of A, parted by whether a column is basic at the start, and which of these left since.
  struct Rows {
    std::vector<Index> start{0};
    std::vector<Problem::Entry> entries;
  };
  Rows outside_, inside_;
  std::vector<Index> left_;
  std::optional<LuFactor> start_factor_;
  std::shared_ptr<const LuFactor> later_factor_;
  ProductForm updates_;
  double start_objective_ = 0;
};

}  // namespace pinchpoint::optim::resident
