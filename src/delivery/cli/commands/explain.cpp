// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "delivery/cli/commands/unnamed.hpp"
#include "delivery/cli/context.hpp"
#include "delivery/cli/explain_answer.hpp"
#include "delivery/cli/model_options.hpp"
#include "delivery/cli/progress_line.hpp"
#include "delivery/results/open_run.hpp"
#include "delivery/results/tables/explain_tables.hpp"
#include "delivery/results/write_run.hpp"

namespace pinchpoint::cli {

namespace {

struct ExplainCommand {
  ModelOptions model;
  std::string out = "runs";
  std::vector<std::string> programmes;
  std::string at;
  std::size_t top = 10, figures = 20, exact = 0;
  int threads = 2;
  bool is_unsaved = false;
};

/// One run of the command, from run folder (or model folder) to answer.
class ExplainRun {
 public:
  ExplainRun(const ExplainCommand& command, const Context& context)
      : command_(command),
        context_(context),
        progress_(is_terminal() && !context.output.quiet && !context.output.json) {}
  ~ExplainRun() { context_.interrupt.on_abort({}); }

  Exit run() {
    const auto begin = std::chrono::steady_clock::now();
    progress_.begin_phase("read");
    if (results::is_run_folder(command_.model.folder)) run_ = results::open_run(command_.model.folder);
    if (!run_) loaded_ = load_model(command_.model);
    if (!model().is_sound()) return refuse_model();
    explain::ExplainOptions options;
    if (const std::string problem = choose(options); !problem.empty()) return refuse(problem);
    const plan::Plan plan = make_plan();
    context_.interrupt.set_solving(false);
    if (context_.interrupt.flag()) return leave_nothing();
    const std::filesystem::path run = command_.is_unsaved ? std::filesystem::path() : run_of(plan);
    const explain::Explanation explanation = explain::explain_plan(*model().folder, *model().world, plan, options);
    if (context_.interrupt.flag()) return leave_nothing();
    if (explanation.is_complete && !run.empty()) write(plan, explanation, run / "results.sqlite");
    progress_.clear();
    ExplainAnswer answer{*model().world, plan, explanation, run, notes_, command_.top, command_.figures, 0};
    answer.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    if (context_.output.json) {
      print_json(to_json(answer));
    } else {
      print(render_text(answer));
    }
    return explanation.is_complete ? Exit::done : Exit::no;
  }

 private:
  Exit refuse(const std::string& problem) {
    progress_.clear();
    print_problem(context_.output, "bad_input", problem);
    return Exit::bad_input;
  }

  /// The run's, or that of the model folder which is planned first.
  [[nodiscard]] const LoadedModel& model() const { return run_ ? run_->model : loaded_; }

  Exit refuse_model() {
    progress_.clear();
    const std::string folder = run_ ? run_->stored.folder.string() : command_.model.folder;
    print_refusal(context_.output, model().problems, "nothing was explained", folder);
    return Exit::bad_input;
  }

  void write(const plan::Plan& plan, const explain::Explanation& explanation, const std::filesystem::path& database) {
    context_.interrupt.on_abort([drafts = results::explanation_drafts(database)] {
      std::error_code ignored;
      for (const auto& draft : drafts) std::filesystem::remove(draft, ignored);
    });
    results::write_explanation(*model().world, plan, explanation, database);
    context_.interrupt.on_abort({});
  }

  Exit leave_nothing() {
    progress_.clear();
    print_error("pinchpoint: interrupted before there was an explanation; nothing is left behind\n");
    return Exit::interrupted;
  }

  /// Options of the explanation; what is wrong with them, or nothing.
  std::string choose(explain::ExplainOptions& options) {
    const World& world = *model().world;
    std::vector<std::string> known;
    for (const Programme& programme : world.programmes) known.push_back(programme.id);
    for (const std::string& name : command_.programmes) {
      const auto found = std::find(known.begin(), known.end(), name);
      if (found == known.end()) {
        const std::string near = closest_name(name, known);
        return fmt::format("the model has no programme '{}'{}", name,
                           near.empty() ? fmt::format(": it has {}", fmt::join(known, ", "))
                                        : fmt::format(": did you mean '{}'?", near));
      }
      options.programmes.emplace_back(static_cast<std::int32_t>(found - known.begin()));
    }
    if (!command_.at.empty()) {
      options.at = world.timeline.period_of(*parse_date(command_.at));
      if (!options.at->is_valid() || options.at->index() >= world.timeline.count())
        return fmt::format("{} lies outside the plan's horizon, {} to {}", command_.at,
                           world.timeline.label(PeriodId(0)),
                           world.timeline.label(PeriodId(world.timeline.count() - 1)));
    }
    options.top = command_.top;
    options.with_figures = command_.figures > 0;
    options.exact = command_.exact;
    options.threads = command_.threads;
    options.interrupt = &context_.interrupt.flag();
    options.on_phase = [this](std::string_view phase) {
      context_.interrupt.set_solving(true);
      progress_.begin_phase(phase);
    };
    return "";
  }

  plan::Plan make_plan() {
    plan::PlanOptions options;
    options.solve.threads = command_.threads;
    options.solve.interrupt = &context_.interrupt.flag();
    options.solve.on_progress = [this](const optim::Progress& progress) { progress_.update(progress); };
    options.on_phase = [this](std::string_view phase) {
      context_.interrupt.set_solving(phase == "solve");
      progress_.begin_phase(phase);
    };
    if (!run_) {
      options.certificate_tolerance = std::max(options.certificate_tolerance, options.solve.relative_gap);
      return plan::make_plan(*model().world, options);
    }
    results::PlannedRun planned = results::plan_again(*run_, options);
    note_version();
    notes_.insert(notes_.end(), planned.notes.begin(), planned.notes.end());
    return std::move(planned.plan);
  }

  void note_version() {
    const results::StoredRun& stored = run_->stored;
    if (stored.version != context_.program.version || stored.solver != context_.program.solver)
      notes_.push_back(fmt::format("the run was made by version {} with {}, this is {} with {}", stored.version,
                                   stored.solver, context_.program.version, context_.program.solver));
  }

  /// The run that is explained; a model folder's plan becomes one.
  std::filesystem::path run_of(const plan::Plan& plan) {
    if (run_) return run_->stored.path;
    results::RunFolder folder(command_.out);
    context_.interrupt.on_abort([&folder] { folder.discard(); });
    const std::string started = now_text();
    const results::Request request{context_.words, to_read_options(command_.model), {}};
    results::RunRecord record{context_.program, request, *loaded_.folder, *loaded_.world, plan, {}, started};
    record.seconds = {loaded_.read_seconds,
                      loaded_.validate_seconds,
                      plan.seconds.assemble,
                      plan.seconds.solve,
                      plan.seconds.certify,
                      0,
                      0};
    const auto path = results::write_run(record, progress_.log() + render_text(loaded_.problems, {}), false, folder);
    context_.interrupt.on_abort({});
    return path;
  }

  const ExplainCommand& command_;
  const Context& context_;
  ProgressLine progress_;
  std::optional<results::OpenRun> run_;
  LoadedModel loaded_;  ///< of a model folder
  std::vector<std::string> notes_;
};

void add_explain_options(CLI::App& command, ExplainCommand& options) {
  command
      .add_option("--programme", options.programmes,
                  "programme to explain; may be repeated. Without it: those of the folder itself that are short")
      ->type_name("ID")
      ->allow_extra_args(false);
  command.add_option("--at", options.at, "look at programmes in this period instead of when they ask for their most")
      ->check([](const std::string& text) {
        return parse_date(text) ? std::string() : fmt::format("'{}' is no date: write YYYY, YYYY-Qn or YYYY-MM", text);
      })
      ->type_name("DATE");
  command.add_option("--top", options.top, "limits that are tried by planning anew, and shown (10)")
      ->check(unnamed(CLI::Range(std::size_t{1}, std::size_t{10000})))
      ->type_name("N");
  command.add_option("--figures", options.figures, "figures shown (20); 0: leave them out")->type_name("N");
  command
      .add_option("--exact", options.exact,
                  "plan so many figures, and so many of those that act in steps, anew at their bands' ends (0)")
      ->type_name("N");
  command.add_option("--threads", options.threads, "cores to use; the answer is the same on any number")
      ->check(unnamed(CLI::Range(1, 1024)))
      ->type_name("N");
  command.add_option("--out", options.out, "where the run goes if FOLDER is a model folder (runs)")->type_name("DIR");
  command.add_flag("--no-run", options.is_unsaved, "write no tables");
}

}  // namespace

void add_explain_command(CLI::App& app, Context& context) {
  CLI::App* const command = app.add_subcommand("explain", "Why is this short, late or dear, and what would help?");
  const auto options = std::make_shared<ExplainCommand>();
  add_model_options(*command, options->model);
  command->get_option("folder")->description("run folder that plan wrote; or a model folder, which is planned first");
  add_explain_options(*command, *options);
  add_output_options(*command, context);
  command->footer(
      "Four answers: the chain of causes of each programme that is short, what relief of each limit that\n"
      "binds would bring (planned anew, not guessed from prices), the figures that drive the result with\n"
      "their sources, and what would have to be cheaper to be built. The options that choose a model's\n"
      "scenario, horizon and step are for model folders; a run folder has its own.\n"
      "The tables explain_* are added to the run's results.sqlite.\n\n"
      "Examples:\n"
      "  pinchpoint explain runs/600e9d0ae5c6\n"
      "  pinchpoint explain demo --programme prairie-programme --at 2027-Q2\n"
      "  pinchpoint explain demo --json | jq '.figures[:5]'");
  command->callback(
      [&context, options] { context.action = [&context, options] { return ExplainRun(*options, context).run(); }; });
}

}  // namespace pinchpoint::cli
