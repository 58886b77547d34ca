// SPDX-License-Identifier: Apache-2.0
#include "delivery/cli/cli.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string_view>

#include "delivery/cli/context.hpp"
#include "delivery/results/empty/empty_results.hpp"
#include "delivery/results/write_error.hpp"

namespace pinchpoint::cli {

namespace {

constexpr const char* about =
    "Plans AI infrastructure from mine to model: what can be built, where, when, with whose money\n"
    "and under whose rules, and what pinches.";

constexpr const char* first_steps =
    "First steps:\n"
    "  pinchpoint new demo              write a small running example into ./demo\n"
    "  pinchpoint check demo            is the model sound? every problem at once\n"
    "  pinchpoint plan demo             what can be built, at what cost, and what pinches\n"
    "  pinchpoint explain demo          why it is short, late or dear, and what would help\n"
    "  pinchpoint compare RUN RUN       what differs between two runs, in goods, dates and money\n"
    "  pinchpoint stress demo           what breaks, how badly, and for how long\n"
    "  pinchpoint rank demo             whose loss hurts most\n"
    "  pinchpoint attack demo --k 2     which cuts together hurt most\n"
    "  pinchpoint comply item --help    may this item go there, to this user, on this date\n"
    "  pinchpoint plan --help           options of one command, with examples\n"
    "\n"
    "Exit status: 0 done; 1 the answer is no (infeasible, not certified); 2 bad input or usage;\n"
    "3 a mistake in the program; 130 interrupted.";

results::Program program_facts() {
  const optim::Backend& solver = optim::backends().front();
  return {PINCHPOINT_VERSION, PINCHPOINT_BUILD, fmt::format("{} {}", solver.name, solver.version),
          results::empty_results()};
}

void report(const Context& context, Exit exit, const std::string& message) {
  print_problem(context.output, exit == Exit::internal ? "internal_error" : "bad_input", message);
}

void report_internal(const Context& context, const std::string& message) {
  report(context, Exit::internal,
         fmt::format("a mistake in the program, not in your model: {}\n"
                     "Please report it with the command and, if you may, the model folder: run.toml of an earlier run "
                     "lists what matters. Version {}, {}, {}.",
                     message, context.program.version, context.program.build, context.program.solver));
}

/// --version and calls without a command.
Exit answer_without_command(const CLI::App& app, const Context& context, bool is_version) {
  if (!is_version) {
    print(app.help());
    return Exit::done;
  }
  if (context.output.json) {
    print_json(
        {{"version", context.program.version}, {"build", context.program.build}, {"solver", context.program.solver}});
  } else {
    print(fmt::format("pinchpoint {} ({}, {})\n", context.program.version, context.program.solver,
                      context.program.build));
  }
  return Exit::done;
}

Exit report_usage(const CLI::App& app, const CLI::ParseError& error, Context& context) {
  if (error.get_exit_code() == 0) {  // --help
    std::ostringstream out, ignored;
    app.exit(error, out, ignored);
    print(out.str());
    return Exit::done;
  }
  context.output.json = std::find(context.words.begin(), context.words.end(), "--json") != context.words.end();
  const auto chosen = app.get_subcommands();
  const std::string verb = chosen.empty() ? "" : " " + chosen.front()->get_name();
  report(context, Exit::bad_input, fmt::format("{} (pinchpoint{} --help)", error.what(), verb));
  return Exit::bad_input;
}

/// Runs an action; everything that is thrown ends here.
Exit act(const Context& context, const std::function<Exit()>& action) {
  try {
    return action();
  } catch (const results::WriteError& error) {
    report(context, Exit::bad_input, error.what());
    return Exit::bad_input;
  } catch (const std::bad_alloc&) {
    report(context, Exit::bad_input, "out of memory: this model needs a larger machine, or a shorter horizon (--end)");
    return Exit::bad_input;
  } catch (const InternalError& error) {
    report_internal(context, error.what());
    return Exit::internal;
  } catch (const std::system_error& error) {
    report(context, Exit::bad_input, error.what());
    return Exit::bad_input;
  } catch (const std::exception& error) {
    report_internal(context, error.what());
    return Exit::internal;
  }
}

Exit parse_and_act(CLI::App& app, Context& context) {
  bool is_version = false;
  app.add_flag("--version", is_version, "print version, solver and build");
  std::vector<std::string> words(context.words.rbegin(), context.words.rend());
  words.pop_back();  // the program's own name
  try {
    app.parse(std::move(words));
  } catch (const CLI::ParseError& error) {
    return report_usage(app, error, context);
  }
  if (!context.action) return answer_without_command(app, context, is_version);
  return act(context, context.action);
}

struct Command {
  std::string_view name;
  void (*add)(CLI::App& app, Context& context);
};

constexpr Command commands[] = {
    {"new", add_new_command},         {"check", add_check_command},     {"plan", add_plan_command},
    {"explain", add_explain_command}, {"compare", add_compare_command}, {"stress", add_stress_command},
    {"rank", add_rank_command},       {"attack", add_attack_command},   {"comply", add_comply_command},
    {"rules", add_rules_command},     {"export", add_export_command},   {"import", add_import_command},
    {"schema", add_schema_command},
};

/// Only the command that the first word names, if it names one: the options of all were a tenth of a small plan.
void add_commands(CLI::App& app, Context& context) {
  const std::string_view first = context.words.size() > 1 ? std::string_view(context.words[1]) : "";
  const auto* const named =
      std::find_if(std::begin(commands), std::end(commands), [&](const Command& each) { return each.name == first; });
  if (named != std::end(commands)) return named->add(app, context);
  for (const Command& each : commands) each.add(app, context);
}

}  // namespace

void add_output_options(CLI::App& command, Context& context) {
  command.add_flag("--json", context.output.json, "answer with one JSON object");
  command.add_flag("--quiet", context.output.quiet, "print only what was asked for: no hints, no progress");
}

Exit run(const std::vector<std::string>& words, Interrupt& interrupt) {
  Context context{program_facts(), words, {}, interrupt, {}};
  CLI::App app(about, "pinchpoint");
  app.footer(first_steps);
  app.require_subcommand(0, 1);
  app.get_formatter()->column_width(34);
  add_output_options(app, context);
  add_commands(app, context);
  const Exit exit = parse_and_act(app, context);
  if (flush_output()) return exit;
  print_error("pinchpoint: cannot write to standard output\n");
  return exit == Exit::done ? Exit::bad_input : exit;
}

}  // namespace pinchpoint::cli
