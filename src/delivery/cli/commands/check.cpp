// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "analysis/explain/number_text.hpp"
#include "core/tables/model_folder.hpp"
#include "delivery/cli/context.hpp"
#include "delivery/cli/model_options.hpp"

namespace pinchpoint::cli {

namespace {

using Json = nlohmann::ordered_json;

struct CheckOptions {
  ModelOptions model;
  std::vector<std::string> shocks;
  bool with_provenance = false;
};

double share(std::size_t part, std::size_t whole) {
  return whole == 0 ? 1 : static_cast<double>(part) / static_cast<double>(whole);
}

Json figure_json(const Figure& figure) {
  Json item = {{"table", figure.table}, {"label", figure.label}, {"value", figure.value}, {"unit", figure.unit}};
  item["low"] = figure.low ? Json(*figure.low) : Json();
  item["high"] = figure.high ? Json(*figure.high) : Json();
  item["confidence"] = to_string(figure.confidence);
  item["note"] = figure.note;
  item["file"] = figure.where.file;
  item["line"] = figure.where.line;
  return item;
}

Json figures_json(const std::vector<const Figure*>& figures) {
  Json list = Json::array();
  for (const Figure* figure : figures) list.push_back(figure_json(*figure));
  return list;
}

void add_provenance(const ProvenanceSummary& summary, Json& answer) {
  answer["figures"] = summary.total.figures;
  answer["sourced"] = summary.total.sourced;
  answer["assumed"] = summary.total.assumed;
  answer["unsourced"] = summary.total.unsourced;
  answer["sources"] = summary.distinct_sources;
  answer["tables"] = Json::array();
  for (const ProvenanceSummary::Line& line : summary.tables) {
    answer["tables"].push_back({{"table", line.table},
                                {"figures", line.figures},
                                {"sourced", line.sourced},
                                {"assumed", line.assumed},
                                {"unsourced", line.unsourced},
                                {"sourced_share", share(line.sourced, line.figures)}});
  }
  answer["assumed_list"] = figures_json(summary.assumed);
  answer["unsourced_list"] = figures_json(summary.unsourced);
}

Json json_answer(const LoadedModel& model, const ProvenanceSummary& summary) {
  const std::size_t all = model.problems.all().size() + model.problems.left_out();
  Json answer = {{"status", model.is_sound() ? "sound" : "bad_input"},
                 {"problems", diagnostics_json(model.problems)},
                 {"errors", model.problems.error_count()},
                 {"warnings", all - model.problems.error_count()},
                 {"left_out", model.problems.left_out()}};
  if (model.world) answer["shocks"] = model.world->shocks.size();
  add_provenance(summary, answer);
  return answer;
}

std::string provenance_line(const ProvenanceSummary::Line& line) {
  return fmt::format("  {:<26}{:>9}{:>9}{:>9}{:>11}{:>10}\n", line.table, line.figures, line.sourced, line.assumed,
                     line.unsourced, explain::share_text(share(line.sourced, line.figures)));
}

std::string assumed_line(const Figure& figure) {
  std::string band = "no band";
  if (figure.low && figure.high) band = fmt::format("{:g} to {:g}", *figure.low, *figure.high);
  return fmt::format("  {}:{}: {} = {:g} {} ({}): {}\n", figure.where.file, figure.where.line, figure.label,
                     figure.value, figure.unit, band, figure.note.empty() ? "no reason given" : figure.note);
}

std::string provenance_text(const ProvenanceSummary& summary) {
  std::string text = fmt::format("\nFigures by table           figures  sourced  assumed  unsourced   sourced\n");
  for (const ProvenanceSummary::Line& line : summary.tables) text += provenance_line(line);
  text += provenance_line(summary.total);
  text += fmt::format("{} distinct sources\n", summary.distinct_sources);
  if (!summary.assumed.empty()) text += "\nAssumed\n";
  for (const Figure* figure : summary.assumed) text += assumed_line(*figure);
  return text;
}

std::string summary_text(const LoadedModel& model, const CheckOptions& options) {
  std::string text = fmt::format("{}: {}", options.model.folder, count_text(model.problems));
  if (!model.world) return text + "; nothing can be planned\n";
  const World& world = *model.world;
  if (!options.shocks.empty()) text += fmt::format("; {} shocks", world.shocks.size());
  text += fmt::format(
      "; {} regions, {} commodities, {} technologies, {} facilities, {} options, {} programmes, {} periods\n",
      world.regions.size(), world.commodities.size(), world.technologies.size(), world.facilities.size(),
      world.options.size(), world.programmes.size(), world.timeline.count());
  return text;
}

/// Adds the shocks of files beside the model and their figures, with all that is to be said about them.
void add_shocks(const std::vector<std::string>& paths, LoadedModel& model, std::vector<Figure>& figures) {
  if (!model.world || paths.empty()) return;
  const auto beside = tables::read_beside(*model.folder, "shocks", {paths.begin(), paths.end()});
  model.problems.append(beside ? beside->warnings : beside.error());
  if (!beside) return;
  const Result<World> world = load_world(*beside);
  if (!world) return model.problems.append(world.error());
  for (const Shock& shock : world->shocks) model.world->shocks.push_back(shock);
  for (const Figure& figure : list_figures(*beside)) {
    if (figure.table == "shocks") figures.push_back(figure);
  }
}

Exit check(const CheckOptions& options, const Context& context) {
  LoadedModel model = load_model(options.model);
  std::vector<Figure> figures;
  if (model.world) figures = list_figures(*model.folder);
  add_shocks(options.shocks, model, figures);
  ProvenanceSummary summary;
  if (model.world) {
    summary = summarise_provenance(figures);
    if (options.with_provenance) model.problems.append(check_provenance(figures));
  }
  if (context.output.json) {
    print_json(json_answer(model, summary));
  } else {
    print(render_text(model.problems, options.model.folder));
    if (!context.output.quiet) print(summary_text(model, options));
    if (options.with_provenance && model.world) print(provenance_text(summary));
  }
  return model.is_sound() ? Exit::done : Exit::bad_input;
}

}  // namespace

void add_check_command(CLI::App& app, Context& context) {
  CLI::App* const command = app.add_subcommand("check", "Is this model sound? Reports every problem at once");
  const auto options = std::make_shared<CheckOptions>();
  add_model_options(*command, options->model);
  command
      ->add_option("--shocks", options->shocks,
                   "shocks beside the model, checked against its names: a CSV file, or a folder of shocks and sources")
      ->type_name("PATH")
      ->allow_extra_args(false);
  command->add_flag("--provenance", options->with_provenance, "how well each table is sourced, and what is assumed");
  add_output_options(*command, context);
  command->footer(
      "Each problem has a code, file:line:column, what was found and expected, and a fix.\n"
      "Codes: pinchpoint schema codes. Warnings alone do not fail.\n\n"
      "Examples:\n"
      "  pinchpoint check demo\n"
      "  pinchpoint check demo --provenance\n"
      "  pinchpoint check data/world --shocks data/shocks\n"
      "  pinchpoint check demo --scenario high-demand --json");
  command->callback([&context, options] { context.action = [&context, options] { return check(*options, context); }; });
}

}  // namespace pinchpoint::cli
