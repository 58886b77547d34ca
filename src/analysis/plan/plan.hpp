// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/plan/accounts.hpp"
#include "analysis/plan/assembly.hpp"
#include "analysis/plan/facts/facts.hpp"
#include "optim/solve/certificate.hpp"
#include "optim/solve/conditioning.hpp"
#include "optim/solve/solver.hpp"
#include "optim/solve/start/start_point.hpp"

namespace pinchpoint::plan {

struct Plan;

struct PlanOptions {
  optim::SolveOptions solve;
  bool relax_integers = false;                     ///< solve the LP relaxation of a plan with blocks
  double certificate_tolerance = 1e-6;             ///< largest relative gap of a plan called certified
  std::function<void(std::string_view)> on_phase;  ///< "assemble", "solve", "certify"; may be empty
  /// Told when values, duals, costs and facts of the plan are known, while its lower bound may still be sought on
  /// another thread: time for what does not depend on status and certificate. Told again if these were not borne out
  /// and another solver's take their place. The plan is not yet where it will be returned to. May be empty.
  std::function<void(const Plan&)> on_values;
  /// Where an earlier plan of the same model ended: solved from there if it fits. Must outlive the call.
  const optim::StartPoint* start = nullptr;
};

enum class PlanStatus {
  optimal,        ///< solved and certified: an exactly feasible point is proved, or one to 1e-9 of each row and bound
  uncertified,    ///< the solver says optimal, our own check does not bear it out: marked, never published unmarked
  infeasible,     ///< hard rules contradict one another: see contradictions
  unbounded,      ///< money from nothing: see message
  limit_reached,  ///< stopped early; values are the best known
  failed,
};
[[nodiscard]] const char* to_string(PlanStatus status);

/// One hard rule that must give way, and by how much, in the model's own words.
struct Contradiction {
  std::string rule;     ///< row or bound: "budget[oracle,2026Q1]"
  std::string family;   ///< "budget"
  std::string subject;  ///< "Oracle", "HBM3E in South Korea"
  std::string period;
  double amount = 0;
  std::string unit;
  std::string sentence;
};

/// Do the cost lines add up to the objective?
struct CostCheck {
  double sum = 0;
  double objective = 0;
  double difference = 0;  ///< relative to max(1, |objective|)
  bool is_reconciled = false;
};

/// Wall time; what PlanOptions::on_values takes is not counted.
struct PhaseSeconds {
  double assemble = 0, solve = 0, certify = 0;
};

/// The answer: what is built, made, moved, stored and short, with its proof.
struct Plan {
  PlanStatus status = PlanStatus::failed;
  std::string message;
  PlanProblem problem;
  optim::Solution solution;        ///< in natural units; values are the certified (repaired) ones where there are any
  optim::Certificate certificate;  ///< of the scaled problem; money is the same in both
  std::optional<optim::StartPoint> end;  ///< where the solve ended, in the scaled problem; of optimal ones only
  bool is_from_start = false;            ///< solved from PlanOptions::start
  std::vector<CostLine> costs;
  std::vector<OutlayLine> outlays;
  std::vector<ComparedFact> facts;  ///< beside what the world outside measured
  CostCheck cost_check;
  std::vector<Contradiction> contradictions;
  optim::Conditioning conditioning;
  PhaseSeconds seconds;
};

[[nodiscard]] Plan make_plan(const World& world, const PlanOptions& options = {});
/// The same problem with columns kept within tighter bounds, solved and certified as such; prices are those at the
/// decisions so fixed. The plan has no `end`: nothing goes on from it as from an optimum of its model.
/// requires: one bound a column of `base`'s model
[[nodiscard]] Plan make_plan_within(const World& world, const Plan& base, const std::vector<double>& lower,
                                    const std::vector<double>& upper, const PlanOptions& options = {});

/// What the value of a column (or the dual of a row, per unit) is shown in.
struct Display {
  std::string unit;   ///< "wafer", "wafer/month", "MW", "USD"
  double factor = 1;  ///< natural value × factor = value shown
};
[[nodiscard]] Display display_of(const World& world, const Network& network, const optim::Key& key);

/// Loops of recipes that make something out of nothing: technologies on the loop, found by a small LP.
struct FreeLoop {
  std::vector<TechnologyId> technologies;
  std::vector<CommodityId> gained;
};
[[nodiscard]] std::vector<FreeLoop> find_free_loops(const World& world);
/// The same as complaints, at the first technology of each loop.
[[nodiscard]] Diagnostics check_free_loops(const World& world, const tables::ModelFolder& folder);

}  // namespace pinchpoint::plan
