// SPDX-License-Identifier: Apache-2.0
#include "delivery/cli/hedge/hedge_options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>

namespace pinchpoint::cli {

namespace {

std::string risk_problem(const std::string& name) {
  if (risk_named(name)) return "";
  return fmt::format(
      "'{}' is no measure of risk: expectation, or cvar:A with A from 0 to less than 1, such as cvar:0.9", name);
}

}  // namespace

std::optional<optim::Risk> risk_named(const std::string& name) {
  constexpr std::string_view tail = "cvar:";
  if (name == "expectation") return optim::Risk{0, 0};
  if (name.rfind(tail, 0) != 0) return std::nullopt;
  optim::Risk risk{1, 0};
  const char* const end = name.data() + name.size();
  const auto [stopped, error] = std::from_chars(name.data() + tail.size(), end, risk.level);
  if (error != std::errc() || stopped != end || !(risk.level >= 0 && risk.level < 1)) return std::nullopt;
  return risk;
}

void add_hedge_options(CLI::App& command, HedgeOptions& options) {
  CLI::Option* const shocks =
      command
          .add_option(
              "--shocks", options.shocks,
              "hedge against futures drawn from these: CSV files of the shocks table, folders of them, and ids, "
              "separated by commas")
          ->delimiter(',')
          ->type_name("ID|PATH,...");
  CLI::Option* const risk =
      command
          .add_option("--risk", options.risk,
                      "what the hedge makes least: the mean cost of all futures, or that of the worst share 1 - A")
          ->check(CLI::Validator([](std::string& name) { return risk_problem(name); }, ""))
          ->type_name("expectation|cvar:A");
  risk->needs(shocks);
  shocks->needs(risk);
  const auto only_hedged = [risk](CLI::Option* option) { option->needs(risk); };
  only_hedged(command.add_option("--scenarios", options.count, "futures drawn for the hedge (100)")
                  ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{100'000}).description(""))
                  ->type_name("N"));
  only_hedged(command.add_option("--sampling", options.sampling, "how futures are drawn (monte-carlo)")
                  ->check(CLI::IsMember({"monte-carlo", "sobol", "latin-hypercube"}).description(""))
                  ->type_name("monte-carlo|sobol|latin-hypercube"));
  only_hedged(command
                  .add_option("--foresight-seconds", options.foresight_seconds,
                              "time for the value of perfect information; what is not known by then stays wide (120)")
                  ->check(CLI::Validator(CLI::NonNegativeNumber).description(""))
                  ->type_name("S"));
}

}  // namespace pinchpoint::cli
