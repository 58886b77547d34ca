// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <future>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "analysis/hedge/hedge.hpp"
#include "analysis/stress/effects.hpp"
#include "analysis/stress/sampling/sampler.hpp"
#include "delivery/cli/commands/unnamed.hpp"
#include "delivery/cli/context.hpp"
#include "delivery/cli/hedge/hedge_answer.hpp"
#include "delivery/cli/hedge/hedge_options.hpp"
#include "delivery/cli/model_options.hpp"
#include "delivery/cli/plan_answer.hpp"
#include "delivery/cli/progress_line.hpp"
#include "delivery/cli/stress/chosen_shocks.hpp"
#include "delivery/results/write_error.hpp"
#include "delivery/results/write_run.hpp"

namespace pinchpoint::cli {

namespace {

struct PlanCommand {
  ModelOptions model;
  std::string out = "runs";
  std::string method = "auto";
  plan::PlanOptions plan;
  HedgeOptions hedge;
  bool with_csv = false;
  bool is_unsaved = false;
};

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
    if (!command_.is_unsaved) results_ = results::begin_database(context_.program.empty_results);
    model_ = load_model(command_.model);
    if (!model_.is_sound()) return refuse();
    open_folder();
    request_ = {context_.words, to_read_options(command_.model), plan_options()};
    if (!command_.hedge.risk.empty()) return hedge();
    if (writer_)
      request_.plan.on_values = [this](const plan::Plan& plan) { writer_->write_values(*model_.world, plan); };
    const plan::Plan plan = plan::make_plan(*model_.world, request_.plan);
    context_.interrupt.set_solving(false);
    const bool is_stopped = context_.interrupt.flag();
    if (is_stopped && !plan.certificate.upper_is_proved) return leave_nothing();
    const Exit exit = finish(plan, *model_.world);
    return is_stopped ? Exit::interrupted : exit;
  }

 private:
  /// The plain plan, the futures, and the plan that is best against them.
  Exit hedge() {
    Result<ChosenShocks> chosen =
        choose_shocks(model_, command_.model.folder, command_.hedge.shocks, PlayedAgainst::plan_to_choose);
    if (!chosen.has_value()) {
      model_.problems = chosen.error();
      return refuse();
    }
    if (!chosen.value().problem.empty()) {
      progress_.clear();
      print_problem(context_.output, "bad_input", chosen.value().problem);
      return Exit::bad_input;
    }
    const Shocks& shocks = chosen.value().shocks;
    const World world = stress::with_flows_apart(*model_.world, shocks);
    const auto seed = static_cast<std::uint64_t>(command_.plan.solve.seed);
    const stress::Sampler sampler(world, shocks,
                                  {command_.hedge.count, seed, sampling_named(command_.hedge.sampling), false});
    const std::vector<stress::Scenario> scenarios = sampler.all();
    const plan::Plan plain = plan::make_plan(world, request_.plan);
    if (context_.interrupt.flag()) return leave_nothing();
    if (plain.status != plan::PlanStatus::optimal) return finish(plain, world);
    const hedge::HedgeResult result = hedge::hedge(world, shocks, plain, scenarios, hedge_options());
    context_.interrupt.set_solving(false);
    if (context_.interrupt.flag()) return leave_nothing();
    if (!result.is_complete) {
      progress_.clear();
      print_problem(context_.output, "failed", result.problem);
      return Exit::no;
    }
    const results::HedgeRequest wanted{command_.hedge.risk, command_.hedge.sampling, command_.hedge.count, seed,
                                       command_.plan.solve.relative_gap};
    const std::vector<results::BuildChange> builds = results::build_changes(world, plain, result.plan);
    results::RunRecord run = record_of(result.plan, world);
    const results::HedgeRecord record{run, wanted, plain, shocks, scenarios, result, builds};
    return finish(run, {record, chosen.value().left_out});
  }

  hedge::HedgeOptions hedge_options() {
    hedge::HedgeOptions options;
    options.risk = *risk_named(command_.hedge.risk);
    options.tolerance = command_.plan.solve.relative_gap;
    options.time_limit = command_.plan.solve.time_limit;
    options.knowing_time_limit = command_.hedge.foresight_seconds;
    options.threads = command_.plan.solve.threads;
    options.plan = request_.plan;
    options.interrupt = &context_.interrupt.flag();
    options.on_phase = [this](std::string_view phase) {
      context_.interrupt.set_solving(true);
      progress_.begin_phase(phase);
    };
    options.on_progress = [this](int iteration, double lower, double upper) {
      progress_.begin_phase(fmt::format("hedge: master {}, between {:.8g} and {:.8g}", iteration, lower, upper));
    };
    return options;
  }

  Exit finish(results::RunRecord& run, const HedgeAnswer& hedge) {
    PlanAnswer answer = make_answer(run);
    answer.warnings = model_.problems.all().size() + model_.problems.left_out();
    progress_.begin_phase("write");
    if (folder_) {
      const std::string log = progress_.log() + render_text(model_.problems, {});
      try {
        answer.run = results::write_hedge(hedge.record, log, command_.with_csv, *folder_);
      } catch (const results::WriteError& error) {
        folder_->discard();
        answer.run_problem = error.what();
      }
    }
    progress_.clear();
    if (context_.output.json) {
      nlohmann::ordered_json object = to_json(answer, model_.problems);
      object["risk"] = to_json(hedge);
      print_json(object);
    } else {
      print(context_.output.quiet ? render_line(answer) : render_text(hedge) + render_text(answer));
    }
    const hedge::HedgeResult& result = hedge.record.result;
    const bool is_done = result.status == optim::Status::optimal && result.certified_share > 1 - 1e-9;
    return is_done ? exit_of(answer) : Exit::no;
  }

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
    folder_->use(std::move(results_));
    writer_.emplace(context_.program, *folder_);
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

  [[nodiscard]] results::RunRecord record_of(const plan::Plan& plan, const World& world) const {
    results::RunRecord record{context_.program, request_, *model_.folder, world, plan, {}, started_};
    record.seconds = {model_.read_seconds,
                      model_.validate_seconds,
                      plan.seconds.assemble,
                      plan.seconds.solve,
                      plan.seconds.certify,
                      0,
                      0};
    record.seconds.total = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
    return record;
  }

  Exit finish(const plan::Plan& plan, const World& world) {
    results::RunRecord record = record_of(plan, world);
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
      answer.run = writer_->write(record, log, command_.with_csv);
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
  std::future<std::unique_ptr<results::Database>> results_;
  std::optional<results::RunFolder> folder_;
  std::optional<results::RunWriter> writer_;
};

void add_solve_options(CLI::App& command, PlanCommand& options) {
  optim::SolveOptions& solve = options.plan.solve;
  command
      .add_option("--method", options.method,
                  "auto: by size the engine's own simplex or interior point, or a race of HiGHS's; ipm: HiGHS's alone")
      ->check(unnamed(CLI::IsMember({"auto", "simplex", "ipm"})))
      ->type_name("auto|simplex|ipm");
  command.add_option("--threads", solve.threads, "cores to use; the answer is the same on any number")
      ->check(unnamed(CLI::Range(1, 1024)))
      ->type_name("N");
  command.add_option("--time-limit", solve.time_limit, "stop the solve after so many seconds; keep what is whole")
      ->check(unnamed(CLI::PositiveNumber))
      ->type_name("SECONDS");
  command
      .add_option("--gap", solve.relative_gap,
                  "largest relative gap of a hedge, and where the plan has whole blocks (0.0001)")
      ->check(unnamed(CLI::Range(0.0, 1.0)))
      ->type_name("G");
  command.add_option("--seed", solve.seed, "seed of the solver's tie-breaking, and of the draw of futures (0)")
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
  add_hedge_options(*command, options->hedge);
  add_output_options(*command, context);
  command->footer(
      "Every plan is certified: our own code recomputes violations, bounds and costs from the matrix.\n"
      "The run folder holds run.toml (what was asked, of what, with what), results.sqlite, basis.txt (from\n"
      "which explain goes on) and log.txt.\n"
      "With --shocks and --risk the plan is hedged: decided before the futures are known, so that the mean of their\n"
      "costs, or of the worst share, is least; from a future's first hit on it is operated anew, and orders can be\n"
      "given up. Its run folder is hedge-<id>; VSS and EVPI say what hedging and knowing the future are worth.\n"
      "Exit status 1: infeasible (the rules that contradict one another are named) or not certified.\n\n"
      "Examples:\n"
      "  pinchpoint plan demo\n"
      "  pinchpoint plan demo --scenario late-memory --csv\n"
      "  pinchpoint plan demo --end 2035-Q4 --step year --method ipm\n"
      "  pinchpoint plan demo --json | jq .certificate\n"
      "  pinchpoint plan demo --shocks data/shocks --risk cvar:0.9 --scenarios 50");
  command->callback(
      [&context, options] { context.action = [&context, options] { return PlanRun(*options, context).run(); }; });
}

}  // namespace pinchpoint::cli
