// SPDX-License-Identifier: Apache-2.0
#include "delivery/cli/stress/planned_model.hpp"

#include <fmt/format.h>

namespace pinchpoint::cli {

Bookkeeping::Bookkeeping(const std::filesystem::path& out, std::string_view kind, const std::string& id,
                         Interrupt& interrupt)
    : folder(out), journal(out / fmt::format(".{}-{}.journal", kind, id), id), interrupt_(interrupt) {
  interrupt_.on_abort([this] { folder.discard(); });
}

PlannedModel::PlannedModel(const ModelOptions& options, const Context& context)
    : options_(options),
      context_(context),
      progress_(is_terminal() && !context.output.quiet && !context.output.json),
      started_(now_text()),
      folder_(options.folder) {
  progress_.begin_phase("read");
}

PlannedModel::~PlannedModel() {
  context_.interrupt.set_solving(false);
  context_.interrupt.on_abort({});
}

void PlannedModel::load() {
  request_.read = to_read_options(options_);
  request_.command = context_.words;
  if (!results::is_run_folder(options_.folder)) {
    model_ = results::load_model(folder_, request_.read);
    return;
  }
  run_ = results::open_run(options_.folder);
  folder_ = run_->stored.folder;
  request_.read = run_->stored.read;
  request_.plan = run_->stored.plan;
}

plan::Plan PlannedModel::make_plan(const World& world, int threads) {
  request_.plan.solve.threads = threads;
  plan::PlanOptions options = request_.plan;
  options.certificate_tolerance = std::max(options.certificate_tolerance, options.solve.relative_gap);
  options.solve.interrupt = &context_.interrupt.flag();
  options.solve.on_progress = [this](const optim::Progress& progress) { progress_.update(progress); };
  options.on_phase = [this](std::string_view phase) {
    context_.interrupt.set_solving(phase == "solve");
    progress_.begin_phase(phase);
  };
  const bool is_the_runs = run_ && world.measures.size() == model().world->measures.size();
  plan::Plan plan = is_the_runs ? results::plan_again(*run_, options).plan : plan::make_plan(world, options);
  context_.interrupt.set_solving(false);
  return plan;
}

double PlannedModel::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
}

stress::StressOptions PlannedModel::listening(stress::StressOptions options, std::string_view things) {
  options.interrupt = &context_.interrupt.flag();
  options.on_phase = [this](std::string_view phase) {
    context_.interrupt.set_solving(true);
    progress_.begin_phase(phase);
  };
  options.on_progress = [this, things](std::size_t done, std::size_t all, std::size_t certified) {
    progress_.begin_phase(fmt::format("{} of {} {}, {} certified", done, all, things, certified));
  };
  return options;
}

Exit PlannedModel::refuse(const std::string& problem) {
  progress_.clear();
  print_problem(context_.output, "bad_input", problem);
  return Exit::bad_input;
}

Exit PlannedModel::refuse(const Diagnostics& problems, std::string_view consequence) {
  progress_.clear();
  print_refusal(context_.output, problems, consequence, folder_.string());
  return Exit::bad_input;
}

Exit PlannedModel::refuse_plan(const plan::Plan& plan) {
  return refuse_result(
      fmt::format("the plan itself is {}: `pinchpoint plan {}` says why", to_string(plan.status), folder_.string()));
}

Exit PlannedModel::refuse_result(const std::string& problem) {
  progress_.clear();
  print_problem(context_.output, "failed", problem);
  return Exit::no;
}

Exit PlannedModel::leave(bool is_kept) {
  progress_.clear();
  print_error(is_kept ? "pinchpoint: interrupted; the same command goes on from the last round\n"
                      : "pinchpoint: interrupted; nothing is left behind\n");
  return Exit::interrupted;
}

}  // namespace pinchpoint::cli
