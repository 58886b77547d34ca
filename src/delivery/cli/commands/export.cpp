// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "analysis/plan/assembly.hpp"
#include "delivery/cli/context.hpp"
#include "delivery/cli/model_options.hpp"
#include "delivery/results/write_error.hpp"
#include "optim/model/lp_writer.hpp"
#include "optim/model/mps_writer.hpp"

namespace pinchpoint::cli {

namespace {

namespace fs = std::filesystem;

struct ExportCommand {
  ModelOptions model;
  std::string mps, lp;
  bool is_relaxed = false;
};

using Writer = void (*)(const optim::Model&, const std::string&);

/// Beside its place and renamed, so that a file that was there is replaced by a whole one or not at all.
void write_whole(const optim::Model& model, const std::string& path, Writer write, Interrupt& interrupt) {
  std::error_code ignored;
  const bool is_special = fs::exists(path, ignored) && !fs::is_regular_file(path, ignored);
  const std::string unfinished = is_special ? path : fmt::format("{}.unfinished-{}", path, ::getpid());
  const auto remove_unfinished = [unfinished, is_special] {
    std::error_code error;
    if (!is_special) fs::remove(unfinished, error);
  };
  interrupt.on_abort(remove_unfinished);
  try {
    write(model, unfinished);
    if (!is_special) fs::rename(unfinished, path);
  } catch (const std::system_error& failure) {
    remove_unfinished();
    throw results::WriteError(fmt::format("cannot write {}: {}", path, failure.code().message()));
  }
  interrupt.on_abort({});
}

Exit refuse(const LoadedModel& model, const ExportCommand& command, const Context& context) {
  print_refusal(context.output, model.problems, "nothing was written", command.model.folder);
  return Exit::bad_input;
}

Exit write_problem(const ExportCommand& command, const Context& context) {
  const LoadedModel model = load_model(command.model);
  if (!model.is_sound()) return refuse(model, command, context);
  const plan::PlanProblem problem = plan::assemble_plan(*model.world, command.is_relaxed);
  std::vector<std::string> files;
  const auto write = [&](const std::string& path, Writer writer) {
    if (path.empty()) return;
    write_whole(problem.model, path, writer, context.interrupt);
    files.push_back(path);
  };
  write(command.mps, optim::write_mps);
  write(command.lp, optim::write_lp);
  const optim::Model& written = problem.model;
  if (context.output.json) {
    print_json(
        {{"status", "done"},
         {"files", files},
         {"size",
          {{"rows", written.row_count()}, {"columns", written.column_count()}, {"nonzeros", written.nonzero_count()}}},
         {"objective_constant", written.offset}});
  } else if (!context.output.quiet) {
    for (const std::string& file : files) {
      print(fmt::format("{}: {} rows, {} columns, {} nonzeros, objective constant {:.10g}\n", file, written.row_count(),
                        written.column_count(), written.nonzero_count(), written.offset));
    }
  }
  return Exit::done;
}

}  // namespace

void add_export_command(CLI::App& app, Context& context) {
  CLI::App* const command = app.add_subcommand("export", "Writes the mathematical problem as a file for any solver");
  const auto options = std::make_shared<ExportCommand>();
  add_model_options(*command, options->model);
  command->add_option("--mps", options->mps, "write free MPS")->type_name("FILE");
  command->add_option("--lp", options->lp, "write the CPLEX LP format, for people to read")->type_name("FILE");
  command->add_flag("--relax", options->is_relaxed, "without the demand that blocks be whole");
  add_output_options(*command, context);
  command->footer(
      "Rows and columns are named by family and ids, as in capacity[hbm-line,KR,donghae,2027Q1].\n"
      "Numbers are in natural units, not scaled; the objective's constant is included.\n\n"
      "Examples:\n"
      "  pinchpoint export demo --mps demo.mps\n"
      "  pinchpoint export demo --lp demo.lp --scenario late-memory");
  command->callback([&context, options] {
    if (options->mps.empty() && options->lp.empty()) throw CLI::ValidationError("name a file with --mps or --lp");
    context.action = [&context, options] { return write_problem(*options, context); };
  });
}

}  // namespace pinchpoint::cli
