// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "analysis/stress/effects.hpp"
#include "analysis/stress/sampling/sampler.hpp"
#include "delivery/cli/commands/unnamed.hpp"
#include "delivery/cli/context.hpp"
#include "delivery/cli/model_options.hpp"
#include "delivery/cli/stress/chosen_shocks.hpp"
#include "delivery/cli/stress/planned_model.hpp"
#include "delivery/cli/stress/sharded_run.hpp"
#include "delivery/cli/stress/stress_answer.hpp"
#include "delivery/results/write_error.hpp"

namespace pinchpoint::cli {

namespace {

struct StressCommand {
  ModelOptions model;
  std::vector<std::string> shocks;
  std::string sampling = "monte-carlo";
  std::string out = "runs";
  std::uint64_t count = 0, seed = 1;
  std::string surprises = "first";
  bool is_conditional = false, is_together = false, is_rebuilt = false, is_foreseen = false;
  bool with_csv = false, is_unsaved = false;
  std::size_t top = 10, details = 1000, shards = 1, shard = 0;
  stress::StressOptions stress;
};

using Clock = std::chrono::steady_clock;

/// One run of the command: model, shocks, plan, scenarios, answer.
class StressRun {
 public:
  StressRun(const StressCommand& command, const Context& context)
      : command_(command), context_(context), planned_(command.model, context) {}

  Exit run() {
    if (command_.shard > command_.shards)
      return planned_.refuse(fmt::format("--shard {} of --shards {}: there is none", command_.shard, command_.shards));
    if (command_.shard > 0 && command_.is_unsaved)
      return planned_.refuse("--shard leaves a file, and --no-run writes none: name one of the two");
    if (command_.surprises == "each" && command_.is_foreseen)
      return planned_.refuse("--surprises each with --foreseen: what is foreseen is no surprise");
    if (command_.surprises == "each" && command_.is_rebuilt)
      return planned_.refuse("--surprises each with --rebuild: orders anew after one surprise are lost at the next");
    planned_.load();
    if (!planned_.model().is_sound()) return planned_.refuse(planned_.model().problems, consequence);
    if (const Diagnostics problems = choose_shocks(); problems.has_errors())
      return planned_.refuse(problems, consequence);
    if (const std::string problem = choose_scenarios(); !problem.empty()) return planned_.refuse(problem);
    const World world = stress::with_flows_apart(this->world(), shocks_);
    const plan::Plan plan = planned_.make_plan(world, command_.stress.threads);
    if (context_.interrupt.flag()) return planned_.leave(false);
    if (plan.status != plan::PlanStatus::optimal) return planned_.refuse_plan(plan);
    return play(world, plan);
  }

 private:
  static constexpr std::string_view consequence = "nothing was stressed";
  [[nodiscard]] const World& world() const { return *planned_.model().world; }

  Diagnostics choose_shocks() {
    Result<ChosenShocks> chosen =
        cli::choose_shocks(planned_.model(), planned_.folder(), command_.shocks, PlayedAgainst::made_plan);
    if (!chosen.has_value()) return chosen.error();
    shocks_ = std::move(chosen.value().shocks);
    left_out_ = std::move(chosen.value().left_out);
    shock_problem_ = std::move(chosen.value().problem);
    return Diagnostics();
  }

  std::string choose_scenarios() {
    if (!shock_problem_.empty()) return shock_problem_;
    wanted_.count = command_.count;
    wanted_.seed = command_.seed;
    wanted_.is_conditional = command_.is_conditional;
    wanted_.details = command_.details;
    wanted_.shards = command_.shards;
    wanted_.options = command_.stress;
    if (command_.is_rebuilt) wanted_.options.response = stress::Response::rebuild;
    if (command_.is_foreseen) wanted_.options.surprises = stress::Surprises::nothing;
    if (command_.surprises == "each") wanted_.options.surprises = stress::Surprises::each;
    if (command_.count > 0) return sample();
    wanted_.sampling = command_.is_together ? "all together" : "each shock by itself";
    if (command_.is_together) {
      scenarios_ = {stress::combine(shocks_)};
    } else {
      scenarios_ = stress::enumerate(world(), shocks_);
    }
    return scenarios_.empty() ? "no shock strikes anything" : "";
  }

  std::string sample() {
    wanted_.sampling = command_.sampling;
    const stress::Sampler sampler(
        world(), shocks_, {command_.count, command_.seed, sampling_named(command_.sampling), command_.is_conditional});
    wanted_.probability_of_any = sampler.probability_of_any();
    scenarios_ = sampler.all();
    return "";
  }

  Exit play(const World& world, const plan::Plan& plan) {
    results::RunRecord run{context_.program,  planned_.request(), *planned_.model().folder, world, plan, {},
                           planned_.started()};
    const std::string id = results::stress_id(run, wanted_, shocks_, scenarios_);
    const auto begin = Clock::now();
    const stress::StressOptions options = planned_.listening(wanted_.options, "scenarios");
    ShardedRun shards = sharded(world, plan, options, id);
    if (command_.shard > 0) return play_shard(shards, begin);
    std::optional<Bookkeeping> books;
    if (!command_.is_unsaved) books.emplace(command_.out, "stress", id, context_.interrupt);
    const stress::StressResult result =
        command_.shards > 1
            ? shards.all(scenarios_)
            : stress::run_stress(world, shocks_, plan, scenarios_, options, books ? &books->journal : nullptr);
    const std::chrono::duration<double> played = Clock::now() - begin;
    if (context_.interrupt.flag()) return planned_.leave(books.has_value());
    if (!result.is_complete) return planned_.refuse_result("no scenarios were played: " + result.problem);
    const auto pinches = stress::find_pinches(world, shocks_, plan, scenarios_,
                                              {stress::worst_of(result.outcomes, command_.top)}, options);
    if (context_.interrupt.flag()) return planned_.leave(books.has_value());
    const results::StressRecord record{run, wanted_, shocks_, scenarios_, result, pinches};
    StressAnswer answer{record, {}, left_out_, 0, played.count(), command_.top};
    if (books) {
      planned_.progress().begin_phase("write");
      context_.interrupt.set_solving(false);
      answer.run = results::write_stress(record, planned_.progress().log(), command_.with_csv, id, books->folder);
      books->journal.remove();
    }
    return show(answer);
  }

  [[nodiscard]] ShardedRun sharded(const World& world, const plan::Plan& plan, const stress::StressOptions& options,
                                   const std::string& id) const {
    using Scenarios = std::vector<stress::Scenario>;
    return {command_.is_unsaved ? "" : command_.out, id, command_.shards,
            [&world, &plan, options, this](const Scenarios& part, stress::RoundStore* store) {
              return stress::run_stress(world, shocks_, plan, part, options, store);
            },
            [&world, &plan, options, this](const Scenarios& part, stress::RoundStore& store) {
              return stress::read_stress(world, shocks_, plan, part, options, store);
            }};
  }

  /// One job: its file is the answer.
  Exit play_shard(ShardedRun& shards, Clock::time_point begin) {
    const stress::StressResult result = shards.one(scenarios_, command_.shard - 1);
    if (context_.interrupt.flag()) return planned_.leave(true);
    if (!result.is_complete) return planned_.refuse_result("no scenarios were played: " + result.problem);
    const std::chrono::duration<double> played = Clock::now() - begin;
    const std::string file = shards.file(command_.shard - 1).string();
    planned_.progress().clear();
    if (context_.output.json) {
      print_json({{"shard", command_.shard},
                  {"shards", command_.shards},
                  {"scenarios", result.outcomes.size()},
                  {"certified_share", result.certified_share},
                  {"max_gap", result.max_gap},
                  {"seconds", played.count()},
                  {"file", file}});
    } else {
      print(fmt::format(
          "shard {} of {}: {} scenarios, {:.6g} % certified, in {:.1f} s: {}\n"
          "the same command without --shard joins the shards it finds there\n",
          command_.shard, command_.shards, result.outcomes.size(), 100 * result.certified_share, played.count(), file));
    }
    return result.is_proved() ? Exit::done : Exit::no;
  }

  Exit show(StressAnswer& answer) {
    planned_.progress().clear();
    answer.seconds = planned_.seconds();
    if (context_.output.json) {
      print_json(to_json(answer));
    } else {
      print(render_text(answer));
    }
    return answer.record.result.is_proved() ? Exit::done : Exit::no;
  }

  const StressCommand& command_;
  const Context& context_;
  PlannedModel planned_;
  results::StressRequest wanted_;
  Shocks shocks_;
  std::string shock_problem_;
  std::vector<std::string> left_out_;  ///< "'x' lifts the ban 'y' on an end user, …"
  std::vector<stress::Scenario> scenarios_;
};

void add_scenario_options(CLI::App& command, StressCommand& options) {
  command
      .add_option("--shocks", options.shocks,
                  "CSV files of the shocks table, folders of them, and ids, separated by commas; ids choose among the "
                  "model's shocks and those of the files; without it: all shocks of the model")
      ->delimiter(',')
      ->type_name("ID|PATH,...");
  command.add_option("--n", options.count, "draw so many futures; without it each shock is played by itself")
      ->check(unnamed(CLI::Range(std::uint64_t{1}, std::uint64_t{10'000'000})))
      ->type_name("N");
  command.add_option("--seed", options.seed, "seed of the draw (1)")->type_name("N");
  command.add_option("--sampling", options.sampling, "how futures are drawn (monte-carlo)")
      ->check(unnamed(CLI::IsMember({"monte-carlo", "sobol", "latin-hypercube"})))
      ->type_name("monte-carlo|sobol|latin-hypercube");
  command.add_flag("--conditional", options.is_conditional, "only futures in which something happens");
  command.add_flag("--together", options.is_together, "all shocks at once, as their rows state them, in one scenario");
}

void add_answer_options(CLI::App& command, StressCommand& options) {
  command.add_flag("--rebuild", options.is_rebuilt, "new orders may answer a shock, under the world's lead times");
  command.add_flag("--foreseen", options.is_foreseen, "shocks are known from the start, not a surprise");
  command
      .add_option(
          "--surprises", options.surprises,
          "first: from a future's first hit on, all of its hits are known; each: none is known before it begins "
          "(first)")
      ->check(unnamed(CLI::IsMember({"first", "each"})))
      ->type_name("first|each");
  command.add_option("--tolerance", options.stress.tolerance, "largest relative gap of a certified scenario (0.0001)")
      ->check(unnamed(CLI::Range(1e-9, 1.0)))
      ->type_name("G");
  command.add_option("--checks", options.stress.checks, "scenarios solved again from nothing, to compare (10)")
      ->type_name("N");
  command.add_option("--threads", options.stress.threads, "cores to use; the answer is the same on any number")
      ->check(unnamed(CLI::Range(1, 1024)))
      ->type_name("N");
  command.add_option("--top", options.top, "worst scenarios shown, with their pinch (10)")->type_name("N");
  command.add_option("--details", options.details, "worst scenarios whose losses are kept in full (1000)")
      ->type_name("N");
  command
      .add_option(
          "--shards", options.shards,
          "split the scenarios into so many jobs that know nothing of one another (1); those whose files lie in "
          "--out are not played again")
      ->check(unnamed(CLI::Range(1, 100'000)))
      ->type_name("N");
  command.add_option("--shard", options.shard, "play only this one of --shards, and leave its file in --out")
      ->check(unnamed(CLI::Range(1, 100'000)))
      ->type_name("I");
  command.add_option("--out", options.out, "where the run folder goes (runs)")->type_name("DIR");
  command.add_flag("--csv", options.with_csv, "write the tables of results.sqlite as CSV, too");
  command.add_flag("--no-run", options.is_unsaved, "write nothing; an interrupted run cannot go on");
}

}  // namespace

void add_stress_command(CLI::App& app, Context& context) {
  CLI::App* const command =
      app.add_subcommand("stress", "What breaks, how badly and for how long, proven by scenario?");
  const auto options = std::make_shared<StressCommand>();
  add_model_options(*command, options->model);
  command->get_option("folder")->description("model folder (a study), or run folder of a plan");
  add_scenario_options(*command, *options);
  add_answer_options(*command, *options);
  add_output_options(*command, context);
  command->footer(
      "The plan's capacities meet shocks that nobody foresaw: what was decided before the first one stays, the\n"
      "rest is operated anew with stocks, other ways and makers, and shortage at its price. Every scenario has a\n"
      "lower and an upper bound of its cost that our own code recomputed, and a sample is solved again from nothing.\n"
      "A run that was stopped goes on with the same command, and ends with the same bytes.\n"
      "Exit status 1: the plan is not optimal, a scenario is not certified, or a check disagrees.\n\n"
      "Examples:\n"
      "  pinchpoint stress demo\n"
      "  pinchpoint stress studies/stargate --step year --shocks data/shocks --n 10000 --conditional\n"
      "  pinchpoint stress runs/600e9d0ae5c6 --shocks qatar-helium-2026 --rebuild\n"
      "  pinchpoint stress demo --json | jq '.loss.cvar90'");
  command->callback(
      [&context, options] { context.action = [&context, options] { return StressRun(*options, context).run(); }; });
}

}  // namespace pinchpoint::cli
