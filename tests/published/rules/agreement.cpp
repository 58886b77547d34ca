// SPDX-License-Identifier: Apache-2.0
#include "agreement.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>

#include "core/tables/csv.hpp"

namespace pinchpoint::rules {

namespace {

/// What a column of the table asks.
struct AskedColumn {
  const char* name;
  const char* from;
  const char* to;
  const char* parent;
  const char* date;
};

constexpr std::array asked_columns = {AskedColumn{"exp_CN_2022_12_01", "US", "CN", "", "2022-12-01"},
                                      AskedColumn{"exp_CN_2024_06_01", "US", "CN", "", "2024-06-01"},
                                      AskedColumn{"exp_CN_2025_06_01", "US", "CN", "", "2025-06-01"},
                                      AskedColumn{"exp_CN_export_from_US_2026_11_22", "US", "CN", "", "2026-11-22"},
                                      AskedColumn{"exp_CN_reexport_2026_11_22", "TW", "CN", "", "2026-11-22"},
                                      AskedColumn{"exp_SA_2026_11_22", "US", "SA", "", "2026-11-22"},
                                      AskedColumn{"exp_AE_2026_11_22", "US", "AE", "", "2026-11-22"},
                                      AskedColumn{"exp_MY_2026_11_22", "US", "MY", "", "2026-11-22"},
                                      AskedColumn{"exp_MY_with_CN_parent_2026_11_22", "US", "MY", "CN", "2026-11-22"}};

using Row = std::map<std::string, std::string>;

std::vector<Row> rows_of(const std::string& text) {
  Diagnostics ignored;
  const tables::Csv csv = tables::read_csv(text, "chip_examples.csv", ignored);
  const auto value_of = [&text](const tables::CsvRow& row, const tables::CsvField& field) {
    const auto raw = tables::raw_text(text, row, field);
    return field.has_doubled_quotes != 0 ? tables::unescaped(raw) : std::string(raw);
  };
  std::vector<Row> rows;
  for (std::size_t row = 0; row < csv.rows.size(); ++row) {
    Row cells;
    for (std::size_t column = 0; column < csv.header.size(); ++column)
      cells[value_of(csv.header_row, csv.header[column])] = value_of(csv.rows[row], csv.field(row, column));
    rows.push_back(std::move(cells));
  }
  return rows;
}

const char* short_posture(Posture posture) {
  constexpr std::array names = {"LR", "LR-PA", "LR-CBC", "LR-PD", "LR-POD"};
  return names[static_cast<std::size_t>(posture)];
}

bool bears(const RuleBase& base, const RegimeVerdict& us, const char* id, Bearing bearing) {
  return std::any_of(us.findings.begin(), us.findings.end(), [&](const Finding& finding) {
    return finding.bearing == bearing && base.rules[static_cast<std::size_t>(finding.rule)].id == id;
  });
}

std::string outcome_token(const RuleBase& base, const Outcome& outcome) {
  if (outcome.answer == Answer::no_licence) return "NLR";
  if (outcome.answer == Answer::prohibited) return "PROHIBITED";
  if (outcome.answer == Answer::exception) return base.rules[static_cast<std::size_t>(outcome.exception)].subject;
  return short_posture(outcome.posture);
}

/// A licence that nothing but a letter asks for, or that a letter keeps an exception from lifting.
bool is_by_letter(const RuleBase& base, const RegimeVerdict& us) {
  if (!bears(base, us, "AC-H20-IIL", Bearing::applies)) return false;
  return std::none_of(us.findings.begin(), us.findings.end(), [&](const Finding& finding) {
    const Rule& rule = base.rules[static_cast<std::size_t>(finding.rule)];
    return finding.bearing == Bearing::applies && rule.step == Step::destination && !finding.is_text_only;
  });
}

/// The verdict in the table's own short words.
std::string token_of(const RuleBase& base, const Verdict& verdict) {
  const RegimeVerdict& us = verdict.regimes.front();
  if (!us.enforced.is_decided()) {
    if (std::string(answer_text(us.enforced)) == "licence_required" && is_by_letter(base, us)) return "LR-LETTER";
    std::vector<std::string> tokens;
    for (const Outcome& outcome : us.enforced.outcomes) tokens.push_back(outcome_token(base, outcome));
    return fmt::format("UNDETERMINED({})", fmt::join(tokens, "-or-"));
  }
  const Outcome& outcome = us.enforced.outcomes.front();
  std::string token = outcome_token(base, outcome);
  if (bears(base, us, "AC-GP10", Bearing::applies)) return "GP10";
  if (outcome.answer == Answer::no_licence && us.text.outcomes != us.enforced.outcomes) return "NLR-TVE";
  if (outcome.answer == Answer::exception && base.rules[static_cast<std::size_t>(outcome.exception)].verify)
    token += "-verify";
  if (outcome.answer == Answer::licence_required && is_by_letter(base, us)) return "LR-LETTER";
  if (bears(base, us, "AC-H200", Bearing::possible)) token = "LR-CBC-if-US-availability-shown-else-PD";
  if (bears(base, us, "HBM-LE", Bearing::possible)) token += "|HBM-exception-possible";
  return token;
}

/// Each branch that the table names is among ours.
bool branches_agree(const std::string& expected, const std::string& said) {
  if (!said.starts_with("UNDETERMINED(")) return false;
  if (expected == "UNDETERMINED") return true;
  constexpr std::string_view separator = "-or-";
  std::string_view branches = std::string_view(expected).substr(13, expected.size() - 14);
  while (!branches.empty()) {
    const std::size_t end = std::min(branches.find(separator), branches.size());
    if (said.find(branches.substr(0, end)) == std::string::npos) return false;
    branches.remove_prefix(std::min(end + separator.size(), branches.size()));
  }
  return true;
}

bool tokens_agree(const std::string& expected, const std::string& said) {
  if (expected.starts_with("UNDETERMINED")) return branches_agree(expected, said);
  if (expected.starts_with("ACA-verify")) return said == "ACA-verify";
  // A transfer of Chinese goods before the guidance of May 2025 is no case of US exports: nothing is asked, or whether
  // the goods are subject to US rules is what is missing.
  if (expected == "origin-CN") return said == "NLR" || said.starts_with("UNDETERMINED");
  return expected == said;
}

Agreement ask(const RuleBase& base, const Row& row, const AskedColumn& column) {
  Agreement cell{row.at("chip"), column.name, row.at(column.name), "", true, false};
  cell.is_asked = cell.expected != "n/a" && cell.expected != "not_released";
  Question question{cell.chip, column.from, column.to, "", *parse_day(column.date), {}, {}};
  if (cell.expected == "origin-CN") question.from = "CN";
  if (*column.parent != '\0') question.facts["parent_hq"] = column.parent;
  const auto asked = make_case(base, question);
  if (!asked) {
    cell.said = render_text(asked.error());
    return cell;
  }
  cell.said = token_of(base, comply(Snapshot(base, question.date), *asked));
  cell.agrees = !cell.is_asked || tokens_agree(cell.expected, cell.said);
  return cell;
}

std::string class_of(const RuleBase& base, const std::string& chip, const char* date) {
  const auto asked = make_case(base, {chip, "US", "MY", "", *parse_day(date), {}, {}});
  if (!asked) return "?";
  const Verdict verdict = comply(Snapshot(base, *parse_day(date)), *asked);
  if (!verdict.possible_classes.empty() && verdict.classes.empty())
    return fmt::format("undetermined({})", fmt::join(verdict.possible_classes, " or "));
  return verdict.classes.empty() ? "none" : verdict.classes.back();
}

}  // namespace

std::vector<AgreementRow> compare_with_examples(const RuleBase& base, const std::string& csv) {
  std::vector<AgreementRow> rows;
  for (const Row& row : rows_of(csv)) {
    AgreementRow item{row.at("chip"),
                      row.at("expected_class_2026_11_22"),
                      class_of(base, row.at("chip"), "2026-11-22"),
                      row.at("stated_classification"),
                      row.at("stated_by"),
                      row.at("url"),
                      false,
                      {}};
    item.has_outside_statement = item.stated.rfind("none found", 0) != 0 && item.stated_by.rfind("formula", 0) != 0;
    for (const AskedColumn& column : asked_columns) item.cells.push_back(ask(base, row, column));
    rows.push_back(std::move(item));
  }
  return rows;
}

std::string agreement_page(const std::vector<AgreementRow>& rows, Day as_of) {
  std::size_t asked = 0, agreed = 0, stated = 0;
  for (const AgreementRow& row : rows) {
    stated += row.has_outside_statement ? 1 : 0;
    for (const Agreement& cell : row.cells) {
      asked += cell.is_asked ? 1 : 0;
      agreed += cell.is_asked && cell.agrees ? 1 : 0;
    }
  }
  std::string page = fmt::format(
      "<!-- Made by tests/published/rules; do not edit. -->\n# Agreement with chip examples\n\n"
      "What `pinchpoint comply item` says of every row of `tests/published/rules/chip_examples.csv`, for every date "
      "and "
      "destination in it, by the rule base of {}. The expected cells were computed from the rule book that the base "
      "follows: "
      "agreement with them tests the program, not the law. Rows marked * have an outside statement about the part.\n\n"
      "{} rows, {} of them with an outside statement; {} of {} cells agree. `-` stands for parts that did not exist on "
      "the day.\n\n"
      "NLR no licence; TVE the printed text asks for one; NAC, ACA, HBM exceptions; LR licence required with "
      "presumption of "
      "approval (PA), case by case (CBC), presumption of denial (PD), by letter (LETTER); GP10 prohibited. In "
      "UNDETERMINED every outcome is named that the missing facts leave open; where the table names two of three, the "
      "third is "
      "that the part may be under every line.\n\n",
      to_string(as_of), rows.size(), stated, agreed, asked);
  page +=
      "| part | class | CN 2022-12-01 | CN 2024-06-01 | CN 2025-06-01 | CN from US | CN reexport | SA | AE | MY | MY, "
      "parent in CN |\n";
  page += "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n";
  for (const AgreementRow& row : rows) {
    page += fmt::format("| {}{} | {} |", row.chip, row.has_outside_statement ? " *" : "", row.said_class);
    for (const Agreement& cell : row.cells) {
      std::string shown = !cell.is_asked ? "-"
                          : cell.agrees  ? cell.said
                                         : fmt::format("**{}** (table: {})", cell.said, cell.expected);
      std::replace(shown.begin(), shown.end(), '|', ',');
      page += fmt::format(" {} |", shown);
    }
    page += "\n";
  }
  page += "\n## Outside statements\n\n| part | stated | by | our class |\n| --- | --- | --- | --- |\n";
  for (const AgreementRow& row : rows) {
    if (!row.has_outside_statement) continue;
    page +=
        fmt::format("| {} | {} | {} | {} |\n", row.chip, row.stated,
                    row.url.empty() ? row.stated_by : fmt::format("[{}]({})", row.stated_by, row.url), row.said_class);
  }
  return page;
}

}  // namespace pinchpoint::rules
