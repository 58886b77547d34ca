// SPDX-License-Identifier: Apache-2.0
#include "delivery/results/record.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/resource.h>

#include <cmath>

#include "analysis/explain/number_text.hpp"
#include "core/base/sha256.hpp"

namespace pinchpoint::results {

namespace {

/// A TOML basic string.
std::string in_quotes(std::string_view text) {
  std::string quoted = "\"";
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') {
      quoted += '\\';
      quoted += letter;
    } else if (static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f) {
      quoted += fmt::format("\\u{:04x}", static_cast<unsigned char>(letter));
    } else {
      quoted += letter;
    }
  }
  return quoted + "\"";
}

std::string list_of(const std::vector<std::string>& words) {
  std::vector<std::string> quoted;
  for (const std::string& word : words) quoted.push_back(in_quotes(word));
  return fmt::format("[{}]", fmt::join(quoted, ", "));
}

/// A TOML number.
std::string number(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  const std::string text = explain::exact_text(value);
  return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

/// Lines of a TOML section.
class Section {
 public:
  explicit Section(std::string& text, std::string_view name) : text_(text) { text_ += fmt::format("\n[{}]\n", name); }
  void add(std::string_view key, std::string_view value) { text_ += fmt::format("{} = {}\n", key, in_quotes(value)); }
  void add_number(std::string_view key, double value) { text_ += fmt::format("{} = {}\n", key, number(value)); }
  void add_whole(std::string_view key, std::int64_t value) { text_ += fmt::format("{} = {}\n", key, value); }
  void add_flag(std::string_view key, bool value) { text_ += fmt::format("{} = {}\n", key, value); }
  void add_list(std::string_view key, const std::vector<std::string>& words) {
    text_ += fmt::format("{} = {}\n", key, list_of(words));
  }
  void add_range(std::string_view key, const optim::CoefficientRanges::Range& range) {
    text_ += fmt::format("{} = [{}, {}]\n", key, number(range.smallest), number(range.largest));
  }

 private:
  std::string& text_;
};

/// Options of the solve that may change the answer.
std::vector<std::pair<std::string, std::string>> solve_options(const plan::PlanOptions& options) {
  return {
      {"method", to_string(options.solve.method)},
      {"seed", std::to_string(options.solve.seed)},
      {"relative_gap", explain::exact_text(options.solve.relative_gap)},
      {"time_limit", std::isfinite(options.solve.time_limit) ? explain::exact_text(options.solve.time_limit) : "none"},
      {"relax_integers", options.relax_integers ? "yes" : "no"}};
}

std::string vintage_of(const tables::RuleSettings& rules) { return rules.as_of.empty() ? "path" : rules.as_of; }

/// As seen from the model folder, so that results do not depend on where one stands.
std::string base_of(const tables::ModelFolder& folder) {
  std::error_code failed;
  const std::string& base = folder.settings.rules->base;
  return base.empty() ? "shipped" : std::filesystem::proximate(base, folder.path, failed).generic_string();
}

void add_model(const RunRecord& record, std::string& text) {
  const tables::ModelSettings& settings = record.folder.settings;
  Section model(text, "model");
  std::error_code ignored;
  const auto absolute = std::filesystem::weakly_canonical(record.folder.path, ignored);
  model.add("name", settings.name);
  model.add("title", settings.title);
  model.add("folder", absolute.string());
  model.add("start", to_string(settings.start));
  model.add("end", to_string(settings.last));
  model.add("step", to_text(settings.step));
  model.add_whole("periods", record.world.timeline.count());
  model.add("currency", settings.currency);
  model.add_whole("price_year", settings.price_year);
  model.add_number("discount_rate", settings.discount_rate);
  model.add_list("scenarios", record.request.read.scenarios);
  model.add_list("patches", record.request.read.patches);
  if (settings.rules) model.add("rules_as_of", vintage_of(*settings.rules));
}

void add_options(const RunRecord& record, std::string& text) {
  const plan::PlanOptions& options = record.request.plan;
  Section section(text, "options");
  section.add("method", to_string(options.solve.method));
  section.add_whole("seed", options.solve.seed);
  section.add_whole("threads", options.solve.threads);
  section.add_number("relative_gap", options.solve.relative_gap);
  section.add_number("time_limit_seconds", options.solve.time_limit);
  section.add_flag("relax_integers", options.relax_integers);
}

void add_result(const RunRecord& record, std::string& text) {
  const plan::Plan& plan = record.plan;
  Section result(text, "result");
  result.add("status", to_string(plan.status));
  if (!plan.message.empty()) result.add("message", plan.message);
  if (plan.solution.has_values) result.add_number("objective", plan.solution.objective);
  result.add("objective_unit", record.world.currency);
  result.add("method", to_string(plan.solution.method));
  result.add_whole("iterations", plan.solution.iterations);
  result.add_whole("contradictions", static_cast<std::int64_t>(plan.contradictions.size()));
  result.add_flag("cost_reconciled", plan.cost_check.is_reconciled);
  result.add_number("cost_difference", plan.cost_check.difference);
}

void add_certificate(const plan::Plan& plan, std::string& text) {
  if (!plan.solution.has_values) return;
  const optim::Certificate& proof = plan.certificate;
  Section section(text, "certificate");
  section.add_number("primal_violation", proof.primal_violation);
  section.add_number("primal_violation_scaled", proof.primal_violation_scaled);
  section.add("worst_row", proof.worst_row);
  section.add_number("dual_violation", proof.dual_violation);
  section.add_number("dual_violation_scaled", proof.dual_violation_scaled);
  section.add("worst_column", proof.worst_column);
  section.add_number("dual_objective", proof.dual_objective);
  section.add_number("lower", proof.lower);
  section.add_number("upper", proof.upper);
  section.add_flag("upper_is_proved", proof.upper_is_proved);
  section.add_number("gap", proof.gap);
  section.add_flag("is_mip", proof.is_mip);
  if (!proof.is_mip) return;
  section.add_number("mip_bound_claimed", proof.mip_bound_claimed);
  section.add_number("mip_gap_claimed", proof.mip_gap_claimed);
  section.add_number("relaxation_lower", proof.relaxation_lower);
}

void add_size(const plan::Plan& plan, std::string& text) {
  Section size(text, "size");
  size.add_whole("rows", plan.problem.model.row_count());
  size.add_whole("columns", plan.problem.model.column_count());
  size.add_whole("nonzeros", plan.problem.model.nonzero_count());
  for (const auto& [name, ranges] :
       {std::pair{"size.ranges", &plan.conditioning.given}, {"size.scaled_ranges", &plan.conditioning.scaled}}) {
    Section section(text, name);
    section.add_range("matrix", ranges->matrix);
    section.add_range("cost", ranges->cost);
    section.add_range("bounds", ranges->bounds);
    section.add_range("right_hand_sides", ranges->right_hand_sides);
  }
}

void add_seconds(const Seconds& seconds, std::string& text) {
  Section section(text, "seconds");
  section.add_number("read", seconds.read);
  section.add_number("validate", seconds.validate);
  section.add_number("assemble", seconds.assemble);
  section.add_number("solve", seconds.solve);
  section.add_number("certify", seconds.certify);
  section.add_number("write", seconds.write);
  section.add_number("total", seconds.total);
  Section machine(text, "machine");
  machine.add_whole("peak_memory_bytes", static_cast<std::int64_t>(peak_memory_bytes()));
}

void add_inputs(const tables::ModelFolder& folder, std::string& text) {
  for (const tables::InputFile& input : folder.inputs) {
    text += fmt::format("\n[[input]]\npath = {}\nsha256 = \"{}\"\nbytes = {}\n", in_quotes(input.path), input.sha256,
                        input.bytes);
  }
}

}  // namespace

std::string run_id(const RunRecord& record) {
  std::string all = record.program.version + "\n" + record.program.solver + "\n";
  for (const tables::InputFile& input : record.folder.inputs) all += fmt::format("{}\t{}\n", input.path, input.sha256);
  const tables::ReadOptions& read = record.request.read;
  const tables::ModelSettings& settings = record.folder.settings;
  all += fmt::format("scenarios {}\npatches {}\n", list_of(read.scenarios), list_of(read.patches));
  all += fmt::format("{} {} {}\n", to_string(settings.start), to_string(settings.last), to_text(settings.step));
  if (settings.rules) all += fmt::format("rules {}\n", vintage_of(*settings.rules));
  for (const auto& [key, value] : solve_options(record.request.plan)) all += fmt::format("{} {}\n", key, value);
  constexpr std::size_t digits = 12;
  return sha256_hex(all).substr(0, digits);
}

std::uint64_t peak_memory_bytes() {
  rusage usage{};
  if (getrusage(RUSAGE_SELF, &usage) != 0) return 0;
  constexpr std::uint64_t kibibyte = 1024;
  return static_cast<std::uint64_t>(usage.ru_maxrss) * kibibyte;
}

std::string render_run_toml(const RunRecord& record, std::string_view id) {
  std::string text = fmt::format("id = \"{}\"\nstarted = {}\ncommand = {}\n", id, in_quotes(record.started),
                                 list_of(record.request.command));
  Section program(text, "program");
  program.add("version", record.program.version);
  program.add("build", record.program.build);
  program.add("solver", record.program.solver);
  add_model(record, text);
  add_options(record, text);
  add_result(record, text);
  add_certificate(record.plan, text);
  add_size(record.plan, text);
  add_seconds(record.seconds, text);
  add_inputs(record.folder, text);
  return text;
}

std::vector<std::pair<std::string, std::string>> run_facts(const RunRecord& record) {
  const tables::ModelSettings& settings = record.folder.settings;
  std::vector<std::pair<std::string, std::string>> facts = {
      {"id", run_id(record)},
      {"name", settings.name},
      {"title", settings.title},
      {"version", record.program.version},
      {"solver", record.program.solver},
      {"status", to_string(record.plan.status)},
      {"objective", record.plan.solution.has_values ? explain::exact_text(record.plan.solution.objective) : ""},
      {"objective_unit", record.world.currency},
      {"price_year", std::to_string(record.world.price_year)},
      {"discount_rate", explain::exact_text(record.world.discount_rate)},
      {"start", to_string(settings.start)},
      {"end", to_string(settings.last)},
      {"step", to_text(settings.step)},
      {"scenarios", fmt::format("{}", fmt::join(record.request.read.scenarios, ";"))},
      {"patches", fmt::format("{}", fmt::join(record.request.read.patches, ";"))},
      {"cost_reconciled", record.plan.cost_check.is_reconciled ? "yes" : "no"}};
  if (settings.rules) {
    facts.emplace_back("rules_base", base_of(record.folder));
    facts.emplace_back("rules_as_of", vintage_of(*settings.rules));
  }
  for (auto& option : solve_options(record.request.plan)) facts.push_back(std::move(option));
  return facts;
}

}  // namespace pinchpoint::results
