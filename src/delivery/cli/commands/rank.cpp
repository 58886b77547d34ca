// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "delivery/cli/commands/unnamed.hpp"
#include "delivery/cli/stress/planned_model.hpp"
#include "delivery/cli/stress/rank_answer.hpp"
#include "delivery/cli/stress/target_options.hpp"
#include "delivery/results/stress/write_stress.hpp"

namespace pinchpoint::cli {

namespace {

struct RankCommand {
  ModelOptions model;
  TargetOptions targets;
  std::string out = "runs";
  bool is_fixed = false, with_csv = false, is_unsaved = false;
  std::size_t top = 20;
  stress::StressOptions stress;
};

/// One run of the command.
class RankRun {
 public:
  RankRun(const RankCommand& command, const Context& context)
      : command_(command), context_(context), planned_(command.model, context) {}

  Exit run() {
    planned_.load();
    if (!planned_.model().is_sound()) return planned_.refuse(planned_.model().problems, "nothing was ranked");
    const World& world = *planned_.model().world;
    if (const std::string problem = problem_of(command_.targets, world.timeline); !problem.empty())
      return planned_.refuse(problem);
    const plan::Plan plan = planned_.make_plan(world, command_.stress.threads);
    if (context_.interrupt.flag()) return planned_.leave(false);
    if (plan.status != plan::PlanStatus::optimal) return planned_.refuse_plan(plan);
    return play(world, plan, date_of(command_.targets, world.timeline));
  }

 private:
  /// The request of the stress run that a ranking is.
  [[nodiscard]] results::StressRequest request() const {
    results::StressRequest request;
    request.sampling = "removals";
    request.options = command_.stress;
    request.options.response = command_.is_fixed ? stress::Response::operate : stress::Response::rebuild;
    return request;
  }

  Exit play(const World& world, const plan::Plan& plan, Date from) {
    std::vector<stress::Target> targets = stress::targets_of(world, plan, kinds_of(command_.targets), from);
    if (targets.empty()) return planned_.refuse("there is nothing of these kinds to remove");
    const results::StressRequest wanted = request();
    results::RunRecord run{context_.program,  planned_.request(), *planned_.model().folder, world, plan, {},
                           planned_.started()};
    Shocks shocks;
    for (const stress::Target& target : targets) shocks.push_back(target.shock);
    const std::string id = results::stress_id(run, wanted, shocks, {});
    std::optional<Bookkeeping> books;
    if (!command_.is_unsaved) books.emplace(command_.out, "rank", id, context_.interrupt);
    const stress::RankOptions options{planned_.listening(wanted.options, "removals"), from};
    const auto begin = std::chrono::steady_clock::now();
    const stress::Ranking ranking =
        stress::rank(world, plan, std::move(targets), options, books ? &books->journal : nullptr);
    const std::chrono::duration<double> played = std::chrono::steady_clock::now() - begin;
    if (context_.interrupt.flag()) return planned_.leave(books.has_value());
    if (!ranking.result.is_complete) return planned_.refuse_result("nothing was ranked: " + ranking.result.problem);
    context_.interrupt.set_solving(false);
    const auto concentrations = stress::concentrations_of(world, plan, from);
    RankAnswer answer{world, ranking, concentrations, {}, played.count(), 0, command_.top};
    if (books) {
      planned_.progress().begin_phase("write");
      const results::StressRecord record{run, wanted, ranking.shocks, ranking.scenarios, ranking.result, {}};
      const results::RankRecord rank{ranking, concentrations};
      answer.run =
          results::write_stress(record, planned_.progress().log(), command_.with_csv, id, books->folder, &rank);
      books->journal.remove();
    }
    return show(answer);
  }

  Exit show(RankAnswer& answer) {
    planned_.progress().clear();
    answer.seconds = planned_.seconds();
    if (context_.output.json) {
      print_json(to_json(answer));
    } else {
      print(render_text(answer));
    }
    return answer.ranking.result.is_proved() ? Exit::done : Exit::no;
  }

  const RankCommand& command_;
  const Context& context_;
  PlannedModel planned_;
};

void add_options(CLI::App& command, RankCommand& options) {
  options.stress.tolerance = stress::rank_tolerance;
  add_target_options(command, options.targets);
  command.add_flag("--no-rebuild", options.is_fixed, "no new orders: what the plan's own capacities can make good");
  command.add_option("--tolerance", options.stress.tolerance, "largest relative gap of a certified loss (1e-6)")
      ->check(unnamed(CLI::Range(1e-9, 1.0)))
      ->type_name("G");
  command.add_option("--threads", options.stress.threads, "cores to use; the answer is the same on any number")
      ->check(unnamed(CLI::Range(1, 1024)))
      ->type_name("N");
  command.add_option("--checks", options.stress.checks, "removals solved again from nothing, to compare (10)")
      ->type_name("N");
  command.add_option("--top", options.top, "lines shown (20)")->type_name("N");
  command.add_option("--out", options.out, "where the run folder goes (runs)")->type_name("DIR");
  command.add_flag("--csv", options.with_csv, "write the tables of results.sqlite as CSV, too");
  command.add_flag("--no-run", options.is_unsaved, "write nothing");
}

}  // namespace

void add_rank_command(CLI::App& app, Context& context) {
  CLI::App* const command = app.add_subcommand("rank", "Whose loss hurts most, and for how long?");
  const auto options = std::make_shared<RankCommand>();
  add_model_options(*command, options->model);
  command->get_option("folder")->description("model folder (a study), or run folder of a plan");
  add_options(*command, *options);
  add_output_options(*command, context);
  command->footer(
      "Each site, firm, country, commodity of a country, lane and group is taken away\n"
      "by itself, as a surprise, for good. The loss after 1, 3, 6, 12 and 24 months falls as substitutes come on\n"
      "line. Beside it: what looks replaceable on paper (share of output, spare capacity elsewhere).\n\n"
      "Examples:\n"
      "  pinchpoint rank demo\n"
      "  pinchpoint rank studies/stargate --step year --by facility,country --from 2027\n"
      "  pinchpoint rank studies/stargate --by commodity --csv --top 50");
  command->callback(
      [&context, options] { context.action = [&context, options] { return RankRun(*options, context).run(); }; });
}

}  // namespace pinchpoint::cli
