// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>
#include <numeric>

#include "analysis/stress/attack.hpp"
#include "delivery/cli/commands/unnamed.hpp"
#include "delivery/cli/stress/planned_model.hpp"
#include "delivery/cli/stress/stress_answer.hpp"
#include "delivery/cli/stress/target_options.hpp"

namespace pinchpoint::cli {

namespace {

using nlohmann::ordered_json;

struct AttackCommand {
  ModelOptions model;
  TargetOptions targets;
  std::vector<std::string> costs;
  double cuts = 1, budget = 0, gap = 0.05, time_limit = 600;
  int threads = 2;
  bool is_rebuilt = false;
};

/// What the command shows.
struct Shown {
  const World& world;
  const stress::AttackWish& wish;
  const stress::AttackAnswer& answer;
  double seconds = 0;
};

std::string targets_text(const Shown& shown, const optim::Attack& attack) {
  std::string text;
  for (const std::int32_t at : attack.chosen) {
    const stress::Target& target = shown.wish.targets[static_cast<std::size_t>(at)];
    text += fmt::format("    {:<9} {}\n", to_string(target.kind), target.name);
  }
  return text;
}

std::string loss_text(const Shown& shown, const optim::Attack& attack) {
  const std::string lower = money_text(shown.world, attack.lower - attack.base);
  if (!std::isfinite(attack.upper)) return fmt::format("loss {} at least; no bound from above yet", lower);
  const std::string upper = money_text(shown.world, attack.upper - attack.base);
  return fmt::format("loss {} at least; no set costs more than {} (gap {:.2g} %)", lower, upper, 100 * attack.gap);
}

std::string name_of(const Shown& shown, const stress::Protection& protection) {
  const Commodity& good = shown.world.commodities[protection.commodity];
  const Region& place = shown.world.regions[protection.region];
  const char* what = protection.kind == stress::Protection::Kind::stockpile ? "stockpile" : "spare capacity";
  return fmt::format("{} of {} in {}, {}", what, good.name.empty() ? good.id : good.name,
                     place.name.empty() ? place.id : place.name, money_text(shown.world, protection.cost));
}

std::string render(const Shown& shown) {
  const optim::Attack& attack = shown.answer.attack;
  std::string text = fmt::format("{} targets, at most {:g} lost from {}: {} in {:.1f} s, {} LPs, {} nodes\n\n",
                                 shown.wish.targets.size(), shown.wish.cost_limit, to_string(shown.wish.from),
                                 to_string(attack.status), attack.seconds, attack.lps, attack.nodes);
  text += fmt::format("  {}\n{}", loss_text(shown, attack), targets_text(shown, attack));
  if (shown.wish.defence_budget <= 0) return text;
  const optim::DefencePlan& defence = shown.answer.defence;
  text += fmt::format("\n  defence for at most {}: {}, {} rounds\n", money_text(shown.world, shown.wish.defence_budget),
                      to_string(defence.status), defence.rounds);
  if (!defence.message.empty()) text += fmt::format("    stopped: {}\n", defence.message);
  for (const std::int32_t at : defence.bought)
    text += fmt::format("    {}\n", name_of(shown, shown.answer.protections[static_cast<std::size_t>(at)]));
  if (defence.bought.empty()) text += "    nothing is worth buying\n";
  text += fmt::format("  the worst that is left: {}\n{}", loss_text(shown, defence.worst),
                      targets_text(shown, defence.worst));
  if (std::isfinite(defence.lower))
    text +=
        fmt::format("  nothing on offer for so much leaves less than {} (gap {:.2g} %)\n",
                    money_text(shown.world, std::max(0.0, defence.lower - defence.undefended.base)), 100 * defence.gap);
  return text;
}

ordered_json number(double value) { return std::isfinite(value) ? ordered_json(value) : ordered_json(); }

ordered_json attack_json(const Shown& shown, const optim::Attack& attack) {
  ordered_json chosen = ordered_json::array();
  for (const std::int32_t at : attack.chosen) {
    const stress::Target& target = shown.wish.targets[static_cast<std::size_t>(at)];
    chosen.push_back({{"kind", to_string(target.kind)}, {"id", target.id}, {"name", target.name}});
  }
  return {{"status", to_string(attack.status)},
          {"chosen", chosen},
          {"loss", {{"lower", number(attack.lower - attack.base)}, {"upper", number(attack.upper - attack.base)}}},
          {"gap", number(attack.gap)},
          {"lower_is_proved", attack.lower_is_proved},
          {"upper_is_proved", attack.upper_is_proved},
          {"nodes", attack.nodes},
          {"lps", attack.lps},
          {"seconds", attack.seconds}};
}

ordered_json render_json(const Shown& shown) {
  ordered_json made = attack_json(shown, shown.answer.attack);
  made["targets"] = shown.wish.targets.size();
  made["cost_limit"] = shown.wish.cost_limit;
  made["currency"] = shown.world.currency;
  made["seconds_total"] = shown.seconds;
  if (shown.wish.defence_budget <= 0) return made;
  const optim::DefencePlan& defence = shown.answer.defence;
  ordered_json bought = ordered_json::array();
  for (const std::int32_t at : defence.bought) {
    const stress::Protection& protection = shown.answer.protections[static_cast<std::size_t>(at)];
    const bool is_stock = protection.kind == stress::Protection::Kind::stockpile;
    bought.push_back({{"kind", is_stock ? "stockpile" : "spare_capacity"},
                      {"commodity", shown.world.commodities[protection.commodity].id},
                      {"region", shown.world.regions[protection.region].id},
                      {"amount", protection.amount},
                      {"cost", protection.cost}});
  }
  made["defence"] = {{"status", to_string(defence.status)},
                     {"message", defence.message},
                     {"least_loss", number(defence.lower - defence.undefended.base)},
                     {"gap", number(defence.gap)},
                     {"bought", bought},
                     {"choices", shown.answer.protections.size()},
                     {"worst", attack_json(shown, defence.worst)}};
  return made;
}

/// One run of the command.
class AttackRun {
 public:
  AttackRun(const AttackCommand& command, const Context& context)
      : command_(command), context_(context), planned_(command.model, context) {}

  Exit run() {
    planned_.load();
    if (!planned_.model().is_sound()) return planned_.refuse(planned_.model().problems, "nothing was attacked");
    const World& world = *planned_.model().world;
    if (const std::string problem = problem_of(command_.targets, world.timeline); !problem.empty())
      return planned_.refuse(problem);
    const plan::Plan plan = planned_.make_plan(world, command_.threads);
    if (context_.interrupt.flag()) return planned_.leave(false);
    if (plan.status != plan::PlanStatus::optimal) return planned_.refuse_plan(plan);
    stress::AttackWish wish;
    wish.from = date_of(command_.targets, world.timeline);
    wish.targets = stress::targets_of(world, plan, kinds_of(command_.targets), wish.from);
    if (wish.targets.empty()) return planned_.refuse("there is nothing of these kinds to cut");
    TargetCosts costs = costs_of(command_.costs, wish.targets);
    if (!costs.problem.empty()) return planned_.refuse(costs.problem);
    wish.costs = std::move(costs.costs);
    wish.cost_limit = command_.cuts;
    if (const std::string problem = problem_of_limit(wish); !problem.empty()) return planned_.refuse(problem);
    wish.defence_budget = command_.budget;
    wish.response = command_.is_rebuilt ? stress::Response::rebuild : stress::Response::operate;
    wish.search = search(world);
    planned_.progress().begin_phase("attack");
    context_.interrupt.set_solving(true);
    const stress::AttackAnswer answer = stress::attack(world, plan, wish);
    context_.interrupt.set_solving(false);
    if (!answer.is_ready) return planned_.refuse_result(answer.problem);
    return show({world, wish, answer, planned_.seconds()});
  }

 private:
  /// A limit that pays for everything, or for nothing, is a slip.
  static std::string problem_of_limit(const stress::AttackWish& wish) {
    const double all = std::accumulate(wish.costs.begin(), wish.costs.end(), 0.0);
    const double least = *std::min_element(wish.costs.begin(), wish.costs.end());
    if (wish.cost_limit >= all)
      return fmt::format("--k {:g} pays for all {} targets, which cost {:g}: write less, or name more kinds with --by",
                         wish.cost_limit, wish.targets.size(), all);
    if (wish.cost_limit < least)
      return fmt::format("--k {:g} pays for no target: the cheapest costs {:g}", wish.cost_limit, least);
    return "";
  }

  optim::AttackOptions search(const World& world) {
    optim::AttackOptions options;
    options.relative_gap = command_.gap;
    options.time_limit = command_.time_limit;
    options.threads = command_.threads;
    options.interrupt = &context_.interrupt.flag();
    options.on_progress = [this, &world](const optim::AttackProgress& progress) {
      planned_.progress().begin_phase(fmt::format("cost {} to {}, {} LPs", money_text(world, progress.lower),
                                                  money_text(world, progress.upper), progress.lps));
    };
    return options;
  }

  Exit show(const Shown& shown) {
    planned_.progress().clear();
    if (context_.output.json) {
      print_json(render_json(shown));
    } else {
      print(render(shown));
    }
    if (context_.interrupt.flag()) return Exit::interrupted;
    const bool is_proved = shown.answer.attack.status == optim::AttackStatus::optimal;
    const bool is_defended = command_.budget <= 0 || shown.answer.defence.status == optim::AttackStatus::optimal;
    return is_proved && is_defended ? Exit::done : Exit::no;
  }

  const AttackCommand& command_;
  const Context& context_;
  PlannedModel planned_;
};

void add_options(CLI::App& command, AttackCommand& options) {
  add_target_options(command, options.targets);
  command.add_option("--k", options.cuts, "most targets that are lost together (1)")
      ->check(unnamed(CLI::PositiveNumber))
      ->type_name("K");
  command
      .add_option("--cost", options.costs,
                  "what a target costs, by kind or by id (1 each); --k is what the cuts may cost together")
      ->delimiter(',')
      ->type_name("NAME=COST,...");
  command
      .add_option("--defend", options.budget,
                  "look for the stockpiles and spare capacity of at most so much money "
                  "that leave the mildest worst case")
      ->check(unnamed(CLI::NonNegativeNumber))
      ->type_name("MONEY");
  command
      .add_option("--gap", options.gap, "stop when the rest is proved to this share of the loss (0.05); 0: the optimum")
      ->check(unnamed(CLI::Range(0.0, 1.0)))
      ->type_name("G");
  command.add_option("--time-limit", options.time_limit, "stop after so many seconds with what is proved (600)")
      ->check(unnamed(CLI::PositiveNumber))
      ->type_name("SECONDS");
  command.add_option("--threads", options.threads, "cores to use; the answer is the same on any number")
      ->check(unnamed(CLI::Range(1, 1024)))
      ->type_name("N");
  command.add_flag("--rebuild", options.is_rebuilt, "new orders may answer, under the world's lead times");
}

}  // namespace

void add_attack_command(CLI::App& app, Context& context) {
  CLI::App* const command =
      app.add_subcommand("attack", "Which K cuts together hurt most, proven, and what defends best?");
  const auto options = std::make_shared<AttackCommand>();
  add_model_options(*command, options->model);
  command->get_option("folder")->description("model folder (a study), or run folder of a plan");
  add_options(*command, *options);
  add_output_options(*command, context);
  command->footer(
      "The worst set of K targets is found and proven: its loss from duals in interval arithmetic, all other sets\n"
      "by plans that avoid them (docs/formulation/attack.md). Targets stay lost from --from to the end of the "
      "horizon.\n"
      "A commodity of a country is a target of its own; a country or a firm is everything it has.\n"
      "Exit status 1: the gap asked for was not proved in time; bounds hold all the same.\n\n"
      "Examples:\n"
      "  pinchpoint attack demo --k 2\n"
      "  pinchpoint attack studies/stargate --step year --k 3 --by site --from 2027 --gap 0.05\n"
      "  pinchpoint attack studies/stargate --step year --k 6 --by country,site --cost country=5 --from 2027\n"
      "  pinchpoint attack studies/stargate --step year --k 1 --by commodity --defend 5e9");
  command->callback(
      [&context, options] { context.action = [&context, options] { return AttackRun(*options, context).run(); }; });
}

}  // namespace pinchpoint::cli
