// SPDX-License-Identifier: Apache-2.0
// Prints docs/bench/stochastic.md: open stochastic programs, their references and what we find. Cases that are not in
// the tree are looked for in $PINCHPOINT_CASES, or in ../shared/cases beside the checkout.
#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>

#include "optim/stochastic/extensive_form.hpp"
#include "optim/stochastic/l_shaped.hpp"
#include "optim/stochastic/program_values.hpp"
#include "support/cases_folder.hpp"
#include "support/smps/smps_reader.hpp"

namespace {

using namespace pinchpoint;

struct Case {
  std::string name, stem;
  double reference;
  double relative_gap;  ///< of branch and bound
  bool has_values;      ///< EV and the like are worth their time
};

constexpr const char* head = R"(# Stochastic programs

Made by `make bench-stochastic`. *Ours* is the extensive form, certified by our own code (programs with whole numbers: the bound is branch
and bound's claim); *L-shaped* is `optim/stochastic` on programs without whole numbers in the recourse, with the gap between its own two
bounds. Seconds are wall time of one run on two shared cores: the solve of the extensive form, and the L-shaped search. References: farmer,
Birge & Louveaux 2011; simple, StochasticPrograms.jl; LandS27, the exact rational optimum 596627/1500; production, SDDP.jl's documentation;
sslp_5_25_50 and dcap233_200, SIPLIB. Rules of reading: `tests/support/smps/smps_reader.hpp`.

| program | stages, nodes | reference | ours | relative difference | s | L-shaped | its gap | s | VSS | EVPI |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
)";

double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

std::string middle(const optim::Between& value) {
  return std::isfinite(value.upper) ? fmt::format("{:.10g}", value.upper) : "no way out";
}

bool has_whole_recourse(const optim::StagedProgram& program) {
  for (std::size_t column = 0; column < program.column_stage.size(); ++column) {
    if (program.column_stage[column] > 0 && program.core.is_integer[column] != 0) return true;
  }
  return false;
}

void print_row(const Case& one, const optim::StagedProgram& program) {
  optim::SolveOptions options;
  options.relative_gap = one.relative_gap;
  const auto begin = std::chrono::steady_clock::now();
  const optim::ProvedOptimum found = optim::prove_optimum(optim::extensive_form(program), options);
  const double seconds = seconds_since(begin);
  const double difference = std::abs(found.optimum.upper - one.reference) / std::abs(one.reference);
  std::string row = fmt::format("| {} | {}, {} | {:.10g} | {:.10g} | {:.1e} | {:.2f} |", one.name, program.stages,
                                program.nodes.size(), one.reference, found.optimum.upper, difference, seconds);
  if (program.stages == 2 && !has_whole_recourse(program)) {
    const optim::TwoStageProblem problem = optim::two_stage_of(program);
    const optim::TwoStageSolution solution = optim::LShaped(problem, {}, {}).solve();
    row += fmt::format(" {:.10g} | {:.1e}{} | {:.2f} |", solution.upper, solution.gap(),
                       solution.lower_is_proved ? "" : " (claimed)", solution.seconds);
  } else {
    row += " – | – | – |";
  }
  if (one.has_values) {
    const optim::ProgramValues values = optim::values_of(program, options);
    row += fmt::format(" {} | {} |", middle(values.value_of_stochastic_solution()),
                       middle(values.value_of_perfect_information()));
  } else {
    row += " – | – |";
  }
  fmt::print("{}\n", row);
  std::fflush(stdout);
}

}  // namespace

int main(int count, char** words) {
  if (count < 2) return 2;
  const std::filesystem::path source = words[1];
  const std::filesystem::path own = source / "tests/published/stochastic";
  const std::filesystem::path others = test_support::cases_folder(source) / "smps";
  const Case cases[] = {
      {"simple", (own / "simple/simple").string(), -855.8333333333, 1e-9, true},
      {"farmer (whole acres)", (own / "farmer/farmer").string(), -108390, 1e-9, true},
      {"LandS27", (own / "lands/lands").string(), 596627.0 / 1500, 1e-9, true},
      {"production management", (own / "production/production").string(), -23.96, 1e-9, false},
      {"farmer (SMPS of DSP)", (others / "farmer/farmer").string(), -108390, 1e-9, true},
      {"LandS27 (SMPS of electric)", (others / "LandS27/LandS").string(), 596627.0 / 1500, 1e-9, true},
      {"sslp_5_25_50", (others / "sslp/sslp_5_25_50").string(), -121.6, 1e-7, false},
      {"dcap233_200", (others / "dcap/dcap233_200").string(), 1834.565368, 1e-4, false},
  };
  fmt::print("{}", head);
  for (const Case& one : cases) {
    const Result<test_support::SmpsProgram> smps = test_support::read_smps(one.stem);
    if (smps.has_value()) {
      print_row(one, smps.value().program);
    } else {
      fmt::print("| {} | not here | {:.10g} | – | – | – | – | – | – | – | – |\n", one.name, one.reference);
    }
  }
  fmt::print(
      "\nVSS and EVPI of farmer are those of whole acres; with broken ones they are the printed 1150 and 7015.56 "
      "(tested).\n");
  return 0;
}
