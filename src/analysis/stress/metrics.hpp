// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "analysis/stress/operating_problem.hpp"
#include "analysis/stress/outcome.hpp"
#include "analysis/stress/sampling/scenario.hpp"
#include "optim/ensemble/linear_forms.hpp"

namespace pinchpoint::stress {

/// What is measured of every scenario: sums of columns by programme, layer and country, each by period; and reliefs.
/// The same numbers in every operating problem of a world, whatever its start.
class Metrics {
 public:
  explicit Metrics(const World& world);

  /// Forms over the columns of an operating problem; periods before its start are empty.
  [[nodiscard]] optim::LinearForms forms(const plan::Plan& plan, const OperatingProblem& problem) const;
  [[nodiscard]] std::size_t size() const { return relief_place() + 1; }

  [[nodiscard]] std::size_t programme_place(ProgrammeId id, std::int32_t period) const {
    return place(0, id.index(), period);
  }
  [[nodiscard]] std::size_t layer_place(LayerId id, std::int32_t period) const {
    return place(world_.programmes.size(), id.index(), period);
  }
  [[nodiscard]] std::size_t country_place(RegionId id, std::int32_t period) const {
    return place(world_.programmes.size() + world_.layers.size(), id.index(), period);
  }

  [[nodiscard]] std::size_t relief_place() const {
    return (world_.programmes.size() + world_.layers.size() + world_.regions.size()) * periods();
  }

  /// `now` with the periods before `start` of `before`.
  [[nodiscard]] std::vector<double> joined(std::span<const double> before, std::vector<double> now,
                                           std::int32_t start) const;

  /// Fills what of an outcome is made of forms. `base`: of the plan without shocks from the same start.
  void fill(Outcome& outcome, const Scenario& scenario, std::span<const double> forms,
            std::span<const double> base) const;

 private:
  [[nodiscard]] std::size_t periods() const { return static_cast<std::size_t>(world_.timeline.count()); }
  [[nodiscard]] std::size_t place(std::size_t first, std::int32_t index, std::int32_t period) const {
    return (first + static_cast<std::size_t>(index)) * periods() + static_cast<std::size_t>(period);
  }
  void add_to_curve(Outcome& outcome, std::int32_t period, double strike, double lost) const;
  void fill_times(Outcome& outcome, const Scenario& scenario, std::span<const double> forms,
                  std::span<const double> base) const;

  const World& world_;
  std::vector<double> asked_value_;  ///< by period: money at the programmes' values
};

/// Money for one unit of a technology's output at a place in a period; 0 if the world gives its commodity no price.
[[nodiscard]] double output_price(const World& world, const plan::Asset& asset, PeriodId period);

}  // namespace pinchpoint::stress
