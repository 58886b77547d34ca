// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "delivery/cli/context.hpp"
#include "delivery/cli/model_options.hpp"
#include "delivery/cli/plan_answer.hpp"
#include "delivery/cli/progress_line.hpp"
#include "delivery/results/write_error.hpp"
#include "delivery/results/write_run.hpp"

namespace pinchpoint::cli {

namespace {

struct PlanCommand {
  ModelOptions model;
  std::string out = "runs";
  std::string method = "auto";
  plan::PlanOptions plan;
  bool with_csv = false;
  bool is_unsaved = false;
};

/// A check whose name is not repeated in the help: the type name says it.
CLI::Validator unnamed(const CLI::Validator& check) { return check.description(""); }

optim::Method method_named(const std::string& name) {
  if (name == "simplex") return optim::Method::simplex;
  return name == "ipm" ? optim::Method::interior_point : optim::Method::automatic;
}

/// True if the plan may have whole blocks or smallest orders, so that branch and bound decides how near its bound is.
bool may_have_integers(const World& world, const plan::PlanOptions& options) {
  return !options.relax_integers &&
         std::any_of(world.technologies.begin(), world.technologies.end(), [](const Technology& technology) {
           return !technology.block.empty() || !technology.minimum_size.empty();
         });
}

Exit exit_of(const PlanAnswer& answer) {
  const plan::Plan& plan = answer.record.plan;
  if (!answer.run_problem.empty()) return Exit::bad_input;
  if (plan.status != plan::PlanStatus::optimal) return Exit::no;
  return plan.cost_check.is_reconciled ? Exit::done : Exit::no;
}

/// One run of the command, from folder to answer.
class PlanRun {
 public:
  PlanRun(const PlanCommand& command, const Context& context)
      : command_(command),
        context_(context),
        progress_(is_terminal() && !context.output.quiet && !context.output.json) {}
  ~PlanRun() { context_.interrupt.on_abort({}); }

  Exit run() {
    begin_ = std::chrono::steady_clock::now();
    started_ = now_text();
    progress_.begin_phase("read");
    model_ = load_model(command_.model);
    if (!model_.is_sound()) return refuse();
    open_folder();
    request_ = {context_.words, to_read_options(command_.model), plan_options()};
    const plan::Plan plan = plan::make_plan(*model_.world, request_.plan);
    context_.interrupt.set_solving(false);
    const bool is_stopped = context_.interrupt.flag();
    if (is_stopped && !plan.certificate.upper_is_proved) return leave_nothing();
    const Exit exit = finish(plan);
    return is_stopped ? Exit::interrupted : exit;
  }

 private:
  Exit refuse() {
    progress_.clear();
    print_refusal(context_.output, model_.problems,
                  fmt::format("nothing was solved (pinchpoint check {})", command_.model.folder),
                  command_.model.folder);
    return Exit::bad_input;
  }

  /// Made before the solve: a place that cannot be written to should not cost an hour first.
  void open_folder() {
    if (command_.is_unsaved) return;
    folder_.emplace(command_.out);
    context_.interrupt.on_abort([this] { folder_->discard(); });
  }

  plan::PlanOptions plan_options() {
    plan::PlanOptions options = command_.plan;
    options.solve.method = method_named(command_.method);
    if (may_have_integers(*model_.world, options)) {
      options.certificate_tolerance = std::max(options.certificate_tolerance, options.solve.relative_gap);
    }
    options.solve.interrupt = &context_.interrupt.flag();
    options.solve.on_progress = [this](const optim::Progress& progress) { progress_.update(progress); };
    options.on_phase = [this](std::string_view phase) {
      // An interrupted solve that kept a plan is certified and written; Ctrl-C then needs a second press.
      context_.interrupt.set_solving(phase == "solve" || (phase == "certify" && context_.interrupt.flag()));
      progress_.begin_phase(phase);
    };
    return options;
  }

  Exit leave_nothing() {
    progress_.clear();
    print_error("pinchpoint: interrupted before there was a plan; nothing is left behind\n");
    return Exit::interrupted;
  }

  Exit finish(const plan::Plan& plan) {
    results::RunRecord record{context_.program, request_, *model_.folder, *model_.world, plan, {}, started_};
    record.seconds = {model_.read_seconds,
                      model_.validate_seconds,
                      plan.seconds.assemble,
                      plan.seconds.solve,
                      plan.seconds.certify,
                      0,
                      0};
    record.seconds.total = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
    progress_.begin_phase("write");
    PlanAnswer answer = make_answer(record);
    answer.warnings = model_.problems.all().size() + model_.problems.left_out();
    save(record, answer);
    progress_.clear();
    if (context_.output.json) {
      print_json(to_json(answer, model_.problems));
    } else {
      print(context_.output.quiet ? render_line(answer) : render_text(answer));
    }
    return exit_of(answer);
  }

  /// A plan that cannot be saved is still shown.
  void save(results::RunRecord& record, PlanAnswer& answer) {
    if (!folder_) return;
    progress_.note(to_string(record.plan.status));
    const std::string log = progress_.log() + render_text(model_.problems, {});
    try {
      answer.run = results::write_run(record, log, command_.with_csv, *folder_);
    } catch (const results::WriteError& error) {
      folder_->discard();
      answer.run_problem = error.what();
    }
  }

  const PlanCommand& command_;
  const Context& context_;
  ProgressLine progress_;
  std::chrono::steady_clock::time_point begin_;
  std::string started_;
  LoadedModel model_;
  results::Request request_;
  std::optional<results::RunFolder> folder_;
};

void add_solve_options(CLI::App& command, PlanCommand& options) {
  optim::SolveOptions& solve = options.plan.solve;
  command
      .add_option("--method", options.method,
                  "auto races simplex and interior point where the size makes it worth while")
      ->check(unnamed(CLI::IsMember({"auto", "simplex", "ipm"})))
      ->type_name("auto|simplex|ipm");
  command.add_option("--threads", solve.threads, "cores to use; the answer is the same on any number")
      ->check(unnamed(CLI::Range(1, 1024)))
      ->type_name("N");
  command.add_option("--time-limit", solve.time_limit, "stop the solve after so many seconds; keep what is whole")
      ->check(unnamed(CLI::PositiveNumber))
      ->type_name("SECONDS");
  command.add_option("--gap", solve.relative_gap, "largest relative gap where the plan has whole blocks (0.0001)")
      ->check(unnamed(CLI::Range(0.0, 1.0)))
      ->type_name("G");
  command.add_option("--seed", solve.seed, "seed of the solver's tie-breaking (0)")
      ->check(unnamed(CLI::NonNegativeNumber))
      ->type_name("N");
  command.add_flag("--relax", options.plan.relax_integers, "blocks may be broken: solve the linear relaxation");
}

}  // namespace

void add_plan_command(CLI::App& app, Context& context) {
  CLI::App* const command = app.add_subcommand("plan", "What can be built by when, at what cost, and what pinches?");
  const auto options = std::make_shared<PlanCommand>();
  add_model_options(*command, options->model);
  command->add_option("--out", options->out, "where run folders go (runs); nothing is ever overwritten")
      ->type_name("DIR");
  command->add_flag("--csv", options->with_csv, "write the tables of results.sqlite as CSV, too");
  command->add_flag("--no-run", options->is_unsaved, "write no run folder");
  add_solve_options(*command, *options);
  add_output_options(*command, context);
  command->footer(
      "Every plan is certified: our own code recomputes violations, bounds and costs from the matrix.\n"
      "The run folder holds run.toml (what was asked, of what, with what), results.sqlite, basis.txt (from\n"
      "which explain goes on) and log.txt.\n"
      "Exit status 1: infeasible (the rules that contradict one another are named) or not certified.\n\n"
      "Examples:\n"
      "  pinchpoint plan demo\n"
      "  pinchpoint plan demo --scenario late-memory --csv\n"
      "  pinchpoint plan demo --end 2035-Q4 --step year --method ipm\n"
      "  pinchpoint plan demo --json | jq .certificate");
  command->callback(
      [&context, options] { context.action = [&context, options] { return PlanRun(*options, context).run(); }; });
}

}  // namespace pinchpoint::cli
