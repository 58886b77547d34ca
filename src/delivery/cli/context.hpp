// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "delivery/cli/exit_code.hpp"
#include "delivery/cli/interrupt.hpp"
#include "delivery/cli/output.hpp"
#include "delivery/results/record.hpp"

namespace CLI {  // NOLINT(readability-identifier-naming): the library's own name
class App;
}

namespace pinchpoint::cli {

/// What commands share. A command that is chosen puts what it does into `action`.
struct Context {
  results::Program program;
  std::vector<std::string> words;  ///< of the command line, program included
  OutputOptions output;
  Interrupt& interrupt;
  std::function<Exit()> action;
};

/// --json and --quiet.
void add_output_options(CLI::App& command, Context& context);

// One file each in commands/.
void add_check_command(CLI::App& app, Context& context);
void add_plan_command(CLI::App& app, Context& context);
void add_explain_command(CLI::App& app, Context& context);
void add_compare_command(CLI::App& app, Context& context);
void add_stress_command(CLI::App& app, Context& context);
void add_rank_command(CLI::App& app, Context& context);
void add_attack_command(CLI::App& app, Context& context);
void add_export_command(CLI::App& app, Context& context);
void add_new_command(CLI::App& app, Context& context);
void add_import_command(CLI::App& app, Context& context);
void add_comply_command(CLI::App& app, Context& context);
void add_comply_package_command(CLI::App& comply, Context& context);
void add_rules_command(CLI::App& app, Context& context);
void add_schema_command(CLI::App& app, Context& context);

}  // namespace pinchpoint::cli
