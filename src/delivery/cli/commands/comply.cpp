// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "delivery/cli/comply/comply_answer.hpp"
#include "delivery/cli/comply/load_rules.hpp"
#include "delivery/cli/context.hpp"
#include "domain/rules/question_csv.hpp"

namespace pinchpoint::cli {

namespace {

using Json = nlohmann::ordered_json;

struct ComplyCommand {
  std::string item, from, to, end_user, date, hq, parent_hq, batch, rules;
  std::vector<std::string> facts;
};

/// The question on the command line; complaints name its options, and what they are about is left at a value that
/// brings no more of them.
rules::Question question_of(const ComplyCommand& command, const rules::RuleBase& base, Diagnostics& diagnostics) {
  rules::Question question{command.item, command.from, command.to, command.end_user, base.as_of(), {}, {}};
  const auto day = rules::parse_day(command.date);
  if (!day)
    diagnostics.add(Code::bad_day, {"--date", 0, 0, 0}, fmt::format("'{}' is no day: --date YYYY-MM-DD", command.date));
  if (day) question.date = *day;
  for (const std::string& fact : command.facts) {
    const std::size_t equals = fact.find('=');
    if (equals == std::string::npos) {
      diagnostics.add(Code::bad_question, {"--fact", 0, 0, 0}, fmt::format("'{}' is no fact: --fact NAME=VALUE", fact));
      continue;
    }
    question.facts[fact.substr(0, equals)] = fact.substr(equals + 1);
  }
  if (!command.hq.empty()) question.facts["hq"] = command.hq;
  if (!command.parent_hq.empty()) question.facts["parent_hq"] = command.parent_hq;
  return question;
}

std::optional<std::vector<rules::Question>> questions_of(const ComplyCommand& command, const rules::RuleBase& base,
                                                         Diagnostics& diagnostics) {
  if (command.batch.empty()) return std::vector{question_of(command, base, diagnostics)};
  std::ifstream file(command.batch, std::ios::binary);
  if (!file) {
    diagnostics.add(Code::file_unreadable, {command.batch, 0, 0, 0}, fmt::format("'{}' cannot be read", command.batch));
    return std::nullopt;
  }
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  auto questions = rules::read_questions(text, command.batch, base);
  if (!questions) {
    diagnostics.append(questions.error());
    return std::nullopt;
  }
  return std::move(*questions);
}

/// Cases of all questions; nothing if one of them cannot be understood.
std::optional<std::vector<rules::Case>> cases_of(const rules::RuleBase& base,
                                                 const std::vector<rules::Question>& questions,
                                                 Diagnostics& diagnostics) {
  std::vector<rules::Case> cases;
  for (const rules::Question& question : questions) {
    auto asked = rules::make_case(base, question);
    if (asked) cases.push_back(std::move(*asked));
    if (!asked) diagnostics.append(asked.error());
  }
  return diagnostics.has_errors() ? std::nullopt : std::optional(std::move(cases));
}

Exit refuse(const Context& context, const Diagnostics& diagnostics) {
  print_refusal(context.output, diagnostics, "nothing was answered", "");
  return Exit::bad_input;
}

void answer_all(const rules::RuleBase& base, const std::vector<rules::Question>& questions,
                const std::vector<rules::Case>& cases, bool is_batch, const Context& context) {
  std::map<rules::Day, rules::Snapshot> snapshots;
  Json answers = Json::array();
  for (std::size_t place = 0; place < questions.size(); ++place) {
    const rules::Snapshot& snapshot =
        snapshots.try_emplace(questions[place].date, base, questions[place].date).first->second;
    const rules::Verdict verdict = rules::comply(snapshot, cases[place]);
    const ComplyAnswer answer{base, questions[place], cases[place], verdict};
    if (context.output.json && is_batch) answers.push_back(comply_json(answer));
    if (context.output.json && !is_batch) print_json(comply_json(answer));
    if (!context.output.json) print(is_batch || context.output.quiet ? comply_line(answer) : comply_text(answer));
  }
  if (context.output.json && is_batch) print_json({{"as_of", to_string(base.as_of())}, {"answers", answers}});
}

Exit ask(const ComplyCommand& command, const Context& context) {
  const auto base = load_rules(command.rules, context.output);
  if (!base) return Exit::bad_input;
  Diagnostics diagnostics;
  const auto questions = questions_of(command, *base, diagnostics);
  if (!questions) return refuse(context, diagnostics);
  const auto cases = cases_of(*base, *questions, diagnostics);
  if (!cases) return refuse(context, diagnostics);
  answer_all(*base, *questions, *cases, !command.batch.empty(), context);
  return Exit::done;
}

void add_options(CLI::App& command, ComplyCommand& options) {
  command
      .add_option(
          "--item", options.item,
          "what goes: a product of the rule base (pinchpoint rules list products); without it, --fact describes it")
      ->type_name("ITEM");
  command.add_option("--from", options.from, "where it leaves, two letters")->type_name("COUNTRY");
  command.add_option("--to", options.to, "where it arrives")->type_name("COUNTRY");
  command
      .add_option("--end-user", options.end_user,
                  "who uses it: a party of the rule base, or any name; without it: somebody of the destination")
      ->type_name("PARTY");
  command.add_option("--hq", options.hq, "head office of the end user")->type_name("COUNTRY");
  command.add_option("--parent-hq", options.parent_hq, "head office of its ultimate parent")->type_name("COUNTRY");
  command.add_option("--date", options.date, "day of the transfer")->type_name("YYYY-MM-DD");
  command
      .add_option("--fact", options.facts,
                  "a fact, as often as needed; wins over the rule base (pinchpoint rules list fields)")
      ->type_name("NAME=VALUE");
  command
      .add_option("--batch", options.batch,
                  "questions from a CSV: item, from, to, end_user, date, and any fact as a column")
      ->type_name("FILE");
  command.add_option("--rules", options.rules, "a folder of rule tables instead of the shipped ones")->type_name("DIR");
}

}  // namespace

void add_comply_command(CLI::App& app, Context& context) {
  CLI::App* const comply =
      app.add_subcommand("comply", "May this go there, to this user, on this date? Does this package meet the rules?");
  comply->require_subcommand(1);
  CLI::App* const command =
      comply->add_subcommand("item", "One item or many: a verdict per legal regime, with rules and citations");
  add_comply_package_command(*comply, context);
  const auto options = std::make_shared<ComplyCommand>();
  add_options(*command, *options);
  add_output_options(*command, context);
  command->footer(
      "The answers are: no licence, exception, licence required, prohibited, cannot tell. They follow from the facts\n"
      "given and clear nothing. Examples:\n"
      "  pinchpoint comply item --item h200-sxm --from US --to CN --date 2026-11-22\n"
      "  pinchpoint comply item --item tpu-v5e --from US --to SA --date 2026-11-22 --fact area=325\n"
      "  pinchpoint comply item --item b200 --from US --to MY --parent-hq CN --date 2026-11-22 --json\n"
      "  pinchpoint comply item --from US --to VN --date 2026-11-22 --fact kind=accelerator --fact tpp=4799.9 "
      "--fact pd=5.9 --fact datacenter=yes\n"
      "  pinchpoint comply item --batch questions.csv --json");
  command->callback([&context, options] { context.action = [&context, options] { return ask(*options, context); }; });
}

}  // namespace pinchpoint::cli
