// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "delivery/cli/compare/compare_answer.hpp"
#include "delivery/cli/context.hpp"
#include "delivery/results/read_results.hpp"
#include "delivery/results/run_folder.hpp"
#include "delivery/results/tables/compare_tables.hpp"

namespace pinchpoint::cli {

namespace {

namespace fs = std::filesystem;

struct CompareCommand {
  std::string first, second, csv;
  std::size_t top = 10;
};

Exit refuse(const Context& context, const std::string& problem) {
  print_problem(context.output, "bad_input", problem);
  return Exit::bad_input;
}

/// A run without a plan has nothing to be compared.
Exit say_no(const Context& context, const std::vector<std::string>& reasons) {
  if (context.output.json) {
    print_json({{"status", "no_plan"}, {"problems", reasons}});
  } else {
    for (const std::string& reason : reasons) print_error(fmt::format("pinchpoint: {}\n", reason));
  }
  return Exit::no;
}

/// Takes back what is to be done on an abort, also where writing fails.
struct AbortGuard {
  Interrupt& interrupt;
  ~AbortGuard() { interrupt.on_abort({}); }
};

/// Where the CSV files go: a new folder, whole or not at all. Nothing if they were not asked for.
std::string write_csv(const CompareCommand& command, const compare::Comparison& comparison, const Context& context) {
  if (command.csv.empty()) return "";
  const fs::path target = fs::path(command.csv).lexically_normal();
  const fs::path name = target.has_filename() ? target.filename() : target.parent_path().filename();
  const fs::path parent = (target.has_filename() ? target : target.parent_path()).parent_path();
  results::RunFolder folder(parent.empty() ? fs::path(".") : parent);
  const AbortGuard guard{context.interrupt};
  context.interrupt.on_abort([&folder] { folder.discard(); });
  results::write_comparison(comparison, folder.path());
  return folder.publish(name.string()).lexically_normal().string();
}

Exit compare_two(const CompareCommand& command, const Context& context) {
  const Result<compare::RunData> first = results::read_results(command.first);
  const Result<compare::RunData> second = results::read_results(command.second);
  Diagnostics problems;
  std::vector<std::string> without;
  for (const Result<compare::RunData>* run : {&first, &second}) {
    if (!*run) {
      problems.append(run->error());
    } else if (!(*run)->has_plan) {
      without.push_back(fmt::format("{} has no plan to compare: its status is {}", (*run)->path, (*run)->status));
    }
  }
  if (!problems.empty()) {
    print_refusal(context.output, problems, "nothing was compared", "");
    return Exit::bad_input;
  }
  std::error_code ignored;
  if (!command.csv.empty() && fs::exists(command.csv, ignored))
    return refuse(context, fmt::format("{} is there already: name a new folder for --csv", command.csv));
  if (!without.empty()) return say_no(context, without);
  const compare::Comparison comparison = compare::compare_runs(*first, *second);
  if (!comparison.problem.empty()) return refuse(context, comparison.problem);
  CompareAnswer answer{*first, *second, comparison, command.top, ""};
  answer.csv = write_csv(command, comparison, context);
  if (context.output.json) {
    print_json(to_json(answer));
  } else {
    print(context.output.quiet ? comparison.summary + "\n" : render_text(answer));
  }
  return Exit::done;
}

}  // namespace

void add_compare_command(CLI::App& app, Context& context) {
  CLI::App* const command = app.add_subcommand("compare", "What differs between two runs, in goods, dates and money?");
  const auto options = std::make_shared<CompareCommand>();
  command->add_option("first", options->first, "run folder to start from")->required()->type_name("RUN");
  command->add_option("second", options->second, "run folder to compare with it")->required()->type_name("RUN");
  command->add_option("--top", options->top, "lines shown of each table (10); 0: all")->type_name("N");
  command->add_option("--csv", options->csv, "write every difference, period by period, into a new folder")
      ->type_name("DIR");
  add_output_options(*command, context);
  command->footer(
      "A paragraph first: programmes, money, what moved most, which limits came to bind or went. Then what\n"
      "the runs were made from, where it differs, and the differences table by table, greatest first.\n"
      "Runs may differ in scenario, patches, step and horizon: things are matched by ids, time by dates;\n"
      "quarters are put together to years where the other run has years. Numbers stand first → second.\n"
      "The run folders are enough: the model folders are not read. Exit status 1: a run has no plan.\n\n"
      "Examples:\n"
      "  pinchpoint compare runs/c3e3b6eb7467 runs/a5a6a1c6df0e\n"
      "  pinchpoint compare runs/base runs/late --top 3 --csv differences\n"
      "  pinchpoint compare runs/base runs/late --json | jq -r .summary");
  command->callback(
      [&context, options] { context.action = [&context, options] { return compare_two(*options, context); }; });
}

}  // namespace pinchpoint::cli
